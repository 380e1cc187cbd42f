import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { licence, statusBy } from '../../../src/source/format/sayings.ts'

/** Columns of the register's own file, https://fintrac-canafe.canada.ca/msb-esm/reg-eng */
const NAMES = 'Organization Names (Legal and Operating)'
const REQUIRED = [NAMES, 'MSB Registration Status', 'MSB Registration Number']
const KNOWN = [
  'Business Address',
  'Website',
  'Services Offered',
  'Jurisdiction of Incorporation',
  'Incorporation Number',
  'Date of Incorporation',
  'Date Initial MSB Registration Approval',
  'MSB Registration Expiry Date',
  'MSB Registration Cessation Date',
  'MSB Registration Revocation Date',
  'Branches',
  'Agents',
]

const STATUS = statusBy([
  [/^registered$/i, 'registered'],
  [/^expired$/i, 'expired'],
  [/^revoked$/i, 'revoked'],
  [/^(?:ceased|cancell?ed)$/i, 'withdrawn'],
  [/^(?:pending|in progress)$/i, 'pending'],
  [/^suspended$/i, 'suspended'],
])

const MAP: FirmMap = {
  key: 'MSB Registration Number',
  schema: fixed('Company'),
  names: (row) => labelled(row, 'legal'),
  aliases: (row) => labelled(row, 'operating'),
  websites: ['Website'],
  address: 'Business Address',
  registrationNumber: 'Incorporation Number',
  notes: (row) => prefixed(row, 'Jurisdiction of Incorporation'),
  says: [
    licence({
      regulator: 'Financial Transactions and Reports Analysis Centre of Canada (FINTRAC)',
      country: 'CA',
      kind: 'registration',
      word: 'MSB Registration Status',
      status: STATUS,
      number: 'MSB Registration Number',
      services: 'Services Offered',
      from: { of: 'Date Initial MSB Registration Approval', forms: ['iso', 'ymd', 'written'] },
      to: { of: ended, forms: ['iso', 'ymd', 'written'] },
    }),
  ],
}

/** The day on which a registration ended; the expiry of one in force is when it has to be renewed. */
function ended(row: FieldRow): string {
  if (/^registered$/i.test(row.get('MSB Registration Status'))) return ''
  return (
    row.get('MSB Registration Revocation Date') ||
    row.get('MSB Registration Cessation Date') ||
    row.get('MSB Registration Expiry Date')
  )
}

/** `Legal Name: A, Inc.,` and `Operating Name: B`, each in a line of its own or after a comma. */
function labelled(row: FieldRow, kind: 'legal' | 'operating'): readonly string[] {
  const cell = row.get(NAMES)
  const parts = cell.split(/(?:^|[,;]?\s*\n|,\s+)(?=(?:legal|operating)\s+names?\s*:)/iu)
  const label = new RegExp(`^\\s*${kind}\\s+names?\\s*:\\s*`, 'iu')
  const names = parts
    .filter((part) => label.test(part))
    .map((part) => part.replace(label, '').replace(/[,;]\s*$/u, ''))
  const isPlain = kind === 'legal' && !/(?:legal|operating)\s+names?\s*:/iu.test(cell)
  return isPlain ? [cell] : names
}

function prefixed(row: FieldRow, column: string): string {
  const text = row.get(column)
  return text === '' ? '' : `${column}: ${text}`
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return firmsOf(ctx, csvFields(ctx, { role: 'register', required: REQUIRED, known: KNOWN }), MAP)
}
