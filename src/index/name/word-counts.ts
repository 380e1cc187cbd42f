import { enlarged32, hash32 } from './postings.ts'

/** Bits that remember texts: at a million names one of sixteen new texts is taken for a known one. */
const SEEN_BITS = 1 << 24
const SEED_TEXT = 21

/**
 * How many distinct names hold a word. Lists repeat a name in every act that mentions it, so the
 * same text counts once: how often it is said does not make a word common.
 */
export class WordCounts {
  readonly #seen = new Uint32Array(SEEN_BITS >>> 5)
  #counts = new Uint32Array(1_024)
  #names = 0

  /** Distinct texts, about. */
  get names(): number {
    return this.#names
  }

  of(id: number): number {
    return this.#counts[id] ?? 0
  }

  /** `ids` are the words of `text`; a word that stands twice counts once. */
  add(text: string, ids: readonly number[]): void {
    const bit = hash32(text, SEED_TEXT) % SEEN_BITS
    const mask = 1 << (bit & 31)
    const known = this.#seen[bit >>> 5] as number
    if ((known & mask) !== 0) return
    this.#seen[bit >>> 5] = known | mask
    this.#names += 1
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number
      if (ids.indexOf(id) !== i) continue
      if (id >= this.#counts.length) {
        this.#counts = enlarged32(this.#counts, Math.max(id + 1, this.#counts.length * 2))
      }
      this.#counts[id] = (this.#counts[id] as number) + 1
    }
  }
}
