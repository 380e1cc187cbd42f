import { AppError } from '../../base/error.ts'

/**
 * Values of Ethereum's JSON-RPC, read strictly: quantities are hex text (`0x1f`, leading zeros
 * tolerated) or safe JSON integers, as some nodes send them; data is hex text of whole bytes.
 * Everything else throws `chain.block_malformed` with the name of the field.
 */

/** A JSON object of a node, unread. */
export type RpcObject = Readonly<Record<string, unknown>>

const QUANTITY = /^0x[0-9a-fA-F]{1,64}$/
const ADDRESS = /^0x[0-9a-fA-F]{40}$/
const HASH = /^0x[0-9a-fA-F]{64}$/
const DATA = /^0x(?:[0-9a-fA-F]{2})*$/

export function malformed(field: string): AppError {
  return new AppError('chain.block_malformed', `The block has no well-formed "${field}".`, {
    status: 502,
    retryable: true,
    params: { field },
  })
}

export function inconsistent(field: string): AppError {
  return new AppError('chain.block_inconsistent', `The block contradicts itself in "${field}".`, {
    status: 502,
    retryable: true,
    params: { field },
  })
}

export function readObject(value: unknown, field: string): RpcObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field)
  return value as RpcObject
}

export function readList(value: unknown, field: string, lengthMax: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > lengthMax) throw malformed(field)
  return value
}

export function readQuantity(value: unknown, field: string): bigint {
  if (typeof value === 'string' && QUANTITY.test(value)) return BigInt(value)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value)
  throw malformed(field)
}

/** A quantity that fits a JavaScript integer: numbers, positions, times. */
export function readCount(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  if (typeof value !== 'string' || !QUANTITY.test(value)) throw malformed(field)
  const count = Number(value)
  if (!Number.isSafeInteger(count)) throw malformed(field)
  return count
}

/** 32 bytes as `0x` and 64 lower-case digits. */
export function readHash(value: unknown, field: string): string {
  if (typeof value !== 'string' || !HASH.test(value)) throw malformed(field)
  return value.toLowerCase()
}

/** 20 bytes as `0x` and 40 lower-case digits. */
export function readAddress(value: unknown, field: string): string {
  if (typeof value !== 'string' || !ADDRESS.test(value)) throw malformed(field)
  return value.toLowerCase()
}

/** An address, or null where the field is null or absent. */
export function readAddressOrNull(value: unknown, field: string): string | null {
  return value === null || value === undefined ? null : readAddress(value, field)
}

/** Bytes as `0x…` text, in the case that the node sent. */
export function readData(value: unknown, field: string): string {
  if (typeof value !== 'string' || value.length % 2 !== 0 || !isHex(value)) throw malformed(field)
  return value
}

/** `DATA` backtracks on megabytes of text; a loop over char codes does not. */
function isHex(text: string): boolean {
  if (text.length < 200) return DATA.test(text)
  if (!text.startsWith('0x')) return false
  for (let i = 2; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isDigit = code >= 48 && code <= 57
    const isLetter = (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
    if (!isDigit && !isLetter) return false
  }
  return true
}
