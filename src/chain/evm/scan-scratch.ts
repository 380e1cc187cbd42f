/**
 * Working memory of the scanner for one log: the address as a word, four topics, and the data as
 * bytes. A thread scans one log at a time.
 */
export const TOPICS_AT = 32

export const DATA_AT = TOPICS_AT + 4 * 32

export let scratch = new Uint8Array(DATA_AT + 65_536)

export const state = { topics: 0, dataBytes: 0, txIndex: 0, logIndex: 0 }

export const uint32 = (at: number) =>
  (((scratch[at] as number) << 24) |
    ((scratch[at + 1] as number) << 16) |
    ((scratch[at + 2] as number) << 8) |
    (scratch[at + 3] as number)) >>>
  0

export function grow(length: number): void {
  const larger = new Uint8Array(2 * length)
  larger.set(scratch.subarray(0, DATA_AT))
  scratch = larger
}

export function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (bytes[i] !== 0) return false
  return true
}

export function copy(
  from: Uint8Array,
  at: number,
  out: Uint8Array,
  to: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) out[to + i] = from[at + i] as number
}

export function putUint32(out: Uint8Array, at: number, value: number): void {
  out[at] = value >>> 24
  out[at + 1] = value >>> 16
  out[at + 2] = value >>> 8
  out[at + 3] = value
}

/** A word as a number, or more than any data has. */
export function smallWord(at: number): number {
  return isZero(scratch, at, 28) ? uint32(at + 28) : Number.POSITIVE_INFINITY
}

/** Length and start of the dynamic array whose offset stands at `at`; length -1: none. */
export function arrayAt(at: number): { length: number; start: number } {
  const offset = smallWord(at)
  if (offset + 32 > state.dataBytes) return { length: -1, start: 0 }
  const start = DATA_AT + offset
  const length = smallWord(start)
  const fits = offset + 32 + length * 32 <= state.dataBytes
  return { length: fits ? length : -1, start: start + 32 }
}

export const hexOf = (at: number, length: number) =>
  Buffer.from(scratch.buffer, at, length).toString('hex')
