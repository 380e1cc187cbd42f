import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { currencyOf } from '../../model/currency.ts'
import { compare, decimal, plainDecimal } from '../../model/decimal.ts'
import { isRate, isUnit } from '../../model/rate-sheet.ts'
import { isDay } from '../../model/time.ts'

/** The four prices of a board, by the bank's sides (VOCABULARY §10). */
export const PRICES = ['spotBuy', 'cashBuy', 'spotSell', 'cashSell'] as const
export type Price = (typeof PRICES)[number]

/** A row of a bank's or an exchange office's board: prices in its home currency for `unit`. */
export interface BoardRow {
  readonly currency: string
  /** 1, 10, 100 … units of the currency that the prices are for. */
  readonly unit: string
  /** The bank buys the currency from the customer at this price, by transfer. */
  readonly spotBuy: string | null
  readonly cashBuy: string | null
  /** The bank sells the currency to the customer at this price. */
  readonly spotSell: string | null
  readonly cashSell: string | null
  /** As the board writes it, ISO 8601; without a zone it stays without one. */
  readonly time: string | null
}

const COLUMNS: Readonly<Record<string, Price | 'currency' | 'unit' | 'time'>> = {
  currency: 'currency',
  unit: 'unit',
  spot_buy: 'spotBuy',
  cash_buy: 'cashBuy',
  spot_sell: 'spotSell',
  cash_sell: 'cashSell',
  time: 'time',
}

/** What a person or a file says of a row, before it is checked. */
export type WrittenRow = {
  readonly [column in Price | 'currency' | 'unit' | 'time']?: string | undefined
}

/**
 * Reads a board file: `currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time`, in any order of
 * columns, with commas, semicolons or tabs. Throws `fx.bad_board` with the line that is wrong.
 */
export function readBoard(csv: string): readonly BoardRow[] {
  if (csv.length > LIMITS.boardCharsMax) throw badBoard('The board is larger than its limit.')
  const lines = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => line.trim() !== '')
  const header = lines[first] ?? ''
  const delimiter = [',', ';', '\t'].find((mark) => header.includes(mark)) ?? ','
  const columns = cellsOf(header, delimiter, first + 1).map((cell) => COLUMNS[cell.toLowerCase()])
  if (!columns.includes('currency')) {
    throw badBoard('The first line of a board names its columns, among them "currency".', 1)
  }
  const rows: BoardRow[] = []
  for (const [i, line] of lines.entries()) {
    if (i <= first || line.trim() === '') continue
    const written: { [column: string]: string } = {}
    for (const [at, cell] of cellsOf(line, delimiter, i + 1).entries()) {
      const column = columns[at]
      if (column !== undefined) written[column] = cell
    }
    rows.push(checkedRow(written, { line: i + 1, hasDecimalComma: delimiter !== ',' }))
    if (rows.length > LIMITS.boardRowsMax) throw badBoard('The board has too many rows.', i + 1)
  }
  if (rows.length === 0) throw badBoard('The board has no rows.')
  return rows
}

/** Cells of a line; a quoted cell may hold the delimiter. */
function cellsOf(line: string, delimiter: string, no: number): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim())
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string
    if (char === '"' && isQuoted && line[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (char === '"') isQuoted = !isQuoted
    else if (char === delimiter && !isQuoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  if (isQuoted) throw badBoard('A quoted cell has no end.', no)
  cells.push(cell.trim())
  return cells
}

interface Place {
  readonly line?: number
  /** True where the file's delimiter leaves the comma to the decimals. */
  readonly hasDecimalComma?: boolean
}

/** A row that is right: known currency, unit a power of ten, prices above zero, sell not below buy. */
export function checkedRow(written: WrittenRow, place: Place = {}): BoardRow {
  const { line } = place
  const currency = (written.currency ?? '').trim().toUpperCase()
  if (currencyOf(currency) === undefined) {
    const shown = (written.currency ?? '').slice(0, 20)
    throw badBoard(`"${shown}" is no ISO 4217 currency code.`, line)
  }
  const unit = (written.unit ?? '').trim() === '' ? '1' : (written.unit ?? '').trim()
  if (!isUnit(unit)) {
    const shown = unit.slice(0, 20)
    throw badBoard(`${currency}: a unit is 1, 10, 100 and so on, and "${shown}" is not.`, line)
  }
  const prices = {
    spotBuy: priceOf(written, 'spotBuy', currency, place),
    cashBuy: priceOf(written, 'cashBuy', currency, place),
    spotSell: priceOf(written, 'spotSell', currency, place),
    cashSell: priceOf(written, 'cashSell', currency, place),
  }
  const row = { currency, unit, ...prices, time: timeOf(written.time, currency, line) }
  if (PRICES.every((price) => row[price] === null)) {
    throw badBoard(`${currency}: the row has no price.`, line)
  }
  refuseInverted(row, line)
  return row
}

/** A bank that sells for less than it buys loses money: the columns are swapped, or a price is wrong. */
function refuseInverted(row: BoardRow, line: number | undefined): void {
  for (const [kind, buy, sell] of [
    ['spot', row.spotBuy, row.spotSell],
    ['cash', row.cashBuy, row.cashSell],
  ] as const) {
    if (buy === null || sell === null || compare(decimal(sell), decimal(buy)) >= 0) continue
    throw new AppError(
      'fx.inverted_board',
      `${row.currency}: the board sells (${kind}, ${sell}) below its buying price (${buy}). The bank's selling price is the higher one; are the columns swapped?`,
      { status: 400, params: { currency: row.currency, kind, buy, sell, line: line ?? null } },
    )
  }
}

function priceOf(written: WrittenRow, price: Price, currency: string, place: Place): string | null {
  const raw = (written[price] ?? '').trim()
  if (raw === '' || raw === '-' || raw === '--' || raw === 'N/A') return null
  const text = place.hasDecimalComma && /^\d+,\d+$/.test(raw) ? raw.replace(',', '.') : raw
  const plain = /e/i.test(text) ? undefined : plainDecimal(text)
  if (plain !== undefined && isRate(plain)) return plain
  const shown = raw.slice(0, 40)
  const name = price.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  throw badBoard(
    `${currency}: the price ${name} is a number above zero with a point, and "${shown}" is not.`,
    place.line,
  )
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?)?$/

/** `2026.03.20 10:30:00` and `2026/03/20` are ISO 8601 but for their marks. */
function timeOf(raw: string | undefined, currency: string, line?: number): string | null {
  const text = (raw ?? '').trim()
  if (text === '') return null
  const [, day = '', time, zone = ''] =
    TIME.exec(text.replace(/^(\d{4})[./](\d{2})[./](\d{2})/, '$1-$2-$3')) ?? []
  if (!isDay(day)) {
    const shown = text.slice(0, 40)
    throw badBoard(`${currency}: a time is 2026-03-20 10:30:00, and "${shown}" is not.`, line)
  }
  return time === undefined ? day : `${day}T${time}${zone}`
}

export function badBoard(message: string, line?: number): AppError {
  const text = line === undefined ? message : `Line ${line}: ${message}`
  return new AppError('fx.bad_board', text, { status: 400, params: { line: line ?? null } })
}
