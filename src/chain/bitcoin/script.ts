import { base58CheckText } from '../../model/address/bitcoin.ts'
import { BECH32, BECH32M } from '../../model/address/encodings.ts'
import { hash160, sha256 } from './bytes.ts'
import type { BitcoinNetwork } from './network.ts'

const OP_0 = 0x00
const OP_1 = 0x51
const OP_16 = 0x60

/**
 * The address that an output script pays to: public key (shown as the address of its hash),
 * public-key hash, script hash, and witness programs of every version. Null where there is none:
 * bare multi-signature, data (`OP_RETURN`), anything else.
 */
export function scriptAddress(script: Uint8Array, network: BitcoinNetwork): string | null {
  const length = script.length
  const at = (i: number) => script[i] ?? -1
  if (length === 25 && at(0) === 0x76 && at(1) === 0xa9 && at(2) === 20) {
    if (at(23) !== 0x88 || at(24) !== 0xac) return null
    return base58CheckText(network.keyVersion, script.subarray(3, 23))
  }
  if (length === 23 && at(0) === 0xa9 && at(1) === 20 && at(22) === 0x87) {
    return base58CheckText(network.scriptVersion, script.subarray(2, 22))
  }
  if (isWitnessProgram(script)) return witnessAddress(at(0), script.subarray(2), network)
  const key = script.subarray(1, length - 1)
  if (at(length - 1) === 0xac && at(0) === key.length && isPublicKey(key)) {
    return keyAddress(key, network)
  }
  return null
}

/** BIP-141: a version and one push of 2 to 40 bytes. */
function isWitnessProgram(script: Uint8Array): boolean {
  const [version, length] = [script[0] ?? -1, script[1] ?? -1]
  if (length < 2 || length > 40 || script.length !== length + 2) return false
  return version === OP_0 || (version >= OP_1 && version <= OP_16)
}

function witnessAddress(
  opcode: number,
  program: Uint8Array,
  network: BitcoinNetwork,
): string | null {
  if (network.hrp === null) return null
  const version = opcode === OP_0 ? 0 : opcode - OP_1 + 1
  // Version 0 with another length can never be spent and has no address.
  if (version === 0 && program.length !== 20 && program.length !== 32) return null
  const codec = version === 0 ? BECH32 : BECH32M
  return codec.encode(network.hrp, [version, ...codec.toWords(program)])
}

export function isPublicKey(bytes: Uint8Array): boolean {
  const first = bytes[0]
  if (bytes.length === 33) return first === 2 || first === 3
  return bytes.length === 65 && first === 4
}

export function keyAddress(key: Uint8Array, network: BitcoinNetwork): string {
  return base58CheckText(network.keyVersion, hash160(key))
}

export function scriptHashAddress(script: Uint8Array, network: BitcoinNetwork): string {
  return base58CheckText(network.scriptVersion, hash160(script))
}

export function witnessKeyAddress(key: Uint8Array, network: BitcoinNetwork): string | null {
  return witnessAddress(OP_0, hash160(key), network)
}

export function witnessScriptAddress(script: Uint8Array, network: BitcoinNetwork): string | null {
  return witnessAddress(OP_0, sha256(script), network)
}

export function taprootAddress(key: Uint8Array, network: BitcoinNetwork): string | null {
  return witnessAddress(OP_1, key, network)
}

/** The data that a script pushes, or null where it does anything else. */
export function pushesOf(script: Uint8Array): readonly Uint8Array[] | null {
  const pushes: Uint8Array[] = []
  for (let at = 0; at < script.length; ) {
    const opcode = script[at] ?? 0
    at += 1
    if (opcode === 0x4f || (opcode >= OP_1 && opcode <= OP_16)) {
      pushes.push(Uint8Array.of(opcode === 0x4f ? 0x81 : opcode - OP_1 + 1))
      continue
    }
    if (opcode > 0x4e) return null
    const lengthBytes = opcode <= 0x4b ? 0 : 1 << (opcode - 0x4c)
    let length = opcode <= 0x4b ? opcode : 0
    for (let i = 0; i < lengthBytes; i++) length += (script[at + i] ?? 0) * 2 ** (8 * i)
    at += lengthBytes
    if (at + length > script.length) return null
    pushes.push(script.subarray(at, at + length))
    at += length
  }
  return pushes
}
