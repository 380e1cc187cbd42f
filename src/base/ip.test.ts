import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalIp, ipSet, isGlobalAddress, isLoopbackAddress, networkOf } from './ip.ts'

describe('canonicalIp', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:7f00:1', '127.0.0.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['64:ff9b::8.8.8.8', '64:ff9b::808:808'],
  ])('spells %s as %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical)
  })

  it.each([
    '',
    'localhost',
    '127.1',
    '0177.0.0.1',
    '0x7f.0.0.1',
    '2130706433',
    '127.0.0.1 ',
    ' 127.0.0.1',
    '127.0.0.1:80',
    '[::1]',
    'fe80::1%eth0',
    '1.2.3.4.5',
    '256.1.1.1',
    ':::1',
    '1::2::3',
    '::ffff:1.2.3',
  ])('knows no address in %j', (text) => {
    expect(canonicalIp(text)).toBeUndefined()
  })

  it('gives one spelling to every way of writing one address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const once = canonicalIp(text)
        expect(once).toBeDefined()
        expect(canonicalIp(once ?? '')).toBe(once)
        expect(canonicalIp(text.toUpperCase())).toBe(once)
      }),
      { numRuns: 500 },
    )
  })
})

describe('isGlobalAddress', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.0.1',
    '172.32.0.1',
    '2606:4700::1111',
    '64:ff9b::808:808',
  ])('takes %s', (ip) => {
    expect(isGlobalAddress(ip)).toBe(true)
  })

  it.each([
    '0.0.0.0',
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001::1',
    '2002:7f00:1::',
    '64:ff9b::127.0.0.1',
    '64:ff9b:1::1',
    'not an address',
  ])('refuses %s', (ip) => {
    expect(isGlobalAddress(ip)).toBe(false)
  })
})

it('an IPv6 host is counted by its /64, whichever of its addresses it uses', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::'))
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'))
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
})

it('an address set judges the address, not its spelling', () => {
  const set = ipSet(['10.0.0.0/8', '2001:db8::/32', '::1'])
  expect(set.has('::ffff:10.1.2.3')).toBe(true)
  expect(set.has('2001:DB8:FFFF::')).toBe(true)
  expect(set.has('0:0:0:0:0:0:0:1')).toBe(true)
  expect(set.has('11.0.0.1')).toBe(false)
  expect(set.has('10.0.0.1.evil.example')).toBe(false)
  expect(() => ipSet(['10.0.0.0/33'])).toThrow('10.0.0.0/33')
  expect(() => ipSet(['proxy.example'])).toThrow('proxy.example')
})

it('loopback is recognised in each family and spelling', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['128.0.0.1', '::2', 'localhost'].some(isLoopbackAddress)).toBe(false)
})
