import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDecimal } from '../../src/model/decimal.ts'
import { ecb, market, openRates, type RateWorld } from '../support/rate-world.ts'

const SRC = join(import.meta.dirname, '../../src')
/** Files through which an amount, a rate or a price passes on its way from a source to an answer. */
const FILES = [
  'model/decimal.ts',
  'model/amount-text.ts',
  'model/rate-sheet.ts',
  'model/currency.ts',
  'source/format/rate-sheet.ts',
  'source/parse/json-exact.ts',
  ...readdirSync(join(SRC, 'score/rate'))
    .filter((name) => name.endsWith('.ts') && !/\.(test|bench)\.ts$/.test(name))
    .map((name) => `score/rate/${name}`),
  ...readdirSync(join(SRC, 'query'))
    .filter((name) => /^(rate|fx)\S*\.ts$/.test(name) && !/\.(test|bench)\.ts$/.test(name))
    .map((name) => `query/${name}`),
]

/** Ways by which a digit gets into floating point. Counting days, rows and places is no such way. */
const FLOATS: readonly RegExp[] = [
  /\bparseFloat\b/,
  /\bNumber\(/,
  /\.toNumber\(/,
  /\.valueOf\(/,
  // Of whole numbers these three are exact: days, places and positions go through them.
  /\bMath\.(?!(?:min|max|abs)\()/,
  /\.toFixed\(\d/,
  /\.toPrecision\(/,
  /\bFloat(?:32|64)Array\b/,
  // A number with a point, outside of texts.
  /(?<![\w.'"`])\d+\.\d+(?![\w.'"`])/,
]

function codeOf(file: string): string {
  return readFileSync(join(SRC, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
}

describe('amounts and rates are exact from end to end (P12)', () => {
  it.each(FILES)('%s computes with no floating-point number', (file) => {
    const code = codeOf(file)
    for (const pattern of FLOATS)
      expect(code.match(pattern)?.[0], `${file}: ${pattern}`).toBeUndefined()
  })

  it('the watch over floating point notices one', () => {
    const bad = [
      'parseFloat(x)',
      'Number(rate)',
      'x.toNumber()',
      'Math.round(x)',
      'x * 0.05',
      'x.toFixed(2)',
    ]
    for (const code of bad)
      expect(
        FLOATS.some((pattern) => pattern.test(code)),
        code,
      ).toBe(true)
  })

  it('the library of decimals is known to one file only', () => {
    const importers = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .filter((name) => /from 'big\.js'/.test(readFileSync(join(SRC, name), 'utf8')))
    expect(importers).toEqual(['model/decimal.ts'])
  })
})

interface Scaled {
  readonly int: bigint
  readonly scale: number
}

function textOf({ int, scale }: Scaled): string {
  const digits = int.toString().padStart(scale + 1, '0')
  const at = digits.length - scale
  return scale === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`
}

function scaledOf(text: string): Scaled {
  const [whole = '', part = ''] = text.split('.')
  return { int: BigInt(whole + part), scale: part.length }
}

/** n / d rounded half-even to a whole number. */
function halfEven(n: bigint, d: bigint): bigint {
  const floor = n / d
  const twice = (n - floor * d) * 2n
  return twice > d || (twice === d && floor % 2n === 1n) ? floor + 1n : floor
}

const RATES = { USD: '1.1169', JPY: '161.77', KWD: '0.33871', GBP: '0.86058', HUF: '402.35' }
const MINOR: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, GBP: 2, HUF: 2 }
const codes = Object.keys(MINOR)

describe('conversions of any amount', () => {
  let world: RateWorld
  beforeAll(async () => {
    world = await openRates({
      ecb_eurofxref: [ecb('2031-03-10', RATES)],
      currency_api: [market('2031-03-10', { EUR: '0.9', btc: '0.0000120174', pepe: '240297.7' })],
    })
  })
  afterAll(() => world.close())

  const amount = fc.record({
    int: fc.bigInt({ min: 1n, max: 10n ** 40n - 1n }),
    scale: fc.integer({ min: 0, max: 20 }),
  })
  const code = fc.constantFrom(...codes)

  it('are the exact quotient, rounded half-even once', async () => {
    await fc.assert(
      fc.asyncProperty(amount, code, code, async (value, from, to) => {
        const answer = await world.rates.convert({ amount: textOf(value), from, to })
        const rate = (id: string) =>
          scaledOf(id === 'EUR' ? '1' : ((RATES as Record<string, string>)[id] ?? ''))
        const [a, b] = [rate(from), rate(to)]
        const minor = MINOR[to] ?? 0
        // value × rate(to) / rate(from), in the smallest unit of the target
        const n = value.int * b.int * 10n ** BigInt(a.scale + minor)
        const d = a.int * 10n ** BigInt(value.scale + b.scale)
        const expected =
          from === to
            ? halfEven(value.int * 10n ** BigInt(minor), 10n ** BigInt(value.scale))
            : halfEven(n, d)
        expect(answer.result).toBe(textOf({ int: expected, scale: minor }))
      }),
      { numRuns: 500 },
    )
  })

  it('come back within half the smallest unit, whatever lies between', async () => {
    const ids = [...codes, 'currency_api:btc', 'currency_api:pepe', 'DEM', 'HRK']
    const id = fc.constantFrom(...ids)
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: 1n, max: 10n ** 12n }), id, id, async (int, from, to) => {
        const there = await world.rates.convert({ amount: int.toString(), from, to })
        if (scaledOf(there.result).int === 0n) return
        const back = await world.rates.convert({ amount: there.result, from: to, to: from })
        const half = await world.rates.convert({
          amount: textOf({ int: 5n, scale: scaledOf(there.result).scale + 1 }),
          from: to,
          to: from,
        })
        const [x, y, h] = [back.unrounded, int.toString(), half.unrounded].map(scaledOf)
        if (x === undefined || y === undefined || h === undefined) throw new Error('three numbers')
        const scale = Math.max(x.scale, y.scale, h.scale)
        const up = ({ int: n, scale: s }: Scaled) => n * 10n ** BigInt(scale - s)
        const lost = up(x) > up(y) ? up(x) - up(y) : up(y) - up(x)
        // Each text is itself carried to thirty digits: the last of them may differ.
        const slack = up(y) / 10n ** 28n + 1n
        expect(
          lost <= up(h) + slack,
          `${int} ${from} ${to} ${there.result} ${back.unrounded}`,
        ).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('are plain decimals and never NaN, also for hostile texts', async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[-+0-9.,eE ]{0,60}$/),
      fc.double().map(String),
    )
    await fc.assert(
      fc.asyncProperty(texts, code, code, async (text, from, to) => {
        const answer = await world.rates
          .convert({ amount: text, from, to })
          .catch((e: unknown) => e)
        if (answer instanceof Error) {
          expect((answer as { code?: string }).code).toBe('rate.bad_amount')
          return
        }
        const { result, unrounded, rate, available } = answer as Awaited<
          ReturnType<typeof world.rates.convert>
        >
        for (const number of [result, available]) expect(number).toMatch(/^\d+(\.\d+)?$/)
        expect(unrounded).toMatch(/^\d+(\.\d+)?$/)
        expect(parseDecimal(rate)).toBeDefined()
      }),
      { numRuns: 500 },
    )
  })
})
