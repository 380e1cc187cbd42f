import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, jaroWinkler } from '../../model/likeness.ts'
import { foldName } from '../../model/name.ts'
import { wordLikeness } from '../../model/word-likeness.ts'
import { NameScorer } from './score.ts'

const score = (asked: string, listed: string) =>
  new NameScorer(foldName(asked)).score(foldName(listed), 'name').score

describe('likeness of two words', () => {
  it('is the textbook value of Jaro-Winkler', () => {
    expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4)
    expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4)
    expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4)
  })

  it('is symmetric and between 0 and 1', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), maxLength: 10 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        for (const like of [jaroWinkler, wordLikeness]) {
          expect(like(a, b)).toBe(like(b, a))
          expect(like(a, b)).toBeGreaterThanOrEqual(0)
          expect(like(a, b)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('counts a swap of neighbours as one edit, and gives up beyond the limit', () => {
    expect(editDistance('martha', 'marhta', 3)).toBe(1)
    expect(editDistance('kitten', 'sitting', 3)).toBe(3)
    expect(editDistance('kitten', 'sitting', 2)).toBe(3)
    expect(editDistance('', 'abc', 5)).toBe(3)
  })

  it('agrees with the plain definition of edit distance on short words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 6 })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, max) => {
        const exact = plainDistance(a, b)
        expect(editDistance(a, b, max)).toBe(exact <= max ? exact : max + 1)
      }),
      { numRuns: 500 },
    )
  })
})

/** Optimal string alignment over the whole table. */
function plainDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i])
  const at = (i: number, j: number) => d[i]?.[j] ?? 0
  for (let j = 0; j <= b.length; j++) (d[0] as number[])[j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let value = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, at(i - 2, j - 2) + 1)
      }
      ;(d[i] as number[])[j] = value
    }
  }
  return at(a.length, b.length)
}

describe('likeness of two names', () => {
  it.each([
    ['Usama bin Ladin', 'Osama bin Laden', 0.92],
    ['Muhammad Hosseini', 'Mohammed Husseini', 0.92],
    ['Ladin, Usama bin', 'Usama bin Ladin', 0.97],
    ['Example Trading GmbH', 'Example Trading Ltd.', 0.97],
    ['Coin Base', 'Coinbase', 0.97],
    ['Владимир Петров', 'Vladimir Petrov', 0.97],
    ['Société Générale S.A.', 'Societe Generale', 0.97],
    ['Usama Ladin', 'Usama Muhammad Awad bin Ladin', 0.78],
  ])('of %s and %s is at least %d', (a, b, floor) => {
    expect(score(a, b)).toBeGreaterThanOrEqual(floor)
  })

  it.each([
    ['Coinbase', 'Coinhouse'],
    ['John Smith', 'John Anderson'],
    ['Bank One 1', 'Bank One 2'],
    ['Garantex', 'Garantiya'],
    ['Usama bin Ladin', 'Usama bin Qasim'],
  ])('of %s and %s is below the threshold of a finding', (a, b) => {
    expect(score(a, b)).toBeLessThan(0.85)
  })

  it('is 1 for the same folded name only', () => {
    expect(score('ACME Holdings', 'acme  holdings')).toBe(1)
    expect(score('ACME Holdings', 'ACME Holding')).toBeLessThan(1)
  })

  it('counts less for a name by which somebody is only weakly known', () => {
    const scorer = new NameScorer('the wolf')
    expect(scorer.score('the wolf', 'weakAlias').score).toBe(0.8)
    expect(scorer.score('the wolf', 'previousName').score).toBe(0.95)
  })

  it('says what matched and what did not', () => {
    const { explanations, hasAllWords } = new NameScorer('osama ladin').score(
      'usama awad ladin',
      'alias',
    )
    expect(explanations.alias?.detail).toBe('ladin, osama≈usama 0.95, listed only: awad')
    expect(hasAllWords).toBe(true)
    expect(new NameScorer('coinbase').score('coinbene', 'name').hasAllWords).toBe(false)
  })

  it('stays between 0 and 1 for any two texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const value = score(a, b)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })
})
