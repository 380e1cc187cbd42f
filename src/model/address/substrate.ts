import { blake2b } from '@noble/hashes/blake2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { CHAIN } from '../chain.ts'
import { bytesEqual, concat } from './checksum.ts'
import { decodeBase58 } from './encodings.ts'
import type { AddressReading } from './reading.ts'

/** Text that is hashed before the address (SS58 §checksum types). */
const SS58_PREFIX = Uint8Array.from('SS58PRE', (letter) => letter.charCodeAt(0))
const ACCOUNT_BYTES = 32
const CHECKSUM_BYTES = 2
/** 35 or 36 bytes in base58. */
const CHARS_MIN = 46
const CHARS_MAX = 50

/** Network prefixes with a chain that lists name; 42 is "any Substrate chain", Bittensor too. */
const CHAIN_OF_PREFIX: ReadonlyMap<number, string> = new Map([
  [0, CHAIN.polkadot],
  [2, CHAIN.kusama],
])
const SHARED_CHAINS = [CHAIN.polkadot, CHAIN.kusama, CHAIN.bittensor]

interface Ss58 {
  readonly prefix: number
  /** The account's public key, in hex. */
  readonly hex: string
}

/** SS58: one or two bytes of network prefix, 32 of account, two of BLAKE2b-512. */
function decodeSs58(text: string): Ss58 | undefined {
  if (text.length < CHARS_MIN || text.length > CHARS_MAX) return undefined
  const bytes = decodeBase58(text)
  if (bytes === undefined) return undefined
  const [first = 0, second = 0] = bytes
  const wide = (first & 0x40) !== 0
  if (first > 0x7f || bytes.length !== (wide ? 2 : 1) + ACCOUNT_BYTES + CHECKSUM_BYTES) {
    return undefined
  }
  const body = bytes.subarray(0, -CHECKSUM_BYTES)
  const sum = blake2b(concat(SS58_PREFIX, body), { dkLen: 64 }).subarray(0, CHECKSUM_BYTES)
  if (!bytesEqual(sum, bytes.subarray(-CHECKSUM_BYTES))) return undefined
  const prefix = wide ? ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8) : first
  return { prefix, hex: bytesToHex(body.subarray(wide ? 2 : 1)) }
}

/** One account has one key, whatever network prefix it is written with. */
function ss58KeyOf(publicKeyHex: string): string {
  return `ss58:${publicKeyHex.toLowerCase()}`
}

export function ss58Key(text: string): string | undefined {
  const parts = decodeSs58(text)
  return parts && ss58KeyOf(parts.hex)
}

export function readSs58(text: string, key: string): AddressReading[] {
  const parts = decodeSs58(text)
  if (parts === undefined) return []
  const own = CHAIN_OF_PREFIX.get(parts.prefix)
  const chains = own ? [own, ...SHARED_CHAINS.filter((chain) => chain !== own)] : SHARED_CHAINS
  const variant = `ss58_${parts.prefix}`
  return [{ family: 'substrate', variant, chains, address: text, key, checksum: 'ok' }]
}

/** 32 bytes in hex may be an account's public key. */
export function readSubstrateKey(hex: string): AddressReading {
  const key = ss58KeyOf(hex)
  const address = `0x${hex.toLowerCase()}`
  const variant = 'public_key'
  return { family: 'substrate', variant, chains: SHARED_CHAINS, address, key, checksum: 'none' }
}
