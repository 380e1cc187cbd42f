import { distinctTokens, isParticle, nameTokens, skeletonOf } from '../../model/name.ts'
import type { NameEntry, NameProp } from '../port.ts'
import { GramIndex, type LikeWord } from './gram-index.ts'

/**
 * Candidates for a name: which listed names share words, or words like them, with the asked one.
 * It finds, it does not judge; `score/name` judges what is found. Names are only ever added: one
 * that a source took back is left out by the statement's interval.
 */

/** Similar words considered for one asked word. */
const SIMILAR_MAX = 40
/** Names taken for a word: more carry no information, and "bank" would cost every asker. */
const POSTINGS_MAX = 4_000
/** Words of the asked name that are looked up. */
const QUERY_TOKENS_MAX = 8
/** Shorter words are compared by pairs of letters, longer ones by threes: less to count. */
const PAIRS_CHARS_MAX = 5
const PAIRS_FLOOR = 0.45
/** One wrong letter in the middle of five leaves two of five runs. */
const THREES_CHARS_MIN = 4
const THREES_FLOOR = 0.38

export class NameBook {
  readonly #sids: number[] = []
  readonly #props: NameProp[] = []
  readonly #texts: string[] = []
  readonly #tokenIds = new Map<string, number>()
  readonly #tokens: string[] = []
  readonly #postings: number[][] = []
  readonly #pairs = new GramIndex(2, PAIRS_FLOOR)
  readonly #threes = new GramIndex(3, THREES_FLOOR)
  readonly #skeletons = new Map<string, number[]>()

  get size(): number {
    return this.#sids.length
  }

  /** Ordinal of the newest name; the next load begins after it. */
  get lastSid(): number {
    return this.#sids.at(-1) ?? 0
  }

  add(row: NameEntry): void {
    const nid = this.#sids.length
    this.#sids.push(row.sid)
    this.#props.push(row.prop)
    this.#texts.push(row.text)
    const tokens = distinctTokens(nameTokens(row.text))
    const words = new Set(tokens)
    // "coin base" is found as "coinbase".
    if (tokens.length > 1 && tokens.length <= 4) words.add(tokens.join(''))
    for (const word of words) this.#postings[this.#idOf(word)]?.push(nid)
  }

  /** Names that may be the asked one, the likeliest first. `folded` is a `foldName`. */
  candidates(folded: string, limit: number): NameEntry[] {
    const tokens = distinctTokens(nameTokens(folded))
    const asked = [...tokens]
    if (tokens.length > 1 && tokens.length <= 4) asked.push(tokens.join(''))
    const weights = new Map<number, number>()
    const strong = asked.filter((token) => !isParticle(token))
    for (const token of (strong.length > 0 ? strong : asked).slice(0, QUERY_TOKENS_MAX)) {
      this.#collect(token, weights)
    }
    return [...weights]
      .map(([nid, weight]) => ({ nid, weight: weight / Math.sqrt(2 + this.#lengthOf(nid)) }))
      .sort((a, b) => b.weight - a.weight || a.nid - b.nid)
      .slice(0, limit)
      .map(({ nid }) => this.#entry(nid))
  }

  #entry(nid: number): NameEntry {
    return {
      sid: this.#sids[nid] as number,
      prop: this.#props[nid] as NameProp,
      text: this.#texts[nid] as string,
    }
  }

  #lengthOf(nid: number): number {
    return (this.#texts[nid] as string).length / 6
  }

  #collect(token: string, weights: Map<number, number>): void {
    const best = new Map<number, number>()
    for (const { id, likeness } of this.#similar(token)) {
      const postings = this.#postings[id] as number[]
      const rarity = Math.log(1 + this.size / postings.length)
      const count = Math.min(postings.length, POSTINGS_MAX)
      for (let i = 0; i < count; i++) {
        const nid = postings[i] as number
        const weight = likeness * rarity
        if (weight > (best.get(nid) ?? 0)) best.set(nid, weight)
      }
    }
    for (const [nid, weight] of best) weights.set(nid, (weights.get(nid) ?? 0) + weight)
  }

  /** Words like the asked one: itself, those with its consonants, those with its letter pairs. */
  #similar(token: string): { id: number; likeness: number }[] {
    const found = new Map<number, number>()
    const own = this.#tokenIds.get(token)
    if (own !== undefined) found.set(own, 1)
    for (const id of this.#skeletons.get(skeletonOf(token)) ?? []) {
      if (!found.has(id)) found.set(id, 0.8)
      if (found.size >= SIMILAR_MAX) break
    }
    for (const { id, likeness } of this.#byGrams(token)) {
      if (likeness > (found.get(id) ?? 0)) found.set(id, likeness)
    }
    return [...found].map(([id, likeness]) => ({ id, likeness }))
  }

  #byGrams(token: string): readonly LikeWord[] {
    const grams = token.length < PAIRS_CHARS_MAX ? this.#pairs : this.#threes
    return grams.like(token, SIMILAR_MAX)
  }

  #idOf(token: string): number {
    const known = this.#tokenIds.get(token)
    if (known !== undefined) return known
    const id = this.#tokens.length
    this.#tokenIds.set(token, id)
    this.#tokens.push(token)
    this.#postings.push([])
    if (token.length <= PAIRS_CHARS_MAX) this.#pairs.add(id, token)
    if (token.length >= THREES_CHARS_MIN) this.#threes.add(id, token)
    const skeleton = skeletonOf(token)
    if (skeleton.length >= 2) append(this.#skeletons, skeleton, id)
    return id
  }
}

function append<K>(map: Map<K, number[]>, key: K, value: number): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
