import { CHAIN } from '../chain.ts'
import { crc32 } from './checksum.ts'
import type { AddressReading } from './reading.ts'
import { type Bech32Text, caseChecksum, wordsToBytes } from './segwit.ts'

/** CIP-19: the kind of address in the upper half of the first byte, the network in the lower. */
const SHELLEY: readonly { kinds: readonly number[]; variant: string; bytes: number }[] = [
  { kinds: [0, 1, 2, 3], variant: 'base', bytes: 57 },
  { kinds: [6, 7], variant: 'enterprise', bytes: 29 },
  { kinds: [14, 15], variant: 'stake', bytes: 29 },
]
/** Pointer addresses end in three numbers of variable length. */
const POINTER_KINDS = [4, 5]
const POINTER_BYTES_MIN = 32
const MAINNET = 1

const PREFIXES = new Set(['addr', 'addr_test', 'stake', 'stake_test'])

export function isCardanoPrefix(hrp: string): boolean {
  return PREFIXES.has(hrp)
}

/** A Shelley address: CIP-5 prefix, CIP-19 header; prefix and header must agree. */
export function readShelley(text: string, parts: Bech32Text, key: string): AddressReading[] {
  const bytes = wordsToBytes(parts.words)
  const header = bytes?.[0]
  if (bytes === undefined || header === undefined || parts.encoding !== 'bech32') return []
  const kind = header >> 4
  const isPointer = POINTER_KINDS.includes(kind) && bytes.length >= POINTER_BYTES_MIN
  const fixed = SHELLEY.find((s) => s.kinds.includes(kind) && s.bytes === bytes.length)
  const variant = isPointer ? 'pointer' : fixed?.variant
  const mainnet = (header & 15) === MAINNET
  if (variant === undefined) return []
  if (mainnet === parts.hrp.endsWith('_test')) return []
  if ((variant === 'stake') !== parts.hrp.startsWith('stake')) return []
  const chains = [mainnet ? CHAIN.cardano : CHAIN.cardanoPreprod]
  const checksum = caseChecksum(text)
  return [{ family: 'cardano', variant, chains, address: parts.lower, key, checksum }]
}

/**
 * A Byron address: base58 over CBOR `[24(bytes), crc32(bytes)]`. Only the frame is read: an array
 * of two (0x82), tag 24 (0xd8 0x18), a byte string, an unsigned number.
 */
export function readByron(text: string, bytes: Uint8Array, key: string): AddressReading[] {
  if (bytes[0] !== 0x82 || bytes[1] !== 0xd8 || bytes[2] !== 0x18 || bytes[3] !== 0x58) return []
  const length = bytes[4] ?? 0
  const payload = bytes.subarray(5, 5 + length)
  const stated = cborUnsigned(bytes.subarray(5 + length))
  if (payload.length !== length || stated === undefined) return []
  const checksum = stated === crc32(payload) ? 'ok' : 'mismatch'
  const chains = [CHAIN.cardano]
  return [{ family: 'cardano', variant: 'byron', chains, address: text, key, checksum }]
}

/** RFC 8949 §3.1, major type 0, of at most 32 bits, with nothing behind it. */
function cborUnsigned(bytes: Uint8Array): number | undefined {
  const head = bytes[0]
  if (head === undefined) return undefined
  if (head < 24) return bytes.length === 1 ? head : undefined
  const width = { 24: 1, 25: 2, 26: 4 }[head]
  if (width === undefined || bytes.length !== 1 + width) return undefined
  return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
}
