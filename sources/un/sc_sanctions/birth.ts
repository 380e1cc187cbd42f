import type { SourceItem } from '../../../src/model/statement.ts'
import type { CrawlContext } from '../../../src/source/crawl.ts'
import type { Say } from '../../../src/source/format/say.ts'
import { quality } from '../../../src/source/format/say.ts'
import { parsePartialDate, parseWrittenDate } from '../../../src/source/parse/date.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { childText } from '../../../src/source/parse/xml.ts'

/**
 * A date of birth: exact (`DATE`, `YEAR`, or only a `NOTE` such as "Nov. 1973"), approximate, or
 * between two years, whose ends are given. The type and the note stay in `original`.
 */
export function birthDates(ctx: CrawlContext, element: XmlElement, say: Say): SourceItem[] {
  const note = childText(element, 'NOTE')?.replace(/\s+/g, ' ')
  const from = childText(element, 'FROM_YEAR')
  const to = childText(element, 'TO_YEAR')
  const exact = childText(element, 'DATE') ?? childText(element, 'YEAR')
  if (from !== undefined && to !== undefined) {
    return read(ctx, say, [from, to], withNote(`between ${from} and ${to}`, note))
  }
  if (exact !== undefined) {
    const isApproximate = childText(element, 'TYPE_OF_DATE') === 'APPROXIMATELY'
    const text = isApproximate ? `approximately ${exact}` : exact
    return read(ctx, say, [exact], withNote(text, note))
  }
  if (note === undefined) return []
  const written = parseWrittenDate(note)
  if (written !== undefined) return read(ctx, say, written.values, note)
  ctx.note('date_unreadable', note)
  return [quality(say, 'date_unreadable', 'birthDate', note)]
}

function read(
  ctx: CrawlContext,
  say: Say,
  texts: readonly string[],
  original: string,
): SourceItem[] {
  const values = texts.map(parsePartialDate)
  if (values.some((value) => value === undefined)) {
    ctx.note('date_unreadable', original)
    return [quality(say, 'date_unreadable', 'birthDate', original)]
  }
  const distinct = [...new Set(values.filter((value) => value !== undefined))]
  return distinct.map((value) => say('birthDate', value, { original }))
}

function withNote(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text} (${note})`
}
