import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { csvColumns } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'

/**
 * Columns of the file at https://www.data.gouv.fr/ (the page above). It names no schema, so they are
 * told by the words that have stayed the same: name, site, category, date.
 */
const COLUMNS = {
  name: /^(?:nom|d[ée]nomination|entit[ée]|soci[ée]t[ée]|raison sociale)/iu,
  site: /^(?:site|url|adresse (?:du site|internet|web)|nom de domaine)/iu,
  category: /^(?:cat[ée]gorie|type|liste)/iu,
  date: /^date/iu,
}

const MAP: FirmMap = {
  names: (row) => namesOf(row.get('name')),
  websites: ['site'],
  says: [
    warning({
      regulator: fixed('Autorité des marchés financiers'),
      country: fixed('FR'),
      date: { of: 'date', forms: ['dmy', 'iso'] },
      reason: (row) => cloneMark(row.get('name')) || row.get('category'),
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = csvColumns(ctx, {
    role: 'list',
    delimiter: ';',
    relaxQuotes: true,
    columns: COLUMNS,
    required: ['name', 'category'],
  })
  return firmsOf(ctx, rows, MAP)
}
