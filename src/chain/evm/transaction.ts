import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { AppError } from '../../base/error.ts'
import { keccakHex } from './keccak.ts'
import {
  decodeRlp,
  encodeRlp,
  type Rlp,
  rlpBytes,
  rlpInteger,
  rlpList,
  trimmedBytes,
} from './rlp.ts'

/** A signed transaction, read from its bytes. */
export interface RawTransaction {
  /** 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844, 4 EIP-7702. */
  readonly type: number
  readonly hash: string
  /** Of the signature; null where it gives no key. */
  readonly from: string | null
  readonly to: string | null
  readonly value: bigint
  readonly nonce: bigint
  readonly input: Uint8Array
  /** Null in the signatures before EIP-155. */
  readonly chainId: bigint | null
}

/** Positions in the list of each type: `tail` items of the signature stand last. */
const SHAPES: Readonly<
  Record<number, { chain: number; nonce: number; to: number; items: number }>
> = {
  0: { chain: -1, nonce: 0, to: 3, items: 9 },
  1: { chain: 0, nonce: 1, to: 4, items: 11 },
  2: { chain: 0, nonce: 1, to: 5, items: 12 },
  3: { chain: 0, nonce: 1, to: 5, items: 14 },
  4: { chain: 0, nonce: 1, to: 5, items: 13 },
}

function unreadable(type: number): AppError {
  return new AppError('chain.transaction_type', `Transactions of type ${type} cannot be read.`, {
    status: 400,
    params: { type },
  })
}

/**
 * Reads a transaction as it stands in a block: a list (legacy) or bytes that begin with the type
 * (EIP-2718). Throws `chain.rlp_malformed` for bytes that are none and `chain.transaction_type`
 * for a type that is not known here.
 */
export function readRawTransaction(item: Rlp): RawTransaction {
  const raw = item instanceof Uint8Array ? item : encodeRlp(item)
  const type = item instanceof Uint8Array ? (item[0] ?? 0) : 0
  const shape = SHAPES[type]
  if (shape === undefined || (item instanceof Uint8Array && type === 0)) throw unreadable(type)
  const body = item instanceof Uint8Array ? decodeRlp(item.subarray(1)) : item
  const outer = rlpList(body)
  // A blob transaction may travel with its blobs around it; only what is hashed counts.
  const list = type === 3 && !(outer[0] instanceof Uint8Array) ? rlpList(outer[0]) : outer
  if (list.length !== shape.items) throw unreadable(type)
  const to = rlpBytes(list[shape.to])
  const signature = signatureOf(type, list)
  return {
    type,
    hash: keccakHex(list === outer ? raw : withType(type, list)),
    from: senderOf(signature),
    to: to.length === 0 ? null : `0x${Buffer.from(rlpBytes(to, 20)).toString('hex')}`,
    value: rlpInteger(list[shape.to + 1]),
    nonce: rlpInteger(list[shape.nonce]),
    input: rlpBytes(list[shape.to + 2]),
    chainId: signature.chainId,
  }
}

function withType(type: number, list: readonly Rlp[]): Uint8Array {
  return type === 0 ? encodeRlp(list) : Buffer.concat([Uint8Array.of(type), encodeRlp(list)])
}

interface Signature {
  readonly digest: Uint8Array
  readonly parity: number
  readonly r: bigint
  readonly s: bigint
  readonly chainId: bigint | null
}

function signatureOf(type: number, list: readonly Rlp[]): Signature {
  const [v, r, s] = list.slice(-3).map(rlpInteger) as [bigint, bigint, bigint]
  const unsigned = list.slice(0, -3)
  if (type !== 0) {
    const digest = keccak_256(withType(type, unsigned))
    return { digest, parity: Number(v & 1n), r, s, chainId: rlpInteger(list[0]) }
  }
  // EIP-155 puts the chain into v and into what is signed.
  const chainId = v >= 35n ? (v - 35n) / 2n : null
  const tail = chainId === null ? [] : [trimmedBytes(chainId), new Uint8Array(0), new Uint8Array(0)]
  const parity = chainId === null ? Number(v - 27n) : Number((v - 35n) % 2n)
  return { digest: keccak_256(encodeRlp([...unsigned, ...tail])), parity, r, s, chainId }
}

/** The address of the key that made the signature (Yellow Paper, appendix F). */
function senderOf({ digest, parity, r, s }: Signature): string | null {
  if (parity !== 0 && parity !== 1) return null
  try {
    const key = new secp256k1.Signature(r, s, parity).recoverPublicKey(digest)
    const hash = keccak_256(key.toBytes(false).subarray(1))
    return `0x${Buffer.from(hash.subarray(12)).toString('hex')}`
  } catch {
    // System transactions of some chains carry no signature.
    return null
  }
}
