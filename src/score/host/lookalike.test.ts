import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHostQuery } from '../../model/host.ts'
import { lookalike } from './lookalike.ts'
import { buildProtected, type ProtectedHost, tellingChars } from './protected.ts'

/** Invented names, with the shapes of real ones; `tolerance` marks the chosen brands. */
const PROTECTED: ProtectedHost[] = [
  { host: 'metafox.example.com' },
  { host: 'foxwallet.io', tolerance: 2 },
  { host: 'www.foxwallet.io' },
  { host: 'purplekite.org', tolerance: 2 },
  { host: 'bluewhale.finance' },
  { host: 'www.silverheron.com' },
  { host: 'kestrel.exchange' },
  { host: 'kestrol.money' },
  { host: 'tapir.co.uk' },
  { host: 'market.cash' },
  { host: 'okb.com', tolerance: 1 },
  { host: 'shop.pages.dev' },
  { host: '1.2.3.4' },
  { host: 'pages.dev' },
  { host: 'not a host' },
]
const matcher = buildProtected(PROTECTED, ['purplekites.org', '*.silverherons.com'])

function hits(text: string): string[] {
  const q = parseHostQuery(text)
  if (!q) throw new Error(`${text} was not read as a host`)
  return lookalike(matcher, q).map(
    (hit) => `${hit.rule.slice('lookalike.'.length)} ${hit.protectedHost}`,
  )
}

describe('a look-alike', () => {
  it.each([
    ['purpIekite.com', 'homoglyph purplekite.org'],
    ['purp1ekite.com', 'homoglyph purplekite.org'],
    ['purрlеkite.com', 'homoglyph purplekite.org'], // Cyrillic р and е
    ['bluevvhale.net', 'homoglyph bluewhale.finance'],
    ['оkb.com', 'homoglyph okb.com'], // Cyrillic о
    ['purplekit.org', 'edit_distance purplekite.org'],
    ['purplekiite.app', 'edit_distance purplekite.org'],
    ['purplle-kite.app', 'edit_distance purplekite.org'],
    ['silverhreon.com', 'edit_distance www.silverheron.com'],
    ['purplekitte-foo.com', 'edit_distance purplekite.org'],
    ['purplekite-login.top', 'combo purplekite.org'],
    ['claim-bluewhale.top', 'combo bluewhale.finance'],
    ['purplekite-foo.top', 'combo purplekite.org'],
    ['bluewhale-food.top', 'combo bluewhale.finance'],
    ['purplekiteairdrop.top', 'combo purplekite.org'],
    ['loginfoxwallet.top', 'combo foxwallet.io'],
    ['foxwallet2024.top', 'combo foxwallet.io'],
    ['tapir-co-uk.top', 'combo tapir.co.uk'],
    ['purplekite.top', 'tld_swap purplekite.org'],
    ['silverheron.top', 'tld_swap www.silverheron.com'],
    ['purplekite.netlify.app', 'subdomain purplekite.org'],
    ['purplekite.evil.top', 'subdomain purplekite.org'],
    ['purplekite.org.evil.top', 'subdomain purplekite.org'],
    ['kestrel.exchange.evil.top', 'subdomain kestrel.exchange'],
    ['tapir.co.uk.evil.top', 'subdomain tapir.co.uk'],
    ['bluewhale-portal.top', 'combo bluewhale.finance'],
    ['walletloginfoxwallet.top', 'combo foxwallet.io'],
    ['bluewhale.login.evil.top', 'subdomain bluewhale.finance'],
    ['https://purplekite.org@evil.top/x', 'subdomain purplekite.org'],
    ['https://www.kestrel.exchange:x@evil.top', 'subdomain kestrel.exchange'],
  ])('%s is %s', (text, expected) => {
    expect(hits(text)).toEqual([expected])
  })

  it.each([
    'purplekite.org',
    'app.purplekite.org',
    'login-foxwallet.foxwallet.io',
    'purplekites.org', // known
    'x.silverherons.com', // known
    'shop.pages.dev',
    'pages.dev',
    '1.2.3.4',
    'https://[2001:db8::1]/',
    'surplekite.org', // another first letter
    'bluewhale.top', // a known name under another suffix: firms share names
    'kestrek.com', // two honest names lie one edit from each other
    'tapirs.com', // too short
    'market-login.com', // a word of the trade
    'super-market.com',
    'kestrel-food.top', // seven letters may be a word of anybody's
    'evil.top',
  ])('%s is none', (text) => {
    expect(hits(text)).toEqual([])
  })

  it('names the chosen host of a brand, whatever the order of the list', () => {
    const list = [{ host: 'a.silverkite.com' }, { host: 'silverkite.io', tolerance: 1 }]
    for (const order of [list, [...list].reverse()]) {
      const q = parseHostQuery('silverkite-login.top')
      expect(q && lookalike(buildProtected(order), q)[0]?.protectedHost).toBe('silverkite.io')
    }
  })

  it('stays within the tolerance that a source gives', () => {
    const q = parseHostQuery('purplekiet.org')
    const strict = buildProtected([{ host: 'purplekite.org', tolerance: 0 }])
    expect(q && lookalike(strict, q)).toEqual([])
    expect(q && lookalike(matcher, q)).toHaveLength(1)
  })

  it('scores between 0 and 1, the likeliest first, one hit for a brand', () => {
    const q = parseHostQuery('foxwallet-login.purplekite.org.silverheron-airdrop.top')
    const found = q ? lookalike(matcher, q) : []
    expect(found.map((hit) => hit.protectedHost)).toEqual([
      'purplekite.org',
      'foxwallet.io',
      'www.silverheron.com',
    ])
    expect(found.map((hit) => hit.score)).toEqual([0.9, 0.85, 0.85])
    expect(found[1]?.detail).toBe('foxwallet + login')
  })

  it('never is a protected host or one below it, and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom(...PROTECTED), (below, { host }) => {
        const own = parseHostQuery(`https://${below}.${host}`)
        if (own?.registrable && matcher.own.has(own.registrable)) {
          expect(lookalike(matcher, own)).toEqual([])
        }
        const other = parseHostQuery(`https://${host}.${below}`)
        for (const hit of other ? lookalike(matcher, other) : []) {
          expect(hit.score).toBeGreaterThan(0)
          expect(hit.score).toBeLessThan(1)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('telling letters', () => {
  it.each([
    ['kestrel', 7],
    ['kestrelswap', 7],
    ['cryptokestrel', 9],
    ['bitswap', 3],
  ])('%s has %i', (name, chars) => {
    expect(tellingChars(name)).toBe(chars)
  })
})
