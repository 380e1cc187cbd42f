import { CHAIN } from '../chain.ts'
import { BECH32, BECH32M } from './encodings.ts'
import type { AddressFamily, AddressReading, Checksum } from './reading.ts'

/** A bech32 text taken apart. */
export interface Bech32Text {
  /** Human-readable part in lower case. */
  readonly hrp: string
  /** Groups of five bits, without the six of the checksum. */
  readonly words: readonly number[]
  readonly encoding: 'bech32' | 'bech32m'
  /** The whole text in lower case. */
  readonly lower: string
}

/** BIP-173 §bech32: a part for people, the last `1`, and at least six characters of data. */
const SHAPE = /^[a-z][a-z0-9_]{0,82}1[02-9ac-hj-np-z]{6,}$/i

/** Longest text that is decoded: Cardano's and Zcash's forms pass the 90 of BIP-173. */
const BECH32_CHARS_MAX = 256

export function hasBech32Shape(text: string): boolean {
  return text.length <= BECH32_CHARS_MAX && SHAPE.test(text)
}

/**
 * Decodes bech32 or BECH32M. Mixed case is decoded too, by its lower case, because lists hold such
 * rows; BIP-173 forbids it, so the reader marks it.
 */
export function decodeBech32(text: string): Bech32Text | undefined {
  if (!hasBech32Shape(text)) return undefined
  const lower = text.toLowerCase()
  const first = BECH32.decodeUnsafe(lower, false)
  if (first) return { hrp: first.prefix, words: first.words, encoding: 'bech32', lower }
  const second = BECH32M.decodeUnsafe(lower, false)
  return second
    ? { hrp: second.prefix, words: second.words, encoding: 'bech32m', lower }
    : undefined
}

/** Five-bit groups as bytes; padding must be short and zero (BIP-173 §segwit). */
export function wordsToBytes(words: readonly number[]): Uint8Array | undefined {
  return BECH32.fromWordsUnsafe([...words]) ?? undefined
}

/** BIP-173 forbids mixed case: somebody retyped the text. */
export function caseChecksum(text: string): Checksum {
  return text === text.toLowerCase() || text === text.toUpperCase() ? 'ok' : 'mismatch'
}

const SEGWIT: ReadonlyMap<string, { family: AddressFamily; chains: readonly string[] }> = new Map([
  ['bc', { family: 'bitcoin', chains: [CHAIN.bitcoin] }],
  ['tb', { family: 'bitcoin', chains: [CHAIN.bitcoinTestnet] }],
  ['bcrt', { family: 'bitcoin', chains: [] }],
  ['ltc', { family: 'litecoin', chains: [CHAIN.litecoin] }],
  ['tltc', { family: 'litecoin', chains: [CHAIN.litecoinTestnet] }],
  ['btg', { family: 'bitcoin_gold', chains: [] }],
])

export function isSegwitPrefix(hrp: string): boolean {
  return SEGWIT.has(hrp)
}

/**
 * A segregated-witness address (BIP-173, BIP-350): version 0 is bech32 with 20 or 32 bytes,
 * versions 1 to 16 are bech32m with 2 to 40. What breaks these rules is no address, though its
 * checksum may hold.
 */
export function readSegwit(text: string, parts: Bech32Text, key: string): AddressReading[] {
  const network = SEGWIT.get(parts.hrp)
  const [version, ...rest] = parts.words
  if (network === undefined || version === undefined || version > 16) return []
  if (text.length > 90) return []
  const program = wordsToBytes(rest)
  if (program === undefined || program.length < 2 || program.length > 40) return []
  if (parts.encoding !== (version === 0 ? 'bech32' : 'bech32m')) return []
  if (version === 0 && program.length !== 20 && program.length !== 32) return []
  const variant = variantOf(version, program.length)
  return [{ ...network, variant, address: parts.lower, key, checksum: caseChecksum(text) }]
}

function variantOf(version: number, length: number): string {
  if (version === 0) return length === 20 ? 'p2wpkh' : 'p2wsh'
  return version === 1 && length === 32 ? 'p2tr' : `witness_v${version}`
}
