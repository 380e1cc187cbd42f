import { Worker } from 'node:worker_threads'
import { AppError } from './base/error.ts'
import type { NewsReport, NewsRequest } from './ingest/news-types.ts'
import type { Progress, SyncRow } from './ingest/types.ts'
import type { FromWorker, ToWorker } from './worker.ts'
import type { WriterSettings, WriterSync } from './writer.ts'

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
  onProgress?: ((progress: Progress) => void) | undefined
  onCount?: ((done: number, total: number) => void) | undefined
}

type Job = ToWorker extends infer M ? (M extends { job: number } ? Omit<M, 'job'> : never) : never

/** The serving side of the writing thread. A thread that dies fails its jobs, not the server. */
export class WorkerClient {
  readonly #settings: WriterSettings
  readonly #onCommitted: () => void
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #next = 1

  constructor(settings: WriterSettings, onCommitted: () => void) {
    this.#settings = settings
    this.#onCommitted = onCommitted
  }

  async repair(): Promise<void> {
    await this.#ask({ kind: 'repair' }, {})
  }

  async sync(
    request: WriterSync,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<readonly SyncRow[]> {
    signal.throwIfAborted()
    const job = this.#next
    const stop = () => this.#worker?.postMessage({ kind: 'stop', job } satisfies ToWorker)
    signal.addEventListener('abort', stop, { once: true })
    try {
      return (await this.#ask({ kind: 'sync', request }, { onProgress })) as readonly SyncRow[]
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async news(request: NewsRequest, signal: AbortSignal): Promise<NewsReport> {
    signal.throwIfAborted()
    const job = this.#next
    const stop = () => this.#worker?.postMessage({ kind: 'stop', job } satisfies ToWorker)
    signal.addEventListener('abort', stop, { once: true })
    try {
      return (await this.#ask({ kind: 'news', request }, {})) as NewsReport
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  /** Brings the ledger's statements about alerts up to the chain rows. */
  async alerts(): Promise<void> {
    await this.#ask({ kind: 'alerts' }, {})
  }

  async rebuild(onCount: (done: number, total: number) => void) {
    const value = await this.#ask({ kind: 'rebuild' }, { onCount })
    return value as { events: number; entities: number; ms: number }
  }

  async close(): Promise<void> {
    if (this.#worker === undefined) return
    await this.#ask({ kind: 'close' }, {}).catch(() => {})
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #ask(message: Job, listeners: Pick<Pending, 'onProgress' | 'onCount'>): Promise<unknown> {
    const job = this.#next
    this.#next += 1
    return new Promise((resolve, reject) => {
      this.#pending.set(job, { resolve, reject, ...listeners })
      this.#started().postMessage({ ...message, job } as ToWorker)
    })
  }

  /** Started with the first job, and again after it died. */
  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: this.#settings,
      name: 'custos-writer',
    })
    worker.on('message', (message: FromWorker) => this.#receive(message))
    worker.on('error', (cause) => this.#failAll(cause))
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      this.#failAll(undefined)
    })
    this.#worker = worker
    return worker
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'committed') {
      this.#onCommitted()
      return
    }
    const pending = this.#pending.get(message.job)
    if (pending === undefined) return
    if (message.kind === 'progress') pending.onProgress?.(message.progress)
    else if (message.kind === 'count') pending.onCount?.(message.done, message.total)
    else {
      this.#pending.delete(message.job)
      if (message.kind === 'result') pending.resolve(message.value)
      else pending.reject(new AppError(message.code, message.message, { status: message.status }))
    }
  }

  #failAll(cause: unknown): void {
    for (const pending of this.#pending.values()) {
      pending.reject(
        cause instanceof AppError
          ? cause
          : new AppError('writer.lost', 'The writing thread ended before the job was done.', {
              retryable: true,
              cause,
            }),
      )
    }
    this.#pending.clear()
  }
}
