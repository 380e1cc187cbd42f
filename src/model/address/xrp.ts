import { CHAIN } from '../chain.ts'
import { checkedPayload, concat, withChecksum } from './checksum.ts'
import { decodeBase58Ripple, encodeBase58Ripple } from './encodings.ts'
import type { AddressReading } from './reading.ts'

/** XLS-5d: `X…` on the main net and `T…` on the test net hold an account and a destination tag. */
const X_MAINNET = 0x0544
const X_TESTNET = 0x0493
const X_SHAPE = /^[XT][1-9A-HJ-NP-Za-km-z]{45,47}$/

interface XAddress {
  readonly classic: string
  readonly testnet: boolean
}

/** Two bytes of prefix, 20 of account, one flag, and eight of tag of which four are in use. */
export function decodeXAddress(text: string): XAddress | undefined {
  if (!X_SHAPE.test(text)) return undefined
  const bytes = decodeBase58Ripple(text)
  if (bytes?.length !== 35) return undefined
  const payload = checkedPayload(bytes)
  if (payload === undefined) return undefined
  const prefix = ((payload[0] ?? 0) << 8) | (payload[1] ?? 0)
  const flag = payload[22] ?? 0
  const tag = payload.subarray(23)
  const tagHolds = flag === 0 ? tag.every((b) => b === 0) : tag.subarray(4).every((b) => b === 0)
  if ((prefix !== X_MAINNET && prefix !== X_TESTNET) || flag > 1 || !tagHolds) return undefined
  const account = concat(Uint8Array.of(0), payload.subarray(2, 22))
  return { classic: encodeBase58Ripple(withChecksum(account)), testnet: prefix === X_TESTNET }
}

/** Classic addresses have version 0 in Ripple's alphabet, whose zero is `r`. */
export function readXrp(text: string, key: string): AddressReading[] {
  const x = decodeXAddress(text)
  if (x !== undefined) {
    const chains = [x.testnet ? CHAIN.xrpTestnet : CHAIN.xrp]
    const address = x.classic
    return [{ family: 'xrp', variant: 'x_address', chains, address, key, checksum: 'ok' }]
  }
  if (!text.startsWith('r') || text.length > 35) return []
  const bytes = decodeBase58Ripple(text)
  if (bytes?.length !== 25 || bytes[0] !== 0 || checkedPayload(bytes) === undefined) return []
  const chains = [CHAIN.xrp]
  return [{ family: 'xrp', variant: 'classic', chains, address: text, key, checksum: 'ok' }]
}
