import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { licence } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.bvifsc.vg/regulated-entities-vasp'

const COLUMNS = {
  name: /^(?:entity |company |regulated entity )?name/i,
  services: /categor|type|activit/i,
  number: /(?:licen[cs]e|certificate|registration).*(?:number|no\.?)/i,
  from: /^date/i,
  address: /address/i,
}

const MAP: FirmMap = {
  schema: fixed('Company'),
  names: 'name',
  country: fixed('VG'),
  address: 'address',
  sourceUrl: (row) => row.links('name')[0] ?? '',
  says: [
    licence({
      regulator: 'British Virgin Islands Financial Services Commission',
      country: 'VG',
      kind: 'registration',
      word: fixed('registered virtual assets service provider'),
      status: () => 'registered',
      number: 'number',
      services: 'services',
      from: { of: 'from', forms: ['dmy', 'written', 'iso'] },
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageTable(ctx, {
    role: 'register',
    base: PAGE,
    columns: COLUMNS,
    required: ['name', 'services'],
  })
  return firmsOf(ctx, rows, MAP)
}
