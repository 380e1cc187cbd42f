import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hash32, Postings } from './postings.ts'

describe('lists of numbers that only grow', () => {
  it('hold what was added, in order, however the additions are mixed', () => {
    const additions = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
      { maxLength: 600 },
    )
    fc.assert(
      fc.property(additions, (pairs) => {
        const lists = new Postings(2)
        const plain: number[][] = Array.from({ length: 10 }, () => [])
        for (const [list, value] of pairs) {
          lists.grow(list)
          lists.add(list, value)
          plain[list]?.push(value)
        }
        lists.grow(9)
        for (const [list, values] of plain.entries()) {
          const target = new Uint32Array(700)
          expect(lists.count(list)).toBe(values.length)
          expect([...target.subarray(0, lists.read(list, target))]).toEqual(values)
        }
      }),
    )
  })

  it('read no more than there is room for, over many slices', () => {
    const lists = new Postings(1)
    for (let i = 0; i < 20_000; i++) lists.add(0, i)
    const all = new Uint32Array(20_000)
    expect(lists.read(0, all)).toBe(20_000)
    expect(all.every((value, i) => value === i)).toBe(true)
    const few = new Uint32Array(777)
    expect(lists.read(0, few)).toBe(777)
    expect(few[776]).toBe(776)
    expect(lists.read(0, new Uint32Array(0))).toBe(0)
  })
})

describe('the hash of a word', () => {
  it('spreads words over lists and depends on the seed', () => {
    const lists = new Set(Array.from({ length: 1_000 }, (_, i) => hash32(`word${i}`) % 4_096))
    expect(lists.size).toBeGreaterThan(850)
    expect(hash32('word', 1)).not.toBe(hash32('word', 2))
  })
})
