import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex } from '../../base/bytes.ts'

/** Keccak-256 as `0x` and 64 lower-case digits. */
export function keccakHex(bytes: Uint8Array): string {
  return `0x${bytesToHex(keccak_256(bytes))}`
}

/** The first topic of an event, of its signature: `Transfer(address,address,uint256)`. */
export function eventTopic(signature: string): string {
  return keccakHex(new TextEncoder().encode(signature))
}
