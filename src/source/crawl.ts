import type { DatasetName, SourceItem } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'

/** One file of the version that is being read. Its bytes are already unpacked. */
export interface InputFile {
  readonly role: string
  /** Base name, for messages; never a path of the machine. */
  readonly name: string
  readonly url: string | null
  readonly lastModified: Instant | null
  /** The version's day as the file's name or the metadata tells. */
  readonly day: string | null
  open(): AsyncIterable<Uint8Array>
}

/** What a source sees. It never sees the ledger, the network or the clock. */
export interface CrawlContext {
  readonly dataset: DatasetName
  readonly files: readonly InputFile[]
  /** The version's date so far: file name, Last-Modified or metadata; null = unknown. */
  readonly publishedAt: Instant | null
  /** The file of this role; a clear error (`source.file_missing`) when there is none. */
  file(role: string): InputFile
  /** The file of this role, or undefined: for inputs that a version may lack. */
  optional(role: string): InputFile | undefined
  /** The list's own date, read from its content. To be called before the first item is given. */
  setPublished(at: Instant): void
  /** The version's own name, where the content has one; default: the day. */
  setVersion(version: string): void
  /** Counts a row as read. */
  countRow(): void
  /**
   * A data-quality note: `code` is counted in the run record, `detail` is logged.
   * A row with a note is still given as far as it can be read: no row is lost in silence.
   */
  note(code: string, detail: string): void
}

/** A source is a pure producer: bytes in, statements out. */
export type Crawl = (ctx: CrawlContext) => AsyncIterable<SourceItem> | Iterable<SourceItem>
