import { describe, expect, it } from 'vitest'
import { LIMITS } from '../base/limits.ts'
import { CHAIN } from './chain.ts'
import { recognise } from './identifier.ts'
import { keysOfStatement } from './key.ts'

const EVM = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
const LOWER = EVM.toLowerCase()
const TOKEN = '0xdac17f958d2ee523a2206206994597c13d831ec7'
const BTC = '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'
const HASH = '0123456789abcdef'.repeat(4)

/** `kind form subject` of each reading, in order. */
const read = (query: string) =>
  recognise(query).readings.map((r) => `${r.kind} ${r.form} ${r.subject}`)

describe('one identifier', () => {
  it('reads an EVM address with its chains, checksum and key', () => {
    expect(recognise(EVM)).toEqual({
      query: EVM,
      normalised: EVM,
      notes: [],
      readings: [
        {
          kind: 'address',
          subject: `eip155:1:${LOWER}`,
          form: 'evm',
          chains: expect.arrayContaining(['eip155:56', 'eip155:8453']),
          checksum: 'ok',
          keys: [`a:${LOWER}`],
        },
      ],
    })
  })

  it.each<readonly [string, readonly string[]]>([
    [LOWER, [`address evm eip155:1:${LOWER}`]],
    [`eip155:137:${EVM}`, [`address evm eip155:137:${LOWER}`]],
    [`eip155:1/erc20:${TOKEN}`, [`token caip19 eip155:1/erc20:${TOKEN}`]],
    [
      BTC,
      [
        `address bitcoin ${CHAIN.bitcoin}:${BTC}`,
        `address bitcoin_cash ${CHAIN.bitcoinCash}:${BTC}`,
        `address bitcoin_sv ${CHAIN.bitcoinSv}:${BTC}`,
      ],
    ],
    [
      `0x${HASH}`,
      [
        `transaction evm 0x${HASH}`,
        `address hex_account ${CHAIN.aptos}:0x${HASH}`,
        `address substrate ${CHAIN.polkadot}:0x${HASH}`,
      ],
    ],
    [HASH, [`transaction hash ${HASH}`, `address other ${HASH}`]],
    ['5493001KJTIIGC8Y1R12', ['lei lei 5493001KJTIIGC8Y1R12']],
    ['lei: 5493 001k jtii gc8y 1r12', ['lei lei 5493001KJTIIGC8Y1R12']],
    ['C43456', ['licence number C43456', 'name name C43456', 'token symbol C43456']],
    ['FRN 123456', ['licence frn FRN 123456', 'name name FRN 123456']],
    ['978690', ['licence digits 978690', 'name name 978690']],
    ['$pepe', ['token symbol PEPE', 'name name $pepe']],
    ['USDT', ['name name USDT', 'token symbol USDT']],
    ['wstETH', ['name name wstETH', 'token symbol WSTETH']],
    ['Binance', ['name name Binance']],
    ['Müller & Söhne AG', ['name name Müller & Söhne AG']],
    ['币安', ['name name 币安']],
    ['Trading212', ['name name Trading212', 'licence number Trading212']],
    ['Crypto.com', ['domain host crypto.com', 'name name Crypto.com']],
    ['https://crypto.com/', ['domain host crypto.com']],
    ['crypto.com/en/Card', ['url url crypto.com/en/Card']],
    ['192.0.2.7', ['domain ip 192.0.2.7']],
    ['pages.dev', ['domain public_suffix pages.dev', 'name name pages.dev']],
    ['0.0.123456', [`address hedera ${CHAIN.hedera}:0.0.123456`]],
    ['custosexampl', ['name name custosexampl', 'address other custosexampl']],
    ['ABCDEFGH', ['name name ABCDEFGH', 'token symbol ABCDEFGH', 'licence bic ABCDEFGH']],
    ['localhost:80/abc', ['name name localhost:80/abc']],
  ])('%s is read as %o', (query, want) => {
    expect(read(query)).toEqual(want)
  })

  it('says that a checksum is wrong and looks the text up all the same', () => {
    const typo = `${BTC.slice(0, -1)}v`
    expect(recognise(typo).readings).toMatchObject([
      { kind: 'address', form: 'bitcoin', checksum: 'mismatch', keys: [`a:${typo}`] },
    ])
    const badCase = EVM.replace('A', 'a')
    expect(recognise(badCase).readings).toMatchObject([
      { form: 'evm', checksum: 'mismatch', keys: [`a:${LOWER}`] },
    ])
    expect(recognise('5493001KJTIIGC8Y1R13').readings[0]).toMatchObject({
      kind: 'lei',
      checksum: 'mismatch',
      keys: ['l:5493001KJTIIGC8Y1R13'],
    })
  })

  it('gives the parts of a host and every key that may cover it', () => {
    const [reading] = recognise('https://a.evil.top/x').readings
    expect(reading).toMatchObject({
      kind: 'url',
      host: { host: 'a.evil.top', registrable: 'evil.top', path: '/x' },
      keys: expect.arrayContaining([
        'u:a.evil.top/x',
        'h:a.evil.top',
        'h:evil.top',
        'w:*.evil.top',
      ]),
    })
  })

  it('asks the host parser that it is given', () => {
    const readings = recognise('example.com', { parseHost: () => undefined }).readings
    expect(readings.map((r) => r.kind)).toEqual(['name'])
  })
})

describe('identifiers inside other texts', () => {
  it.each<readonly [string, readonly string[]]>([
    [
      `https://scan.example.com/address/${EVM}?a=1`,
      [`url url scan.example.com/address/${EVM}?a=1`, `address evm eip155:1:${LOWER}`],
    ],
    [
      'https://scan.example.com/#/address/TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      [
        'domain host scan.example.com',
        `address tron ${CHAIN.tron}:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t`,
      ],
    ],
    [`Is ${EVM} safe?`, [`address evm eip155:1:${LOWER}`, `name name Is ${EVM} safe?`]],
    [`ETH: ${EVM}`, [`address evm eip155:1:${LOWER}`, `name name ETH: ${EVM}`]],
  ])('%s is read as %o', (query, want) => {
    expect(read(query)).toEqual(want)
  })

  it('puts an address together that a line end tore apart, if its checksum then holds', () => {
    expect(read(`${EVM.slice(0, 20)}\n${EVM.slice(20)}`)[0]).toBe(`address evm eip155:1:${LOWER}`)
    expect(read(`${BTC.slice(0, 9)} ${BTC.slice(9)}`)[0]).toBe(
      `address bitcoin ${CHAIN.bitcoin}:${BTC}`,
    )
    const torn = `${LOWER.slice(0, 20)} ${LOWER.slice(20)}`
    expect(read(torn)[0]).toBe(`name name ${torn}`)
  })

  it('unwraps a payment link and puts its chain first', () => {
    const litecoin = '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC'
    const link = recognise(`litecoin:${litecoin}?amount=1`)
    expect(link.notes).toEqual(['payment_uri'])
    expect(link.readings[0]).toMatchObject({
      form: 'litecoin',
      subject: `${CHAIN.litecoin}:${litecoin}`,
    })
    expect(link.readings.map((r) => r.form)).toContain('bitcoin')
    expect(recognise(`ethereum:${EVM}@8453`).readings[0]).toMatchObject({
      subject: `eip155:8453:${LOWER}`,
      chains: expect.arrayContaining(['eip155:1']),
    })
    expect(recognise(`ethereum:${EVM}@8453`).readings[0]?.chains).not.toContain('eip155:8453')
  })

  it('reads the recipient of a token transfer first, and the token too', () => {
    expect(read(`ethereum:${TOKEN}@1/transfer?address=${EVM}&uint256=1`)).toEqual([
      `address evm eip155:1:${LOWER}`,
      `token caip19 eip155:1/erc20:${TOKEN}`,
    ])
  })

  it('does not turn a pasted page into a hundred look-ups', () => {
    const many = Array.from({ length: 40 }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
    expect(recognise(many.join(' ')).readings.length).toBeLessThanOrEqual(16)
  })
})

describe('limits and repairs', () => {
  it('refuses an empty and a too long query with a stable code', () => {
    for (const query of ['', '   ', '\u200b\u200e', '\n\t']) {
      expect(() => recognise(query)).toThrow(
        expect.objectContaining({ code: 'query.empty', status: 400 }),
      )
    }
    expect(() => recognise('x'.repeat(LIMITS.queryCharsMax + 1))).toThrow(
      expect.objectContaining({ code: 'query.too_long', status: 400 }),
    )
    expect(recognise('x'.repeat(LIMITS.queryCharsMax)).readings.length).toBeGreaterThan(0)
  })

  it('notes what it removed and keeps the query as it was asked', () => {
    expect(recognise(' <bi\u200bnance.com> ')).toMatchObject({
      query: ' <bi\u200bnance.com> ',
      normalised: 'binance.com',
      notes: ['invisible_removed', 'unwrapped'],
      readings: [{ kind: 'domain', subject: 'binance.com' }, { kind: 'name' }],
    })
  })

  it('finds whatever a list holds as an address, of whatever form', () => {
    for (const address of ['f1abcdefgh', 'bob', '12345678', 'X-avax1abc', 'SOME (odd) note 7']) {
      const listed = keysOfStatement({ prop: 'listed', value: JSON.stringify({ address }) })
      expect(recognise(address).readings.flatMap((r) => r.keys)).toContain(listed[0])
    }
  })
})
