import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { warning } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.bnm.gov.my/financial-consumer-alert-list'

const COLUMNS = { name: /^name of unauthori[sz]ed/i, website: /^website/i, date: /^date added/i }

const MAP: FirmMap = {
  names: (row) => namesOf(row.get('name')),
  websites: ['website'],
  says: [
    warning({
      regulator: fixed('Bank Negara Malaysia'),
      country: fixed('MY'),
      date: { of: dateOf, forms: ['written'] },
    }),
  ],
}

/** The cell begins with a key for sorting: `2030/02/0027 Feb 2030` is 27 February. */
function dateOf(row: FieldRow): string {
  const text = row.get('date').replace(/\n/g, ' ')
  return /(\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4})\s*$/.exec(text)?.[1] ?? text
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageTable(ctx, {
    role: 'list',
    base: PAGE,
    columns: COLUMNS,
    required: ['name', 'website', 'date'],
  })
  return firmsOf(ctx, rows, MAP)
}
