import type { AlertState, BlockState } from '../chain/types.ts'
import type { Instant } from '../model/time.ts'
import type { Finding, VerdictValue } from '../model/verdict.ts'

/**
 * Answers about followed chains, in the shapes of INTERFACE §7. Addresses are CAIP-10, assets
 * CAIP-19, amounts decimal digits of the smallest unit. Every part says where it comes from:
 * `store` was followed and judged, `node` was read on demand and marked so.
 */
export type ChainOrigin = 'store' | 'node'

export interface AssetView {
  /** CAIP-19. */
  readonly id: string
  /** Null where no token list and no node tells. */
  readonly symbol: string | null
  readonly name: string | null
  readonly decimals: number | null
}

export interface TransferView {
  readonly asset: string
  readonly from: string | null
  readonly to: string | null
  readonly amount: string | null
  readonly tokenId: string | null
  readonly tx: string
  readonly logIndex: number | null
  readonly isInternal: boolean
  readonly block: number
  readonly at: Instant
  readonly state: BlockState
  /** Decimal text in whole units; null where the decimals are not known. */
  readonly units: string | null
  readonly symbol: string | null
}

export interface EventView {
  readonly kind: string
  readonly contract: string
  readonly owner: string | null
  readonly spender: string | null
  readonly amount: string | null
  readonly extra: Readonly<Record<string, string>>
  readonly tx: string
  readonly logIndex: number | null
  readonly block: number
  readonly at: Instant
}

export interface TransactionView {
  readonly hash: string
  readonly from: string | null
  readonly to: string | null
  readonly value: string
  readonly status: 'success' | 'failed' | 'unknown'
  readonly selector: string | null
  readonly created: string | null
}

export interface BlockView {
  readonly chain: string
  readonly number: number
  readonly hash: string
  readonly parent: string
  readonly at: Instant
  readonly state: BlockState
  /** What of the block was read: what was not read was not supervised. */
  readonly coverage: Readonly<Record<'receipts' | 'logs' | 'traces' | 'inputs', boolean>>
  readonly transactions: readonly TransactionView[]
  readonly transfers: readonly TransferView[]
  readonly events: readonly EventView[]
  readonly alerts: readonly AlertView[]
  readonly counts: Readonly<Record<'transactions' | 'transfers' | 'events', number>>
  /** Ask again with `from` = this; null when all rows are here. */
  readonly next: number | null
  readonly origin: ChainOrigin
  readonly asOf: Instant
}

export interface TransactionAnswer {
  readonly chain: string
  readonly transaction: TransactionView
  readonly block: Pick<BlockView, 'number' | 'hash' | 'at' | 'state'> | null
  readonly transfers: readonly TransferView[]
  readonly events: readonly EventView[]
  readonly alerts: readonly AlertView[]
  /** Verdict and labels of each party, the worst first. */
  readonly parties: readonly PartyView[]
  readonly isComplete: boolean
  readonly origin: ChainOrigin
  readonly asOf: Instant
}

export interface PartyView {
  readonly address: string
  readonly verdict: VerdictValue
  /** Class names of the screening book: `exchange`, `mixer` … */
  readonly classes: readonly string[]
  /** The strongest label, as its source words it. */
  readonly label: string | null
}

export interface AddressAnswer {
  readonly address: string
  readonly chain: string
  readonly verdict: VerdictValue
  readonly summary: string
  /** Labels with their source and confidence; those that disagree stand side by side. */
  readonly findings: readonly Finding[]
  /** Null: no stored block names the address. */
  readonly seen: {
    readonly received: number
    readonly sent: number
    readonly first: { readonly block: number; readonly at: Instant } | null
    readonly last: { readonly block: number; readonly at: Instant } | null
    readonly funder: TransferView | null
    readonly isToken: boolean
  } | null
  readonly balances: readonly {
    readonly asset: AssetView
    /** What stored blocks changed, in the smallest unit; may be negative. */
    readonly change: string
    readonly units: string | null
    readonly received: number
    readonly sent: number
  }[]
  readonly activity: readonly { readonly day: string; readonly transfers: number }[]
  readonly alerts: readonly AlertView[]
  /** Read from a node on demand; null without one. */
  readonly node: {
    readonly balance: string
    readonly isContract: boolean
    readonly transactions: number
    readonly block: number
  } | null
  /** Ranges of blocks that are held here. */
  readonly held: readonly { readonly from: number; readonly to: number }[]
  readonly explorer: string | null
  readonly asOf: Instant
}

export interface TransfersAnswer {
  readonly address: string
  readonly transfers: readonly TransferView[]
  readonly nextCursor: string | null
  readonly asOf: Instant
}

export interface CounterpartiesAnswer {
  readonly address: string
  readonly counterparties: readonly (PartyView & {
    readonly received: number
    readonly sent: number
  })[]
  readonly isComplete: boolean
  readonly asOf: Instant
}

export interface ChainOverview {
  readonly chain: string
  readonly name: string
  readonly symbol: string | null
  readonly head: { readonly number: number; readonly hash: string; readonly at: Instant } | null
  readonly finalized: number | null
  /** Seconds since the head's own time. */
  readonly lagSeconds: number | null
  readonly blocks: number
  readonly transactions: number
  readonly transfers: number
  readonly alerts: number
  readonly orphaned: number
  /** `following`, `halted`, `stalled`, `stored` (nothing follows it now). */
  readonly state: 'starting' | 'following' | 'waiting' | 'stalled' | 'halted' | 'done' | 'stored'
  readonly halt: { readonly code: string; readonly at: Instant } | null
  readonly held: readonly { readonly from: number; readonly to: number }[]
  readonly backfill: {
    readonly done: number
    readonly total: number
    readonly blocksPerSecond: number
    readonly secondsLeft: number | null
  } | null
  readonly explorers: readonly string[]
}

export interface AlertView {
  readonly id: string
  readonly state: AlertState
  readonly rule: string
  readonly ruleVersion: string
  readonly severity: 'danger' | 'warning' | 'info'
  readonly chain: string
  readonly block: number
  readonly blockHash: string
  readonly tx: string | null
  readonly logIndex: number | null
  /** CAIP-10. */
  readonly subjects: readonly string[]
  readonly asset: string | null
  readonly amount: string | null
  readonly decimals: number | null
  /** One sentence in the asked language: message `alert.<rule>` with `params`. */
  readonly text: string
  readonly params: Readonly<Record<string, string>>
  readonly statements: readonly string[]
  readonly at: Instant
  readonly supersedes: string | null
  /** Position in the stream of changes: what `since` and `Last-Event-ID` take. */
  readonly change: number
}

export interface AlertsParams {
  readonly since?: number | undefined
  readonly before?: number | undefined
  readonly rule?: string | undefined
  readonly state?: AlertState | undefined
  readonly chain?: string | undefined
  /** CAIP-10. */
  readonly subject?: string | undefined
  /** Hash of a transaction of `chain`. */
  readonly tx?: string | undefined
  readonly limit?: number | undefined
  readonly lang?: string | undefined
}

export interface AlertsAnswer {
  readonly alerts: readonly AlertView[]
  /** Ask again with `since` = this. */
  readonly head: number
  readonly nextBefore: number | null
  readonly asOf: Instant
}

export interface TokenAnswer {
  readonly asset: AssetView
  readonly chain: string
  readonly address: string
  /** `listed`: a token list carries this contract · `namesake`: another contract goes by its name. */
  readonly standing: 'listed' | 'namesake' | 'unlisted' | 'unchecked'
  readonly lists: readonly {
    readonly dataset: string
    readonly title: string
    readonly statement: string
  }[]
  /** Listed tokens whose folded name or symbol equals this one's. */
  readonly namesakes: readonly AssetView[]
  /** From the bytecode; null: no node was asked. Each is "present in code", never a judgement. */
  readonly code: {
    readonly size: number
    readonly proxy: { readonly kind: string; readonly implementation: string } | null
    readonly owner: string | null
    readonly present: readonly ('mint' | 'pause' | 'blacklist' | 'fee' | 'upgrade' | 'burn')[]
  } | null
  readonly supply: string | null
  readonly holders: number | null
  readonly transfers: number
  readonly findings: readonly Finding[]
  readonly asOf: Instant
}

/** Every question about followed chains and their alerts. */
export interface ChainQueries {
  chains(): Promise<readonly ChainOverview[]>
  chain(chain: string): Promise<ChainOverview | undefined>
  /** Addresses of public explorers, also of a chain that nobody follows here; empty: none known. */
  explorers(chain: string): Promise<readonly string[]>
  blocks(
    chain: string,
    page: { before?: number | undefined; limit?: number | undefined },
  ): Promise<
    readonly Omit<BlockView, 'transactions' | 'transfers' | 'events' | 'alerts' | 'next' | 'asOf'>[]
  >
  /** By number or hash. */
  block(
    chain: string,
    ref: string,
    page?: { from?: number | undefined; limit?: number | undefined; lang?: string | undefined },
  ): Promise<BlockView | undefined>
  transaction(
    chain: string,
    hash: string,
    params?: { lang?: string | undefined },
  ): Promise<TransactionAnswer | undefined>
  /** `caip10`; undefined where the text is none. */
  address(
    caip10: string,
    params?: { lang?: string | undefined },
  ): Promise<AddressAnswer | undefined>
  transfers(
    caip10: string,
    page: {
      cursor?: string | undefined
      limit?: number | undefined
      direction?: 'in' | 'out' | undefined
    },
  ): Promise<TransfersAnswer | undefined>
  counterparties(caip10: string, limit?: number): Promise<CounterpartiesAnswer | undefined>
  token(caip19: string, params?: { lang?: string | undefined }): Promise<TokenAnswer | undefined>
  alerts(params: AlertsParams): Promise<AlertsAnswer>
  alert(id: string, lang?: string): Promise<AlertView | undefined>
  /** Resolves when an alert newer than `since` may exist, or at the signal. */
  waitForAlert(since: number, signal: AbortSignal): Promise<void>
}
