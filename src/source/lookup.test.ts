import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryCode } from './lookup.ts'

describe('countryCode', () => {
  it.each([
    ['Germany', 'DE'],
    ['  united states  ', 'US'],
    ['Korea, North', 'KP'],
    ["Democratic People's Republic of Korea", 'KP'],
    ['Korea, South', 'KR'],
    ['Palestinian', 'PS'],
    ['State of Palestine', 'PS'],
    ['Region: Gaza', 'PS'],
    ['Russia', 'RU'],
    ['Russian Federation', 'RU'],
    ['Burma', 'MM'],
    ['Myanmar', 'MM'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['Congo, Democratic Republic of the', 'CD'],
    ['Congo, Republic of the', 'CG'],
    ['Bahamas, The', 'BS'],
    ['Man, Isle of', 'IM'],
    ['Virgin Islands, British', 'VG'],
    ['Macedonia, The Former Yugoslav Republic of', 'MK'],
    ['St. Kitts & Nevis', 'KN'],
    ['Saint Vincent and the Grenadines', 'VC'],
    ['Cote d Ivoire', 'CI'],
    ["Côte d'Ivoire", 'CI'],
    ['Cabo Verde.  Previously Cape Verde.', 'CV'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['Viet Nam', 'VN'],
    ['Czech Republic', 'CZ'],
    ['Kosovo', 'XK'],
    ['Niger', 'NE'],
    ['Nigeria', 'NG'],
    ['Dominica', 'DM'],
    ['Dominican Republic', 'DO'],
    ['GB', 'GB'],
    ['UK', 'GB'],
    ['EL', 'GR'],
  ])('knows %s as %s', (text, code) => {
    expect(countryCode(text)).toBe(code)
  })

  it.each([
    'undetermined',
    'former Soviet Union',
    'possibly Palestinian',
    'Congo',
    'Korea',
    'Virgin Islands',
    'EU',
    'ZZ',
    'SU',
    'de',
    'na',
    '',
    '-0-',
    'x'.repeat(1_000),
  ])('says nothing of %j, which names no country of today', (text) => {
    expect(countryCode(text)).toBeUndefined()
  })

  it('knows the English name of every country, and none but those', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const codes = letters.flatMap((a) => letters.map((b) => a + b))
    const known = codes.filter((code) => countryCode(code) === code)
    expect(known).toHaveLength(250)
    for (const code of known) expect(countryCode(names.of(code) ?? '')).toBe(code)
  })

  it('gives a code of two letters, or nothing, for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(countryCode(text) ?? 'XX').toMatch(/^[A-Z]{2}$/)
      }),
    )
  })
})
