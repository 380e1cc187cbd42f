import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { cloneMark, markedNames, warning } from '../../../src/source/format/sayings.ts'

/**
 * Solr answer of the list's own search (https://www.mas.gov.sg/investor-alert-list). `numFound` is
 * the number of all entries. Names of one entry are divided by semicolons in `_t`, by commas in `_s`.
 */
const MAP: FirmMap = {
  key: 'id',
  names: (row) => markedNames(listOf(row.get('unregulatedpersons_t')), row.get('notes_s')),
  aliases: (row) => markedNames(listOf(row.get('alternativename_t')), row.get('notes_s')),
  previousNames: (row) => markedNames(listOf(row.get('formername_t')), row.get('notes_s')),
  websites: ['website_s'],
  address: 'address_s',
  email: 'email_s',
  phone: 'phonenumber_s',
  notes: (row) => [row.get('notes_s'), related(row)],
  sourceUrl: fixed('https://www.mas.gov.sg/investor-alert-list'),
  says: [
    warning({
      regulator: fixed('Monetary Authority of Singapore'),
      country: fixed('SG'),
      date: { of: 'date_dt', forms: ['iso'] },
      reason: (row) => cloneMark(row.get('notes_s')),
    }),
  ],
}

function listOf(cell: string): readonly string[] {
  return cell.split(/\s*;\s*|\n/u)
}

function related(row: FieldRow): string {
  const names = row.get('relatedunregulatedpersons_s')
  return names === '' ? '' : `Related: ${names}`
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ['list'],
    path: ['response', 'docs'],
    total: ['response', 'numFound'],
    required: ['id', 'unregulatedpersons_t'],
  })
  return firmsOf(ctx, rows, MAP)
}
