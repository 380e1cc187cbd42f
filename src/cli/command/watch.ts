import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import type {
  DryRunRequest,
  WatchProgress,
  WatchRequest,
  WatchResult,
} from '../../alert/watch-types.ts'
import { AppError } from '../../base/error.ts'
import { parseCaip2 } from '../../model/caip.ts'
import type { AlertView } from '../../query/chain-types.ts'
import { type Call, type CliPorts, type Command, EXIT, textOf, UsageError } from '../command.ts'
import type { Config } from '../config.ts'
import { runJob } from '../job.ts'
import type { WatchEvents } from '../operator.ts'
import { createWatchProgress } from '../watch-progress.ts'
import { asWriter } from './write.ts'

/** A file of 200 rules is a few kilobytes. */
const RULES_BYTES_MAX = 1_048_576

export const watchCommand: Command = {
  name: 'watch',
  summary: 'Follows a chain; alerts as JSON lines on standard output.',
  usage: '--chain CAIP2 [--rpc URL[,URL]] [options]',
  arguments: { min: 0, max: 0 },
  options: {
    chain: { type: 'string', value: 'CAIP2', help: 'the chain, as eip155:1' },
    rpc: { type: 'string', value: 'URL[,URL]', help: 'its nodes (default: the configuration)' },
    from: { type: 'string', value: 'N', help: 'first block (default: the newest final one)' },
    to: { type: 'string', value: 'N', help: 'last block: stop there' },
    check: {
      type: 'string',
      value: 'RULEFILE',
      help: 'only try rules on the range; store nothing',
    },
  },
  notes: [
    'Goes on where it stopped; blocks that are stored are not read again.',
    'An alert is printed when it is raised, when its block is final, and when it is taken back.',
    'With --check and without --rpc, stored blocks are looked at.',
  ],
  examples: [
    'custos watch --chain eip155:1 --rpc http://127.0.0.1:8545',
    'custos watch --chain eip155:1 --rpc http://127.0.0.1:8545 --from 18000000 --to 18000100',
    'custos watch --chain eip155:1 --check rules.yml --from 18000000 --to 18000100',
  ],
  async run(call, ports) {
    const { config } = call.config()
    const rules = textOf(call, 'check')
    const request = requestOf(call, config, rules !== undefined)
    const view = createWatchProgress(ports.terminal, () => ports.clock.nowMs())
    let written: Promise<void> = Promise.resolve()
    const events: WatchEvents = {
      onAlert(alert) {
        written = written.then(() => {
          view.clear()
          return ports.terminal.out(`${JSON.stringify(alert)}\n`)
        })
      },
      onProgress: (progress) => view.show(progress),
    }
    const asked = rules === undefined ? request : { ...request, rules: rulesIn(rules, ports.cwd) }
    const result = await anywhere(asked, { config, ports, events }).finally(() => view.clear())
    await written
    ports.terminal.err(
      `${'rules' in asked ? 'Looked at' : 'Stored'} ${result.blocks} blocks, ${result.alerts} alerts.\n`,
    )
    return EXIT.ok
  },
}

export function chainOf(call: Call): string {
  const chain = textOf(call, 'chain')
  if (chain === undefined) throw new UsageError('--chain is needed: a CAIP-2 id, as eip155:1')
  const parsed = parseCaip2(chain)
  if (parsed === undefined) throw new UsageError(`"${chain.slice(0, 60)}" is no CAIP-2 chain id`)
  return parsed.chain
}

function requestOf(call: Call, config: Config, isDryRun: boolean): WatchRequest {
  const chain = chainOf(call)
  const given = textOf(call, 'rpc')
  const rpc =
    given === undefined
      ? (config.chains[chain]?.rpc ?? [])
      : given
          .split(',')
          .map((url) => url.trim())
          .filter((url) => url !== '')
  for (const url of rpc) {
    if (!/^(?:https?|wss?):\/\//i.test(url) || !URL.canParse(url)) {
      throw new UsageError('--rpc takes http, https, ws or wss addresses')
    }
  }
  if (rpc.length === 0 && !isDryRun) {
    throw new UsageError(`no node of ${chain} is known`, 'name one with --rpc URL')
  }
  const [from, to] = [numberOf(call, 'from'), numberOf(call, 'to')]
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError('--from is a block after --to')
  }
  return { chain, rpc, from, to }
}

function numberOf(call: Call, name: string): number | undefined {
  const text = textOf(call, name)
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${name} takes the number of a block`)
  return Number(text)
}

function rulesIn(file: string, cwd: string): unknown {
  let text: string
  try {
    text = readFileSync(resolve(cwd, file), 'utf8')
  } catch (cause) {
    throw new AppError('rule.bad_file', `The file of rules cannot be read: ${file}.`, { cause })
  }
  if (text.length > RULES_BYTES_MAX) {
    throw new AppError('rule.bad_file', 'The file of rules is larger than a megabyte.')
  }
  try {
    return parse(text)
  } catch (cause) {
    throw new AppError('rule.bad_file', 'The file of rules is neither JSON nor YAML.', { cause })
  }
}

interface Run {
  readonly config: Config
  readonly ports: CliPorts
  readonly events: WatchEvents
}

/** What a running server sends on the way. */
export type WatchMessage =
  | { readonly kind: 'alert'; readonly alert: AlertView }
  | { readonly kind: 'progress'; readonly progress: WatchProgress }

/** By the server that runs on this folder, else in this process. */
async function anywhere(
  request: WatchRequest | DryRunRequest,
  { config, ports, events }: Run,
): Promise<WatchResult> {
  const handed = await runJob({
    folder: config.data,
    job: 'watch',
    params: request,
    onProgress(value) {
      const message = value as WatchMessage
      if (message.kind === 'alert') events.onAlert(message.alert)
      else events.onProgress(message.progress)
    },
    signal: ports.stop,
  }).catch((error: unknown) => {
    // Whoever stops watching has seen what there was to see.
    if (ports.stop.aborted) return { value: { blocks: 0, alerts: 0 } }
    throw error
  })
  if (handed !== undefined) return handed.value as WatchResult
  return asWriter(config, ports, ({ operator }) =>
    'rules' in request
      ? operator.chains.dryRun(request, events.onAlert, ports.stop)
      : operator.chains.watch(request, events, ports.stop),
  )
}

/** The request of a job, which comes over a socket: only its own user can write there. */
export function watchRequestOf(params: unknown): WatchRequest | DryRunRequest {
  const value = params as Partial<DryRunRequest> | null
  const chain = typeof value?.chain === 'string' ? parseCaip2(value.chain)?.chain : undefined
  const rpc: unknown = value?.rpc
  if (chain === undefined || !Array.isArray(rpc) || !rpc.every((url) => typeof url === 'string')) {
    throw new AppError('job.malformed', 'That is no request to watch.')
  }
  const number = (given: unknown) =>
    typeof given === 'number' && Number.isSafeInteger(given) && given >= 0 ? given : undefined
  const request = { chain, rpc, from: number(value?.from), to: number(value?.to) }
  return value?.rules === undefined ? request : { ...request, rules: value.rules }
}
