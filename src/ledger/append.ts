import type { DatasetName, Hash, Run, RunFile, RunId } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'
import type { Attempt, Checkpoint, LedgerReader, NewEvent } from './read.ts'

/** A statement that the dataset's newest version holds. */
export interface LiveStatement {
  readonly id: Hash
  readonly sid: number
  /** Day since which list versions have held it without a break, as far as is known. */
  readonly since: Day
}

export interface AppendParams {
  /** The idempotency key: a run that is already committed is not appended again. */
  readonly id: RunId
  readonly dataset: DatasetName
  readonly at: Instant
  readonly events: AsyncIterable<readonly NewEvent[]>
  /** The run record, asked for after the last batch, when its counts are known; may throw. */
  seal(): Run
}

/**
 * The writing side of the ledger. `append` is all or nothing: whatever throws, inside the store or
 * in the producer of the events, nothing of the run remains.
 */
export interface LedgerStore extends LedgerReader {
  append(params: AppendParams): Promise<Checkpoint>
  /** What the dataset's newest state holds; bounded by the dataset, so the whole is given. */
  live(dataset: DatasetName): Promise<readonly LiveStatement[]>
  /** Keeps the bytes of a file under their hash; a file that is already kept is not written again. */
  keep(content: AsyncIterable<Uint8Array>): Promise<Pick<RunFile, 'sha256' | 'bytes'>>
  recordAttempt(attempt: Attempt): Promise<void>
  close(): Promise<void>
}
