import { randomInt } from 'node:crypto'
import type { ChainId } from './chain/types.ts'
import { compileScreeningBook } from './index/address/screening.ts'
import { compileTokenBook, type TokenBook } from './index/address/token-book.ts'
import { knownAt } from './index/span.ts'
import { indexPath, openSqliteIndexReader, type SqliteIndexReader } from './index/store/sqlite.ts'
import { datasetsOf, loadCatalogue } from './ingest/catalogue.ts'
import type { StatementRow } from './ledger/read.ts'
import { ledgerPaths } from './ledger/store/sqlite.ts'
import { SqliteLedgerReader } from './ledger/store/sqlite-reader.ts'
import type { Dataset } from './model/dataset.ts'
import { KEY } from './model/key.ts'
import { classesOfStatement } from './model/screen-class.ts'
import { type BookShelf, bookShelf, emptyScreeningBook } from './model/screening-book.ts'
import { type Day, dayOf } from './model/time.ts'
import { coinFacts, tokenFacts } from './score/chain/asset.ts'
import type { AssetFacts } from './score/chain/types.ts'
import { isReplaced } from './score/risk/starter.ts'

/** Statements that one alert names of one address: what a reader follows up, not a census. */
const STATEMENTS_MAX = 20

/** The lists as rules see them: the book in force, tokens, and the statements behind a class. */
export class ChainLists {
  readonly shelf: BookShelf = bookShelf(emptyScreeningBook())
  readonly #ledger: SqliteLedgerReader
  readonly #index: SqliteIndexReader
  readonly #datasets: ReadonlyMap<string, Dataset>
  #tokens: TokenBook = new Map()
  readonly #assets = new Map<string, AssetFacts | undefined>()
  /** Day of the newest version that was read of each list; null: it has no date. */
  #newest: ReadonlyMap<string, Day | null> = new Map()
  #seq = -1

  constructor(folder: string) {
    this.#ledger = new SqliteLedgerReader(ledgerPaths(folder))
    this.#index = openSqliteIndexReader(indexPath(folder))
    this.#datasets = datasetsOf(loadCatalogue())
  }

  /**
   * Compiles both books beside those in force and puts them in their place in one step. False where
   * nothing was committed since. Reads in slices: following goes on meanwhile.
   */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const index = this.#index
    const seq = await index.seq()
    if (seq === this.#seq) return false
    this.#newest = await newestDays(this.#ledger)
    const isReplaced = (row: StatementRow) => this.#isReplaced(row)
    const params = { index, ledger: this.#ledger, seq, signal, isReplaced }
    const seed = [randomInt(2 ** 32), randomInt(2 ** 32)] as const
    const { book } = await compileScreeningBook({ ...params, datasets: this.#datasets, seed })
    const tokens = await compileTokenBook(params)
    this.shelf.replace(book)
    this.#tokens = tokens
    this.#assets.clear()
    this.#seq = seq
    return true
  }

  asset(chain: ChainId, token: string | null): AssetFacts | undefined {
    if (token === null) return coinFacts(chain)
    const key = `${chain}/erc20:${token}`
    if (this.#assets.has(key)) return this.#assets.get(key)
    const [row] = this.#tokens.get(key) ?? []
    const facts = row === undefined ? undefined : tokenFacts(row)
    // Only what lists carry is kept: tokens that nobody listed are without number.
    if (row !== undefined) this.#assets.set(key, facts)
    return facts
  }

  /** Ids of statements in force that put the address in a class, oldest first. */
  async statementsOf(address: string): Promise<readonly string[]> {
    const spans = await this.#index.spansOfKey(KEY.address(address), STATEMENTS_MAX)
    const sids = [...spans]
      .filter(([, own]) => knownAt(own, this.#seq).some(({ to }) => to === null))
      .map(([sid]) => sid)
    const rows = await this.#ledger.statements(sids)
    const kindOf = (name: string) => this.#datasets.get(name)?.kind ?? ''
    return rows
      .filter(
        (row) =>
          !this.#isReplaced(row) && classesOfStatement({ ...row, kind: kindOf(row.dataset) }) !== 0,
      )
      .map(({ id }) => id)
  }

  /** A row of the starter speaks until the list that reads the same document has been read. */
  #isReplaced({ dataset, value }: StatementRow): boolean {
    if (this.#datasets.get(dataset)?.kind !== 'starter') return false
    const json = objectOf(value)
    return isReplaced([{ json }], { newestDay: (name) => this.#newest.get(name) })
  }

  async close(): Promise<void> {
    await this.#index.close()
    await this.#ledger.close()
  }
}

async function newestDays(ledger: SqliteLedgerReader): Promise<ReadonlyMap<string, Day | null>> {
  const days = new Map<string, Day | null>()
  for (const { dataset, publishedAt } of await ledger.runs()) {
    const day = publishedAt === null ? null : dayOf(publishedAt)
    const known = days.get(dataset)
    if (known === undefined || (day !== null && (known === null || day > known))) {
      days.set(dataset, day)
    }
  }
  return days
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
