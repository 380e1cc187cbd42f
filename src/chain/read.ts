import type {
  AlertRow,
  AlertState,
  BlockCoverage,
  BlockHeader,
  BlockRef,
  BlockState,
  ChainEvent,
  ChainEventKind,
  ChainId,
  ChainTransaction,
  ChainTransfer,
} from './types.ts'

/**
 * What is read of followed chains. Addresses are the chain's canonical text without a CAIP prefix.
 * Every function answers from what is stored and from indexes: none scans a table, and where an
 * answer would need more rows than its bound, it says that it is not complete.
 */
export interface ChainReader {
  /** Every chain of which something is stored or which was halted, by id. */
  chains(): Promise<readonly ChainState[]>
  state(chain: ChainId): Promise<ChainState | undefined>
  /** Newest first, below `before`. */
  blocks(chain: ChainId, page: BlockPage): Promise<readonly StoredBlock[]>
  /** By number, or by hash; only a hash can name an orphaned block, which has no rows any more. */
  block(chain: ChainId, ref: number | string): Promise<StoredBlock | undefined>
  /** Transactions of a stored block in order, from index `from`. */
  transactionsOf(
    chain: ChainId,
    block: number,
    page: RowPage,
  ): Promise<readonly StoredTransaction[]>
  /** Transfers of a stored block in order of execution, from ordinal `from`. */
  transfersIn(chain: ChainId, block: number, page: RowPage): Promise<readonly StoredTransfer[]>
  eventsIn(chain: ChainId, block: number, page: RowPage): Promise<readonly StoredEvent[]>
  transaction(chain: ChainId, hash: string): Promise<TransactionDetail | undefined>
  /** Undefined when no block that was stored has named the address. */
  address(chain: ChainId, address: string): Promise<AddressSummary | undefined>
  /** Newest first. */
  transfersOf(chain: ChainId, address: string, page: TransferPage): Promise<Page<StoredTransfer>>
  /** Approvals, creations and freezes that name the address, newest first. */
  eventsOf(chain: ChainId, address: string, page: CursorPage): Promise<Page<StoredEvent>>
  /** Those with most transfers first. */
  counterparties(chain: ChainId, address: string, limit: number): Promise<Counterparties>
  /** What stored blocks changed in the balance, per token; those with most transfers first. */
  balances(chain: ChainId, address: string, limit: number): Promise<readonly BalanceChange[]>
  /**
   * Transfers by UTC day among the newest `LIMITS.activityTransfersMax`, oldest first; days without
   * any are left out.
   */
  activity(chain: ChainId, address: string): Promise<readonly DayActivity[]>
  token(chain: ChainId, token: string): Promise<TokenSeen | undefined>
  /** Transfers of one token, newest first. */
  transfersOfToken(chain: ChainId, token: string, page: CursorPage): Promise<Page<StoredTransfer>>
  /** Newest change first; `state` is the newest state of each alert. */
  alerts(filter: AlertFilter): Promise<readonly StoredAlert[]>
  alert(id: string): Promise<StoredAlert | undefined>
  /** Every change of a state after `since`, oldest first: what a stream sends and resumes from. */
  alertChanges(since: number, limit: number): Promise<readonly AlertChange[]>
  /** The newest change of any alert; 0 when there is none. */
  alertHead(): Promise<number>
  /** Ranges of blocks that the rule looked at, ascending, without overlap; `BLOCKS`: stored. */
  coverage(chain: ChainId, rule: RuleRef): Promise<readonly BlockRange[]>
  /** Every rule that has coverage on the chain. */
  coverageRules(chain: ChainId): Promise<readonly RuleRef[]>
}

export interface RuleRef {
  readonly rule: string
  readonly version: string
}

/** The name under which coverage records that a block itself is stored. */
export const BLOCKS: RuleRef = { rule: 'blocks', version: '1' }

/** Both ends included. */
export interface BlockRange {
  readonly from: number
  readonly to: number
}

export interface ChainState {
  readonly chain: ChainId
  /** Newest stored block; null before the first. */
  readonly head: BlockHeader | null
  readonly finalized: BlockRef | null
  /** Lowest block of the stretch that is stored without a gap up to the head. */
  readonly headFrom: number | null
  readonly blocks: number
  readonly transactions: number
  readonly transfers: number
  readonly events: number
  /** Alerts that are not retracted. */
  readonly alerts: number
  /** Blocks taken back by reorganisations, ever. */
  readonly orphaned: number
  readonly rereads: number
  /** Set when following stopped and an operator has to decide. */
  readonly halted: ChainHalt | null
}

export interface ChainHalt {
  /** Stable code, for example `chain.deep_reorg`. */
  readonly code: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly params: Readonly<Record<string, string | number | boolean | null>>
}

export interface StoredBlock extends BlockHeader {
  readonly chain: ChainId
  readonly state: BlockState
  readonly transactions: number
  readonly transfers: number
  readonly events: number
  readonly coverage: BlockCoverage
  /** Unix milliseconds of the reorganisation; null unless orphaned. */
  readonly orphanedAtMs: number | null
}

interface Placed {
  readonly block: number
  /** Unix seconds of the block. */
  readonly at: number
  readonly state: BlockState
}

export interface StoredTransaction extends ChainTransaction, Placed {}
export interface StoredTransfer extends ChainTransfer, Placed {}
export interface StoredEvent extends ChainEvent, Placed {
  /** Numbers the events of a block from 0. */
  readonly ordinal: number
}

export interface TransactionDetail {
  readonly transaction: StoredTransaction
  readonly block: StoredBlock
  readonly transfers: readonly StoredTransfer[]
  readonly events: readonly StoredEvent[]
  /** False when there were more rows than `LIMITS.chainRowsOfTxMax`. */
  readonly isComplete: boolean
}

export interface BlockPage {
  readonly before?: number | undefined
  readonly limit: number
}

export interface RowPage {
  readonly from?: number | undefined
  readonly limit: number
}

export interface CursorPage {
  /** As a page gave it; undefined for the first page. */
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface TransferPage extends CursorPage {
  readonly direction?: 'in' | 'out' | undefined
}

export interface Page<T> {
  readonly rows: readonly T[]
  /** Null on the last page. */
  readonly cursor: string | null
}

export interface AddressSummary {
  readonly address: string
  /** Transfers in which the address receives, sends. */
  readonly received: number
  readonly sent: number
  readonly first: Placed | null
  readonly last: Placed | null
  /** The oldest incoming transfer that is stored; null where the oldest hundred hold none. */
  readonly funder: StoredTransfer | null
  /** The address is the contract of a token or of an event that is stored. */
  readonly isToken: boolean
}

export interface Counterparty {
  readonly address: string
  readonly received: number
  readonly sent: number
}

export interface Counterparties {
  readonly rows: readonly Counterparty[]
  /** False: only the newest `LIMITS.counterpartyTransfersMax` of each direction were counted. */
  readonly isComplete: boolean
}

export interface BalanceChange {
  /** Null: the chain's own coin. */
  readonly token: string | null
  /** Received minus sent in stored blocks; fees are not part of it. */
  readonly change: bigint
  readonly received: number
  readonly sent: number
}

export interface DayActivity {
  /** Unix seconds of the day's beginning, UTC. */
  readonly day: number
  readonly transfers: number
}

export interface TokenSeen {
  readonly token: string
  readonly transfers: number
  /** Created minus destroyed in stored blocks; null where there are too many to add up. */
  readonly supply: bigint | null
  /** Addresses whose stored balance change is positive; null where there are too many. */
  readonly holders: number | null
  readonly first: Placed | null
  readonly last: Placed | null
}

export interface AlertFilter {
  readonly chain?: ChainId | undefined
  readonly rule?: string | undefined
  readonly state?: AlertState | undefined
  /** CAIP-10. */
  readonly subject?: string | undefined
  /** Hash of a transaction of `chain`; not together with `subject`. */
  readonly tx?: string | undefined
  /** Of one height; together with a chain. */
  readonly block?: number | undefined
  /** Only alerts whose newest change has a lower number: the next page of newest first. */
  readonly before?: number | undefined
  /** Only alerts whose newest change has a higher number. */
  readonly since?: number | undefined
  readonly limit: number
}

export interface StoredAlert extends AlertRow {
  /** Number of its newest change: rises with every change of any alert. */
  readonly change: number
}

export interface AlertChange {
  readonly change: number
  /** In the state that this change gave it. */
  readonly alert: AlertRow
}

export const EVENT_KINDS: readonly ChainEventKind[] = [
  'approval',
  'approval_for_all',
  'permit2',
  'created',
  'swap',
  'liquidity_added',
  'liquidity_removed',
  'pool_created',
  'freeze',
  'unfreeze',
  'destroyed_funds',
]
