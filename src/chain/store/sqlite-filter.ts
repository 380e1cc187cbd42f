import { assert } from '../../base/assert.ts'

/** Keys of one part of the filter; the next ones begin a part of their own. */
const PART_KEYS = 2 ** 20
/** Words of a part: 16 bits a key, so that one stranger in a thousand is taken for known. */
const PART_WORDS = PART_KEYS / 2
/** More parts would cost more to look through than a question to SQLite. */
const PARTS_MAX = 32

/**
 * Which 48-bit keys were surely never added: of those nobody has to ask SQLite. A Bloom filter of
 * four bits in one word; keys are of a hash, so their own bits choose the place. A key that was
 * added in a change that was taken back stays, and costs a question.
 */
export class KeyFilter {
  readonly #parts: Uint32Array[] = []
  #count = PART_KEYS

  add(key: number): void {
    assert(key >= 0 && key < 2 ** 48, 'a key has 48 bits')
    if (this.isFull) return
    if (this.#count === PART_KEYS) {
      this.#parts.push(new Uint32Array(PART_WORDS))
      this.#count = 0
    }
    this.#count += 1
    const part = this.#parts.at(-1) as Uint32Array
    const at = placeOf(key)
    part[at] = (part[at] as number) | maskOf(key)
  }

  /** More keys than it takes: it says of none that it is new. */
  get isFull(): boolean {
    return this.#parts.length === PARTS_MAX && this.#count === PART_KEYS
  }

  isNew(key: number): boolean {
    if (this.isFull) return false
    const at = placeOf(key)
    const mask = maskOf(key)
    for (const part of this.#parts) if (((part[at] as number) & mask) === mask) return false
    return true
  }
}

/** The upper 19 bits choose a word, four times five of the others its bits. */
const placeOf = (key: number) => Math.floor(key / 2 ** 29)

/** Signed, as the operators on bits give it. */
function maskOf(key: number): number {
  const low = key % 2 ** 29
  return (
    (1 << (low & 31)) |
    (1 << ((low >>> 5) & 31)) |
    (1 << ((low >>> 10) & 31)) |
    (1 << ((low >>> 15) & 31))
  )
}
