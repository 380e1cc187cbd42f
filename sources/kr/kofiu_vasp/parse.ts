import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { xlsxFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { licence } from '../../../src/source/format/sayings.ts'

/** Columns of the workbook: number, service, firm, day of acceptance, day of being struck off. */
const COLUMNS = {
  service: /서비스/u,
  name: /법인|상호|사업자\s*명/u,
  representative: /대표/u,
  from: /수리/u,
  struckOff: /말소/u,
  website: /홈페이지|누리집|URL/iu,
}

const MAP: FirmMap = {
  schema: fixed('Company'),
  names: 'name',
  aliases: 'service',
  websites: ['website'],
  country: fixed('KR'),
  says: [
    licence({
      regulator: 'Korea Financial Intelligence Unit',
      country: 'KR',
      kind: 'registration',
      word: (row) => (isStruckOff(row) ? '직권말소' : '신고 수리'),
      status: (_word, row) => (isStruckOff(row) ? 'revoked' : 'registered'),
      from: { of: 'from', forms: ['ymd', 'iso'] },
      to: { of: dayStruckOff, forms: ['ymd', 'iso'] },
    }),
  ],
}

function isStruckOff(row: FieldRow): boolean {
  return !/^(?:[-–—.\s]*|해당\s?없음|없음|N|X)$/iu.test(row.get('struckOff'))
}

/** The cell may hold a mark or a sentence instead of a day. */
function dayStruckOff(row: FieldRow): string {
  return /(?:19|20)\d\d[.-]\s?\d{1,2}[.-]\s?\d{1,2}/.exec(row.get('struckOff'))?.[0] ?? ''
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const required = ['service', 'name', 'from']
  return firmsOf(ctx, xlsxFields(ctx, { role: 'register', columns: COLUMNS, required }), MAP)
}
