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
  'ae_exemption48_4',
  'ae_exemption48_5',
  'ae_authorisation_other_emt',
  'ae_DTI_FFG',
  'ae_DTI',
  'wp_url',
  'wp_authorisationNotificationDate',
  'wp_url_cou',
  'wp_comments',
  'wp_lastupdate',
]
const REQUIRED = ['ae_lei', 'ae_authorisation_other_emt', 'wp_lastupdate']

/** ESMA's register of e-money tokens: an issuer and one of its white papers in each row. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of esmaRows(ctx, { columns: COLUMNS, required: REQUIRED })) {
    const firm = readFirm(ctx, row, { schema: 'Company', leiRequired: true })
    if (firm === undefined) continue
    const issuerFrom = row.day('ac_authorisationNotificationDate')
    const from = row.day('wp_authorisationNotificationDate')
    addWhitePaper(ctx, row, { firm, from, word: 'white paper notified', countries: 'wp_url_cou' })
    const authorisedAs = row.text('ae_authorisation_other_emt')
    if (authorisedAs !== '') row.add('notes', authorisedAs)
    for (const paragraph of [4, 5]) {
      const exemption = row.text(`ae_exemption48_${paragraph}`)
      if (/^(?:y|yes|true)$/iu.test(exemption)) {
        row.add('notes', `Exemption under MiCA Art. 48(${paragraph})`, exemption)
      }
    }
    readComment(row, 'wp_comments')
    row.day('wp_lastupdate')
    yield* row.items(keyOf(row, firm, issuerFrom))
  }
}
