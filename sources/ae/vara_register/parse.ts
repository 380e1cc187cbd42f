import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence, statusBy } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.vara.ae/en/licenses-and-register/public-register/'

/** Cells name their column in `data-label`. */
const COLUMNS = {
  number: /^reference/i,
  name: /^VASP name|^(?:entity|company) name/i,
  brand: /trad(?:e|ing) name|brand/i,
  services: /activit/i,
  status: /status/i,
  from: /(?:licen[cs]e )?issued|date of licen[cs]e/i,
  website: /website/i,
}

const STATUS = statusBy([
  [/suspend/i, 'suspended'],
  [/revok|cancel/i, 'revoked'],
  [/withdrawn|surrender/i, 'withdrawn'],
  [/expired/i, 'expired'],
  [/in.?principle|pending/i, 'pending'],
  [/^licen[cs]ed$|active|VASP licence/i, 'authorised'],
])

const MAP: FirmMap = {
  key: 'number',
  schema: fixed('Company'),
  names: 'name',
  aliases: 'brand',
  websites: ['website'],
  country: fixed('AE'),
  says: [
    licence({
      regulator: 'Virtual Assets Regulatory Authority (Dubai)',
      country: 'AE',
      subdivision: 'AE-DU',
      kind: 'licence',
      word: (row) => row.get('status') || 'VASP licence (Emirate of Dubai)',
      status: STATUS,
      number: 'number',
      services: 'services',
      from: { of: 'from', forms: ['ymd', 'written'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['number', 'name']
  return firmsOf(
    ctx,
    pageTable(ctx, { role: 'register', base: PAGE, columns: COLUMNS, required }),
    MAP,
  )
}
