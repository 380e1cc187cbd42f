import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MICA_SERVICES, readCountries, readServices } from './esma_services.ts'

describe('readServices', () => {
  it('reads each service by the text of MiCA Art. 3(1)(16) and by its letter alone', () => {
    for (const { code, text } of MICA_SERVICES) {
      expect(readServices(text).services).toEqual([code])
      expect(readServices(`${code}. ${text}`)).toEqual({ services: [code], defects: [] })
      expect(readServices(code.toUpperCase()).services).toEqual([code])
    }
  })

  it.each([
    ['a.\tproviding custody and administration of crypto-assets on behalf of clients.', 'a'],
    ['c.exchange of crypto-assets for funds |d. exchange of crypto-assets for other ', 'cd'],
    ['e. execution of orders\r\ng. reception and transmission of orders', 'eg'],
    ['e. execution of orders on behalf of clients, g. reception and transmission of orders', 'eg'],
    ['f. placing of crypto-assets I h. providing advice on crypto-assets', 'fh'],
    ['reception and transmission of orders  providing advice on crypto assets on behalf', 'gh'],
    ['a. providing custody ;  j. providing transfer services for crypto-assets;', 'aj'],
    ['Exchange of Crypto‑Assets for other crypto assets', 'd'],
    ['A | B|c', 'abc'],
    [' | ', ''],
  ])('reads the spellings of the register: %j', (cell, services) => {
    expect(readServices(cell)).toEqual({ services: [...services], defects: [] })
  })

  it('takes the text where letter and text disagree, and names the part', () => {
    const { services, defects } = readServices('e. execution of orders|e. placing of crypto-assets')
    expect(services).toEqual(['e', 'f'])
    expect(defects).toEqual([
      { code: 'service_letter_conflict', original: 'e. placing of crypto-assets' },
    ])
  })

  it('names a part that is no service and keeps the others', () => {
    expect(readServices('a. Verwahrung|staking of tokens')).toEqual({
      services: ['a'],
      defects: [{ code: 'service_unreadable', original: 'staking of tokens' }],
    })
  })

  it('gives the same services in whatever order and with whatever bars they are written', () => {
    const cells = fc.shuffledSubarray([...MICA_SERVICES], { minLength: 1 })
    const bars = fc.constantFrom('|', ' | ', '\n', ' I ', ';')
    fc.assert(
      fc.property(cells, bars, fc.boolean(), (services, bar, lettered) => {
        const cell = services.map((s) => (lettered ? `${s.code}. ${s.text}` : s.text)).join(bar)
        expect(readServices(cell)).toEqual({
          services: services.map((s) => s.code).sort(),
          defects: [],
        })
      }),
    )
  })

  it('never throws on any cell', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (cell) => {
        expect(readServices(cell).services.length).toBeLessThanOrEqual(10)
      }),
    )
  })
})

describe('readCountries', () => {
  it('reads bars, spaces, case and the EU code of Greece', () => {
    expect(readCountries('NL|AT| EL|Fi|PL||SK|')).toEqual({
      countries: ['AT', 'FI', 'GR', 'NL', 'PL', 'SK'],
      defects: [],
    })
    expect(readCountries('AT I DE I  GR').countries).toEqual(['AT', 'DE', 'GR'])
  })

  it('keeps a state outside the EEA as written, with a note', () => {
    expect(readCountries('SE|SL')).toEqual({
      countries: ['SE', 'SL'],
      defects: [{ code: 'country_outside_eea', original: 'SL' }],
    })
  })

  it('leaves out what names no country, with a note', () => {
    expect(readCountries('SE|QQ')).toEqual({
      countries: ['SE'],
      defects: [{ code: 'country_unreadable', original: 'QQ' }],
    })
  })
})
