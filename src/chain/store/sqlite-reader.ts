import { LIMITS } from '../../base/limits.ts'
import {
  type AddressSummary,
  type AlertFilter,
  type BalanceChange,
  BLOCKS,
  type BlockPage,
  type ChainReader,
  type ChainState,
  type Counterparties,
  type CursorPage,
  type DayActivity,
  type Page,
  type RowPage,
  type RuleRef,
  type StoredBlock,
  type TransactionDetail,
  type TransferPage,
} from '../read.ts'
import type { ChainId } from '../types.ts'
import {
  type AddressRow,
  activityOf,
  addressSummary,
  balancesOf,
  counterpartiesOf,
  textOfId,
} from './sqlite-address.ts'
import { findAddress } from './sqlite-addresses.ts'
import { AlertRows } from './sqlite-alerts.ts'
import { firstPlace, type KeyCodec, keyCodec, placeOf } from './sqlite-codec.ts'
import { CoverageRows } from './sqlite-coverage.ts'
import { ChainDatabase, type DatabaseOptions } from './sqlite-database.ts'
import * as select from './sqlite-select.ts'
import * as selectBlock from './sqlite-select-block.ts'
import { tokenSeen } from './sqlite-token.ts'

export interface ChainRow {
  readonly no: number
  readonly id: string
  readonly head: number | null
  readonly head_hash: string | null
  readonly final: number | null
  readonly final_hash: string | null
  readonly halted: string | null
  readonly blocks: number
  readonly txs: number
  readonly transfers: number
  readonly events: number
  readonly orphaned: number
}

/** What every question about one chain needs. */
export interface ChainScope {
  readonly chain: ChainId
  readonly db: ChainDatabase
  readonly no: number
  readonly codec: KeyCodec
  /** Blocks above are provisional, as far as following has come. */
  readonly final: number
  readonly head: number
}

/** Reads committed states of `chain.sqlite`; another process may be writing. */
export class SqliteChainReader implements ChainReader {
  protected readonly db: ChainDatabase
  protected readonly alertRows: AlertRows
  protected readonly coverageRows: CoverageRows

  constructor(path: string, options: DatabaseOptions = {}) {
    this.db = new ChainDatabase(path, { readOnly: true, ...options })
    this.alertRows = new AlertRows(this.db)
    this.coverageRows = new CoverageRows(this.db)
  }

  protected row(chain: ChainId): ChainRow | undefined {
    return this.db.get<ChainRow>('SELECT * FROM chain WHERE id = ?', chain)
  }

  /** The number of an address that is stored. */
  protected idOf(scope: ChainScope, address: string): number | undefined {
    return findAddress(scope.db, scope, address)
  }

  protected textOf(scope: ChainScope, id: number): string {
    return textOfId(scope, id)
  }

  /** Answers `none` for a chain of which nothing is stored; all reads see one moment. */
  #ask<T>(chain: ChainId, none: T, answer: (scope: ChainScope) => T): T {
    return this.db.snapshot(() => {
      const row = this.row(chain)
      if (row === undefined) return none
      const { no, final, head } = row
      const codec = keyCodec(chain)
      return answer({ chain, db: this.db, no, codec, final: final ?? -1, head: head ?? -1 })
    })
  }

  async chains(): Promise<readonly ChainState[]> {
    return this.db.snapshot(() =>
      this.db.all<ChainRow>('SELECT * FROM chain ORDER BY id').map((row) => this.#state(row)),
    )
  }

  async state(chain: ChainId): Promise<ChainState | undefined> {
    return this.db.snapshot(() => {
      const row = this.row(chain)
      return row && this.#state(row)
    })
  }

  #state(row: ChainRow): ChainState {
    const { no } = row
    const codec = keyCodec(row.id)
    const { id: chain, final, head: followed } = row
    const scope = { chain, db: this.db, no, codec, final: final ?? -1, head: followed ?? -1 }
    const head = selectBlock.topBlock(scope)
    const stretch = this.coverageRows.ranges(no, BLOCKS).find(({ to }) => to === head?.number)
    const rereads = 'SELECT count(*) n FROM reread WHERE chain = ?'
    return {
      chain: row.id,
      head: head ?? null,
      finalized: row.final === null ? null : { number: row.final, hash: row.final_hash ?? '' },
      headFrom: stretch?.from ?? null,
      blocks: row.blocks,
      transactions: row.txs,
      transfers: row.transfers,
      events: row.events,
      alerts: this.alertRows.count(no),
      orphaned: row.orphaned,
      rereads: this.db.get<{ n: number }>(rereads, no)?.n ?? 0,
      halted: row.halted === null ? null : JSON.parse(row.halted),
    }
  }

  async blocks(chain: ChainId, page: BlockPage): Promise<readonly StoredBlock[]> {
    return this.#ask(chain, [], (scope) => selectBlock.blocks(scope, page))
  }

  async block(chain: ChainId, ref: number | string): Promise<StoredBlock | undefined> {
    return this.#ask(chain, undefined, (scope) =>
      typeof ref === 'number'
        ? selectBlock.blockByNumber(scope, ref)
        : selectBlock.blockByHash(scope, ref),
    )
  }

  async transactionsOf(chain: ChainId, block: number, page: RowPage) {
    return this.#ask(chain, [], (scope) =>
      select.transactions(scope, rangeOf(block, page.from ?? 0), page.limit),
    )
  }

  async transfersIn(chain: ChainId, block: number, page: RowPage) {
    return this.#ask(chain, [], (scope) =>
      select.transfersBetween(scope, rangeOf(block, page.from ?? 0), page.limit),
    )
  }

  async eventsIn(chain: ChainId, block: number, page: RowPage) {
    return this.#ask(chain, [], (scope) =>
      select.eventsBetween(scope, rangeOf(block, page.from ?? 0), page.limit),
    )
  }

  async transaction(chain: ChainId, hash: string): Promise<TransactionDetail | undefined> {
    return this.#ask(chain, undefined, (scope) =>
      select.transactionDetail(scope, hash, LIMITS.chainRowsOfTxMax),
    )
  }

  #address<T>(chain: ChainId, address: string, none: T, answer: AddressAnswer<T>): T {
    return this.#ask(chain, none, (scope) => {
      const id = this.idOf(scope, address)
      return id === undefined ? none : answer(scope, { id })
    })
  }

  async address(chain: ChainId, address: string): Promise<AddressSummary | undefined> {
    return this.#address<AddressSummary | undefined>(chain, address, undefined, (scope, row) =>
      addressSummary(scope, row, address),
    )
  }

  async transfersOf(chain: ChainId, address: string, page: TransferPage) {
    return this.#address(chain, address, EMPTY, (scope, { id }) =>
      select.transfersOfAddress(scope, id, page),
    )
  }

  async eventsOf(chain: ChainId, address: string, page: CursorPage) {
    return this.#address(chain, address, EMPTY, (scope, { id }) =>
      select.eventsOfAddress(scope, id, page),
    )
  }

  async counterparties(chain: ChainId, address: string, limit: number): Promise<Counterparties> {
    const none = { rows: [], isComplete: true }
    return this.#address<Counterparties>(chain, address, none, (scope, { id }) =>
      counterpartiesOf(scope, id, { limit, textOf: (other) => this.textOf(scope, other) }),
    )
  }

  async balances(chain: ChainId, address: string, limit: number) {
    return this.#address<readonly BalanceChange[]>(chain, address, [], (scope, { id }) =>
      balancesOf(scope, id, limit),
    )
  }

  async activity(chain: ChainId, address: string) {
    return this.#address<readonly DayActivity[]>(chain, address, [], (scope, { id }) =>
      activityOf(scope, id),
    )
  }

  async token(chain: ChainId, token: string) {
    return this.#address(chain, token, undefined, (scope, { id }) => tokenSeen(scope, id, token))
  }

  async transfersOfToken(chain: ChainId, token: string, page: CursorPage) {
    return this.#address(chain, token, EMPTY, (scope, { id }) =>
      select.transfersOfToken(scope, id, page),
    )
  }

  async alerts(filter: AlertFilter) {
    return this.db.snapshot(() => {
      const row = filter.chain === undefined ? undefined : this.row(filter.chain)
      if (filter.chain !== undefined && row === undefined) return []
      return this.alertRows.list(filter, row?.no)
    })
  }

  async alert(id: string) {
    return this.alertRows.one(id)
  }

  async alertChanges(since: number, limit: number) {
    return this.alertRows.changes(since, limit)
  }

  async alertHead() {
    return this.alertRows.head()
  }

  async coverage(chain: ChainId, rule: RuleRef) {
    return this.#ask(chain, [], ({ no }) => this.coverageRows.ranges(no, rule))
  }

  async coverageRules(chain: ChainId) {
    return this.#ask<readonly RuleRef[]>(chain, [], ({ no }) => this.coverageRows.rules(no))
  }

  async close(): Promise<void> {
    this.db.close()
  }
}

type AddressAnswer<T> = (scope: ChainScope, row: AddressRow) => T

const EMPTY: Page<never> = { rows: [], cursor: null }

function rangeOf(block: number, from: number): readonly [number, number] {
  return [placeOf(block, from), firstPlace(block + 1) - 1]
}
