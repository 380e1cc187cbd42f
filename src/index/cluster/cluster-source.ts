import { LIMITS } from '../../base/limits.ts'
import type { LedgerReader } from '../../ledger/read.ts'
import type { Dataset } from '../../model/dataset.ts'
import { joinOf, type StatedJoin } from '../../model/join.ts'
import type { DatasetName, EntityId } from '../../model/statement.ts'
import type { IndexReader } from '../port.ts'
import { knownAt, type Span } from '../span.ts'
import { type ClusterBook, NO_CLUSTERS } from './cluster-book.ts'
import { clusterBook } from './clusters.ts'

export interface ClusterPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

interface Judged {
  readonly join: StatedJoin
  readonly spans: readonly Span[]
}

/** Books of earlier states that are kept: a page and its parts ask for the same one. */
const BOOKS_KEPT = 4

/**
 * A register's own record names the firm, then what authorities and packs call it. The starter
 * gives way to everything.
 */
const KINDS: readonly string[] = ['register', 'actors', 'warnings', 'sanctions']

/**
 * The judgements of one state of the index, read when they are first asked for. A book is of one
 * state of knowledge: what was joined later was not known then.
 */
export class ClusterSource {
  readonly #ports: ClusterPorts
  /** Last event of each run of judgements, ascending: between two of them no book differs. */
  readonly #seqs: readonly number[]
  readonly #books = new Map<number, Promise<ClusterBook>>()
  #judged: Promise<readonly Judged[]> | undefined

  constructor(ports: ClusterPorts, seqs: readonly number[]) {
    this.#ports = ports
    this.#seqs = seqs
  }

  at(asked: number): Promise<ClusterBook> {
    const seq = this.#seqs.findLast((last) => last <= asked)
    if (seq === undefined) return Promise.resolve(NO_CLUSTERS)
    let book = this.#books.get(seq)
    if (book === undefined) {
      book = this.#make(seq)
      if (this.#books.size >= BOOKS_KEPT) {
        for (const oldest of this.#books.keys()) {
          this.#books.delete(oldest)
          break
        }
      }
      this.#books.set(seq, book)
      book.catch(() => this.#books.delete(seq))
    }
    return book
  }

  async #make(seq: number): Promise<ClusterBook> {
    this.#judged ??= this.#read()
    const judged = await this.#judged.catch((error: unknown) => {
      // A failure is not remembered: the next asker tries again.
      this.#judged = undefined
      throw error
    })
    const held = judged.filter(({ spans }) => knownAt(spans, seq).some(({ to }) => to === null))
    if (held.length === 0) return NO_CLUSTERS
    return clusterBook(
      held.map(({ join }) => join),
      (id) => this.#rankOf(id),
    )
  }

  async #read(): Promise<readonly Judged[]> {
    const { ledger, index } = this.#ports
    const sids = [...(await index.roll('sameAs')), ...(await index.roll('notSameAs'))]
    const judged: Judged[] = []
    for (let from = 0; from < sids.length; from += LIMITS.pageRowsMax) {
      const page = sids.slice(from, from + LIMITS.pageRowsMax)
      const spans = await index.spansOf(page)
      for (const row of await ledger.statements(page)) {
        const join = joinOf(row)
        if (join !== undefined) judged.push({ join, spans: spans.get(row.sid) ?? [] })
      }
      // Answers that need no judgement are not held up.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return judged
  }

  #rankOf(id: EntityId): number {
    const kind = this.#ports.datasets.get(id.slice(0, id.indexOf(':')))?.kind
    const rank = KINDS.indexOf(kind ?? '')
    return rank === -1 ? KINDS.length : rank
  }
}
