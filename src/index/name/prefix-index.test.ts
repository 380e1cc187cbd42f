import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PrefixIndex, type Renown } from './prefix-index.ts'

function indexOf(names: readonly (readonly [text: string, renown: Renown])[]): PrefixIndex {
  const index = new PrefixIndex()
  for (const [at, [text, renown]] of names.entries()) index.add(at + 1, text, renown)
  return index
}

const texts = (index: PrefixIndex, prefix: string, limit = 8) =>
  index.find(prefix, limit).map(({ text }) => text)

describe('beginnings of names', () => {
  const index = indexOf([
    ['goodfirm digital assets sa', 3],
    ['goodfellow trading', 0],
    ['the good ship', 0],
    ['good', 0],
    ['nothing alike', 3],
    ['digital goods exchange', 2],
  ])

  it('complete any word of a name, the well known first, the name itself before all', () => {
    expect(texts(index, 'good')).toEqual([
      'good',
      'goodfirm digital assets sa',
      'digital goods exchange',
      'goodfellow trading',
      'the good ship',
    ])
    expect(texts(index, 'goodfirm dig')).toEqual(['goodfirm digital assets sa'])
    expect(texts(index, 'digital g')).toEqual(['digital goods exchange'])
  })

  it('give nothing for nothing, and never more than was asked for', () => {
    expect(texts(index, '')).toEqual([])
    expect(texts(index, 'good', 0)).toEqual([])
    expect(texts(index, 'good', 2)).toHaveLength(2)
    expect(texts(index, 'goodfirmx')).toEqual([])
    expect(texts(new PrefixIndex(), 'a')).toEqual([])
  })

  it('find what was added after a question', () => {
    const growing = indexOf([['alpha one', 0]])
    expect(texts(growing, 'al')).toEqual(['alpha one'])
    growing.add(9, 'alpine bank', 1)
    expect(texts(growing, 'al')).toEqual(['alpine bank', 'alpha one'])
  })

  it('find exactly the names that have such a word, over several segments', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab1'), minLength: 1, maxLength: 9 })
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), word, (names, prefix) => {
        const made = indexOf(names.map((text) => [text, 0]))
        const found = made.find(prefix, 1_000).map(({ sid }) => sid)
        const wanted = names.flatMap((text, at) =>
          text.split(' ').some((_, i, all) => all.slice(i).join(' ').startsWith(prefix))
            ? [at + 1]
            : [],
        )
        expect(found.toSorted((a, b) => a - b)).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })

  it('stay right when a segment is full and another is begun', () => {
    const many = new PrefixIndex()
    for (let i = 0; i < 70_000; i++) many.add(i, `name${i} word${i % 7}`, 0)
    many.add(70_000, 'name zebra', 1)
    expect(texts(many, 'name6999')).toHaveLength(8)
    expect(texts(many, 'zeb')).toEqual(['name zebra'])
    expect(many.find('word3', 20_000)).toHaveLength(10_000)
  })
})
