import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { readDay } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { filledDown, xlsxFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { licence } from '../../../src/source/format/sayings.ts'

/** Columns of the workbook "List of Registered Crypto-asset Exchange Service Providers". */
const COLUMNS = {
  bureau: /bureau|jurisdiction/i,
  number: /registration number/i,
  from: /date of registration|registration date/i,
  name: /^(?:company |corporate |trade )?name\b/i,
  corporateNumber: /corporate number/i,
  postalCode: /postal code/i,
  address: /address|location/i,
  phone: /phone|tel/i,
  assets: /crypto-?assets?\b/i,
}

const MAP: FirmMap = {
  key: registration,
  schema: fixed('Company'),
  names: 'name',
  country: fixed('JP'),
  address: (row) =>
    [row.get('postalCode'), row.get('address')].filter((part) => part !== '').join(' '),
  phone: 'phone',
  // Thirteen digits, which a workbook may hold as a number.
  registrationNumber: (row) => /^\d{13}$/.exec(row.get('corporateNumber'))?.[0] ?? '',
  notes: (row) => (row.get('assets') === '' ? '' : `Crypto-assets handled: ${row.get('assets')}`),
  says: [
    licence({
      regulator: 'Financial Services Agency (Japan)',
      country: 'JP',
      kind: 'registration',
      word: fixed('registered crypto-asset exchange service provider'),
      status: () => 'registered',
      number: registration,
      from: { of: 'from', forms: ['iso', 'ymd', 'written', 'cjk'] },
    }),
  ],
}

/** Numbers are given anew in each bureau: `Kanto No.00001`, `Kinki No.00001`. */
function registration(row: FieldRow): string {
  const cell = row.get('number').replace(/\s+/gu, ' ')
  const number = /No\.?\s?(\d+)/i.exec(cell)?.[1]
  if (number === undefined) return ''
  const bureau = BUREAU.exec(cell)?.[1] ?? BUREAU.exec(row.get('bureau').replace(/\s+/gu, ' '))?.[1]
  return `${bureau ?? ''} No.${number.padStart(5, '0')}`.trim()
}

const BUREAU = /([A-Z][a-z]+) (?:Local )?Financ(?:e|ial) Bureau/u

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = xlsxFields(ctx, {
    role: 'register',
    columns: COLUMNS,
    required: ['number', 'from', 'name'],
    onPreamble: (cells) => published(ctx, cells),
  })
  return firmsOf(ctx, filledDown(rows, ['bureau']), MAP)
}

/** `As of September 30, 2026`, above the table. */
function published(ctx: CrawlContext, cells: readonly string[]): void {
  for (const cell of cells) {
    const text = /as of:?\s+(.+)$/isu.exec(cell)?.[1]?.replace(/[()]/g, '') ?? ''
    const day = readDay(text, ['written', 'ymd', 'cjk'])
    if (day !== undefined) ctx.setPublished(`${day}T00:00:00Z`)
  }
}
