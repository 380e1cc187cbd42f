import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageItems } from '../../../src/source/format/page_list.ts'
import { licence } from '../../../src/source/format/sayings.ts'

const PAGE = 'https://www.fsc.gi/regulated-entities/dlt-providers-38'

/** Links of the list; the number of an entity ends its address: `/regulated-entity/example-99001`. */
const MAP: FirmMap = {
  key: (row) => numberOf(row),
  schema: fixed('Company'),
  names: 'name',
  country: fixed('GI'),
  sourceUrl: (row) => row.links('name')[0] ?? '',
  says: [
    licence({
      regulator: 'Gibraltar Financial Services Commission',
      country: 'GI',
      kind: 'licence',
      word: fixed('DLT provider'),
      status: () => 'authorised',
      number: (row) => numberOf(row),
    }),
  ],
}

function numberOf(row: FieldRow): string {
  return /-(\d{1,10})$/.exec(row.links('name')[0] ?? '')?.[1] ?? ''
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageItems(ctx, {
    role: 'register',
    base: PAGE,
    item: 'a[href*="/regulated-entity/"]',
    fields: { name: '.' },
    required: ['name'],
  })
  return firmsOf(ctx, rows, MAP)
}
