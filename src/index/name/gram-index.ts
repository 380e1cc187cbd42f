/** Words that share runs of letters with an asked one, by counting the runs in typed arrays. */
export interface LikeWord {
  readonly id: number
  /** Dice: twice the common runs over all runs of both, 0 to 1. */
  readonly likeness: number
}

export class GramIndex {
  readonly #size: 2 | 3
  readonly #floor: number
  readonly #postings = new Map<number, number[]>()
  readonly #counts: number[] = []
  #hits = new Uint8Array(1024)

  /** `size` letters a run; words below `floor` are not alike. */
  constructor(size: 2 | 3, floor: number) {
    this.#size = size
    this.#floor = floor
  }

  add(id: number, word: string): void {
    const grams = gramsOf(word, this.#size)
    this.#counts[id] = grams.length
    for (const gram of grams) {
      const list = this.#postings.get(gram)
      if (list === undefined) this.#postings.set(gram, [id])
      else list.push(id)
    }
  }

  /** The likeliest first, at most `limit`. */
  like(word: string, limit: number): LikeWord[] {
    const grams = gramsOf(word, this.#size)
    const touched: number[] = []
    if (this.#hits.length < this.#counts.length) {
      this.#hits = new Uint8Array(this.#counts.length * 2)
    }
    const hits = this.#hits
    for (const gram of grams) {
      const postings = this.#postings.get(gram)
      if (postings === undefined) continue
      for (const id of postings) {
        const count = hits[id] as number
        if (count === 0) touched.push(id)
        hits[id] = count + 1
      }
    }
    const found: LikeWord[] = []
    for (const id of touched) {
      const likeness = (2 * (hits[id] as number)) / (grams.length + (this.#counts[id] as number))
      hits[id] = 0
      if (likeness >= this.#floor) found.push({ id, likeness })
    }
    found.sort((a, b) => b.likeness - a.likeness || a.id - b.id)
    return found.length > limit ? found.slice(0, limit) : found
  }
}

/** Runs of neighbouring letters with the ends marked, each once; a word has at most 512 letters. */
function gramsOf(word: string, size: 2 | 3): number[] {
  const grams = new Set<number>()
  const mask = size === 2 ? 128 : 16_384
  let run = 0
  for (let i = 0; i <= word.length; i++) {
    const code = i === word.length ? 0 : word.charCodeAt(i) & 127
    run = (run % mask) * 128 + code
    if (size === 2 || i > 0) grams.add(run)
  }
  return [...grams]
}
