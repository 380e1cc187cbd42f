import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import { knownAt, type Span } from '../index/span.ts'
import type { View } from '../index/view.ts'
import type { LedgerReader, StatementRow } from '../ledger/read.ts'
import {
  type ArticleValue,
  type FactValue,
  readArticleValue,
  readFactValue,
} from '../model/news-value.ts'
import type { DatasetName, EntityId, Hash } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'

export interface StoredFact {
  readonly statement: Hash
  readonly value: FactValue
}

/** One article as the newest view holds it. */
export interface StoredArticle {
  readonly id: EntityId
  readonly dataset: DatasetName
  readonly value: ArticleValue
  /** In the order of the text. */
  readonly facts: readonly StoredFact[]
  /** What an earlier version said and the newest does not. */
  readonly corrected: readonly StoredFact[]
  readonly observedAt: Instant
}

type Stored =
  | { readonly prop: 'article'; readonly row: StatementRow; readonly value: ArticleValue }
  | { readonly prop: 'newsFact'; readonly row: StatementRow; readonly value: FactValue }

/** Reads the statements of articles once: they never change, so a later view reads what is new. */
export class NewsStore {
  readonly #ledger: LedgerReader
  readonly #index: IndexReader
  readonly #rows = new Map<number, Stored | null>()
  #articles: ReadonlyMap<EntityId, StoredArticle> = new Map()
  #of: View | undefined
  #loading: Promise<unknown> = Promise.resolve()

  constructor(ports: { readonly ledger: LedgerReader; readonly index: IndexReader }) {
    this.#ledger = ports.ledger
    this.#index = ports.index
  }

  /** Every article of a view, by id. */
  async articles(view: View): Promise<ReadonlyMap<EntityId, StoredArticle>> {
    if (this.#of === view) return this.#articles
    const loading = this.#loading.catch(() => {}).then(() => this.#load(view))
    this.#loading = loading
    await loading
    return this.#articles
  }

  async #load(view: View): Promise<void> {
    if (this.#of === view) return
    const sids = [...(await this.#index.roll('article')), ...(await this.#index.roll('newsFact'))]
    const fresh = sids.filter((sid) => !this.#rows.has(sid))
    for (let at = 0; at < fresh.length; at += LIMITS.pageRowsMax) {
      for (const row of await this.#ledger.statements(fresh.slice(at, at + LIMITS.pageRowsMax))) {
        this.#rows.set(row.sid, storedOf(row) ?? null)
      }
    }
    const spans = new Map<number, readonly Span[]>()
    for (let at = 0; at < sids.length; at += LIMITS.pageRowsMax) {
      const page = await this.#index.spansOf(sids.slice(at, at + LIMITS.pageRowsMax))
      for (const [sid, own] of page) spans.set(sid, own)
    }
    this.#articles = this.#join(view, spans)
    this.#of = view
  }

  #join(view: View, spans: ReadonlyMap<number, readonly Span[]>): Map<EntityId, StoredArticle> {
    const told = toldAt(view)
    const articles = new Map<
      EntityId,
      StoredArticle & { facts: StoredFact[]; corrected: StoredFact[] }
    >()
    const facts: { row: StatementRow; value: FactValue; isLive: boolean }[] = []
    for (const [sid, own] of spans) {
      const stored = this.#rows.get(sid)
      if (stored === undefined || stored === null) continue
      const known = knownAt(own, view.seq)
      const isLive = known.some((span) => span.to === null)
      if (stored.prop === 'newsFact') {
        facts.push({ row: stored.row, value: stored.value, isLive })
        continue
      }
      if (!isLive) continue
      const { entity: id, dataset } = stored.row
      const from = Math.min(...own.map((span) => span.knownFrom))
      articles.set(id, {
        id,
        dataset,
        value: stored.value,
        facts: [],
        corrected: [],
        observedAt: told(from),
      })
    }
    for (const { row, value, isLive } of facts) {
      const article = articles.get(row.entity)
      if (article === undefined) continue
      const list = isLive ? article.facts : article.corrected
      list.push({ statement: row.id, value })
    }
    for (const { facts: own } of articles.values())
      own.sort((a, b) => a.value.start - b.value.start)
    return articles
  }
}

function storedOf(row: StatementRow): Stored | undefined {
  if (row.prop === 'article') {
    const value = readArticleValue(row.value)
    return value && { prop: 'article', row, value }
  }
  const value = readFactValue(row.value)
  return value && { prop: 'newsFact', row, value }
}

/** The time of the run that holds a sequence number. */
function toldAt(view: View): (seq: number) => Instant {
  const runs = view.runs.filter((run) => run.events !== null)
  return (seq) => {
    let low = 0
    let high = runs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((runs[middle]?.events?.seqTo ?? 0) < seq) low = middle + 1
      else high = middle
    }
    return runs[low]?.run.at ?? '1970-01-01T00:00:00Z'
  }
}
