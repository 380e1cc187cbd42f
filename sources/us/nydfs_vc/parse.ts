import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence, statusBy } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.dfs.ny.gov/virtual_currency_businesses'

/** The table "List of Licensed Virtual Currency Entities". */
const COLUMNS = { name: /^entity/i, word: /^licen[cs]/i, from: /^date/i }

const STATUS = statusBy([
  [/surrender|withdrawn|terminated/i, 'withdrawn'],
  [/revoked/i, 'revoked'],
  [/virtual currency|trust charter|money transmi/i, 'authorised'],
])

const MAP: FirmMap = {
  schema: fixed('Company'),
  names: (row) => row.get('name').split(/\n|\s+d\/b\/a\s+/iu),
  websites: [
    (row) =>
      row
        .links('name')
        .filter((url) => !url.includes('dfs.ny.gov'))
        .join(' | '),
  ],
  says: [
    licence({
      regulator: 'New York State Department of Financial Services',
      country: 'US',
      subdivision: 'US-NY',
      kind: 'licence',
      word: 'word',
      status: STATUS,
      from: { of: 'from', forms: ['mdy', 'written'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['name', 'word']
  return firmsOf(
    ctx,
    pageTable(ctx, { role: 'register', base: PAGE, columns: COLUMNS, required }),
    MAP,
  )
}
