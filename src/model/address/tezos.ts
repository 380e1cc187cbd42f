import { CHAIN } from '../chain.ts'
import { bytesEqual, checkedPayload } from './checksum.ts'
import type { AddressReading } from './reading.ts'

/** Three bytes that make the text begin with these letters; 20 bytes of hash follow. */
const PREFIXES: readonly (readonly [string, Uint8Array])[] = [
  ['tz1', Uint8Array.of(6, 161, 159)],
  ['tz2', Uint8Array.of(6, 161, 161)],
  ['tz3', Uint8Array.of(6, 161, 164)],
  ['tz4', Uint8Array.of(6, 161, 166)],
  ['KT1', Uint8Array.of(2, 90, 121)],
  ['sr1', Uint8Array.of(6, 124, 117)],
]

export function readTezos(text: string, bytes: Uint8Array, key: string): AddressReading[] {
  if (bytes.length !== 27) return []
  const found = PREFIXES.find(([, prefix]) => bytesEqual(prefix, bytes.subarray(0, 3)))
  if (found === undefined || checkedPayload(bytes) === undefined) return []
  const chains = [CHAIN.tezos]
  return [{ family: 'tezos', variant: found[0], chains, address: text, key, checksum: 'ok' }]
}
