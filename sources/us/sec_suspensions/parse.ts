import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** RSS 2.0; the newest items of https://www.sec.gov/enforcement-litigation/trading-suspensions */
const MAP: NewsMap = {
  key: 'guid',
  title: 'title',
  date: { of: 'pubDate', forms: ['rfc822', 'iso'] },
  sourceUrl: (row) => row.get('link').trim(),
  regulator: 'U.S. Securities and Exchange Commission',
  country: 'US',
  rules: [
    {
      when: /^(?<name>.+)$/u,
      kind: 'enforcement',
      infringement: 'Trading suspension',
    },
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, feedFields(ctx), MAP)
}
