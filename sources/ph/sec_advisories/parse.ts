import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmItems, fixed } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsItems } from '../../../src/source/format/news.ts'
import { pageItems } from '../../../src/source/format/page_list.ts'
import { warning } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.sec.gov.ph/investors-education-and-information/advisories/'

const DATE = { of: 'date', forms: ['written', 'mdy', 'iso'] } as const

/** An advisory with a name in bold is about it. */
const FIRM: FirmMap = {
  key: (row) => linkOf(row),
  names: (row) => namesOf(row.get('name')),
  sourceUrl: (row) => linkOf(row),
  says: [
    warning({
      regulator: fixed('Securities and Exchange Commission (Philippines)'),
      country: fixed('PH'),
      date: DATE,
      reason: (row) => row.get('title').replace(/\s+/gu, ' '),
    }),
  ],
}

/** Any other one is kept as it is titled. */
const NEWS: NewsMap = {
  key: (row) => linkOf(row),
  title: 'title',
  date: DATE,
  sourceUrl: (row) => linkOf(row),
  regulator: 'Securities and Exchange Commission (Philippines)',
  country: 'PH',
  rules: [{ when: /^(?:SEC\s+)?advisory\s+on\s+(?<name>.+)$/iu, kind: 'warning' }],
}

function linkOf(row: FieldRow): string {
  return row.links('title')[0] ?? ''
}

export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageItems(ctx, {
    role: 'list',
    base: PAGE,
    item: '.accordion-content ul li',
    fields: { title: 'a[href]', name: 'a b', date: '.myDate' },
    required: ['title'],
  })
  for await (const row of rows) {
    yield* row.get('name') === '' ? newsItems(ctx, row, NEWS) : firmItems(ctx, row, FIRM)
  }
}
