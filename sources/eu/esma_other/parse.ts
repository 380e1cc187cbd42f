import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { EsmaRow } from '../../../src/source/format/esma.ts'
import { esmaRows, keyOf, readComment, readFirm } from '../../../src/source/format/esma.ts'
import { addWhitePaper } from '../../../src/source/format/esma_licence.ts'
import { collapse } from '../../../src/source/format/esma_text.ts'

const COLUMNS = [
  'ae_lei_name_casp',
  'ae_lei_casp',
  'ae_offerCode_cou',
  'ae_DTI_FFG',
  'ae_DTI',
  'wp_url',
  'wp_comments',
  'wp_lastupdate',
]
const REQUIRED = ['ae_offerCode_cou', 'wp_url', 'wp_lastupdate']

/**
 * ESMA's register of white papers for other crypto-assets: an issuer and one of its papers in each
 * row. A row that names no issuer but a trading platform is about the platform, which filed the
 * paper, and says so. The register gives no date of the notification.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  for await (const row of esmaRows(ctx, { columns: COLUMNS, required: REQUIRED })) {
    const platform = collapse(row.name('ae_lei_name_casp'))
    const isAboutPlatform = platform !== '' && !namesIssuer(row)
    const firm = readFirm(ctx, row, {
      schema: 'LegalEntity',
      leiRequired: false,
      ...(isAboutPlatform && { nameColumn: 'ae_lei_name_casp', leiColumn: 'ae_lei_casp' }),
    })
    if (firm === undefined) continue
    if (isAboutPlatform) {
      row.defect('issuer_not_named', 'ae_lei_name', row.cell('ae_lei_name'))
    }
    addWhitePaper(ctx, row, {
      firm,
      from: null,
      word: isAboutPlatform
        ? 'white paper notified by a trading platform (no issuer named)'
        : 'white paper notified',
      countries: 'ae_offerCode_cou',
      ...(platform !== '' && !isAboutPlatform && { platform }),
    })
    readComment(row, 'wp_comments')
    row.day('wp_lastupdate')
    yield* row.items(keyOf(row, firm))
  }
}

/** "Not applicable: the issuer is not identified …" fills the cell and names nobody. */
function namesIssuer(row: EsmaRow): boolean {
  const cell = collapse(row.name('ae_lei_name'))
  return cell !== '' && !/^not (?:available|applicable|identified)\b/iu.test(cell)
}
