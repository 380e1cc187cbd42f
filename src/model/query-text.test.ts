import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseQuery } from './query-text.ts'

describe('the text of a query', () => {
  it.each([
    ['  Binance  ', 'Binance', []],
    ['Binance\t\n Holdings', 'Binance Holdings', []],
    ['bi\u200bnance.com', 'binance.com', ['invisible_removed']],
    ['\u202ebinance\u202c', 'binance', ['invisible_removed']],
    ['\ufeff0xabc\u0000', '0xabc', ['invisible_removed']],
    ['Mu\u0308ller', 'M\u00fcller', []],
    ['\ud800abc', '\ufffdabc', ['malformed_text']],
    ['<https://a.example>', 'https://a.example', ['unwrapped']],
    ['"Binance"', 'Binance', ['unwrapped']],
    ['\u201eBinance\u201c', 'Binance', ['unwrapped']],
    ['\u300cABC\u300d', 'ABC', ['unwrapped']],
    ['<"0xabc">', '0xabc', ['unwrapped']],
    ['0xabc,', '0xabc', ['unwrapped']],
    ['"A" and "B"', '"A" and "B"', []],
    ['[::1]', '[::1]', []],
    ['Foo (Bar)', 'Foo (Bar)', []],
    ['""', '""', []],
    ['\u200b\u200c', '', ['invisible_removed']],
    ['币安', '币安', []],
  ])('%j is read as %j', (query, text, notes) => {
    expect(normaliseQuery(query)).toEqual({ text, notes })
  })

  it('leaves nothing invisible or malformed, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
        const once = normaliseQuery(query).text
        expect(once.isWellFormed()).toBe(true)
        expect(once).not.toMatch(/^\s|\s$|[\u200b-\u200f\u202a-\u202e]/)
        const { notes } = normaliseQuery(once)
        expect(notes).not.toContain('invisible_removed')
        expect(notes).not.toContain('malformed_text')
      }),
      { numRuns: 500 },
    )
  })
})
