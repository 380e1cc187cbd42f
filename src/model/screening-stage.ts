import { HASH, hashWords, keyWords, NIBBLE } from './screening-key.ts'

/** Texts that are read at once. */
const TEXTS = 256
const EVM_CHARS = 42
/** A part of the table that stays in the cache of a core while its entries are written. */
const PART_BYTES = 2 ** 19
const PARTS_MAX = 256
/** Entries of a part that wait for each other: 50 MB at most for all parts of a large book. */
const WAITING_MAX = 8_192
/** The key and the classes. */
const STAGED_WORDS = 6

/**
 * Entries on their way into the table. Texts are read many at a time, because a call for each costs
 * more than its digits; and entries wait until many of one part of the table have come, because
 * each would otherwise wait for memory of its own. Both together halve the time of a book.
 */
export class Stage {
  readonly #seed: readonly [number, number]
  readonly #insert: (key: Uint32Array, from: number) => void
  readonly #texts: string[] = []
  readonly #classes: number[] = []
  /** With room for what is longer than it should be, so that it is noticed. */
  readonly #bytes = Buffer.alloc(TEXTS * EVM_CHARS + 4)
  readonly #key = new Uint32Array(5)
  /** Entries of each part; memory is taken as they come. */
  readonly #parts: Uint32Array[]
  readonly #used: Uint32Array
  readonly #shift: number

  constructor(
    book: { readonly seed: readonly [number, number]; readonly bytes: number },
    insert: (key: Uint32Array, from: number) => void,
  ) {
    this.#seed = book.seed
    this.#insert = insert
    const bits = Math.ceil(Math.log2(Math.max(2, book.bytes / PART_BYTES)))
    const count = Math.min(PARTS_MAX, 2 ** bits)
    this.#shift = 32 - Math.log2(count)
    this.#parts = Array.from({ length: count }, () => new Uint32Array(STAGED_WORDS * 16))
    this.#used = new Uint32Array(count)
  }

  add(address: string, classes: number): void {
    if (address.length !== EVM_CHARS) {
      keyWords(address, this.#key)
      this.#put(classes)
      return
    }
    this.#texts.push(address)
    this.#classes.push(classes)
    if (this.#texts.length === TEXTS) this.#read()
  }

  finish(): void {
    this.#read()
    for (let part = 0; part < this.#parts.length; part += 1) this.#flush(part)
  }

  #read(): void {
    const texts = this.#texts
    const bytes = this.#bytes
    // What is no ASCII is longer in bytes: then each text is read alone.
    const isPlain = bytes.write(texts.join('')) === texts.length * EVM_CHARS
    for (let i = 0; i < texts.length; i += 1) {
      if (!isPlain || !this.#digits(i * EVM_CHARS)) keyWords(texts[i] as string, this.#key)
      this.#put(this.#classes[i] as number)
    }
    texts.length = 0
    this.#classes.length = 0
  }

  /** `0x` and forty digits at a place of the bytes as a key; false where they are none. */
  #digits(start: number): boolean {
    const [bytes, key] = [this.#bytes, this.#key]
    if (bytes[start] !== 0x30 || bytes[start + 1] !== 0x78) return false
    let bad = 0
    let at = start + 2
    for (let i = 0; i < 5; i += 1) {
      let word = 0
      for (const end = at + 8; at < end; at += 1) {
        const nibble = NIBBLE[bytes[at] as number] as number
        bad |= nibble
        word = (word << 4) | nibble
      }
      key[i] = word
    }
    return bad < 16
  }

  #put(classes: number): void {
    const key = this.#key
    hashWords(this.#seed[0], this.#seed[1], key)
    const part = (HASH[0] as number) >>> this.#shift
    const at = this.#used[part] as number
    let staged = this.#parts[part] as Uint32Array
    if (at === staged.length) staged = this.#larger(part, staged)
    for (let i = 0; i < 5; i += 1) staged[at + i] = key[i] as number
    staged[at + 5] = classes
    this.#used[part] = at + STAGED_WORDS
    if (at + STAGED_WORDS === WAITING_MAX * STAGED_WORDS) this.#flush(part)
  }

  #larger(part: number, staged: Uint32Array): Uint32Array {
    const larger = new Uint32Array(2 * staged.length)
    larger.set(staged)
    this.#parts[part] = larger
    return larger
  }

  /** The upper bits of the first hash choose the slot, so that a part is one stretch of slots. */
  #flush(part: number): void {
    const staged = this.#parts[part] as Uint32Array
    const end = this.#used[part] as number
    for (let from = 0; from < end; from += STAGED_WORDS) this.#insert(staged, from)
    this.#used[part] = 0
  }
}
