import { crc32 } from 'node:zlib'
import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { type KeyHash, keyHash } from './key-hash.ts'

/**
 * An immutable set of keys that answers "certainly not listed" without touching the store. It
 * keeps a 64-bit fingerprint of each key and no key.
 *
 * Errors go one way. A key that was put in is always found. A key that was not is found with
 * probability n / 2^64, because one of n fingerprints must equal its own: 2.8e-13 at 5 million
 * keys. So a hit is confirmed by the store, and a miss needs no confirmation.
 *
 * Layout: the fingerprints stand in ascending order in a table with gaps, each at or behind the
 * slot that its high word points to (linear probing, kept sorted: Amble and Knuth, "Ordered hash
 * tables", 1974). A look-up stops at the first larger fingerprint; the table depends on the set
 * and the seed and not on the order of insertion, so a rebuild gives the same bytes.
 */
export interface Book {
  /** Distinct keys. */
  readonly count: number
  /** Names the state of the index that the book was made from. */
  readonly generation: string
  has(key: string): boolean
  /** The whole book, in shared memory: hand it to a worker, or write it to a file. No copy. */
  toBytes(): Uint8Array
}

/** "CBK1", little endian. */
const MAGIC = 0x314b_4243
const VERSION = 1
const HEADER_BYTES = 256
/** Words of the header, by position. */
const AT = {
  magic: 0,
  version: 1,
  seed: 2,
  count: 3,
  homes: 4,
  slots: 5,
  crc: 6,
  label: 7,
} as const
const LABEL_OFFSET = 32
const LABEL_BYTES_MAX = HEADER_BYTES - LABEL_OFFSET
const SLOT_BYTES = 8
/** Slots per key: 1.5 keeps a miss near two probes and a key at 12 bytes. */
const ROOM = 1.5
/**
 * Fingerprints are sorted as 64-bit integers and read as pairs of 32-bit words, low word first.
 */
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

interface Table {
  readonly seed: number
  readonly count: number
  readonly homes: number
  readonly slots: number
  readonly generation: string
}

/**
 * Builds a book from keys in any order; a key that comes twice counts once. The seed keys the
 * hash: take a random one where list authors are not trusted, and store it nowhere else. Throws
 * `book.too_large` above `LIMITS.bookKeysMax` keys.
 *
 *     const book = buildBook(['h:evil.top', 'a:0x00…'], 7, 'ledger-1234')
 *     book.has('h:evil.top')   // true
 */
export function buildBook(keys: Iterable<string>, seed: number, generation = ''): Book {
  assert(IS_LITTLE_ENDIAN, 'a book needs a little-endian machine')
  const fingerprints = fingerprintsOf(keys, seed >>> 0)
  const homes = Math.max(1, Math.ceil(fingerprints.length * ROOM))
  const at = positions(fingerprints, homes)
  // One empty slot ends every probe.
  const slots = (at.length === 0 ? 0 : (at[at.length - 1] ?? 0) + 1) + 1
  const table = { seed: seed >>> 0, count: fingerprints.length, homes, slots, generation }
  const bytes = allocate(table)
  const target = new BigUint64Array(bytes.buffer, HEADER_BYTES, slots)
  for (let i = 0; i < at.length; i++) target[at[i] ?? 0] = fingerprints[i] ?? 0n
  new Uint32Array(bytes.buffer, 0, AT.label)[AT.crc] = checksum(bytes)
  return open(bytes, table)
}

/** Sorted, distinct, never zero: zero marks an empty slot. */
function fingerprintsOf(keys: Iterable<string>, seed: number): BigUint64Array {
  const hash = hashOf(seed)
  let words = new Uint32Array(1 << 16)
  let used = 0
  for (const key of keys) {
    if (used === words.length) {
      const wider = new Uint32Array(words.length * 2)
      wider.set(words)
      words = wider
    }
    hash.update(key)
    words[used] = hash.lo === 0 && hash.hi === 0 ? 1 : hash.lo
    words[used + 1] = hash.hi
    used += 2
    if (used > 2 * LIMITS.bookKeysMax) {
      throw new AppError('book.too_large', 'There are more keys than a look-up book holds.')
    }
  }
  const all = new BigUint64Array(words.buffer, 0, used / 2).sort()
  let distinct = 0
  for (let i = 0; i < all.length; i++) {
    const value = all[i] ?? 0n
    if (i === 0 || value !== all[i - 1]) all[distinct++] = value
  }
  return all.subarray(0, distinct)
}

/** The slot of each fingerprint: the one that it points to, or the next free one. */
function positions(fingerprints: BigUint64Array, homes: number): Uint32Array {
  const words = new Uint32Array(
    fingerprints.buffer,
    fingerprints.byteOffset,
    fingerprints.length * 2,
  )
  const at = new Uint32Array(fingerprints.length)
  let free = 0
  for (let i = 0; i < at.length; i++) {
    const slot = Math.max(free, homeOf(words[2 * i + 1] ?? 0, homes))
    at[i] = slot
    free = slot + 1
  }
  return at
}

/** Ascending with the high word, so sorted fingerprints have sorted homes. */
function homeOf(hi: number, homes: number): number {
  return Math.floor((hi / 4_294_967_296) * homes)
}

function hashOf(seed: number): KeyHash {
  // One 32-bit seed fills the 64-bit key; the constant is the golden ratio's (Knuth 6.4).
  return keyHash(seed, Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b))
}

function allocate(table: Table): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(HEADER_BYTES + table.slots * SLOT_BYTES))
  const header = new Uint32Array(bytes.buffer, 0, HEADER_BYTES / 4)
  header[AT.magic] = MAGIC
  header[AT.version] = VERSION
  header[AT.seed] = table.seed
  header[AT.count] = table.count
  header[AT.homes] = table.homes
  header[AT.slots] = table.slots
  const label = Buffer.from(table.generation, 'utf8')
  if (label.length >= LABEL_BYTES_MAX) {
    throw new AppError('book.label_too_long', 'The name of the generation is too long.')
  }
  header[AT.label] = label.length
  bytes.set(label, LABEL_OFFSET)
  return bytes
}

/** CRC-32 of everything but its own word: finds every flipped byte, at memory speed. */
function checksum(bytes: Uint8Array): number {
  const before = bytes.subarray(0, AT.crc * 4)
  return crc32(bytes.subarray(AT.crc * 4 + 4), crc32(before))
}

/**
 * Opens what `toBytes` gave, from a file or from another thread. Bytes in shared memory are used
 * in place, others are copied once. Throws `book.damaged` when anything is not as it was written;
 * a damaged book is rebuilt from the index.
 */
export function bookFromBytes(given: Uint8Array): Book {
  const damaged = () =>
    new AppError('book.damaged', 'The look-up book is damaged and must be built again.')
  assert(IS_LITTLE_ENDIAN, 'a book needs a little-endian machine')
  if (given.length < HEADER_BYTES + SLOT_BYTES) throw damaged()
  const isShared = given.buffer instanceof SharedArrayBuffer && given.byteOffset === 0
  const bytes = isShared ? given : new Uint8Array(new SharedArrayBuffer(given.length))
  if (!isShared) bytes.set(given)
  const header = new Uint32Array(bytes.buffer, 0, HEADER_BYTES / 4)
  const word = (i: number) => header[i] ?? 0
  if (word(AT.magic) !== MAGIC || word(AT.version) !== VERSION) throw damaged()
  const slots = word(AT.slots)
  const labelBytes = word(AT.label)
  if (bytes.length !== HEADER_BYTES + slots * SLOT_BYTES) throw damaged()
  if (labelBytes >= LABEL_BYTES_MAX || checksum(bytes) !== word(AT.crc)) throw damaged()
  return open(bytes, {
    seed: word(AT.seed),
    count: word(AT.count),
    homes: word(AT.homes),
    slots,
    generation: Buffer.from(bytes.slice(LABEL_OFFSET, LABEL_OFFSET + labelBytes)).toString('utf8'),
  })
}

function open(bytes: Uint8Array, table: Table): Book {
  const words = new Uint32Array(bytes.buffer, HEADER_BYTES, table.slots * 2)
  const hash = hashOf(table.seed)
  const { homes, count, generation } = table
  return {
    count,
    generation,
    has(key) {
      hash.update(key)
      const hi = hash.hi
      const lo = hash.lo === 0 && hi === 0 ? 1 : hash.lo
      let i = homeOf(hi, homes) * 2
      for (;;) {
        const slotLo = words[i] ?? 0
        const slotHi = words[i + 1] ?? 0
        if (slotHi > hi) return false
        if (slotHi === hi) {
          if (slotLo === lo) return true
          if (slotLo > lo) return false
        }
        if (slotHi === 0 && slotLo === 0) return false
        i += 2
      }
    },
    toBytes: () => bytes,
  }
}
