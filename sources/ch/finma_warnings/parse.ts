import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'

/**
 * The answer of the list's own search (https://www.finma.ch/en/finma-public/warnungen/warning-list/).
 * `Count` is the number of all entries: an answer that holds fewer was cut.
 */
const MAP: FirmMap = {
  key: 'Id',
  names: (row) => namesOf(row.get('Title')),
  sourceUrl: (row) => new URL(row.get('Link') || '/', 'https://www.finma.ch').href,
  says: [
    warning({
      regulator: fixed('Swiss Financial Market Supervisory Authority FINMA'),
      country: fixed('CH'),
      date: { of: 'Date', forms: ['dmy'] },
      reason: (row) => cloneMark(row.get('Title')) || row.get('FacetColumn'),
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ['list'],
    path: ['Items'],
    total: ['Count'],
    required: ['Id', 'Title'],
    newest: { of: 'Date', forms: ['dmy'] },
  })
  return firmsOf(ctx, rows, MAP)
}
