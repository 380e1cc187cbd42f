import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { warning } from '../../../src/source/format/sayings.ts'

/** Columns of the register at https://www.vara.ae/en/enforcement/ in the form of an upload. */
const COLUMNS = ['entity', 'date', 'category', 'detail', 'notice_type']

const MAP: FirmMap = {
  names: (row) =>
    row.get('entity').split(/\s+and\s+(?=[^,]*\b(?:LLC|L\.L\.C|FZE|FZCO|DMCC|Ltd)\b)/u),
  // Where a firm is, the register does not say: a measure reaches firms abroad too.
  says: [
    warning({
      regulator: fixed('Virtual Assets Regulatory Authority (Dubai)'),
      country: fixed('AE'),
      kind: 'enforcement',
      date: { of: 'date', forms: ['ymd', 'iso'] },
      reason: 'detail',
      infringement: 'category',
      measure: 'notice_type',
    }),
  ],
}

/** Measures of Dubai's regulator of virtual assets: one firm, or two of one group, in each row. */
export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return firmsOf(ctx, csvFields(ctx, { role: 'fines', required: COLUMNS }), MAP)
}
