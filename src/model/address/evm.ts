import { keccak_256 } from '@noble/hashes/sha3.js'
import { EVM_MAJOR_CHAINS } from '../chain.ts'
import type { AddressReading, Checksum } from './reading.ts'

const EVM = /^0[xX][0-9a-fA-F]{40}$/
const BARE = /^[0-9a-fA-F]{40}$/
/** The XDC Network writes `xdc` for `0x`. */
const XDC = /^xdc[0-9a-fA-F]{40}$/i
const RSK_CHAINS = [30, 31]

/** The 20 bytes as `0x` and 40 lower-case digits, from any spelling of them. */
export function evmKey(text: string): string | undefined {
  if (EVM.test(text)) return text.toLowerCase()
  if (BARE.test(text)) return `0x${text.toLowerCase()}`
  return XDC.test(text) ? `0x${text.slice(3).toLowerCase()}` : undefined
}

/** EIP-55: a letter is upper case where the hash of the lower-case digits has 8 or more. */
export function eip55(lower: string): string {
  return mixedCase(lower, lower.slice(2))
}

/** EIP-1191: the same with the chain in front of what is hashed, on Rootstock. */
function eip1191(lower: string, chainId: number): string {
  return mixedCase(lower, `${chainId}${lower}`)
}

function mixedCase(lower: string, hashed: string): string {
  const ascii = new Uint8Array(hashed.length)
  for (let i = 0; i < hashed.length; i++) ascii[i] = hashed.charCodeAt(i)
  const hash = keccak_256(ascii)
  let out = '0x'
  for (let i = 0; i < 40; i++) {
    const code = lower.charCodeAt(i + 2)
    const nibble = ((hash[i >> 1] ?? 0) >> (i & 1 ? 0 : 4)) & 15
    out += String.fromCharCode(code >= 97 && nibble >= 8 ? code - 32 : code)
  }
  return out
}

/** A wrong mixed case is a warning about the spelling only: the bytes are looked up as well. */
export function readEvm(text: string, key: string): AddressReading[] {
  const isXdc = XDC.test(text)
  if (!isXdc && !EVM.test(text) && !BARE.test(text)) return []
  const digits = text.slice(-40)
  const address = eip55(key)
  let checksum: Checksum = 'none'
  let chains: readonly string[] = isXdc ? ['eip155:50', ...EVM_MAJOR_CHAINS] : EVM_MAJOR_CHAINS
  if (digits !== digits.toLowerCase() && digits !== digits.toUpperCase()) {
    checksum = digits === address.slice(2) ? 'ok' : 'mismatch'
    if (checksum === 'mismatch') {
      const rsk = RSK_CHAINS.find((id) => eip1191(key, id).slice(2) === digits)
      if (rsk !== undefined) {
        checksum = 'ok'
        chains = [`eip155:${rsk}`, ...EVM_MAJOR_CHAINS]
      }
    }
  }
  return [{ family: 'evm', variant: 'account', chains, address, key, checksum }]
}
