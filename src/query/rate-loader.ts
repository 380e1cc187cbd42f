import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import { dayNumber, knownAt, type Span } from '../index/span.ts'
import type { View } from '../index/view.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import { type RateSheet, readSheet } from '../model/rate-sheet.ts'
import type { DatasetName, Hash } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'
import { RateBook, type VintageSheet } from './rate-book.ts'

/** A sheet statement as it was read: this never changes. */
interface StoredSheet {
  readonly sid: number
  readonly statement: Hash
  readonly dataset: DatasetName
  readonly entity: string
  /** What the entity says beyond dataset, base and day: one publisher may have several tables. */
  readonly table: string
  readonly sheet: RateSheet
  readonly dayNumber: number
}

export interface LoaderPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/** Books at earlier states of knowledge that are kept: a page and its parts ask for one or two. */
const BOOKS_KEPT = 4

/**
 * Loads rate sheets once and shares them between views: statements never change, so a later view
 * reads only what is new. Intervals are read anew, for they say which vintage lives.
 */
export class RateLoader {
  readonly #ports: LoaderPorts
  readonly #sheets = new Map<number, StoredSheet | null>()
  #spans: ReadonlyMap<number, readonly Span[]> = new Map()
  #spansOf: View | undefined
  /** Loads follow each other: two at once would read the same page twice. */
  #loading: Promise<void> = Promise.resolve()
  #books = new Map<number, RateBook>()

  constructor(ports: LoaderPorts) {
    this.#ports = ports
  }

  /** The book of a view, as this instance knew it at `seq`. At once where it is loaded. */
  book(view: View, seq: number): RateBook | Promise<RateBook> {
    if (this.#spansOf === view) {
      const known = this.#books.get(seq)
      if (known !== undefined) return known
    }
    return this.#make(view, seq)
  }

  async #make(view: View, seq: number): Promise<RateBook> {
    this.#loading = this.#loading.catch(() => {}).then(() => this.#load(view))
    await this.#loading
    let book = this.#books.get(seq)
    if (book === undefined) {
      book = new RateBook(this.#vintages(view, seq), this.#ports.datasets)
      if (this.#books.size >= BOOKS_KEPT) {
        const [oldest] = this.#books.keys()
        if (oldest !== undefined) this.#books.delete(oldest)
      }
      this.#books.set(seq, book)
    }
    return book
  }

  async #load(view: View): Promise<void> {
    if (this.#spansOf === view) return
    const { ledger, index } = this.#ports
    const sids = await index.roll('sheet')
    const fresh = sids.filter((sid) => !this.#sheets.has(sid))
    for (let at = 0; at < fresh.length; at += LIMITS.pageRowsMax) {
      for (const row of await ledger.statements(fresh.slice(at, at + LIMITS.pageRowsMax))) {
        this.#sheets.set(row.sid, storedSheet(row) ?? null)
      }
      // Answers that need no rates go on meanwhile.
      await new Promise((resolve) => setImmediate(resolve))
    }
    const spans = new Map<number, readonly Span[]>()
    for (let at = 0; at < sids.length; at += LIMITS.pageRowsMax) {
      const page = await index.spansOf(sids.slice(at, at + LIMITS.pageRowsMax))
      for (const [sid, own] of page) spans.set(sid, own)
    }
    this.#spans = spans
    this.#spansOf = view
    this.#books = new Map()
  }

  /** Of each entity the sheet that was told last, among those that the publisher still holds. */
  #vintages(view: View, seq: number): VintageSheet[] {
    const told = toldAt(view)
    const newest = new Map<string, { stored: StoredSheet; toldSeq: number }>()
    for (const [sid, spans] of this.#spans) {
      const stored = this.#sheets.get(sid)
      if (stored === undefined || stored === null) continue
      if (!knownAt(spans, seq).some((span) => span.to === null)) continue
      const toldSeq = spans.reduce((min, span) => Math.min(min, span.knownFrom), seq)
      const other = newest.get(stored.entity)
      if (other === undefined || toldSeq > other.toldSeq) {
        newest.set(stored.entity, { stored, toldSeq })
      }
    }
    return [...newest.values()].map(({ stored, toldSeq }) => ({
      ...stored,
      observedAt: told(toldSeq),
    }))
  }

  /** A sheet by its statement, whatever was said of it since: links name sheets for ever. */
  async sheet(statement: Hash): Promise<VintageSheet | undefined> {
    const { ledger } = this.#ports
    const row = await ledger.statement(statement)
    const stored = row?.prop === 'sheet' ? storedSheet(row) : undefined
    if (stored === undefined) return undefined
    const [first] = await ledger.eventsOf([stored.sid])
    return { ...stored, observedAt: first?.at ?? null }
  }
}

function storedSheet(row: StatementRow): StoredSheet | undefined {
  const sheet = readSheet(row.value)
  if (sheet === undefined) return undefined
  const { sid, id, dataset, entity } = row
  const table = entity.slice(`${dataset}:${sheet.base}:${sheet.day}`.length)
  return { sid, statement: id, dataset, entity, table, sheet, dayNumber: dayNumber(sheet.day) }
}

/** The time of the run that holds a sequence number. */
function toldAt(view: View): (seq: number) => Instant | null {
  const runs = view.runs.filter((run) => run.events !== null)
  return (seq) => {
    let low = 0
    let high = runs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((runs[middle]?.events?.seqTo ?? 0) < seq) low = middle + 1
      else high = middle
    }
    return runs[low]?.run.at ?? null
  }
}
