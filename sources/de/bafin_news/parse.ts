import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { feedFields } from '../../../src/source/format/feed.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** RSS 2.0; the newest items of https://www.bafin.de/DE/Verbraucher/Aktuelles/verbrauchermitteilungen_node.html */
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
      when: /^(?<name>.+?):\s*bafin\s+(?:warnt|ermittelt|untersagt|stellt|ordnet)\b/iu,
      kind: 'warning',
      except: /identitäts/iu,
    },
    {
      when: /^(?<name>.+?):.*\b(?:keine erlaubnis|verdacht auf)\b/iu,
      kind: 'warning',
      except: /identitäts/iu,
    },
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, feedFields(ctx), MAP)
}
