import { hexToBytes } from '@noble/hashes/utils.js'
import { CHAIN } from '../chain.ts'
import { base58CheckText } from './bitcoin.ts'
import type { AddressReading } from './reading.ts'

/** TRON nodes write an address as the version byte 41 and 20 bytes, in hex. */
const HEX = /^(?:0x)?41([0-9a-f]{40})$/i

/** The base58 spelling of TRON's hex form. */
export function tronKeyOfHex(text: string): string | undefined {
  const hash = HEX.exec(text)?.[1]
  return hash === undefined ? undefined : base58CheckText(0x41, hexToBytes(hash))
}

export function readTronHex(text: string, key: string): AddressReading[] {
  if (!HEX.test(text)) return []
  const chains = [CHAIN.tron]
  return [{ family: 'tron', variant: 'hex', chains, address: key, key, checksum: 'none' }]
}
