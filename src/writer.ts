import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { systemClock } from './base/clock.ts'
import { createFetcher, type Fetcher } from './base/http.ts'
import { type Log, stderrLog } from './base/log.ts'
import { bookPath, loadBook, writeBook } from './index/book-file.ts'
import { applyEvents, rebuild } from './index/indexer.ts'
import { indexPath, openSqliteIndex, type SqliteIndex } from './index/store/sqlite.ts'
import { type Catalogue, loadCatalogue } from './ingest/catalogue.ts'
import { sync } from './ingest/sync.ts'
import type { Progress, SyncOptions, SyncRow } from './ingest/types.ts'
import { openSqliteLedger, type SqliteLedger } from './ledger/store/sqlite.ts'

export interface WriterSettings {
  readonly folder: string
  readonly origin: string | null
  /** Contact nothing. */
  readonly offline: boolean
  readonly version: string
  readonly log: string
}

export interface WriterSync extends Omit<SyncOptions, 'signal'> {
  readonly names: readonly string[]
}

/** Ledger and index of one data folder, open for writing. There is one per folder: see the lock. */
export class Writer {
  readonly #ledger: SqliteLedger
  readonly #index: SqliteIndex
  readonly #catalogue: Catalogue
  readonly #settings: WriterSettings
  readonly #log: Log
  #fetcher: Fetcher | undefined

  constructor(settings: WriterSettings) {
    this.#settings = settings
    this.#log = stderrLog(settings.log)
    this.#catalogue = loadCatalogue()
    this.#ledger = openSqliteLedger(settings.folder, { origin: settings.origin ?? undefined })
    this.#index = openSqliteIndex(indexPath(settings.folder))
  }

  /** After a crash the index may be behind the ledger, and the book behind the index. */
  async repair(): Promise<void> {
    await applyEvents(this.#ledger, this.#index)
    const seq = await this.#index.seq()
    const path = bookPath(this.#settings.folder)
    if (!existsSync(path) || loadBook(path, seq) === undefined) await this.#writeBook()
  }

  async sync(
    request: WriterSync,
    hooks: {
      readonly onProgress: (progress: Progress) => void
      /** After a dataset's facts are in ledger and index. */
      readonly onCommitted: () => void
      readonly signal: AbortSignal
    },
  ): Promise<readonly SyncRow[]> {
    const before = await this.#index.seq()
    const { names, ...options } = request
    const offline = this.#settings.offline || options.offline === true
    if (!offline) this.#fetcher ??= createFetcher({ userAgent: `Custos/${this.#settings.version}` })
    try {
      return await sync(
        {
          ledger: this.#ledger,
          catalogue: this.#catalogue,
          clock: systemClock,
          log: this.#log,
          fetcher: offline ? undefined : this.#fetcher,
          folder: this.#settings.folder,
          onProgress: hooks.onProgress,
          onCommitted: async () => {
            await applyEvents(this.#ledger, this.#index)
            hooks.onCommitted()
          },
        },
        names,
        { ...options, offline, signal: hooks.signal },
      )
    } finally {
      // Also when it was stopped half-way: what is committed is to be found.
      await applyEvents(this.#ledger, this.#index)
      if ((await this.#index.seq()) !== before) await this.#writeBook()
      await this.#ledger.settle()
      hooks.onCommitted()
    }
  }

  async rebuild(onProgress: (done: number, total: number) => void) {
    const total = (await this.#ledger.counts()).events
    const startedMs = systemClock.nowMs()
    const events = await rebuild(this.#ledger, this.#index, {
      onProgress: (seq) => onProgress(seq, total),
    })
    await this.#writeBook()
    const counts = await this.#index.counts()
    const entities = counts.reduce((sum, count) => sum + count.entities, 0)
    return { events, entities, ms: systemClock.nowMs() - startedMs }
  }

  async close(): Promise<void> {
    await this.#fetcher?.close()
    await this.#index.close()
    await this.#ledger.close()
  }

  async #writeBook(): Promise<void> {
    // A random seed: who knew it could choose keys that meet in one place.
    await writeBook(this.#index, bookPath(this.#settings.folder), randomInt(2 ** 32))
  }
}
