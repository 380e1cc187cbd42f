import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, decimal, toPlain } from '../../model/decimal.ts'
import { consensusOf, type PublishedRate, spreadOf, weightOf } from './consensus.ts'

const rates = (...values: readonly (readonly [string, number?])[]): PublishedRate[] =>
  values.map(([rate, ageDays = 0], i) => ({ publisher: `p${i}`, rate: decimal(rate), ageDays }))

describe('the consensus of publishers', () => {
  it('needs four of them', () => {
    expect(consensusOf(rates(['1.1'], ['1.1'], ['1.1']))).toBeUndefined()
    expect(consensusOf(rates(['1.1'], ['1.1'], ['1.1'], ['1.1']))).toBeDefined()
    // One that is so old that it has no weight does not count.
    expect(consensusOf(rates(['1.1'], ['1.1'], ['1.1'], ['1.1', 90]))).toBeUndefined()
  })

  it('is the mean of those that agree, and an outlier has no part in it', () => {
    const found = consensusOf(rates(['1.10'], ['1.11'], ['1.12'], ['1.13'], ['2.20']))
    expect(found && toPlain(found.median)).toBe('1.12')
    expect(found?.parts.map(({ isOutlier }) => isOutlier)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
    expect(found && toPlain(found.rate)).toBe('1.115')
  })

  it('calls nobody an outlier within a twentieth of the median, however calm the day', () => {
    const found = consensusOf(rates(['1.00'], ['1.00'], ['1.00'], ['1.05'], ['1.0501']))
    expect(found?.parts.map(({ isOutlier }) => isOutlier)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
  })

  it('takes the upper middle of an even count as the median', () => {
    const { median, bound } = spreadOf(['1', '2', '3', '10'].map((text) => decimal(text)))
    expect(toPlain(median)).toBe('3')
    // Deviations 2, 1, 0, 7 → upper middle 2; ten times that.
    expect(toPlain(bound)).toBe('20')
  })

  it('weighs by age: full for three days, then e^(−0.5) for each day more', () => {
    expect([0, 1, 3].map(weightOf)).toEqual(['1', '1', '1'])
    expect(weightOf(4)).toBe('0.60653065971263342360')
    expect(weightOf(5)).toBe('0.36787944117144232160')
    expect(weightOf(60)).toBe('0')
    const found = consensusOf(rates(['1'], ['1'], ['1'], ['1.04', 4]))
    // 1 + 0.04 × 0.6065306597 / 3.6065306597
    expect(found && toPlain(found.rate).slice(0, 12)).toBe('1.0067270262')
  })

  it('lies between its lowest and its highest rate, whatever the order', () => {
    const rate = fc.bigInt({ min: 1n, max: 10n ** 12n }).map((n) => decimal(n.toString()))
    const part = fc.record({ rate, ageDays: fc.integer({ min: 0, max: 20 }) })
    fc.assert(
      fc.property(fc.array(part, { minLength: 4, maxLength: 9 }), (parts) => {
        const named = parts.map((p, i) => ({ ...p, publisher: `p${i}` }))
        const found = consensusOf(named)
        const turned = consensusOf(named.toReversed())
        if (found === undefined || turned === undefined) throw new Error('four have weight')
        expect(compare(found.rate, turned.rate)).toBe(0)
        const used = found.parts.filter(({ weight }) => weight !== '0').map((p) => p.publisher)
        const own = named.filter((p) => used.includes(p.publisher)).map((p) => p.rate)
        expect(own.some((r) => compare(r, found.rate) <= 0)).toBe(true)
        expect(own.some((r) => compare(r, found.rate) >= 0)).toBe(true)
      }),
    )
  })
})
