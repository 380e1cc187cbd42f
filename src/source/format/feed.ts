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
 * `guid`, `pubDate`, `description`, `category`, `creator`. The feed's own date, where it has one,
 * is the version's. A feed without an item is refused: these publishers' feeds are never empty.
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

/** `lastBuildDate`, else the channel's `pubDate`; both stand before the items. */
async function builtAt(ctx: CrawlContext): Promise<number | undefined> {
  const records = ['lastBuildDate', 'pubDate', 'item']
  for await (const { element, path } of xmlRecords(ctx.file(ROLE), { records })) {
    if (element.name === 'item') return undefined
    const ms = Date.parse(element.text)
    if (path.at(-2) === 'channel' && Number.isFinite(ms)) return ms
  }
  return undefined
}
