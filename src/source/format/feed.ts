import type { CrawlContext } from '../crawl.ts'
import { at } from '../parse/locator.ts'
import type { XmlElement } from '../parse/xml.ts'
import { childrenOf, xmlRecords } from '../parse/xml.ts'
import type { FieldRow } from './fields.ts'
import { NO_LINKS, refuseEmpty } from './fields.ts'

/** The role of the one file that a feed is. */
const ROLE = 'feed'

/**
 * Items of an RSS 2.0 feed (RSS Advisory Board, rss-specification) with the fields `title`, `link`,
 * `guid`, `pubDate`, `description`, `category`, `creator`. The feed's own date is the version's; a
 * feed without one is at least as young as its newest item. A feed without an item is refused: these publishers' feeds are never empty.
 */
export async function* feedFields(ctx: CrawlContext): AsyncIterable<FieldRow> {
  const file = ctx.file(ROLE)
  const builtMs = await builtAt(ctx)
  if (builtMs !== undefined) ctx.setPublished(new Date(builtMs).toISOString())
  let rows = 0
  for await (const { element, start, end } of xmlRecords(file, { records: ['item'] })) {
    rows += 1
    ctx.countRow()
    yield {
      row: at.chars(ROLE, start, end),
      get: (field) => fieldOf(element, field),
      links: () => NO_LINKS,
    }
  }
  refuseEmpty(file, rows)
}

function fieldOf(element: XmlElement, field: string): string {
  const texts = childrenOf(element, field).map(({ text }) => text)
  return field === 'category' ? texts.join('\n') : (texts[0] ?? '')
}

/** `lastBuildDate`, else the channel's `pubDate`, which stand before the items; else the newest item's. */
async function builtAt(ctx: CrawlContext): Promise<number | undefined> {
  const records = ['lastBuildDate', 'pubDate', 'item']
  let newestMs: number | undefined
  for await (const { element, path } of xmlRecords(ctx.file(ROLE), { records })) {
    const isItem = element.name === 'item'
    const ms = Date.parse(isItem ? fieldOf(element, 'pubDate') : element.text)
    if (!Number.isFinite(ms)) continue
    if (!isItem && path.at(-2) === 'channel') return ms
    if (isItem && ctx.publishedAt === null && ms > (newestMs ?? Number.NEGATIVE_INFINITY)) {
      newestMs = ms
    }
  }
  return newestMs
}
