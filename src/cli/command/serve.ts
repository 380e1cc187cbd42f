import { AppError } from '../../base/error.ts'
import { type Call, type CliPorts, type Command, EXIT, textOf, UsageError } from '../command.ts'
import { serveText } from '../render/serve.ts'
import { painter } from '../terminal.ts'
import { TIME_OPTIONS, timesOf } from '../times.ts'

export const serveCheckCommand: Command = {
  name: 'serve-check',
  summary: 'May this firm serve in a country: yes, no or no evidence, with the register row.',
  usage: 'FIRM --country CC [options]',
  arguments: { min: 1, max: 1 },
  options: {
    country: { type: 'string', value: 'CC', help: 'country of the client (DE; US-NY for a part)' },
    service: { type: 'string', value: 'a..j', help: 'crypto-asset service of MiCA (default any)' },
    ...TIME_OPTIONS,
    lang: { type: 'string', value: 'LL', help: 'language of the answer (BCP 47; default en)' },
  },
  notes: [
    'FIRM is a name, an LEI, a licence number, a site or an entity id.',
    'The answer is evidence from registers and no legal advice.',
  ],
  examples: [
    'custos serve-check "Coinbase" --country DE --service a',
    'custos serve-check coinbase.com --country FR --as-of 2026-03-01 --json',
  ],
  run: (call, ports) => run(call, ports),
}

async function run(call: Call, ports: CliPorts): Promise<number> {
  const country = textOf(call, 'country')
  const service = textOf(call, 'service')
  const lang = textOf(call, 'lang')
  if (country === undefined) throw new UsageError('custos serve-check needs --country CC')
  if (lang !== undefined && !/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(lang)) {
    throw new UsageError('--lang takes a language tag, for example zh-Hans')
  }
  const params = { firm: call.positionals[0] ?? '', country, service, lang, ...timesOf(call) }
  const { terminal } = ports
  const installation = await ports.open(call.config().config, 'read')
  try {
    const answer = await installation.registry.serve(params).catch(asUsage)
    const look = { paint: painter(terminal.hasColour), columns: terminal.columns, lang }
    await terminal.out(call.isJson ? `${JSON.stringify(answer)}\n` : serveText(answer, look))
    return EXIT.ok
  } finally {
    await installation.close()
  }
}

/** What the question itself has wrong was written wrongly. */
function asUsage(error: unknown): never {
  if (error instanceof AppError && error.status === 400) {
    throw new UsageError(error.message, `[${error.code}]`)
  }
  throw error
}
