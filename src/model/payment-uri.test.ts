import { describe, expect, it } from 'vitest'
import { CHAIN } from './chain.ts'
import { readPaymentUri } from './payment-uri.ts'

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const TOKEN = '0xdAC17F958D2ee523a2206206994597C13D831ec7'
const BTC = '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'
const TON = 'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N'

describe('payment links', () => {
  it.each([
    [`bitcoin:${BTC}?amount=1.5&label=x`, BTC, CHAIN.bitcoin],
    [`BITCOIN:${BTC}`, BTC, CHAIN.bitcoin],
    [`litecoin:${BTC}`, BTC, CHAIN.litecoin],
    [
      'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=1',
      'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
      CHAIN.bitcoinCash,
    ],
    [`ethereum:${EVM}`, EVM, undefined],
    [`ethereum:pay-${EVM}@137?value=1e18`, EVM, 'eip155:137'],
    ['ethereum:somebody.eth@1', 'somebody.eth', 'eip155:1'],
    [`arb1:${EVM}`, EVM, 'eip155:42161'],
    [
      'tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t?amount=1',
      'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      CHAIN.tron,
    ],
    [`ton://transfer/${TON}?amount=1`, TON, CHAIN.ton],
    [
      'solana:So11111111111111111111111111111111111111112?amount=1',
      'So11111111111111111111111111111111111111112',
      CHAIN.solana,
    ],
    [
      'web+stellar:pay?destination=GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ&amount=1',
      'GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ',
      CHAIN.stellar,
    ],
  ])('%s names %s on %s', (text, target, chain) => {
    expect(readPaymentUri(text)).toEqual([
      { text: target, role: 'recipient', ...(chain !== undefined && { chain }) },
    ])
  })

  it('gives the recipient of a token transfer first and the token after it (EIP-681)', () => {
    expect(readPaymentUri(`ethereum:${TOKEN}@1/transfer?address=${EVM}&uint256=1`)).toEqual([
      { text: EVM, role: 'recipient', chain: 'eip155:1' },
      { text: TOKEN, role: 'token', chain: 'eip155:1' },
    ])
  })

  it.each([
    EVM,
    `eip155:1:${EVM}`,
    `solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:So11111111111111111111111111111111111111112`,
    'tron:0x2b6653dc:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    'cosmos:cosmoshub-4',
    'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    'Ripple: a company',
    'ethereum:',
    'ethereum:transfer',
    'https://bitcoin:80/x',
    'base:camp',
    '',
  ])('%s is none', (text) => {
    expect(readPaymentUri(text)).toBeUndefined()
  })
})
