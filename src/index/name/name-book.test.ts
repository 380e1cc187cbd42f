import { describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../base/rng.ts'
import { foldName } from '../../model/name.ts'
import { NameBook } from './name-book.ts'

const GIVEN = ['usama', 'ivan', 'maria', 'chen', 'fatima', 'peter', 'olga', 'hassan', 'juan', 'kim']
const FAMILY = [
  'ladin',
  'petrov',
  'garcia',
  'rahman',
  'schneider',
  'kowalski',
  'zawahiri',
  'nguyen',
]

function bookOf(names: readonly string[]): NameBook {
  const book = new NameBook()
  for (const [i, name] of names.entries()) {
    book.add({ sid: i + 1, prop: 'name', text: foldName(name) })
  }
  return book
}

/** Many names that share their words, so that rarity decides. */
function crowd(count: number): string[] {
  const rng = seededRng(3)
  const pick = (list: readonly string[]) => list[intBelow(rng, list.length)] ?? ''
  return Array.from({ length: count }, (_, i) => `${pick(GIVEN)} ${pick(FAMILY)} unit${i}`)
}

describe('a book of names', () => {
  const book = bookOf([...crowd(3_000), 'Bartholomew Quicksilver', 'Coinbase Luxembourg S.A.'])
  const first = (asked: string) => book.candidates(foldName(asked), 5)[0]?.text

  it('finds a name with a typo, in another order, or with a part missing', () => {
    expect(first('Bartholomew Quicksilver')).toBe('bartholomew quicksilver')
    expect(first('Bartolomew Quiksilver')).toBe('bartholomew quicksilver')
    expect(first('Quicksilver, Bartholomew')).toBe('bartholomew quicksilver')
    expect(first('Quicksilver')).toBe('bartholomew quicksilver')
  })

  it('finds a name that is split into words in another way', () => {
    expect(first('coin base')).toBe('coinbase luxembourg sa')
    expect(first('coinbase')).toBe('coinbase luxembourg sa')
  })

  it('gives at most what was asked for, each name once, and nothing for nothing', () => {
    const found = book.candidates('usama ladin', 50)
    expect(found.length).toBe(50)
    expect(new Set(found.map((entry) => entry.sid)).size).toBe(50)
    expect(book.candidates('', 5)).toEqual([])
    expect(book.candidates('xxyyzzqq', 5)).toEqual([])
  })

  it('answers the same to the same question', () => {
    expect(book.candidates('ivan petrov', 20)).toEqual(book.candidates('ivan petrov', 20))
  })
})
