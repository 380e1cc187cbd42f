import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'
import { scriptFields } from '../../../src/source/format/script_list.ts'
import { markupText } from '../../../src/source/parse/html.ts'

/** The whole list stands in a script of the page, as objects whose texts are HTML. */
const MAP: FirmMap = {
  key: (row) => row.get('url').split('/').at(-1) ?? '',
  names: (row) => namesOf(markupText(row.get('firmName'))),
  // The country is the one that the firm claims.
  notes: (row) => claimed(markupText(row.get('country'))),
  sourceUrl: (row) => markupText(row.get('url')),
  says: [
    warning({
      regulator: fixed('Central Bank of Ireland'),
      country: fixed('IE'),
      date: { of: 'warningDate', forms: ['dmy'] },
      reason: (row) => cloneMark(markupText(row.get('firmName'))),
    }),
  ],
}

function claimed(country: string): string {
  return country === '' ? '' : `Claims to be in: ${country}`
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = scriptFields(ctx, {
    role: 'list',
    after: /var\s+appData\s*=/,
    required: ['firmName', 'warningDate'],
  })
  return firmsOf(ctx, rows, MAP)
}
