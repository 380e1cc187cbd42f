import Big from 'big.js'
import { assert } from '../base/assert.ts'

declare const mark: unique symbol

/**
 * An exact decimal. It has no members: every operation is a function of this file, so that nothing
 * else in Custos knows how decimals are kept, and none of it can slip into floating point.
 */
export interface Decimal {
  readonly [mark]: 'decimal'
}

/**
 * `half_even`: a tie goes to the even digit · `half_up`: away from zero, as Art. 5 of Reg. (EC)
 * 1103/97 asks for sums in euro · `down`: towards zero · `up`: away from zero.
 */
export type Rounding = 'half_even' | 'half_up' | 'down' | 'up'

/** Digits on each side of the point that a text may have: a rate or an amount of any asset fits. */
export const DIGITS_MAX = 40
/** A division that does not end is carried to this many significant digits, half-even (P12). */
export const DIVISION_DIGITS = 30

// A constructor of its own: its settings are nobody else's, and it refuses primitive numbers.
const Exact = Big()
Exact.strict = true
Exact.RM = 2

const MODES = { down: 0, half_up: 1, half_even: 2, up: 3 } as const
const PLAIN = /^-?\d+(?:\.\d+)?$/
const WRITTEN = /^([-+]?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/

function big(value: Decimal): Big {
  return value as unknown as Big
}

function decimalOf(value: Big): Decimal {
  return value as unknown as Decimal
}

/**
 * Reads `-12`, `0.50`, `12.3456`: plain digits with a point, at most 40 on each side. Undefined for
 * everything else: an exponent, a sign in front of nothing, white space, `1.`, `.5`, `NaN`.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (!PLAIN.test(text)) return undefined
  const start = text.startsWith('-') ? 1 : 0
  const point = text.indexOf('.')
  const whole = (point === -1 ? text.length : point) - start
  const part = point === -1 ? 0 : text.length - point - 1
  if (whole > DIGITS_MAX || part > DIGITS_MAX) return undefined
  return decimalOf(new Exact(text))
}

/** A decimal that the program itself wrote, or that was checked when it was read. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text)
  assert(value !== undefined, 'a stored decimal is plain digits')
  return value
}

/**
 * A published number as plain digits, unchanged but for its exponent: `1.20e-5` → `0.0000120`,
 * `+7.5` → `7.5`, `007` → `7`. Digits after the point are kept as written. Undefined for what is no
 * number or would have more than 40 digits on a side.
 */
export function plainDecimal(text: string): string | undefined {
  const match = WRITTEN.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', part = '', exponent = '0'] = match
  const digits = whole + part
  const at = whole.length + Number.parseInt(exponent, 10)
  if (at > 2 * DIGITS_MAX || at < -2 * DIGITS_MAX) return undefined
  const left = at <= 0 ? '0' : digits.slice(0, at).padEnd(at, '0')
  const right = at <= 0 ? '0'.repeat(-at) + digits : digits.slice(at)
  const trimmed = left.replace(/^0+(?=\d)/, '')
  if (trimmed.length > DIGITS_MAX || right.length > DIGITS_MAX) return undefined
  return `${sign === '-' ? '-' : ''}${trimmed}${right === '' ? '' : `.${right}`}`
}

export const ZERO: Decimal = decimalOf(new Exact('0'))
export const ONE: Decimal = decimalOf(new Exact('1'))
export const HUNDRED: Decimal = decimalOf(new Exact('100'))

export function add(a: Decimal, b: Decimal): Decimal {
  return decimalOf(big(a).plus(big(b)))
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return decimalOf(big(a).minus(big(b)))
}

/** Exact: every digit is kept. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return decimalOf(big(a).times(big(b)))
}

/** −1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return big(a).cmp(big(b))
}

export function isZero(a: Decimal): boolean {
  return big(a).c[0] === 0
}

export function isNegative(a: Decimal): boolean {
  return big(a).s < 0 && !isZero(a)
}

export function negate(a: Decimal): Decimal {
  return isZero(a) ? ZERO : decimalOf(big(a).neg())
}

export function absolute(a: Decimal): Decimal {
  return decimalOf(big(a).abs())
}

/** The power of ten of the first digit: 2 for 123.4, −3 for 0.0012; 0 for zero. */
export function exponentOf(a: Decimal): number {
  return big(a).e
}

/** The quotient to 30 significant digits, half-even: the one rounding of a division (P12). */
export function divide(a: Decimal, b: Decimal): Decimal {
  assert(!isZero(b), 'a divisor is not zero')
  if (isZero(a)) return ZERO
  const x = big(a)
  const y = big(b)
  // big.js counts places after the point, so both are brought to one digit before it.
  const left = mantissa(x)
  const right = mantissa(y)
  Exact.RM = MODES.half_even
  Exact.DP = left.cmp(right) < 0 ? DIVISION_DIGITS : DIVISION_DIGITS - 1
  const quotient = left.div(right)
  quotient.e += x.e - y.e
  quotient.s = x.s === y.s ? 1 : -1
  return decimalOf(quotient)
}

function mantissa(value: Big): Big {
  const copy = new Exact(value)
  copy.e = 0
  copy.s = 1
  return copy
}

/** The quotient with `decimals` places, rounded once from its exact value. */
export function divideRounded(
  a: Decimal,
  b: Decimal,
  { decimals, mode }: { readonly decimals: number; readonly mode: Rounding },
): Decimal {
  assert(!isZero(b), 'a divisor is not zero')
  Exact.DP = decimals
  Exact.RM = mode === 'up' ? MODES.down : MODES[mode]
  const quotient = big(a).div(big(b))
  Exact.RM = MODES.half_even
  if (mode !== 'up' || quotient.times(big(b)).eq(big(a))) return unsigned(quotient)
  const step = decimalOf(new Exact(`1e${-decimals}`))
  return big(a).s === big(b).s
    ? add(decimalOf(quotient), step)
    : subtract(decimalOf(quotient), step)
}

/** Rounded to `decimals` places. */
export function round(a: Decimal, decimals: number, mode: Rounding = 'half_even'): Decimal {
  return divideRounded(a, ONE, { decimals, mode })
}

/** At most `digits` significant digits, half-even. */
export function significant(a: Decimal, digits: number): Decimal {
  return unsigned(big(a).prec(digits, MODES.half_even))
}

/** −0 is 0. */
function unsigned(value: Big): Decimal {
  return value.c[0] === 0 ? ZERO : decimalOf(value)
}

/** Plain digits, never an exponent, no zeros at the end: `0.00001`, `1200`. */
export function toPlain(a: Decimal): string {
  return unsignedText(big(a).toFixed())
}

/** Plain digits with at least `decimals` places: an amount of money shows its minor unit. */
export function toPlaces(a: Decimal, decimals: number): string {
  const plain = toPlain(a)
  const point = plain.indexOf('.')
  const places = point === -1 ? 0 : plain.length - point - 1
  if (places >= decimals) return plain
  return `${plain}${point === -1 ? '.' : ''}${'0'.repeat(decimals - places)}`
}

function unsignedText(text: string): string {
  return text === '-0' ? '0' : text
}
