import { describe, expect, it } from 'vitest'
import { type HostQuery, parseHostQuery } from '../../model/host.ts'
import { type LicensedFirm, LicensedNames } from './clone-names.ts'

const firm = (id: string, names: readonly string[], domains: readonly string[]): LicensedFirm => ({
  ...{ id, sid: 1, caption: names[0] ?? '', regulator: 'R', country: 'LU' },
  names,
  domains,
})
const licensed = new LicensedNames([
  firm('reg:1', ['Bitquark Luxembourg S.A.', 'Bitquark'], ['bitquark.com']),
  firm('reg:2', ['Digital Exchange Ltd'], ['digex.com']),
  firm('reg:3', ['Siteless Markets UAB'], []),
])
const host = (text: string) => parseHostQuery(text) as HostQuery

describe('a name', () => {
  it.each([
    ['Вitquark', 'confusable'],
    ['B1tquark', 'confusable'],
    ['Bitquarc', 'edit'],
    ['Bitquarkmax', 'affix'],
    ['Bitquark Refund', 'words'],
    ['Bitquark Login', 'words'],
  ])('%s imitates a licensed firm (%s)', (text, how) => {
    expect(licensed.like(text)).toMatchObject({ how, firm: { id: 'reg:1' } })
  })

  it.each([
    'Bitquark',
    'BITQUARK LUXEMBOURG SA',
    'Bitquark Luxembourg',
    'Bitquark Exchange',
    'Bitquark Europe',
    'Zitquark',
    'Digital Markets Ltd',
    'Nobody Here',
    '',
  ])('%s imitates nobody', (text) => {
    expect(licensed.like(text)).toBeUndefined()
  })
})

describe('a site', () => {
  it.each(['bitquark-login.com', 'claimbitquark.top', 'bitquarkluxembourg.net', 'bitquark.live'])(
    '%s carries the name of a firm whose register does not name it',
    (text) => {
      expect(licensed.claiming(host(text))).toMatchObject({ firm: { id: 'reg:1' } })
    },
  )

  it.each([
    'bitquark.com',
    'app.bitquark.com',
    'digitalexchange.com',
    'quarkbit.com',
    'exchange.io',
  ])('%s claims nothing', (text) => {
    expect(licensed.claiming(host(text))).toBeUndefined()
  })

  it('is not told to a firm whose register names no site, where it is the bare name', () => {
    expect(licensed.claiming(host('sitelessmarkets.com'))).toBeUndefined()
    expect(licensed.claiming(host('siteless-login.com'))).toMatchObject({ firm: { id: 'reg:3' } })
  })
})
