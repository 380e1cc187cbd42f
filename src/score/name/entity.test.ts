import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KnownEntity, scoreEntity } from './entity.ts'

const known = (more: Partial<KnownEntity> = {}): KnownEntity => ({
  names: [{ text: 'Ivan Oblomovsky', kind: 'name' }],
  schema: 'Person',
  countries: ['RU'],
  birthDates: ['1970-05-01'],
  gender: 'male',
  identifiers: [{ kind: 'taxNumber', value: '77-1234567' }],
  ...more,
})
const asked = { name: 'Oblomovsky, Ivan', schema: 'Person' }
const score = (more: object, other: Partial<KnownEntity> = {}) =>
  scoreEntity({ ...asked, ...more }, known(other)).score

describe('an entity', () => {
  it('is as likely as its best name, with the reason', () => {
    const { score: value, explanations } = scoreEntity(asked, known())
    expect(value).toBe(0.98)
    expect(explanations.name).toMatchObject({ score: 0.98, weight: 1, code: 'other_order' })
  })

  it.each([
    ['country', { countries: ['FR'] }, 0.78],
    ['country', { countries: ['fr', 'ru'] }, 0.98],
    ['birthYear', { birthDates: ['1981'] }, 0.83],
    ['birthDate', { birthDates: ['1970-05-02'] }, 0.73],
    ['birthDate', { birthDates: ['1970'] }, 0.98],
    ['gender', { gender: 'female' }, 0.78],
    ['schema', { schema: 'Company' }, 0.73],
    ['schema', { schema: 'LegalEntity' }, 0.98],
  ])('is judged by %s where both sides state it: %j', (feature, more, value) => {
    const found = scoreEntity({ ...asked, ...more }, known())
    expect(found.score).toBeCloseTo(value, 3)
    expect(feature in found.explanations).toBe(value < 0.98)
  })

  it('is found by an identifier, whatever its name', () => {
    const identifiers = [{ kind: 'taxNumber', value: '771234567' }]
    expect(score({ name: 'Somebody Else', identifiers })).toBe(0.95)
    expect(
      score({ name: 'Somebody', identifiers: [{ kind: 'idNumber', value: '771234567' }] }),
    ).toBe(0.85)
    expect(score({ name: 'Somebody', identifiers: [{ kind: 'taxNumber', value: '7' }] })).toBe(0)
  })

  it('keeps the last word of a person, and drops the form of a firm', () => {
    const firm = known({ schema: 'Company', names: [{ text: 'Oblomov GmbH', kind: 'name' }] })
    expect(scoreEntity({ name: 'Oblomov Ltd', schema: 'Company' }, firm).score).toBe(0.97)
    const person = known({ names: [{ text: 'Oblomov Sal', kind: 'name' }] })
    expect(scoreEntity({ name: 'Oblomov', schema: 'Person' }, person).score).toBeLessThan(0.92)
  })

  it('is another vessel where the number differs', () => {
    const vessel = { schema: 'Vessel', names: [{ text: 'Sea Lark 2', kind: 'name' as const }] }
    expect(scoreEntity({ name: 'Sea Lark 2', schema: 'Vessel' }, vessel).score).toBe(1)
    expect(scoreEntity({ name: 'Sea Lark', schema: 'Vessel' }, vessel).score).toBeLessThan(0.7)
  })

  it('is a wallet by its whole key and never by one that is like it', () => {
    const key = '1ExampleKeyOfAWallet'
    const wallet = {
      schema: 'CryptoWallet',
      names: [{ text: key, kind: 'name' as const }],
      identifiers: [{ kind: 'wallet', value: key }],
    }
    const ask = (value: string) =>
      scoreEntity(
        { name: value, schema: 'CryptoWallet', identifiers: [{ kind: 'wallet', value }] },
        wallet,
      ).score
    expect(ask(key)).toBe(0.98)
    expect(ask(key.toLowerCase())).toBe(0)
    expect(ask(`${key}x`)).toBe(0)
  })

  it('has a score between 0 and 1 for any texts', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    const person = fc.record({
      name: text,
      countries: fc.array(text, { maxLength: 2 }),
      birthDates: fc.array(text, { maxLength: 2 }),
    })
    fc.assert(
      fc.property(person, person, (a, b) => {
        const names = [{ text: b.name, kind: 'name' as const }]
        const { score: value } = scoreEntity(a, { ...b, names })
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
    )
  })
})
