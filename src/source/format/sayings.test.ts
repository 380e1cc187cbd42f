import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSite, namesOf } from './names.ts'
import { cloneMark, markedNames } from './sayings.ts'

describe('cloneMark', () => {
  it.each([
    ['Alpha (clone of FCA authorised firm)', 'clone of FCA authorised firm'],
    ['Alpha (Clone of\nBeta Ltd)', 'Clone of Beta Ltd'],
    ['It sells tokens. It impersonates Alpha Bank AG. Beware.', 'It impersonates Alpha Bank AG.'],
    ['Usurpation de Alpha', 'Usurpation de Alpha'],
    ['Alpha (London) Ltd', ''],
    ['Cyclone Trading', ''],
  ])('of %j is %j', (text, mark) => {
    expect(cloneMark(text)).toBe(mark)
  })
})

describe('namesOf', () => {
  it.each([
    ['Alpha / Beta', ['Alpha', 'Beta']],
    ['Alpha; Beta | Gamma\nDelta', ['Alpha', 'Beta', 'Gamma', 'Delta']],
    ['Alpha A/S', ['Alpha A/S']],
    [
      'Alpha / alpha-x.com (clone of FCA authorised firm)',
      ['Alpha (clone of FCA authorised firm)', 'alpha-x.com'],
    ],
    ['', []],
  ])('divides %j', (cell, names) => {
    expect(namesOf(cell)).toEqual(names)
  })

  it('never gives the name of the imitated firm alone', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{2,10}(?: [A-Z][a-z]{2,10}){0,2}$/)
    const mark = fc.constantFrom('clone of authorised firm', 'Clone', 'impersonation of a bank')
    fc.assert(
      fc.property(name, name, mark, (first, second, said) => {
        for (const given of namesOf(`${first} / ${second} (${said})`)) {
          expect(given).not.toBe(first)
          expect(given).not.toBe(second)
          expect(given.toLowerCase()).toContain(said.toLowerCase())
        }
      }),
    )
  })
})

describe('markedNames', () => {
  it('marks the name that the text gives as imitated, in any case and with any accents', () => {
    const text = 'The site impersonates ALPHA BANQUE S.A. to sell tokens.'
    expect(markedNames(['Alpha Bänque S.A.', 'alpha-invest.example'], text)).toEqual([
      'Alpha Bänque S.A. (impersonation)',
      'alpha-invest.example',
    ])
  })

  it('leaves names alone where nothing is imitated', () => {
    expect(markedNames(['Alpha'], 'Alpha offers tokens without a licence.')).toEqual(['Alpha'])
  })
})

describe('isSite', () => {
  it.each([
    ['example.com', true],
    ['www.example.co.uk/trade', true],
    ['Example Ltd.', false],
    ['Example', false],
    ['see example.com', false],
  ])('of %j is %s', (name, expected) => {
    expect(isSite(name)).toBe(expected)
  })
})
