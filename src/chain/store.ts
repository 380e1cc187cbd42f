import type { BlockRange, ChainHalt, ChainReader, RuleRef } from './read.ts'
import type { AlertRow, BlockRef, ChainBlock, ChainId, HotUpdate } from './types.ts'

/**
 * The writing side of chain rows: three changes, each whole or not at all, each harmless when it is
 * repeated. Rows can be dropped and read from the chain again; the same blocks give the same rows
 * and the same alert ids.
 */
export interface ChainStore extends ChainReader {
  /**
   * Rewinds to `update.baseHead`, applies the blocks, moves finality, and with it alerts and
   * coverage. Alerts of blocks that go become `retracted`, of blocks that are final `confirmed`.
   * Throws `chain.not_connected` when the base is not on the stored chain, `chain.final_rewind`
   * when it lies below finality, `chain.store_full`, `chain.store_failed`.
   */
  apply(commit: HeadCommit): Promise<Applied>
  /**
   * Stores final blocks anywhere below the stretch that follows the head: backfill, and recorded
   * files. Blocks that are stored with the same hash are left as they are. Throws
   * `chain.not_connected` when they contradict their stored neighbours.
   */
  fill(commit: FillCommit): Promise<Applied>
  /**
   * Reads stored blocks anew: rows are replaced, alerts of the given rules that are not repeated
   * are retracted, and the numbers leave the re-read queue. The hashes must be those stored.
   */
  restate(commit: FillCommit): Promise<Applied>
  /** A changed list or rule judged stored blocks again: alerts of these rules in the range. */
  rescore(commit: RescoreCommit): Promise<Applied>
  /** From the final block to the head: what following starts with. Empty before the first block. */
  hot(chain: ChainId): Promise<readonly BlockRef[]>
  /** Operator only: removes every block above `number`, final or not, and lifts the halt. */
  rewind(chain: ChainId, number: number): Promise<Applied>
  halt(chain: ChainId, halt: ChainHalt | null): Promise<void>
  queueReread(chain: ChainId, numbers: readonly number[], reason: string): Promise<void>
  rereads(chain: ChainId, limit: number): Promise<readonly Reread[]>
  /** Ranges inside `range` that are not covered, ascending. */
  gaps(chain: ChainId, rule: RuleRef, range: BlockRange): Promise<readonly BlockRange[]>
  close(): Promise<void>
}

export interface HeadCommit {
  readonly update: HotUpdate
  /** Of `update.blocks` only; the store sets their state. */
  readonly alerts: readonly AlertRow[]
  /** Rules that looked at every one of `update.blocks`. */
  readonly rules: readonly RuleRef[]
}

export interface FillCommit {
  readonly chain: ChainId
  /** Ascending, each the parent of the next. */
  readonly blocks: readonly ChainBlock[]
  readonly alerts: readonly AlertRow[]
  readonly rules: readonly RuleRef[]
}

export interface RescoreCommit {
  readonly chain: ChainId
  readonly range: BlockRange
  readonly alerts: readonly AlertRow[]
  readonly rules: readonly RuleRef[]
}

/** What a change did. */
export interface Applied {
  /** Blocks written; those already stored are not counted. */
  readonly blocks: number
  /** The removed blocks, ascending. */
  readonly orphaned: readonly BlockRef[]
  /** Ids by what became of them in this change. */
  readonly raised: readonly string[]
  readonly confirmed: readonly string[]
  readonly retracted: readonly string[]
}

export interface Reread {
  readonly number: number
  readonly reason: string
}
