import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { warning } from '../../../src/source/format/sayings.ts'

import { countryCode } from '../../../src/source/lookup.ts'
import { markupText } from '../../../src/source/parse/html.ts'

/**
 * Solr answer of the register, https://registers.esma.europa.eu/publication/searchRegister (core
 * `esma_registers_sanctions`). `sn_date` is the sanction's own day; ESMA's own days are left out.
 */
const MAP: FirmMap = {
  key: 'id',
  names: (row) => [plain(row, 'sn_entityName'), plain(row, 'sn_otherEntityName')],
  leiCode: 'sn_entityLEI',
  notes: (row) => plain(row, 'sn_translatedText') || plain(row, 'sn_text'),
  sourceUrl: (row) => PAGE + encodeURIComponent(row.get('id')),
  says: [
    warning({
      regulator: (row) => row.get('sn_ncaCodeFullName') || row.get('sn_sanctioningNCACode'),
      country: (row) => countryCode(row.get('sn_authorityKey')) ?? '',
      kind: 'enforcement',
      date: { of: 'sn_date', forms: ['iso'] },
      infringement: 'sn_sanctionLegalFrameworkName',
      measure: 'sn_natureFullName',
    }),
  ],
}

const PAGE =
  'https://registers.esma.europa.eu/publication/details?core=esma_registers_sanctions&docId='

/** Texts are HTML; a sanction against a person names no entity and is not kept by name. */
function plain(row: FieldRow, field: string): string {
  return markupText(row.get(field)).replace(/\s+/gu, ' ').slice(0, 8_000)
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ['list'],
    path: ['response', 'docs'],
    total: ['response', 'numFound'],
    required: ['id', 'sn_sanctioningNCACode'],
  })
  return firmsOf(ctx, rows, MAP)
}
