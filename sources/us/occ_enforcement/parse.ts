import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { warning } from '../../../src/source/format/sayings.ts'

/** Members of the export at https://apps.occ.gov/EASearch/ */
const MAP: FirmMap = {
  key: (row) =>
    [row.get('DocketNumber'), row.get('DocumentNumber'), nameOf(row)].filter(Boolean).join(':'),
  schema: (row) => (isPerson(row) ? 'Person' : 'Company'),
  names: (row) => nameOf(row),
  country: fixed('US'),
  address: (row) => [row.get('CityName'), row.get('StateName')].filter(Boolean).join(', '),
  registrationNumber: (row) =>
    nameOf(row) === row.get('BankName') ? row.get('CharterNumber') : '',
  notes: (row) => (nameOf(row) === row.get('BankName') ? '' : `Bank: ${row.get('BankName')}`),
  says: [
    warning({
      regulator: fixed('Office of the Comptroller of the Currency'),
      country: fixed('US'),
      kind: 'enforcement',
      date: { of: 'CompleteDate', forms: ['mdy', 'iso'] },
      to: { of: 'TerminationDate', forms: ['mdy', 'iso'] },
      infringement: 'EnforcementTypeDescription',
      measure: 'Amount',
    }),
  ],
}

function isPerson(row: FieldRow): boolean {
  return row.get('CompanyName') === '' && row.get('LastName') !== ''
}

/** The company, else the person, else the bank: whom the action is against. */
function nameOf(row: FieldRow): string {
  const person = [row.get('FirstName'), row.get('LastName')].filter((part) => part !== '').join(' ')
  return row.get('CompanyName') || person || row.get('BankName')
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ['list'],
    path: [],
    required: ['BankName', 'CompleteDate'],
  })
  return firmsOf(ctx, rows, MAP)
}
