import { hash } from 'node:crypto'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { AppError } from '../../base/error.ts'

export function malformedBlock(field: string): AppError {
  return new AppError('chain.block_malformed', `The block has no well-formed "${field}".`, {
    status: 400,
    params: { field },
  })
}

export function inconsistentBlock(field: string): AppError {
  return new AppError('chain.block_inconsistent', `The block contradicts itself in "${field}".`, {
    status: 400,
    params: { field },
  })
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

export function sha256d(bytes: Uint8Array): Uint8Array {
  return sha256(sha256(bytes))
}

/** RIPEMD-160 of SHA-256: what the older addresses hold. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return ripemd160(sha256(bytes))
}

/** Hashes are written with their bytes reversed. */
export function idText(bytes: Uint8Array): string {
  return Buffer.from(bytes).reverse().toString('hex')
}

export function idBytes(text: string, field: string): Uint8Array {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw malformedBlock(field)
  return Buffer.from(text, 'hex').reverse()
}

/** Reads Bitcoin's wire format in order; every read past the end throws `chain.block_malformed`. */
export class ByteReader {
  readonly bytes: Buffer
  at: number
  readonly end: number

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
    this.end = end
  }

  take(length: number): Buffer {
    const from = this.at
    if (length > this.end - from) throw malformedBlock('length')
    this.at = from + length
    return this.bytes.subarray(from, this.at)
  }

  byte(): number {
    return this.take(1)[0] ?? 0
  }

  uint32(): number {
    return this.take(4).readUInt32LE()
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64LE()
  }

  /** A count of things of at least `bytesEach`: more than the rest can hold is no count. */
  count(bytesEach: number): number {
    const count = this.#compact()
    if (count * bytesEach > this.end - this.at) throw malformedBlock('count')
    return count
  }

  /** Bytes with their length in front. */
  bytesWithLength(): Buffer {
    return this.take(this.count(1))
  }

  #compact(): number {
    const first = this.byte()
    if (first < 0xfd) return first
    if (first === 0xfd) return this.take(2).readUInt16LE()
    if (first === 0xfe) return this.uint32()
    const long = this.uint64()
    if (long > BigInt(Number.MAX_SAFE_INTEGER)) throw malformedBlock('count')
    return Number(long)
  }
}
