import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** RSS 2.0; the newest items of https://www.bafin.de/dok/7847810 */
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
  regulator: 'Federal Financial Supervisory Authority (BaFin)',
  country: 'DE',
  rules: [
    {
      when: /^(?<name>.+?):\s*bafin\s+(?:setzt|verhängt)\b.*\bbußgeld/iu,
      kind: 'enforcement',
      infringement: 'Bußgeld',
    },
    {
      when: /^(?<name>.+?):\s*bafin\s+(?:ordnet|untersagt|bestellt|erteilt|hebt|entzieht|verwarnt)\b/iu,
      kind: 'enforcement',
      infringement: 'Maßnahme',
    },
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, feedFields(ctx), MAP)
}
