import { bytesToHex } from '@noble/hashes/utils.js'
import { CHAIN } from '../chain.ts'
import { crc16 } from './checksum.ts'
import type { AddressReading } from './reading.ts'

/** TEP-2: `workchain:hash`, in decimal and hex. */
const RAW = /^(-1|0|-?[1-9]\d{0,2}):([0-9a-fA-F]{64})$/
/** TEP-2: 36 bytes in base64 or base64url. */
const FRIENDLY = /^[A-Za-z0-9+/_-]{48}$/
const BOUNCEABLE = 0x11
const NON_BOUNCEABLE = 0x51
const TEST_ONLY = 0x80

interface TonAddress {
  readonly raw: string
  readonly variant: string
  readonly testOnly: boolean
}

function decodeTonFriendly(text: string): TonAddress | undefined {
  if (!FRIENDLY.test(text)) return undefined
  // Both alphabets of base64; 48 characters leave no padding. Browsers read addresses as well.
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
  const [flags = 0, workchain = 0] = bytes
  const kind = flags & ~TEST_ONLY
  if (bytes.length !== 36 || (kind !== BOUNCEABLE && kind !== NON_BOUNCEABLE)) return undefined
  const sum = crc16(bytes.subarray(0, 34))
  if (bytes[34] !== sum >> 8 || bytes[35] !== (sum & 0xff)) return undefined
  return {
    raw: `${(workchain << 24) >> 24}:${bytesToHex(bytes.subarray(2, 34))}`,
    variant: kind === BOUNCEABLE ? 'bounceable' : 'non_bounceable',
    testOnly: (flags & TEST_ONLY) !== 0,
  }
}

/** The raw form: one account has several friendly spellings. */
export function tonKey(text: string): string | undefined {
  return RAW.test(text) ? text.toLowerCase() : decodeTonFriendly(text)?.raw
}

export function readTon(text: string, key: string): AddressReading[] {
  const family = 'ton'
  if (RAW.test(text)) {
    const chains = [CHAIN.ton]
    return [{ family, variant: 'raw', chains, address: key, key, checksum: 'none' }]
  }
  const parts = decodeTonFriendly(text)
  if (parts === undefined) return []
  const { variant, testOnly } = parts
  const chains = [testOnly ? CHAIN.tonTestnet : CHAIN.ton]
  return [{ family, variant, chains, address: text, key, checksum: 'ok' }]
}
