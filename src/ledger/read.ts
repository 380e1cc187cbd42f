import type { DatasetName, Hash, LedgerEvent, Run, RunId, Statement } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'

/** The signed Merkle tree head (C2SP tlog-checkpoint in a signed note). */
export interface Checkpoint {
  readonly origin: string
  /** Leaves: run records and events together. */
  readonly size: number
  /** RFC 6962 root, base64. */
  readonly root: string
  readonly note: string
  readonly at: Instant
  /** Last event sequence number that it covers. */
  readonly seq: number
}

export type NewEvent =
  | {
      readonly op: 'assert'
      readonly statement: Statement
      readonly effective: Day
      readonly row: string
    }
  | { readonly op: 'retract'; readonly statement: Hash; readonly effective: Day; readonly row: '' }

/** An event with the statement's ordinal, by which the index refers to it. */
export interface LedgerEventRow extends LedgerEvent {
  readonly sid: number
}

export interface StatementRow extends Statement {
  readonly sid: number
}

/** The outcome of the last attempts of a dataset: an operational row, not a fact. */
export interface Attempt {
  readonly dataset: DatasetName
  readonly at: Instant
  readonly state: 'ok' | 'unchanged' | 'failed' | 'blocked'
  readonly code: string | null
  readonly message: string | null
}

/** What readers of the ledger may ask. Every answer is of one committed state. */
export interface LedgerReader {
  /** The newest checkpoint; undefined while the ledger is empty. */
  head(): Promise<Checkpoint | undefined>
  /** The last checkpoint not after an instant. */
  checkpointAt(at: Instant): Promise<Checkpoint | undefined>
  /** Events with `seq` > from, in order, at most `limit`. */
  events(from: number, limit: number): Promise<readonly LedgerEventRow[]>
  /** All events of some statements, in order of sequence. */
  eventsOf(sids: readonly number[]): Promise<readonly LedgerEventRow[]>
  statement(id: Hash): Promise<StatementRow | undefined>
  /** In the order asked; throws when one does not exist. */
  statements(sids: readonly number[]): Promise<readonly StatementRow[]>
  run(id: RunId): Promise<Run | undefined>
  /** Committed runs in order of commit. */
  runs(dataset?: DatasetName): Promise<readonly Run[]>
  /** The newest attempt of each dataset. */
  attempts(): Promise<readonly Attempt[]>
  /** Statements and events committed so far: counters kept with each append. */
  counts(): Promise<{ readonly statements: number; readonly events: number }>
  /** The kept bytes of a run's file, unpacked. */
  file(sha256: Hash): AsyncIterable<Uint8Array>
}
