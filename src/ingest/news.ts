import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/error.ts'
import type { Fetcher } from '../base/http.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Article } from '../model/news.ts'
import { newsDatasetName } from '../model/news-dataset.ts'
import type { EntityId, RunFile } from '../model/statement.ts'
import { instantOf } from '../model/time.ts'
import { NEWS_BYTES_MAX } from '../source/news/decode.ts'
import { readNews } from '../source/news/read.ts'
import { commitNews, countNotes } from './news-commit.ts'
import type { NewsReport, NewsRequest } from './news-types.ts'

export interface NewsPorts {
  readonly ledger: LedgerStore
  readonly clock: Clock
  /** Undefined: nothing outside is contacted. */
  readonly fetcher: Fetcher | undefined
  readonly signal?: AbortSignal | undefined
}

interface Loaded {
  readonly bytes: Uint8Array
  readonly name: string
  readonly url: string | null
  readonly contentType: string | null
  readonly lastModified: string | null
  readonly etag: string | null
}

/** Reads an article, a page or a feed, keeps its bytes, and commits what it says. */
export async function addNews(ports: NewsPorts, request: NewsRequest): Promise<NewsReport> {
  const { ledger, clock } = ports
  const loaded = await load(ports, request)
  const now = instantOf(clock.nowMs())
  const read = await readNews({ ...loaded, now })
  const publication = request.publication ?? read.publication
  const news = { ...read, publication }
  const dataset = newsDatasetName(publication)
  const notes = countNotes(news.notes)
  const head = await ledger.head()
  // The ledger's time never goes back, also when the machine's clock does.
  const atMs = Math.max(clock.nowMs(), head === undefined ? 0 : Date.parse(head.at))
  const kept = await ledger.keep(once(loaded.bytes))
  const { name, url, lastModified, etag } = loaded
  const file: RunFile = { role: 'article', name, url, lastModified, etag, ...kept }
  const { run, articles } = await commitNews(ledger, {
    dataset,
    news,
    file,
    isOwn: request.isOwn === true,
    fetchedAt: now,
    at: instantOf(atMs),
  })
  await ledger.recordAttempt({
    dataset,
    at: instantOf(atMs),
    state: run === null ? 'unchanged' : 'ok',
    code: null,
    message: null,
  })
  return { kind: news.kind, dataset, publication, run: run?.id ?? null, articles, notes }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

async function load(ports: NewsPorts, request: NewsRequest): Promise<Loaded> {
  if (request.file !== undefined) {
    const stream = createReadStream(request.file)
    const bytes = await collect(stream).catch((cause: unknown) => {
      if (cause instanceof AppError) throw cause
      throw new AppError('news.unreadable', 'The file cannot be read.', { status: 400, cause })
    })
    return {
      bytes,
      name: basename(request.file),
      url: null,
      contentType: null,
      lastModified: null,
      etag: null,
    }
  }
  if (request.url === undefined)
    throw new AppError('news.unreadable', 'Neither file nor address.', { status: 400 })
  if (ports.fetcher === undefined)
    throw new AppError('fetch.offline', 'Nothing is contacted here.', { status: 400 })
  const { body, contentType, lastModified, etag, finalUrl } = await ports.fetcher.get(request.url, {
    bytesMax: NEWS_BYTES_MAX,
    ...(ports.signal !== undefined && { signal: ports.signal }),
  })
  const bytes = await collect(body)
  const name = basename(new URL(finalUrl).pathname) || new URL(finalUrl).hostname
  return { bytes, name: name.slice(0, 200), url: finalUrl, contentType, lastModified, etag }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > NEWS_BYTES_MAX)
      throw new AppError('news.too_large', 'The article is larger than 20 MiB.', {
        status: 413,
        params: { max: NEWS_BYTES_MAX },
      })
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The whole article, read again from the kept bytes; undefined where no run holds it. */
export async function keptArticle(
  ledger: LedgerReader,
  id: EntityId,
): Promise<Article | undefined> {
  const dataset = id.slice(0, id.indexOf(':'))
  const key = id.slice(dataset.length + 1)
  const runs = [...(await ledger.runs(dataset))].reverse()
  for (const run of runs) {
    const [file] = run.files
    if (file === undefined) continue
    const bytes = await collect(ledger.file(file.sha256))
    const news = await readNews({
      bytes,
      name: file.name,
      url: file.url,
      contentType: null,
      now: run.fetchedAt,
    })
    const found = news.articles.find((one) => one.key === key)
    if (found !== undefined) return found.article
  }
  return undefined
}
