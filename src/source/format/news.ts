import type { SourceItem } from '../../model/statement.ts'
import type { CrawlContext } from '../crawl.ts'
import { markupText } from '../parse/html.ts'
import { readDay } from './day.ts'
import type { FieldRow } from './fields.ts'
import type { Dated, FirmMap, Read } from './firm.ts'
import { firmItems, fixed, oneLine } from './firm.ts'
import { namesOf } from './names.ts'
import { about, quality } from './say.ts'
import { cloneMark, warning } from './sayings.ts'

/** Titles of one kind that name the firm they are about. */
interface NewsRule {
  /** On the title; the group `name` is the firm, or several. */
  readonly when: RegExp
  /** Titles that name the victim: somebody else goes by that firm's name. */
  readonly except?: RegExp
  readonly kind: 'warning' | 'enforcement'
  /** What the title says of it: `Bußgeld`. */
  readonly infringement?: string
}

/** A feed of news of an authority, some of which are warnings. */
export interface NewsMap {
  readonly key: Read
  readonly title: Read
  readonly date: Dated
  readonly sourceUrl: Read
  readonly regulator: string
  /** ISO 3166-1 alpha-2 of the regulator. */
  readonly country: string
  readonly rules: readonly NewsRule[]
}

/** The statements of all items: a warning where the title names a firm, else what was published. */
export async function* newsOf(
  ctx: CrawlContext,
  rows: AsyncIterable<FieldRow>,
  map: NewsMap,
): AsyncIterable<SourceItem> {
  for await (const row of rows) yield* newsItems(ctx, row, map)
}

/** The statements of one item. */
export function newsItems(ctx: CrawlContext, row: FieldRow, map: NewsMap): SourceItem[] {
  const title = oneLine(markupText(read(map.title, row)))
  for (const rule of map.rules) {
    const name = rule.when.exec(title)?.groups?.name
    if (name !== undefined && rule.except?.test(title) !== true)
      return firmItems(ctx, row, firmMap(map, rule, { name, title }))
  }
  return eventItems(ctx, row, { map, title })
}

function firmMap(map: NewsMap, rule: NewsRule, p: { name: string; title: string }): FirmMap {
  const mark = cloneMark(p.title)
  return {
    key: map.key,
    names: () => namesOf(p.name),
    sourceUrl: map.sourceUrl,
    says: [
      warning({
        regulator: fixed(map.regulator),
        country: fixed(map.country),
        kind: rule.kind,
        date: map.date,
        reason: fixed(mark || p.title),
        ...(rule.infringement !== undefined && { infringement: fixed(rule.infringement) }),
      }),
    ],
  }
}

/**
 * What was published, where the title does not tell whom it is about. It is found by its words and
 * decides nothing: who is charged and who complained is not guessed from a sentence.
 */
function eventItems(
  ctx: CrawlContext,
  row: FieldRow,
  { map, title }: { map: NewsMap; title: string },
): SourceItem[] {
  const key = oneLine(read(map.key, row)).slice(0, 300)
  if (key === '' || title === '') {
    ctx.note('item_unreadable', `${row.row}: ${title.slice(0, 100)}`)
    return []
  }
  const say = about(`${ctx.dataset}:${key}`, row.row)
  const items = [say('schema', 'Event'), say('name', title)]
  const dateText = read(map.date.of, row)
  const day = readDay(dateText, map.date.forms)
  if (day !== undefined) items.push(say('startDate', day))
  else if (dateText !== '') {
    ctx.note('date_unreadable', `${row.row}: ${dateText.slice(0, 100)}`)
    items.push(quality(say, 'date_unreadable', 'startDate', dateText.slice(0, 100)))
  }
  const url = read(map.sourceUrl, row)
  if (URL.canParse(url)) items.push(say('sourceUrl', url))
  return items
}

function read(field: Read, row: FieldRow): string {
  return typeof field === 'string' ? row.get(field) : field(row)
}
