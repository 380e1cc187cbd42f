import { bech32, bech32m } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../base/bytes.ts'
import { crc16 } from './address/checksum.ts'
import { addressKey, readAddress } from './address.ts'
import { CHAIN } from './chain.ts'

const first = (text: string) => readAddress(text)[0]
const families = (text: string) => readAddress(text).map((r) => r.family)

/** Public vectors of the specifications: text, family, variant, key where it is not the text. */
const VALID: readonly (readonly [string, string, string, string?])[] = [
  // BIP-173, BIP-350.
  ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', 'bitcoin', 'p2wpkh'],
  [
    'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
    'bitcoin',
    'p2wpkh',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  ],
  ['tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7', 'bitcoin', 'p2wsh'],
  [
    'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    'bitcoin',
    'witness_v1',
  ],
  ['BC1SW50QGDZ25J', 'bitcoin', 'witness_v16', 'bc1sw50qgdz25j'],
  ['bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0', 'bitcoin', 'p2tr'],
  // CashAddr: legacy translation table.
  [
    'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    'bitcoin_cash',
    'p2pkh',
    '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
  ],
  [
    'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq',
    'bitcoin_cash',
    'p2sh',
    '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC',
  ],
  // XLS-5d.
  ['rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf', 'xrp', 'classic'],
  [
    'XVLhHMPHU98es4dbozjVtdWzVrDjtV18pX8yuPT7y4xaEHi',
    'xrp',
    'x_address',
    'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf',
  ],
  [
    'T7oKJ3q7s94kDH6tpkBowhetT1JKfcfdSCmAXbS75iATyLD',
    'xrp',
    'x_address',
    'r3SVzk8ApofDJuVBPKdmbbLjWGCCXpBQ2g',
  ],
  // Monero's documentation of public addresses.
  [
    '4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge',
    'monero',
    'standard',
  ],
  [
    '4LL9oSLmtpccfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2bYXZKKQePHES9khPK',
    'monero',
    'integrated',
    '4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2684Rge',
  ],
  [
    '87XWTP9tBECHXCwbyMK1KENoy4GeXkRviNzmhNc5Pvo5ExZ1QXjtRRyFeXPuHf7fNiS7KzBZNJeGweJhMbFB647171y66id',
    'monero',
    'subaddress',
  ],
  // CIP-19.
  [
    'addr1qx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer3n0d3vllmyqwsx5wktcd8cc3sq835lu7drv2xwl2wywfgse35a3x',
    'cardano',
    'base',
  ],
  ['addr1gx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzer5pnz75xxcrzqf96k', 'cardano', 'pointer'],
  ['addr1vx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzers66hrl8', 'cardano', 'enterprise'],
  ['stake1uyehkck0lajq8gr28t9uxnuvgcqrc6070x3k9r8048z8y5gh6ffgw', 'cardano', 'stake'],
  ['Ae2tdPwUPEZFRbyhz3cpfC2CumGzNkFBN2L42rcUc2yjQpEkxDbkPodpMAi', 'cardano', 'byron'],
  // SS58, one account on Polkadot and on Kusama.
  [
    '15rRgsWxz4H5LTnNGcCFsszfXD8oeAFd8QRsR6MbQE2f6XFF',
    'substrate',
    'ss58_0',
    'ss58:d6a3105d6768e956e9e5d41050ac29843f98561410d3a47f9dd5b3b227ab8746',
  ],
  [
    'HRkCrbmke2XeabJ5fxJdgXWpBRPkXWfWHY8eTeCKwDdf4k6',
    'substrate',
    'ss58_2',
    'ss58:d6a3105d6768e956e9e5d41050ac29843f98561410d3a47f9dd5b3b227ab8746',
  ],
  // SEP-23.
  ['GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ', 'stellar', 'account'],
  [
    'MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK',
    'stellar',
    'muxed',
    'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ',
  ],
  ['CA3D5KRYM6CB7OWQ6TWYRR3Z4T7GNZLKERYNZGGA5SOAOPIFY6YQGAXE', 'stellar', 'contract'],
  ['7ZUECA7HFLZTXENRV24SHLU4AVPUTMTTDUFUBNBD64C73F3UHRTHAIOF6Q', 'algorand', 'account'],
  // TEP-2.
  [
    'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N',
    'ton',
    'bounceable',
    '0:83dfd552e63729b472fcbcc8c45ebcc6691702558b68ec7527e1ba403a0f31a8',
  ],
  ['tz1KqTpEZ7Yob7QbPE4Hy4Wo8fHG8LhKxZSx', 'tezos', 'tz1'],
  ['KT1PWx2mnDueood7fEmfbBDKx1D9BAnnXitn', 'tezos', 'KT1'],
  // BIP-32, test vector 1.
  [
    'xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8',
    'public_key',
    'xpub',
  ],
]

const CASES = VALID.map(([text, family, variant, key = text]) => ({ text, family, variant, key }))

describe('addresses with a checksum', () => {
  it.each(CASES)('$text is $family $variant', ({ text, family, variant, key }) => {
    expect(first(text)).toMatchObject({ family, variant, checksum: 'ok', key })
    expect(addressKey(text)).toBe(key)
    expect(addressKey(`  ${text}\n`)).toBe(key)
  })

  it.each(CASES)('$text with one wrong character is never taken as right', ({ text, family }) => {
    // Characters of the data part, so that the form stays what it was.
    for (const at of [text.length - 1, text.length - 4, Math.floor(text.length / 2)]) {
      const wrong = text[at] === '2' ? '3' : '2'
      const typo = text.slice(0, at) + wrong + text.slice(at + 1)
      const found = readAddress(typo).filter((r) => r.family === family)
      expect(found.filter((r) => r.checksum === 'ok')).toEqual([])
      expect(addressKey(typo)).not.toBe(addressKey(text))
    }
  })
})

describe('other families', () => {
  it('one TON account has one key in all its spellings', () => {
    const raw = '0:83dfd552e63729b472fcbcc8c45ebcc6691702558b68ec7527e1ba403a0f31a8'
    for (const text of [
      'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N',
      'UQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqEBI',
      'kQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqKYH',
      raw.toUpperCase(),
      raw,
    ]) {
      expect(addressKey(text)).toBe(raw)
      expect(first(text)?.family).toBe('ton')
    }
    expect(first('kQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqKYH')?.chains).toEqual([
      CHAIN.tonTestnet,
    ])
  })

  it('reads both alphabets of base64 in TON addresses', () => {
    const body = Uint8Array.of(0x11, 0xff, ...new Uint8Array(32).fill(0xfb))
    const sum = crc16(body)
    const bytes = Buffer.from(Uint8Array.of(...body, sum >> 8, sum & 0xff))
    const key = `-1:${'fb'.repeat(32)}`
    expect(bytes.toString('base64')).toMatch(/[+/]/)
    expect(addressKey(bytes.toString('base64'))).toBe(key)
    expect(addressKey(bytes.toString('base64url'))).toBe(key)
    expect(addressKey(key)).toBe(key)
  })

  it('one Substrate account has one key whatever the network prefix', () => {
    const key = 'ss58:d6a3105d6768e956e9e5d41050ac29843f98561410d3a47f9dd5b3b227ab8746'
    for (const text of [
      '15rRgsWxz4H5LTnNGcCFsszfXD8oeAFd8QRsR6MbQE2f6XFF',
      '4smVWa6Hb7WhGh9zgqdAE86p5eZyj8BQJ9Uro4o2zidBnmfX',
      't9hkorC4PGtaw25WsESu684h6HA5dHndvrvLZW174nZM5MR',
      'cTMC4XwPfBn3bz8kFaVTjaWdkQi6agzMxS11e8hpPHhqLrhGs',
    ]) {
      expect(addressKey(text)).toBe(key)
      expect(first(text)).toMatchObject({ family: 'substrate', checksum: 'ok' })
    }
  })

  it('reads 32 bytes in hex as an account of chains that number theirs, or as a Substrate key', () => {
    const hex = 'd6a3105d6768e956e9e5d41050ac29843f98561410d3a47f9dd5b3b227ab8746'
    expect(readAddress(`0x${hex}`).map((r) => [r.family, r.key])).toEqual([
      ['hex_account', `0x${hex}`],
      ['substrate', `ss58:${hex}`],
    ])
  })

  it('gives a numbered account one key with and without its leading zeros', () => {
    const short = `0x4${'de'.repeat(30)}`
    expect(addressKey(short)).toBe(`0x00${short.slice(2).padStart(62, '0')}`)
    expect(addressKey(`0x${short.slice(2).padStart(64, '0').toUpperCase()}`)).toBe(
      addressKey(short),
    )
  })

  it.each([
    'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
    '11111111111111111111111111111111',
    'So11111111111111111111111111111111111111112',
  ])('takes %s as Solana by its 32 bytes, unchecked', (text) => {
    expect(first(text)).toMatchObject({ family: 'solana', checksum: 'none', key: text })
  })

  it('takes any bech32 prefix with 20 or 32 bytes as Cosmos, and no other length', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{3,12}$/),
        fc.uint8Array({ minLength: 1, maxLength: 48 }),
        (prefix, bytes) => {
          fc.pre(!/^(bc|tb|ltc|tltc|bcrt|btg|addr|stake|erd|zil)$/.test(prefix))
          const text = bech32.encode(prefix, bech32.toWords(bytes), false)
          const isAccount = bytes.length === 20 || bytes.length === 32
          expect(families(text).includes('cosmos')).toBe(isAccount)
          const other = bech32m.encode(prefix, bech32m.toWords(bytes), false)
          expect(readAddress(other).every((r) => r.checksum !== 'ok')).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('shows the EVM account behind a bech32 text of the same bytes', () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, i) => 200 - i)
    const text = bech32.encode('inj', bech32.toWords(bytes))
    expect(readAddress(text).map((r) => [r.family, r.key])).toEqual([
      ['cosmos', text],
      ['evm', `0x${bytesToHex(bytes)}`],
    ])
    expect(families(bech32.encode('cosmos', bech32.toWords(bytes)))).toEqual(['cosmos'])
  })

  it('tells a public key from an address', () => {
    const x = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
    expect(first(`02${x}`)).toMatchObject({ family: 'public_key', variant: 'compressed' })
    expect(first(`0x03${x.toUpperCase()}`)).toMatchObject({ family: 'public_key' })
    expect(first(`04${x}${x}`)).toMatchObject({ family: 'public_key', variant: 'uncompressed' })
  })

  it('takes a Hedera account as it is', () => {
    expect(first('0.0.123456')).toMatchObject({ family: 'hedera', chains: [CHAIN.hedera] })
    expect(readAddress('0.0.0')).toEqual([])
  })

  it.each([
    '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv',
    'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u',
    'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpg',
    'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGA',
    'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2A',
    'tz1KqTpEZ7Yob7QbPE4Hy4Wo8fHG8LhKxZSy',
    'cosmos1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnrujsux',
    'addr1vx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzers66hrl9',
  ])('keeps %s, whose checksum is wrong, under its exact text and says so', (text) => {
    expect(readAddress(text)).toMatchObject([{ checksum: 'mismatch', key: text, address: text }])
  })
})

describe('any text', () => {
  it('never makes a reading throw, and a key of a key is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(() => readAddress(text)).not.toThrow()
        expect(addressKey(addressKey(text))).toBe(addressKey(text))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps what it cannot decode as it is, trimmed', () => {
    for (const text of [
      'custosexampl',
      'example12345',
      '3PAbcdefghijkmnopqrstuvwxyz23456789',
      'f1abc',
    ]) {
      expect(addressKey(` ${text} `)).toBe(text)
      expect(readAddress(text)).toEqual([])
    }
  })

  it('finds each reading under the key of its own display form', () => {
    for (const { text } of CASES) {
      for (const r of readAddress(text)) expect(addressKey(r.address)).toBe(r.key)
    }
  })
})
