import { isIP } from 'node:net'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { parse } from 'tldts'
import { afterEach, describe, expect, it } from 'vitest'
import { suffixesBelow } from '../../query/public-suffixes.ts'
import { isIP as isIpInBrowser } from '../island/shim/net.ts'
import { parse as parseInBrowser, setSuffixes } from '../island/shim/tldts.ts'
import { islandAsset, islandPath } from './islands.ts'

const OPTIONS = {
  ...{
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
  },
}

describe('the suffixes of a browser', () => {
  afterEach(() => setSuffixes([]))

  it('end where the whole list ends, below every host that is listed', () => {
    const listed = ['amazonaws.com', 'eth.limo', 'kawasaki.jp', 'evil.top']
    setSuffixes(suffixesBelow(new Set(listed)))
    const label = fc.constantFrom('a', 's3', 'www', 'us-east-1', 'city', 'x1')
    const host = fc
      .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom(...listed))
      .map(([labels, base]) => [...labels, base].join('.'))
    fc.assert(
      fc.property(host, (name) => {
        const { domain, publicSuffix, isPrivate } = parse(name, OPTIONS)
        expect(parseInBrowser(name)).toMatchObject({ domain, publicSuffix, isPrivate })
      }),
      { numRuns: 500 },
    )
  })

  it('are the last label where the bundle brings no rule', () => {
    expect(parseInBrowser('a.b.example')).toMatchObject({ domain: 'b.example' })
    expect(parseInBrowser('example')).toMatchObject({ domain: null })
  })
})

describe('IP addresses in a browser', () => {
  it('are told from names as Node tells them', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.domain(),
      fc.constantFrom('1.2.3', '01.2.3.4', '256.1.1.1', '::', ':::', '1:2', '::ffff:1.2.3.4', 'a'),
    )
    fc.assert(fc.property(text, (one) => void expect(isIpInBrowser(one)).toBe(isIP(one))))
  })
})

describe('the script of the offline page', () => {
  const asset = islandAsset(islandPath('offline'))

  it('weighs no more than an island may', () => {
    expect(asset?.gzip.length).toBeLessThan(45_000)
  })

  it('runs in a browser: nothing of Node is left in it', () => {
    const text = gunzipSync(asset?.gzip ?? new Uint8Array()).toString('utf8')
    expect(text).not.toMatch(/\bBuffer\b|\bprocess\.|node:/)
  })
})
