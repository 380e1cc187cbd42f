import { crawl as casp } from '../../sources/eu/esma_casp/parse.ts'
import type { SourceItem } from '../../src/model/statement.ts'
import type { InputFile } from '../../src/source/crawl.ts'
import { memoryFile, runCrawl } from './crawl.ts'

/** Rows of the register of MiCA firms as ESMA publishes it, with invented cells. */
export const HEADER =
  'ae_competentAuthority,ae_homeMemberState,ae_lei_name,ae_lei,ae_lei_cou_code,ae_commercial_name,' +
  'ae_address,ae_website,ae_website_platform,ac_authorisationNotificationDate,' +
  'ac_authorisationEndDate,ac_serviceCode,ac_serviceCode_cou,ac_comments,ac_lastupdate'

/** An invented LEI whose check digits are right. */
export const LEI = 'EXMP00ALPHAEXCHNG174'

export type Cells = Readonly<Record<string, string>>

export const row: Cells = {
  ae_competentAuthority: 'Example Authority (EXA)',
  ae_homeMemberState: 'LU',
  ae_lei_name: 'Alpha Exchange S.A.',
  ae_lei: LEI,
  ae_lei_cou_code: 'LU',
  ac_authorisationNotificationDate: '20/06/2025',
  ac_serviceCode: 'a. providing custody',
  ac_serviceCode_cou: 'DE',
}

export function csv(rows: readonly Cells[], header = HEADER): string {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const lines = rows.map((cells) =>
    header
      .split(',')
      .map((c) => quote(cells[c] ?? ''))
      .join(','),
  )
  return `\uFEFF${[header, ...lines].join('\r\n')}\r\n`
}

export function register(text: string): InputFile {
  return memoryFile('register', 'CASPS.csv', text)
}

export async function read(
  rows: readonly Cells[],
  publishedAt: string | null = '2026-06-28T00:00:00Z',
) {
  return runCrawl(casp, [register(csv(rows))], { dataset: 'eu_esma_casp', publishedAt })
}

export function values(items: readonly SourceItem[], prop: string): string[] {
  return items.filter((item) => item.prop === prop).map((item) => item.value)
}
