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

const HALF_EVEN = 2
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

const POWERS: bigint[] = [1n]

function powerOfTen(n: number): bigint {
  for (let i = POWERS.length; i <= n; i++) POWERS.push((POWERS[i - 1] ?? 1n) * 10n)
  return POWERS[n] ?? 1n
}

/** The digits as a whole number, without sign, and the power of ten of the last one. */
function wholeOf(value: Big): { readonly int: bigint; readonly low: number } {
  return { int: BigInt(value.c.join('')), low: value.e - value.c.length + 1 }
}

/**
 * n / d as a whole number by a mode. Whole numbers divide exactly and fast; the library's own long
 * division works digit by digit.
 */
function wholeQuotient(n: bigint, d: bigint, mode: Rounding): bigint {
  const floor = n / d
  const rest = n - floor * d
  if (rest === 0n || mode === 'down') return floor
  const twice = rest * 2n
  const isUp =
    mode === 'up' || twice > d || (twice === d && (mode === 'half_up' || (floor & 1n) === 1n))
  return isUp ? floor + 1n : floor
}

function signed(isPositive: boolean, int: bigint, low: number): Decimal {
  if (int === 0n) return ZERO
  return decimalOf(new Exact(`${isPositive ? '' : '-'}${int}e${low}`))
}

/** The quotient to 30 significant digits, half-even: the one rounding of a division (P12). */
export function divide(a: Decimal, b: Decimal): Decimal {
  assert(!isZero(b), 'a divisor is not zero')
  if (isZero(a)) return ZERO
  const x = big(a)
  const y = big(b)
  const n = wholeOf(x)
  const d = wholeOf(y)
  // The digits of the quotient number as many as those of its mantissas tell, or one fewer.
  const isShort = isMantissaBelow(x.c, y.c)
  const shift = DIVISION_DIGITS - 1 + (isShort ? 1 : 0) - (x.c.length - y.c.length)
  const left = shift > 0 ? n.int * powerOfTen(shift) : n.int
  const right = shift < 0 ? d.int * powerOfTen(-shift) : d.int
  return signed(x.s === y.s, wholeQuotient(left, right, 'half_even'), n.low - d.low - shift)
}

/** Compares digits as if both stood after the same point: 1.25 is below 1.3. */
function isMantissaBelow(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length || i < b.length; i++) {
    const left = a[i] ?? 0
    const right = b[i] ?? 0
    if (left !== right) return left < right
  }
  return false
}

/** The quotient with `decimals` places, rounded once from its exact value. */
export function divideRounded(
  a: Decimal,
  b: Decimal,
  { decimals, mode }: { readonly decimals: number; readonly mode: Rounding },
): Decimal {
  assert(!isZero(b), 'a divisor is not zero')
  const x = big(a)
  const y = big(b)
  const n = wholeOf(x)
  const d = wholeOf(y)
  const shift = n.low - d.low + decimals
  const left = shift > 0 ? n.int * powerOfTen(shift) : n.int
  const right = shift < 0 ? d.int * powerOfTen(-shift) : d.int
  return signed(x.s === y.s, wholeQuotient(left, right, mode), -decimals)
}

/** Rounded to `decimals` places. */
export function round(a: Decimal, decimals: number, mode: Rounding = 'half_even'): Decimal {
  return divideRounded(a, ONE, { decimals, mode })
}

/** At most `digits` significant digits, half-even. */
export function significant(a: Decimal, digits: number): Decimal {
  return unsigned(big(a).prec(digits, HALF_EVEN))
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
