import { Worker } from 'node:worker_threads'
import { AppError } from './base/error.ts'

/** What a thread says about a job, besides what it tells on the way. */
type Ending =
  | { readonly kind: 'result'; readonly job: number; readonly value: unknown }
  | {
      readonly kind: 'error'
      readonly job: number
      readonly code: string
      readonly message: string
      readonly status: number
      readonly params?: AppError['params']
    }

/** A job as a thread is told of it, before it has its number. */
export type JobOf<To> = To extends { readonly job: number } ? Omit<To, 'job'> : never

interface Pending<News> {
  resolve(value: unknown): void
  reject(error: unknown): void
  onNews(news: News): void
}

export interface ThreadOptions<Event> {
  readonly url: URL
  readonly name: string
  readonly data: unknown
  /** What is not about one job. */
  readonly onEvent: (event: Event) => void
  /** Of the jobs of a thread that died without a word. */
  readonly lost: { readonly code: string; readonly message: string }
}

/**
 * The serving side of a thread that does one job after the other (ADR-0010). It is started with the
 * first job, and again after it died; one that dies fails its jobs, not the server.
 */
export class Thread<
  To extends { readonly kind: string; readonly job: number },
  News extends { readonly kind: string; readonly job: number },
  Event extends { readonly kind: string },
> {
  readonly #options: ThreadOptions<Event>
  readonly #pending = new Map<number, Pending<News>>()
  #worker: Worker | undefined
  #next = 1

  constructor(options: ThreadOptions<Event>) {
    this.#options = options
  }

  get isStarted(): boolean {
    return this.#worker !== undefined
  }

  /** Resolves with the job's result. At the signal the thread is told to stop the job. */
  async ask(
    message: JobOf<To>,
    onNews: (news: News) => void = () => {},
    signal?: AbortSignal,
  ): Promise<unknown> {
    signal?.throwIfAborted()
    const job = this.#next
    this.#next += 1
    const stop = () => this.#worker?.postMessage({ kind: 'stop', job })
    signal?.addEventListener('abort', stop, { once: true })
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(job, { resolve, reject, onNews })
        this.#started().postMessage({ ...message, job })
      })
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  /** Lets the last job end. A thread that was never needed is not started for it. */
  async close(last: JobOf<To>): Promise<void> {
    if (this.#worker === undefined) return
    await this.ask(last).catch(() => {})
    await this.#worker?.terminate()
    this.#worker = undefined
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker
    const { url, name, data } = this.#options
    const worker = new Worker(url, { workerData: data, name })
    worker.on('message', (message: Ending | News | Event) => this.#receive(message))
    worker.on('error', (cause) => this.#failAll(cause))
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
      this.#failAll(undefined)
    })
    this.#worker = worker
    return worker
  }

  #receive(message: Ending | News | Event): void {
    if (!('job' in message)) {
      this.#options.onEvent(message)
      return
    }
    const pending = this.#pending.get(message.job)
    if (pending === undefined) return
    if (!isEnding(message)) {
      pending.onNews(message as News)
      return
    }
    this.#pending.delete(message.job)
    if (message.kind === 'result') pending.resolve(message.value)
    else {
      const { code, message: text, status, params } = message
      pending.reject(new AppError(code, text, { status, ...(params && { params }) }))
    }
  }

  #failAll(cause: unknown): void {
    const { code, message } = this.#options.lost
    for (const pending of this.#pending.values()) {
      pending.reject(
        cause instanceof AppError ? cause : new AppError(code, message, { retryable: true, cause }),
      )
    }
    this.#pending.clear()
  }
}

function isEnding(message: { readonly kind: string }): message is Ending {
  return message.kind === 'result' || message.kind === 'error'
}
