import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressKey,
  amountOf,
  coverOf,
  fromCover,
  fromLimbs,
  indexOf,
  keyCodec,
  limbsOf,
  numberOf,
  placeOf,
  shortKey,
  toAmount,
} from './sqlite-codec.ts'

describe('values in rows', () => {
  it('amounts of up to 256 bits come back exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (amount) => {
        expect(toAmount(amountOf(amount))).toBe(amount)
      }),
      { numRuns: 500 },
    )
    expect(toAmount(amountOf(null))).toBeNull()
  })

  it('sums of limbs are sums of amounts, of either sign', () => {
    const amount = fc.bigInt({ min: -(2n ** 260n), max: 2n ** 260n })
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 20 }), (amounts) => {
        const sums = new Array<bigint>(8).fill(0n)
        for (const value of amounts) {
          for (const [i, limb] of limbsOf(value).entries()) sums[i] = (sums[i] ?? 0n) + BigInt(limb)
        }
        expect(fromLimbs(sums)).toBe(amounts.reduce((sum, value) => sum + value, 0n))
      }),
      { numRuns: 500 },
    )
  })

  it('places keep number and index, and refuse what does not fit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 0, max: 2 ** 20 - 1 }),
        (number, index) => {
          const place = placeOf(number, index)
          expect([numberOf(place), indexOf(place)]).toEqual([number, index])
        },
      ),
      { numRuns: 500 },
    )
    for (const [number, index] of [
      [2 ** 33, 0],
      [1, 2 ** 20],
      [-1, 0],
      [Number.NaN, 0],
    ] as const) {
      expect(() => placeOf(number, index)).toThrow(
        expect.objectContaining({ code: 'chain.block_too_large' }),
      )
    }
  })

  it('hashes and addresses of every family come back as they were', () => {
    const texts: readonly [string, string][] = [
      ['eip155:1', `0x${'ab'.repeat(32)}`],
      ['eip155:1', `0x${'ab'.repeat(20)}`],
      ['eip155:1', `0x${'AB'.repeat(20)}`],
      ['bip122:x', 'cd'.repeat(32)],
      ['bip122:x', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'],
      ['bip122:x', `bc1q${'z'.repeat(58)}`],
    ]
    for (const [chain, text] of texts) {
      const codec = keyCodec(chain)
      expect(codec.hashText(codec.hash(text))).toBe(text)
      expect(codec.keyText(codec.key(text))).toBe(text)
      expect(Number.isSafeInteger(shortKey(text))).toBe(true)
    }
  })

  it('addresses that share all but a few digits have keys of their own', () => {
    const same = (i: number) => `0x${'7'.repeat(34)}${i.toString(16).padStart(6, '0')}`
    const keys = Array.from({ length: 2_000 }, (_, i) => addressKey(same(i)))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.every((key) => Number.isSafeInteger(key) && key < 2 ** 48)).toBe(true)
  })

  it('coverage keeps what was read and what was missing', () => {
    const coverage = {
      receipts: true,
      logs: false,
      traces: true,
      inputs: false,
      gaps: ['log_index_repeated', 'traces_missing'] as const,
    }
    expect(fromCover(coverOf(coverage))).toEqual(coverage)
  })
})
