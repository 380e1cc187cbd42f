import { AppError, asAppError } from './base/error.ts'
import { type Log, stderrLog } from './base/log.ts'
import type { ChainId } from './chain/types.ts'
import { ChainClient } from './chain-client.ts'
import type { ChainServing } from './chain-desk.ts'
import type { Config } from './cli/config.ts'
import type { ChainOperator } from './cli/operator.ts'
import { alertView } from './query/chain-view.ts'
import type { MessagePort } from './query/render.ts'

/** Alerts of so long go into the ledger together: a commit costs more than an alert. */
const PUBLISH_MS = 5_000
/** A thread that died is started again, and not at once. */
const RESTART_MS = 5_000
const LANG = 'en'
/** Ends of following after which a rewind lets it go on. */
const HALTS = new Set([
  'chain.halted',
  'chain.deep_reorg',
  'chain.finality_stalled',
  'chain.final_rewind',
])

export interface ChainOperatorPorts {
  readonly config: Config
  readonly serving: ChainServing
  readonly message: MessagePort
  /** Writes what alerts came to into the ledger: the writing thread does it. */
  readonly publish: () => Promise<void>
}

/** The chain thread as an operator sees it, with what has to happen when alerts come. */
export class ChainDuty implements ChainOperator {
  readonly #ports: ChainOperatorPorts
  readonly #client: ChainClient
  readonly #log: Log
  /** Chains that halted, each with what lets it go on when the operator has decided. */
  readonly #decided = new Map<ChainId, () => void>()
  #rewinds = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #publishing: Promise<void> = Promise.resolve()

  constructor(ports: ChainOperatorPorts) {
    this.#ports = ports
    const { data, log } = ports.config
    this.#log = stderrLog(log)
    this.#client = new ChainClient({ folder: data, log }, (_, hasAlerts) => {
      if (!hasAlerts) return
      ports.serving.alertsChanged()
      this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_MS).unref()
    })
  }

  watch: ChainOperator['watch'] = async (request, events, signal) => {
    const { following } = this.#ports.serving
    const { chain } = request
    if (this.#ports.config.offline) throw offline()
    try {
      return await this.#client.watch(
        request,
        {
          onProgress: (progress) => {
            following.set(chain, progress)
            events.onProgress(progress)
          },
          onChanges: (changes) => {
            for (const { change, alert } of changes) {
              events.onAlert(alertView({ ...alert, change }, LANG, this.#ports.message))
            }
          },
        },
        signal,
      )
    } finally {
      following.delete(chain)
      await this.#publish()
    }
  }

  dryRun: ChainOperator['dryRun'] = (request, onAlert, signal) => {
    const { message, config } = this.#ports
    if (config.offline && request.rpc.length > 0) throw offline()
    return this.#client.check(
      request,
      (alerts) => {
        for (const alert of alerts) onAlert(alertView(alert, LANG, message))
      },
      signal,
    )
  }

  importBlocks: ChainOperator['importBlocks'] = async (request, onRow, signal) => {
    try {
      return await this.#client.import(request, onRow, signal)
    } finally {
      await this.#publish()
    }
  }

  rewind: ChainOperator['rewind'] = async (request) => {
    const result = await this.#client.rewind(request)
    this.#rewinds += 1
    this.#decided.get(request.chain)?.()
    await this.#publish()
    return result
  }

  follow: ChainOperator['follow'] = async (signal) => {
    const { chains, offline: isOffline } = this.#ports.config
    if (isOffline) return
    const wanted = Object.entries(chains).filter(([, { rpc, follow }]) => follow && rpc.length > 0)
    await Promise.all(wanted.map(([chain, { rpc }]) => this.#followOne(chain, rpc, signal)))
  }

  /** Lists were committed: the chain thread makes its books anew. */
  listsChanged(): void {
    this.#client.listsChanged()
  }

  async close(): Promise<void> {
    await this.#client.close()
    if (this.#timer !== undefined) await this.#publish()
    await this.#publishing
  }

  /** A halt waits for the operator; a thread that died is started again; the rest ends it. */
  async #followOne(chain: ChainId, rpc: readonly string[], signal: AbortSignal): Promise<void> {
    const events = { onAlert() {}, onProgress() {} }
    while (!signal.aborted) {
      const rewinds = this.#rewinds
      this.#starts(chain)
      try {
        await this.watch({ chain, rpc }, events, signal)
        return
      } catch (cause) {
        const error = asAppError(cause)
        if (signal.aborted) return
        this.#log.error({ chain, code: error.code }, 'following has ended')
        if (HALTS.has(error.code)) {
          // The operator may have decided while this end was still being told.
          if (rewinds === this.#rewinds) await this.#decision(chain, signal)
          continue
        }
        if (error.code !== 'chain.thread_lost') return
      }
      await new Promise((resolve) => setTimeout(resolve, RESTART_MS).unref())
    }
  }

  /** Lists are compiled before the first block is read: meanwhile pages already name the chain. */
  #starts(chain: ChainId): void {
    const nothing = { head: null, finalized: null, best: null, backfill: null, error: null }
    const { following } = this.#ports.serving
    following.set(chain, { chain, state: 'starting', endpoints: [], ...nothing })
  }

  /** Until the chain was rewound, or the signal. */
  async #decision(chain: ChainId, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#decided.set(chain, resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (!signal.aborted) await promise
    this.#decided.delete(chain)
  }

  #publish(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const next = this.#publishing.then(() => this.#ports.publish())
    // What could not be written now is written with the next: the store remembers every alert.
    this.#publishing = next.catch((error: unknown) => {
      this.#log.error({ err: error }, 'alerts could not be written into the ledger')
    })
    return this.#publishing
  }
}

/** For a folder that is open for reading only. */
export function noChainDuty(): ChainOperator {
  const refuse = async () => {
    throw new AppError('data.read_only', 'The data folder is open for reading only.')
  }
  return {
    ...{ watch: refuse, dryRun: refuse, importBlocks: refuse, rewind: refuse },
    follow: async () => {},
  }
}

function offline(): AppError {
  return new AppError('config.offline', 'With --offline no node is contacted.', { status: 400 })
}
