import type { Dataset } from '../model/dataset.ts'
import type { DatasetName, EntityId, Hash, RunFile, RunId } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'
import type {
  Checked,
  CheckpointView,
  DatasetState,
  Licence,
  NameLikeness,
  NotChecked,
  Verdict,
} from '../model/verdict.ts'
import type { FirmMember, JoinRow } from './registry-types.ts'

/** Two times (INTERFACE §3): a day means its end in UTC. Both default to now. */
export interface Times {
  readonly asOf?: string | undefined
  readonly knownAt?: string | undefined
}

/** What else is known of the asked one; it only ever qualifies what its name finds. */
export interface AskedQualifiers {
  /** ISO 8601, maybe partial: `1970`, `1970-05`, `1970-05-01`. */
  readonly birthDate?: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly nationality?: string | undefined
  /** FollowTheMoney: `Person`, `Company`, `Vessel` … In a search it is a filter. */
  readonly schema?: string | undefined
}

export interface CheckParams extends Times, AskedQualifiers {
  readonly q: string
  /** ISO 3166-1 alpha-2 of the asker. */
  readonly country?: string | undefined
  /** MiCA service letter a..j. */
  readonly service?: string | undefined
  /** BCP 47; default `en`. */
  readonly lang?: string | undefined
}

export interface BatchParams extends Times {
  readonly queries: readonly (AskedQualifiers & {
    readonly q: string
    readonly country?: string | undefined
  })[]
  readonly lang?: string | undefined
}

/** What all results share is said once; a result has neither `checked` nor `checkpoint`. */
export interface BatchAnswer {
  readonly checked: readonly Checked[]
  readonly notChecked: readonly NotChecked[]
  readonly checkpoint: CheckpointView | null
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly ruleset: string
  readonly results: readonly (Omit<Verdict, 'checked' | 'notChecked' | 'checkpoint'> | BatchError)[]
}

/** A query of a batch that cannot be read never fails the others: its verdict is unknown. */
export interface BatchError {
  readonly query: string
  readonly verdict: 'unknown'
  readonly error: { readonly code: string; readonly message: string }
}

export interface Explanation {
  readonly score: number
  readonly weight: number
  /** English; pages word `code` and `params` instead where they are given. */
  readonly detail: string
  readonly code?: string | undefined
  readonly params?: NameLikeness['params'] | undefined
}

export interface SearchParams extends Times, AskedQualifiers {
  readonly q: string
  readonly country?: string | undefined
  readonly dataset?: string | undefined
  readonly topic?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface SearchHit {
  readonly id: EntityId
  readonly schema: string
  readonly caption: string
  readonly dataset: DatasetName
  readonly datasetTitle: string
  readonly countries: readonly string[]
  readonly score: number
  readonly explanations: Readonly<Record<string, Explanation>>
  /** FollowTheMoney topics that statements in force support: sanction, reg.warn, fin … */
  readonly topics: readonly string[]
}

/** A completion for the box. */
export interface Suggestion extends SearchHit {
  /** What the box would hold: a name as the source writes it, a site, an address. */
  readonly completion: string
}

/** A value that results have, and how many of those that the other filters leave have it. */
export interface Facet {
  readonly value: string
  readonly count: number
  /** What a dataset calls itself; other values are codes with words of their own. */
  readonly title?: string | undefined
}

export interface SearchAnswer {
  readonly results: readonly SearchHit[]
  readonly facets: Readonly<Record<'schema' | 'country' | 'dataset' | 'topic', readonly Facet[]>>
  readonly nextCursor: string | null
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

/** One statement with everything that proves it. */
export interface StatementView {
  readonly id: Hash
  readonly dataset: DatasetName
  readonly entity: EntityId
  readonly prop: string
  readonly value: string
  readonly original: string | null
  readonly lang: string | null
  readonly run: RunId
  /** Version of the list whose file first said it. */
  readonly version: string
  readonly publishedAt: Instant | null
  /** When this instance was told. */
  readonly observedAt: Instant
  readonly row: string
  readonly sourceUrl: string | null
  /** In the world's time: list versions that held it. */
  readonly from: Day | null
  readonly to: Day | null
  readonly isLive: boolean
}

/** What a parser found wrong with a row; the codes are in docs/VOCABULARY.md. */
export interface EntityNote {
  readonly code: string
  readonly field: string | null
  readonly original: string | null
  readonly entity: EntityId
  readonly dataset: DatasetName
  readonly statement: Hash
}

export interface EntityView {
  readonly id: EntityId
  readonly dataset: DatasetName
  readonly datasetTitle: string
  readonly schema: string
  readonly caption: string
  /** False: no version on `asOf` held it; the statements are history. */
  readonly isLive: boolean
  readonly aliases: readonly string[]
  readonly countries: readonly string[]
  readonly websites: readonly string[]
  readonly identifiers: readonly { readonly prop: string; readonly value: string }[]
  readonly wallets: readonly {
    readonly address: string
    readonly currency: string | null
    readonly query: string
  }[]
  readonly licences: readonly Licence[]
  readonly listedAt: Day | null
  /** The records that are this firm, the one that it goes by first; one record for most entities. */
  readonly members: readonly FirmMember[]
  /** Judgements that name any of them, for and against. */
  readonly joins: readonly JoinRow[]
  /** Data-quality notes of the rows. */
  readonly notes: readonly EntityNote[]
  readonly statements: readonly StatementView[]
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

/** The row of the kept file, as the source wrote it. */
export interface RowView {
  readonly statement: Hash
  readonly file: RunFile
  readonly row: string
  readonly text: string | null
}

export interface TimelineEvent {
  /** The world's day: the list version's, or the source's own date. */
  readonly day: Day
  /** When this instance was told; null for dates that the source itself gives. */
  readonly observedAt: Instant | null
  readonly kind: 'listed' | 'delisted' | 'changed' | 'source_date'
  readonly prop: string
  readonly before: string | null
  readonly after: string | null
  readonly dataset: DatasetName
  readonly version: string | null
  readonly statements: readonly Hash[]
}

export interface AdjacentEntity {
  readonly id: EntityId
  readonly caption: string
  readonly schema: string
  readonly dataset: DatasetName
  /** What statements in force say of it, as in a search: `sanction`, `crime.fraud`, `reg.warn`. */
  readonly topics: readonly string[]
  /** The key they share: a website, a wallet, an LEI, a register number. */
  readonly via: string
  readonly value: string
}

export interface SourceRow {
  readonly dataset: DatasetName
  readonly title: string
  readonly summary: string
  readonly authority: Dataset['authority']
  readonly kind: string
  readonly licence: Dataset['licence']
  readonly cadence: string
  readonly page: string
  readonly isEnabled: boolean
  /** False: the connector has read no live file yet; its silence is no answer. */
  readonly proven: boolean
  /** True: the list shows its newest entries only, so it never answers "not listed". */
  readonly isWindow: boolean
  /** How often such a list had moved past what was held, and when that was last seen. */
  readonly gaps: { readonly count: number; readonly lastAt: Instant | null }
  /** Null where there is no single live file; then `liveNote` says why. */
  readonly liveUrls: readonly string[]
  readonly liveNote: string | null
  readonly state: DatasetState
  readonly reason: string | null
  readonly version: string | null
  readonly publishedAt: Instant | null
  readonly ageSeconds: number | null
  readonly maxAgeSeconds: number
  readonly lastSuccessAt: Instant | null
  readonly lastAttemptAt: Instant | null
  readonly lastError: { readonly code: string; readonly message: string } | null
  readonly counts: {
    readonly entities: number
    readonly statements: number
    readonly versions: number
  }
  readonly notes: Readonly<Record<string, number>>
}

export interface Change {
  readonly seq: number
  /** A tombstone is a `retract`: what was said is withdrawn by the source. */
  readonly op: 'assert' | 'retract'
  readonly at: Instant
  readonly effective: Day
  readonly dataset: DatasetName
  readonly entity: EntityId
  readonly prop: string
  readonly value: string
  readonly statement: Hash
  readonly run: RunId
}

export interface ChangesAnswer {
  readonly changes: readonly Change[]
  /** Ask again with `since` = this; equal to the asked one when nothing came. */
  readonly next: number
  readonly head: number
  readonly asOf: Instant
}

export interface Stats {
  readonly statements: number
  readonly events: number
  readonly entities: number
  readonly identifiers: number
  readonly datasets: Readonly<Record<DatasetState, number>>
  readonly newest: {
    readonly dataset: DatasetName
    readonly title: string
    readonly at: Instant
  } | null
  readonly oldestAgeSeconds: number | null
  /** Licences that a register changed in the last seven days, newest first. */
  readonly licenceChanges: readonly Change[]
  readonly checkpoint: CheckpointView | null
  readonly ruleset: string
  readonly version: string
}

/** Every question that a reader may ask; the API, the pages and the commands ask no other. */
export interface Queries {
  check(params: CheckParams): Promise<Verdict>
  checkBatch(params: BatchParams): Promise<BatchAnswer>
  search(params: SearchParams): Promise<SearchAnswer>
  suggest(q: string): Promise<readonly Suggestion[]>
  /** Undefined: no statement ever named this entity. */
  entity(id: EntityId, times?: Times): Promise<EntityView | undefined>
  timeline(id: EntityId): Promise<readonly TimelineEvent[] | undefined>
  adjacent(id: EntityId): Promise<readonly AdjacentEntity[] | undefined>
  row(statement: Hash): Promise<RowView | undefined>
  sources(): Promise<readonly SourceRow[]>
  changes(params: {
    since: number
    entity?: string | undefined
    limit?: number | undefined
  }): Promise<ChangesAnswer>
  checkpoint(): Promise<CheckpointView | null>
  stats(): Promise<Stats>
}
