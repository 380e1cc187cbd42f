import { createReadStream } from 'node:fs'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { assert } from '../../src/base/assert.ts'
import { AppError } from '../../src/base/error.ts'
import type { SourceItem } from '../../src/model/statement.ts'
import type { Instant } from '../../src/model/time.ts'
import type { Crawl, CrawlContext, InputFile } from '../../src/source/crawl.ts'

export interface FileFacts {
  readonly url?: string | null
  readonly lastModified?: Instant | null
  readonly day?: string | null
}

export interface CrawlOptions {
  /** Default `test_dataset`. */
  readonly dataset?: string
  /** The version's date as the file names tell it, before the content is read. */
  readonly publishedAt?: Instant | null
  /** Items after which the run stops: for hostile input that might never end. */
  readonly itemsMax?: number
}

export interface CrawlResult {
  readonly items: readonly SourceItem[]
  readonly published: Instant | null
  readonly version: string | null
  readonly rows: number
  /** Data-quality notes, counted by code. */
  readonly notes: Readonly<Record<string, number>>
  /** `code: detail` of each note, in order. */
  readonly details: readonly string[]
}

/** A file that lives in memory; text is written as UTF-8. */
export function memoryFile(
  role: string,
  name: string,
  content: string | Uint8Array,
  facts: FileFacts = {},
): InputFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    role,
    name,
    url: facts.url ?? null,
    lastModified: facts.lastModified ?? null,
    day: facts.day ?? null,
    async *open() {
      // Small pieces, so that a reader that cannot go on after a cut is found out.
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    },
  }
}

/** A recorded file below `CUSTOS_MIRROR`, unpacked when its name ends in `.gz`. */
export function mirrorFile(role: string, path: string, facts: FileFacts = {}): InputFile {
  const mirror = process.env.CUSTOS_MIRROR
  assert(mirror !== undefined, 'CUSTOS_MIRROR is set where recorded data is read')
  return diskFile(role, join(mirror, path), facts)
}

/** A file on disk, unpacked when its name ends in `.gz`. */
export function diskFile(role: string, path: string, facts: FileFacts = {}): InputFile {
  const isPacked = path.endsWith('.gz')
  return {
    role,
    name: isPacked ? basename(path, '.gz') : basename(path),
    url: facts.url ?? null,
    lastModified: facts.lastModified ?? null,
    day: facts.day ?? null,
    async *open() {
      const raw = createReadStream(path)
      yield* isPacked ? raw.pipe(createGunzip()) : raw
    },
  }
}

/** Runs one crawl over the files and collects what it says. Errors of the crawl pass through. */
export async function runCrawl(
  crawl: Crawl,
  files: readonly InputFile[],
  options: CrawlOptions = {},
): Promise<CrawlResult> {
  const items: SourceItem[] = []
  const notes: Record<string, number> = {}
  const details: string[] = []
  let published = options.publishedAt ?? null
  let version: string | null = null
  let rows = 0
  const optional = (role: string) => files.find((file) => file.role === role)
  const ctx: CrawlContext = {
    dataset: options.dataset ?? 'test_dataset',
    files,
    publishedAt: published,
    file(role) {
      const found = optional(role)
      if (found !== undefined) return found
      throw new AppError('source.file_missing', `The file for ${role} is missing.`)
    },
    optional,
    setPublished(at) {
      assert(items.length === 0, 'setPublished is called before the first item')
      published = at
    },
    setVersion(name) {
      version = name
    },
    countRow() {
      rows += 1
    },
    note(code, detail) {
      notes[code] = (notes[code] ?? 0) + 1
      details.push(`${code}: ${detail}`)
    },
  }
  for await (const item of crawl(ctx)) {
    items.push(item)
    if (items.length >= (options.itemsMax ?? Number.POSITIVE_INFINITY)) break
  }
  return { items, published, version, rows, notes, details }
}
