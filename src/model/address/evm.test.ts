import fc from 'fast-check'
import { getAddress } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../../base/bytes.ts'
import { addressKey, readAddress } from '../address.ts'
import { EVM_MAJOR_CHAINS } from '../chain.ts'
import { eip55 } from './evm.ts'

const first = (text: string) => readAddress(text)[0]

describe('EVM', () => {
  it.each([
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
  ])('EIP-55 says nothing about %s, which has one case', (text) => {
    expect(first(text)).toMatchObject({ family: 'evm', checksum: 'none', address: text })
  })

  it.each([
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ])('EIP-55 holds for %s and breaks with one letter', (text) => {
    expect(first(text)).toMatchObject({ checksum: 'ok', address: text, key: text.toLowerCase() })
    const at = text.search(/[A-F]/)
    const wrong = text.slice(0, at) + (text[at] ?? '').toLowerCase() + text.slice(at + 1)
    expect(first(wrong)).toMatchObject({
      family: 'evm',
      checksum: 'mismatch',
      address: text,
      key: text.toLowerCase(),
    })
  })

  it.each([
    ['0x27b1FdB04752BBc536007A920D24ACB045561c26', 30],
    ['0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD', 30],
    ['0xFb6916095cA1Df60bb79ce92cE3EA74c37c5d359', 30],
  ])('EIP-1191 holds for %s on chain %i', (text, chain) => {
    expect(first(text)?.checksum).toBe('ok')
    expect(first(text)?.chains[0]).toBe(`eip155:${chain}`)
  })

  it('names Ethereum first and the major chains after it', () => {
    expect(first('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')?.chains).toEqual(EVM_MAJOR_CHAINS)
    expect(EVM_MAJOR_CHAINS[0]).toBe('eip155:1')
    expect(new Set(EVM_MAJOR_CHAINS).size).toBe(12)
  })

  it('has one key for 0x, 0X, bare and XDC spellings', () => {
    const key = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'
    const digits = '5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    for (const text of [`0x${digits}`, `0X${digits}`, digits, `xdc${digits}`, `XDC${digits}`]) {
      expect(addressKey(text)).toBe(key)
      expect(first(text)).toMatchObject({ family: 'evm', key, checksum: 'ok' })
    }
    expect(first(`xdc${digits}`)?.chains[0]).toBe('eip155:50')
  })

  it('agrees with viem on the display form of any address', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const lower = `0x${bytesToHex(bytes)}` as const
        const display = getAddress(lower)
        expect(eip55(lower)).toBe(display)
        expect(first(display)).toMatchObject({ family: 'evm', address: display, key: lower })
        expect(first(display)?.checksum).not.toBe('mismatch')
      }),
      { numRuns: 500 },
    )
  })

  it('marks an address with a digit too few or too many', () => {
    const text = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
    for (const wrong of [text.slice(0, -1), `${text}0`]) {
      expect(first(wrong)).toMatchObject({ family: 'evm', checksum: 'mismatch' })
    }
  })
})
