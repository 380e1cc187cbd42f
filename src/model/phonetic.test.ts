import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCommonName, isPatronymic } from './name-common.ts'
import { variantClass, variantsOf } from './name-variants.ts'
import { consonantsOf, eastKey, isSyllable, maySoundAlike, skeletonOf } from './phonetic.ts'
import { asLetters, wordLikeness } from './word-likeness.ts'

describe('the sound of a word', () => {
  it.each([
    ['khrushchev', 'chruschtschow'],
    ['osama', 'usama'],
    ['kowalski', 'covalsky'],
    ['jafar', 'djafar'],
  ])('of %s is that of %s', (a, b) => {
    expect(skeletonOf(a)).toBe(skeletonOf(b))
  })

  it.each([
    ['zedong', 'tsetung'],
    ['jeong', 'chung'],
    ['gim', 'kim'],
    ['xiaoping', 'hsiaoping'],
    ['beijing', 'peiching'],
  ])('of the syllables %s is that of %s', (a, b) => {
    expect(eastKey(a)).toBeDefined()
    expect(eastKey(a)).toBe(eastKey(b))
  })

  it('is no sound of syllables where a word cannot be made of them', () => {
    expect(eastKey('schmidt')).toBeUndefined()
    expect(isSyllable('zhuang')).toBe(true)
    expect(isSyllable('strong')).toBe(false)
  })

  it('never throws for folded words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdeghijklmnostuxyz0189'), maxLength: 80 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        skeletonOf(a)
        eastKey(a)
        const likeness = wordLikeness(a, b)
        expect(likeness).toBe(wordLikeness(b, a))
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('two words', () => {
  it.each([
    ['mohammed', 'mukhammad', 0.95],
    ['aleksandr', 'oleksandr', 0.95],
    ['bros', 'brothers', 0.95],
    ['mhmd', 'mohammed', 0.88],
    ['tahri', 'taheri', 0.88],
    ['b1nance', 'binance', 0.9],
    ['007', '7', 0.98],
  ])('%s and %s are alike', (a, b, least) => {
    expect(wordLikeness(a, b)).toBeGreaterThanOrEqual(least)
  })

  it.each([
    ['oleg', 'olga', 0.75],
    ['makarov', 'zakharov', 0.75],
    ['paxos', 'peykasa', 0.75],
    ['zhang', 'hang', 0.85],
    ['12', '13', 0.01],
  ])('%s and %s are not', (a, b, most) => {
    expect(wordLikeness(a, b)).toBeLessThan(most)
  })

  it('with digits for letters are read as letters only where letters are around', () => {
    expect(asLetters('c0inbase')).toBe('coinbase')
    expect(asLetters('unit12')).toBeUndefined()
  })
})

describe('families of spellings', () => {
  it('name every word once and give all members', () => {
    for (const word of ['muhammad', 'alexander', 'intl', 'kim']) {
      expect(variantsOf(word)).toContain(word)
      for (const other of variantsOf(word)) expect(variantClass(other)).toBe(variantClass(word))
    }
    expect(variantsOf('zyxwvut')).toEqual([])
  })

  it('tell common names and patronymics', () => {
    expect(isCommonName('smith')).toBe(true)
    expect(isCommonName('mohamed')).toBe(true)
    expect(isCommonName('international')).toBe(false)
    expect(['anatolyevich', 'petrovna', 'oglu'].map(isPatronymic)).toEqual([true, true, true])
    expect(isPatronymic('milosevic')).toBe(false)
  })
})

describe('a look at the letters', () => {
  it('never denies two words of one sound', () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz', 'sch', 'tsch', 'zh', 'kh', 'ts', 'dj'),
      minLength: 2,
      maxLength: 6,
    })
    fc.assert(
      fc.property(word, word, (a, b) => {
        const isOne =
          skeletonOf(a) === skeletonOf(b) ||
          consonantsOf(a) === consonantsOf(b) ||
          (eastKey(a) !== undefined && eastKey(a) === eastKey(b))
        expect(!isOne || maySoundAlike(a, b)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})
