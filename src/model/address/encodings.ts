import { base32nopad, base58, base58xmr, base58xrp, base64, bech32, bech32m } from '@scure/base'

/** BIP-173 and BIP-350, and RFC 4648 base 32 without padding. */
export const BECH32 = bech32
export const BECH32M = bech32m
export const BASE32_CODEC = base32nopad
/** RFC 4648 base 64 with padding; throws for any other text. */
export const BASE64_CODEC = base64

/** The alphabets of Bitcoin, Ripple and Monero hold the same characters, in another order. */
const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/

export function decodeBase58(text: string): Uint8Array | undefined {
  return BASE58.test(text) ? base58.decode(text) : undefined
}

export function encodeBase58(bytes: Uint8Array): string {
  return base58.encode(bytes)
}

/** The XRP Ledger's alphabet begins with `r`. */
export function decodeBase58Ripple(text: string): Uint8Array | undefined {
  return BASE58.test(text) ? base58xrp.decode(text) : undefined
}

export function encodeBase58Ripple(bytes: Uint8Array): string {
  return base58xrp.encode(bytes)
}

/** Monero encodes blocks of 8 bytes in 11 characters; a block that overflows is no address. */
export function decodeBase58Monero(text: string): Uint8Array | undefined {
  if (!BASE58.test(text)) return undefined
  try {
    return base58xmr.decode(text)
  } catch {
    return undefined
  }
}

export function encodeBase58Monero(bytes: Uint8Array): string {
  return base58xmr.encode(bytes)
}
