import { assert } from '../base/assert.ts'
import { HASH, hashWords, keyWords } from './screening-key.ts'
import { Stage } from './screening-stage.ts'

/**
 * The screening book: for each known address the classes that somebody put it in, in shared memory,
 * so that every party of every transfer can be looked up as its block arrives. An answer says which
 * rule may have something to say; who says so, since when and with which confidence is then read
 * under the index key of the address (`model/key.ts`, `KEY.address`), which is exact.
 *
 * Open addressing with linear probing: a slot is five words of key and one of classes. A key is
 * the 20 bytes of an EVM address; of any other text the first 20 bytes of its SHA-256. A Bloom
 * filter stands in front, because most parties are in no list and then one word is read. The hash
 * is seeded, so that addresses made on purpose cannot crowd one slot: take a random seed.
 */
export interface ScreeningBook {
  /** Distinct addresses. */
  readonly count: number
  /** The whole book: hand it to a worker, and open it there with `openScreeningBook`. */
  readonly memory: SharedArrayBuffer
  /** Classes of an address as the chain writes it (lower-case `0x…` on EVM chains); 0: none. */
  classesOf(address: string): number
  /** The same for a key of five words, the first byte being the highest of the first word. */
  classesOfWords(a: number, b: number, c: number, d: number, e: number): number
}

/** Classes are bits, because one address may have several; bit 31 stays free. */
export const SCREEN_CLASS = {
  sanctioned: 1 << 0,
  /** A label or a former entry that names a sanction without its authority saying so now. */
  sanction_label: 1 << 1,
  scam: 1 << 2,
  phishing: 1 << 3,
  drainer: 1 << 4,
  ransom: 1 << 5,
  stolen: 1 << 6,
  exploit: 1 << 7,
  terrorism: 1 << 8,
  mixer: 1 << 9,
  /** Refused by the issuer of an asset. */
  blacklisted: 1 << 10,
  /** A party that harm was done to: a reason for care, never for blame. */
  victim: 1 << 11,
  exchange: 1 << 16,
  bridge: 1 << 17,
  router: 1 << 18,
  service: 1 << 19,
  miner: 1 << 20,
  gambling: 1 << 21,
  /** A contract of a token list. */
  token: 1 << 22,
  /** Any other label. */
  known: 1 << 30,
} as const

export type ScreenClass = keyof typeof SCREEN_CLASS

/**
 * The stop list: guilt does not pass through these, because thousands who have nothing to do with
 * each other use them (exchanges, bridges, routers, pools, wallets, miners).
 */
export const STOP_CLASSES =
  SCREEN_CLASS.exchange |
  SCREEN_CLASS.bridge |
  SCREEN_CLASS.router |
  SCREEN_CLASS.service |
  SCREEN_CLASS.miner |
  SCREEN_CLASS.token

/** The classes of an answer by name, in the order of their bits. */
export function classNames(classes: number): readonly ScreenClass[] {
  const names = Object.keys(SCREEN_CLASS) as ScreenClass[]
  return names.filter((name) => (classes & SCREEN_CLASS[name]) !== 0)
}

/** "CSB2", little endian. */
const MAGIC = 0x3242_5343
const HEADER_WORDS = 16
const AT = { magic: 0, seedLow: 1, seedHigh: 2, count: 3, slots: 4, bloom: 5 } as const
const SLOT_WORDS = 6
/** Slots per key: a miss that passes the filter reads two slots on average, a hit fewer. */
const ROOM = 1.5
/** Bits of the filter per key; with four bits in one word, about 1 in 70 misses passes it. */
const BLOOM_BITS = 14

function bloomMask(bits: number): number {
  return (
    (1 << (bits & 31)) |
    (1 << ((bits >>> 5) & 31)) |
    (1 << ((bits >>> 10) & 31)) |
    (1 << ((bits >>> 15) & 31))
  )
}

function isAt(table: Uint32Array, at: number, key: Uint32Array): boolean {
  return (
    table[at] === key[0] &&
    table[at + 1] === key[1] &&
    table[at + 2] === key[2] &&
    table[at + 3] === key[3] &&
    table[at + 4] === key[4]
  )
}

/** Opens a book that another thread built. */
export function openScreeningBook(memory: SharedArrayBuffer): ScreeningBook {
  const words = new Uint32Array(memory)
  assert(words[AT.magic] === MAGIC, 'the memory holds a screening book')
  const seedLow = words[AT.seedLow] ?? 0
  const seedHigh = words[AT.seedHigh] ?? 0
  const slots = words[AT.slots] ?? 0
  const bloomWords = words[AT.bloom] ?? 0
  const bloom = words.subarray(HEADER_WORDS, HEADER_WORDS + bloomWords)
  const table = words.subarray(HEADER_WORDS + bloomWords)
  const key = new Uint32Array(5)
  const bloomScale = bloomWords / 2 ** 32
  const slotScale = slots / 2 ** 32
  const end = slots * SLOT_WORDS

  function find(): number {
    hashWords(seedLow, seedHigh, key)
    const low = HASH[0] as number
    const mask = bloomMask(HASH[1] as number)
    const word = bloom[Math.floor(low * bloomScale)] as number
    if ((word & mask) !== mask) return 0
    for (let at = Math.floor(low * slotScale) * SLOT_WORDS; ; ) {
      const classes = table[at + 5] as number
      // A used slot has a class; behind the last slot comes the first.
      if (classes === 0) return 0
      if (isAt(table, at, key)) return classes
      at += SLOT_WORDS
      if (at === end) at = 0
    }
  }

  return {
    count: words[AT.count] ?? 0,
    memory,
    classesOf(address) {
      keyWords(address, key)
      return find()
    },
    classesOfWords(a, b, c, d, e) {
      key[0] = a
      key[1] = b
      key[2] = c
      key[3] = d
      key[4] = e
      return find()
    },
  }
}

/** Collects entries of one book; `add` and `finish` may be called in slices of time. */
export interface ScreeningBookBuilder {
  /** An address that comes twice has the classes of both. Classes must not be 0. */
  add(address: string, classes: number): void
  finish(): ScreeningBook
}

export interface BookSize {
  /** Entries that will be added at most, repeated ones included. */
  readonly capacity: number
  /** Two random words; the same seed and entries give a book that answers the same. */
  readonly seed: readonly [number, number]
}

/**
 *     const builder = screeningBookBuilder({ capacity: 2, seed: [1, 2] })
 *     builder.add('0x00…', SCREEN_CLASS.mixer)
 *     const book = builder.finish()
 */
export function screeningBookBuilder({ capacity, seed }: BookSize): ScreeningBookBuilder {
  assert(Number.isSafeInteger(capacity) && capacity >= 0, 'a book has a size')
  const slots = Math.ceil(capacity * ROOM) + 2
  const bloomWords = Math.ceil((capacity * BLOOM_BITS) / 32) + 1
  const memory = new SharedArrayBuffer(4 * (HEADER_WORDS + bloomWords + slots * SLOT_WORDS))
  const words = new Uint32Array(memory)
  const [seedLow, seedHigh] = seed
  words.set([MAGIC, seedLow, seedHigh, 0, slots, bloomWords])
  const bloom = words.subarray(HEADER_WORDS, HEADER_WORDS + bloomWords)
  const table = words.subarray(HEADER_WORDS + bloomWords)
  const bloomScale = bloomWords / 2 ** 32
  const slotScale = slots / 2 ** 32
  const end = slots * SLOT_WORDS
  let left = capacity
  let count = 0

  const key = new Uint32Array(5)
  function insert(staged: Uint32Array, from: number): void {
    for (let i = 0; i < 5; i += 1) key[i] = staged[from + i] as number
    hashWords(seedLow, seedHigh, key)
    const low = HASH[0] as number
    const word = Math.floor(low * bloomScale)
    bloom[word] = (bloom[word] as number) | bloomMask(HASH[1] as number)
    let at = Math.floor(low * slotScale) * SLOT_WORDS
    while (table[at + 5] !== 0 && !isAt(table, at, key)) {
      at += SLOT_WORDS
      if (at === end) at = 0
    }
    const had = table[at + 5] as number
    table[at + 5] = had | (staged[from + 5] as number)
    if (had !== 0) return
    count += 1
    for (let i = 0; i < 5; i += 1) table[at + i] = key[i] as number
  }

  const stage = new Stage({ seed, bytes: memory.byteLength }, insert)
  return {
    add(address, classes) {
      assert(classes !== 0, 'an entry has a class')
      assert(left > 0, 'a book takes no more entries than it was made for')
      left -= 1
      stage.add(address, classes)
    },
    finish() {
      stage.finish()
      words[AT.count] = count
      return openScreeningBook(memory)
    },
  }
}

/**
 * The book that is in force. A reader takes it once per block, so that one block is judged by one
 * book; a newer one is put in its place in one step.
 */
export interface BookShelf {
  current(): ScreeningBook
  replace(book: ScreeningBook): void
}

export function bookShelf(first: ScreeningBook): BookShelf {
  let book = first
  return {
    current: () => book,
    replace(next) {
      book = next
    },
  }
}

/** A book that knows nobody: before the first one is compiled. */
export function emptyScreeningBook(): ScreeningBook {
  return screeningBookBuilder({ capacity: 0, seed: [0, 0] }).finish()
}
