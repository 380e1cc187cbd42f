import { keccak_256 } from '@noble/hashes/sha3.js'
import { CHAIN } from '../chain.ts'
import { bytesEqual, concat } from './checksum.ts'
import { decodeBase58Monero, encodeBase58Monero } from './encodings.ts'
import type { AddressReading } from './reading.ts'

/** Network bytes of Monero's `cryptonote_config.h`: standard, integrated, subaddress. */
const NETWORKS: ReadonlyMap<number, { variant: string; chain: string; standard: number }> = new Map(
  (
    [
      [CHAIN.monero, 18, 19, 42],
      [CHAIN.moneroTestnet, 53, 54, 63],
      [CHAIN.moneroStagenet, 24, 25, 36],
    ] as const
  ).flatMap(([chain, standard, integrated, subaddress]) => [
    [standard, { variant: 'standard', chain, standard }],
    [integrated, { variant: 'integrated', chain, standard }],
    [subaddress, { variant: 'subaddress', chain, standard }],
  ]),
)

const STANDARD_CHARS = 95
const INTEGRATED_CHARS = 106
const KEYS_BYTES = 64

interface MoneroAddress {
  readonly variant: string
  readonly chain: string
  /** An integrated address is a standard one with a payment id: this is the standard one. */
  readonly standard: string
}

function decodeMonero(text: string): MoneroAddress | undefined {
  if (text.length !== STANDARD_CHARS && text.length !== INTEGRATED_CHARS) return undefined
  const bytes = decodeBase58Monero(text)
  if (bytes === undefined) return undefined
  const body = bytes.subarray(0, -4)
  const network = NETWORKS.get(body[0] ?? 0)
  const withPaymentId = text.length === INTEGRATED_CHARS
  if (network === undefined || (network.variant === 'integrated') !== withPaymentId)
    return undefined
  if (!bytesEqual(keccak_256(body).subarray(0, 4), bytes.subarray(-4))) return undefined
  const { variant, chain } = network
  if (!withPaymentId) return { variant, chain, standard: text }
  const keys = body.subarray(1, 1 + KEYS_BYTES)
  const standard = concat(Uint8Array.of(network.standard), keys)
  const checked = concat(standard, keccak_256(standard).subarray(0, 4))
  return { variant, chain, standard: encodeBase58Monero(checked) }
}

/** The payment id says which payment it is, not whose address: the key is the standard address. */
export function moneroKey(text: string): string | undefined {
  return text.length === INTEGRATED_CHARS ? decodeMonero(text)?.standard : undefined
}

export function readMonero(text: string, key: string): AddressReading[] {
  const parts = decodeMonero(text)
  if (parts === undefined) return []
  const { variant, chain } = parts
  return [{ family: 'monero', variant, chains: [chain], address: text, key, checksum: 'ok' }]
}
