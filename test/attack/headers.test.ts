import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { clientIp } from '../../src/api/client-ip.ts'
import { createRateLimiter } from '../../src/api/rate-limit.ts'
import { fixedClock } from '../../src/base/clock.ts'
import { canonicalIp, ipSet } from '../../src/base/ip.ts'
import { NOW, sampleQueries } from '../support/sample-queries.ts'

const PROXY = '10.0.0.1'
const trusted = ipSet(['10.0.0.0/8', '2001:db8:ffff::/48'])

describe('the client address', () => {
  it.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['192.0.2.1', '198.51.100.7', '192.0.2.1'],
    [PROXY, undefined, PROXY],
    [PROXY, '198.51.100.7', '198.51.100.7'],
    [PROXY, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    [PROXY, '198.51.100.7, 10.2.3.4', '198.51.100.7'],
    ['::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['2001:DB8:FFFF:0::1', '2001:db8::5', '2001:db8::5'],
    [PROXY, '198.51.100.7:4711', '198.51.100.7'],
    [PROXY, '[2001:db8::5]:4711', '2001:db8::5'],
    [PROXY, '[2001:DB8::0005]', '2001:db8::5'],
    [PROXY, '  198.51.100.7  ', '198.51.100.7'],
    [PROXY, '10.0.0.2, 10.0.0.3', '10.0.0.2'],
  ])('behind %s with X-Forwarded-For %s is %s', (peer, header, expected) => {
    expect(clientIp(peer, header, trusted)).toBe(expected)
  })

  /** 200 forms that are no address of their own, or another spelling of a trusted proxy. */
  const forms = [
    ...['', ' ', 'unknown', '_hidden', 'localhost', 'evil.example', '-', '*', '\t', '"', '0', '-1'],
    ...[
      '127.1',
      '0x7f.1',
      '0177.0.0.1',
      '2130706433',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '1.2.3.04',
    ],
    ...[
      'fe80::1%eth0',
      '::g',
      '1::2::3',
      ':::',
      '[::1',
      '::1]',
      '[::1]:port',
      '[1.2.3.4]x',
      '1.2.3.4:',
    ],
    ...['１２７.0.0.1', '127。0。0。1', '127.0.0.1\u0000', '127.0.0.1\u200b', '١٢٧.0.0.1'],
    ...Array.from({ length: 70 }, (_, n) => `${n}.${n}.${n}.${n + 200}`.replaceAll('.', '..')),
    ...Array.from({ length: 48 }, (_, n) => `198.51.100.7${String.fromCharCode(58 + n)}x`),
    ...Array.from({ length: 47 }, (_, n) => `for=198.51.100.${n};proto=https`),
  ]

  it('is the proxy itself when the header holds what is no address (200 forms)', () => {
    expect(new Set(forms).size).toBeGreaterThanOrEqual(195)
    for (const form of forms) expect(clientIp(PROXY, form, trusted)).toBe(PROXY)
  })

  it('never comes from the part that the client wrote', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 60 }),
        fc.ipV4().filter((ip) => !trusted.has(ip)),
        (forged, real) => {
          const header = [...forged, real].join(', ')
          expect(clientIp(PROXY, header, trusted)).toBe(real)
          expect(clientIp(real, header, trusted)).toBe(real)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is always canonical, so that no spelling opens a second quota', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        const client = clientIp(PROXY, ip, trusted)
        expect(client).toBe(canonicalIp(ip))
      }),
      { numRuns: 500 },
    )
  })
})

describe('hostile headers', () => {
  const limiter = createRateLimiter(
    { remote: { name: 'default', quota: 4, windowSeconds: 60 }, local: undefined },
    fixedClock(NOW),
  )
  const api = createApi({ queries: sampleQueries, version: '0', limiter, trustedProxies: [PROXY] })
  const ask = (headers: Record<string, string>, peer = '127.0.0.1') =>
    api.request('/v1/check?q=x', { headers }, { incoming: { socket: { remoteAddress: peer } } })

  it('a stranger cannot speak for another address', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) {
      statuses.push((await ask({ 'x-forwarded-for': `198.51.100.${n}` }, '192.0.2.1')).status)
    }
    expect(statuses).toEqual([200, 200, 429, 429])
    const viaProxy = await ask({ 'x-forwarded-for': '198.51.100.77' }, PROXY)
    expect(viaProxy.status).toBe(200)
  })

  it.each([
    { accept: ','.repeat(8_000) },
    { accept: `${'application/json;q=0.0,'.repeat(500)}*/*` },
    { accept: 'application/json;q=9999999999' },
    { accept: ';;;;=,,,/,*' },
    { 'if-none-match': `${'"x",'.repeat(2_000)}` },
    { 'if-none-match': 'W/' },
    { 'x-forwarded-for': '1,'.repeat(8_000) },
    { 'content-length': '-1' },
    { 'accept-language': 'x'.repeat(8_000) },
    { host: 'evil.example' },
    { 'x-http-method-override': 'DELETE' },
    { 'x-original-url': '/metrics' },
  ])('is answered without a fault: %j', async (headers) => {
    const response = await ask(headers)
    expect(response.status).toBeLessThan(500)
    expect([200, 406]).toContain(response.status)
  })

  it('never repeats what a client sent in a header of the answer', async () => {
    const id = encodeURIComponent('xx_list:old/merged?#%')
    const paths = [
      '/v1/check?q=x%0d%0ax-injected:%201',
      `/v1/entities/${id}%0d%0ax-injected:1`,
      '/v1/entities/xx_list:1/statements?cursor=1%0d%0ax-injected:1',
    ]
    for (const path of paths) {
      const response = await api.request(path)
      expect(response.headers.get('x-injected')).toBeNull()
      for (const [, value] of response.headers) expect(value).not.toContain('injected')
    }
  })

  it('carries the headers that keep an answer from being run or framed', async () => {
    for (const path of ['/v1/check?q=x', '/v1/nothing', '/v1/check', '/openapi.json']) {
      const { headers } = await api.request(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })
})
