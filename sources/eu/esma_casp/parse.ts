import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { esmaRows, keyOf, readComment, readFirm } from '../../../src/source/format/esma.ts'
import { addServiceLicence } from '../../../src/source/format/esma_licence.ts'

const COLUMNS = [
  'ae_commercial_name',
  'ae_address',
  'ae_website',
  'ae_website_platform',
  'ac_authorisationNotificationDate',
  'ac_authorisationEndDate',
  'ac_serviceCode',
  'ac_serviceCode_cou',
  'ac_comments',
  'ac_lastupdate',
]
const REQUIRED = ['ae_lei', 'ac_serviceCode', 'ac_lastupdate']

/** ESMA's register of crypto-asset service providers: one firm and one licence in each row. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of esmaRows(ctx, { columns: COLUMNS, required: REQUIRED })) {
    const firm = readFirm(ctx, row, { schema: 'Company', leiRequired: true })
    if (firm === undefined) continue
    const from = row.day('ac_authorisationNotificationDate')
    const comment = readComment(row, 'ac_comments')
    row.day('ac_lastupdate')
    addServiceLicence(ctx, row, { firm, from, comment })
    yield* row.items(keyOf(row, firm, from))
  }
}
