import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { asAppError } from '../base/error.ts'
import type { NewsReport, NewsRequest } from '../ingest/news-types.ts'
import type { Config } from './config.ts'

/** Feeds of news change within the hour; asking more often is a burden to who prints them. */
const EVERY_MS = 3_600_000
/** Own articles that one start looks at. */
const OWN_MAX = 10_000

export interface KeepNews {
  readonly config: Pick<Config, 'data' | 'offline' | 'news'>
  readonly add: (request: NewsRequest) => Promise<NewsReport>
  readonly tell: (text: string) => void
  readonly stop: AbortSignal
}

/**
 * Publishes the own articles of the data folder's `news/`, and reads the configured feeds every
 * hour until the stop. One that fails is told of and stops no other. Throws nothing.
 */
export async function keepNews(p: KeepNews): Promise<void> {
  for (const file of ownArticles(p.config.data)) await attempt(p, { file, isOwn: true })
  while (!p.stop.aborted && !p.config.offline && p.config.news.length > 0) {
    for (const { url, publication } of p.config.news) await attempt(p, { url, publication })
    await pause(EVERY_MS, p.stop)
  }
}

function ownArticles(data: string): string[] {
  const folder = join(data, 'news')
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /\.(?:md|markdown)$/i.test(name))
  return names
    .sort()
    .slice(0, OWN_MAX)
    .map((name) => join(folder, name))
}

async function attempt({ add, tell, stop }: KeepNews, request: NewsRequest): Promise<void> {
  if (stop.aborted) return
  try {
    await add(request)
  } catch (error) {
    const { code, message } = asAppError(error)
    if (!stop.aborted) tell(`custos: ${request.url ?? request.file}: ${message} [${code}]\n`)
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done, { once: true })
  })
}
