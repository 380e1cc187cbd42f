import { enlarged32 } from './postings.ts'

/**
 * What each name has gained in one look-up. The arrays are kept from one look-up to the next and
 * only what was touched is cleared, so a look-up costs what it reads.
 */

const BINS = 512

export class Tally {
  #gains = new Float32Array(0)
  /** The slot that a name gained from last: a slot gives once, its likeliest word first. */
  #marks = new Uint8Array(0)
  #touched = new Uint32Array(4_096)
  #size = 0
  #places = new Uint16Array(4_096)
  readonly #kept = new Set<number>()

  get size(): number {
    return this.#size
  }

  begin(names: number): void {
    for (let i = 0; i < this.#size; i++) {
      const nid = this.#touched[i] as number
      this.#gains[nid] = 0
      this.#marks[nid] = 0
    }
    this.#size = 0
    this.#kept.clear()
    if (names > this.#gains.length) {
      const length = Math.ceil(names * 1.25) + 1_024
      this.#gains = new Float32Array(length)
      this.#marks = new Uint8Array(length)
    }
  }

  /** `mark` is a number from 1 that is the slot's own; the likeliest words come first. */
  addAll(nids: Uint32Array, count: number, gain: number, mark: number): void {
    const gains = this.#gains
    const marks = this.#marks
    while (this.#size + count > this.#touched.length) {
      this.#touched = enlarged32(this.#touched, this.#touched.length * 2)
    }
    const touched = this.#touched
    let size = this.#size
    for (let i = 0; i < count; i++) {
      const nid = nids[i] as number
      const last = marks[nid] as number
      if (last === mark) continue
      if (last === 0) {
        touched[size] = nid
        size += 1
      }
      marks[nid] = mark
      gains[nid] = (gains[nid] as number) + gain
    }
    this.#size = size
  }

  /** Like `addAll` for names that have gained before: others are left alone. */
  addKnown(nids: Uint32Array, count: number, gain: number, mark: number): void {
    const gains = this.#gains
    const marks = this.#marks
    for (let i = 0; i < count; i++) {
      const nid = nids[i] as number
      const last = marks[nid] as number
      if (last === 0 || last === mark) continue
      marks[nid] = mark
      gains[nid] = (gains[nid] as number) + gain
    }
  }

  /** Names that belong to the answer whatever they gained. */
  keepAll(nids: Uint32Array, count: number): void {
    for (let i = 0; i < count; i++) this.#kept.add(nids[i] as number)
  }

  isKept(nid: number): boolean {
    return this.#kept.has(nid)
  }

  /**
   * The names that gained most, about `most` of either kind, and those to keep. No name gained more
   * than `gainMax`.
   */
  best(most: number, gainMax: number, isOfKind: (nid: number) => boolean): number[] {
    const size = this.#size
    const scale = gainMax === 0 ? 0 : (BINS - 1) / gainMax
    if (this.#places.length < size) this.#places = new Uint16Array(this.#touched.length)
    const places = this.#places
    const held = new Uint32Array(2 * BINS)
    for (let i = 0; i < size; i++) {
      const nid = this.#touched[i] as number
      const bin = Math.min(BINS - 1, ((this.#gains[nid] as number) * scale) | 0)
      const place = isOfKind(nid) ? BINS + bin : bin
      places[i] = place
      held[place] = (held[place] as number) + 1
    }
    const best = new Set(this.#kept)
    const floors = [floorOf(held.subarray(0, BINS), most), floorOf(held.subarray(BINS), most)]
    const lefts = [most, most]
    for (let i = 0; i < size; i++) {
      const place = places[i] as number
      const kind = place >= BINS ? 1 : 0
      const over = place - kind * BINS - (floors[kind] as number)
      if (over < 0) continue
      // Of a bin that is only partly wanted the first come are taken.
      if (over === 0 && (lefts[kind] as number) <= 0) continue
      if (over === 0) lefts[kind] = (lefts[kind] as number) - 1
      best.add(this.#touched[i] as number)
    }
    return [...best]
  }
}

/** The lowest bin that still fits `most`. */
function floorOf(bins: Uint32Array, most: number): number {
  let held = 0
  for (let bin = BINS - 1; bin > 0; bin--) {
    held += bins[bin] as number
    if (held >= most) return bin
  }
  return 0
}
