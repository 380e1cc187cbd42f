import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** WordPress REST API, posts of the category of alerts (https://developer.wordpress.org/rest-api/). */
const MAP: NewsMap = {
  key: 'id',
  title: 'title.rendered',
  // The post's own day, in Panama.
  date: { of: 'date', forms: ['iso'] },
  sourceUrl: 'link',
  regulator: 'Superintendencia del Mercado de Valores (Panama)',
  country: 'PA',
  rules: [
    {
      when: /(?:entidad(?:es)? no autorizadas?|non[-\s]authori[sz]ed entit(?:y|ies))\s*[–—-]\s*(?<name>.+)$/iu,
      except: /suplant|impersonat|clon/iu,
      kind: 'warning',
    },
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['id', 'title.rendered']
  return newsOf(ctx, jsonFields(ctx, { roles: ['list'], path: [], required }), MAP)
}
