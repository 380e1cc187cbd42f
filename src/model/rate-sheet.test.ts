import { describe, expect, it } from 'vitest'
import { isRate, midOf, quoteOf, readSheet, sheetValue } from './rate-sheet.ts'

const SHEET = {
  base: 'EUR',
  day: '2031-03-05',
  kind: 'fixing',
  direction: 'base_in_quote',
  quotes: { USD: '1.0870', JPY: { unit: '100', mid: '1.5', buy: '1.4' } },
} as const

const withQuotes = (quotes: unknown) => JSON.stringify({ ...SHEET, quotes })

describe('the value of a rate sheet', () => {
  it('is canonical and reads back', () => {
    const value = sheetValue(SHEET)
    expect(readSheet(value)).toEqual(SHEET)
    const turned = { ...SHEET, quotes: { JPY: SHEET.quotes.JPY, USD: SHEET.quotes.USD } }
    expect(sheetValue(turned)).toBe(value)
  })

  it.each([
    ['no JSON', 'x'],
    ['no object', '[]'],
    ['another base', JSON.stringify({ ...SHEET, base: 'Euro' })],
    ['no day', JSON.stringify({ ...SHEET, day: '2031-02-30' })],
    ['another kind', JSON.stringify({ ...SHEET, kind: 'guess' })],
    ['another direction', JSON.stringify({ ...SHEET, direction: 'sideways' })],
    ['no quotes', withQuotes({})],
    ['a number', withQuotes({ USD: 1.1 })],
    ['zero', withQuotes({ USD: '0.000' })],
    ['a negative rate', withQuotes({ USD: '-1' })],
    ['an exponent', withQuotes({ USD: '1e5' })],
    ['a code with a blank', withQuotes({ 'U D': '1' })],
    ['an odd unit', withQuotes({ USD: { unit: '7', mid: '1' } })],
    ['a unit without a price', withQuotes({ USD: { unit: '1' } })],
    ['a price that is none', withQuotes({ USD: { unit: '1', buy: 'x' } })],
    [
      'too many',
      withQuotes(Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`c${i}`, '1']))),
    ],
  ])('with %s is no sheet', (_, value) => {
    expect(readSheet(value)).toBeUndefined()
  })

  it('quotes its codes, and no member that every object has', () => {
    expect(quoteOf(SHEET, 'constructor')).toBeUndefined()
    expect(midOf(SHEET, 'USD')).toEqual({ rate: '1.0870', unit: '1' })
    expect(midOf(SHEET, 'JPY')).toEqual({ rate: '1.5', unit: '100' })
    expect(isRate('0.0001')).toBe(true)
    expect(isRate('.1')).toBe(false)
  })
})
