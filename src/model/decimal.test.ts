import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  DIVISION_DIGITS,
  decimal,
  divide,
  divideRounded,
  exponentOf,
  multiply,
  negate,
  parseDecimal,
  plainDecimal,
  type Rounding,
  round,
  significant,
  subtract,
  toPlaces,
  toPlain,
} from './decimal.ts'

/** Digits as a whole number and how many of them stand after the point: the oracle's decimals. */
interface Scaled {
  readonly int: bigint
  readonly scale: number
}

const scaled = fc.record({
  int: fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }),
  scale: fc.integer({ min: 0, max: 30 }),
})
const positive = fc.record({
  int: fc.bigInt({ min: 1n, max: 10n ** 30n }),
  scale: fc.integer({ min: 0, max: 30 }),
})

function textOf({ int, scale }: Scaled): string {
  const digits = (int < 0n ? -int : int).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const part = digits.slice(digits.length - scale)
  return `${int < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`
}

const decimalOf = (value: Scaled) => decimal(textOf(value))

/** n / d rounded to a whole number, by whole numbers only. */
function wholeQuotient(n: bigint, d: bigint, mode: Rounding): bigint {
  const negative = n < 0n !== d < 0n
  const a = n < 0n ? -n : n
  const b = d < 0n ? -d : d
  const floor = a / b
  const rest = (a % b) * 2n
  const isOdd = floor % 2n === 1n
  const up =
    mode === 'up'
      ? rest > 0n
      : mode === 'half_up'
        ? rest >= b
        : mode === 'half_even' && (rest > b || (rest === b && isOdd))
  const value = up ? floor + 1n : floor
  return negative ? -value : value
}

const pow10 = (n: number) => 10n ** BigInt(n)

describe('decimals', () => {
  it('read plain digits and nothing else', () => {
    for (const good of ['0', '-0.5', '12', '1.2300', '9'.repeat(40), `0.${'1'.repeat(40)}`]) {
      expect(parseDecimal(good), good).toBeDefined()
    }
    const bad = [
      '',
      ' 1',
      '1 ',
      '.5',
      '1.',
      '+1',
      '1e3',
      'NaN',
      'Infinity',
      '1,5',
      '١',
      '0x10',
      '--1',
    ]
    for (const text of [...bad, '9'.repeat(41), `0.${'1'.repeat(41)}`]) {
      expect(parseDecimal(text), text).toBeUndefined()
    }
  })

  it('keep the digits of a published number and write out its exponent', () => {
    expect(plainDecimal('1.20e-5')).toBe('0.0000120')
    expect(plainDecimal('1.5E3')).toBe('1500')
    expect(plainDecimal('1.1690')).toBe('1.1690')
    expect(plainDecimal('+007.50')).toBe('7.50')
    expect(plainDecimal('2.')).toBe('2')
    expect(plainDecimal('12e1')).toBe('120')
    for (const text of ['', '1e99', '1e-99', '1e1000', 'e5', '1..2', 'NaN', '1,2', '0x1']) {
      expect(plainDecimal(text), text).toBeUndefined()
    }
  })

  it('add, subtract and multiply without losing a digit', () => {
    fc.assert(
      fc.property(scaled, scaled, (a, b) => {
        const scale = Math.max(a.scale, b.scale)
        const x = a.int * pow10(scale - a.scale)
        const y = b.int * pow10(scale - b.scale)
        const [p, q] = [decimalOf(a), decimalOf(b)]
        expect(toPlain(add(p, q))).toBe(toPlain(decimalText(x + y, scale)))
        expect(toPlain(subtract(p, q))).toBe(toPlain(decimalText(x - y, scale)))
        const product = decimalText(a.int * b.int, a.scale + b.scale)
        expect(compare(multiply(p, q), product)).toBe(0)
        expect(compare(p, q)).toBe(x < y ? -1 : x > y ? 1 : 0)
      }),
    )
  })

  it('divide to thirty significant digits, half-even', () => {
    fc.assert(
      fc.property(scaled, positive, (a, b) => {
        fc.pre(a.int !== 0n)
        const quotient = divide(decimalOf(a), decimalOf(b))
        const places = DIVISION_DIGITS - 1 - exponentOf(quotient)
        // a / b × 10^places, rounded to a whole number, is the quotient's digits.
        const n = a.int * pow10(b.scale) * pow10(Math.max(places, 0))
        const d = b.int * pow10(a.scale) * pow10(Math.max(-places, 0))
        const expected = wholeQuotient(n, d, 'half_even')
        const value = compare(
          multiply(quotient, decimalText(pow10(Math.max(places, 0)), 0)),
          multiply(decimalText(expected, 0), decimalText(pow10(Math.max(-places, 0)), 0)),
        )
        expect(value).toBe(0)
      }),
      { numRuns: 500 },
    )
    expect(toPlain(divide(decimal('1'), decimal('3')))).toBe(`0.${'3'.repeat(30)}`)
    expect(toPlain(divide(decimal('2'), decimal('3')))).toBe(`0.${'6'.repeat(29)}7`)
    expect(toPlain(divide(decimal('2000'), decimal('3')))).toBe(`666.${'6'.repeat(26)}7`)
  })

  it('round a quotient once, from its exact value, in every mode', () => {
    const modes: readonly Rounding[] = ['half_even', 'half_up', 'down', 'up']
    fc.assert(
      fc.property(
        scaled,
        positive,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...modes),
        (a, b, decimals, mode) => {
          const n = a.int * pow10(b.scale) * pow10(decimals)
          const expected = wholeQuotient(n, b.int * pow10(a.scale), mode)
          const given = divideRounded(decimalOf(a), decimalOf(b), { decimals, mode })
          expect(toPlain(given)).toBe(toPlain(decimalText(expected, decimals)))
        },
      ),
      { numRuns: 1000 },
    )
    // A tie that a rounding to thirty digits before would have made.
    const third = divideRounded(decimal('0.5000000000000000000000000000000000001'), decimal('1'), {
      decimals: 0,
      mode: 'half_even',
    })
    expect(toPlain(third)).toBe('1')
  })

  it('round ties to the even digit, or up where the law says so', () => {
    expect(toPlain(round(decimal('0.125'), 2))).toBe('0.12')
    expect(toPlain(round(decimal('0.135'), 2))).toBe('0.14')
    expect(toPlain(round(decimal('0.125'), 2, 'half_up'))).toBe('0.13')
    expect(toPlain(round(decimal('-0.001'), 2))).toBe('0')
    expect(toPlain(round(decimal('0.001'), 2, 'up'))).toBe('0.01')
    expect(toPlain(significant(decimal('0.00012345678'), 4))).toBe('0.0001235')
  })

  it('write plain digits with the places of a minor unit', () => {
    expect(toPlaces(decimal('5'), 2)).toBe('5.00')
    expect(toPlaces(decimal('5.1'), 2)).toBe('5.10')
    expect(toPlaces(decimal('5.123'), 2)).toBe('5.123')
    expect(toPlaces(decimal('5'), 0)).toBe('5')
    expect(toPlain(negate(decimal('0')))).toBe('0')
    expect(toPlain(multiply(decimal('1'), decimal(`0.${'0'.repeat(39)}1`)))).toBe(
      `0.${'0'.repeat(39)}1`,
    )
  })
})

/** A whole number over a power of ten; longer than a text may be, so it is put together in parts. */
function decimalText(int: bigint, scale: number) {
  let value = decimal('0')
  const digits = (int < 0n ? -int : int).toString()
  for (let at = 0; at < digits.length; at += 20) {
    const part = digits.slice(at, at + 20)
    value = add(multiply(value, decimal(pow10(part.length).toString())), decimal(part))
  }
  for (let rest = scale; rest > 0; rest -= 30) {
    value = multiply(value, decimal(`0.${'0'.repeat(Math.min(rest, 30) - 1)}1`))
  }
  return int < 0n ? negate(value) : value
}
