import {
  type Decimal,
  divide,
  divideRounded,
  multiply,
  ONE,
  type Rounding,
} from '../../model/decimal.ts'

/**
 * A rate as an exact fraction. Crosses only multiply, so that a chain of rates is divided once, at
 * its end: no inverse rate is ever rounded on the way (P12, Art. 4 of Reg. (EC) 1103/97).
 */
export interface Ratio {
  readonly num: Decimal
  readonly den: Decimal
}

export const UNITY: Ratio = { num: ONE, den: ONE }

export function ratio(num: Decimal, den: Decimal = ONE): Ratio {
  return { num, den }
}

export function inverse(r: Ratio): Ratio {
  return { num: r.den, den: r.num }
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { num: multiply(a.num, b.num), den: multiply(a.den, b.den) }
}

/** To 30 significant digits, half-even; a ratio over one keeps every digit. */
export function valueOfRatio(r: Ratio): Decimal {
  return r.den === ONE ? r.num : divide(r.num, r.den)
}

/** `amount × r`, rounded once from its exact value. */
export function applied(
  amount: Decimal,
  r: Ratio,
  rounding: { readonly decimals: number; readonly mode: Rounding },
): Decimal {
  return divideRounded(multiply(amount, r.num), r.den, rounding)
}
