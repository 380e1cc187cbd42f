import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distinctTokens, foldName, nameTokens } from './name.ts'
import { skeletonOf } from './phonetic.ts'

describe('a folded name', () => {
  it.each([
    ['Société Générale, S.A.', 'societe generale sa'],
    ["O'Brien & Sons", 'obrien sons'],
    ['Иванов Иван', 'ivanov ivan'],
    ['招商银行', 'zhao shang yin xing'],
    ['Müller-Straße', 'muller strasse'],
    ['ＡＣＭＥ', 'acme'],
    ['', ''],
    ['!!!', ''],
    ['😀 Acme 🚀', 'acme'],
    ['\u202eAc\u200bme\u202c', 'acme'],
    ['Асmе Ноldіngs', 'acme holdings'],
    ['Москва', 'moskva'],
    ['محمد الحسيني', 'mhmd al hsini'],
    ['عبدالله', 'abdul lh'],
    ['علی رضایی', 'ali rzayi'],
    ['דוד לוי', 'dod loi'],
    ['김정은', 'gim jeong eun'],
    ['Παπαδόπουλος', 'papadopoulos'],
    ['J.R. Smith', 'jr smith'],
  ])('of %s is %s', (text, folded) => {
    expect(foldName(text)).toBe(folded)
  })

  it('is plain lower-case words, folds to itself, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => {
        const folded = foldName(text)
        expect(folded).toMatch(/^(?:[a-z0-9]+(?: [a-z0-9]+)*)?$/)
        expect(foldName(folded)).toBe(folded)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the words that tell who it is', () => {
  it('leave out legal forms at either end, but never everything', () => {
    expect(distinctTokens(nameTokens('example trading gmbh co kg'))).toEqual(['example', 'trading'])
    expect(distinctTokens(nameTokens('ooo romashka'))).toEqual(['romashka'])
    expect(distinctTokens(nameTokens('sa'))).toEqual(['sa'])
    expect(distinctTokens(nameTokens(''))).toEqual([])
  })

  it('share a skeleton when they are transliterations of one name', () => {
    for (const [a, b] of [
      ['osama', 'usama'],
      ['muhammad', 'mohamed'],
      ['qasim', 'kassem'],
      ['petrov', 'petrow'],
    ]) {
      expect(skeletonOf(a as string)).toBe(skeletonOf(b as string))
    }
    expect(skeletonOf('petrov')).not.toBe(skeletonOf('pavlov'))
  })
})
