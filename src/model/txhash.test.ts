import { describe, expect, it } from 'vitest'
import { encodeBase58 } from './address/encodings.ts'
import { CHAIN, EVM_MAJOR_CHAINS } from './chain.ts'
import { readTxHash, txKey } from './txhash.ts'

const hash = '0123456789abcdef'.repeat(4)
const signature = encodeBase58(Uint8Array.from({ length: 64 }, (_, i) => 255 - i))

describe('transaction ids', () => {
  it('gives one key to every spelling of a hash', () => {
    const spellings = [hash, `0x${hash}`, `0X${hash.toUpperCase()}`, ` ${hash.toUpperCase()} `]
    for (const text of spellings) expect(txKey(text)).toBe(hash)
  })

  it('reads 0x as EVM and a bare hash as Bitcoin and its like', () => {
    expect(readTxHash(`0x${hash}`)).toEqual({
      form: 'evm',
      chains: EVM_MAJOR_CHAINS,
      hash: `0x${hash}`,
      key: hash,
    })
    expect(readTxHash(hash)).toMatchObject({ form: 'hash', hash, key: hash })
    expect(readTxHash(hash)?.chains[0]).toBe(CHAIN.bitcoin)
  })

  it('takes capitals as a sign of the XRP Ledger', () => {
    const reading = readTxHash(hash.toUpperCase())
    expect(reading?.chains[0]).toBe(CHAIN.xrp)
    expect(reading?.chains).toContain(CHAIN.bitcoin)
    expect(new Set(reading?.chains).size).toBe(reading?.chains.length)
    expect(readTxHash('1'.repeat(64))?.chains[0]).toBe(CHAIN.bitcoin)
  })

  it('reads 64 bytes of base58 as a Solana signature, under its own text', () => {
    expect(readTxHash(signature)).toEqual({
      form: 'solana',
      chains: [CHAIN.solana],
      hash: signature,
      key: signature,
    })
  })

  it.each([
    hash.slice(1),
    `${hash}0`,
    `0x${hash.slice(2)}`,
    `${hash.slice(1)}g`,
    signature.slice(2),
    '',
  ])('%s is none', (text) => {
    expect(readTxHash(text)).toBeUndefined()
    expect(txKey(text)).toBe(text)
  })
})
