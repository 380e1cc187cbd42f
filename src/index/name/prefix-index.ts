import { assert } from '../../base/assert.ts'

/**
 * Names by the beginning of any of their words: what completes the box. Each word of a name is a
 * 64-bit number of its first six letters, the name and the place of the word; the numbers stand
 * sorted in segments, so that names may be added at any time and no sorting holds up an answer for
 * long. A million names take about 60 MB.
 */

/** Letters in a number: six bits each, above 24 bits of the name and 4 of the word's place. */
const KEY_CHARS = 6
const TAIL_BITS = 28
const NAMES_MAX = 1 << 24
/** Words of one name that it is found by. */
const WORDS_MAX = 16
/** Numbers in a segment: sorting it takes some twenty milliseconds. */
const SEGMENT = 1 << 17
/** A longer text is no beginning that somebody types. */
const PREFIX_CHARS_MAX = 64

/** How well known the bearer of a name is; more is asked for more often. */
export type Renown = 0 | 1 | 2 | 3

export interface Completion {
  readonly sid: number
  /** The folded name. */
  readonly text: string
  /** The name itself begins so, and not only one of its words. */
  readonly isStart: boolean
  readonly renown: Renown
}

interface Match {
  readonly nid: number
  readonly isStart: boolean
  readonly points: number
}

export class PrefixIndex {
  #bytes = new Uint8Array(1 << 16)
  #used = 0
  #starts = new Uint32Array(1 << 12)
  #sids = new Float64Array(1 << 12)
  #renown = new Uint8Array(1 << 12)
  #size = 0
  readonly #sorted: BigUint64Array[] = []
  #open = new BigUint64Array(1 << 10)
  #words = new Uint32Array(this.#open.buffer)
  #openUsed = 0
  #isOpenSorted = true

  get size(): number {
    return this.#size
  }

  /** `text` is a `foldName`: lower-case ASCII words with one space between. */
  add(sid: number, text: string, renown: Renown): void {
    assert(this.#size < NAMES_MAX, 'a prefix index holds up to 16 million names')
    const nid = this.#size
    this.#room(text.length)
    this.#starts[nid] = this.#used
    this.#sids[nid] = sid
    this.#renown[nid] = renown
    for (let i = 0; i < text.length; i++) this.#bytes[this.#used + i] = text.charCodeAt(i)
    this.#used += text.length
    this.#size += 1
    this.#starts[nid + 1] = this.#used
    let place = 0
    for (let i = 0; i < text.length && place < WORDS_MAX; place++) {
      this.#put(keyOf(text.slice(i, i + KEY_CHARS), 0), nid * WORDS_MAX + place)
      const space = text.indexOf(' ', i)
      i = space === -1 ? text.length : space + 1
    }
  }

  /**
   * Names with a word that begins so, the likeliest first: the name itself, names of the well known,
   * names that begin so, short names.
   */
  find(prefix: string, limit: number): Completion[] {
    const asked = prefix.slice(0, PREFIX_CHARS_MAX)
    if (asked === '' || limit < 1) return []
    const best: Match[] = []
    const seen = new Set<number>()
    for (const segment of this.#segments()) this.#scan(segment, asked, { best, seen, limit })
    return best.map(({ nid, isStart }) => ({
      sid: this.#sids[nid] as number,
      text: this.#text(nid),
      isStart,
      renown: this.#renown[nid] as Renown,
    }))
  }

  #scan(
    segment: BigUint64Array,
    asked: string,
    into: { best: Match[]; seen: Set<number>; limit: number },
  ): void {
    const head = asked.slice(0, KEY_CHARS)
    const { best, seen, limit } = into
    // Low words first: the order is that of a little-endian machine, as in the look-up book.
    const words = new Uint32Array(segment.buffer, segment.byteOffset, segment.length * 2)
    const end = lowerBound(segment, keyOf(head, 63) + 1)
    for (let i = lowerBound(segment, keyOf(head, 0)); i < end; i++) {
      const tail = (words[2 * i] as number) & (2 ** TAIL_BITS - 1)
      const nid = tail >>> 4
      const place = tail & (WORDS_MAX - 1)
      const points = this.#points(nid, place, asked.length)
      if (best.length === limit && points <= (best[limit - 1] as Match).points) continue
      if (asked.length > KEY_CHARS && !this.#begins(nid, place, asked)) continue
      // A name is counted by the word that stands for it best: that is not always the first met.
      if (seen.has(nid)) {
        const known = best.findIndex((match) => match.nid === nid)
        if ((best[known]?.points ?? 0) >= points) continue
        if (known >= 0) best.splice(known, 1)
      }
      seen.add(nid)
      put(best, { nid, isStart: place === 0, points }, limit)
    }
  }

  /** The name itself before all; then renown, then the beginning; the shorter of two equals. */
  #points(nid: number, place: number, asked: number): number {
    const length = (this.#starts[nid + 1] as number) - (this.#starts[nid] as number)
    const isWhole = place === 0 && length === asked
    const renown = this.#renown[nid] as number
    return Number(isWhole) * 1_000 + renown * 100 + Number(place === 0) * 150 - Math.min(99, length)
  }

  #begins(nid: number, place: number, asked: string): boolean {
    let at = this.#starts[nid] as number
    const end = this.#starts[nid + 1] as number
    for (let word = 0; word < place; at++) if (this.#bytes[at] === SPACE) word += 1
    if (end - at < asked.length) return false
    for (let i = KEY_CHARS; i < asked.length; i++) {
      if (this.#bytes[at + i] !== asked.charCodeAt(i)) return false
    }
    return true
  }

  #text(nid: number): string {
    const bytes = this.#bytes.subarray(this.#starts[nid], this.#starts[nid + 1])
    return String.fromCharCode(...bytes)
  }

  /** Full segments, then the open one, sorted when it is first read after an addition. */
  *#segments(): Iterable<BigUint64Array> {
    yield* this.#sorted
    const open = this.#open.subarray(0, this.#openUsed)
    if (!this.#isOpenSorted) open.sort()
    this.#isOpenSorted = true
    yield open
  }

  #put(key: number, tail: number): void {
    if (this.#openUsed === this.#open.length) {
      if (this.#openUsed === SEGMENT) {
        this.#sorted.push(this.#open.sort())
        this.#widen(new BigUint64Array(1 << 10))
        this.#openUsed = 0
      } else {
        const wider = new BigUint64Array(this.#open.length * 2)
        wider.set(this.#open)
        this.#widen(wider)
      }
    }
    this.#words[2 * this.#openUsed] = (key % 16) * 2 ** TAIL_BITS + tail
    this.#words[2 * this.#openUsed + 1] = Math.floor(key / 16)
    this.#openUsed += 1
    this.#isOpenSorted = false
  }

  #widen(open: BigUint64Array<ArrayBuffer>): void {
    this.#open = open
    this.#words = new Uint32Array(open.buffer)
  }

  #room(length: number): void {
    if (this.#used + length > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length))
      wider.set(this.#bytes)
      this.#bytes = wider
    }
    if (this.#size + 2 <= this.#starts.length) return
    const starts = new Uint32Array(this.#starts.length * 2)
    starts.set(this.#starts)
    this.#starts = starts
    const sids = new Float64Array(starts.length)
    sids.set(this.#sids)
    this.#sids = sids
    const renown = new Uint8Array(starts.length)
    renown.set(this.#renown)
    this.#renown = renown
  }
}

const SPACE = 32

/** The first letters in six bits each, in the order of the alphabet; `fill` for those not there. */
function keyOf(head: string, fill: number): number {
  let key = 0
  for (let i = 0; i < KEY_CHARS; i++) {
    key = key * 64 + (i < head.length ? codeOf(head.charCodeAt(i)) : fill)
  }
  return key
}

function codeOf(char: number): number {
  if (char >= 97 && char <= 122) return char - 97 + 12
  if (char >= 48 && char <= 57) return char - 48 + 2
  return char === SPACE ? 1 : 40
}

/** The first number that is not below the key. */
function lowerBound(sorted: BigUint64Array, key: number): number {
  const wanted = BigInt(key) << BigInt(TAIL_BITS)
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as bigint) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function put(best: Match[], match: Match, limit: number): void {
  let at = best.length
  while (at > 0 && (best[at - 1] as Match).points < match.points) at -= 1
  best.splice(at, 0, match)
  if (best.length > limit) best.pop()
}
