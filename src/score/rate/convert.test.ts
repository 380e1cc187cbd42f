import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compare,
  type Decimal,
  decimal,
  divide,
  exponentOf,
  multiply,
  subtract,
  toPlain,
} from '../../model/decimal.ts'
import { product, rateTexts, resolvePair, roundingOf } from './convert.ts'
import { applied, type Ratio } from './ratio.ts'
import type { Publisher, UsableSheet } from './types.ts'

interface Given {
  readonly dataset: string
  readonly base: string
  readonly isOfficial?: boolean
  readonly direction?: UsableSheet['direction']
  readonly unit?: string
  readonly dayNumber?: number
  readonly quotes: Readonly<Record<string, string>>
}

const DAY = 100

/** A publisher with one sheet. */
function publisher(p: Given): Publisher {
  const dayNumber = p.dayNumber ?? DAY
  const sheet: UsableSheet = {
    statement: `${p.dataset} sheet`,
    day: `day ${dayNumber}`,
    dayNumber,
    direction: p.direction ?? 'base_in_quote',
    rate: (code) =>
      p.quotes[code] === undefined ? undefined : { rate: p.quotes[code], unit: p.unit ?? '1' },
  }
  return {
    dataset: p.dataset,
    base: p.base,
    isOfficial: p.isOfficial ?? true,
    maxAgeDays: 7,
    find: (codes, asked) =>
      asked >= dayNumber && codes.every((code) => p.quotes[code] !== undefined) ? sheet : undefined,
  }
}

const ecb = publisher({
  dataset: 'ecb',
  base: 'EUR',
  quotes: { USD: '1.1690', JPY: '186.75', GBP: '0.87058' },
})

function find(publishers: readonly Publisher[], from: string, to: string, day = '2031-03-10') {
  return resolvePair(publishers, { from, to, day, dayNumber: DAY })
}

/** What one unit of the source becomes, as a number of the target. */
function rateOf(publishers: readonly Publisher[], from: string, to: string, day?: string): Ratio {
  const found = find(publishers, from, to, day)
  if (found === undefined) throw new Error(`no rate of ${from} in ${to}`)
  return found.ratio
}

const sameRatio = (a: Ratio, b: Ratio) =>
  compare(multiply(a.num, b.den), multiply(b.num, a.den)) === 0

describe('the choice of a rate', () => {
  it('gives the fixing of an authority with its digits unchanged', () => {
    const found = find([ecb], 'EUR', 'USD')
    expect(found?.method).toBe('fixing')
    expect(found && rateTexts(found)).toEqual({ rate: '1.1690', shown: '1.1690' })
    expect(found?.legs).toMatchObject([
      { base: 'EUR', quote: 'USD', rate: '1.1690', operation: 'multiply', ageDays: 0 },
    ])
  })

  it('divides by the published rate in the other direction, and never by an inverse', () => {
    const found = find([ecb], 'USD', 'EUR')
    expect(found?.legs).toMatchObject([{ rate: '1.1690', operation: 'divide' }])
    expect(found && toPlain(found.ratio.num)).toBe('1')
    expect(found && toPlain(found.ratio.den)).toBe('1.169')
  })

  it('crosses through the base of one sheet, in two legs', () => {
    const found = find([ecb], 'USD', 'JPY')
    expect(found?.method).toBe('cross')
    expect(found?.legs).toMatchObject([
      { base: 'EUR', quote: 'USD', operation: 'divide' },
      { base: 'EUR', quote: 'JPY', operation: 'multiply' },
    ])
  })

  it('reads prices for a hundred units', () => {
    const norges = publisher({
      dataset: 'norges',
      base: 'NOK',
      direction: 'quote_in_base',
      unit: '100',
      quotes: { SEK: '99.07', JPY: '6.58' },
    })
    const found = find([norges], 'SEK', 'NOK')
    expect(found?.legs).toMatchObject([
      { base: 'SEK', quote: 'NOK', rate: '99.07', unit: '100', operation: 'multiply' },
    ])
    expect(found && rateTexts(found).rate).toBe('0.9907')
    const cross = rateOf([norges], 'SEK', 'JPY')
    expect(toPlain(divide(cross.num, cross.den)).slice(0, 8)).toBe('15.05623')
  })

  it('prefers the fixing of the pair to every cross and every market', () => {
    const boc = publisher({
      dataset: 'boc',
      base: 'CAD',
      direction: 'quote_in_base',
      quotes: { USD: '1.4', EUR: '1.6' },
    })
    const market = publisher({
      dataset: 'market',
      base: 'USD',
      isOfficial: false,
      quotes: { CAD: '1.5', EUR: '0.9' },
    })
    expect(find([market, ecb, boc], 'USD', 'CAD')?.legs).toMatchObject([{ dataset: 'boc' }])
    const ecbWithCad = publisher({ dataset: 'ecb', base: 'EUR', quotes: { CAD: '1.61' } })
    // Two authorities fix the pair: the one of the currency that the market quotes first.
    expect(find([boc, ecbWithCad], 'EUR', 'CAD')?.legs).toMatchObject([{ dataset: 'ecb' }])
    expect(find([boc, ecbWithCad], 'EUR', 'CAD')?.candidates).toHaveLength(2)
  })

  it('prefers a fresh market to a stale fixing, and the youngest of stale ones', () => {
    const old = publisher({ dataset: 'ecb', base: 'EUR', dayNumber: 50, quotes: { USD: '1.1' } })
    const fresh = { dataset: 'm', base: 'USD', isOfficial: false, quotes: { EUR: '0.9' } }
    expect(find([old, publisher(fresh)], 'EUR', 'USD')?.method).toBe('market')
    const staler = publisher({ ...fresh, dayNumber: 49 })
    const found = find([old, staler], 'EUR', 'USD')
    expect(found?.legs).toMatchObject([{ dataset: 'ecb', state: 'stale', ageDays: 50 }])
  })

  it('carries a rate over a weekend and says so', () => {
    const friday = publisher({ dataset: 'e', base: 'EUR', dayNumber: 98, quotes: { USD: '1.1' } })
    expect(find([friday], 'EUR', 'USD')?.legs).toMatchObject([{ ageDays: 2, state: 'carried' }])
  })

  it('blends four publishers only where nobody fixes the pair', () => {
    const four = ['a', 'b', 'c', 'd'].map((dataset, i) =>
      publisher({
        dataset,
        base: ['EUR', 'CAD', 'NOK', 'PLN'][i] ?? '',
        direction: 'quote_in_base',
        quotes: { USD: '2', JPY: ['0.01', '0.0101', '0.0102', '0.05'][i] ?? '' },
      }),
    )
    const found = find(four, 'USD', 'JPY')
    expect(found?.method).toBe('consensus')
    expect(found?.consensus?.parts.map(({ isOutlier }) => isOutlier)).toContain(true)
    expect(find(four.slice(0, 3), 'USD', 'JPY')?.method).toBe('cross')
    expect(find(four, 'USD', 'CAD')?.method).toBe('fixing')
  })

  it('prices an asset at a market, and goes on by the fixing', () => {
    const market = publisher({
      dataset: 'currency_api',
      base: 'USD',
      isOfficial: false,
      quotes: { 'currency_api:btc': '0.00001', EUR: '0.85', GBP: '0.74' },
    })
    const found = find([market, ecb], 'currency_api:btc', 'GBP')
    expect(found?.method).toBe('mixed')
    expect(found?.legs.map(({ dataset }) => dataset)).toEqual(['currency_api', 'ecb', 'ecb'])
    const back = find([market, ecb], 'GBP', 'currency_api:btc')
    expect(back?.legs.map(({ operation }) => operation)).toEqual(['divide', 'multiply', 'multiply'])
    const there = rateOf([market, ecb], 'currency_api:btc', 'GBP')
    const home = rateOf([market, ecb], 'GBP', 'currency_api:btc')
    expect(sameRatio(there, { num: home.den, den: home.num })).toBe(true)
  })

  it('joins two publishers where none has both sides', () => {
    const pln = publisher({ dataset: 'n', base: 'PLN', quotes: { EUR: '0.23', XYZ: '7' } })
    const found = find([ecb, pln], 'XYZ', 'JPY')
    expect(found?.legs.map(({ dataset }) => dataset)).toEqual(['n', 'n', 'ecb'])
    expect(find([ecb], 'XYZ', 'JPY')).toBeUndefined()
  })

  it('turns currencies that the euro replaced by their fixed rate, through the euro', () => {
    const found = find([ecb], 'DEM', 'FRF')
    expect(found?.method).toBe('fixed')
    expect(found?.legs).toMatchObject([
      { base: 'EUR', quote: 'DEM', rate: '1.95583', operation: 'divide', kind: 'fixed' },
      { base: 'EUR', quote: 'FRF', rate: '6.55957', operation: 'multiply', kind: 'fixed' },
    ])
    expect(find([ecb], 'HRK', 'USD')?.legs).toMatchObject([
      { quote: 'HRK', kind: 'fixed' },
      { quote: 'USD', kind: 'fixing' },
    ])
    // In its time a currency has its own rate, and no other.
    expect(find([ecb], 'HRK', 'USD', '2022-12-30')).toBeUndefined()
    expect(find([], 'VEB', 'VES')?.legs).toHaveLength(2)
  })

  it('is one for a currency in itself', () => {
    expect(find([], 'EUR', 'EUR')).toMatchObject({ method: 'identity', legs: [] })
  })
})

describe('rounding, once and at the end', () => {
  it('goes by the minor unit, half-even, and half up where the law of the euro says so', () => {
    expect(roundingOf('JPY', [], 3)).toEqual({ decimals: 0, mode: 'half_even' })
    expect(roundingOf('KWD', [], 3)).toEqual({ decimals: 3, mode: 'half_even' })
    const legs = find([ecb], 'DEM', 'EUR')?.legs ?? []
    expect(roundingOf('EUR', legs, 0)).toEqual({ decimals: 2, mode: 'half_up' })
  })

  it('keeps digits of assets that have no minor unit', () => {
    expect(roundingOf('XAU', [], 0).decimals).toBe(9)
    expect(roundingOf('currency_api:btc', [], 5).decimals).toBe(8)
    expect(roundingOf('currency_api:btc', [], -9).decimals).toBe(18)
    expect(roundingOf('currency_api:btc', [], -90).decimals).toBe(40)
  })
})

const codes = ['EUR', 'USD', 'JPY', 'GBP', 'KWD', 'currency_api:abc']
const rateText = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 9 }))
  .map(([int, scale]) => {
    const digits = int.toString().padStart(scale + 1, '0')
    const at = digits.length - scale
    return scale === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`
  })
const sheets = fc
  .tuple(
    fc.array(rateText, { minLength: 5, maxLength: 5 }),
    fc.boolean(),
    fc.constantFrom('1', '100'),
  )
  .map(([texts, isBaseFirst, unit]) =>
    publisher({
      dataset: 'p',
      base: 'EUR',
      direction: isBaseFirst ? 'base_in_quote' : 'quote_in_base',
      unit: isBaseFirst ? '1' : unit,
      quotes: Object.fromEntries(texts.map((text, i) => [codes[i + 1] ?? '', text])),
    }),
  )
const code = fc.constantFrom(...codes)

describe('derived rates of one sheet', () => {
  it('are consistent in every triangle, exactly', () => {
    fc.assert(
      fc.property(sheets, code, code, code, (one, a, b, c) => {
        const ab = rateOf([one], a, b)
        const bc = rateOf([one], b, c)
        const whole = { num: multiply(ab.num, bc.num), den: multiply(ab.den, bc.den) }
        expect(sameRatio(whole, rateOf([one], a, c))).toBe(true)
      }),
    )
  })

  it('bring an amount there and back within what the rounding took', () => {
    fc.assert(
      fc.property(sheets, code, code, fc.bigInt({ min: 1n, max: 10n ** 12n }), (one, a, b, int) => {
        const amount = decimal(int.toString())
        const there = rateOf([one], a, b)
        const exact = divide(multiply(amount, there.num), there.den)
        const rounding = roundingOf(b, [], exponentOf(exact))
        const rounded = applied(amount, there, rounding)
        const back = rateOf([one], b, a)
        // Half a unit of the last place of B, as an amount of A: nothing else may be lost.
        const half = decimal(`0.${'0'.repeat(rounding.decimals)}5`)
        const lost = absolute(subtract(multiply(rounded, back.num), multiply(amount, back.den)))
        expect(compare(lost, multiply(half, back.num))).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('are the product of their legs', () => {
    fc.assert(
      fc.property(sheets, code, code, (one, a, b) => {
        const found = find([one], a, b)
        expect(found && sameRatio(found.ratio, product(found.legs))).toBe(true)
      }),
    )
  })
})

function absolute(value: Decimal): Decimal {
  return compare(value, decimal('0')) < 0 ? subtract(decimal('0'), value) : value
}
