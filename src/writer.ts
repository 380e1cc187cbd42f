import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { systemClock } from './base/clock.ts'
import { createFetcher, type Fetcher } from './base/http.ts'
import { LIMITS } from './base/limits.ts'
import { type Log, stderrLog } from './base/log.ts'
import { chainPath } from './chain/store/sqlite.ts'
import { SqliteChainReader } from './chain/store/sqlite-reader.ts'
import { bookPath, loadBook, writeBook } from './index/book-file.ts'
import { applyEvents, rebuild } from './index/indexer.ts'
import { indexPath, openSqliteIndex, type SqliteIndex } from './index/store/sqlite.ts'
import { AlertLedger } from './ingest/alert-ledger.ts'
import { type Catalogue, datasetsOf, loadCatalogue } from './ingest/catalogue.ts'
import { FirmJoiner } from './ingest/join.ts'
import { addNews } from './ingest/news.ts'
import type { NewsReport, NewsRequest } from './ingest/news-types.ts'
import { sync } from './ingest/sync.ts'
import type { Progress, SyncOptions, SyncRow } from './ingest/types.ts'
import { openSqliteLedger, type SqliteLedger } from './ledger/store/sqlite.ts'
import { ALERTS_DATASET } from './model/alert.ts'
import { JOINS_DATASET } from './model/join.ts'

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
  readonly #joiner: FirmJoiner
  #fetcher: Fetcher | undefined

  constructor(settings: WriterSettings) {
    this.#settings = settings
    this.#log = stderrLog(settings.log)
    this.#catalogue = loadCatalogue()
    this.#ledger = openSqliteLedger(settings.folder, { origin: settings.origin ?? undefined })
    this.#index = openSqliteIndex(indexPath(settings.folder))
    this.#joiner = new FirmJoiner({
      ledger: this.#ledger,
      datasets: datasetsOf(this.#catalogue),
      clock: systemClock,
      log: this.#log,
      folder: settings.folder,
    })
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
    const { names: asked, ...options } = request
    // Alerts follow the chains by themselves: to ask for them is to ask for nothing more.
    const listed = asked.filter((name) => name !== ALERTS_DATASET)
    const names = listed.filter((name) => name !== JOINS_DATASET)
    const isJoinAsked = names.length < listed.length
    const offline = this.#settings.offline || options.offline === true
    if (!offline) this.#fetcher ??= createFetcher({ userAgent: `Custos/${this.#settings.version}` })
    try {
      const rows =
        names.length === 0 && asked.length > 0
          ? []
          : await sync(
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
      // Records of firms that changed are judged anew, once for the whole sync.
      if (isJoinAsked) return [...rows, await this.#joiner.run(hooks.signal)]
      await this.#joiner.runIfDue(hooks.signal)
      return rows
    } finally {
      // Also when it was stopped half-way: what is committed is to be found.
      await applyEvents(this.#ledger, this.#index)
      if ((await this.#index.seq()) !== before) await this.#writeBook()
      await this.#ledger.settle()
      hooks.onCommitted()
    }
  }

  /** What chain rules found and took back, as statements. */
  async alerts(onCommitted: () => void): Promise<number> {
    const path = chainPath(this.#settings.folder)
    if (!existsSync(path)) return 0
    const reader = new SqliteChainReader(path)
    try {
      await applyEvents(this.#ledger, this.#index)
      const ledger = new AlertLedger({
        ledger: this.#ledger,
        clock: systemClock,
        sidsOfEntity: (entity) => this.#index.sidsOfEntity(entity, LIMITS.entityStatementsMax),
      })
      const written = await ledger.run(reader, () => applyEvents(this.#ledger, this.#index))
      if (written === 0) return 0
      await this.#writeBook()
      await this.#ledger.settle()
      onCommitted()
      return written
    } finally {
      await reader.close()
    }
  }

  /** Reads an article or a feed and commits what it says. */
  async news(
    request: NewsRequest,
    hooks: { readonly onCommitted: () => void; readonly signal: AbortSignal },
  ): Promise<NewsReport> {
    const before = await this.#index.seq()
    const { offline, version } = this.#settings
    if (!offline) this.#fetcher ??= createFetcher({ userAgent: `Custos/${version}` })
    try {
      return await addNews(
        {
          ledger: this.#ledger,
          clock: systemClock,
          fetcher: offline ? undefined : this.#fetcher,
          signal: hooks.signal,
        },
        request,
      )
    } finally {
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
