import { AppError, asAppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { VerdictValue } from '../../model/verdict.ts'
import type { BatchError, CheckParams, Queries } from '../../query/types.ts'
import { type Call, type CliPorts, type Command, EXIT, textOf, UsageError } from '../command.ts'
import { linesOf } from '../lines.ts'
import { QUALIFIER_OPTIONS, qualifiersOf, schemaOf } from '../qualifiers.ts'
import { verdictText } from '../render/verdict.ts'
import { painter, type Terminal } from '../terminal.ts'
import { TIME_OPTIONS, timesOf } from '../times.ts'

/** The worst of several answers: danger, warning, unknown, clean (INTERFACE §2). */
const ORDER: readonly VerdictValue[] = ['danger', 'warning', 'unknown', 'no_adverse_evidence']
const CODES: Readonly<Record<VerdictValue, number>> = {
  danger: EXIT.danger,
  warning: EXIT.warning,
  unknown: EXIT.unknown,
  no_adverse_evidence: EXIT.ok,
}

type Asked = Omit<CheckParams, 'q'>

export const checkCommand: Command = {
  name: 'check',
  summary: 'What is known about a name, site, address, token or number.',
  usage: 'QUERY… [options]',
  arguments: { min: 1, max: LIMITS.batchQueriesMax },
  options: {
    country: { type: 'string', value: 'CC', help: 'country of the asker (ISO 3166-1 alpha-2)' },
    service: { type: 'string', value: 'a..j', help: 'crypto-asset service of MiCA' },
    ...QUALIFIER_OPTIONS,
    schema: { type: 'string', value: 'S', help: 'what the asked one is: Person, Company …' },
    ...TIME_OPTIONS,
    lang: { type: 'string', value: 'LL', help: 'language of the answer (BCP 47; default en)' },
  },
  notes: [
    'With - as only query, reads one query a line and answers NDJSON in order.',
    'Exit code: 0 no adverse evidence, 10 warning, 20 danger, 30 unknown; of several the worst.',
  ],
  examples: [
    'custos check 0x098B716B8Aaf21512996dC57EB0615e2383E2f96',
    'custos check --as-of 2024-01-01 --json example.org',
    'custos check - < addresses.txt > verdicts.ndjson',
  ],
  async run(call, ports) {
    const asked = askedOf(call)
    const isStream = call.positionals.includes('-')
    if (isStream && call.positionals.length > 1) {
      throw new UsageError('- stands alone: the queries come from standard input')
    }
    const { queries, close } = await ports.open(call.config().config, 'read')
    try {
      return isStream
        ? await checkLines(queries, asked, ports.terminal)
        : await checkWords(queries, asked, call, ports)
    } finally {
      await close()
    }
  },
}

function askedOf(call: Call): Asked {
  const country = textOf(call, 'country')
  const service = textOf(call, 'service')
  const lang = textOf(call, 'lang')
  if (country !== undefined && !/^[A-Za-z]{2}$/.test(country)) {
    throw new UsageError('--country takes two letters, for example DE')
  }
  if (service !== undefined && !/^[a-j]$/.test(service)) {
    throw new UsageError('--service takes one letter from a to j')
  }
  if (lang !== undefined && !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(lang)) {
    throw new UsageError('--lang takes a language tag, for example zh-Hans')
  }
  const qualifiers = { ...qualifiersOf(call), schema: schemaOf(call) }
  return { ...timesOf(call), ...qualifiers, country: country?.toUpperCase(), service, lang }
}

async function checkWords(
  queries: Queries,
  asked: Asked,
  call: Call,
  { terminal }: CliPorts,
): Promise<number> {
  const paint = painter(terminal.hasColour)
  const values: VerdictValue[] = []
  for (const [at, q] of call.positionals.entries()) {
    const verdict = await queries.check({ q, ...asked }).catch(asUsage)
    values.push(verdict.verdict)
    if (call.isJson) {
      await terminal.out(`${JSON.stringify(verdict)}\n`)
    } else {
      const lang = asked.lang ?? 'en'
      const text = verdictText(verdict, { lang, paint, columns: terminal.columns })
      await terminal.out(`${at === 0 ? '' : '\n'}${text}`)
    }
  }
  return worst(values)
}

/** A query that cannot be read is a usage error where it was typed by hand. */
function asUsage(error: unknown): never {
  const { code, message } = asAppError(error)
  if (code.startsWith('query.')) throw new UsageError(message, `[${code}]`)
  throw error
}

/** Line n of the answer belongs to line n of the input, whatever that line holds. */
async function checkLines(queries: Queries, asked: Asked, terminal: Terminal): Promise<number> {
  const values = new Set<VerdictValue>()
  for await (const line of linesOf(terminal.input, LIMITS.bodyBytesMax)) {
    const answer = await queries.check({ q: line, ...asked }).catch((e) => unreadable(line, e))
    values.add(answer.verdict)
    await terminal.out(`${JSON.stringify(answer)}\n`)
  }
  return worst([...values])
}

function unreadable(query: string, error: unknown): BatchError {
  // A fault of the installation ends the run: its answers would all be the same.
  if (!(error instanceof AppError) || error.status >= 500) throw error
  const { code, message } = error
  return {
    query: query.slice(0, LIMITS.queryCharsMax),
    verdict: 'unknown',
    error: { code, message },
  }
}

function worst(values: readonly VerdictValue[]): number {
  const value = ORDER.find((candidate) => values.includes(candidate))
  return value === undefined ? EXIT.ok : CODES[value]
}
