import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { pageTable } from '../../../src/source/format/page_list.ts'
import { warning } from '../../../src/source/format/sayings.ts'

const PAGE =
  'https://www.sec.gov/enforcement-litigation/public-alerts-unregistered-soliciting-entities'

/** The table of the page: the name, which links to the alert, and the category. */
const COLUMNS = { name: /^name\b/i, category: /^categor/i, date: /^date|added|posted|updated/i }

const MAP: FirmMap = {
  key: (row) => row.links('name')[0]?.split('/').at(-1) ?? '',
  names: (row) => nameOf(row),
  sourceUrl: (row) => row.links('name')[0] ?? PAGE,
  says: [
    warning({
      regulator: fixed('U.S. Securities and Exchange Commission'),
      country: fixed('US'),
      date: { of: 'date', forms: ['mdy', 'written', 'iso'] },
      reason: (row) => plain(row.get('category')),
    }),
  ],
}

/** On narrow screens the cells repeat their column: `Name: Example LLC`. */
function plain(text: string): string {
  return text.replace(/^(?:name|category)\s*:\s*/i, '')
}

/** The name of an impersonated firm is that firm's own: it never stands without the mark. */
function nameOf(row: FieldRow): string {
  const name = plain(row.get('name'))
  const isImpersonator = /impersonat|genuine/i.test(row.get('category'))
  if (!isImpersonator || name === '' || /imposter|impersonat|clone/i.test(name)) return name
  return `${name} (impersonator of a genuine firm)`
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = pageTable(ctx, {
    role: 'list',
    base: PAGE,
    columns: COLUMNS,
    required: ['name', 'category'],
  })
  return firmsOf(ctx, rows, MAP)
}
