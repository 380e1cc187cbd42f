import type { DatasetName, EntityId, RunId } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'
import type { DayNumber, Span } from './span.ts'

/** How a source holds a name (the property that says it). */
export type NameProp = 'name' | 'alias' | 'weakAlias' | 'previousName'

/** Properties whose statements can be listed as a whole, because some view needs all of them. */
export type RollProp =
  | 'protect'
  | 'website'
  | 'licence'
  | 'allow'
  | 'sheet'
  | 'sameAs'
  | 'notSameAs'
  | 'warning'
  | 'regulator'
  | 'leiCode'
  | 'article'
  | 'newsFact'

/** What the index keeps of a run that had events. */
export interface IndexedRun {
  readonly run: RunId
  readonly dataset: DatasetName
  readonly at: Instant
  readonly seqFrom: number
  readonly seqTo: number
  /** The earliest world day that one of its asserts holds from; null when it only retracts. */
  readonly effectiveMin: DayNumber | null
  /** A dataset's first run is the baseline: it raises no change event. */
  readonly isBaseline: boolean
}

export interface NameEntry {
  readonly sid: number
  readonly prop: NameProp
  /** `foldName` of the value. */
  readonly text: string
  /** Said by a list of sanctions or warnings; the reader sets it, it is not stored. */
  readonly isAdverse?: boolean
}

export interface DatasetCount {
  readonly dataset: DatasetName
  /** Statements and entities that the newest version held here has. */
  readonly statements: number
  readonly entities: number
}

/** One applied piece of a run. The adapter writes all of it or nothing. */
export interface IndexBatch {
  /** The sequence number up to which the index is complete after this batch. */
  readonly seq: number
  readonly run: IndexedRun
  /** All spans of a statement: they replace what was there. */
  readonly spans: readonly { readonly sid: number; readonly spans: readonly Span[] }[]
  /** Statements that are new to the index, with all that is looked up by. */
  readonly facts: readonly { readonly entity: EntityId; readonly sid: number }[]
  readonly idents: readonly { readonly key: string; readonly sid: number }[]
  readonly names: readonly NameEntry[]
  readonly rolls: readonly { readonly prop: RollProp; readonly sid: number }[]
  /** The last event of a statement that is in a roll; 0 when the piece has none. */
  readonly rollSeq: number
  /** How many live statements an entity won or lost. */
  readonly live: readonly { readonly entity: EntityId; readonly delta: number }[]
}

/** A key and a statement that carries it. */
export interface Ident {
  readonly key: string
  readonly sid: number
}

/** Reads projections. Spans carry the ledger's time: a reader picks its own state of knowledge. */
export interface IndexReader {
  /** Sequence number of the last event in the index; 0 for an empty one. */
  seq(): Promise<number>
  /** Statements that carry a key, oldest first, at most `limit`. */
  sidsOf(key: string, limit: number): Promise<readonly number[]>
  /** The same statements with their spans, in one look-up. */
  spansOfKey(key: string, limit: number): Promise<ReadonlyMap<number, readonly Span[]>>
  /** Statements that may be of an entity: the caller compares the entity itself. */
  sidsOfEntity(entity: EntityId, limit: number): Promise<readonly number[]>
  spansOf(sids: readonly number[]): Promise<ReadonlyMap<number, readonly Span[]>>
  /** Names of statements after `sid`, in order. */
  namesAfter(sid: number, limit: number): Promise<readonly NameEntry[]>
  roll(prop: RollProp): Promise<readonly number[]>
  /** The last event of any statement that is in a roll: while it stands, so do the rolls. */
  rollSeq(): Promise<number>
  runs(): Promise<readonly IndexedRun[]>
  counts(): Promise<readonly DatasetCount[]>
  /** Distinct keys. */
  identifiers(): Promise<number>
  /** Distinct keys that begin so, in their order, at most `limit`. */
  keysFrom(prefix: string, limit: number): Promise<readonly string[]>
  /**
   * Keys that begin so with each statement that carries them, in the order of keys and statements,
   * behind `after`, at most `limit`.
   */
  identsFrom(prefix: string, after: Ident | undefined, limit: number): Promise<readonly Ident[]>
  /** Every distinct key, for the book. */
  keys(): Iterable<string>
  /** The whole index as canonical lines: equal for equal ledgers, however it was built. */
  dump(): AsyncIterable<string>
}

export interface IndexWriter extends IndexReader {
  /** Highest ordinal that the index has seen; a higher one is new. */
  sidMax(): Promise<number>
  begin(): Promise<void>
  commit(): Promise<void>
  rollback(): Promise<void>
  /** Drops every row, inside the open transaction. */
  clear(): Promise<void>
  put(batch: IndexBatch): Promise<void>
  close(): Promise<void>
}
