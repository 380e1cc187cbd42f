import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** RSS 2.0; the newest items of https://www.cftc.gov/LawRegulation/EnforcementActions/index.htm */
const MAP: NewsMap = {
  key: (row) =>
    row
      .get('link')
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '',
  title: 'title',
  date: { of: 'pubDate', forms: ['rfc822', 'iso'] },
  sourceUrl: (row) => row.get('link').trim(),
  regulator: 'U.S. Commodity Futures Trading Commission',
  country: 'US',
  rules: [],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, feedFields(ctx), MAP)
}
