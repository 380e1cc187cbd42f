import type { Dataset } from './dataset.ts'
import type { DatasetName } from './statement.ts'
import type { Instant } from './time.ts'

/** Files that an installation offers, as `manifest.json` beside them lists them. */
export interface DownloadFile {
  readonly name: string
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

export type DataFormat = 'csv' | 'jsonl' | 'parquet'

/** One list as files: every statement of its newest version. */
export interface DownloadData {
  readonly dataset: DatasetName
  readonly title: string
  readonly authority: string
  readonly kind: Dataset['kind']
  readonly licence: Dataset['licence']
  readonly version: string
  readonly publishedAt: Instant | null
  readonly statements: number
  /** The ledger's last event of this list: while it stands, so do the files. */
  readonly seq: number
  readonly files: Readonly<Record<DataFormat, DownloadFile>>
}

export interface DownloadBundle extends DownloadFile {
  /** The same bytes, compressed: what is transferred. */
  readonly gzip: DownloadFile
  readonly version: number
  readonly at: Instant
  readonly expires: Instant
  /** The signed note (`model/offline-note.ts`). */
  readonly note: string
  readonly vkey: string
  readonly addresses: number
  readonly sites: number
  readonly lists: readonly {
    readonly dataset: DatasetName
    readonly title: string
    readonly entries: number
    readonly licence: { readonly id: string; readonly name: string; readonly url: string | null }
  }[]
}

/** A list whose terms let nobody hand it on. */
interface Withheld {
  readonly dataset: DatasetName
  readonly title: string
  readonly licence: string
}

export interface DownloadManifest {
  readonly format: 1
  /** Version of the program that made the files. */
  readonly program: string
  readonly origin: string
  readonly at: Instant
  readonly seq: number
  readonly bundle: DownloadBundle | null
  readonly data: readonly DownloadData[]
  readonly withheld: readonly Withheld[]
  /** `SHA256SUMS`, its signature, the public key and the licences: for who wants to check. */
  readonly proofs: readonly DownloadFile[]
}

/** Every file of a manifest, by its name. */
export function filesOf(manifest: DownloadManifest): ReadonlyMap<string, DownloadFile> {
  const { bundle, data, proofs } = manifest
  const files = [
    ...(bundle === null ? [] : [bundle, bundle.gzip]),
    ...data.flatMap((one) => Object.values(one.files)),
    ...proofs,
  ]
  return new Map(files.map(({ name, bytes, sha256 }) => [name, { name, bytes, sha256 }]))
}
