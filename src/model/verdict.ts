import type { DatasetName, EntityId, Hash } from './statement.ts'
import type { Day, Instant } from './time.ts'

export type VerdictValue = 'danger' | 'warning' | 'no_adverse_evidence' | 'unknown'
export type Coverage = 'complete' | 'partial' | 'none'
export type FindingKind =
  | 'sanction'
  | 'licence'
  | 'warning'
  | 'enforcement'
  | 'phishing'
  | 'scam_report'
  | 'token_risk'
  | 'exposure'
  | 'impersonation'
  | 'label'
  | 'operational'
  | 'positive_evidence'
export type FindingState = 'active' | 'superseded' | 'withdrawn' | 'disputed'
export type Severity = 'danger' | 'warning' | 'info' | 'positive'
export type QueryKind =
  | 'address'
  | 'transaction'
  | 'domain'
  | 'url'
  | 'token'
  | 'licence'
  | 'lei'
  | 'name'
export type DatasetState = 'current' | 'stale' | 'failed' | 'blocked' | 'never_fetched'

export interface Match {
  readonly method: string
  readonly score: number
  readonly detail?: string
}

export interface Finding {
  readonly kind: FindingKind
  readonly state: FindingState
  readonly severity: Severity
  /** Stable id, documented under docs/method/. */
  readonly rule: string
  /** One sentence in the asked language. */
  readonly text: string
  readonly dataset: DatasetName
  /** The dataset's title, as its authority names it. */
  readonly datasetTitle: string
  readonly authority: string
  readonly entity: EntityId | null
  readonly caption: string | null
  /** The date that the source itself gives; null where it gives none. */
  readonly listedAt: Day | null
  /** First list version held here that has the entry. */
  readonly firstVersion: Day | null
  readonly endedAt: Day | null
  readonly listVersion: string | null
  readonly observedAt: Instant | null
  readonly statements: readonly Hash[]
  readonly sourceUrl: string | null
  readonly match: Match
  /** Facts of the entry that matter to a reader: programme, category, confidence … */
  readonly details: Readonly<Record<string, string | readonly string[]>>
}

export interface Checked {
  readonly dataset: DatasetName
  readonly title: string
  readonly version: string | null
  readonly publishedAt: Instant | null
  readonly fetchedAt: Instant | null
  readonly ageSeconds: number | null
  readonly state: DatasetState
  readonly required: boolean
}

export interface NotChecked {
  readonly dataset: DatasetName
  readonly title: string
  readonly state: Exclude<DatasetState, 'current'>
  /** A stable code; its text is in the locale files under `reason.<code>`. */
  readonly reason: string
  readonly required: boolean
  /** The last good version, which keeps speaking, marked. */
  readonly version: string | null
  readonly publishedAt: Instant | null
  readonly ageSeconds: number | null
}

export interface EntitySummary {
  readonly id: EntityId
  readonly schema: string
  readonly caption: string
  readonly score: number
  readonly dataset: DatasetName
  readonly countries: readonly string[]
}

export interface Licence {
  readonly regulator: string
  readonly country: string | null
  readonly kind: 'licence' | 'registration' | 'exemption' | 'notification' | 'warning' | 'ban'
  readonly number: string | null
  readonly holder: string
  readonly lei: string | null
  readonly status:
    | 'authorised'
    | 'registered'
    | 'pending'
    | 'suspended'
    | 'withdrawn'
    | 'revoked'
    | 'expired'
    | 'unverified'
    | 'in_force'
    | 'lifted'
  readonly regulatorWord: string
  readonly services: readonly string[]
  readonly countries: readonly string[]
  readonly from: Day | null
  readonly to: Day | null
  readonly dataset: DatasetName
  readonly statements: readonly Hash[]
}

export interface CheckpointView {
  readonly origin: string
  readonly size: number
  /** Base64 of the RFC 6962 root. */
  readonly root: string
  /** C2SP signed note. */
  readonly note: string
}

/** One way to read the query; the first is the one that the answer is about. */
export interface Reading {
  readonly kind: QueryKind
  /** CAIP-10, CAIP-19, host, LEI or the name as asked. */
  readonly subject: string
  /** The family or form: `evm`, `bitcoin`, `host` … */
  readonly form: string
  /** Other CAIP-2 chains on which the same identifier is valid. */
  readonly chains: readonly string[]
  readonly checksum: 'ok' | 'mismatch' | 'none'
}

export interface Verdict {
  readonly query: string
  readonly kind: QueryKind
  readonly subjects: readonly string[]
  readonly readings: readonly Reading[]
  readonly verdict: VerdictValue
  readonly coverage: Coverage
  readonly summary: string
  readonly findings: readonly Finding[]
  readonly checked: readonly Checked[]
  readonly notChecked: readonly NotChecked[]
  readonly entities: readonly EntitySummary[]
  /** Of these, the firms that a register holds: all that go by one name, the best first. */
  readonly firms: readonly EntitySummary[]
  readonly licences: readonly Licence[]
  readonly score: null
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly ruleset: string
  readonly checkpoint: CheckpointView | null
}
