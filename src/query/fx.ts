import { AppError } from '../base/error.ts'
import { dayNumber } from '../index/span.ts'
import { readAmount } from '../model/amount-text.ts'
import { currencyOf } from '../model/currency.ts'
import { compare, decimal, HUNDRED, parseDecimal, toPlain } from '../model/decimal.ts'
import { quoteOf } from '../model/rate-sheet.ts'
import type { NotChecked } from '../model/verdict.ts'
import {
  type BoardRow,
  badBoard,
  checkedRow,
  readBoard,
  type WrittenRow,
} from '../score/rate/board.ts'
import type { Resolved } from '../score/rate/convert.ts'
import type { Fee } from '../score/rate/fx-purchase.ts'
import { decimalsOf, fxAnswer } from './fx-answer.ts'
import { decodeLink, type PurchaseLink } from './fx-link.ts'
import { RateBook, type VintageSheet } from './rate-book.ts'
import { type CodePorts, findId } from './rate-codes.ts'
import { rateError } from './rate-errors.ts'
import { type RateSession, rateBetween, resolved } from './rate-session.ts'
import type {
  BoardInput,
  FxPurchaseAnswer,
  FxPurchaseParams,
  FxReopenParams,
} from './rate-types.ts'

export interface FxPorts {
  readonly codes: CodePorts
  /** A sheet by its statement, whatever was said of it since. */
  sheet(statement: string): Promise<VintageSheet | undefined>
  readonly notChecked: readonly NotChecked[]
}

/** Calculates a purchase or a sale of foreign currency, or reopens one by its link. */
export async function fxPurchase(
  session: RateSession,
  params: FxPurchaseParams | FxReopenParams,
  ports: FxPorts,
): Promise<FxPurchaseAnswer> {
  if ('token' in params) {
    const link = decodeLink(params.token)
    const kept = await keptSession(session, link, ports)
    const mid = rateBetween(kept, link.currency, link.with) ?? null
    return fxAnswer(kept, { link, mid, fee: feeOf(link.fee, link.with), notChecked: [] })
  }
  const { link, mid } = await asked(session, params, ports)
  const { notChecked } = ports
  return fxAnswer(session, { link, mid, fee: feeOf(link.fee, link.with), notChecked })
}

/** The sheets that a link names, and no other: then every rule chooses what it chose then. */
async function keptSession(
  session: RateSession,
  link: PurchaseLink,
  ports: FxPorts,
): Promise<RateSession> {
  const sheets: VintageSheet[] = []
  for (const id of link.sheets) {
    const sheet = await ports.sheet(id)
    if (sheet === undefined) {
      throw new AppError(
        'fx.sheet_missing',
        'This installation does not hold the rate sheet that the link names.',
        { status: 404, params: { statement: id } },
      )
    }
    sheets.push(sheet)
  }
  return {
    ...session,
    book: new RateBook(sheets, session.datasets, 'off'),
    day: link.day,
    dayNumber: dayNumber(link.day),
    asOf: link.asOf,
  }
}

async function asked(
  session: RateSession,
  params: FxPurchaseParams,
  ports: FxPorts,
): Promise<{ link: PurchaseLink; mid: Resolved | null }> {
  const currency = await findId(ports.codes, session.book, params.currency)
  const home = await findId(ports.codes, session.book, params.with)
  if (currency === home) {
    throw new AppError('fx.same_currency', `${currency} is bought with another currency.`, {
      status: 400,
      params: { currency },
    })
  }
  const board = boardOf(session, params.board, { currency, home })
  // Without a board the reference rate is the price: then its absence is the answer's error.
  const mid =
    board.rows.length === 0
      ? resolved(session, currency, home)
      : (rateBetween(session, currency, home) ?? null)
  const link: PurchaseLink = {
    side: params.side ?? 'buy',
    kind: params.kind ?? 'spot',
    currency,
    with: home,
    amount: amountOf(params, { currency, home }),
    fee: feeText(params, home),
    ...board,
    day: session.day,
    asOf: session.asOf,
    sheets: mid === null ? [] : sheetsOf(mid),
  }
  return { link, mid }
}

/** The sheets behind a rate; of a consensus every publisher's, for they all decide. */
function sheetsOf(found: Resolved): string[] {
  const legs =
    found.consensus === null ? found.legs : found.candidates.flatMap((candidate) => candidate.legs)
  return [...new Set(legs.map(({ statement }) => statement).filter((id) => id !== null))]
}

interface Codes {
  readonly currency: string
  readonly home: string
}

type BoardPart = Pick<PurchaseLink, 'rows' | 'boardName' | 'boardStatement'>

/** The rows that a purchase needs: one against the board's home currency, two for a cross. */
function boardOf(session: RateSession, input: BoardInput | undefined, codes: Codes): BoardPart {
  if (input === undefined) return { rows: [], boardName: null, boardStatement: null }
  if ('dataset' in input) return datasetBoard(session, input.dataset, codes)
  const all = 'csv' in input ? readBoard(input.csv) : input.rows.map((row) => checkedRow(row))
  const home = input.home?.trim().toUpperCase()
  if (home !== undefined && home !== '' && currencyOf(home) === undefined) {
    throw badBoard(`"${home.slice(0, 20)}" is no ISO 4217 currency code.`)
  }
  const rows = rowsFor(all, codes, home === '' ? undefined : home)
  return { rows, boardName: input.name?.trim().slice(0, 120) || null, boardStatement: null }
}

function datasetBoard(session: RateSession, name: string, codes: Codes): BoardPart {
  const board = session.book.boards.find(({ dataset }) => dataset === name)
  const sheet = board?.newestAt(session.dayNumber)
  if (board === undefined || sheet === undefined) {
    const shown = name.slice(0, 60)
    throw new AppError('fx.unknown_board', `No board is held here of "${shown}" for that day.`, {
      status: 404,
      params: { board: shown },
    })
  }
  // Only the rows that are needed: another currency's row, were it wrong, is no reason to stop.
  const all = [codes.currency, codes.home].flatMap((code) => {
    const quote = quoteOf(sheet.sheet, code)
    if (typeof quote !== 'object' || sheet.held.has(code)) return []
    const { unit, buy, sell, cashBuy, cashSell } = quote
    const prices: WrittenRow = { spotBuy: buy, spotSell: sell, cashBuy, cashSell }
    return [checkedRow({ currency: code, unit, ...prices, time: sheet.day })]
  })
  const rows = rowsFor(all, codes, board.base)
  return { rows, boardName: board.title, boardStatement: sheet.statement }
}

function rowsFor(all: readonly BoardRow[], codes: Codes, home: string | undefined): BoardRow[] {
  const rowOf = (code: string) => {
    const rows = all.filter(({ currency }) => currency === code)
    if (rows.length > 1) throw badBoard(`${code} stands twice on the board.`)
    return rows[0]
  }
  const foreign = rowOf(codes.currency)
  if (foreign === undefined) throw noRow(codes.currency)
  const other = codes.home === home ? undefined : rowOf(codes.home)
  if (other !== undefined) return [foreign, other]
  // The prices of a board without a stated home are in the money that one pays with.
  if (home !== undefined && home !== codes.home) throw noRow(codes.home)
  return [foreign]
}

function noRow(currency: string): AppError {
  return new AppError('fx.no_row', `The board has no row for ${currency}.`, {
    status: 400,
    params: { currency },
  })
}

function amountOf(params: FxPurchaseParams, codes: Codes): PurchaseLink['amount'] {
  const quantity = params.quantity?.trim() ?? ''
  const budget = params.budget?.trim() ?? ''
  if (quantity !== '' && budget !== '') {
    throw new AppError('fx.two_amounts', 'Give a quantity or a budget, not both.', { status: 400 })
  }
  if (quantity === '' && budget === '') return null
  const of = quantity === '' ? 'budget' : 'quantity'
  const text = quantity === '' ? budget : quantity
  const id = of === 'quantity' ? codes.currency : codes.home
  return { of, value: moneyText(text, id, params.lang) }
}

/** An amount of money has no more decimals than its currency. */
function moneyText(text: string, id: string, lang: string | undefined): string {
  const reading = readAmount(text, lang)
  if (!reading.ok) throw rateError.amount(text, reading.fault, reading.readings)
  const decimals = decimalsOf(id)
  if ((reading.text.split('.')[1] ?? '').length > decimals) throw rateError.tooPrecise(id, decimals)
  return reading.text
}

/** `15`, `0.5%` or nothing, as plain digits. */
function feeText({ fee, lang }: FxPurchaseParams, home: string): string {
  const text = fee?.trim() ?? ''
  const share = /^(.*?)\s*[%٪％]$/u.exec(text)?.[1]
  const number = share ?? text
  if (number === '' && share === undefined) return '0'
  const reading = readAmount(number, lang)
  if (!reading.ok && reading.fault === 'zero') return '0'
  if (!reading.ok) throw badFee(text)
  if (share === undefined) return moneyText(number, home, lang)
  if (compare(reading.value, HUNDRED) >= 0) throw badFee(text)
  return `${reading.text}%`
}

function badFee(text: string): AppError {
  const message = 'A fee is an amount of money (15) or a share below one hundred percent (0.5%).'
  return new AppError('fx.bad_fee', message, { status: 400, params: { fee: text.slice(0, 40) } })
}

function feeOf(text: string, home: string): Fee {
  const share = text.endsWith('%') ? parseDecimal(text.slice(0, -1)) : undefined
  if (share !== undefined && compare(share, HUNDRED) < 0) return { kind: 'percent', percent: share }
  const amount = text.endsWith('%') ? undefined : parseDecimal(text)
  if (amount === undefined || compare(amount, decimal('0')) < 0) throw badFee(text)
  if ((toPlain(amount).split('.')[1] ?? '').length > decimalsOf(home)) throw badFee(text)
  return { kind: 'flat', amount }
}
