import type { Dataset } from '../../model/dataset.ts'
import type { DatasetName, EntityId, Hash, Lang } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { FindingKind, FindingState, Match, QueryKind, Severity } from '../../model/verdict.ts'

/**
 * The verdict's rules as pure functions: evidence in, drafts of findings out. They know no store,
 * no clock and no language. Every rule id is documented in docs/method/verdict.md.
 */

/** A value of a message: what depends on the language is named here and written later. */
export type MessageParam =
  | string
  | number
  | { readonly day: Day }
  | { readonly country: string }
  | { readonly list: readonly string[] }
  | { readonly percent: number }

export interface MessageRef {
  readonly key: string
  readonly params: Readonly<Record<string, MessageParam>>
}

/** The publisher of a statement, as far as rules need it. */
export interface SourceFacts {
  readonly dataset: DatasetName
  readonly title: string
  readonly kind: Dataset['kind'] | null
  readonly authority: string
  readonly country: string | null
  readonly role: Dataset['authority']['role']
  readonly page: string | null
}

/** List versions that held a statement, as the ledger knew it: `to` is exclusive, null is open. */
export interface Interval {
  readonly from: Day
  readonly to: Day | null
}

/** How a statement was reached from the query. */
export type MatchHow =
  | 'exact'
  | 'parent'
  | 'www'
  | 'path'
  | 'registrable'
  | 'lei'
  | 'number'
  | 'symbol'
  | 'name'
  | 'alerted'
  | 'alert_party'

/** A statement with what proves it. */
export interface Evidence {
  readonly sid: number
  readonly id: Hash
  readonly entity: EntityId
  readonly prop: string
  readonly value: string
  /** The value where it is JSON; empty otherwise. */
  readonly json: Readonly<Record<string, unknown>>
  readonly original: string | null
  readonly lang: Lang | null
  readonly source: SourceFacts
  readonly intervals: readonly Interval[]
}

/** A statement that carries a key of the query. */
export interface Hit {
  readonly evidence: Evidence
  readonly how: MatchHow
  readonly match: Match
  /** For a name: every asked word is in the listed one. True for every other match. */
  readonly hasAllWords: boolean
  /** Which reading of the query it belongs to. */
  readonly kind: QueryKind
  /** For hosts: the host of the entry that covers the asked one. */
  readonly entryHost: string | null
  /** The entity with a life of its own that the statement is about; null for single entries. */
  readonly entity: EntityFacts | null
}

/** What an entity's statements say together. */
export interface EntityFacts {
  readonly id: EntityId
  readonly schema: string
  readonly caption: string
  readonly countries: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** The version of a dataset that speaks for the asked day. */
export interface Governing {
  readonly day: Day | null
  readonly version: string
}

export interface RuleContext {
  /** The asked day: entries of that day hold. */
  readonly day: Day
  /** The newest complete version not after the asked day; undefined when none was read. */
  governing(dataset: DatasetName): Governing | undefined
  /** The day of the newest version not after the asked day, complete or not; null = undated. */
  newestDay(dataset: DatasetName): Day | null | undefined
  /** The host that was asked is itself a protected one. */
  readonly isProtectedHost: boolean
  readonly authorities: readonly AuthorityRule[]
  /** ISO 3166-1 alpha-2 of the asker, and the service asked about, where they were named. */
  readonly country?: string | undefined
  readonly service?: string | undefined
}

/** How a tag that repeats an authority is recognised, and where that authority speaks itself. */
export interface AuthorityRule {
  readonly id: string
  /** Lower-case words of a label, source or concept that name the authority. */
  readonly words: readonly string[]
  /** Its own datasets, or transcriptions of its list, that carry addresses. */
  readonly datasets: readonly DatasetName[]
}

export interface FindingDraft {
  readonly kind: FindingKind
  readonly state: FindingState
  readonly severity: Severity
  readonly rule: string
  readonly text: MessageRef
  readonly source: SourceFacts
  readonly entity: EntityId | null
  readonly caption: string | null
  readonly listedAt: Day | null
  readonly endedAt: Day | null
  /** The deciding statement first. */
  readonly evidence: readonly Evidence[]
  readonly sourceUrl: string | null
  readonly match: Match
  readonly details: Readonly<Record<string, string | readonly string[]>>
  /** Adverse, but for what the asker said of the party: who it is stays open, so nobody is clean. */
  readonly isDoubted?: boolean
}
