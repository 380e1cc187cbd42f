import { describe, expect, it } from 'vitest'
import type { WordRarity } from './evidence.ts'
import { NameScorer } from './score.ts'

/** Holders of words in an invented book; every other word is in one name. */
const HOLDERS: Readonly<Record<string, number>> = {
  ...{ jamal: 900, karimov: 40, trading: 2_000, bank: 1_500, ali: 1_800, petrovich: 300 },
}
const book: WordRarity = { names: 50_000, holders: (word) => HOLDERS[word] ?? 1 }
const FINDING = 0.85
const score = (asked: string, listed: string, rarity: WordRarity | undefined = book) =>
  new NameScorer(asked, rarity === undefined ? {} : { rarity }).score(listed, 'name').score

describe('what agrees is enough for a finding', () => {
  it.each([
    ['jamal zumurrudi', 'jamal zumurudi', 'a slip beside a common name, where the rest is rare'],
    ['ali jamal karimvo', 'ali jamal karimov', 'three common words of which one has a slip'],
    ['shetabx trading', 'shetab trading', 'a slip beside a word of the trade'],
    ['tigerwew', 'tigerweb', 'one long word with a slip'],
    ['aeorco', 'aerocom', 'not where two letters differ', 0],
    ['petrovich karamalak', 'grigory petrovich karamalak', 'a family and a father'],
    ['example limtied', 'example limited', 'a legal form with a slip'],
    ['obshchestvo s ogranichenoi otvetstvennostyu vektor', 'ooo vektor', 'a form in full', 0],
    ['rixindianziyouxiangongsi', 'ri xin dian zi you xian gong si', 'syllables as one word'],
    ['kim jogn il', 'kim jong il', 'a short word, where everything else is the same'],
  ])('%s for %s: %s', (asked, listed, _why, isFinding = 1) => {
    expect(score(asked, listed) >= FINDING).toBe(isFinding === 1)
  })
})

describe('what agrees is not enough for a finding', () => {
  it.each([
    ['jamal karimov', 'jamal karimo', 'when so many names hold the words', { karimo: 900 }],
    ['bauman', 'bahman', 'when another letter makes another word', {}],
    ['comet', 'cometh', 'when a letter is put at the end of a short word', {}],
    ['wart', 'warta', 'when the word is short', {}],
    ['ali petrovich', 'ali petrovich karamalak', 'when the family name is not asked', {}],
  ])('%s for %s: %s', (asked, listed, _why, more) => {
    const own: Readonly<Record<string, number>> = { ...HOLDERS, ...more }
    const rarity = { names: 50_000, holders: (word: string) => own[word] ?? 1 }
    expect(score(asked, listed, rarity)).toBeLessThan(FINDING)
  })

  it('in a small book, where the list of common names stands in for the counts', () => {
    const small = { names: 10, holders: () => 1 }
    expect(score('mohamed rashid', 'mohamed rashidi', small)).toBeLessThan(FINDING)
    expect(score('mohamed rashid', 'mohamed rashidi')).toBeGreaterThanOrEqual(FINDING)
  })
})
