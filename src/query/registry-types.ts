import type { JoinRow } from '../index/cluster/cluster-book.ts'
import type { DatasetName, EntityId, Hash } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'
import type {
  DatasetState,
  FirmLabel,
  FirmScore,
  Licence,
  NotChecked,
  ProfileLabel,
} from '../model/verdict.ts'
import type { FirmRef, Said, ServeAnswer, ServeParams, ServeValue } from './serve-types.ts'
import type { Times } from './types.ts'

// The words that answers speak in, so that who shows an answer needs no rule.
export type { JoinRow } from '../index/cluster/cluster-book.ts'
export type { FirmLabel, FirmScore, ProfileLabel, ScoreInput } from '../model/verdict.ts'
export type {
  FirmRef,
  Said,
  ServeAnswer,
  ServeFirm,
  ServeParams,
  ServeReason,
  ServeRegister,
  ServeValue,
} from './serve-types.ts'

// ── a firm ───────────────────────────────────────────────────────────────────────────────────

export interface FirmMember {
  readonly id: EntityId
  readonly dataset: DatasetName
  readonly datasetTitle: string
  readonly schema: string
  readonly caption: string
  readonly isLive: boolean
}

/** Country × service: what rows in force allow. `null` service: the register states none. */
export interface ServeTable {
  /** ISO codes (or subdivisions), sorted. */
  readonly countries: readonly string[]
  /** MiCA letters that any row names, sorted. */
  readonly services: readonly string[]
  readonly rows: readonly {
    readonly country: string
    readonly isHome: boolean
    /** A warning or ban is in force there: every cell answers no. */
    readonly isWarned: boolean
    readonly cells: readonly {
      readonly service: string | null
      readonly answer: ServeValue
      readonly statements: readonly Hash[]
    }[]
  }[]
}

export type Permission = 'licence' | 'registration' | 'exemption'
export type PermissionChange =
  | 'granted'
  | 'extended'
  | 'reduced'
  | 'suspended'
  | 'withdrawn'
  | 'missing'
  | 'returned'

/** `missing` is "missing, under review": the row is gone and the register says nothing of why. */
export type RegistryEventKind =
  | `${Permission}_${PermissionChange}`
  | 'warning_published'
  | 'warning_lifted'
  | 'warning_missing'
  | 'domain_added'
  | 'domain_moved'

/** What a row said, before or after. */
export interface EventRow {
  readonly statement: Hash
  readonly licence: Licence | null
  /** Sites, for events of domains. */
  readonly websites: readonly string[]
}

export interface RegistryEvent {
  /** Stable: from the kind, the day and the statements. */
  readonly id: string
  readonly kind: RegistryEventKind
  /** The world's day: of the version that told of it, or the source's own date. */
  readonly day: Day
  /** `versions`: two versions differ. `source_date`: the row itself gives the day. */
  readonly basis: 'versions' | 'source_date'
  /** The day from which it holds by the source's own date; may lie ahead. */
  readonly effective: Day | null
  /** One sentence in the asked language. */
  readonly text: string
  readonly firm: FirmRef
  /** The record of the register, one of the firm's members. */
  readonly entity: EntityId
  readonly dataset: DatasetName
  readonly datasetTitle: string
  readonly regulator: string
  readonly country: string | null
  readonly before: EventRow | null
  readonly after: EventRow | null
  readonly added: { readonly services: readonly string[]; readonly countries: readonly string[] }
  readonly removed: { readonly services: readonly string[]; readonly countries: readonly string[] }
  /** The versions that are compared; null for `source_date`. */
  readonly version: string | null
  readonly previousVersion: string | null
  /** When this instance was told; null for `source_date`. */
  readonly observedAt: Instant | null
  /** Position in the log; 0 for `source_date`. */
  readonly seq: number
  readonly statements: readonly Hash[]
}

export interface ScorePoint {
  readonly day: Day
  readonly value: number | null
  readonly label: ProfileLabel
  /** Rule of the label. */
  readonly rule: string
}

/** A data-quality note on a row, or a conflict between sources. */
export interface FirmNote extends Said {
  readonly dataset: DatasetName
  readonly field: string | null
  readonly original: string | null
  readonly statements: readonly Hash[]
}

export interface FirmView {
  /** The id that the firm goes by; asked under another member's id, the page moves there. */
  readonly id: EntityId
  /** Legal name as the register writes it. */
  readonly caption: string
  readonly schema: string
  /** Brands and other names, without the caption. */
  readonly aliases: readonly string[]
  readonly countries: readonly string[]
  readonly websites: readonly string[]
  readonly identifiers: readonly {
    readonly prop: string
    readonly value: string
    readonly statement: Hash
  }[]
  /** Records that were joined to this firm, the one it goes by first. */
  readonly members: readonly FirmMember[]
  /** In force first; kinds warning and ban stand among them, adverse ones before all. */
  readonly licences: readonly Licence[]
  readonly serve: ServeTable
  readonly label: FirmLabel
  readonly score: FirmScore
  /** Oldest first: a point at each day on which score or label changed. */
  readonly history: readonly ScorePoint[]
  /** Newest first. */
  readonly timeline: readonly RegistryEvent[]
  readonly notes: readonly FirmNote[]
  readonly joins: readonly JoinRow[]
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface CompareAnswer {
  readonly firms: readonly [FirmView, FirmView]
  /** Countries and services that either may serve, and which of the two. */
  readonly coverage: readonly {
    readonly country: string
    readonly services: readonly {
      readonly service: string | null
      readonly answers: readonly [ServeValue, ServeValue]
    }[]
  }[]
  readonly asOf: Instant
  readonly knownAt: Instant
}

// ── lists ────────────────────────────────────────────────────────────────────────────────────

export interface LicencesParams {
  /** Code of the directory (`de-bafin`), or part of the regulator's name. */
  readonly regulator?: string | undefined
  /** Home or covered country. */
  readonly country?: string | undefined
  readonly status?: string | undefined
  readonly kind?: string | undefined
  readonly service?: string | undefined
  /** Part of the holder's name, an LEI or a number. */
  readonly q?: string | undefined
  readonly dataset?: string | undefined
  /** Rows that a version changed on this day or later. */
  readonly changedSince?: string | undefined
  readonly asOf?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface LicenceRow {
  readonly firm: FirmRef
  readonly entity: EntityId
  readonly licence: Licence
  /** The last day on which a version changed the row; null: never since the first version. */
  readonly changedAt: Day | null
}

export interface Facet {
  readonly value: string
  readonly count: number
}

export interface LicencesAnswer {
  readonly licences: readonly LicenceRow[]
  readonly total: number
  readonly facets: Readonly<Record<'kind' | 'status' | 'country' | 'dataset', readonly Facet[]>>
  readonly nextCursor: string | null
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

/** A field of the directory with the page that it was read off. */
export interface Cited<T> {
  readonly value: T
  readonly source: string | null
  readonly statement: Hash
}

export interface RegulatorRow {
  readonly code: string
  readonly entity: EntityId
  readonly name: Cited<string>
  readonly aliases: readonly string[]
  /** ISO 3166-1 alpha-2, or `EU`. */
  readonly country: Cited<string>
  readonly subdivision: string | null
  readonly website: Cited<string> | null
  readonly register: Cited<string> | null
  readonly warnings: Cited<string> | null
  readonly enforcement: Cited<string> | null
  readonly permissions: readonly {
    readonly kind: string
    readonly word: string
    readonly source: string | null
    readonly statement: Hash
  }[]
  /** From the rows held here that name this authority. */
  readonly counts: {
    readonly firms: number
    readonly licences: number
    readonly registrations: number
    readonly warnings: number
  }
  /** Null unless each criterion has a cited statement. */
  readonly rating: { readonly value: number; readonly grade: string; readonly rules: string } | null
}

export interface RegulatorCriterion {
  readonly id: string
  /** Points that the criterion can give; all of them make 100. */
  readonly weight: number
  readonly title: string
  readonly points: number | null
  readonly statements: readonly Hash[]
}

export interface RegulatorsAnswer {
  readonly regulators: readonly RegulatorRow[]
  readonly total: number
  readonly countries: readonly Facet[]
  readonly nextCursor: string | null
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface RegulatorView extends RegulatorRow {
  readonly criteria: readonly RegulatorCriterion[]
  /** Datasets of this authority that are read here. */
  readonly datasets: readonly {
    readonly dataset: DatasetName
    readonly title: string
    readonly state: DatasetState
    readonly version: string | null
  }[]
  /** The newest rows, and what changed last; the whole list is `licences({regulator})`. */
  readonly licences: readonly LicenceRow[]
  readonly changes: readonly RegistryEvent[]
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

export type RankingBy = 'score' | 'newly_licensed' | 'newly_warned'

export interface RankingsParams {
  readonly by?: RankingBy | undefined
  readonly country?: string | undefined
  readonly label?: string | undefined
  /** Kind of permission: licence, registration … */
  readonly kind?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly asOf?: string | undefined
}

export interface RankingRow {
  /** From 1; firms with one value share a rank. */
  readonly rank: number
  readonly firm: FirmRef
  /** Home countries by the rows. */
  readonly countries: readonly string[]
  readonly label: ProfileLabel
  readonly score: number | null
  readonly evidence: number
  /** For the newest: the day of the licence or warning. */
  readonly day: Day | null
  readonly regulator: string | null
  readonly statements: readonly Hash[]
}

export interface RankingsAnswer {
  readonly by: RankingBy
  readonly rows: readonly RankingRow[]
  readonly total: number
  /** Firms that have no value to be ranked by: too little evidence, not a low score. */
  readonly unranked: number
  readonly countries: readonly Facet[]
  readonly formula: string
  readonly nextCursor: string | null
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface RegistryChangesParams {
  readonly country?: string | undefined
  /** One kind, or a prefix of kinds: `licence`, `warning`, `domain`. */
  readonly kind?: string | undefined
  readonly dataset?: string | undefined
  /** World's day, inclusive. */
  readonly since?: string | undefined
  /** Canonical or member id. */
  readonly firm?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly lang?: string | undefined
}

export interface RegistryChangesAnswer {
  /** Newest first. */
  readonly events: readonly RegistryEvent[]
  readonly total: number
  readonly kinds: readonly Facet[]
  readonly nextCursor: string | null
  readonly asOf: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface LangTimes extends Times {
  readonly lang?: string | undefined
}

/** Every question about firms and who supervises them. */
export interface RegistryQueries {
  /** Loads what the first lists would otherwise wait for. */
  warm(): Promise<void>
  serve(params: ServeParams): Promise<ServeAnswer>
  /** Undefined: no statement ever named this entity, or it is no firm. */
  firm(id: EntityId, params?: LangTimes): Promise<FirmView | undefined>
  /** Each of the two an id, a name, an LEI or a site; undefined where one is unknown. */
  compare(a: string, b: string, params?: LangTimes): Promise<CompareAnswer | undefined>
  licences(params: LicencesParams): Promise<LicencesAnswer>
  regulators(params?: {
    readonly country?: string | undefined
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
  }): Promise<RegulatorsAnswer>
  regulator(code: string, params?: LangTimes): Promise<RegulatorView | undefined>
  rankings(params: RankingsParams): Promise<RankingsAnswer>
  changes(params: RegistryChangesParams): Promise<RegistryChangesAnswer>
}
