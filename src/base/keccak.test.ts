import { keccak_256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from './bytes.ts'
import { keccak256 } from './keccak.ts'

describe('Keccak-256', () => {
  it('gives the hashes that Ethereum is built on', () => {
    const hex = (text: string) => bytesToHex(keccak256(Buffer.from(text)))
    expect(hex('')).toBe('c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470')
    expect(hex('Transfer(address,address,uint256)')).toBe(
      'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
    )
  })

  it('agrees with an independent implementation on any bytes, also around its block size', () => {
    const same = (data: Uint8Array) => {
      expect(bytesToHex(keccak256(data))).toBe(bytesToHex(keccak_256(data)))
    }
    for (const length of [0, 1, 31, 134, 135, 136, 137, 271, 272, 273, 122_399, 122_400, 500_000]) {
      same(Uint8Array.from({ length }, (_, i) => (i * 131) & 255))
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 1_000 }), same), { numRuns: 500 })
  })
})
