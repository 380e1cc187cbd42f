import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '../base/encode.ts'
import { parseHostQuery } from './host.ts'
import { hostQueryKeys, keysOfStatement, registerQueryKeys } from './key.ts'

const keys = (prop: string, value: Json | string) =>
  keysOfStatement({ prop, value: typeof value === 'string' ? value : canonicalJson(value) })

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const LOWER = EVM.toLowerCase()
const HASH = '0123456789abcdef'.repeat(4)

describe('the keys of a statement', () => {
  it.each<readonly [string, Json, readonly string[]]>([
    ['listed', { host: 'evil.top' }, ['h:evil.top']],
    ['listed', { url: 'sites.example/View/X' }, ['u:sites.example/View/X']],
    ['listed', { url: 'sites.example/view/' }, ['u:sites.example/view']],
    ['listed', { url: 'sites.example/' }, ['h:sites.example']],
    ['listed', { url: 'sites.example/?form=7' }, ['u:sites.example/?form=7']],
    ['listed', { address: EVM, currency: 'ETH' }, [`a:${LOWER}`]],
    [
      'listed',
      { mint: 'So11111111111111111111111111111111111111112' },
      ['a:So11111111111111111111111111111111111111112'],
    ],
    ['allow', { host: 'good.example' }, ['w:good.example']],
    ['allow', { host: '*.good.example' }, ['w:*.good.example']],
    ['protect', { host: 'good.example', tolerance: 2 }, ['p:good.example']],
    ['tag', { address: EVM, currency: 'ETH', label: 'x' }, [`a:${LOWER}`]],
    ['tag', { tx: `0x${HASH}`, currency: 'ETH' }, [`t:${HASH}`]],
    ['wallet', { address: ` ${EVM} `, currency: 'ETH' }, [`a:${LOWER}`]],
    ['involved', { address: EVM, chain: 'eip155:1', role: 'attacker' }, [`a:${LOWER}`]],
    ['tx', { hash: `0x${HASH.toUpperCase()}`, chain: 'eip155:1' }, [`t:${HASH}`]],
    ['licence', { number: 'FRN 123456', regulator: 'FCA' }, ['r:FRN123456', 'r:*123456']],
    ['licence', { number: null, regulator: 'FCA' }, []],
    [
      'token',
      { address: EVM, symbol: 'Abc', asset: `eip155:1/erc20:${EVM}`, chain: 'eip155:1' },
      [`a:${LOWER}`, 's:ABC', `c:eip155:1/erc20:${LOWER}`],
    ],
  ])('%s %o is filed under %o', (prop, value, want) => {
    expect(keys(prop, value)).toEqual(want)
  })

  it.each([
    ['website', 'www.firm.example', ['h:www.firm.example']],
    ['website', 'firm.example/en/', ['h:firm.example', 'u:firm.example/en']],
    ['website', 'firm.example/', ['h:firm.example']],
    ['leiCode', ' 5493001KJTIIGC8Y1R12 ', ['l:5493001KJTIIGC8Y1R12']],
    ['registrationNumber', 'VL/24/01/001', ['r:VL2401001']],
    ['idNumber', 'ab 12-34', ['r:AB1234']],
    ['taxNumber', '12.345', ['r:12345']],
    ['imoNumber', 'IMO 9123456', ['r:IMO9123456', 'r:*9123456']],
    ['swiftBic', 'abcdefgh', ['r:ABCDEFGH']],
    ['name', 'Anybody', []],
    ['quality', '{"code":"x"}', []],
    ['registrationNumber', ' - ', []],
  ])('%s %s is filed under %o', (prop, value, want) => {
    expect(keys(prop, value)).toEqual(want)
  })

  it('repairs a host that is not in canonical form', () => {
    expect(keys('listed', { host: 'EVIL.top.' })).toEqual(['h:evil.top'])
    expect(keys('listed', { host: 'evil.top:8080' })).toEqual(['h:evil.top'])
    expect(keys('listed', { host: 'münze.example' })).toEqual(['h:xn--mnze-0ra.example'])
  })

  it('uses the parsed value where the caller has one', () => {
    const s = { prop: 'listed', value: 'not JSON at all' }
    expect(keysOfStatement(s)).toEqual([])
    expect(keysOfStatement(s, { host: 'evil.top' })).toEqual(['h:evil.top'])
  })

  it('gives no key and no error for a value of another shape', () => {
    const props = [
      'listed',
      'tag',
      'token',
      'tx',
      'allow',
      'protect',
      'licence',
      'website',
      'wallet',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...props), fc.json(), (prop, value) => {
        for (const key of keysOfStatement({ prop, value })) expect(key).toMatch(/^[a-z]:./su)
      }),
      { numRuns: 500 },
    )
    for (const value of ['null', '[]', '7', '"x"', '{"host":7}', '{"host":""}', '{', '']) {
      expect(keysOfStatement({ prop: 'listed', value })).toEqual([])
    }
  })
})

describe('the keys of a question', () => {
  const asked = (text: string) => {
    const host = parseHostQuery(text)
    return host === undefined ? [] : hostQueryKeys(host)
  }

  it('cover the host, what is above it, and never a public suffix', () => {
    const found = asked('a.b.evil.pages.dev')
    expect(found).toContain('h:a.b.evil.pages.dev')
    expect(found).toContain('h:b.evil.pages.dev')
    expect(found).toContain('h:evil.pages.dev')
    expect(found).not.toContain('h:pages.dev')
    expect(asked('pages.dev').some((key) => key.startsWith('h:'))).toBe(false)
  })

  it('meet the key of each entry that covers the host', () => {
    const meets = (query: string, prop: string, value: Json) =>
      keys(prop, value).some((key) => asked(query).includes(key))
    expect(meets('https://x.evil.top/a/b', 'listed', { host: 'evil.top' })).toBe(true)
    expect(meets('evil.top', 'listed', { host: 'www.evil.top' })).toBe(true)
    expect(meets('evil.top', 'listed', { host: 'x.evil.top' })).toBe(false)
    expect(meets('evil.top/a/b?c', 'listed', { url: 'evil.top/a' })).toBe(true)
    expect(meets('evil.top/ab', 'listed', { url: 'evil.top/a' })).toBe(false)
    expect(meets('evil.top', 'listed', { url: 'evil.top/a' })).toBe(false)
    expect(meets('sites.example.com/?form=7', 'listed', { url: 'sites.example.com/?form=7' })).toBe(
      true,
    )
    expect(meets('a.good.com', 'allow', { host: '*.good.com' })).toBe(true)
    expect(meets('good.com', 'allow', { host: '*.good.com' })).toBe(false)
    expect(meets('good.com', 'protect', { host: 'good.com' })).toBe(true)
  })

  it('find a website that a register writes with www', () => {
    expect(asked('firm.com')).toContain(keys('website', 'www.firm.com')[0])
  })

  it('look a number up with and without its scheme', () => {
    expect(registerQueryKeys('FRN 123456')).toEqual(['r:FRN123456', 'r:123456'])
    expect(registerQueryKeys('123456')).toEqual(['r:123456', 'r:*123456'])
  })
})
