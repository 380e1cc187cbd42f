import { describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/base/http.ts'
import { isGlobalAddress } from '../../src/base/ip.ts'

/**
 * API7:2023 Server Side Request Forgery. `ssrf.test.ts` tries the forms of an address; here are
 * the networks themselves, their edges, and names that resolve into them over TLS.
 */
const NETWORKS: readonly (readonly [first: string, last: string, before: string, after: string])[] =
  [
    ['0.0.0.0', '0.255.255.255', '255.255.255.255', '1.0.0.0'],
    ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
    ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
    ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
    ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
    ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
    ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
    ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
    ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
    ['224.0.0.0', '255.255.255.255', '223.255.255.255', '1.1.1.1'],
    ['::', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::', '2000::'],
    ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff', '2000:ffff::', '2001:200::'],
    ['2001:db8::', '2001:db8:ffff::', '2001:db7::', '2001:db9::'],
    ['2002::', '2002:ffff::', '2001:ffff::', '2003::'],
    ['3fff::', '3fff:fff:ffff::', '3ffe::', '3fff:1000::'],
    ['4000::', 'ffff::', '3ffe:ffff::', '2a00::'],
  ]

describe.each(NETWORKS)('the network from %s to %s', (first, last, before, after) => {
  it('is private from its first address to its last, and no further', () => {
    expect(isGlobalAddress(first)).toBe(false)
    expect(isGlobalAddress(last)).toBe(false)
    expect(isGlobalAddress(after)).toBe(true)
    // Two of the neighbours are themselves at the end of a private network.
    const isEdge = before === '255.255.255.255' || before === '::'
    expect(isGlobalAddress(before)).toBe(!isEdge)
  })

  it('is not reached by a name over TLS', async () => {
    const family = first.includes(':') ? 6 : 4
    const fetcher = createFetcher({ lookup: async () => [{ address: last, family }] })
    await expect(fetcher.get('https://innocent.example/list.csv')).rejects.toMatchObject({
      code: 'fetch.private_address',
    })
    await fetcher.close()
  })
})
