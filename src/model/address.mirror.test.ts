import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getAddress, isAddress } from 'viem/utils'
import { describe, expect, it } from 'vitest'
import { addressKey, readAddress } from './address.ts'
import { chainOf, chainOfSlug, chainOfSymbol } from './caip.ts'
import { recognise } from './identifier.ts'

const mirror = process.env.CUSTOS_MIRROR ?? ''
const read = (path: string) => readFileSync(join(mirror, path), 'utf8')
const rows = (path: string) =>
  read(path)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))

const FAMILY_OF_SYMBOL: Readonly<Record<string, readonly string[]>> = {
  XBT: ['bitcoin'],
  ETH: ['evm'],
  XMR: ['monero'],
  LTC: ['litecoin'],
  ZEC: ['zcash'],
  DASH: ['dash'],
  BTG: ['bitcoin_gold'],
  ETC: ['evm'],
  BSV: ['bitcoin_sv'],
  BCH: ['bitcoin_cash'],
  XVG: ['verge'],
  USDT: ['evm', 'tron', 'bitcoin', 'solana'],
  USDC: ['evm', 'solana', 'tron'],
  XRP: ['xrp'],
  TRX: ['tron'],
  ARB: ['evm'],
  BSC: ['evm'],
  SOL: ['solana'],
  DOGE: ['dogecoin'],
  ADA: ['cardano'],
  BTC: ['bitcoin'],
  TRON: ['tron'],
  EVM: ['evm'],
}

interface Listed {
  readonly symbol: string
  readonly address: string
}

/** Base58check by another way than the product's: big integers and Node's own SHA-256. */
function base58CheckHolds(text: string): boolean {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = 0n
  for (const letter of text) {
    const digit = alphabet.indexOf(letter)
    if (digit < 0) return false
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  const bytes = Buffer.concat([
    Buffer.alloc(zeros),
    Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'),
  ])
  const body = bytes.subarray(0, -4)
  const sha = (data: Uint8Array) => createHash('sha256').update(data).digest()
  return sha(sha(body)).subarray(0, 4).equals(bytes.subarray(-4))
}

/** What a row says of itself when it is not an address of the currency that it is listed under. */
function defect({ symbol, address }: Listed): string | undefined {
  const found = readAddress(address)
  if (
    found.some((r) => FAMILY_OF_SYMBOL[symbol]?.includes(r.family) && isRight(r.checksum, r.family))
  ) {
    return undefined
  }
  const right = found.find((r) => r.checksum === 'ok')
  if (right !== undefined) return `filed as ${symbol}, is ${right.family}`
  if (/^[0-9a-f]{64}$/.test(address)) return 'a hash, not an address'
  return base58CheckHolds(address) ? 'UNREAD' : 'wrong checksum'
}

const isRight = (checksum: string, family: string) =>
  checksum === 'ok' || (checksum === 'none' && (family === 'evm' || family === 'solana'))

function expectRead(listed: readonly Listed[], defectsPerCent: number): void {
  expect(listed.length).toBeGreaterThan(0)
  const defects = listed.flatMap((row) => {
    const what = defect(row)
    return what === undefined ? [] : [`${row.symbol} ${row.address}: ${what}`]
  })
  expect(defects.filter((line) => line.endsWith('UNREAD'))).toEqual([])
  expect(defects.length, defects.join('\n')).toBeLessThanOrEqual(
    Math.ceil((listed.length * defectsPerCent) / 100),
  )
}

describe.runIf(mirror)('addresses of recorded lists', () => {
  const folder = 'sanctions/ofac-crypto'
  const ofac = (): Listed[] =>
    readdirSync(join(mirror, folder)).flatMap((name) => {
      const symbol = /^sanctioned_addresses_(\w+)\.json$/.exec(name)?.[1]
      if (symbol === undefined) return []
      const addresses = JSON.parse(read(join(folder, name))) as string[]
      return addresses.map((address) => ({ symbol, address }))
    })

  it('reads every address of the OFAC lists in the family of its currency', () => {
    expect(new Set(ofac().map((row) => row.symbol)).size).toBeGreaterThanOrEqual(17)
    expectRead(ofac(), 1)
  })

  it('finds the chain of every OFAC address, also where the code names a token', () => {
    for (const { symbol, address } of ofac()) {
      const chain = chainOf({ symbol, address })
      if (symbol === 'BTG') expect(chain).toBeUndefined()
      else expect(chain, `${symbol} ${address}`).toBeDefined()
      if (symbol === 'USDT' && address.startsWith('T')) expect(chain).toBe(chainOfSymbol('TRX'))
    }
  })

  it('reads every wallet of the Israeli orders in the family of its network', () => {
    const listed = rows('sanctions/il/il-nbctf-wallets.csv').map((row) => ({
      symbol: row[2] ?? '',
      address: row[1] ?? '',
    }))
    expectRead(listed, 1)
  })

  it('reads every phishing account of Polkadot', () => {
    const groups = JSON.parse(read('phishing/polkadot-phishing-address.json')) as Record<
      string,
      string[]
    >
    for (const address of Object.values(groups).flat()) {
      expect(readAddress(address), address).toMatchObject([{ family: 'substrate', checksum: 'ok' }])
      expect(addressKey(address)).toMatch(/^ss58:[0-9a-f]{64}$/)
    }
  })

  it('reads the exchange wallets on the chains that Custos checks, and knows most chains', () => {
    const listed = rows('labels/defillama-cex-owners.csv').map((row) => ({
      slug: row[1] ?? '',
      address: row[2] ?? '',
    }))
    const unchecked = new Set(['near', 'eos', 'stacks'])
    const wrong = listed.filter(({ slug, address }) => {
      const best = readAddress(address)[0]
      return !unchecked.has(slug) && (best === undefined || best.checksum === 'mismatch')
    })
    expect(wrong).toEqual([])
    const known = listed.filter(({ slug }) => chainOfSlug(slug) !== undefined)
    expect(known.length / listed.length).toBeGreaterThan(0.99)
    for (const { slug, address } of known) {
      const chain = chainOfSlug(slug) ?? ''
      const best = readAddress(address)[0]
      if (best === undefined || best.chains.length === 0) continue
      const namespaces = readAddress(address).flatMap((r) => r.chains.map((c) => c.split(':')[0]))
      // Zilliqa and Sei hold EVM accounts beside their own.
      if (slug !== 'sei') expect(namespaces, `${slug} ${address}`).toContain(chain.split(':')[0])
    }
  })

  it('agrees with viem on every EVM address of the OFAC lists', () => {
    for (const { address } of ofac().filter((row) => row.address.startsWith('0x'))) {
      expect(readAddress(address)[0]?.address).toBe(getAddress(address))
      const mixed = address !== address.toLowerCase()
      if (mixed) {
        expect(readAddress(address)[0]?.checksum).toBe(isAddress(address) ? 'ok' : 'mismatch')
      }
    }
  })

  it('finds every listed string by the same string as a query', () => {
    const listed = [
      ...ofac().map((row) => row.address),
      ...rows('labels/defillama-cex-owners.csv').map((row) => row[2] ?? ''),
    ]
    for (const address of listed) {
      const keys = recognise(address).readings.flatMap((r) => r.keys)
      expect(keys).toContain(`a:${addressKey(address)}`)
    }
  })
})
