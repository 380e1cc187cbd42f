import type { Quote } from '../../../src/model/rate-sheet.ts'
import type { SourceItem } from '../../../src/model/statement.ts'
import { isDay } from '../../../src/model/time.ts'
import type { CrawlContext, InputFile } from '../../../src/source/crawl.ts'
import { isoCode, rateText, SheetPile, unitText } from '../../../src/source/format/rate-sheet.ts'
import { type CsvRow, csvRecords } from '../../../src/source/parse/csv.ts'
import { at } from '../../../src/source/parse/locator.ts'
import { malformed } from '../../../src/source/parse/text.ts'

const REQUIRED = ['BASE_CUR', 'QUOTE_CUR', 'UNIT_MULT', 'TIME_PERIOD', 'OBS_VALUE']
/** The bank's indices of the krone stand among the currencies. */
const INDICES = new Set(['I44', 'TWI'])

interface DaySheet {
  readonly row: string
  readonly quotes: Map<string, Quote>
}

/**
 * One `sheet` statement for each day: 10^UNIT_MULT units of each currency in kroner. Only daily
 * spot observations are read. The row shown for a sheet is the first one of its day: a day's rows
 * are spread over the file, one below each currency.
 */
export async function* crawl(ctx: CrawlContext): AsyncIterable<SourceItem> {
  const pile = new SheetPile(ctx)
  for (const file of ctx.files) await readFile(ctx, file, pile)
  yield* pile.items(ctx.files[0] ?? ctx.file('recent'))
}

async function readFile(ctx: CrawlContext, file: InputFile, pile: SheetPile): Promise<void> {
  const days = new Map<string, DaySheet>()
  let header: Header | undefined
  for await (const record of csvRecords(file, { delimiter: ';', relaxQuotes: true })) {
    if (header === undefined) {
      header = headerOf(file, record.cells)
      continue
    }
    ctx.countRow()
    readRow(ctx, header, { record, row: at.record(file.role, record.record, ';'), days })
  }
  for (const [day, { row, quotes }] of days) {
    pile.add({ base: 'NOK', day, kind: 'fixing', direction: 'quote_in_base', quotes, row })
  }
}

interface Header {
  readonly columns: ReadonlyMap<string, number>
  /** The English form writes 1,145.56, the Norwegian one 1145,56: the header's words tell. */
  readonly isEnglish: boolean
}

function headerOf(file: InputFile, cells: readonly string[]): Header {
  const columns = new Map(cells.map((cell, i) => [cell.trim(), i]))
  const missing = REQUIRED.filter((column) => !columns.has(column))
  if (missing.length > 0) throw malformed(file, `the header lacks ${missing.join(', ')}.`)
  return { columns, isEnglish: !columns.has('Frekvens') && !columns.has('Basisvaluta') }
}

interface Place {
  readonly record: CsvRow
  readonly row: string
  readonly days: Map<string, DaySheet>
}

function readRow(ctx: CrawlContext, header: Header, { record, row, days }: Place): void {
  const cell = (name: string) => record.cells[header.columns.get(name) ?? -1]?.trim() ?? ''
  const currency = cell('BASE_CUR')
  if (INDICES.has(currency)) return
  const isDaily = ['', 'B'].includes(cell('FREQ')) && ['', 'SP'].includes(cell('TENOR'))
  if (!isDaily || cell('QUOTE_CUR') !== 'NOK') {
    ctx.note('rate.series_unknown', `${row}: ${record.raw.slice(0, 60)}`)
    return
  }
  const day = cell('TIME_PERIOD')
  if (!isDay(day)) {
    ctx.note('sheet.day_unreadable', `${row}: ${day.slice(0, 40)}`)
    return
  }
  const value = cell('OBS_VALUE')
  const code = value === '' ? undefined : isoCode(ctx, currency, row)
  if (code === undefined) return
  const zeros = /^[0-6]$/.test(cell('UNIT_MULT')) ? Number.parseInt(cell('UNIT_MULT'), 10) : 7
  const unit = unitText(ctx, `1${'0'.repeat(zeros)}`, row)
  const mid = rateText(ctx, plainValue(value, header.isEnglish), `${row} ${code}`)
  if (unit === undefined || mid === undefined) return
  let sheet = days.get(day)
  if (sheet === undefined) {
    sheet = { row, quotes: new Map() }
    days.set(day, sheet)
  }
  if (sheet.quotes.has(code)) ctx.note('rate.twice', `${row}: ${code} ${day}`)
  else sheet.quotes.set(code, unit === '1' ? mid : { unit, mid })
}

function plainValue(value: string, isEnglish: boolean): string {
  if (isEnglish)
    return /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(value) ? value.replaceAll(',', '') : value
  return value.replace(/[\s.\u00a0]/g, '').replace(',', '.')
}
