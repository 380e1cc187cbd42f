import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  divideRounded,
  HUNDRED,
  isNegative,
  multiply,
  type Rounding,
  round,
  subtract,
  toPlaces,
  ZERO,
} from '../../model/decimal.ts'
import type { BoardRow, Price } from './board.ts'
import { applied, inverse, type Ratio, ratio, times } from './ratio.ts'

/** The customer's side: buys the foreign currency, or sells it. */
export type PurchaseSide = 'buy' | 'sell'
/** By transfer, or in banknotes. */
export type PurchaseKind = 'spot' | 'cash'

/** A currency with the decimals that its amounts have. */
export interface Money {
  readonly code: string
  readonly decimals: number
}

export type Fee =
  | { readonly kind: 'flat'; readonly amount: Decimal }
  /** Of the home money that is exchanged; in percent. */
  | { readonly kind: 'percent'; readonly percent: Decimal }

export interface PurchaseInput {
  readonly side: PurchaseSide
  readonly foreign: Money
  readonly home: Money
  /** Home money for one unit of the foreign currency, at the board's price for this side. */
  readonly price: Ratio
  /** How much foreign currency, or how much home money in all, fee included. */
  readonly amount: { readonly of: 'quantity' | 'budget'; readonly value: Decimal }
  readonly fee: Fee
  /** Market mid: home money for one unit; null where nobody publishes one. */
  readonly mid: Ratio | null
}

export interface PurchaseResult {
  /** Foreign currency that is bought or sold. */
  readonly quantity: Decimal
  /** Home money exchanged, before the fee. */
  readonly exchanged: Decimal
  readonly fee: Decimal
  /** What is paid in all, or what is paid out. */
  readonly total: Decimal
  /** Home money that the mid rate would have made better, without the fee; negative: it was worse. */
  readonly margin: Decimal | null
  /** |rate − mid| / mid × 100 with the sign of the margin. */
  readonly marginPercent: Decimal | null
  /** Margin and fee together. */
  readonly overall: Decimal | null
  readonly overallPercent: Decimal | null
}

const PERCENT_DECIMALS = 2

/**
 * The price of a board for a customer: he buys at the bank's selling price and sells at its buying
 * price (VOCABULARY §10). Throws `fx.no_price` where the row lacks it.
 */
export function priceOfRow(row: BoardRow, side: PurchaseSide, kind: PurchaseKind): Ratio {
  const column: Price = `${kind}${side === 'buy' ? 'Sell' : 'Buy'}`
  const price = row[column]
  if (price === null) {
    const name = `${kind}_${side === 'buy' ? 'sell' : 'buy'}`
    throw new AppError('fx.no_price', `${row.currency}: the board has no price ${name}.`, {
      status: 400,
      params: { currency: row.currency, price: name },
    })
  }
  return ratio(decimal(price), decimal(row.unit))
}

/**
 * A cross at one board, in two legs: home money of its own is not touched. To buy B with A, A is
 * sold to the bank at its buying price and B bought at its selling price, `A × buy_A / unit_A ×
 * unit_B / sell_B`; to sell B for A it is the other way round. Units of A for one B; nothing is
 * rounded between the legs.
 */
export function crossPrice(
  rows: { readonly foreign: BoardRow; readonly home: BoardRow },
  side: PurchaseSide,
  kind: PurchaseKind,
): Ratio {
  const other = side === 'buy' ? 'sell' : 'buy'
  return times(priceOfRow(rows.foreign, side, kind), inverse(priceOfRow(rows.home, other, kind)))
}

/** What a purchase or a sale costs or brings, by exact decimals, each amount rounded once. */
export function purchase(input: PurchaseInput): PurchaseResult {
  const { amount, side } = input
  const zero = compare(amount.value, ZERO) === 0
  const parts = zero
    ? { quantity: ZERO, exchanged: ZERO, fee: ZERO }
    : amount.of === 'quantity'
      ? ofQuantity(input)
      : side === 'buy'
        ? ofBudget(input)
        : ofProceeds(input)
  const total =
    side === 'buy' ? add(parts.exchanged, parts.fee) : subtract(parts.exchanged, parts.fee)
  if (isNegative(total)) {
    throw new AppError('fx.fee_too_high', 'The fee is higher than what the sale brings.', {
      status: 400,
      params: { fee: toPlaces(parts.fee, input.home.decimals) },
    })
  }
  return { ...parts, total, ...against(input, parts) }
}

interface Parts {
  readonly quantity: Decimal
  readonly exchanged: Decimal
  readonly fee: Decimal
}

/** Cost up, proceeds down: the customer never has less to pay, or more to get, than is shown. */
function ofQuantity({ amount, price, home, side, fee }: PurchaseInput): Parts {
  const mode: Rounding = side === 'buy' ? 'up' : 'down'
  const exchanged = applied(amount.value, price, { decimals: home.decimals, mode })
  return { quantity: amount.value, exchanged, fee: feeOf(fee, exchanged, home) }
}

/** As much as the budget buys after the fee: available down, by the foreign minor unit. */
function ofBudget({ amount, price, home, foreign, fee }: PurchaseInput): Parts {
  const spendable = beforeFee(fee, amount.value, home)
  const quantity = applied(spendable, inverse(price), { decimals: foreign.decimals, mode: 'down' })
  const exchanged = applied(quantity, price, { decimals: home.decimals, mode: 'up' })
  return { quantity, exchanged, fee: feeOf(fee, exchanged, home) }
}

/** What has to be sold so that a wanted sum is paid out after the fee. */
function ofProceeds({ amount, price, home, foreign, fee }: PurchaseInput): Parts {
  const needed = withFee(fee, amount.value, home)
  const quantity = applied(needed, inverse(price), { decimals: foreign.decimals, mode: 'up' })
  const exchanged = applied(quantity, price, { decimals: home.decimals, mode: 'down' })
  return { quantity, exchanged, fee: feeOf(fee, exchanged, home) }
}

function feeOf(fee: Fee, exchanged: Decimal, home: Money): Decimal {
  if (fee.kind === 'flat') return fee.amount
  return divideRounded(multiply(exchanged, fee.percent), HUNDRED, {
    decimals: home.decimals,
    mode: 'up',
  })
}

/**
 * The part of a budget that can be exchanged. With a percentage p it is budget / (1 + p), down:
 * then what is exchanged and its fee, rounded up, never exceed the budget.
 */
function beforeFee(fee: Fee, budget: Decimal, home: Money): Decimal {
  if (fee.kind === 'percent') {
    const mode = { decimals: home.decimals, mode: 'down' } as const
    return divideRounded(multiply(budget, HUNDRED), add(HUNDRED, fee.percent), mode)
  }
  const rest = subtract(budget, fee.amount)
  if (compare(rest, ZERO) > 0) return rest
  throw new AppError('fx.fee_too_high', 'The fee is as high as the budget.', {
    status: 400,
    params: { fee: toPlaces(fee.amount, home.decimals) },
  })
}

/**
 * The proceeds that leave a sum after the fee: sum / (1 − p), up. The fee is rounded up to the same
 * smallest unit, so what is left is never below the sum.
 */
function withFee(fee: Fee, sum: Decimal, home: Money): Decimal {
  if (fee.kind === 'flat') return add(sum, fee.amount)
  assert(compare(fee.percent, HUNDRED) < 0, 'a fee takes less than everything')
  const kept = subtract(HUNDRED, fee.percent)
  return divideRounded(multiply(sum, HUNDRED), kept, { decimals: home.decimals, mode: 'up' })
}

/** The hidden margin against the market mid: in money and in percent. */
function against(
  input: PurchaseInput,
  { quantity, exchanged, fee }: Parts,
): Pick<PurchaseResult, 'margin' | 'marginPercent' | 'overall' | 'overallPercent'> {
  const { mid, side, price, home } = input
  if (mid === null)
    return { margin: null, marginPercent: null, overall: null, overallPercent: null }
  const atMid = divide(multiply(quantity, mid.num), mid.den)
  const better = side === 'buy' ? subtract(exchanged, atMid) : subtract(atMid, exchanged)
  const margin = round(better, home.decimals)
  const overall = add(margin, fee)
  // (price − mid) / mid: both are fractions, so the quotient is exact until it is rounded.
  const parts = multiply(price.num, mid.den)
  const whole = multiply(mid.num, price.den)
  const more = side === 'buy' ? subtract(parts, whole) : subtract(whole, parts)
  const percent = { decimals: PERCENT_DECIMALS, mode: 'half_even' } as const
  return {
    margin,
    marginPercent: divideRounded(multiply(more, HUNDRED), whole, percent),
    overall,
    overallPercent:
      compare(atMid, ZERO) === 0 ? ZERO : divideRounded(multiply(overall, HUNDRED), atMid, percent),
  }
}

/** The board's own middle and spread: (buy + sell) / 2 and (sell − buy) over it, in percent. */
export function spreadOfRow(row: BoardRow, kind: PurchaseKind) {
  const buy = row[`${kind}Buy`]
  const sell = row[`${kind}Sell`]
  if (buy === null || sell === null) return null
  const sum = add(decimal(buy), decimal(sell))
  const difference = subtract(decimal(sell), decimal(buy))
  // (sell − buy) / ((buy + sell) / 2) × 100
  return divideRounded(multiply(difference, decimal('200')), sum, {
    decimals: PERCENT_DECIMALS,
    mode: 'half_even',
  })
}
