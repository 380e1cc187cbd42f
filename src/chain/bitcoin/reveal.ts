import { hash } from 'node:crypto'
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import type { BitcoinNetwork } from './network.ts'
import {
  isPublicKey,
  keyAddress,
  pushesOf,
  scriptHashAddress,
  taprootAddress,
  witnessKeyAddress,
  witnessScriptAddress,
} from './script.ts'

/**
 * The address that an input spends from, where what unlocks it shows it: a public key, a script,
 * or a taproot leaf with its path. Null where it does not: payments to bare keys and taproot's key
 * path show a signature only. Nothing is guessed: forms that fit two kinds of output give null.
 */
export function inputAddress(
  script: Uint8Array,
  witness: readonly Uint8Array[],
  network: BitcoinNetwork,
): string | null {
  if (script.length > 0) return fromScript(script, network)
  return network.hrp === null ? null : fromWitness(witness, network)
}

function fromScript(script: Uint8Array, network: BitcoinNetwork): string | null {
  const pushes = pushesOf(script)
  const last = pushes?.at(-1)
  if (pushes === null || last === undefined) return null
  const first = pushes[0] ?? last
  if (pushes.length === 2 && isPublicKey(last) && isSignature(first)) {
    return keyAddress(last, network)
  }
  return isRedeemScript(last) ? scriptHashAddress(last, network) : null
}

/** DER (BIP-66) and one byte that says what is signed. */
function isSignature(bytes: Uint8Array): boolean {
  return bytes.length >= 9 && bytes.length <= 73 && bytes[0] === 0x30
}

/**
 * A script that hashes to a script address: a witness program, or one that ends by checking a
 * signature or an equality. A signature ends with its flag, a key with a coordinate, so a key or
 * signature that stands last is excluded by its own form.
 */
function isRedeemScript(bytes: Uint8Array): boolean {
  if (isPublicKey(bytes) || isSignature(bytes)) return false
  const [version, length] = [bytes[0], bytes[1]]
  if (version === 0 && bytes.length === 2 + (length ?? 0)) return length === 20 || length === 32
  return [0x87, 0xac, 0xae].includes(bytes.at(-1) ?? 0) && bytes.length > 2
}

function fromWitness(items: readonly Uint8Array[], network: BitcoinNetwork): string | null {
  const last = items.at(-1)
  if (last === undefined) return null
  if (items.length === 2 && last.length === 33 && isPublicKey(last)) {
    return isSignature(items[0] ?? last) ? witnessKeyAddress(last, network) : null
  }
  // BIP-341: an annex begins with 0x50 and stands last, behind at least one other item.
  const stack = items.length >= 2 && last[0] === 0x50 ? items.slice(0, -1) : items
  if (stack.length === 1) {
    const only = stack[0] ?? last
    const isKeyPath = only.length === 64 || only.length === 65
    return isKeyPath || only.length === 0 ? null : witnessScriptAddress(only, network)
  }
  const control = stack.at(-1) ?? last
  if (isControlBlock(control)) return fromLeaf(stack.at(-2) ?? last, control, network)
  return stack === items && last.length > 0 ? witnessScriptAddress(last, network) : null
}

/** Leaf version 0xc0 and a parity bit, a key, and up to 128 hashes; no script begins so. */
function isControlBlock(bytes: Uint8Array): boolean {
  const length = bytes.length - 33
  return ((bytes[0] ?? 0) & 0xfe) === 0xc0 && length >= 0 && length % 32 === 0 && length <= 4096
}

function tagged(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const name = hash('sha256', tag, 'buffer')
  return hash('sha256', Buffer.concat([name, name, ...parts]), 'buffer')
}

function compactSize(length: number): Uint8Array {
  if (length < 0xfd) return Uint8Array.of(length)
  const bytes = Buffer.alloc(length <= 0xffff ? 3 : 5)
  if (length <= 0xffff) {
    bytes[0] = 0xfd
    bytes.writeUInt16LE(length, 1)
  } else {
    bytes[0] = 0xfe
    bytes.writeUInt32LE(length, 1)
  }
  return bytes
}

/** BIP-341: the inner key, tweaked by the root that leaf and path give, is the output's key. */
function fromLeaf(leaf: Uint8Array, control: Uint8Array, network: BitcoinNetwork): string | null {
  const version = Uint8Array.of((control[0] ?? 0) & 0xfe)
  let node = tagged('TapLeaf', version, compactSize(leaf.length), leaf)
  for (let at = 33; at < control.length; at += 32) {
    const other = control.subarray(at, at + 32)
    const pair = Buffer.compare(node, other) < 0 ? [node, other] : [other, node]
    node = tagged('TapBranch', ...pair)
  }
  const inner = control.subarray(1, 33)
  try {
    const point = schnorr.utils.lift_x(BigInt(`0x${Buffer.from(inner).toString('hex')}`))
    const tweak = BigInt(`0x${Buffer.from(tagged('TapTweak', inner, node)).toString('hex')}`)
    const output = point.add(secp256k1.Point.BASE.multiplyUnsafe(tweak))
    return taprootAddress(schnorr.utils.pointToBytes(output), network)
  } catch {
    // A key that is on no curve: the input cannot be one of taproot.
    return null
  }
}
