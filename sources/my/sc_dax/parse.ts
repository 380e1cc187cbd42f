import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence } from '../../../src/source/format/sayings.ts'

const PAGE =
  'https://www.sc.com.my/regulation/guidelines/recognizedmarkets/list-of-registered-digital-asset-exchanges'

/** The first table of the page holds the operators of today; those below it are history. */
const COLUMNS = {
  name: /^name/i,
  address: /address/i,
  website: /website/i,
  from: /date of registration/i,
}

const MAP: FirmMap = {
  schema: fixed('Company'),
  names: (row) => row.get('name').split(/\n|\((?=formerly)/iu)[0] ?? '',
  websites: [
    'website',
    (row) =>
      row
        .links('name')
        .filter((url) => !url.includes('sc.com.my'))
        .join(' | '),
  ],
  country: fixed('MY'),
  address: 'address',
  says: [
    licence({
      regulator: 'Securities Commission Malaysia',
      country: 'MY',
      kind: 'registration',
      word: fixed('registered recognized market operator (digital asset exchange)'),
      status: () => 'registered',
      from: { of: 'from', forms: ['written', 'dmy'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageTable(ctx, {
    role: 'register',
    base: PAGE,
    columns: COLUMNS,
    required: ['name', 'address'],
    firstOnly: true,
  })
  return firmsOf(ctx, rows, MAP)
}
