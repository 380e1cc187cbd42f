import { asAppError } from '../base/error.ts'
import {
  type Call,
  type CliPorts,
  type Command,
  EXIT,
  nearest,
  parseCommand,
  UsageError,
} from './command.ts'
import { COMMANDS } from './commands.ts'
import { type LoadedConfig, loadConfig } from './config.ts'
import { commandHelp, overview } from './help.ts'

/** Runs one command line and gives its exit code; it never throws. */
export async function runCli(argv: readonly string[], ports: CliPorts): Promise<number> {
  let json = false
  try {
    const first = argv[0] ?? 'help'
    if (first === '--version' || first === '-v' || first === 'version') {
      await ports.terminal.out(`custos ${ports.version}\n`)
      return EXIT.ok
    }
    if (first === '--help' || first === '-h' || first === 'help') return await help(argv, ports)
    const { command, rest } = commandOf(argv)
    const { positionals, values } = parseCommand(command, rest)
    if (values.help === true) {
      await ports.terminal.out(commandHelp(command))
      return EXIT.ok
    }
    json = values.json === true
    return await command.run(callOf(command, { positionals, values, isJson: json }, ports), ports)
  } catch (error) {
    return report(error, ports)
  }
}

type Parsed = Pick<Call, 'positionals' | 'values' | 'isJson'>

function callOf(command: Command, parsed: Parsed, ports: CliPorts): Call {
  let loaded: LoadedConfig | undefined
  const { env, cwd } = ports
  return {
    command,
    ...parsed,
    config() {
      loaded ??= loadConfig({ flags: parsed.values, env, cwd })
      return loaded
    },
  }
}

async function help(argv: readonly string[], ports: CliPorts): Promise<number> {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'))
  const text = words.length === 0 ? overview(COMMANDS) : commandHelp(commandOf(words).command)
  await ports.terminal.out(text)
  return EXIT.ok
}

/** The longest name that the first words make: `log verify` before `log`. */
function commandOf(argv: readonly string[]): { command: Command; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    const command = COMMANDS.find((candidate) => candidate.name === name)
    if (command !== undefined) return { command, rest: argv.slice(words) }
  }
  const [first = '', second = ''] = argv
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  if (group.length > 0) {
    if (second === '--help' || second === '-h') {
      const [only] = group
      if (only !== undefined) return { command: only, rest: ['--help'] }
    }
    const names = group.map(({ name }) => name.slice(first.length + 1))
    throw new UsageError(`custos ${first} needs one of: ${names.join(', ')}`)
  }
  const near = nearest(
    first,
    COMMANDS.map(({ name }) => name.split(' ')[0] ?? name),
  )
  const hint =
    near === undefined ? 'custos help lists the commands' : `did you mean custos ${near}?`
  throw new UsageError(`unknown command ${first.slice(0, 60)}`, hint)
}

function report(error: unknown, { terminal, env }: CliPorts): number {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `\n${error.hint}`
    terminal.err(`custos: ${error.message}${hint}\n`)
    return EXIT.usage
  }
  const known = asAppError(error)
  const detail = known.code === 'internal.error' ? `: ${causeOf(error)}` : ''
  terminal.err(`custos: ${known.message}${detail} [${known.code}]\n`)
  if (env.CUSTOS_LOG === 'debug' && error instanceof Error) terminal.err(`${error.stack}\n`)
  return known.code === 'config.invalid' ? EXIT.usage : EXIT.failure
}

/** The operator's own terminal may see what a stranger over HTTP may not. */
function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
