import { bytesToHex } from '@noble/hashes/utils.js'
import { CHAIN, EVM_MAJOR_CHAINS } from '../chain.ts'
import { eip55 } from './evm.ts'
import type { AddressFamily, AddressReading } from './reading.ts'
import { type Bech32Text, caseChecksum, wordsToBytes } from './segwit.ts'

/** Chains by the prefix of their accounts, as the chain registry names them. */
const COSMOS_CHAINS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    cosmos: ['cosmoshub-4'],
    osmo: ['osmosis-1'],
    // Both Terra chains began from one set of accounts.
    terra: ['phoenix-1', 'columbus-5'],
    inj: ['injective-1'],
    sei: ['pacific-1'],
    celestia: ['celestia'],
    kava: ['kava_2222-10'],
    akash: ['akashnet-2'],
    secret: ['secret-4'],
    axelar: ['axelar-dojo-1'],
    noble: ['noble-1'],
    dydx: ['dydx-mainnet-1'],
    neutron: ['neutron-1'],
    stride: ['stride-1'],
    juno: ['juno-1'],
    stars: ['stargaze-1'],
    evmos: ['evmos_9001-2'],
    thor: ['thorchain-1'],
    maya: ['mayachain-mainnet-v1'],
    persistence: ['core-1'],
    band: ['laozi-mainnet'],
    regen: ['regen-1'],
    bnb: ['Binance-Chain-Tigris'],
    certik: ['shentu-2.2'],
    shentu: ['shentu-2.2'],
    iaa: ['irishub-1'],
    cro: ['crypto-org-chain-mainnet-1'],
    agoric: ['agoric-3'],
    fetch: ['fetchhub-4'],
    kujira: ['kaiyo-1'],
    dym: ['dymension_1100-1'],
    zeta: ['zetachain_7000-1'],
    mantra: ['mantra-1'],
    saga: ['ssc-1'],
  }).map(([hrp, references]) => [hrp, references.map((reference) => `cosmos:${reference}`)]),
)

/** Other ledgers that took bech32: their bytes are not those of a Cosmos account. */
const OTHERS: ReadonlyMap<string, { family: AddressFamily; chains: readonly string[] }> = new Map([
  ['erd', { family: 'multiversx', chains: [CHAIN.multiversx] }],
  ['zil', { family: 'other', chains: [] }],
])

/** Chains whose bech32 account is the 20 bytes of an EVM account: the same key owns both. */
const EVM_BYTES = new Set(['inj', 'evmos', 'dym', 'zeta', 'canto', 'xpla', 'one', 'io', 'ex'])

export function isCosmosPrefix(hrp: string): boolean {
  return COSMOS_CHAINS.has(hrp) || OTHERS.has(hrp)
}

/** Any prefix with 20 or 32 bytes: the Cosmos SDK lets each chain choose its own. */
export function readCosmos(text: string, parts: Bech32Text, key: string): AddressReading[] {
  const bytes = wordsToBytes(parts.words)
  if (bytes === undefined || parts.encoding !== 'bech32') return []
  if (bytes.length !== 20 && bytes.length !== 32) return []
  const other = OTHERS.get(parts.hrp)
  const family = other?.family ?? 'cosmos'
  const chains = other?.chains ?? COSMOS_CHAINS.get(parts.hrp) ?? []
  const checksum = caseChecksum(text)
  const address = parts.lower
  const own: AddressReading = { family, variant: parts.hrp, chains, address, key, checksum }
  if (bytes.length !== 20 || !EVM_BYTES.has(parts.hrp)) return [own]
  const evmKey = `0x${bytesToHex(bytes)}`
  return [
    own,
    {
      family: 'evm',
      variant: 'from_bech32',
      chains: EVM_MAJOR_CHAINS,
      address: eip55(evmKey),
      key: evmKey,
      checksum,
    },
  ]
}
