import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence, statusBy } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.adgm.com/public-registers/fsra'

const COLUMNS = {
  name: /^(?:firm |entity |company )?name$/i,
  number: /(?:permission|FSP|reference|licen[cs]e).*(?:number|no\.?)$/i,
  status: /status/i,
  services: /activit/i,
  from: /^date/i,
  address: /address/i,
}

const STATUS = statusBy([
  [/suspend/i, 'suspended'],
  [/withdrawn|cancel/i, 'withdrawn'],
  [/revok/i, 'revoked'],
  [/in.?principle|pending/i, 'pending'],
  [/^(?:active|granted|licen[cs]ed|authori[sz]ed)$/i, 'authorised'],
])

const MAP: FirmMap = {
  key: 'number',
  schema: fixed('Company'),
  names: 'name',
  country: fixed('AE'),
  address: 'address',
  sourceUrl: (row) => row.links('name')[0] ?? '',
  says: [
    licence({
      regulator: 'Financial Services Regulatory Authority (Abu Dhabi Global Market)',
      country: 'AE',
      subdivision: 'AE-AZ',
      kind: 'licence',
      word: 'status',
      status: STATUS,
      number: 'number',
      services: 'services',
      from: { of: 'from', forms: ['dmy', 'written', 'iso'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['name', 'number', 'status']
  return firmsOf(
    ctx,
    pageTable(ctx, { role: 'register', base: PAGE, columns: COLUMNS, required }),
    MAP,
  )
}
