import { readAlgorand, readStellar, stellarMuxedKey } from './address/base32.ts'
import {
  isPublicKeyHex,
  litecoinScriptKey,
  readBase58Check,
  readExtendedKey,
} from './address/bitcoin.ts'
import { isCardanoPrefix, readByron, readShelley } from './address/cardano.ts'
import { cashAddrKey, readCashAddr } from './address/cashaddr.ts'
import { readCosmos } from './address/cosmos.ts'
import { decodeBase58 } from './address/encodings.ts'
import { evmKey, readEvm } from './address/evm.ts'
import { guessFamily } from './address/guess.ts'
import { moneroKey, readMonero } from './address/monero.ts'
import type { AddressReading } from './address/reading.ts'
import { decodeBech32, isSegwitPrefix, readSegwit } from './address/segwit.ts'
import { readSs58, readSubstrateKey, ss58Key } from './address/substrate.ts'
import { readTezos } from './address/tezos.ts'
import { readTon, tonKey } from './address/ton.ts'
import { readTronHex, tronKeyOfHex } from './address/tron.ts'
import { decodeXAddress, readXrp } from './address/xrp.ts'
import { CHAIN } from './chain.ts'

/** The longest address in use, of Cardano and Litecoin's side blocks, stays far below. */
const ADDRESS_CHARS_MAX = 256

/** The shortest address that has a second spelling: a witness program of two bytes. */
const ADDRESS_CHARS_MIN = 14

const HEX = /^[0-9a-fA-F]+$/
const CODE_0 = 48
const CODE_1 = 49
const CODE_3 = 51
const CODE_MINUS = 45

/**
 * THE look-up key of an address, for what a source lists and for what a user asks: every spelling
 * of the same bytes gives the same key, and what cannot be decoded is its own key, trimmed. Keys
 * are not namespaced here: `model/key.ts` does that. The form decides which decoder runs, so that a
 * usual address costs one comparison.
 *
 *     addressKey('0xABC…')          // lower case
 *     addressKey('41a614f8…')       // TRON hex -> 'TR7NH…'
 *     addressKey('bitcoincash:q…')  // the older base58 spelling, '1…' or '3…'
 *     addressKey('15rRgs…')         // 'ss58:<public key>', whatever the network prefix
 */
export function addressKey(text: string): string {
  const t = text.trim()
  const length = t.length
  const first = t.charCodeAt(0)
  // Bitcoin's base58 forms are nearly all of what label packs hold.
  if ((first === CODE_1 || first === CODE_3) && length < 36) return t
  if (length < ADDRESS_CHARS_MIN || length > ADDRESS_CHARS_MAX) return t
  return keyByLength(t, length) ?? keyByForm(t, first) ?? t
}

function keyByLength(t: string, length: number): string | undefined {
  switch (length) {
    case 33:
    case 34:
      return t.startsWith('M') ? litecoinScriptKey(t) : bech32Key(t)
    case 40:
    case 43:
      return evmKey(t) ?? bech32Key(t)
    case 42:
      return evmKey(t) ?? tronKeyOfHex(t) ?? cashAddrKey(t) ?? bech32Key(t)
    case 44:
      return tronKeyOfHex(t) ?? bech32Key(t)
    case 46:
    case 47:
    case 48:
    case 49:
    case 50:
      return decodeXAddress(t)?.classic ?? tonKey(t) ?? ss58Key(t) ?? bech32Key(t)
    case 69:
      return stellarMuxedKey(t) ?? keyByForm(t, t.charCodeAt(0))
    case 106:
      return moneroKey(t) ?? bech32Key(t)
    default:
      return undefined
  }
}

function keyByForm(t: string, first: number): string | undefined {
  if (first === CODE_0 && (t[1] === 'x' || t[1] === 'X')) return longHexKey(t)
  if (first === CODE_MINUS || t.includes(':')) return tonKey(t) ?? cashAddrKey(t)
  if (t.length >= 56 && HEX.test(t)) return t.toLowerCase()
  return cashAddrKey(t) ?? bech32Key(t)
}

/**
 * Accounts of Aptos, Sui and Starknet are numbers of up to 32 bytes that some write without their
 * leading zeros; a key that is too long for that keeps its length.
 */
function longHexKey(t: string): string | undefined {
  const digits = t.slice(2)
  if (!HEX.test(digits)) return undefined
  const short = digits.length > 40 && digits.length <= 64
  return `0x${(short ? digits.padStart(64, '0') : digits).toLowerCase()}`
}

/** Lower case is the canonical form of bech32; most rows have it already. */
function bech32Key(t: string): string | undefined {
  if (t === t.toLowerCase()) return t
  return decodeBech32(t)?.lower
}

/**
 * Every way to read a text as an address, the likeliest first: a right checksum before none, and
 * coins that share a form in the order of their use. A text that has the form of a family but a
 * wrong checksum gives one reading marked `mismatch`; it is still looked up. Answers an empty list
 * for what has no known form. Never throws.
 */
export function readAddress(text: string): AddressReading[] {
  const t = text.trim()
  if (t.length < 5 || t.length > ADDRESS_CHARS_MAX) return []
  const key = addressKey(t)
  const readings = [...readHexForms(t, key), ...readTextForms(t, key)]
  if (readings.length === 0) {
    const guess = guessFamily(t)
    return guess === undefined ? [] : [{ ...guess, address: t, key, checksum: 'mismatch' }]
  }
  return readings.sort((a, b) => RANK[a.checksum] - RANK[b.checksum])
}

const RANK = { ok: 0, none: 1, mismatch: 2 } as const

function readHexForms(t: string, key: string): AddressReading[] {
  const digits = t.startsWith('0x') || t.startsWith('0X') ? t.slice(2) : t
  const evm = readEvm(t, key)
  if (evm.length > 0) return evm
  if (!HEX.test(digits)) return []
  const tron = readTronHex(t, key)
  if (tron.length > 0) return tron
  if (isPublicKeyHex(digits)) {
    const variant = digits.length === 66 ? 'compressed' : 'uncompressed'
    const address = digits.toLowerCase()
    return [{ family: 'public_key', variant, chains: [], address, key, checksum: 'none' }]
  }
  if (digits === t || digits.length < 50 || digits.length > 64) return []
  // Aptos, Sui and Starknet number their accounts; the same 32 bytes may be a Substrate key.
  const chains = [CHAIN.aptos, CHAIN.sui, CHAIN.starknet]
  const account = { family: 'hex_account', variant: 'account', chains, address: key, key } as const
  const readings: AddressReading[] = [{ ...account, checksum: 'none' }]
  if (digits.length === 64) readings.push(readSubstrateKey(digits))
  return readings
}

function readTextForms(t: string, key: string): AddressReading[] {
  const readings: AddressReading[] = []
  const bech32 = decodeBech32(t)
  if (bech32 !== undefined) {
    if (isSegwitPrefix(bech32.hrp)) readings.push(...readSegwit(t, bech32, key))
    else if (isCardanoPrefix(bech32.hrp)) readings.push(...readShelley(t, bech32, key))
    else readings.push(...readCosmos(t, bech32, key))
  }
  readings.push(...readCashAddr(t, key), ...readTon(t, key))
  readings.push(...readBase58Forms(t, key))
  readings.push(...readStellar(t, key), ...readAlgorand(t, key), ...readHedera(t, key))
  return readings
}

function readBase58Forms(t: string, key: string): AddressReading[] {
  if (t.length < 25 || t.length > 160) return []
  const bytes = decodeBase58(t)
  if (bytes === undefined) return []
  const readings = [
    ...readBase58Check(t, bytes, key),
    ...readTezos(t, bytes, key),
    ...readExtendedKey(t, bytes, key),
    ...readByron(t, bytes, key),
    ...readSs58(t, key),
    ...readXrp(t, key),
    ...readMonero(t, key),
  ]
  // Solana addresses are 32 bytes without a checksum, so their length is all there is to check.
  if (bytes.length === 32) {
    const chains = [CHAIN.solana]
    const variant = 'account'
    readings.push({ family: 'solana', variant, chains, address: t, key, checksum: 'none' })
  }
  return readings
}

/** Shard, realm and number; the five letters of HIP-15 may follow. */
const HEDERA = /^0\.0\.[1-9]\d{0,18}(?:-[a-z]{5})?$/

function readHedera(t: string, key: string): AddressReading[] {
  if (!HEDERA.test(t)) return []
  const chains = [CHAIN.hedera]
  return [{ family: 'hedera', variant: 'account', chains, address: t, key, checksum: 'none' }]
}
