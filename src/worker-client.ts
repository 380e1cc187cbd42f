import type { NewsReport, NewsRequest } from './ingest/news-types.ts'
import type { Progress, SyncRow } from './ingest/types.ts'
import { Thread } from './thread.ts'
import type { FromWorker, ToWorker } from './worker.ts'
import type { WriterSettings, WriterSync } from './writer.ts'

type News = Extract<FromWorker, { kind: 'progress' | 'count' }>
type Event = Extract<FromWorker, { kind: 'committed' }>

/** The serving side of the writing thread. */
export class WorkerClient {
  readonly #thread: Thread<ToWorker, News, Event>

  constructor(settings: WriterSettings, onCommitted: () => void) {
    this.#thread = new Thread({
      url: new URL('./worker.ts', import.meta.url),
      name: 'custos-writer',
      data: settings,
      onEvent: () => onCommitted(),
      lost: { code: 'writer.lost', message: 'The writing thread ended before the job was done.' },
    })
  }

  async repair(): Promise<void> {
    await this.#thread.ask({ kind: 'repair' })
  }

  async sync(
    request: WriterSync,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<readonly SyncRow[]> {
    const told = (news: News) => {
      if (news.kind === 'progress') onProgress(news.progress)
    }
    return (await this.#thread.ask({ kind: 'sync', request }, told, signal)) as readonly SyncRow[]
  }

  async news(request: NewsRequest, signal: AbortSignal): Promise<NewsReport> {
    return (await this.#thread.ask({ kind: 'news', request }, undefined, signal)) as NewsReport
  }

  /** Brings the ledger's statements about alerts up to the chain rows. */
  async alerts(): Promise<void> {
    await this.#thread.ask({ kind: 'alerts' })
  }

  async rebuild(onCount: (done: number, total: number) => void) {
    const value = await this.#thread.ask({ kind: 'rebuild' }, (news) => {
      if (news.kind === 'count') onCount(news.done, news.total)
    })
    return value as { events: number; entities: number; ms: number }
  }

  close(): Promise<void> {
    return this.#thread.close({ kind: 'close' })
  }
}
