import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasLeiShape, isLei, leiChecksumOk, normaliseLei } from './lei.ts'

/** ISO 7064 MOD 97-10 by big integers: an independent way to the check digits. */
function withCheckDigits(body: string): string {
  const digits = Array.from(`${body}00`, (c) => Number.parseInt(c, 36).toString()).join('')
  return body + String(98n - (BigInt(digits) % 97n)).padStart(2, '0')
}

const body = fc.stringMatching(/^[0-9A-Z]{18}$/)

describe('LEI', () => {
  it.each(['5493001KJTIIGC8Y1R12', '213800WSGIIZCXF1P572', '529900T8BM49AURSDO55'])(
    '%s has right check digits',
    (lei) => {
      expect(isLei(lei)).toBe(true)
      expect(isLei(` ${lei.slice(0, 4).toLowerCase()} ${lei.slice(4)}\n`)).toBe(true)
    },
  )

  // A letter in the place of a digit shifts the number, and about one in 97 such changes is missed.
  it('takes what ISO 7064 makes, and nothing with one digit or letter changed', () => {
    fc.assert(
      fc.property(body, fc.nat(19), fc.stringMatching(/^[0-9A-Z]$/), (text, at, character) => {
        const lei = withCheckDigits(text)
        expect(leiChecksumOk(lei)).toBe(true)
        fc.pre(/\d/.test(character) === /\d/.test(lei[at] ?? ''))
        const wrong = lei.slice(0, at) + character + lei.slice(at + 1)
        expect(leiChecksumOk(wrong)).toBe(wrong === lei)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    // The defects that registers hold: a wrong digit, a final dot, a digit too few or too many.
    '5493001KJTIIGC8Y1R13',
    '5493001KJTIIGC8Y1R12.',
    '5493001KJTIIGC8Y1R1',
    '5493001KJTIIGC8Y1R123',
    '9.60E+19',
    '',
    '5493001KJTIIGC8Y1RXX',
  ])('%s is none', (text) => {
    expect(isLei(text)).toBe(false)
  })

  it('tells the shape from the checksum', () => {
    expect(hasLeiShape('5493001KJTIIGC8Y1R13')).toBe(true)
    expect(hasLeiShape('5493001KJTIIGC8Y1R1')).toBe(false)
    expect(normaliseLei(' 5493 001k\u00a0jtii ')).toBe('5493001KJTII')
  })
})
