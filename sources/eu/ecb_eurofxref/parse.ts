import { currencyOf } from '../../../src/model/currency.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { type Day, isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { isoCode, rateText, SheetPile } from '../../../src/source/format/rate-sheet.ts'
import { csvRecords } from '../../../src/source/parse/csv.ts'
import { parsePartialDate } from '../../../src/source/parse/date.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed, wholeText } from '../../../src/source/parse/text.ts'
import { xmlRecords } from '../../../src/source/parse/xml.ts'

/** The newest file first: where two speak of one day, it is the later word. */
const ROLES = ['daily', 'hist90', 'hist'] as const
const SHEET = { base: 'EUR', kind: 'fixing', direction: 'base_in_quote' } as const

/**
 * One `sheet` statement for each day: one euro in each currency. `hist` is the CSV of all days
 * (`N/A` where a currency is not quoted, an empty column at the end), `hist90` and `daily` are the
 * XML of ninety days and of one.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  const files = ROLES.map((role) => ctx.optional(role)).filter((file) => file !== undefined)
  for (const file of files) {
    if (file.role === 'hist') await readTable(ctx, file, pile)
    else await readCubes(ctx, file, pile)
  }
  yield* pile.items(files[0] ?? ctx.file('hist'))
}

async function readTable(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  let columns: readonly (string | undefined)[] | undefined
  for await (const { record, cells } of csvRecords(file)) {
    const row = at.record(file.role, record)
    if (columns === undefined) {
      columns = columnsOf(ctx, file, cells)
      continue
    }
    ctx.countRow()
    const day = dayOf(cells[0] ?? '')
    if (day === undefined) {
      ctx.note('sheet.day_unreadable', `${row}: ${(cells[0] ?? '').slice(0, 40)}`)
      continue
    }
    const quotes = new Map<string, string>()
    for (const [i, code] of columns.entries()) {
      const cell = cells[i]?.trim() ?? ''
      if (code === undefined || cell === '' || cell === 'N/A') continue
      const rate = rateText(ctx, cell, `${row} ${code}`)
      if (rate !== undefined) quotes.set(code, rate)
    }
    pile.add({ ...SHEET, day, quotes, row })
  }
}

/** The code of each column; undefined for the date, the empty one at the end and unknown ones. */
function columnsOf(ctx: CrawlContext, file: InputFile, cells: readonly string[]) {
  const names = cells.map((cell) => cell.trim())
  const known = names.filter((name) => currencyOf(name) !== undefined)
  if (names[0]?.toLowerCase() !== 'date' || known.length === 0) {
    throw malformed(file, 'the header is not "Date" and currency codes.')
  }
  const seen = new Set<string>()
  return names.map((name, i) => {
    if (i === 0 || name === '') return undefined
    const code = isoCode(ctx, name, `${file.role} header`)
    if (code === undefined || seen.has(code)) return undefined
    seen.add(code)
    return code
  })
}

/** `2026-04-13`, or `13 April 2026` as the daily table writes it. */
function dayOf(text: string): Day | undefined {
  const day = parsePartialDate(text)
  return day !== undefined && isDay(day) ? day : undefined
}

interface Cube {
  readonly day: string
  readonly rates: { readonly currency: string; readonly rate: string }[]
}

async function readCubes(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const cubes: Cube[] = []
  const onOpen = (name: string, attributes: Readonly<Record<string, string>>) => {
    if (name !== 'Cube') return
    const { time, currency, rate } = attributes
    if (time !== undefined) cubes.push({ day: time, rates: [] })
    if (currency !== undefined) cubes.at(-1)?.rates.push({ currency, rate: rate ?? '' })
  }
  // Everything is in attributes, so the document is walked and no element is kept.
  for await (const _ of xmlRecords(file, { records: [], onOpen })) break
  const places = await placesOf(file)
  for (const [i, { day, rates }] of cubes.entries()) {
    ctx.countRow()
    const place = places[i]
    const row =
      place === undefined ? at.file(file.role) : at.chars(file.role, place.start, place.end)
    if (!isDay(day)) {
      ctx.note('sheet.day_unreadable', `${row}: ${day.slice(0, 40)}`)
      continue
    }
    const quotes = new Map<string, string>()
    for (const { currency, rate } of rates) {
      const code = isoCode(ctx, currency, row)
      const text = code === undefined ? undefined : rateText(ctx, rate, `${row} ${code}`)
      if (code !== undefined && text !== undefined) quotes.set(code, text)
    }
    pile.add({ ...SHEET, day, quotes, row })
  }
}

/** Where each dated element begins and ends, in order. */
async function placesOf(file: InputFile) {
  const text = await wholeText(file)
  return [...text.matchAll(/<(?:\w+:)?Cube\s[^<>]*\btime\s*=[^<>]*>/g)].map((match) => {
    const end = text.indexOf('</', match.index)
    const close = end === -1 ? -1 : text.indexOf('>', end)
    return { start: match.index, end: close === -1 ? text.length : close + 1 }
  })
}
