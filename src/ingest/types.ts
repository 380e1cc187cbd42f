import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'
import type { Crawl } from '../source/crawl.ts'

/** A source as the catalogue knows it: metadata, its folder, and its parser. */
export interface Source {
  readonly dataset: Dataset
  /** Folder of dataset.yml; a `packages` entry of package `.` names a file in it. */
  readonly folder: string
  readonly crawl: () => Promise<Crawl>
}

/** One file of a version, before it is read. */
export interface LocalFile {
  readonly role: string
  readonly name: string
  readonly url: string | null
  readonly lastModified: Instant | null
  readonly etag?: string | null
  /** Day that the name or the metadata gives. */
  readonly day: string | null
  /** The bytes, unpacked and bounded. */
  open(): AsyncIterable<Uint8Array>
}

/** The files of one version of a dataset. */
export interface Version {
  readonly files: readonly LocalFile[]
  /** Date of the oldest part, where it is known before reading. */
  readonly publishedAt: Instant | null
  readonly complete: boolean
}

export interface SyncOptions {
  /** Folder of recorded files, read instead of the network. */
  readonly mirror?: string | undefined
  /** One uploaded file for one dataset. */
  readonly file?: string | undefined
  /** Parse again what is already committed. */
  readonly force?: boolean | undefined
  /** Folder that receives what the live sources sent. */
  readonly record?: string | undefined
  /** Contact nothing: packages and the starter only. */
  readonly offline?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

export type SyncState = 'ok' | 'unchanged' | 'failed' | 'blocked' | 'never_fetched'

export interface SyncRow {
  readonly dataset: DatasetName
  readonly state: SyncState
  /** Versions committed by this sync. */
  readonly versions: number
  readonly added: number
  readonly retracted: number
  readonly unchanged: number
  readonly publishedAt: Instant | null
  readonly ageSeconds: number | null
  readonly error: {
    readonly code: string
    readonly message: string
    /** The pause that the server asked for. */
    readonly retryAfterMs?: number
  } | null
  readonly ms: number
}

export type Progress =
  | {
      readonly kind: 'dataset'
      readonly dataset: DatasetName
      readonly index: number
      readonly total: number
    }
  | { readonly kind: 'rows'; readonly dataset: DatasetName; readonly rows: number }
  | { readonly kind: 'row'; readonly row: SyncRow }
