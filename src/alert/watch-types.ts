import type { BlockRef, ChainId } from '../chain/types.ts'

/** What is asked of the chain thread, and what it tells (docs/adr/0018-alerts.md). */
export interface WatchRequest {
  readonly chain: ChainId
  readonly rpc: readonly string[]
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface DryRunRequest extends WatchRequest {
  /** The file of rules, read as JSON or YAML. */
  readonly rules: unknown
}

export interface ImportRequest {
  readonly chain: ChainId
  /** Absolute paths. */
  readonly files: readonly string[]
}

export interface ImportRow {
  readonly file: string
  readonly blocks: number
  /** Blocks that were not stored yet. */
  readonly stored: number
  readonly transactions: number
  readonly transfers: number
  readonly alerts: number
  readonly from: number | null
  readonly to: number | null
  /** Names of what the file did not hold: `receipts`, `logs`, `traces`, `inputs`. */
  readonly missing: readonly string[]
  readonly error: { readonly code: string; readonly message: string } | null
  readonly ms: number
}

/** What an operator decides when a chain has halted: every block above `to` goes. */
export interface RewindRequest {
  readonly chain: ChainId
  readonly to: number
}

export interface RewindResult {
  readonly chain: ChainId
  readonly to: number
  /** Blocks that were removed. */
  readonly blocks: number
  /** Alerts that were taken back with them. */
  readonly retracted: number
  /** Code of the halt that was lifted, null where the chain had not halted. */
  readonly lifted: string | null
}

export interface WatchResult {
  readonly blocks: number
  readonly alerts: number
}

/** How far following has come. */
export interface WatchProgress {
  readonly chain: ChainId
  readonly state: 'starting' | 'following' | 'waiting' | 'stalled' | 'halted' | 'done'
  readonly head: BlockRef | null
  readonly finalized: BlockRef | null
  readonly best: number | null
  readonly backfill: {
    readonly done: number
    readonly total: number
    readonly blocksPerSecond: number
    readonly secondsLeft: number | null
  } | null
  /** Code of the last fault, null since the last success. */
  readonly error: string | null
}
