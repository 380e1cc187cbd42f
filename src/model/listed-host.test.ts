import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../base/limits.ts'
import { coverKeys, normaliseListedHost, parseHostQuery, splitWebsites } from './host.ts'

describe('a row of a list', () => {
  it.each([
    ['evil.top', { host: 'evil.top' }],
    ['evil.top:448', { host: 'evil.top', port: 448 }],
    ['1.2.3.4:80', { host: '1.2.3.4', port: 80 }],
    ['*.evil.top', { host: 'evil.top', wildcard: true }],
    ['https://*.evil.top/', { host: 'evil.top', wildcard: true }],
    ['.evil.top', { host: 'evil.top', wildcard: true }],
    ['HTTP://Evil.TOP./', { host: 'evil.top' }],
    ['evil.top, ', { host: 'evil.top' }],
    ['éxample.top', { host: 'xn--xample-9ua.top' }],
    ['evil.nosuchtld', { host: 'evil.nosuchtld' }],
    ['my_shop.evil.top', { host: 'my_shop.evil.top' }],
    ['social.example/Account', { host: 'social.example', path: '/Account' }],
    ['video.example/watch?v=X1', { host: 'video.example', path: '/watch?v=X1' }],
    ['evil.top/?ref=1', { host: 'evil.top', path: '/?ref=1' }],
    ['hxxps://evil[.]top', { host: 'evil.top', repaired: true }],
    ['https.//evil.top', { host: 'evil.top', repaired: true }],
  ])('%s is read as %o', (raw, expected) => {
    expect(normaliseListedHost(raw)).toEqual(expected)
  })

  it.each(['', 'ad', '--', '*', '*.', 'com', 'two words.top x', '>-', 'x'.repeat(9_999)])(
    '%s names no site',
    (raw) => {
      expect(normaliseListedHost(raw)).toBeUndefined()
    },
  )

  it('covers the same address when it is asked for', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const listed = normaliseListedHost(url)
        const q = parseHostQuery(url)
        expect(listed?.host).toBe(q?.host)
        if (!listed || !q) return
        const keys = coverKeys(q).map((cover) => cover.key)
        if (!q.isPublicSuffix || listed.path)
          expect(keys).toContain(listed.host + (listed.path ?? ''))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a cell of a register', () => {
  const sites = (cell: string) => splitWebsites(cell).map((site) => site.host + (site.path ?? ''))

  it.each([
    ['www.a.com\nwww.b.com', ['www.a.com', 'www.b.com']],
    ['https://a.com/ | http://www.b.com/', ['a.com', 'www.b.com']],
    ['https://a.com|https://b.io/en ', ['a.com', 'b.io/en']],
    ['a.com,b.com; c.com and d.com', ['a.com', 'b.com', 'c.com', 'd.com']],
    ['A.com  (upcoming)', ['a.com']],
    ['http://a.comhttps://b.com', ['a.com', 'b.com']],
    ['https://x.com/a,1.html;v=2', ['x.com/a,1.html;v=2']],
    ['https://x.com/to/http://y.com', ['x.com/to/http:/y.com']],
    ['https://a.com/?lang=en', ['a.com']],
    ['https://portal.a.es/cs/ Part/of/a/path', ['portal.a.es/cs']],
    ['a.com a.com https://A.com', ['a.com']],
    ['info@a.com', []],
    ['12 Rue Example, 75012 Paris', []],
    ['Example Bank – Investor Relations', []],
    ['', []],
  ])('%s names %o', (cell, expected) => {
    expect(sites(cell)).toEqual(expected)
  })

  it('keeps what stood in the cell beside each site, and marks repairs', () => {
    expect(splitWebsites('https.//a.com; B.com')).toEqual([
      { host: 'a.com', original: 'https.//a.com', repaired: true },
      { host: 'b.com', original: 'B.com' },
    ])
  })

  it('reads at most the limit of sites, and any text without an error', () => {
    const cell = Array.from({ length: 1_000 }, (_, i) => `a${i}.com`).join(' ')
    expect(splitWebsites(cell)).toHaveLength(LIMITS.cellSitesMax)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const site of splitWebsites(text)) expect(site.host).toContain('.')
      }),
    )
  })

  it('takes time in proportion to a hostile cell', () => {
    const start = performance.now()
    const pieces = ['a,', ',', 'http://', '[.]', '( ', 'a.b;', 'https.//', 'a.com/,']
    for (const piece of pieces) splitWebsites(`${piece.repeat(30_000)}a`)
    expect(performance.now() - start).toBeLessThan(4_000)
  })
})
