import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence } from '../../../src/source/format/sayings.ts'

const PAGE =
  'https://www.sfc.hk/en/Welcome-to-the-Fintech-Contact-Point/Virtual-assets/Virtual-asset-trading-platforms-operators/Lists-of-virtual-asset-trading-platforms'

/** The table of licensed platforms; those of applicants have no day of a licence. */
const COLUMNS = {
  number: /^(?:CE|SFC)\b.*(?:ref|no|number)/i,
  name: /^(?:name of (?:the )?(?:company|platform operator|licensed corporation)|company name|english name)/i,
  chinese: /chinese/i,
  platform: /platform(?! operator)/i,
  from: /^date of licen[cs]e/i,
}

const MAP: FirmMap = {
  key: (row) => /^[A-Z]{3}\d{3}/.exec(row.get('number'))?.[0] ?? '',
  schema: fixed('Company'),
  names: 'name',
  aliases: (row) => [row.get('chinese'), ...row.get('platform').split('\n')],
  websites: [
    (row) =>
      row
        .links('platform')
        .filter((url) => !url.includes('sfc.hk'))
        .join(' | '),
  ],
  country: fixed('HK'),
  says: [
    licence({
      regulator: 'Securities and Futures Commission (Hong Kong)',
      country: 'HK',
      kind: 'licence',
      word: fixed('licensed virtual asset trading platform'),
      status: () => 'authorised',
      number: (row) => /^[A-Z]{3}\d{3}/.exec(row.get('number'))?.[0] ?? '',
      from: { of: 'from', forms: ['dmy', 'written'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['number', 'name', 'from']
  return firmsOf(
    ctx,
    pageTable(ctx, { role: 'register', base: PAGE, columns: COLUMNS, required }),
    MAP,
  )
}
