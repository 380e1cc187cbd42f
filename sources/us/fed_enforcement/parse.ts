import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import { csvFields } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { warning } from '../../../src/source/format/sayings.ts'

/** Columns of the file at https://www.federalreserve.gov/supervisionreg/enforcement-actions-about.htm */
const REQUIRED = [
  'Effective Date',
  'Termination Date',
  'Banking Organization',
  'Individual',
  'Action',
]
const KNOWN = ['Individual Affiliation', 'Name', 'Note', 'URL']

const MAP: FirmMap = {
  key: (row) => [row.get('Effective Date'), nameOf(row), row.get('Action')].join(':'),
  schema: (row) => (row.get('Individual') === '' ? 'Company' : 'Person'),
  names: (row) => nameOf(row),
  notes: (row) => [row.get('Note'), affiliation(row)],
  sourceUrl: (row) => urlOf(row.get('URL')),
  // "Does not exist", where an action has no page.
  blank: /^DNE$/u,
  says: [
    warning({
      regulator: fixed('Board of Governors of the Federal Reserve System'),
      country: fixed('US'),
      kind: 'enforcement',
      date: { of: 'Effective Date', forms: ['iso', 'mdy'] },
      to: { of: 'Termination Date', forms: ['iso', 'mdy'] },
      infringement: 'Action',
    }),
  ],
}

function nameOf(row: FieldRow): string {
  return row.get('Individual') || row.get('Banking Organization')
}

function affiliation(row: FieldRow): string {
  const text = row.get('Individual Affiliation')
  return text === '' ? '' : `Affiliation: ${text}`
}

function urlOf(text: string): string {
  const isUrl =
    text !== '' && text !== 'DNE' && URL.canParse(text, 'https://www.federalreserve.gov')
  return isUrl ? new URL(text, 'https://www.federalreserve.gov').href : ''
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  return firmsOf(ctx, csvFields(ctx, { role: 'list', required: REQUIRED, known: KNOWN }), MAP)
}
