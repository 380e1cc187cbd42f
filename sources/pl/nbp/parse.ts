import type { Quote } from '../../../src/model/rate-sheet.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { isoCode, rateText, SheetPile } from '../../../src/source/format/rate-sheet.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { exactJson } from '../../../src/source/parse/json-exact.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

type Table = 'A' | 'B' | 'C'

/**
 * One `sheet` statement for each table of each day: one unit of a currency in zloty. Table A (the
 * main currencies) is the fixing; B (the others, weekly) is one, too, and has an entity of its own,
 * as C has, whose `bid` and `ask` are the sides of a board.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  for (const file of ctx.files) await readFile(ctx, file, pile)
  yield* pile.items(ctx.files[0] ?? ctx.file('a'))
}

async function readFile(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const content = await exactJson(file)
  if (!Array.isArray(content)) throw malformed(file, 'it is no list of tables.')
  for (const [i, entry] of content.entries()) {
    const row = at.pointer(file.role, i)
    const table = isRecord(entry) ? tableOf(entry.table) : undefined
    const day = isRecord(entry) ? entry.effectiveDate : undefined
    if (!isRecord(entry) || table === undefined || !Array.isArray(entry.rates)) {
      ctx.note('sheet.table_unreadable', `${row}: ${JSON.stringify(entry).slice(0, 80)}`)
      continue
    }
    if (typeof day !== 'string' || !isDay(day)) {
      ctx.note('sheet.day_unreadable', `${row}: ${String(day).slice(0, 40)}`)
      continue
    }
    const quotes = quotesOf(ctx, entry.rates, { table, row })
    const kind = table === 'C' ? 'board' : 'fixing'
    const sheet = { base: 'PLN', day, kind, direction: 'quote_in_base', quotes, row } as const
    pile.add(table === 'A' ? sheet : { ...sheet, table: table.toLowerCase() })
  }
}

function tableOf(value: unknown): Table | undefined {
  return value === 'A' || value === 'B' || value === 'C' ? value : undefined
}

function quotesOf(
  ctx: CrawlContext,
  rates: readonly unknown[],
  { table, row }: { readonly table: Table; readonly row: string },
): Map<string, Quote> {
  const quotes = new Map<string, Quote>()
  for (const rate of rates) {
    ctx.countRow()
    const code = isRecord(rate) ? isoCode(ctx, String(rate.code), row) : undefined
    if (!isRecord(rate) || code === undefined) continue
    if (quotes.has(code)) {
      ctx.note('rate.twice', `${row}: ${code}`)
      continue
    }
    const where = `${row} ${code}`
    if (table !== 'C') {
      const mid = rateText(ctx, rate.mid, where)
      if (mid !== undefined) quotes.set(code, mid)
      continue
    }
    const buy = rateText(ctx, rate.bid, where)
    const sell = rateText(ctx, rate.ask, where)
    if (buy !== undefined && sell !== undefined) quotes.set(code, { unit: '1', buy, sell })
  }
  return quotes
}
