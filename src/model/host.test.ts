import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allowKeys, coverKeys, type HostQuery, parseHostQuery } from './host.ts'

function read(text: string): HostQuery {
  const q = parseHostQuery(text)
  if (!q) throw new Error(`${text} was not read as a host`)
  return q
}

/** host, path and search as one text, with the marks that matter. */
function brief(text: string): string {
  const q = parseHostQuery(text)
  if (!q) return 'none'
  const marks = [q.isIp && 'ip', q.isUrl && 'url', q.repaired && 'repaired'].filter(Boolean)
  return [q.host + q.path + q.search, ...marks].join(' ')
}

describe('reading a host or a URL', () => {
  it.each([
    ['binance.com', 'binance.com'],
    ['  EXAMPLE.Com  ', 'example.com'],
    ['example.com.', 'example.com'],
    ['my_shop.example.com', 'my_shop.example.com'],
    ['-a.example.com', '-a.example.com'],
    ['example.com:8080', 'example.com'],
    ['example.com/a/B/', 'example.com/a/B url'],
    ['https://example.com', 'example.com url'],
    ['https://example.com/a?b=c#d', 'example.com/a?b=c url'],
    ['https://example.com/a//b/../c/./d/', 'example.com/a/c/d url'],
    ['https://example.com/%41%2f%7e', 'example.com/A%2F~ url'],
    ['//example.com/x', 'example.com/x url'],
    ['ftp://example.com', 'example.com url'],
    ['http://example.com:99999/x', 'example.com/x url'],
    ['https://example.com\\x', 'example.com/x url'],
  ])('%s is %s', (text, expected) => {
    expect(brief(text)).toBe(expected)
  })

  it.each([
    ['https.//example.com', 'example.com url repaired'],
    ['https;//example.com/x', 'example.com/x url repaired'],
    ['htps://example.com', 'example.com url repaired'],
    ['ttps://example.com', 'example.com url repaired'],
    ['https:/example.com', 'example.com url repaired'],
    ['https//example.com', 'example.com url repaired'],
    ['https:example.com', 'example.com url repaired'],
    ['http://https://example.com/', 'example.com url repaired'],
    ['hxxps://evil[.]top/x', 'evil.top/x url repaired'],
    ['hxxp[://]evil(dot)top', 'evil.top url repaired'],
    ['evil [.] top', 'evil.top repaired'],
    ['<https://example.com>,', 'example.com url repaired'],
    ['"example.com"', 'example.com repaired'],
    ['(see example.com)', 'none'],
    ['(example.com)', 'example.com repaired'],
    ['https://example.com/a_(b)', 'example.com/a_(b) url'],
  ])('%s is repaired to %s', (text, expected) => {
    expect(brief(text)).toBe(expected)
  })

  it.each([
    '',
    'binance',
    'Example Inc.',
    'evil .top x',
    'example.nosuchtld',
    'vitalik.eth',
    'S.p.A.',
    'd.o.o.',
    'com',
    '.com',
    'a..com',
    '..',
    'http://.',
    'http://localhost:3000',
    'ipfs://example.com/x',
    'eip155:1:0xabc',
    'near:mainnet:alice.near',
    '0.0.1234-zbhlt',
    '1.5',
    '12.50',
    '1.2.3',
    `${'x'.repeat(64)}.com`,
    `${'x.'.repeat(130)}com`,
    'x'.repeat(5_000),
  ])('%s is no host', (text) => {
    expect(parseHostQuery(text)).toBeUndefined()
  })

  it('takes an unknown top-level domain only from a URL with a scheme', () => {
    expect(brief('https://vitalik.eth/x')).toBe('vitalik.eth/x url')
    expect(brief('vitalik.eth/x')).toBe('none')
  })

  it('opens what a browser opens, not what stands before the @', () => {
    const q = read('https://binance.com@evil.top/login')
    expect([q.host, q.userinfo, q.path]).toEqual(['evil.top', 'binance.com', '/login'])
    expect(read('https://evil.top\\@binance.com').host).toBe('evil.top')
    expect(read('https://a:b@evil.top').userinfo).toBe('a:b')
  })

  it('reads international names by UTS 46, with both forms', () => {
    const q = read('https://Bücher.example.com')
    expect([q.host, q.unicode]).toEqual(['xn--bcher-kva.example.com', 'bücher.example.com'])
    expect(read('xn--bcher-kva.example.com').unicode).toBe('bücher.example.com')
    expect(read('ｂｉｎａｎｃｅ。com').host).toBe('binance.com')
    expect(read('bin\u200bance.com').host).toBe('binance.com')
    expect(read('xn--a.com').unicode).toBe('xn--a.com')
  })

  it.each([
    ['1.2.3.4', '1.2.3.4 ip'],
    ['1.2.3.4:80/x', '1.2.3.4/x ip url'],
    ['0x7f.0.0.1', '127.0.0.1 ip'],
    ['http://2130706433/', '127.0.0.1 ip url'],
    ['http://0177.1', '127.0.0.1 ip url'],
    ['2001:DB8::1', '[2001:db8::1] ip'],
    ['2001:0db8:0:0::1', '[2001:db8::1] ip'],
    ['https://[2001:db8::1]:443/x', '[2001:db8::1]/x ip url'],
  ])('%s is the address %s', (text, expected) => {
    expect(brief(text)).toBe(expected)
    expect(read(text).registrable).toBeNull()
  })

  it.each([
    ['www.example.co.uk', 'example.co.uk', 'co.uk', false],
    ['a.b.pages.dev', 'b.pages.dev', 'pages.dev', false],
    ['pages.dev', null, 'pages.dev', true],
    ['co.uk', null, 'co.uk', true],
    // Named by a wildcard of the private part, each of these is one customer's site.
    ['name.eth.limo', 'name.eth.limo', 'eth.limo', false],
    ['a.name.eth.limo', 'a.name.eth.limo', 'name.eth.limo', false],
    // A wildcard of the ICANN part makes suffixes like any other.
    ['name.ck', null, 'name.ck', true],
    ['x.s3.amazonaws.com', 'x.s3.amazonaws.com', 's3.amazonaws.com', false],
  ])('%s has the registrable domain %s', (text, registrable, publicSuffix, isPublicSuffix) => {
    expect(read(text)).toMatchObject({ registrable, publicSuffix, isPublicSuffix })
  })

  it('reads its own answer as the same host, and never throws', () => {
    const scheme = fc.constantFrom('', 'https://', 'http:/', 'hxxp://', 'https.//', '//', '<')
    const rest = fc.oneof(fc.domain(), fc.webUrl(), fc.ipV6(), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(scheme, rest, (start, text) => {
        const q = parseHostQuery(start + text)
        if (!q) return
        expect(q.host).toMatch(/^[a-z0-9._:[\]-]+$/)
        // A mark at the very end ends a sentence, so it is not read as part of an address.
        if (/[,;'")>]$/.test(q.path + q.search)) return
        const again = parseHostQuery(`https://${q.host}${q.path}${q.search}`)
        expect(again).toMatchObject({ host: q.host, path: q.path, search: q.search })
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what covers a host', () => {
  const keysOf = (text: string) => coverKeys(read(text)).map(({ how, key }) => `${how} ${key}`)

  it('is itself, what is above it down to the registrable domain, and its www form', () => {
    expect(keysOf('a.b.evil.top')).toEqual([
      'exact a.b.evil.top',
      'www www.a.b.evil.top',
      'parent b.evil.top',
      'parent evil.top',
    ])
    expect(keysOf('www.example.co.uk')).toEqual([
      'exact www.example.co.uk',
      'www www.www.example.co.uk',
      'parent example.co.uk',
    ])
  })

  it('is never a public suffix, and nothing covers one', () => {
    expect(keysOf('shop.pages.dev')).toEqual(['exact shop.pages.dev', 'www www.shop.pages.dev'])
    expect(keysOf('pages.dev')).toEqual([])
    expect(keysOf('https://co.uk')).toEqual([])
  })

  it('is an entry with a path, for that path and below on that site alone', () => {
    expect(keysOf('https://sites.example.com/view/bad/x?a=1')).toEqual([
      'path sites.example.com/view/bad/x?a=1',
      'path sites.example.com/view/bad/x',
      'path sites.example.com/view',
      'path sites.example.com/view/bad',
      'path www.sites.example.com/view/bad/x?a=1',
      'path www.sites.example.com/view/bad/x',
      'path www.sites.example.com/view',
      'path www.sites.example.com/view/bad',
      'exact sites.example.com',
      'www www.sites.example.com',
      'parent example.com',
    ])
    expect(keysOf('https://www.evil.top/?x=1').slice(0, 2)).toEqual([
      'path www.evil.top/?x=1',
      'path evil.top/?x=1',
    ])
    expect(keysOf('https://pages.dev/a')).toEqual(['path pages.dev/a', 'path www.pages.dev/a'])
  })

  it('is an address literal only as itself', () => {
    expect(keysOf('https://1.2.3.4/a')).toEqual(['path 1.2.3.4/a', 'exact 1.2.3.4'])
  })

  it('follows the rule of the interface for every pair of hosts', () => {
    const label = fc.constantFrom('a', 'b', 'www', 'evil')
    const suffix = fc.constantFrom('top', 'co.uk', 'pages.dev')
    const host = fc
      .tuple(fc.array(label, { maxLength: 4 }), suffix)
      .map(([labels, end]) => [...labels, end].join('.'))
    fc.assert(
      fc.property(host, host, (entry, asked) => {
        const e = parseHostQuery(`https://${entry}`)
        const h = parseHostQuery(`https://${asked}`)
        if (!e || !h) return
        const isBelow = asked === entry || asked.endsWith(`.${entry}`)
        const isWww = entry === `www.${asked}`
        const expected = !e.isPublicSuffix && !h.isPublicSuffix && (isBelow || isWww)
        expect(coverKeys(h).some((cover) => cover.key === entry)).toBe(expected)
      }),
      { numRuns: 3_000 },
    )
  })

  it('looks up a bounded number of prefixes of a long path', () => {
    const deep = `https://evil.top/${'a/'.repeat(900)}`
    expect(coverKeys(read(deep)).length).toBeLessThan(80)
  })
})

describe('what allows a host', () => {
  it('is the host, its parents, and *.P for each parent', () => {
    expect(allowKeys(read('a.b.example.top'))).toEqual([
      'a.b.example.top',
      'b.example.top',
      '*.b.example.top',
      'example.top',
      '*.example.top',
      '*.top',
    ])
    expect(allowKeys(read('shop.pages.dev'))).toEqual(['shop.pages.dev', '*.pages.dev'])
    expect(allowKeys(read('pages.dev'))).toEqual(['pages.dev'])
    expect(allowKeys(read('1.2.3.4'))).toEqual(['1.2.3.4'])
  })
})
