import { variantsOf } from '../../model/name-variants.ts'
import { eastKey, skeletonOf } from '../../model/phonetic.ts'
import {
  asLetters,
  isNumber,
  SAME_VARIANT,
  spellingLikeness,
  wordLikeness,
} from '../../model/word-likeness.ts'
import { hash32, Postings } from './postings.ts'

/** A word of the dictionary and how like the asked word it is. */
export interface LikeWord {
  readonly id: number
  readonly likeness: number
}

/** Lists of keys of sound and of keys with one letter left out; a collision costs one comparison. */
const KEY_LISTS = 1 << 20
/** Words up to this length are found by leaving out one letter, longer ones by runs of three. */
const DELETE_CHARS_MAX = 7
const GRAM_CHARS_MIN = 6
/** Runs are kept apart by the length of the word: a slip changes it by a few letters at most. */
const LENGTHS = 16
const GRAM_LENGTH_MAX = GRAM_CHARS_MIN + LENGTHS - 1
const LETTERS = 37
/** Words whose likeness is computed for one asked word, and words given. */
const COMPARED_MAX = 96
const KEY_COMPARED_MAX = 160
const GIVEN_MAX = 48
/** An asked word is alike from here on: below, two words share their beginning at most. */
const LIKENESS_FLOOR = 0.72
/** One wrong letter of six leaves three of six runs, two of twelve leave six. */
const DICE_FLOOR = 0.39
/** Answers about words that are kept: some ten megabytes at most. */
const KNOWN_MAX = 4_096
/** Longest word that is broken into others. */
const BREAK_CHARS_MAX = 48
const SEED_SOUND = 1
const SEED_EAST = 2
const SEED_DELETE = 3

/** Every distinct word of the names, and the words like an asked one. */
export class WordIndex {
  readonly #ids = new Map<string, number>()
  readonly #words: string[] = []
  readonly #keys = new Postings(KEY_LISTS)
  readonly #grams = new Postings(LETTERS ** 3 * LENGTHS)
  /** Scratch of one look-up: shared runs by word, and the words touched. */
  #shared = new Uint8Array(1_024)
  #touched = new Uint32Array(1_024)
  #lengths = new Uint8Array(1_024)
  #scratch = new Uint32Array(65_536)
  /** Answers about words, while no word is added. */
  readonly #known = new Map<string, readonly LikeWord[]>()
  #knownSize = 0

  get size(): number {
    return this.#words.length
  }

  word(id: number): string {
    return this.#words[id] as string
  }

  /** The number of a word, known or not. */
  idOf(word: string): number {
    const known = this.#ids.get(word)
    return known === undefined ? this.#add(word) : known
  }

  find(word: string): number | undefined {
    return this.#ids.get(word)
  }

  /** The likeliest first; the word itself among them where the dictionary has it. */
  like(word: string): readonly LikeWord[] {
    // Questions repeat words: given names, words of the trade. A new word may be like any.
    if (this.#knownSize !== this.#words.length || this.#known.size >= KNOWN_MAX) {
      this.#known.clear()
      this.#knownSize = this.#words.length
    }
    let like = this.#known.get(word)
    if (like === undefined) {
      like = this.#like(word)
      this.#known.set(word, like)
    }
    return like
  }

  #like(word: string): LikeWord[] {
    const found = new Map<number, number>()
    const own = this.#ids.get(word)
    if (own !== undefined) found.set(own, 1)
    const compareWith = (like: (a: string, b: string) => number) => (id: number) => {
      if (found.has(id)) return
      const likeness = like(word, this.#words[id] as string)
      found.set(id, likeness >= LIKENESS_FLOOR ? likeness : 0)
    }
    for (const variant of variantsOf(word)) {
      const id = this.#ids.get(variant)
      if (id !== undefined && !found.has(id)) found.set(id, SAME_VARIANT)
    }
    const bySound = compareWith(wordLikeness)
    if (!isNumber(word)) for (const hash of soundHashes(word)) this.#underKey(hash, bySound)
    // Words of one sound have been found by now: what is left differs by slips.
    const compare = compareWith(spellingLikeness)
    const letters = asLetters(word) ?? word
    if (letters.length <= DELETE_CHARS_MAX + 1) {
      for (const hash of deleteHashes(letters)) this.#underKey(hash, compare)
    }
    if (letters.length >= GRAM_CHARS_MIN - 1) this.#byRuns(letters, compare)
    return [...found]
      .filter(([, likeness]) => likeness > 0)
      .map(([id, likeness]) => ({ id, likeness }))
      .sort((a, b) => b.likeness - a.likeness || a.id - b.id)
      .slice(0, GIVEN_MAX)
  }

  /** The fewest known words that a joined one is made of; undefined where it is none. */
  broken(word: string): string[] | undefined {
    const length = word.length
    if (length < 5 || length > BREAK_CHARS_MAX) return undefined
    const cost = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY)
    const from = new Int32Array(length + 1)
    cost[0] = 0
    for (let start = 0; start < length - 1; start++) {
      const before = cost[start] as number
      if (before === Number.POSITIVE_INFINITY) continue
      for (let end = start + 2; end <= Math.min(length, start + 24); end++) {
        if (end - start === length || !this.#ids.has(word.slice(start, end))) continue
        // Short pieces are found everywhere, so each costs more than a long one.
        const price = before + 1 + 1 / (end - start)
        if (price < (cost[end] as number)) {
          cost[end] = price
          from[end] = start
        }
      }
    }
    if (cost[length] === Number.POSITIVE_INFINITY) return this.#aroundSlip(word)
    const pieces: string[] = []
    for (let end = length; end > 0; end = from[end] as number) {
      pieces.unshift(word.slice(from[end] as number, end))
    }
    return pieces
  }

  /** Two known words with a wrong letter in the place of the space between them. */
  #aroundSlip(word: string): string[] | undefined {
    for (let at = 3; at < word.length - 3; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at + 1)]
      if (this.#ids.has(left) && this.#ids.has(right)) return [left, right]
    }
    return undefined
  }

  #underKey(hash: number, compare: (id: number) => void): void {
    const list = hash % KEY_LISTS
    const count = this.#keys.read(list, this.#scratch)
    for (let i = 0; i < Math.min(count, KEY_COMPARED_MAX); i++) {
      compare(this.#scratch[i] as number)
    }
  }

  #byRuns(word: string, compare: (id: number) => void): void {
    const runs = runsOf(word)
    const reach = word.length < 8 ? 1 : word.length < 12 ? 2 : 3
    const shortest = Math.max(GRAM_CHARS_MIN, word.length - reach)
    const first = lengthBand(shortest)
    const last = lengthBand(word.length + reach)
    const least = leastShared(runs.length, shortest)
    // Who shares `least` of the runs has one of any `runs - least + 1`: the rarest are read first.
    const ordered = runs
      .map((run) => ({ run, cost: this.#costOf(run, first, last) }))
      .sort((a, b) => a.cost - b.cost)
    let touched = 0
    for (const [at, { run }] of ordered.entries()) {
      const isOpen = at <= runs.length - least
      for (let band = first; band <= last; band++) {
        touched = this.#touch(run * LENGTHS + band, touched, isOpen)
      }
    }
    for (const id of this.#likeliest(touched, runs.length, least)) compare(id)
  }

  #costOf(run: number, first: number, last: number): number {
    let cost = 0
    for (let band = first; band <= last; band++) cost += this.#grams.count(run * LENGTHS + band)
    return cost
  }

  /** Counts a run for its words, where the list is open also for words not touched before. */
  #touch(list: number, before: number, isOpen: boolean): number {
    const count = this.#grams.count(list)
    if (count === 0) return before
    if (count > this.#scratch.length) this.#scratch = new Uint32Array(count * 2)
    const ids = this.#scratch
    const shared = this.#shared
    this.#grams.read(list, ids)
    let touched = before
    for (let i = 0; i < count; i++) {
      const id = ids[i] as number
      const known = shared[id] as number
      if (known > 0) {
        shared[id] = known + 1
      } else if (isOpen) {
        shared[id] = 1
        this.#touched[touched] = id
        touched += 1
      }
    }
    return touched
  }

  /** The touched words with the highest share of common runs; clears the scratch. */
  #likeliest(touched: number, runs: number, least: number): number[] {
    const bins: number[][] = []
    for (let i = 0; i < touched; i++) {
      const id = this.#touched[i] as number
      const shared = this.#shared[id] as number
      this.#shared[id] = 0
      if (shared < least) continue
      const dice = (2 * shared) / (runs + (this.#lengths[id] as number))
      if (dice < DICE_FLOOR) continue
      const bin = Math.min(100, Math.floor(dice * 100))
      const list = bins[bin]
      if (list === undefined) bins[bin] = [id]
      else list.push(id)
    }
    const best: number[] = []
    for (let bin = 100; bin >= 0 && best.length < COMPARED_MAX; bin--) {
      for (const id of bins[bin] ?? []) best.push(id)
    }
    return best.slice(0, COMPARED_MAX)
  }

  #add(word: string): number {
    const id = this.#words.length
    this.#ids.set(word, id)
    this.#words.push(word)
    if (id >= this.#shared.length) {
      this.#shared = new Uint8Array(this.#shared.length * 2)
      this.#touched = new Uint32Array(this.#touched.length * 2)
      const lengths = new Uint8Array(this.#lengths.length * 2)
      lengths.set(this.#lengths)
      this.#lengths = lengths
    }
    this.#lengths[id] = Math.min(255, word.length)
    if (isNumber(word) && asLetters(word) === undefined) return id
    const letters = asLetters(word) ?? word
    for (const hash of soundHashes(letters)) this.#keys.add(hash % KEY_LISTS, id)
    if (letters.length <= DELETE_CHARS_MAX) {
      for (const hash of deleteHashes(letters)) this.#keys.add(hash % KEY_LISTS, id)
    }
    if (letters.length >= GRAM_CHARS_MIN) {
      const band = lengthBand(letters.length)
      for (const run of runsOf(letters)) this.#grams.add(run * LENGTHS + band, id)
    }
    return id
  }
}

/** Runs that a word of at least `shortest` letters must share. */
function leastShared(runs: number, shortest: number): number {
  return Math.max(2, Math.ceil((DICE_FLOOR * (runs + shortest)) / 2))
}

function lengthBand(length: number): number {
  return Math.min(length, GRAM_LENGTH_MAX) - GRAM_CHARS_MIN
}

function soundHashes(word: string): number[] {
  if (word.length < 2) return []
  const hashes: number[] = []
  const skeleton = skeletonOf(word)
  if (skeleton.length >= 2) hashes.push(hash32(skeleton, SEED_SOUND))
  const east = eastKey(word)
  if (east !== undefined) hashes.push(hash32(east, SEED_EAST))
  return hashes
}

/** The word and each word with one letter left out: two words one slip apart share one of them. */
function deleteHashes(word: string): number[] {
  if (word.length < 2) return []
  const hashes = [hash32(word, SEED_DELETE)]
  for (let i = 0; i < word.length; i++) {
    if (i > 0 && word[i] === word[i - 1]) continue
    hashes.push(hash32(word.slice(0, i) + word.slice(i + 1), SEED_DELETE))
  }
  return hashes
}

const RUNS_MAX = 64

/** Runs of three letters with both ends marked, as numbers; letters and digits only. */
function runsOf(word: string): number[] {
  const runs: number[] = []
  const length = Math.min(word.length, RUNS_MAX)
  let run = letterOf(word, 0)
  for (let i = 1; i <= length; i++) {
    run = (run * LETTERS + (i === length ? 0 : letterOf(word, i))) % LETTERS ** 3
    if (!runs.includes(run)) runs.push(run)
  }
  return runs
}

/** `a` to `z` are 1 to 26, digits 27 to 36; 0 marks an end. */
function letterOf(word: string, at: number): number {
  const code = word.charCodeAt(at)
  if (code >= 97 && code <= 122) return code - 96
  return code >= 48 && code <= 57 ? code - 21 : 0
}
