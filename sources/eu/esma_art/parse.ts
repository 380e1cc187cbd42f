import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { esmaRows, keyOf, readComment, readFirm } from '../../../src/source/format/esma.ts'
import { addWhitePaper } from '../../../src/source/format/esma_licence.ts'

const COLUMNS = [
  'ae_commercial_name',
  'ae_address',
  'ae_website',
  'ac_authorisationNotificationDate',
  'ac_authorisationEndDate',
  'ae_credit_institution',
  'ae_DTI_FFG',
  'ae_DTI',
  'wp_url',
  'wp_authorisationNotificationDate',
  'wp_url_cou',
  'wp_comments',
  'wp_lastupdate',
]
const REQUIRED = ['ae_lei', 'ae_credit_institution', 'wp_lastupdate']

/** ESMA's register of asset-referenced tokens. A file that is a header alone is a valid version. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of esmaRows(ctx, { columns: COLUMNS, required: REQUIRED })) {
    const firm = readFirm(ctx, row, { schema: 'Company', leiRequired: true })
    if (firm === undefined) continue
    const issuerFrom = row.day('ac_authorisationNotificationDate')
    const from = row.day('wp_authorisationNotificationDate')
    addWhitePaper(ctx, row, { firm, from, word: 'white paper registered', countries: 'wp_url_cou' })
    const creditInstitution = row.text('ae_credit_institution')
    if (/^(?:y|yes|true)$/iu.test(creditInstitution)) {
      row.add('notes', 'Credit institution', creditInstitution)
    }
    readComment(row, 'wp_comments')
    row.day('wp_lastupdate')
    yield* row.items(keyOf(row, firm, issuerFrom))
  }
}
