import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { Clock } from '../base/clock.ts'
import type { Config, LoadedConfig } from './config.ts'
import type { Installation } from './operator.ts'
import type { Terminal } from './terminal.ts'

/** Exit codes of every command (INTERFACE §2). */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  warning: 10,
  danger: 20,
  unknown: 30,
} as const

/** The way the command was written is wrong: exit 2, with a hint. */
export class UsageError extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'UsageError'
    this.hint = hint
  }
}

export interface OptionSpec {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** What stands for the value in the help: `CC`, `TIME`. */
  readonly value?: string
  readonly help: string
}

export interface Server {
  readonly url: string
  close(): Promise<void>
}

/** How far the reading of lists has come, for the pages. */
export interface ReadingState {
  readonly isRunning: boolean
  readonly done: number
  readonly total: number
  /** Name of the dataset that is being read. */
  readonly current: string | null
}

/** What a page may do about reading: ask how far it is, and begin one when none is under way. */
export interface Reading {
  state(): ReadingState
  /** Resolves when it has begun. Undefined when nothing may be contacted. */
  readonly begin: (() => Promise<void>) | undefined
}

/** What the composition root gives to the commands. */
export interface CliPorts {
  readonly terminal: Terminal
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly version: string
  readonly clock: Clock
  /**
   * Aborted when the process is asked to stop. A command that never asks for it is ended by the
   * signal itself.
   */
  readonly stop: AbortSignal
  /** `read` never creates or changes anything; `write` expects the lock to be held. */
  open(config: Config, mode: 'read' | 'write'): Promise<Installation>
  /** Serves API and pages of an open installation. */
  listen(config: Config, installation: Installation, reading: Reading): Promise<Server>
}

export interface Call {
  readonly command: Command
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly isJson: boolean
  /** Read when it is first asked for: `--help` works with a broken configuration. */
  config(): LoadedConfig
}

export interface Command {
  /** One or two words: `sync`, `log verify`. */
  readonly name: string
  readonly summary: string
  /** What follows the name: `QUERY… [options]`. */
  readonly usage: string
  readonly arguments: { readonly min: number; readonly max: number }
  readonly options: Readonly<Record<string, OptionSpec>>
  /** True: options that nobody knows are no error (a command that is not built yet). */
  readonly acceptsAnything?: boolean
  readonly examples: readonly string[]
  /** More sentences for the help. */
  readonly notes?: readonly string[]
  run(call: Call, ports: CliPorts): Promise<number>
}

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  data: { type: 'string', value: 'DIR', help: 'data folder (default ./data)' },
  config: { type: 'string', value: 'FILE', help: 'settings (default ./custos.config.json)' },
  json: { type: 'boolean', help: 'the API’s JSON on standard output' },
  help: { type: 'boolean', short: 'h', help: 'this text' },
}

export interface ParsedArgs {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
}

/** Throws `UsageError` for an unknown option, a missing value or a wrong number of arguments. */
export function parseCommand(command: Command, args: readonly string[]): ParsedArgs {
  const specs = { ...COMMON_OPTIONS, ...command.options }
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, { type, short }] of Object.entries(specs)) {
    options[name] = short === undefined ? { type } : { type, short }
  }
  const strict = command.acceptsAnything !== true
  const parse = () => parseArgs({ args: [...args], options, allowPositionals: true, strict })
  const parsed = attempt(parse, specs)
  const values = parsed.values as ParsedArgs['values']
  const count = parsed.positionals.length
  if (values.help !== true) {
    const { min, max } = command.arguments
    if (count < min) throw new UsageError(`custos ${command.name} needs ${command.usage}`)
    if (count > max) {
      throw new UsageError(`custos ${command.name} takes no more than ${max} arguments`)
    }
  }
  return { positionals: parsed.positionals, values }
}

function attempt<T>(parse: () => T, specs: Readonly<Record<string, OptionSpec>>): T {
  try {
    return parse()
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const wrong = /'(-{1,2}[^' =]+)/.exec(message)?.[1] ?? ''
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const near = nearest(wrong.replace(/^-+/, ''), Object.keys(specs))
      const hint = near === undefined ? undefined : `did you mean --${near}?`
      throw new UsageError(`unknown option ${wrong}`, hint)
    }
    if (code?.startsWith('ERR_PARSE_ARGS')) {
      // The first sentence says what is missing; the rest explains the parser.
      throw new UsageError(message.split('. ')[0]?.split('\n')[0] ?? message)
    }
    throw error
  }
}

/** The known word that a mistyped one most likely means; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance; both words are short. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

export function textOf(call: Call, name: string): string | undefined {
  const value = call.values[name]
  return typeof value === 'string' ? value : undefined
}

export function isSet(call: Call, name: string): boolean {
  return call.values[name] === true
}
