import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { esmaRows, keyOf, readComment, readFirm } from '../../../src/source/format/esma.ts'

const COLUMNS = [
  'ae_commercial_name',
  'ae_website',
  // The register's own spelling, and the one that it may be corrected to.
  'ae_infrigment',
  'ae_infringement',
  'ae_reason',
  'ae_decision_date',
  'ae_comments',
  'ae_lastupdate',
]
const REQUIRED = ['ae_decision_date', 'ae_lastupdate']

/** ESMA's list of entities that offer crypto-asset services without being allowed to. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of esmaRows(ctx, { columns: COLUMNS, required: REQUIRED })) {
    const firm = readFirm(ctx, row, { schema: 'LegalEntity', leiRequired: false })
    if (firm === undefined) continue
    const date = row.day('ae_decision_date')
    const reason = row.text('ae_reason')
    const infringement = row.text('ae_infrigment') || row.text('ae_infringement')
    readComment(row, 'ae_comments')
    row.day('ae_lastupdate')
    row.json('warning', {
      regulator: firm.authority,
      country: firm.home,
      kind: 'warning',
      status: 'in_force',
      ...(reason !== '' && { reason }),
      ...(infringement !== '' && { infringement }),
      ...(date !== null && { date }),
    })
    yield* row.items(keyOf(row, firm, date))
  }
}
