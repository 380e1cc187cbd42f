import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildNear, editDistance, type Reach } from './near.ts'
import { slipCost } from './slip.ts'

const word = fc.stringMatching(/^[abc]{1,9}$/)

describe('the edit distance', () => {
  it.each([
    ['metamask', 'metamask', 0],
    ['metamaks', 'metamask', 1],
    ['metamasks', 'metamask', 1],
    ['metmask', 'metamask', 1],
    ['metamosk', 'metamask', 1],
    ['emtamsk', 'metamask', 2],
    ['', 'ab', 2],
    ['ca', 'abc', 3],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(editDistance(a, b, 9)).toBe(distance)
  })

  it('is symmetric, zero for equals alone, and one more than the limit above it', () => {
    fc.assert(
      fc.property(word, word, fc.nat(3), (a, b, limit) => {
        const full = editDistance(a, b, 99)
        expect(editDistance(b, a, 99)).toBe(full)
        expect(full === 0).toBe(a === b)
        expect(editDistance(a, b, limit)).toBe(Math.min(full, limit + 1))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('the neighbourhood index', () => {
  it('finds exactly the words that a scan finds', () => {
    const listed = fc.array(fc.tuple(word, fc.constantFrom<Reach>(0, 1, 2)), { maxLength: 30 })
    fc.assert(
      fc.property(listed, word, (list, asked) => {
        const words = list.map(([text]) => text)
        const reaches = list.map(([, reach]) => reach)
        const found = new Map<number, number>()
        buildNear(words, reaches).near(asked, (position, distance) => {
          expect(found.has(position)).toBe(false)
          found.set(position, distance)
        })
        const scanned = new Map<number, number>()
        words.forEach((text, i) => {
          const distance = editDistance(asked, text, 99)
          const reach = reaches[i] ?? 0
          if (reach > 0 && distance <= reach) scanned.set(i, distance)
        })
        expect(new Map([...found].sort())).toEqual(new Map([...scanned].sort()))
      }),
      { numRuns: 2_000 },
    )
  })

  it('leaves out words longer than a label, and finds nothing for one', () => {
    const index = buildNear(['a'.repeat(80), 'b'.repeat(63)], [2, 2])
    const found: number[] = []
    index.near('a'.repeat(80), (position) => found.push(position))
    index.near('b'.repeat(62), (position) => found.push(position))
    expect(found).toEqual([1])
  })
})

describe('the cost of slips', () => {
  it.each([
    ['metamaks', 1], // two letters swapped
    ['mettamask', 1], // a letter doubled
    ['meta-mask', 1], // a hyphen
    ['metanask', 1], // m and n
    ['metamesk', 1], // a vowel for a vowel
    ['metamadk', 1], // the key beside
    ['mettamesk', 2],
    ['metamark', 2], // r is nowhere near s
    ['metamask', 0],
  ])('from %s to metamask is %i half edits', (text, cost) => {
    expect(slipCost(text, 'metamask')).toBe(cost)
    expect(slipCost('metamask', text)).toBe(cost)
  })
})
