import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { licence } from '../../../src/source/format/sayings.ts'

/** Answer of the register's own search, https://online.apps.austrac.gov.au/vaspr */
const MAP: FirmMap = {
  key: (row) => row.get('abn') || row.get('acn') || row.get('legalName'),
  schema: fixed('Company'),
  names: 'legalName',
  aliases: (row) => row.get('businessNames').split('\n'),
  country: fixed('AU'),
  registrationNumber: (row) => (row.get('abn') === '' ? '' : `ABN ${row.get('abn')}`),
  says: [
    licence({
      regulator: 'Australian Transaction Reports and Analysis Centre (AUSTRAC)',
      country: 'AU',
      kind: 'registration',
      word: fixed('registered virtual asset service provider'),
      status: () => 'registered',
      number: 'registrationNumber',
      // The register gives no day of registration.
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ['register'],
    path: ['content', 'data'],
    total: ['content', 'totalCount'],
    required: ['legalName'],
  })
  return firmsOf(ctx, rows, MAP)
}
