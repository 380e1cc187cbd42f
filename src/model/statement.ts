import { lengthPrefixed, sha256Hex } from '../base/encode.ts'
import type { Day, Instant } from './time.ts'

/** SHA-256 in lower-case hex. */
export type Hash = string
export type DatasetName = string
/** As the source knows it: `<dataset>:<the source's own key>`. */
export type EntityId = string
export type PropName = string
/** BCP 47. */
export type Lang = string
export type RunId = string

/** One sourced fact. Two crawls that say the same thing produce the same id (HOUSE §4). */
export interface Statement {
  readonly id: Hash
  readonly dataset: DatasetName
  readonly entity: EntityId
  readonly prop: PropName
  /** Canonical form; `original` keeps what the source wrote where that differs. */
  readonly value: string
  readonly original?: string
  readonly lang?: Lang
}

export type StatementFields = Omit<Statement, 'id'>

/** The content address of a statement: dataset, entity, prop, value, original and lang. */
export function statementId(s: StatementFields): Hash {
  return sha256Hex(lengthPrefixed([s.dataset, s.entity, s.prop, s.value, s.original, s.lang]))
}

/** What one crawl says: a statement, where it stands in the file, and since which list version. */
export interface SourceItem {
  readonly entity: EntityId
  readonly prop: PropName
  readonly value: string
  readonly original?: string
  readonly lang?: Lang
  /** Where the source wrote it: `<file role>#record:12`, see `source/parse/locator.ts`. */
  readonly row: string
  /** Day of the first list version that held it, where the file tells; default: this version's. */
  readonly from?: Day
  /** Day of the first complete list version that lacked it: the entry is history. */
  readonly to?: Day
}

/** One file that a run read, kept compressed under its SHA-256. */
export interface RunFile {
  readonly role: string
  /** Base name, never a path of the machine. */
  readonly name: string
  readonly url: string | null
  readonly sha256: Hash
  readonly bytes: number
  readonly lastModified: Instant | null
  /** Validator of the live answer, sent back with the next conditional request. */
  readonly etag: string | null
}

/** One execution of a source. The record is a leaf of the Merkle tree, as its events are. */
export interface Run {
  readonly id: RunId
  readonly dataset: DatasetName
  /** The version's own name: a date or number the publisher gave, else the day and a hash. */
  readonly version: string
  /** The list's own date; null = the list has none and neither header nor metadata tells. */
  readonly publishedAt: Instant | null
  /** The date known before reading: Last-Modified, file name or metadata. */
  readonly declaredAt: Instant | null
  readonly fetchedAt: Instant
  readonly url: string | null
  /** Over the files' hashes in order of role and name; for one file, that file's hash. */
  readonly sha256: Hash
  readonly bytes: number
  /** Rows read, and statements that the parser gave. */
  readonly rows: number
  readonly statements: number
  /** An incomplete version adds and changes, and never retracts. */
  readonly complete: boolean
  readonly files: readonly RunFile[]
  /** Data-quality notes, counted by code. */
  readonly notes: Readonly<Record<string, number>>
  /** When this instance was told: the ledger's time. */
  readonly at: Instant
}

export interface LedgerEvent {
  readonly seq: number
  readonly op: 'assert' | 'retract'
  readonly statement: Hash
  readonly run: RunId
  readonly at: Instant
  /** The list version's day from which the operation holds in the world's time. */
  readonly effective: Day
  /** Where the run's file says it; empty for a retraction. */
  readonly row: string
}
