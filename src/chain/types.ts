/**
 * What every chain family says about itself, decoded (INTERFACE §7 "block, transaction, address").
 * Addresses and hashes are the chain's canonical text without a CAIP prefix: lower-case `0x…` hex on
 * EVM chains, the encoded address (base58, bech32) on Bitcoin. Amounts are exact integers.
 */

/** CAIP-2, for example `eip155:1`. */
export type ChainId = string

/** A position in a chain. */
export interface BlockRef {
  readonly number: number
  readonly hash: string
}

export interface BlockHeader extends BlockRef {
  readonly parent: string
  /** Unix seconds, as the block states them. */
  readonly at: number
}

export type TransferStandard = 'native' | 'erc20' | 'erc721' | 'erc1155' | 'utxo'

/** One movement of value. `ordinal` numbers the transfers of a block from 0, in order of execution. */
export interface ChainTransfer {
  readonly ordinal: number
  readonly standard: TransferStandard
  /** Contract of the token; null for the chain's own coin. */
  readonly token: string | null
  /** Null: created out of nothing (coinbase), or not revealed by the transaction (Bitcoin inputs). */
  readonly from: string | null
  readonly to: string | null
  /** Smallest unit. Null where the amount was not read (a Bitcoin input without its output). */
  readonly amount: bigint | null
  /** ERC-721 and ERC-1155. */
  readonly tokenId: bigint | null
  readonly tx: string
  readonly txIndex: number
  /** Index in the block; null for what no log says (native, utxo, traces). */
  readonly logIndex: number | null
  /** Native transfer inside a call, known only from a trace. */
  readonly isInternal: boolean
}

export type ChainEventKind =
  | 'approval' // ERC-20: owner -> spender, amount
  | 'approval_for_all' // ERC-721/1155: owner -> operator, amount 1 = granted, 0 = revoked
  | 'permit2' // Permit2 Permit/Approval: owner -> spender, token, amount, expiry in `extra`
  | 'created' // owner = creator, spender = the contract
  | 'swap' // contract = pool, owner = recipient or sender
  | 'liquidity_added'
  | 'liquidity_removed'
  | 'pool_created' // contract = factory, spender = pool, extra token0/token1
  | 'freeze' // contract = token, owner = frozen address
  | 'unfreeze'
  | 'destroyed_funds' // issuer destroyed a frozen balance

/** What a log or a receipt says that is no transfer. */
export interface ChainEvent {
  readonly kind: ChainEventKind
  readonly contract: string
  readonly owner: string | null
  readonly spender: string | null
  readonly amount: bigint | null
  /** Named integers and addresses of the event, decimal or lower-case hex text. */
  readonly extra: Readonly<Record<string, string>>
  readonly tx: string
  readonly txIndex: number
  readonly logIndex: number | null
}

export interface ChainTransaction {
  readonly hash: string
  readonly index: number
  readonly from: string | null
  /** Null: creates a contract. */
  readonly to: string | null
  /** Smallest unit of the chain's own coin. */
  readonly value: bigint
  /** `unknown`: no receipt was read. */
  readonly status: 'success' | 'failed' | 'unknown'
  /** First four bytes of the input, `0x` + 8; null where there is none. */
  readonly selector: string | null
  /** Address of the created contract, where a receipt or the nonce tells. */
  readonly created: string | null
}

/** What of a block was read: what was not read was not supervised (VOCABULARY §2). */
export interface BlockCoverage {
  readonly receipts: boolean
  /** Logs came without receipts (eth_getLogs): no status, no gas. */
  readonly logs: boolean
  readonly traces: boolean
  /** Bitcoin: amounts of inputs are known. */
  readonly inputs: boolean
  /** What the source of the block left out or contradicted itself in; absent: nothing. */
  readonly gaps?: readonly CoverageGap[]
}

/** Named, so that an answer can say it and a cross-check can refuse it. */
export type CoverageGap =
  | 'receipts_missing' // fewer receipts than transactions
  | 'log_index_repeated' // two logs of one block have one index
  | 'transaction_index' // a position that the node states is not the position in its list
  | 'traces_missing' // fewer traces than transactions
  | 'hash_unverified' // the chain does not hash its headers as Ethereum does

/** One block, decoded. */
export interface ChainBlock extends BlockHeader {
  readonly chain: ChainId
  readonly transactions: readonly ChainTransaction[]
  readonly transfers: readonly ChainTransfer[]
  readonly events: readonly ChainEvent[]
  readonly coverage: BlockCoverage
}

/**
 * The one update type of every chain: rewind to `baseHead`, then apply `blocks` in order, then what
 * is not above `finalizedHead` is final. Without blocks only finality moved, or blocks were undone.
 */
export interface HotUpdate {
  readonly chain: ChainId
  readonly baseHead: BlockRef
  readonly blocks: readonly ChainBlock[]
  readonly finalizedHead: BlockRef
}

export type BlockState = 'provisional' | 'final' | 'orphaned'

export type AlertState = 'provisional' | 'confirmed' | 'retracted'

/** A rule that fired, in the shape of INTERFACE §7 "alert". */
export interface AlertRow {
  /** SHA-256 over rule, version, chain, block hash, tx, log index and subject: a replay gives it again. */
  readonly id: string
  readonly state: AlertState
  readonly rule: string
  readonly ruleVersion: string
  readonly severity: 'danger' | 'warning' | 'info'
  readonly chain: ChainId
  readonly block: number
  readonly blockHash: string
  readonly tx: string | null
  readonly logIndex: number | null
  /** CAIP-10. */
  readonly subjects: readonly string[]
  /** CAIP-19; null for none. */
  readonly asset: string | null
  readonly amount: bigint | null
  readonly decimals: number | null
  /** Message key `alert.<rule>` and its parameters: pages word it in their language. */
  readonly params: Readonly<Record<string, string>>
  /** Statement ids that made it fire. */
  readonly statements: readonly string[]
  /** Unix seconds of the block. */
  readonly at: number
  readonly supersedes: string | null
}
