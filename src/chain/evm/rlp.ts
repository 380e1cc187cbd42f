import { AppError } from '../../base/error.ts'

/** Recursive Length Prefix (Ethereum Yellow Paper, appendix B): byte strings and lists of them. */
export type Rlp = Uint8Array | readonly Rlp[]

/** Nested lists of a block stay below 10; a transaction's access list is the deepest. */
const DEPTH_MAX = 32

function broken(): AppError {
  return new AppError('chain.rlp_malformed', 'The bytes are no well-formed RLP.', { status: 400 })
}

interface Span {
  readonly start: number
  readonly end: number
  readonly isList: boolean
}

/** The item at `at`, which must end at or before `end`; spellings that are not the shortest fail. */
export function rlpSpan(bytes: Uint8Array, at: number, end: number): Span {
  const first = at < end ? bytes[at] : undefined
  if (first === undefined) throw broken()
  if (first < 0x80) return { start: at, end: at + 1, isList: false }
  const isList = first >= 0xc0
  const short = first - (isList ? 0xc0 : 0x80)
  const head = short <= 55 ? 1 : 1 + short - 55
  const start = at + head
  let length = short
  if (short > 55) {
    length = 0
    if (head > 7 || start > end || bytes[at + 1] === 0) throw broken()
    for (let i = at + 1; i < start; i++) length = length * 256 + (bytes[i] ?? 0)
    if (length <= 55) throw broken()
  }
  if (start + length > end) throw broken()
  if (!isList && length === 1 && short <= 55 && (bytes[start] ?? 0) < 0x80) throw broken()
  return { start, end: start + length, isList }
}

/** The one item that the bytes are; throws `chain.rlp_malformed` for anything before or behind it. */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const span = rlpSpan(bytes, 0, bytes.length)
  if (span.end !== bytes.length) throw broken()
  return itemOf(bytes, span, 0)
}

function itemOf(bytes: Uint8Array, span: Span, depth: number): Rlp {
  if (!span.isList) return bytes.subarray(span.start, span.end)
  if (depth > DEPTH_MAX) throw broken()
  const items: Rlp[] = []
  for (let at = span.start; at < span.end; ) {
    const next = rlpSpan(bytes, at, span.end)
    items.push(itemOf(bytes, next, depth + 1))
    at = next.end
  }
  return items
}

/** The RLP of an item. */
export function encodeRlp(item: Rlp): Uint8Array {
  if (item instanceof Uint8Array) {
    if (item.length === 1 && (item[0] ?? 0) < 0x80) return item
    return withHead(0x80, item)
  }
  return withHead(0xc0, Buffer.concat(item.map(encodeRlp)))
}

function withHead(offset: number, body: Uint8Array): Uint8Array {
  if (body.length <= 55) return Buffer.concat([Uint8Array.of(offset + body.length), body])
  const length = trimmedBytes(BigInt(body.length))
  return Buffer.concat([Uint8Array.of(offset + 55 + length.length), length, body])
}

/** An integer as big-endian bytes without leading zeros; zero is no byte at all. */
export function trimmedBytes(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0)
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

/** A list of items, or `chain.rlp_malformed`. */
export function rlpList(item: Rlp | undefined): readonly Rlp[] {
  if (item === undefined || item instanceof Uint8Array) throw broken()
  return item
}

/** A byte string; with `length`, of exactly that many bytes. */
export function rlpBytes(item: Rlp | undefined, length?: number): Uint8Array {
  if (!(item instanceof Uint8Array)) throw broken()
  if (length !== undefined && item.length !== length) throw broken()
  return item
}

/** An integer without leading zeros, of at most 32 bytes. */
export function rlpInteger(item: Rlp | undefined): bigint {
  const bytes = rlpBytes(item)
  if (bytes.length > 32 || bytes[0] === 0) throw broken()
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/** An integer that fits JavaScript's. */
export function rlpCount(item: Rlp | undefined): number {
  const value = rlpInteger(item)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken()
  return Number(value)
}
