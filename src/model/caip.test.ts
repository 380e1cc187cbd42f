import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'
import {
  caip10Key,
  caip19Key,
  chainOf,
  chainOfSlug,
  chainOfSymbol,
  formatCaip2,
  formatCaip10,
  formatCaip19,
  parseCaip2,
  parseCaip10,
  parseCaip19,
  subjectOf,
} from './caip.ts'
import { CHAIN, CHAIN_OF_SLUG, CHAIN_OF_SYMBOL, EVM_MAJOR_CHAINS } from './chain.ts'

describe('CAIP-2', () => {
  it.each([
    // Test cases of CAIP-2.
    'eip155:1',
    'bip122:000000000019d6689c085ae165831e93',
    'bip122:12a765e31ffd4059bada1e25190f6e98',
    'cosmos:cosmoshub-3',
    'cosmos:Binance-Chain-Tigris',
    'starknet:SN_GOERLI',
    'chainstd:8c3444cf8970a9e41a706fab93e7a6c4',
  ])('%s is a chain and is written back as it was', (text) => {
    const parts = parseCaip2(text)
    expect(parts).toMatchObject({ chain: text })
    expect(parts && formatCaip2(parts)).toBe(text)
  })

  it.each([
    'eip155',
    'ei:1',
    'eip155155:1',
    'EIP155:1',
    'eip155:',
    `eip155:${'1'.repeat(33)}`,
    'eip155:1:',
    'eip155:1 ',
    'eip155:a.b',
  ])('%s is no chain', (text) => {
    expect(parseCaip2(text)).toBeUndefined()
  })

  it('takes the length limits exactly', () => {
    expect(parseCaip2(`abc:${'a'.repeat(32)}`)).toBeDefined()
    expect(parseCaip2('abcdefgh:1')).toBeDefined()
  })

  it('writes a chain with two ids in one way', () => {
    expect(parseCaip2('tron:728126428')?.chain).toBe(CHAIN.tron)
    expect(parseCaip2('bsv:mainnet')?.chain).toBe(CHAIN.bitcoinSv)
  })

  it('holds only well-formed ids in its own tables', () => {
    const ids = [...Object.values(CHAIN), ...CHAIN_OF_SYMBOL.values(), ...CHAIN_OF_SLUG.values()]
    for (const id of [...ids, ...EVM_MAJOR_CHAINS]) expect(parseCaip2(id)?.chain, id).toBe(id)
  })
})

describe('CAIP-10', () => {
  it.each([
    ['eip155:1:0xab16a96D359eC26a11e2C2b3d8f8B8942d5Bfcdb', 'eip155:1'],
    ['bip122:000000000019d6689c085ae165831e93:128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6', CHAIN.bitcoin],
    ['cosmos:cosmoshub-3:cosmos1t2uflqwqe0fsj0shcfkrvpukewcw40yjj6hdc0', 'cosmos:cosmoshub-3'],
    [
      'polkadot:b0a8d493285c2df73290dfb7e61f870f:5hmuyxw9xdgbpptgypokw4thfyoe3ryenebr381z9iaegmfy',
      CHAIN.kusama,
    ],
    ['hedera:mainnet:0.0.1234567890-zbhlt', CHAIN.hedera],
  ])('%s is an account', (text, chain) => {
    const parts = parseCaip10(text)
    expect(parts?.chain).toBe(chain)
    expect(parts && formatCaip10(parts)).toBe(text)
  })

  it.each(['eip155:1', 'eip155:1:', `eip155:1:${'a'.repeat(129)}`, 'eip155:1:a/b', 'eip155:1:%zz'])(
    '%s is no account',
    (text) => {
      expect(parseCaip10(text)).toBeUndefined()
    },
  )

  it('writes any account text and reads it back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }), (account) => {
        const text = formatCaip10({ chain: 'eip155:1', account })
        fc.pre(text.length <= 9 + 128)
        expect(parseCaip10(text)).toEqual({ chain: 'eip155:1', account })
      }),
      { numRuns: 300 },
    )
  })

  it('stores one spelling of an account', () => {
    const account = '0xAb16a96D359eC26a11e2C2b3d8f8B8942d5Bfcdb'
    expect(caip10Key({ chain: 'eip155:1', account })).toBe(`eip155:1:${account.toLowerCase()}`)
    expect(caip10Key({ chain: 'tron:728126428', account: `41${'00'.repeat(20)}` })).toBe(
      `${CHAIN.tron}:T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb`,
    )
  })

  it('keeps every subject inside the form of CAIP-10', () => {
    for (const text of [
      'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N',
      '15rRgsWxz4H5LTnNGcCFsszfXD8oeAFd8QRsR6MbQE2f6XFF',
      'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
      'XVLhHMPHU98es4dbozjVtdWzVrDjtV18pX8yuPT7y4xaEHi',
    ]) {
      for (const reading of readAddress(text)) {
        expect(parseCaip10(subjectOf(reading)), subjectOf(reading)).toBeDefined()
      }
    }
  })

  it('names a Bitcoin Cash address on its own chain in its own spelling', () => {
    const body = 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'
    const [reading] = readAddress(`bitcoincash:${body}`)
    expect(reading && subjectOf(reading)).toBe(`${CHAIN.bitcoinCash}:${body}`)
  })
})

describe('CAIP-19', () => {
  it.each([
    'eip155:1/slip44:60',
    'bip122:000000000019d6689c085ae165831e93/slip44:0',
    'eip155:1/erc20:0x6b175474e89094c44da98b954eedeac495271d0f',
    'eip155:1/erc721:0x06012c8cf97BEaD5deAe237070F9587f8E7A266d/771769',
    'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  ])('%s is an asset and is written back as it was', (text) => {
    const parts = parseCaip19(text)
    expect(parts && formatCaip19(parts)).toBe(text)
  })

  it.each([
    'eip155:1',
    'eip155:1/',
    'eip155:1/er:1',
    'eip155:1/erc20:',
    `eip155:1/erc20:${'a'.repeat(129)}`,
    `eip155:1/erc721:0x06/${'1'.repeat(79)}`,
    'https://example.com/a:b',
  ])('%s is no asset', (text) => {
    expect(parseCaip19(text)).toBeUndefined()
  })

  it('stores one spelling of an asset', () => {
    const parts = parseCaip19('eip155:1/erc721:0x06012c8cf97BEaD5deAe237070F9587f8E7A266d/771769')
    expect(parts && caip19Key(parts)).toBe(
      'eip155:1/erc721:0x06012c8cf97bead5deae237070f9587f8e7a266d/771769',
    )
    expect(caip19Key({ chain: 'eip155:1', namespace: 'slip44', reference: '60' })).toBe(
      'eip155:1/slip44:60',
    )
  })
})

describe('chains of symbols, slugs and addresses', () => {
  it.each([
    ['XBT', CHAIN.bitcoin],
    ['btc', CHAIN.bitcoin],
    ['ETC', 'eip155:61'],
    ['BSC', 'eip155:56'],
    ['ARB', 'eip155:42161'],
    ['TRX', 'tron:0x2b6653dc'],
    ['SOL', 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'],
    ['XRP', 'xrpl:0'],
    ['USDT', undefined],
    ['USDC', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('symbol %s is on %s', (symbol, chain) => {
    expect(chainOfSymbol(symbol)).toBe(chain)
  })

  it.each([
    ['ethereum', 'eip155:1'],
    ['avax', 'eip155:43114'],
    ['doge', CHAIN.dogecoin],
    ['ripple', CHAIN.xrp],
    ['ton', CHAIN.ton],
    ['nosuchchain', undefined],
    ['__proto__', undefined],
  ])('slug %s is %s', (slug, chain) => {
    expect(chainOfSlug(slug)).toBe(chain)
  })

  it.each([
    // The form of the address decides where the symbol names a token.
    ['USDT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', CHAIN.tron],
    ['USDT', '0xdAC17F958D2ee523a2206206994597C13D831ec7', 'eip155:1'],
    ['USDT', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', CHAIN.bitcoin],
    // The symbol chooses among the chains that the form allows.
    ['BSC', '0xdAC17F958D2ee523a2206206994597C13D831ec7', 'eip155:56'],
    ['ETC', '0xdAC17F958D2ee523a2206206994597C13D831ec7', 'eip155:61'],
    ['BCH', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', CHAIN.bitcoinCash],
    ['LTC', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC', CHAIN.litecoin],
    // A right checksum of another family outweighs the symbol; an unknown form does not.
    ['XBT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', CHAIN.tron],
    ['EOS', 'custosexampl', CHAIN.eos],
    ['XMR', '5'.repeat(64), CHAIN.monero],
    ['NOPE', 'custosexampl', undefined],
  ])('%s at %s is on %s', (symbol, address, chain) => {
    expect(chainOf({ symbol, address })).toBe(chain)
  })
})
