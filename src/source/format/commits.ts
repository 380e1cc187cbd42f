import { AppError } from '../../base/error.ts'
import type { Instant } from '../../model/time.ts'
import { instantOf } from '../../model/time.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { childText, xmlRecords } from '../parse/xml.ts'

/** The role of the Atom feed of a list's commits, where the list's own file carries no date. */
const ROLE = 'commits'

/**
 * Sets the version's date from the commits of the list's file: the newest commit is the day on
 * which the list became what it is. Raw files of a repository are served without Last-Modified, and
 * without a date a list counts as stale. A feed that cannot be read is noted.
 */
export async function publishedFromCommits(ctx: CrawlContext): Promise<void> {
  const feed = ctx.optional(ROLE)
  if (feed === undefined) return
  try {
    const newest = await newestUpdate(feed)
    if (newest === null) ctx.note('commits_unreadable', `${feed.name} has no commit with a date`)
    else ctx.setPublished(newest)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    ctx.note('commits_unreadable', error.message)
  }
}

async function newestUpdate(feed: InputFile): Promise<Instant | null> {
  let newest: number | null = null
  for await (const { element } of xmlRecords(feed, { records: ['entry'] })) {
    const updated = Date.parse(childText(element, 'updated') ?? '')
    if (Number.isFinite(updated) && updated > (newest ?? 0)) newest = updated
  }
  return newest === null ? null : instantOf(newest)
}
