import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'
import type { Log } from '../base/log.ts'
import type { Instant } from '../model/time.ts'
import type { CrawlContext, InputFile } from '../source/crawl.ts'

/** Codes are a closed set per parser; a parser that invents codes from data is stopped here. */
const NOTE_CODES_MAX = 64
/** Details of the first notes of a code go to the log; the count is in the run record. */
const NOTE_DETAILS_MAX = 5

/** Publishers' clocks and zones differ by less than this. */
const FUTURE_MS_MAX = 2 * 86_400_000

/** What a parser sees and tells while one version is read. Its functions may be passed on alone. */
export class CrawlRun implements CrawlContext {
  readonly dataset: string
  readonly files: readonly InputFile[]
  readonly notes: Record<string, number> = {}
  /** Set when the first item has been given: the version's date is fixed from then on. */
  isStarted = false
  rows = 0
  version: string | undefined
  #publishedAt: Instant | null
  readonly #fetchedAt: Instant
  readonly #log: Log

  constructor(version: {
    readonly dataset: string
    readonly files: readonly InputFile[]
    readonly publishedAt: Instant | null
    readonly fetchedAt: Instant
    readonly log: Log
  }) {
    this.dataset = version.dataset
    this.files = version.files
    this.#publishedAt = version.publishedAt
    this.#fetchedAt = version.fetchedAt
    this.#log = version.log
  }

  get publishedAt(): Instant | null {
    return this.#publishedAt
  }

  readonly file = (role: string): InputFile => {
    const file = this.optional(role)
    if (file === undefined) {
      throw new AppError('source.file_missing', `The file "${role}" of ${this.dataset} is missing.`)
    }
    return file
  }

  readonly optional = (role: string): InputFile | undefined => {
    return this.files.find((file) => file.role === role)
  }

  readonly setPublished = (at: Instant): void => {
    const ms = Date.parse(at)
    if (Number.isNaN(ms)) throw new AppError('source.malformed', 'The list’s own date is no date.')
    assert(!this.isStarted, 'a parser tells the version’s date before its first item')
    // A slip of the pen in one date must not make a version that governs only in years to come.
    if (ms > Date.parse(this.#fetchedAt) + FUTURE_MS_MAX) {
      this.note('published_in_future', at)
      return
    }
    this.#publishedAt = new Date(ms).toISOString().replace('.000Z', 'Z')
  }

  readonly setVersion = (version: string): void => {
    this.version = version.slice(0, 100)
  }

  readonly countRow = (): void => {
    this.rows += 1
  }

  readonly note = (code: string, detail: string): void => {
    const count = (this.notes[code] ?? 0) + 1
    if (count === 1) {
      assert(Object.keys(this.notes).length < NOTE_CODES_MAX, 'note codes are a closed set')
    }
    this.notes[code] = count
    if (count <= NOTE_DETAILS_MAX) {
      this.#log.info(
        { dataset: this.dataset, code, detail: detail.slice(0, 500) },
        'data-quality note',
      )
    }
  }
}
