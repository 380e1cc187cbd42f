import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { keccak256 } from '../../base/keccak.ts'
import type { BlockCoverage, CoverageGap, TransferStandard } from '../types.ts'
import { LIMBS } from './sqlite-schema.ts'

/** Rows of one block have indices below 2^20, and block numbers stay below 2^33. */
const PLACES = 2 ** 20
const NUMBER_MAX = 2 ** 33 - 1

export function placeOf(number: number, index: number): number {
  if (!(number >= 0 && number <= NUMBER_MAX && index >= 0 && index < PLACES)) {
    throw new AppError(
      'chain.block_too_large',
      'A block has more rows or a higher number than allowed.',
    )
  }
  return number * PLACES + index
}

export const numberOf = (place: number) => Math.floor(place / PLACES)
export const indexOf = (place: number) => place % PLACES
export const firstPlace = (number: number) => number * PLACES

export type Stored = number | string | Uint8Array

const HEX64 = /^[0-9a-f]{64}$/
const HEX40 = /^0x[0-9a-f]{40}$/

/** How one chain writes its hashes and addresses: as bytes where that is exact, else as text. */
export interface KeyCodec {
  hash(text: string): Stored
  hashText(stored: Stored): string
  key(text: string): Stored
  keyText(stored: Stored): string
}

export function keyCodec(chain: string): KeyCodec {
  const prefix = chain.startsWith('eip155:') ? '0x' : ''
  const isHash = (text: string) =>
    text.startsWith(prefix) && HEX64.test(prefix === '' ? text : text.slice(2))
  return {
    hash: (text) => (isHash(text) ? Buffer.from(text.slice(prefix.length), 'hex') : text),
    hashText: (stored) => (stored instanceof Uint8Array ? prefix + hex(stored) : String(stored)),
    key: (text) => (prefix !== '' && HEX40.test(text) ? Buffer.from(text.slice(2), 'hex') : text),
    keyText: (stored) => (stored instanceof Uint8Array ? `0x${hex(stored)}` : String(stored)),
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/**
 * 48 bits of an address. Anybody can write any 20 bytes into a log, thousands with the same digits
 * in one block, and each look-up would then read all of them; of a hash nobody can choose the bits.
 */
export function addressKey(text: string): number {
  const digest = keccak256(Buffer.from(text))
  let key = 0
  for (let i = 0; i < 6; i += 1) key = key * 256 + (digest[i] as number)
  return key
}

/** 48 bits of a hash: digits of its middle. */
export function shortKey(text: string): number {
  if (text.length >= 42) {
    const digits = Number.parseInt(text.slice(14, 26), 16)
    if (digits >= 0 && /^[0-9a-f]{12}$/.test(text.slice(14, 26))) return digits
  }
  // FNV-1a twice with different offsets, for addresses that are not hexadecimal.
  let [low, high] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193) >>> 0
    high = Math.imul(high ^ code, 0x85ebca6b) >>> 0
  }
  return (high & 0xffff) * 2 ** 32 + low
}

/** Transactions of one part of their hash index: the part that is written fits the page cache. */
const PART_TXS = 2 ** 19
const PART = 2 ** 40

/**
 * Hashes are random, and an index over all of them would touch a page of its own for every row.
 * So it has parts, by the number of transactions stored before: only the newest part is written,
 * and a hash is looked up in each, newest first.
 */
export function partOf(transactionsBefore: number): number {
  return Math.floor(transactionsBefore / PART_TXS)
}

/** Above every key of a part. */
export const PART_KEY_MAX = 2 ** 53

export function partKey(part: number, hash: string): number {
  assert(part >= 0 && part < 2 ** 13, 'a key of a part is an exact number')
  return part * PART + (shortKey(hash) % PART)
}

export const partOfKey = (key: number) => Math.floor(key / PART)

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** An amount as an integer where that is exact, else as its big-endian bytes. */
export function amountOf(value: bigint | null): Stored | null {
  if (value === null) return null
  assert(value >= 0n, 'an amount is not negative')
  if (value <= SAFE) return Number(value)
  const digits = value.toString(16)
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
}

export function toAmount(stored: Stored | null): bigint | null {
  if (stored === null) return null
  if (stored instanceof Uint8Array) return BigInt(`0x${hex(stored)}`)
  return BigInt(stored)
}

/** Limbs of a signed sum; each carries its sign, so that sums of limbs are sums of values. */
export function limbsOf(value: bigint): number[] {
  const limbs = new Array<number>(LIMBS.length).fill(0)
  const sign = value < 0n ? -1 : 1
  let rest = value < 0n ? -value : value
  for (let i = 0; rest > 0n; i += 1) {
    // The last limb takes what is left: sums of many full words may pass 256 bits.
    const isLast = i === LIMBS.length - 1
    limbs[i] = sign * Number(isLast ? rest : rest & 0xffffffffn)
    rest = isLast ? 0n : rest >> 32n
  }
  return limbs
}

export function fromLimbs(limbs: readonly bigint[]): bigint {
  return limbs.reduce((sum, limb, i) => sum + (limb << BigInt(32 * i)), 0n)
}

const STANDARDS: readonly TransferStandard[] = ['native', 'erc20', 'erc721', 'erc1155', 'utxo']

export function kindOf(standard: TransferStandard, isInternal: boolean): number {
  return STANDARDS.indexOf(standard) + (isInternal ? 8 : 0)
}

export function fromKind(kind: number): { standard: TransferStandard; isInternal: boolean } {
  return { standard: STANDARDS[kind % 8] ?? 'native', isInternal: kind >= 8 }
}

const GAPS: readonly CoverageGap[] = [
  'receipts_missing',
  'log_index_repeated',
  'transaction_index',
  'traces_missing',
]

/** One bit for each thing that was read, and from the fourth on for each that was missing. */
export function coverOf({ receipts, logs, traces, inputs, gaps }: BlockCoverage): number {
  const flags = [receipts, logs, traces, inputs, ...GAPS.map((gap) => gaps?.includes(gap) ?? false)]
  return flags.reduce((bits, flag, i) => bits + (flag ? 2 ** i : 0), 0)
}

export function fromCover(cover: number): BlockCoverage {
  const has = (bit: number) => (cover & (1 << bit)) !== 0
  const gaps = GAPS.filter((_gap, i) => has(4 + i))
  const read = { receipts: has(0), logs: has(1), traces: has(2), inputs: has(3) }
  return gaps.length === 0 ? read : { ...read, gaps }
}

export const STATUSES = ['success', 'failed', 'unknown'] as const
