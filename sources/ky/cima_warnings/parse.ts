import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'
import { pageItems } from '../../../src/source/format/page_list.ts'

const PAGE = 'https://www.cima.ky/warning-notices'

const MAP: NewsMap = {
  key: (row) => linkOf(row).split('/').at(-1) || row.get('title'),
  title: 'title',
  date: { of: 'date', forms: ['written'] },
  sourceUrl: (row) => linkOf(row),
  regulator: 'Cayman Islands Monetary Authority',
  country: 'KY',
  rules: [
    {
      when: /^(?<name>[^:]{2,150}?)\s+(?:in potential breach\b|(?:is )?not (?:licensed|registered|regulated|authori[sz]ed)\b)/iu,
      kind: 'warning',
    },
    { when: /^unlicen[cs]ed (?:entity|website|firm)s?\s*[:–-]\s*(?<name>.+)$/iu, kind: 'warning' },
  ],
}

function linkOf(row: FieldRow): string {
  return row.links('all')[0] ?? ''
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageItems(ctx, {
    role: 'list',
    base: PAGE,
    item: 'div.news-item',
    fields: { title: 'h2', date: 'div.date', all: '.' },
    required: ['title'],
  })
  return newsOf(ctx, rows, MAP)
}
