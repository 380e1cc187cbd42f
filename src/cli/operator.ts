import type {
  DryRunRequest,
  ImportRequest,
  ImportRow,
  RewindRequest,
  RewindResult,
  WatchProgress,
  WatchRequest,
  WatchResult,
} from '../alert/watch-types.ts'
import type { NewsReport, NewsRequest } from '../ingest/news-types.ts'
import type { Progress, SyncRow } from '../ingest/types.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DownloadFile, DownloadManifest } from '../model/downloads.ts'
import type { Article } from '../model/news.ts'
import type { DatasetName } from '../model/statement.ts'
import type { AlertStream } from '../query/chain.ts'
import type { AlertView, ChainQueries } from '../query/chain-types.ts'
import type { NewsQueries } from '../query/news-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import type { RegistryQueries } from '../query/registry-types.ts'
import type { Queries } from '../query/types.ts'

export interface SyncRequest {
  /** Empty: every enabled dataset. */
  readonly datasets: readonly DatasetName[]
  /** `bundled`: only what came with the installation; nothing is contacted. */
  readonly scope: 'all' | 'bundled'
  /** Absolute paths: a running server has another working folder. */
  readonly mirror?: string | undefined
  readonly file?: string | undefined
  readonly record?: string | undefined
  readonly force: boolean
}

export type OnProgress = (progress: Progress) => void

interface RebuildReport {
  readonly events: number
  readonly entities: number
  readonly ms: number
}

export interface LogReport {
  readonly ok: boolean
  readonly statements: number
  readonly events: number
  readonly runs: number
  readonly files: number
  readonly checkpoint: {
    readonly size: number
    readonly root: string
    readonly note: string
  } | null
  readonly problems: readonly {
    readonly what: string
    readonly where: string
    readonly message: string
  }[]
}

export type ExportFormat = 'ftm' | 'csv' | 'jsonl'

export interface ExportRequest {
  readonly format: ExportFormat
  /** Undefined: every dataset that may be given away, or all with `includeRestricted`. */
  readonly dataset?: DatasetName | undefined
  readonly includeRestricted: boolean
}

/** The rows of one dataset as text, in pieces of whole lines. */
export interface ExportFile {
  readonly dataset: DatasetName
  readonly title: string
  readonly licence: Dataset['licence']
  /** The line of titles, with its line end; empty where the format has none. */
  readonly header: string
  readonly rows: AsyncIterable<string>
}

export interface DoctorCheck {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'failure'
  readonly detail: string
}

export interface WatchEvents {
  /** An alert in a state that is new: raised, confirmed or taken back. */
  onAlert(alert: AlertView): void
  onProgress(progress: WatchProgress): void
}

/** What an operator does with chains. Everything needs the lock. */
export interface ChainOperator {
  /** Follows a chain until `to` or the signal; resumes where it stopped. */
  watch(request: WatchRequest, events: WatchEvents, signal: AbortSignal): Promise<WatchResult>
  /** What rules of a file would say of a range; stores nothing. */
  dryRun(
    request: DryRunRequest,
    onAlert: WatchEvents['onAlert'],
    signal: AbortSignal,
  ): Promise<WatchResult>
  importBlocks(
    request: ImportRequest,
    onRow: (row: ImportRow) => void,
    signal: AbortSignal,
  ): Promise<readonly ImportRow[]>
  /** Removes every block above a stored one and lifts the halt; following goes on from there. */
  rewind(request: RewindRequest): Promise<RewindResult>
  /** Follows every chain that the configuration says to, until the signal. Throws nothing. */
  follow(signal: AbortSignal): Promise<void>
}

/** What an operator does to an installation. Everything that writes needs the lock. */
export interface Operator {
  /** Makes the data folder, the instance key and empty stores where they are missing. */
  init(): Promise<{ readonly created: boolean }>
  sync(
    request: SyncRequest,
    onProgress: OnProgress,
    signal: AbortSignal,
  ): Promise<readonly SyncRow[]>
  /** Reads an article, a page or a feed into facts, and commits them. */
  news(request: NewsRequest, signal: AbortSignal): Promise<NewsReport>
  /** The whole article from the kept bytes; undefined where no run holds it. */
  newsText(id: string): Promise<Article | undefined>
  rebuild(onProgress: (done: number, total: number) => void): Promise<RebuildReport>
  /** Offline, read-only. `earlier` is a signed note that somebody kept. */
  verifyLog(
    request: { readonly earlier?: string | undefined },
    onProgress: (done: number, total: number) => void,
  ): Promise<LogReport>
  exportRows(request: ExportRequest): AsyncIterable<ExportFile>
  doctor(): Promise<readonly DoctorCheck[]>
  /** Syncs each dataset when its cadence asks for it, until the signal. Throws nothing. */
  keepFresh(signal: AbortSignal): Promise<void>
  readonly chains: ChainOperator
}

export interface DownloadProgress {
  /** `bundle` or the name of a list. */
  readonly part: string
  readonly done: number
  readonly total: number
}

/** The files that an installation offers. They are derived: what is lost is made anew. */
export interface Downloads {
  readonly isMaking: boolean
  /** What was made last; undefined until something was. */
  manifest(): DownloadManifest | undefined
  /** A file of the manifest; undefined for every other name. */
  open(name: string): { readonly file: DownloadFile; stream(): ReadableStream } | undefined
  /** `bundle`: only what the offline app needs. Needs the lock. */
  make(
    what: 'bundle' | 'all',
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<DownloadManifest>
  /** Makes them anew when the sync that runs is over, and not too often. Throws nothing. */
  refreshSoon(): void
}

/** One open data folder. */
export interface Installation {
  readonly queries: Queries
  /** Loads its sheets when it is first asked. */
  readonly rates: RateQueries
  /** Firms and who supervises them; loads its rows when it is first asked for a list. */
  readonly registry: RegistryQueries
  /** Articles and their facts; loads them when it is first asked. */
  readonly news: NewsQueries
  /** Followed chains and their alerts. */
  readonly chain: ChainQueries & AlertStream
  readonly operator: Operator
  readonly downloads: Downloads
  /** Called each time the answers follow what was committed; a later listener replaces it. */
  onFollowed(listener: () => void): void
  close(): Promise<void>
}
