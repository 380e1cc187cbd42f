import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'
import { scriptFields } from '../../../src/source/format/script_list.ts'
import { markupText } from '../../../src/source/parse/html.ts'

/** The whole list stands in a script of the page, under `$X.PMD`. */
const MAP: FirmMap = {
  names: (row) => namesIn(markupText(row.get('name'))),
  websites: ['website'],
  address: (row) => markupText(row.get('address')),
  notes: (row) => markupText(row.get('remark')),
  sourceUrl: 'url',
  says: [
    warning({
      regulator: fixed('Securities Commission Malaysia'),
      country: fixed('MY'),
      date: { of: 'date', forms: ['written', 'dmy', 'iso'] },
      reason: (row) =>
        isClone(row.get('name')) ? 'Potential clone entity' : cloneMark(row.get('remark')),
    }),
  ],
}

const CLONE = /^\s*potential clone entity\s*[–-]\s*/iu

function isClone(name: string): boolean {
  return CLONE.test(name)
}

/** The name of a clone is that of the firm that it imitates: it keeps the mark. */
function namesIn(cell: string): readonly string[] {
  const names = cell.replace(CLONE, '').split(/\s+\/\s+|\n/u)
  return isClone(cell) ? names.map((name) => `${name.trim()} (potential clone entity)`) : names
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = scriptFields(ctx, {
    role: 'list',
    after: /\$X\.PMD\s*=/,
    required: ['name', 'website'],
  })
  return firmsOf(ctx, rows, MAP)
}
