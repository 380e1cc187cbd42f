import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { rateText, SheetPile, sheetCode } from '../../../src/source/format/rate-sheet.ts'
import { isRecord } from '../../../src/source/parse/json.ts'
import { exactJson } from '../../../src/source/parse/json-exact.ts'
import { lines } from '../../../src/source/parse/lines.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

const SHEET = { kind: 'market', direction: 'base_in_quote' } as const

/**
 * One `sheet` statement for each day: one unit of the base (the dollar, in the files that are read)
 * in each other code. Roles that begin with `usd` are the publisher's JSON of one day; `table` and
 * `history` are `date,currency,units_per_usd` lines of many days. A number's digits are kept; an
 * exponent is written out, so that both forms make the same statement.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  for (const file of ctx.files) {
    if (file.role === 'table' || file.role === 'history') await readTable(ctx, file, pile)
    else await readDay(ctx, file, pile)
  }
  yield* pile.items(ctx.files[0] ?? ctx.file('usd'))
}

async function readDay(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const content = await exactJson(file)
  const day = isRecord(content) ? content.date : undefined
  if (!isRecord(content) || typeof day !== 'string' || !isDay(day)) {
    throw malformed(file, 'it has no day "date".')
  }
  const bases = Object.entries(content).filter(([key]) => key !== 'date')
  const [name, rates] = bases[0] ?? []
  if (bases.length !== 1 || name === undefined || !isRecord(rates)) {
    throw malformed(file, 'it has not one map of rates.')
  }
  const row = at.pointer(placeOf(ctx, file), name)
  const base = sheetCode(ctx, name, row)
  if (base === undefined) throw malformed(file, 'its base has no readable code.')
  const quotes = new Map<string, string>()
  for (const [raw, value] of Object.entries(rates)) {
    ctx.countRow()
    addQuote(ctx, quotes, { base, raw, value, where: row })
  }
  pile.add({ ...SHEET, base, day, quotes, row })
}

/** The files of several days have one role in a folder of recorded files: then the name tells. */
function placeOf(ctx: CrawlContext, file: InputFile): string {
  const isAlone = ctx.files.filter(({ role }) => role === file.role).length === 1
  return isAlone ? file.role : `${file.role}/${file.name.replaceAll('#', '%23')}`
}

interface Said {
  readonly base: string
  readonly raw: string
  readonly value: unknown
  readonly where: string
}

function addQuote(ctx: CrawlContext, quotes: Map<string, string>, said: Said): void {
  const code = sheetCode(ctx, said.raw, said.where)
  if (code === undefined || code === said.base) return
  const rate = rateText(ctx, said.value, `${said.where} ${code}`)
  if (rate === undefined) return
  const known = quotes.get(code)
  if (known === undefined) quotes.set(code, rate)
  else if (known !== rate) ctx.note('rate.twice', `${said.where}: ${code} ${known} ${rate}`)
}

interface DayLines {
  first: number
  last: number
  readonly quotes: Map<string, string>
}

async function readTable(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const days = new Map<string, DayLines>()
  let base: string | undefined
  for await (const { line, text } of lines(file)) {
    const cells = text.split(',').map((cell) => cell.trim())
    if (base === undefined) {
      base = baseOf(ctx, file, cells)
      continue
    }
    if (text.trim() === '') continue
    ctx.countRow()
    const [day = '', raw = '', value = ''] = cells
    if (!isDay(day) || cells.length !== 3) {
      ctx.note('sheet.row_unreadable', `line ${line}: ${text.slice(0, 60)}`)
      continue
    }
    let known = days.get(day)
    if (known === undefined) {
      known = { first: line, last: line, quotes: new Map() }
      days.set(day, known)
    }
    known.last = line
    addQuote(ctx, known.quotes, { base, raw, value, where: `line ${line}` })
  }
  for (const [day, { first, last, quotes }] of days) {
    const row = at.line(placeOf(ctx, file), first, last)
    pile.add({ ...SHEET, base: base ?? '', day, quotes, row })
  }
}

/** `date,currency,units_per_usd` → `USD`. */
function baseOf(ctx: CrawlContext, file: InputFile, header: readonly string[]): string {
  const [date, currency, unit = ''] = header
  const base = /^units_per_([a-z]{3})$/.exec(unit)?.[1]
  const code = base === undefined ? undefined : sheetCode(ctx, base, 'header')
  if (date === 'date' && currency === 'currency' && code !== undefined) return code
  throw malformed(file, 'the header is not "date,currency,units_per_" and a code.')
}
