import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { isoCode, rateText, SheetPile } from '../../../src/source/format/rate-sheet.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { exactJson } from '../../../src/source/parse/json-exact.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

/** `FXUSDCAD`: one United States dollar in Canadian dollars. */
const SERIES = /^FX([A-Z]{3})CAD$/

/** One `sheet` statement for each observed day: one unit of each currency in Canadian dollars. */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  for (const file of ctx.files) await readFile(ctx, file, pile)
  yield* pile.items(ctx.files[0] ?? ctx.file('history'))
}

async function readFile(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const content = await exactJson(file)
  const observations = isRecord(content) ? content.observations : undefined
  if (!Array.isArray(observations)) throw malformed(file, 'it has no list "observations".')
  for (const [i, entry] of observations.entries()) {
    const row = at.pointer(file.role, 'observations', i)
    const observation: Record<string, unknown> = isRecord(entry) ? entry : {}
    const day = observation.d
    ctx.countRow()
    if (typeof day !== 'string' || !isDay(day)) {
      ctx.note('sheet.day_unreadable', `${row}: ${String(day).slice(0, 40)}`)
      continue
    }
    const quotes = new Map<string, string>()
    for (const [series, cell] of Object.entries(observation)) {
      if (series === 'd') continue
      const code = codeOf(ctx, series, row)
      const value = isRecord(cell) ? cell.v : undefined
      // A series that has ended, or a holiday of one market, has an empty value.
      if (code === undefined || value === undefined || value === null || value === '') continue
      const rate = rateText(ctx, value, `${row} ${series}`)
      if (rate !== undefined) quotes.set(code, rate)
    }
    pile.add({ base: 'CAD', day, kind: 'fixing', direction: 'quote_in_base', quotes, row })
  }
}

function codeOf(ctx: CrawlContext, series: string, row: string): string | undefined {
  const code = SERIES.exec(series)?.[1]
  if (code !== undefined) return isoCode(ctx, code, row)
  ctx.note('rate.series_unknown', `${row}: ${series.slice(0, 40)}`)
  return undefined
}
