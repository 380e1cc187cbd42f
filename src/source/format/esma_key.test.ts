import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firmKey, isLegalForm, nameKey } from './esma_key.ts'

describe('nameKey', () => {
  it.each([
    ['Example, s. r. o.', 'EXAMPLE s.r.o.'],
    ['UAB Example Pay', 'Example Pay, UAB'],
    ['Société Exemple – Forge', 'SOCIETE EXEMPLE - FORGE'],
    ['Example Foundation S.r.l.', 'Example Foundation S.R.L.'],
    ['Straße & Söhne GmbH & Co. KG', 'STRASSE & SOHNE GMBH'],
    ['Example sp. z o.o.', 'EXAMPLE Sp. Z O. O.'],
    ['Plan B s.r.o.', 'Plan B'],
  ])('joins the spellings of one firm: %j and %j', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it('tells unrelated firms apart', () => {
    const names = ['Example Global Solutions Ltd', 'Carbon Zulu Corporation', 'Eterne Ltd.']
    expect(new Set(names.map(nameKey)).size).toBe(3)
  })

  it('keeps a name that is nothing but a legal form, and names in other scripts', () => {
    expect(nameKey('AG')).toBe('ag')
    expect(nameKey('Пример ООД')).toBe('пример-оод')
  })

  it('bounds the key and keeps long names apart', () => {
    const long = 'word '.repeat(60)
    expect(nameKey(`${long}one`).length).toBeLessThanOrEqual(80)
    expect(nameKey(`${long}one`)).not.toBe(nameKey(`${long}two`))
  })

  it('is a fixed point: a key has itself as key', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,9}( [a-z]{5,9}){0,3}$/), (name) => {
        expect(nameKey(nameKey(name).replaceAll('-', ' '))).toBe(nameKey(name))
      }),
    )
  })
})

describe('firmKey', () => {
  it('uses a valid LEI with the name, else name, home state and day', () => {
    const firm = { name: 'Example AG', home: 'AT' }
    expect(firmKey({ ...firm, lei: 'L'.repeat(20), day: '2025-01-01' })).toBe(
      `${'L'.repeat(20)}:example`,
    )
    expect(firmKey({ ...firm, lei: null, day: '2025-01-01' })).toBe('AT:example:2025-01-01')
    expect(firmKey({ ...firm, lei: null, day: null })).toBe('AT:example:undated')
    expect(firmKey({ ...firm, lei: null })).toBe('AT:example')
    expect(firmKey({ name: 'Example', home: null, lei: null })).toBe('unknown:example')
  })
})

describe('isLegalForm', () => {
  it('knows forms with dots and refuses names', () => {
    expect(['Inc.', 'd.o.o.', 'S.A.', 'UAB'].every(isLegalForm)).toBe(true)
    expect(isLegalForm('Skyline')).toBe(false)
  })
})
