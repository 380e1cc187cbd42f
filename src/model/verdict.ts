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

/** How two names are alike: a code that pages put into words, and the words it is about. */
export interface NameLikeness {
  readonly code: string
  readonly params: {
    readonly pairs: readonly {
      readonly asked: string
      readonly listed: string
      readonly score: number
    }[]
    readonly askedOnly: readonly string[]
    readonly listedOnly: readonly string[]
  }
}

/** A qualifier of VOCABULARY §9: `score` × `weight` was added to the score of the name. */
export interface MatchQualifier {
  readonly score: number
  readonly weight: number
  readonly detail: string
}

export interface Match {
  readonly method: string
  readonly score: number
  readonly detail?: string | undefined
  /** Of a name: what `detail` says, for pages of any language. */
  readonly likeness?: NameLikeness | undefined
  /** What else was asked and differs: `birthYear`, `country`, `schema` …; absent where nothing is. */
  readonly qualifiers?: Readonly<Record<string, MatchQualifier>> | undefined
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
  /** How its name matched; absent where an identifier found it. */
  readonly match?: Match | undefined
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

/** INTERFACE §4; docs/method/labels.md says what makes each. */
export type ProfileLabel =
  | 'regulated'
  | 'registered_only'
  | 'over_operation'
  | 'suspicious_clone'
  | 'suspended'
  | 'stopped'
  | 'revoked'
  | 'expired'
  | 'warned'
  | 'unverified'
  | 'no_evidence'

/** A label with the rule that fired and what the rule read. */
export interface FiredLabel {
  readonly label: ProfileLabel
  /** Stable id, documented in docs/method/labels.md. */
  readonly rule: string
  readonly statements: readonly Hash[]
}

export interface FirmLabel extends FiredLabel {
  /** Other labels that fired: sources that disagree are all shown, the strictest decides. */
  readonly also: readonly FiredLabel[]
}

export type ScoreIndex = 'licence' | 'regulation' | 'business' | 'technology' | 'risk'

/** One line of the sum. */
export interface ScoreInput {
  readonly index: ScoreIndex
  /** Stable id, documented in docs/method/firm-score.md. */
  readonly rule: string
  /** What it adds to its index, in points of 0 to 10; may be negative. */
  readonly points: number
  readonly statements: readonly Hash[]
}

export interface FirmScore {
  /** 0 to 10 with one decimal; null where fewer than two indexes have an input. */
  readonly value: number | null
  /** An index without an input is null, never zero. */
  readonly indexes: Readonly<Record<ScoreIndex, number | null>>
  /** 0 to 1: how much of what the formula asks for is there. */
  readonly evidence: number
  readonly inputs: readonly ScoreInput[]
  readonly formula: string
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

/** Where an entry is contested, or a fraud reported, and who says so (docs/method/help.json). */
export interface HelpEntry {
  readonly kind: 'appeal' | 'report'
  /** As the authority calls it, in its own language. */
  readonly title: string
  readonly authority: string
  readonly url: string
  readonly phone: string | null
  /** The page that says so, and the day on which it was written down from there. */
  readonly source: string
  readonly date: Day
  /** Of an appeal: the list. */
  readonly dataset: DatasetName | null
  /** Of a report: ISO 3166-1 alpha-2. */
  readonly country: string | null
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
  /** What to do now about what is adverse in the answer; empty where nothing is. */
  readonly help: readonly HelpEntry[]
  /** Of the first firm; null where the answer is about no firm. */
  readonly score: FirmScore | null
  readonly label: FirmLabel | null
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly ruleset: string
  readonly checkpoint: CheckpointView | null
}
