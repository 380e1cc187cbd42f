import { currencyOf } from '../model/currency.ts'
import { type Decimal, decimal, significant, toPlaces, toPlain, ZERO } from '../model/decimal.ts'
import type { NotChecked } from '../model/verdict.ts'
import type { BoardRow } from '../score/rate/board.ts'
import { type Resolved, rateTexts } from '../score/rate/convert.ts'
import {
  crossPrice,
  type Fee,
  type PurchaseKind,
  type PurchaseSide,
  priceOfRow,
  purchase,
  spreadOfRow,
} from '../score/rate/fx-purchase.ts'
import { type Ratio, valueOfRatio } from '../score/rate/ratio.ts'
import { encodeLink, type PurchaseLink } from './fx-link.ts'
import { rateError } from './rate-errors.ts'
import { legViews, type RateSession, worstState } from './rate-session.ts'
import type { FxPurchaseAnswer } from './rate-types.ts'

/** The page that reopens a link; the edge puts the language in front. */
const PAGE = '/tools/fx-purchase'
const SHOWN_DIGITS = 10
const PERCENT_PLACES = 2

/** Decimals of an amount of an asset that ISO 4217 gives none: a satoshi is the eighth. */
const ASSET_DECIMALS = 8

/** Places that an amount may have. */
export function decimalsOf(id: string): number {
  return currencyOf(id)?.minorUnit ?? ASSET_DECIMALS
}

export interface AnswerInput {
  readonly link: PurchaseLink
  readonly mid: Resolved | null
  readonly fee: Fee
  readonly notChecked: readonly NotChecked[]
}

/** The answer to everything that a link says: a pure function of the link and its sheets. */
export function fxAnswer(session: RateSession, input: AnswerInput): FxPurchaseAnswer {
  const { link, mid } = input
  const { side, kind } = link
  const priced = pricedBy(link, mid)
  const foreign = { code: link.currency, decimals: decimalsOf(link.currency) }
  const home = { code: link.with, decimals: decimalsOf(link.with) }
  const of = link.amount?.of ?? 'quantity'
  const value = link.amount === null ? ZERO : decimal(link.amount.value)
  const result = purchase({
    ...{ side, foreign, home, price: priced.price, fee: input.fee },
    amount: { of, value },
    mid: mid?.ratio ?? null,
  })
  const inHome = (amount: Decimal) => money(amount, link.with)
  const optional = (amount: Decimal | null) => (amount === null ? null : inHome(amount))
  const percent = (share: Decimal | null) =>
    share === null ? null : toPlaces(share, PERCENT_PLACES)
  const token = encodeLink(link)
  return {
    side,
    kind,
    currency: link.currency,
    with: link.with,
    quantity:
      of === 'quantity' && link.amount !== null
        ? link.amount.value
        : money(result.quantity, link.currency),
    unit: priced.unit,
    currentRate: priced.currentRate,
    total: inHome(result.total),
    available: money(result.quantity, link.currency),
    fee: inHome(result.fee),
    mid: mid === null ? null : rateTexts(mid).shown,
    margin: optional(result.margin),
    marginPercent: percent(result.marginPercent),
    board: link.boardName,
    boardTime: link.rows[0]?.time ?? null,
    permalink: `${PAGE}?q=${token}`,
    token,
    exchanged: inHome(result.exchanged),
    overall: optional(result.overall),
    overallPercent: percent(result.overallPercent),
    unitPrice: toPlain(valueOfRatio(priced.price)),
    spreadPercent: percent(priced.spread),
    boardLegs: boardLegs(link.rows, side, kind),
    midDate: mid === null ? null : oldestDay(mid, link.day),
    midLegs: mid === null ? [] : legViews(session, mid.legs),
    midState: mid === null ? null : worstState(mid.legs),
    boardStatement: link.boardStatement,
    date: link.day,
    asOf: session.asOf,
    knownAt: session.knownAt,
    notChecked: input.notChecked,
  }
}

/** Money with the places of its minor unit; an asset with at least two. */
function money(amount: Decimal, id: string): string {
  return toPlaces(amount, currencyOf(id)?.minorUnit ?? PERCENT_PLACES)
}

interface Priced {
  readonly price: Ratio
  readonly unit: string
  /** For `unit` of the foreign currency. */
  readonly currentRate: string
  readonly spread: Decimal | null
}

function pricedBy(link: PurchaseLink, mid: Resolved | null): Priced {
  const { rows, side, kind } = link
  const [foreign, home] = rows
  if (foreign !== undefined && home === undefined) {
    const price = priceOfRow(foreign, side, kind)
    const currentRate = foreign[`${kind}${side === 'buy' ? 'Sell' : 'Buy'}`] ?? ''
    return { price, unit: foreign.unit, currentRate, spread: spreadOfRow(foreign, kind) }
  }
  if (foreign !== undefined && home !== undefined) {
    const price = crossPrice({ foreign, home }, side, kind)
    const currentRate = toPlain(significant(valueOfRatio(price), SHOWN_DIGITS))
    return { price, unit: '1', currentRate, spread: null }
  }
  if (mid === null) throw rateError.none({ from: link.currency, to: link.with }, link.day)
  return { price: mid.ratio, unit: '1', currentRate: rateTexts(mid).shown, spread: null }
}

function boardLegs(
  [foreign, home]: readonly BoardRow[],
  side: PurchaseSide,
  kind: PurchaseKind,
): FxPurchaseAnswer['boardLegs'] {
  const leg = (row: BoardRow, bank: 'buy' | 'sell') => ({
    currency: row.currency,
    unit: row.unit,
    price: row[`${kind}${bank === 'buy' ? 'Buy' : 'Sell'}`] ?? '',
    side: `${kind}_${bank}` as const,
  })
  if (foreign === undefined) return []
  const first = leg(foreign, side === 'buy' ? 'sell' : 'buy')
  if (home === undefined) return [first]
  const second = leg(home, side === 'buy' ? 'buy' : 'sell')
  // In the order of the money: what is given comes first.
  return side === 'buy' ? [second, first] : [first, second]
}

/** A mid is as old as its oldest leg. */
function oldestDay({ legs }: Resolved, day: string): string {
  const days = legs.map(({ date }) => date).sort()
  return days[0] ?? day
}
