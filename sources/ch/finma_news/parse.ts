import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** RSS 2.0; the newest items of https://www.finma.ch/en/news/ */
const MAP: NewsMap = {
  key: 'guid',
  title: 'title',
  date: { of: 'pubDate', forms: ['rfc822', 'iso'] },
  sourceUrl: (row) => row.get('link').trim(),
  regulator: 'Swiss Financial Market Supervisory Authority FINMA',
  country: 'CH',
  rules: [
    {
      when: /^FINMA\s+(?:warns|warning)\s+(?:about|against|of)\s+(?<name>.+)$/iu,
      kind: 'warning',
    },
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, feedFields(ctx), MAP)
}
