import { CHAIN } from '../chain.ts'
import { checkedPayload, concat, withChecksum } from './checksum.ts'
import { decodeBase58, encodeBase58 } from './encodings.ts'
import type { AddressFamily, AddressReading } from './reading.ts'

interface Form {
  readonly family: AddressFamily
  readonly variant: string
  readonly chains: readonly string[]
}

const form = (family: AddressFamily, variant: string, ...chains: string[]): Form => ({
  family,
  variant,
  chains,
})

/**
 * Version bytes of base58check, from each coin's chain parameters. Coins share versions: the forms
 * of one version stand in the order of how many people use them.
 */
const FORMS: ReadonlyMap<number, readonly Form[]> = new Map([
  [
    0x00,
    [
      form('bitcoin', 'p2pkh', CHAIN.bitcoin),
      form('bitcoin_cash', 'p2pkh', CHAIN.bitcoinCash),
      form('bitcoin_sv', 'p2pkh', CHAIN.bitcoinSv),
    ],
  ],
  [
    0x05,
    [
      form('bitcoin', 'p2sh', CHAIN.bitcoin),
      // Litecoin wrote script hashes with Bitcoin's version before it took 0x32.
      form('litecoin', 'p2sh', CHAIN.litecoin),
      form('bitcoin_cash', 'p2sh', CHAIN.bitcoinCash),
      form('bitcoin_sv', 'p2sh', CHAIN.bitcoinSv),
    ],
  ],
  [0x10, [form('dash', 'p2sh', CHAIN.dash)]],
  [0x16, [form('dogecoin', 'p2sh', CHAIN.dogecoin)]],
  [0x17, [form('bitcoin_gold', 'p2sh')]],
  [0x1e, [form('dogecoin', 'p2pkh', CHAIN.dogecoin), form('verge', 'p2pkh', CHAIN.verge)]],
  [0x21, [form('verge', 'p2sh', CHAIN.verge)]],
  [0x26, [form('bitcoin_gold', 'p2pkh')]],
  [0x30, [form('litecoin', 'p2pkh', CHAIN.litecoin)]],
  [0x32, [form('litecoin', 'p2sh', CHAIN.litecoin)]],
  [0x41, [form('tron', 'account', CHAIN.tron)]],
  [0x4c, [form('dash', 'p2pkh', CHAIN.dash)]],
  [0x6f, [form('bitcoin', 'testnet_p2pkh', CHAIN.bitcoinTestnet)]],
  [0xc4, [form('bitcoin', 'testnet_p2sh', CHAIN.bitcoinTestnet)]],
])

const ZCASH_P2PKH = 0x1cb8
const ZCASH_P2SH = 0x1cbd

/** Base58check with one version byte and a 20-byte hash, or Zcash's two and a hash. */
export function readBase58Check(text: string, bytes: Uint8Array, key: string): AddressReading[] {
  if (bytes.length !== 25 && bytes.length !== 26) return []
  const payload = checkedPayload(bytes)
  if (payload === undefined) return []
  const version = payload[0] ?? 0
  if (payload.length === 21) {
    return (FORMS.get(version) ?? []).map((f) => ({ ...f, address: text, key, checksum: 'ok' }))
  }
  const wide = (version << 8) | (payload[1] ?? 0)
  if (wide !== ZCASH_P2PKH && wide !== ZCASH_P2SH) return []
  const variant = wide === ZCASH_P2PKH ? 'p2pkh' : 'p2sh'
  return [{ ...form('zcash', variant, CHAIN.zcash), address: text, key, checksum: 'ok' }]
}

/** Litecoin's `M…` and its older `3…` spell the same script hash; the key is the older one. */
export function litecoinScriptKey(text: string): string | undefined {
  const bytes = decodeBase58(text)
  if (bytes?.length !== 25 || bytes[0] !== 0x32) return undefined
  const payload = checkedPayload(bytes)
  return payload && base58CheckText(0x05, payload.subarray(1))
}

/** A version byte and a hash as base58check writes them. */
export function base58CheckText(version: number, hash: Uint8Array): string {
  return encodeBase58(withChecksum(concat(Uint8Array.of(version), hash)))
}

/** Versions of extended public keys (SLIP-132), by the script type that they ask for. */
const EXTENDED_KEYS: ReadonlyMap<number, Form> = new Map([
  [0x0488b21e, form('public_key', 'xpub', CHAIN.bitcoin)],
  [0x049d7cb2, form('public_key', 'ypub', CHAIN.bitcoin)],
  [0x04b24746, form('public_key', 'zpub', CHAIN.bitcoin)],
  [0x0295b43f, form('public_key', 'ypub_multisig', CHAIN.bitcoin)],
  [0x02aa7ed3, form('public_key', 'zpub_multisig', CHAIN.bitcoin)],
  [0x043587cf, form('public_key', 'tpub', CHAIN.bitcoinTestnet)],
  [0x044a5262, form('public_key', 'upub', CHAIN.bitcoinTestnet)],
  [0x045f1cf6, form('public_key', 'vpub', CHAIN.bitcoinTestnet)],
  [0x019da462, form('public_key', 'ltub', CHAIN.litecoin)],
  [0x01b26ef6, form('public_key', 'mtub', CHAIN.litecoin)],
  [0x02facafd, form('public_key', 'dgub', CHAIN.dogecoin)],
])

/** BIP-32 §serialization: 4 bytes of version, then 74 with a compressed key in the last 33. */
export function readExtendedKey(text: string, bytes: Uint8Array, key: string): AddressReading[] {
  if (bytes.length !== 82) return []
  const payload = checkedPayload(bytes)
  if (payload === undefined) return []
  const found = EXTENDED_KEYS.get(new DataView(payload.buffer, payload.byteOffset).getUint32(0))
  return found === undefined ? [] : [{ ...found, address: text, key, checksum: 'ok' }]
}

/** SEC 1 §2.3.3: 02 or 03 and one coordinate, or 04 and both. */
const PUBLIC_KEY_HEX = /^(?:0[23][0-9a-f]{64}|04[0-9a-f]{128})$/i

export function isPublicKeyHex(hex: string): boolean {
  return PUBLIC_KEY_HEX.test(hex)
}
