import { z } from '@hono/zod-openapi'
import { LIMITS } from '../base/limits.ts'
import type { BoardInput, FxPurchaseParams, FxReopenParams } from '../query/rate-types.ts'
import { knownAt, lang } from './params.ts'

/** Longer texts are no code of a currency or asset: CAIP-19 ends before. */
const CODE_CHARS_MAX = 300
/** Two times forty digits, a point, a sign, and the separators that people write. */
const AMOUNT_CHARS_MAX = 200
const NAME_CHARS_MAX = 200
const CELL_CHARS_MAX = 100
/** First, last, lowest and highest. */
const HISTORY_POINTS_MIN = 4

type WrittenRow = Extract<BoardInput, { rows: unknown }>['rows'][number]

const code = z.string('is required').trim().min(1, 'is required').max(CODE_CHARS_MAX).openapi({
  description:
    'ISO 4217, `<dataset>:<code>`, or CAIP-19. A symbol that names several things is refused with the choices.',
  example: 'EUR',
})
/** What is no day, and a day in the future, the query refuses with codes of its own. */
const date = z
  .string()
  .max(40)
  .optional()
  .openapi({ format: 'date', description: 'A day. Default: today.', example: '2020-03-16' })
const amount = z.string().max(AMOUNT_CHARS_MAX).optional().openapi({
  description: 'As typed, read by `lang` where a mark has two meanings. Absent: no input yet.',
  example: '100',
})

export const convertQuery = z.strictObject({
  amount,
  from: code,
  to: code.openapi({ example: 'USD' }),
  date,
  knownAt,
  lang,
})

export const ratesQuery = z.strictObject({
  base: code.optional().openapi({ description: 'Default EUR.' }),
  date,
  scope: z
    .enum(['currencies', 'assets', 'all'])
    .optional()
    .openapi({ description: 'Default: currencies, with metals.' }),
  knownAt,
  lang,
})

export const historyParams = z.object({ base: code, quote: code.openapi({ example: 'USD' }) })
export const historyQuery = z.strictObject({
  from: date.openapi({ description: 'First day. Default: the first that is held.' }),
  to: date.openapi({ description: 'Last day. Default: today.' }),
  points: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().int().min(HISTORY_POINTS_MIN).max(LIMITS.historyPointsMax))
    .optional()
    .openapi({
      type: 'integer',
      minimum: HISTORY_POINTS_MIN,
      maximum: LIMITS.historyPointsMax,
      description: 'At most so many; first, last, lowest and highest are among them.',
    }),
  knownAt,
})

/** In a body a number is read digit by digit: text and number are one. */
const number = z.string('must be text or a number').max(AMOUNT_CHARS_MAX)
const cell = z.string('must be text or a number').max(CELL_CHARS_MAX).nullish()

const boardRow = z
  .strictObject({
    currency: cell,
    unit: cell.openapi({ description: '1, 10, 100 … units that the prices are for. Default 1.' }),
    spotBuy: cell.openapi({ description: 'The bank buys, by transfer.' }),
    cashBuy: cell,
    spotSell: cell.openapi({ description: 'The bank sells, by transfer.' }),
    cashSell: cell,
    // As the columns of a board file are called.
    spot_buy: cell,
    cash_buy: cell,
    spot_sell: cell,
    cash_sell: cell,
    time: cell.openapi({ description: 'As the board says it.', example: '2026-03-20 10:30:00' }),
  })
  .openapi('BoardRow')

const csv = z.string().max(LIMITS.boardCharsMax).openapi({
  description: 'A board file: currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time.',
})
const name = z.string().max(NAME_CHARS_MAX).optional()
const home = code
  .optional()
  .openapi({ description: 'Currency of the prices. Default: the money that one pays with.' })

const rows = z.array(boardRow).min(1).max(LIMITS.boardRowsMax)
const board = z.union(
  [
    csv,
    boardRow,
    rows,
    z.strictObject({ rows, name, home }),
    z.strictObject({ csv, name, home }),
    z.strictObject({ dataset: z.string().max(NAME_CHARS_MAX) }),
  ],
  'must be the text of a board file, a row, {rows, name, home}, {csv, name, home} or {dataset}',
)

const purchase = z
  .strictObject({
    side: z
      .enum(['buy', 'sell'])
      .optional()
      .openapi({ description: 'Of the customer. Default buy.' }),
    kind: z.enum(['spot', 'cash']).optional().openapi({ description: 'Default spot.' }),
    currency: code.optional().openapi({ description: 'The foreign currency.', example: 'USD' }),
    with: code.optional().openapi({ description: 'What is paid with, or out.', example: 'CNY' }),
    quantity: number
      .optional()
      .openapi({ description: 'Foreign currency to buy or sell; or else `budget`.' }),
    budget: number.optional().openapi({ description: 'Home money to spend in all.' }),
    fee: number.optional().openapi({ description: 'Home money (15), or a share of it (0.5%).' }),
    board: board
      .optional()
      .openapi({ description: 'Absent: the reference rate itself is the price.' }),
    date,
    knownAt,
    lang,
    token: z
      .string()
      .max(LIMITS.purchaseLinkCharsMax)
      .optional()
      .openapi({ description: 'Reopens a calculation; stands alone, or with `lang`.' }),
  })
  .superRefine((body, context) => {
    const others = Object.keys(body).filter((key) => key !== 'token' && key !== 'lang')
    if (body.token !== undefined) {
      if (others.length > 0) {
        const message = 'holds the whole calculation: no other member beside it but lang'
        context.addIssue({ code: 'custom', path: ['token'], message })
      }
      return
    }
    for (const key of ['currency', 'with'] as const) {
      if (body[key] === undefined) {
        context.addIssue({ code: 'custom', path: [key], message: 'is required' })
      }
    }
  })

export const purchaseBody = purchase.openapi('FxPurchaseRequest')
export type PurchaseBody = z.output<typeof purchase>

/** What the body asks, in the words of the query. */
export function purchaseParams(body: PurchaseBody): FxPurchaseParams | FxReopenParams {
  const { token, board: given, currency = '', with: home = '', ...rest } = body
  if (token !== undefined) return { token, lang: body.lang }
  return {
    ...rest,
    currency,
    with: home,
    ...(given === undefined ? {} : { board: boardInput(given, currency) }),
  }
}

function boardInput(given: z.output<typeof board>, currency: string): BoardInput {
  if (typeof given === 'string') return { csv: given }
  if (Array.isArray(given)) return { rows: given.map((row) => written(row)) }
  if ('dataset' in given || 'csv' in given) return given
  if ('rows' in given) return { ...given, rows: given.rows.map((row) => written(row)) }
  // One row alone is of the currency that is asked about.
  return { rows: [written(given, currency)] }
}

function written(row: z.output<typeof boardRow>, currency = ''): WrittenRow {
  return {
    currency: row.currency ?? currency,
    unit: row.unit ?? undefined,
    spotBuy: row.spotBuy ?? row.spot_buy ?? undefined,
    cashBuy: row.cashBuy ?? row.cash_buy ?? undefined,
    spotSell: row.spotSell ?? row.spot_sell ?? undefined,
    cashSell: row.cashSell ?? row.cash_sell ?? undefined,
    time: row.time ?? undefined,
  }
}
