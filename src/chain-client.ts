import { Worker } from 'node:worker_threads'
import type {
  DryRunRequest,
  ImportRequest,
  ImportRow,
  RewindRequest,
  RewindResult,
  WatchRequest,
  WatchResult,
} from './alert/watch-types.ts'
import { AppError } from './base/error.ts'
import type { FollowProgress } from './chain/follow.ts'
import type { AlertChange } from './chain/read.ts'
import type { AlertRow, ChainId } from './chain/types.ts'
import type { ChainThreadSettings, FromChain, ToChain } from './chain-jobs.ts'

interface Listeners {
  onProgress?: ((progress: FollowProgress) => void) | undefined
  onChanges?: ((changes: readonly AlertChange[]) => void) | undefined
  onDry?: ((alerts: readonly AlertRow[]) => void) | undefined
  onRow?: ((row: ImportRow) => void) | undefined
}

interface Pending extends Listeners {
  resolve(value: unknown): void
  reject(error: unknown): void
}

type Job = ToChain extends infer M ? (M extends { job: number } ? Omit<M, 'job'> : never) : never

/** The serving side of the chain thread. A thread that dies fails its jobs, not the server. */
export class ChainClient {
  readonly #settings: ChainThreadSettings
  readonly #onStored: (chain: ChainId, hasAlerts: boolean) => void
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #next = 1

  constructor(
    settings: ChainThreadSettings,
    onStored: (chain: ChainId, hasAlerts: boolean) => void,
  ) {
    this.#settings = settings
    this.#onStored = onStored
  }

  async watch(
    request: WatchRequest,
    listeners: Pick<Listeners, 'onProgress' | 'onChanges'>,
    signal: AbortSignal,
  ): Promise<WatchResult> {
    return (await this.#ask({ kind: 'watch', request }, listeners, signal)) as WatchResult
  }

  async check(
    request: DryRunRequest,
    onDry: (alerts: readonly AlertRow[]) => void,
    signal: AbortSignal,
  ): Promise<WatchResult> {
    return (await this.#ask({ kind: 'check', request }, { onDry }, signal)) as WatchResult
  }

  async import(
    request: ImportRequest,
    onRow: (row: ImportRow) => void,
    signal: AbortSignal,
  ): Promise<readonly ImportRow[]> {
    const rows = await this.#ask({ kind: 'import', request }, { onRow }, signal)
    return rows as readonly ImportRow[]
  }

  async rewind(request: RewindRequest): Promise<RewindResult> {
    return (await this.#ask({ kind: 'rewind', request }, {}, undefined)) as RewindResult
  }

  /** Lists were committed. A thread that was never needed is not started for it. */
  listsChanged(): void {
    if (this.#worker === undefined) return
    this.#ask({ kind: 'lists' }, {}, undefined).catch(() => {})
  }

  async close(): Promise<void> {
    if (this.#worker === undefined) return
    await this.#ask({ kind: 'close' }, {}, undefined).catch(() => {})
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  async #ask(
    message: Job,
    listeners: Listeners,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    signal?.throwIfAborted()
    const job = this.#next
    this.#next += 1
    const stop = () => this.#worker?.postMessage({ kind: 'stop', job } satisfies ToChain)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(job, { resolve, reject, ...listeners })
        this.#started().postMessage({ ...message, job } as ToChain)
      })
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  /** Started with the first job, and again after it died. */
  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL('./chain-worker.ts', import.meta.url), {
      workerData: this.#settings,
      name: 'custos-chain',
    })
    worker.on('message', (message: FromChain) => this.#receive(message))
    worker.on('error', (cause) => this.#failAll(cause))
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      this.#failAll(undefined)
    })
    this.#worker = worker
    return worker
  }

  #receive(message: FromChain): void {
    if (message.kind === 'stored') {
      this.#onStored(message.chain, message.alerts)
      return
    }
    const pending = this.#pending.get(message.job)
    if (pending === undefined) return
    if (message.kind === 'progress') pending.onProgress?.(message.progress)
    else if (message.kind === 'changes') pending.onChanges?.(message.changes)
    else if (message.kind === 'dry') pending.onDry?.(message.alerts)
    else if (message.kind === 'imported') pending.onRow?.(message.row)
    else {
      this.#pending.delete(message.job)
      if (message.kind === 'result') pending.resolve(message.value)
      else {
        const { code, message: text, status, params } = message
        pending.reject(new AppError(code, text, { status, params }))
      }
    }
  }

  #failAll(cause: unknown): void {
    for (const pending of this.#pending.values()) {
      pending.reject(
        cause instanceof AppError
          ? cause
          : new AppError('chain.thread_lost', 'The chain thread ended before the job was done.', {
              retryable: true,
              cause,
            }),
      )
    }
    this.#pending.clear()
  }
}
