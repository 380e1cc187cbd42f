import { sha512_256 } from '@noble/hashes/sha2.js'
import { CHAIN } from '../chain.ts'
import { bytesEqual, concat, crc16 } from './checksum.ts'
import { BASE32_CODEC } from './encodings.ts'
import type { AddressReading } from './reading.ts'

const BASE32 = /^[A-Z2-7]+$/
const STELLAR_CHARS = 56
const MUXED_CHARS = 69
const ALGORAND_CHARS = 58

/** SEP-23 version bytes: account `G`, muxed account `M`, contract `C`. */
const ACCOUNT = 6 << 3
const MUXED = 12 << 3
const CONTRACT = 2 << 3

/** Refuses non-zero bits of padding, so that no two texts hold the same bytes. */
function decodeBase32(text: string): Uint8Array | undefined {
  if (!BASE32.test(text)) return undefined
  try {
    return BASE32_CODEC.decode(text)
  } catch {
    return undefined
  }
}

/** Version byte, payload, CRC-16 with the low byte first (SEP-23 §checksum). */
function decodeStrKey(text: string): Uint8Array | undefined {
  const bytes = decodeBase32(text)
  if (bytes === undefined || bytes.length < 3) return undefined
  const body = bytes.subarray(0, -2)
  const sum = crc16(body)
  return bytes.at(-2) === (sum & 0xff) && bytes.at(-1) === sum >> 8 ? body : undefined
}

function accountOfMuxed(text: string): string | undefined {
  if (text.length !== MUXED_CHARS || !text.startsWith('M')) return undefined
  const body = decodeStrKey(text)
  if (body?.[0] !== MUXED) return undefined
  const account = concat(Uint8Array.of(ACCOUNT), body.subarray(1, 33))
  const sum = crc16(account)
  return BASE32_CODEC.encode(concat(account, Uint8Array.of(sum & 0xff, sum >> 8)))
}

/** A muxed account is an account with a number: the key is the account. */
export function stellarMuxedKey(text: string): string | undefined {
  return accountOfMuxed(text)
}

export function readStellar(text: string, key: string): AddressReading[] {
  const chains = [CHAIN.stellar]
  const muxed = accountOfMuxed(text)
  if (muxed !== undefined) {
    return [{ family: 'stellar', variant: 'muxed', chains, address: muxed, key, checksum: 'ok' }]
  }
  if (text.length !== STELLAR_CHARS) return []
  const version = decodeStrKey(text)?.[0]
  if (version !== ACCOUNT && version !== CONTRACT) return []
  const variant = version === ACCOUNT ? 'account' : 'contract'
  return [{ family: 'stellar', variant, chains, address: text, key, checksum: 'ok' }]
}

/** Algorand: 32 bytes of key and the last four of their SHA-512/256. */
export function readAlgorand(text: string, key: string): AddressReading[] {
  if (text.length !== ALGORAND_CHARS) return []
  const bytes = decodeBase32(text)
  if (bytes?.length !== 36) return []
  const sum = sha512_256(bytes.subarray(0, 32)).subarray(-4)
  if (!bytesEqual(sum, bytes.subarray(32))) return []
  const chains = [CHAIN.algorand]
  return [{ family: 'algorand', variant: 'account', chains, address: text, key, checksum: 'ok' }]
}
