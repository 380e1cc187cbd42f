import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONFUSABLE_ROWS } from './confusables.ts'
import { labelSkeleton, plainLabel, skeleton } from './skeleton.ts'

describe('the skeleton of UTS 39', () => {
  it.each([
    ['bіnаnce', 'binance'], // Cyrillic і and а
    ['аррӏе', 'apple'], // all Cyrillic
    ['сoinbаѕe', 'coinbase'],
    ['ορensea', 'opensea'], // Greek ο and ρ
    ['սniswap', 'uniswap'], // Armenian ս
    ['ꮯꭱꭺꮯk', 'crack'], // Cherokee
    ['ꓐꓳꓳꓗ', 'book'], // Lisu
    ['ｋｒａｋｅｎ', 'kraken'], // full width
    ['𝓵𝓮𝓭𝓰𝓮𝓻', 'ledger'], // mathematical script
    ['ⅼedger', 'ledger'], // Roman numeral fifty
    ['met\u200bam\u00adask', 'metamask'], // zero width space, soft hyphen
    ['binance', 'binance'],
  ])('of %s is %s', (text, expected) => {
    expect(skeleton(text)).toBe(expected)
  })

  it('keeps case and diacritics, which UTS 39 does not fold', () => {
    expect(skeleton('É')).toBe('E\u0301')
    expect(skeleton('Binance')).toBe('Binance')
  })

  it('of a skeleton is the same skeleton', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = skeleton(text)
        expect(skeleton(once)).toBe(once)
      }),
      { numRuns: 2_000 },
    )
  })

  it('of every character in the table is its prototype, which is ASCII in lower case', () => {
    const seen = new Set<string>()
    for (const row of CONFUSABLE_ROWS) {
      const [prototype = '', characters = ''] = row.split(' ')
      expect(prototype).toMatch(/^[a-z0-9]+$/)
      for (const character of characters) {
        expect(seen.has(character), `${character} stands in two rows`).toBe(false)
        expect(character.charCodeAt(0)).toBeGreaterThan(127)
        seen.add(character)
      }
      for (const character of characters) {
        expect(labelSkeleton(character), character).toBe(labelSkeleton(prototype))
      }
    }
  })
})

describe('the skeleton of a host label', () => {
  it.each([
    ['rnetarnask', 'metamask'],
    ['MetaMask', 'metamask'],
    ['uniswаp', 'uniswap'],
    ['unlswap', 'uniswap'],
    ['c01nbase', 'coinbase'],
    ['vvallet', 'wallet'],
    ['clebank', 'debank'],
    ['premínt', 'premint'],
    ['5ıre', '5ire'],
  ])('of %s is that of %s', (one, other) => {
    expect(labelSkeleton(one)).toBe(labelSkeleton(other))
  })

  it.each([
    ['binance', 'finance'],
    ['cipher', 'dpher'],
    ['metamask', 'metamosk'],
  ])('of %s is not that of %s', (one, other) => {
    expect(labelSkeleton(one)).not.toBe(labelSkeleton(other))
  })

  it('is ASCII where the label looks like ASCII, and the plain label never folds letters', () => {
    expect(plainLabel('Prémint10')).toBe('premintlo')
    expect(plainLabel('rnbinance')).toBe('rnbinance')
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z2-9-]{0,20}$/), (label) => {
        expect(plainLabel(label)).toBe(label)
        expect(labelSkeleton(label.toUpperCase())).toBe(labelSkeleton(label))
      }),
    )
  })
})
