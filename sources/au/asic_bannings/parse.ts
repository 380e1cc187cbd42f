import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import type { NewsMap } from '../../../src/source/format/news.ts'
import { newsOf } from '../../../src/source/format/news.ts'

/** The file behind https://www.asic.gov.au/about-asic/news-centre/ */
const MAP: NewsMap = {
  key: (row) => row.get('documentNumber') || row.get('id'),
  title: (row) => titleOf(row),
  date: { of: 'publishedDate', forms: ['iso'] },
  sourceUrl: (row) => new URL(row.get('url') || '/', 'https://asic.gov.au').href,
  regulator: 'Australian Securities and Investments Commission',
  country: 'AU',
  rules: [],
}

/** `26-231MR Example sentenced` → the title without the number of the release. */
function titleOf(row: FieldRow): string {
  const number = row.get('documentNumber')
  const title = row.get('name')
  return number !== '' && title.startsWith(number) ? title.slice(number.length) : title
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return newsOf(ctx, jsonFields(ctx, { roles: ['list'], path: [], required: ['id', 'name'] }), MAP)
}
