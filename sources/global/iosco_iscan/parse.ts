import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf } from '../../../src/source/format/firm.ts'
import { namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'
import { countryCode } from '../../../src/source/lookup.ts'

/** Columns of the export at https://www.iosco.org/i-scan/ */
const REQUIRED = ['id', 'nca_name', 'nca_jurisdiction', 'commercial_name', 'validation_date']
const KNOWN = ['nca_id', 'nca_url', 'url', 'other_urls', 'additional_info', 'type', 'product_id']

const MAP: FirmMap = {
  key: 'id',
  names: (row) => namesOf(row.get('commercial_name')),
  websites: ['url', 'other_urls'],
  notes: 'additional_info',
  sourceUrl: 'nca_url',
  says: [
    warning({
      regulator: 'nca_name',
      country: (row) => countryCode(row.get('nca_jurisdiction')) ?? '',
      date: { of: 'validation_date', forms: ['iso', 'written'] },
      reason: (row) =>
        cloneMark(row.get('commercial_name')) || cloneMark(row.get('additional_info')),
    }),
  ],
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return firmsOf(ctx, csvFields(ctx, { role: 'list', required: REQUIRED, known: KNOWN }), MAP)
}
