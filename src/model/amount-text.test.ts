import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AmountFault, readAmount } from './amount-text.ts'

function plain(text: string, lang?: string): string {
  const reading = readAmount(text, lang)
  return reading.ok ? reading.text : `!${reading.fault}`
}

describe('an amount that somebody typed', () => {
  it.each([
    ['1234.56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1\u202f234\u00a0567,8', '1234567.8'],
    ["1'234.56", '1234.56'],
    ['1’234’567.5', '1234567.5'],
    ['12,34,567.89', '1234567.89'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1,5', '1.5'],
    ['0,125', '0.125'],
    ['1234,567', '1234.567'],
    ['١٬٢٣٤٫٥٦', '1234.56'],
    ['۱۲۳۴', '1234'],
    ['१२.५', '12.5'],
    ['１，２３４．５', '1234.5'],
    ['\u200f١٢٣\u200f', '123'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007.10', '7.1'],
    ['1 234', '1234'],
    ['1_000_000', '1000000'],
  ])('is read as it was meant: %s', (text, expected) => {
    expect(plain(text)).toBe(expected)
  })

  it('is read by the language where one mark has two meanings', () => {
    expect(plain('1.234', 'en')).toBe('1.234')
    expect(plain('1,234', 'en')).toBe('1234')
    expect(plain('1.234', 'de')).toBe('1234')
    expect(plain('1,234', 'de')).toBe('1.234')
    expect(plain('1,234', 'fr')).toBe('1.234')
    expect(plain('1,234', 'zh-Hans')).toBe('1234')
    expect(plain('1,234.56', 'de')).toBe('1234.56')
    expect(plain('1 234,567', 'en')).toBe('1234.567')
  })

  it('is never guessed: two readings are a fault that names both', () => {
    expect(readAmount('1,234')).toEqual({
      ok: false,
      fault: 'ambiguous',
      readings: ['1.234', '1234'],
    })
    // French groups by spaces: a lone point before three digits is neither its group nor decimal.
    expect(plain('1.234', 'fr')).toBe('!ambiguous')
    expect(plain('1.234')).toBe('1.234')
  })

  it.each<[string, AmountFault]>([
    ['', 'empty'],
    ['   ', 'empty'],
    ['abc', 'not_a_number'],
    ['12abc', 'not_a_number'],
    ['$5', 'not_a_number'],
    ['1,23,45', 'not_a_number'],
    ['1.2.3', 'not_a_number'],
    ['1,234.56.7', 'not_a_number'],
    ['12 34', 'not_a_number'],
    ['1 23', 'not_a_number'],
    ['NaN', 'not_a_number'],
    ['Infinity', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['--5', 'not_a_number'],
    ['.', 'not_a_number'],
    ['1e30', 'exponent'],
    ['1.5E-7', 'exponent'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['-0', 'zero'],
    ['9'.repeat(41), 'too_long'],
    [`0.${'1'.repeat(41)}`, 'too_long'],
    ['1'.repeat(1_000_000), 'too_long'],
  ])('is refused with its reason: %s', (text, expected) => {
    expect(plain(text.slice(0, 1_000_000))).toBe(`!${expected}`)
  })

  it('of forty digits and forty decimals is read exactly', () => {
    const text = `${'9'.repeat(40)}.${'7'.repeat(40)}`
    expect(plain(text)).toBe(text)
  })

  it('comes back from what any language writes', () => {
    const langs = [
      'en',
      'de',
      'fr',
      'de-CH',
      'ar-EG',
      'fa',
      'hi',
      'bn',
      'ru',
      'zh-Hans',
      'es',
      'pt',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...langs),
        fc.bigInt({ min: 1n, max: 10n ** 15n }),
        (lang, int) => {
          const written = new Intl.NumberFormat(lang, { minimumFractionDigits: 2 }).format(int)
          expect(plain(written, lang)).toBe(int.toString())
        },
      ),
    )
  })
})
