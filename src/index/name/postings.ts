/**
 * Many lists of numbers that only grow, in a handful of typed arrays: a list of one number costs
 * nothing besides its head, a longer one lives in slices of 2, 4, 8 … numbers that point to the
 * next. Nothing is ever moved or compacted, so that names can be added while others are looked up.
 */

/** The largest slice: long enough to read by blocks, short enough to waste little. */
const SLICE_MAX = 1_024
const SLICE_FIRST = 2
/** The pool of a million names needs some ten million numbers; it grows by halves. */
const POOL_FIRST = 4_096

export class Postings {
  #pool = new Uint32Array(POOL_FIRST)
  #used = 0
  /** The number itself while there is one, then where the first slice begins. */
  #heads: Uint32Array
  #counts: Uint32Array
  /** Where the next number goes, and how many places the slice has left. */
  #tails: Uint32Array
  #rooms: Uint16Array

  /** `lists` is how many lists there are at first; `grow` makes room for more. */
  constructor(lists: number) {
    this.#heads = new Uint32Array(lists)
    this.#counts = new Uint32Array(lists)
    this.#tails = new Uint32Array(lists)
    this.#rooms = new Uint16Array(lists)
  }

  /** Makes room for the list numbered `list`. */
  grow(list: number): void {
    if (list < this.#heads.length) return
    const length = Math.max(list + 1, this.#heads.length * 2)
    this.#heads = enlarged32(this.#heads, length)
    this.#counts = enlarged32(this.#counts, length)
    this.#tails = enlarged32(this.#tails, length)
    const rooms = new Uint16Array(length)
    rooms.set(this.#rooms)
    this.#rooms = rooms
  }

  count(list: number): number {
    return this.#counts[list] as number
  }

  add(list: number, value: number): void {
    const count = this.#counts[list] as number
    this.#counts[list] = count + 1
    if (count === 0) {
      this.#heads[list] = value
      return
    }
    if (count === 1) {
      const start = this.#slice(SLICE_FIRST)
      this.#pool[start] = this.#heads[list] as number
      this.#pool[start + 1] = value
      this.#heads[list] = start
      this.#tails[list] = start + 2
      this.#rooms[list] = 0
      return
    }
    if (this.#rooms[list] === 0) this.#extend(list)
    const at = this.#tails[list] as number
    this.#pool[at] = value
    this.#tails[list] = at + 1
    this.#rooms[list] = (this.#rooms[list] as number) - 1
  }

  /** The numbers of a list in the order they were added, at most `target.length`; how many. */
  read(list: number, target: Uint32Array): number {
    const count = Math.min(this.#counts[list] as number, target.length)
    if ((this.#counts[list] as number) === 1) {
      if (count === 1) target[0] = this.#heads[list] as number
      return count
    }
    const pool = this.#pool
    let at = this.#heads[list] as number
    let size = SLICE_FIRST
    let done = 0
    while (done < count) {
      const length = Math.min(size, count - done)
      for (let i = 0; i < length; i++) target[done + i] = pool[at + i] as number
      done += length
      at = pool[at + size] as number
      size = Math.min(size * 2, SLICE_MAX)
    }
    return count
  }

  /** A new slice behind the full one, whose last place points to it. */
  #extend(list: number): void {
    const count = (this.#counts[list] as number) - 1
    const size = sizeAfter(count)
    const start = this.#slice(size)
    this.#pool[this.#tails[list] as number] = start
    this.#tails[list] = start
    this.#rooms[list] = size
  }

  /** Places for `size` numbers and the pointer to the next slice. */
  #slice(size: number): number {
    const start = this.#used
    this.#used = start + size + 1
    if (this.#used > this.#pool.length) {
      this.#pool = enlarged32(this.#pool, Math.ceil(this.#used * 1.5))
    }
    return start
  }
}

/** The size of the slice that follows `count` numbers, all slices before it being full. */
function sizeAfter(count: number): number {
  let size = SLICE_FIRST
  let held = SLICE_FIRST
  while (held < count) {
    size = Math.min(size * 2, SLICE_MAX)
    held += size
  }
  return Math.min(size * 2, SLICE_MAX)
}

export function enlarged32(old: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(old)
  return larger
}

/** FNV-1a over UTF-16 units, mixed once more so that its low bits may be used as they are. */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
