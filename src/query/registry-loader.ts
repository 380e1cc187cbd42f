import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import type { Span } from '../index/span.ts'
import type { View } from '../index/view.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { EvidenceReader } from './evidence.ts'
import { RegistryBook, type StoredRow } from './registry-book.ts'

export interface RegistryLoaderPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly reader: EvidenceReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/** What lists, rankings and changes are made from; each is a roll of the index. */
const ROLLS = ['licence', 'warning', 'website', 'leiCode'] as const
/** Sites and LEIs of other lists decide nothing about a firm. */
const FIRM_KINDS: ReadonlySet<string> = new Set(['register', 'warnings', 'starter', 'actors'])

/**
 * Loads register rows and warnings once and shares them between views: statements never change, so
 * a later view reads only what is new. Intervals are read anew, for they say what is held.
 */
export class RegistryLoader {
  readonly #ports: RegistryLoaderPorts
  readonly #rows = new Map<number, StoredRow | null>()
  #loading: Promise<void> = Promise.resolve()
  #book: { readonly view: View; readonly book: RegistryBook } | undefined

  constructor(ports: RegistryLoaderPorts) {
    this.#ports = ports
  }

  /** The book of a view: at once where it is loaded. */
  async book(view: View): Promise<RegistryBook> {
    if (this.#book?.view === view) return this.#book.book
    // Loads follow each other: two at once would read the same page twice.
    this.#loading = this.#loading.catch(() => {}).then(() => this.#load(view))
    await this.#loading
    if (this.#book?.view === view) return this.#book.book
    return this.book(view)
  }

  async #load(view: View): Promise<void> {
    if (this.#book?.view === view) return
    const { index } = this.#ports
    const rows: StoredRow[] = []
    const spans = new Map<number, readonly Span[]>()
    for (const prop of ROLLS) {
      const sids = await index.roll(prop)
      await this.#read(sids.filter((sid) => !this.#rows.has(sid)))
      const wanted = sids.filter((sid) => this.#rows.get(sid) != null)
      for (let at = 0; at < wanted.length; at += LIMITS.pageRowsMax) {
        const page = wanted.slice(at, at + LIMITS.pageRowsMax)
        for (const [sid, own] of await index.spansOf(page)) spans.set(sid, own)
        for (const sid of page) rows.push(this.#rows.get(sid) as StoredRow)
        await turn()
      }
    }
    const clusters = await view.clusters()
    const book = new RegistryBook({ ...this.#ports, view, clusters, rows, spans })
    await book.prepare()
    this.#book = { view, book }
  }

  async #read(sids: readonly number[]): Promise<void> {
    const { ledger } = this.#ports
    for (let at = 0; at < sids.length; at += LIMITS.pageRowsMax) {
      for (const row of await ledger.statements(sids.slice(at, at + LIMITS.pageRowsMax))) {
        this.#rows.set(row.sid, this.#stored(row))
      }
      await turn()
    }
  }

  /** Null: a row of a list that says nothing of firms. */
  #stored(row: StatementRow): StoredRow | null {
    const { reader, datasets } = this.#ports
    if (!FIRM_KINDS.has(datasets.get(row.dataset)?.kind ?? 'register')) return null
    const isJson = row.prop === 'licence' || row.prop === 'warning'
    return {
      sid: row.sid,
      id: row.id,
      entity: row.entity,
      prop: row.prop,
      // The text is kept once: as JSON where the rules read it so.
      value: isJson ? '' : row.value,
      json: isJson ? parse(row.value) : EMPTY,
      original: null,
      lang: null,
      source: reader.source(row.dataset),
    }
  }
}

const EMPTY: Readonly<Record<string, unknown>> = Object.freeze({})

function parse(value: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : EMPTY
  } catch {
    return EMPTY
  }
}

/** Loading must not hold up answers that do not need what is loaded. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
