import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { instantOf } from '../../model/time.ts'
import { sourcesAnswer } from '../../query/answers.ts'
import type { Queries } from '../../query/types.ts'
import { type Call, type CliPorts, type Command, EXIT, textOf, UsageError } from '../command.ts'
import { QUALIFIER_OPTIONS, qualifiersOf } from '../qualifiers.ts'
import { entityText, searchText, sourcesText } from '../render/list.ts'
import { type Paint, painter } from '../terminal.ts'
import { TIME_OPTIONS, timesOf } from '../times.ts'

/** Asks one question and prints the answer as JSON or as text. */
async function answer<T>(
  call: Call,
  ports: CliPorts,
  ask: (queries: Queries) => Promise<T>,
  text: (value: T, paint: Paint) => string,
): Promise<number> {
  const { queries, close } = await ports.open(call.config().config, 'read')
  try {
    const value = await ask(queries)
    const paint = painter(ports.terminal.hasColour)
    await ports.terminal.out(call.isJson ? `${JSON.stringify(value)}\n` : text(value, paint))
    return EXIT.ok
  } finally {
    await close()
  }
}

export const sourcesCommand: Command = {
  name: 'sources',
  summary: 'Every dataset with its authority, licence, age and state.',
  usage: '[options]',
  arguments: { min: 0, max: 0 },
  options: {},
  examples: ['custos sources', 'custos sources --json'],
  run: (call, ports) =>
    answer(
      call,
      ports,
      async (queries) => sourcesAnswer(await queries.sources(), instantOf(ports.clock.nowMs())),
      ({ sources }, paint) => sourcesText(sources, paint),
    ),
}

export const searchCommand: Command = {
  name: 'search',
  summary: 'Entities by name, ranked, with the reason for each score.',
  usage: 'TEXT [options]',
  arguments: { min: 1, max: 64 },
  options: {
    schema: { type: 'string', value: 'S', help: 'only this kind: Person, Company, Vessel …' },
    country: { type: 'string', value: 'CC', help: 'only with this country' },
    dataset: { type: 'string', value: 'D', help: 'only from this list' },
    topic: { type: 'string', value: 'T', help: 'only with this topic: sanction, reg.warn, fin …' },
    ...QUALIFIER_OPTIONS,
    limit: { type: 'string', value: 'N', help: `at most N (1 to ${LIMITS.pageRowsMax})` },
    ...TIME_OPTIONS,
  },
  examples: ['custos search "acme exchange" --schema Company --limit 5'],
  run(call, ports) {
    const limit = limitOf(textOf(call, 'limit'))
    const params = {
      q: call.positionals.join(' '),
      schema: textOf(call, 'schema'),
      country: textOf(call, 'country')?.toUpperCase(),
      dataset: textOf(call, 'dataset'),
      topic: textOf(call, 'topic'),
      limit,
      ...qualifiersOf(call),
      ...timesOf(call),
    }
    return answer(call, ports, (queries) => queries.search(params), searchText)
  },
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= LIMITS.pageRowsMax) return limit
  throw new UsageError(`--limit takes a number from 1 to ${LIMITS.pageRowsMax}`)
}

export const entityCommand: Command = {
  name: 'entity',
  summary: 'One entity with every statement behind it.',
  usage: 'ID [options]',
  arguments: { min: 1, max: 1 },
  options: TIME_OPTIONS,
  examples: [
    'custos entity us_ofac_sdn:12345',
    'custos entity us_ofac_sdn:12345 --as-of 2024-01-01',
  ],
  run(call, ports) {
    const id = call.positionals[0] ?? ''
    const times = timesOf(call)
    const ask = async (queries: Queries) => {
      const view = await queries.entity(id, times)
      if (view !== undefined) return view
      throw new AppError('entity.unknown', 'No statement ever named this entity.', { status: 404 })
    }
    return answer(call, ports, ask, entityText)
  },
}
