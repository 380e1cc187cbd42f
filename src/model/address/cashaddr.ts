import { CHAIN } from '../chain.ts'
import { base58CheckText } from './bitcoin.ts'
import type { AddressReading } from './reading.ts'
import { wordsToBytes } from './segwit.ts'

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const PREFIX = 'bitcoincash'
/** 20-byte hashes give 42 characters; larger ones are rare and reach 112. */
const SHAPE = /^(?:bitcoincash:)?[qpzr][02-9ac-hj-np-z]{41,111}$/i

/** Generator of the 40-bit BCH code, as its upper 8 and lower 32 bits (CashAddr §checksum). */
const GENERATOR = [
  [0x98, 0xf2bc8e61],
  [0x79, 0xb76d99e2],
  [0xf3, 0x3e5fb3c4],
  [0xae, 0x2eabe2a8],
  [0x1e, 0x4f43e470],
] as const

interface CashAddress {
  /** 0 = public key hash, 1 = script hash; 2 and 3 are the same, able to hold tokens. */
  readonly type: number
  readonly hash: Uint8Array
  /** Without the prefix, in lower case. */
  readonly body: string
}

function decodeCashAddr(text: string): CashAddress | undefined {
  if (!SHAPE.test(text)) return undefined
  const lower = text.toLowerCase()
  const body = lower.slice(lower.indexOf(':') + 1)
  const words = Array.from(body, (letter) => CHARSET.indexOf(letter))
  if (words.includes(-1) || !checksumHolds(words)) return undefined
  const bytes = wordsToBytes(words.slice(0, -8))
  const version = bytes?.[0]
  if (bytes === undefined || version === undefined || version > 0x7f) return undefined
  // CashAddr §version byte: the low three bits give the size of the hash.
  const size = version & 7
  const bits = (160 + 32 * (size & 3)) * (size & 4 ? 2 : 1)
  const type = version >> 3
  if (bytes.length - 1 !== bits / 8 || type > 3) return undefined
  return { type, hash: bytes.subarray(1), body }
}

function checksumHolds(words: readonly number[]): boolean {
  let high = 0
  let low = 1
  const step = (value: number) => {
    const top = high >>> 3
    high = ((high << 5) | (low >>> 27)) & 0xff
    low = ((low << 5) ^ value) >>> 0
    GENERATOR.forEach(([g, h], bit) => {
      if ((top >>> bit) & 1) {
        high ^= g
        low = (low ^ h) >>> 0
      }
    })
  }
  for (const letter of PREFIX) step(letter.charCodeAt(0) & 31)
  step(0)
  for (const word of words) step(word)
  return high === 0 && low === 1
}

/**
 * The key of a cash address is the older base58 spelling of the same hash, which Bitcoin shares, so
 * a listing in either spelling is found by both. A hash of another size has no older spelling.
 */
export function cashAddrKey(text: string): string | undefined {
  const parts = decodeCashAddr(text)
  if (parts === undefined) return undefined
  if (parts.hash.length !== 20) return parts.body
  return base58CheckText(parts.type & 1 ? 0x05 : 0x00, parts.hash)
}

export function readCashAddr(text: string, key: string): AddressReading[] {
  const parts = decodeCashAddr(text)
  if (parts === undefined) return []
  const variant = `${parts.type & 1 ? 'p2sh' : 'p2pkh'}${parts.type & 2 ? '_token' : ''}`
  // One spelling is all lower or all upper; the prefix is often in lower case before an upper body.
  const written = text.slice(text.indexOf(':') + 1)
  const mixed = written !== written.toLowerCase() && written !== written.toUpperCase()
  return [
    {
      family: 'bitcoin_cash',
      variant,
      chains: [CHAIN.bitcoinCash],
      address: parts.body,
      key,
      checksum: mixed ? 'mismatch' : 'ok',
    },
  ]
}
