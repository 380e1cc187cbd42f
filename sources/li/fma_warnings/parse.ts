import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import { dayInZone } from '../../../src/source/format/day.ts'
import type { FieldRow } from '../../../src/source/format/fields.ts'
import type { FirmMap } from '../../../src/source/format/firm.ts'
import { firmsOf, fixed } from '../../../src/source/format/firm.ts'
import { jsonFields } from '../../../src/source/format/json_list.ts'
import { isSite, namesOf } from '../../../src/source/format/names.ts'
import { cloneMark, warning } from '../../../src/source/format/sayings.ts'
import { markupText } from '../../../src/source/parse/html.ts'

/**
 * Pages of the list's own search, twelve entries each (https://www.fma-li.li/en/, "Warnings").
 * `total_count` is the number of all. Pages behind the last one are empty.
 */
const ROLES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((page) => `page${page}`)

const QUOTED = /[«“"]([^»”"]{2,200})[»”"]/gu

const MAP: FirmMap = {
  key: 'element_id',
  names: (row) => namesIn(row),
  websites: [(row) => sitesIn(row).join(' | ')],
  sourceUrl: 'detail_url',
  says: [
    warning({
      regulator: fixed('Financial Market Authority Liechtenstein'),
      country: fixed('LI'),
      date: { of: publishedOn, forms: ['iso'] },
      reason: (row) => cloneMark(row.get('text')) || row.get('category_label'),
    }),
  ],
}

/** `Warning: «Example Vault»` → the quoted names, else the title without its first word. */
function namesIn(row: FieldRow): readonly string[] {
  const title = markupText(row.get('title'))
  const quoted = [...title.matchAll(QUOTED)].map((match) => match[1] ?? '')
  if (quoted.length > 0) return quoted.map(refanged)
  return namesOf(
    refanged(title.replace(/^(?:warning|website)\s*:?\s*/iu, '').replace(/^website\s+/iu, '')),
  )
}

/** Sites stand in the title and, in quotes, in the text; the imitated firm is never quoted. */
function sitesIn(row: FieldRow): readonly string[] {
  const text = markupText(row.get('text'))
  const quoted = [...text.matchAll(QUOTED)].map((match) => refanged(match[1] ?? ''))
  return [...namesIn(row), ...quoted].filter((name) => isSite(name) && !name.includes('@'))
}

function refanged(text: string): string {
  return text.replace(/\[dot\]/giu, '.').trim()
}

/** Seconds at local midnight. */
function publishedOn(row: FieldRow): string {
  const seconds = Number(row.get('release_date'))
  return (seconds > 0 && dayInZone(seconds * 1_000, 'Europe/Vaduz')) || row.get('release_date')
}

export function crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const rows = jsonFields(ctx, {
    roles: ROLES,
    path: ['result'],
    total: ['total_count'],
    required: ['element_id', 'title'],
  })
  return firmsOf(ctx, rows, MAP)
}
