import { legalRange } from '../../model/legal-form.ts'
import { distinctTokens, nameTokens } from '../../model/name.ts'
import { variantsOf } from '../../model/name-variants.ts'
import { isSyllable } from '../../model/phonetic.ts'
import { SAME_INITIAL } from '../../model/word-likeness.ts'
import type { NameEntry } from '../port.ts'
import { NameTable } from './name-table.ts'
import { hash32, Postings } from './postings.ts'
import {
  QUESTION_WORDS_MAX,
  type Question,
  questionOf,
  rarity,
  type Slot,
  shareOf,
} from './question.ts'
import { Tally } from './tally.ts'
import { WordCounts } from './word-counts.ts'
import { WordIndex } from './word-index.ts'

/**
 * Candidates for a name: which listed names share words, or words like them, with the asked one.
 * It finds, it does not judge; `score/name` judges what is found. Names are only ever added: one
 * that a source took back is left out by the statement's interval. A million names take some
 * 200 MB, and a look-up reads the lists of a few words, never all names (docs/adr/0014).
 */

/** Lists of whole names and of acronyms. */
const WHOLE_LISTS = 1 << 20
const SEED_WHOLE = 11
const SEED_ACRONYM = 12
/** Numbers read from lists of words for one look-up: a name of common words must not cost more. */
const READ_MAX = 160_000
/** Names with the same letters that are taken. */
const WHOLE_MAX = 400
/** Names judged closely, of the adverse ones and of the others. */
const CLOSE_MAX = 200
/** What of the asked name must be unread for names without the words read so far to matter. */
const OPEN_SHARE = 0.6
const FEW_NAMES = 100
/** An unmatched word of the listed name speaks this much against it. */
const EXTRA_SHARE = 0.22
const ACRONYM_MIN = 3
const ACRONYM_MAX = 7
/** Each side is sure of this share of the answer. */
const QUOTA_SHARE = 0.4

/** The same letters come before whatever is only alike. */
const SAME_RANK = 2

interface Match {
  readonly slot: Slot
  readonly likeness: number
}

interface Ranked {
  readonly nid: number
  readonly rank: number
}

export class NameBook {
  readonly #table = new NameTable()
  readonly #words = new WordIndex()
  readonly #postings = new Postings(1_024)
  readonly #wholes = new Postings(WHOLE_LISTS)
  readonly #counts = new WordCounts()
  readonly #tally = new Tally()
  readonly #scratch = new Uint32Array(READ_MAX)
  /** `shareOf` of the words that were asked about. */
  readonly #shares: number[] = []
  readonly #got = new Float64Array(QUESTION_WORDS_MAX)

  get size(): number {
    return this.#table.size
  }

  /** Distinct names; about, where they are many. */
  get names(): number {
    return this.#counts.names
  }

  /** Distinct names that hold a word in one of its spellings. */
  holders(word: string): number {
    let holders = this.#holdersOf(word)
    for (const variant of variantsOf(word)) {
      if (variant !== word) holders += this.#holdersOf(variant)
    }
    return holders
  }

  #holdersOf(word: string): number {
    const id = this.#words.find(word)
    return id === undefined ? 0 : this.#counts.of(id)
  }

  /** Ordinal of the newest name; the next load begins after it. */
  get lastSid(): number {
    return this.#table.lastSid
  }

  add(row: NameEntry): void {
    const all = row.text === '' ? [] : row.text.split(' ')
    const { start, end } = legalRange(all)
    const ids = all.map((word) => this.#words.idOf(word))
    const nid = this.#table.add(row, ids, start, end - start)
    this.#counts.add(row.text, ids)
    const core = all.slice(start, end)
    const posted = new Set(ids.slice(start, end))
    // Syllables of Han and Hangul are found by pairs: `bei jing` as `beijing`.
    for (const pair of syllablePairs(core)) posted.add(this.#words.idOf(pair))
    for (const id of posted) {
      this.#postings.grow(id)
      this.#postings.add(id, nid)
    }
    this.#wholes.add(hash32(core.join(''), SEED_WHOLE) % WHOLE_LISTS, nid)
    const acronym = acronymOf(core)
    if (acronym !== undefined) this.#wholes.add(hash32(acronym, SEED_ACRONYM) % WHOLE_LISTS, nid)
  }

  /**
   * Names that may be the asked one, the likeliest first, at most `limit`. `folded` is a
   * `foldName`. Adverse names and others each have a share of the answer that the other kind
   * cannot take, so that a flood of one never hides the other.
   */
  candidates(folded: string, limit: number): NameEntry[] {
    if (this.#table.size === 0 || limit < 1) return []
    const core = distinctTokens(nameTokens(folded))
    if (core.length === 0) return []
    const counts = { of: (id: number) => this.#countOf(id), names: this.#table.size }
    const question = questionOf(folded, this.#words, counts)
    const close = this.#closest(question, core)
    const ranked = this.#rank(question, close, core.join(''))
    const wordOf = (id: number) => this.#words.word(id)
    return this.#withQuota(ranked, limit).map(({ nid }) => this.#table.entry(nid, wordOf))
  }

  #countOf(id: number): number {
    this.#postings.grow(id)
    return this.#postings.count(id)
  }

  /** Names under the likeliest words, and those with the same letters or initials. */
  #closest(question: Question, core: readonly string[]): number[] {
    const tally = this.#tally
    tally.begin(this.#table.size)
    const slots = [...question.slots].sort((a, b) => a.cost - b.cost)
    let budget = READ_MAX
    let unread = question.said
    for (const [at, slot] of slots.entries()) {
      // Names that have none of the words read so far can no longer be likely ones.
      const isOpen = unread >= question.said * OPEN_SHARE || tally.size < FEW_NAMES
      budget = this.#readSlot(slot, at + 1, budget, isOpen)
      unread -= slot.said
    }
    const joined = core.join('')
    this.#readWhole(hash32(joined, SEED_WHOLE))
    if (core.length === 1 && joined.length >= ACRONYM_MIN && joined.length <= ACRONYM_MAX) {
      this.#readWhole(hash32(joined, SEED_ACRONYM))
    }
    const acronym = acronymOf(core)
    if (acronym !== undefined) this.#readWhole(hash32(acronym, SEED_WHOLE))
    return tally.best(CLOSE_MAX, gainMax(slots), (nid) => this.#table.isAdverse(nid))
  }

  #readSlot(slot: Slot, mark: number, budget: number, isOpen: boolean): number {
    let left = budget
    for (const { id, likeness } of slot.words) {
      if (left <= 0) break
      const count = this.#postings.read(id, this.#scratch.subarray(0, left))
      left -= count
      const gain = slot.weight * likeness * likeness
      if (isOpen) this.#tally.addAll(this.#scratch, count, gain, mark)
      else this.#tally.addKnown(this.#scratch, count, gain, mark)
    }
    return left
  }

  #readWhole(hash: number): void {
    const count = this.#wholes.read(hash % WHOLE_LISTS, this.#scratch.subarray(0, WHOLE_MAX))
    this.#tally.keepAll(this.#scratch, count)
  }

  /** The share of both names that is matched, as the scorer will see it, only cheaper. */
  #rank(question: Question, close: readonly number[], joined: string): Ranked[] {
    const matches = new Map<number, Match[]>()
    for (const slot of question.slots) {
      for (const { id, likeness } of slot.words) {
        const list = matches.get(id)
        if (list === undefined) matches.set(id, [{ slot, likeness }])
        else list.push({ slot, likeness })
      }
    }
    const ranked = close.map((nid) => {
      const isSame = this.#tally.isKept(nid) && this.#lettersOf(nid) === joined
      return { nid, rank: isSame ? SAME_RANK : this.#rankOf(nid, question, matches) }
    })
    return ranked.sort((a, b) => b.rank - a.rank || a.nid - b.nid)
  }

  #rankOf(
    nid: number,
    { weights, initials, total }: Question,
    matches: ReadonlyMap<number, readonly Match[]>,
  ): number {
    const got = this.#got.fill(0)
    const count = this.#table.coreCount(nid)
    let extra = 0
    for (let i = 0; i < count; i++) {
      const id = this.#table.coreWord(nid, i)
      const found = matches.get(id)
      if (found !== undefined) {
        credit(got, found)
        continue
      }
      const initial =
        initials.length === 0 ? undefined : initialOf(this.#words.word(id), initials, got)
      if (initial !== undefined) got[initial] = SAME_INITIAL
      else extra += this.#rarityOf(id)
    }
    let sum = 0
    for (let at = 0; at < weights.length; at++) {
      sum += (weights[at] as number) * Math.min(1, got[at] as number)
    }
    return sum / (total + EXTRA_SHARE * extra)
  }

  #lettersOf(nid: number): string {
    let letters = ''
    for (let i = 0; i < this.#table.coreCount(nid); i++) {
      letters += this.#words.word(this.#table.coreWord(nid, i))
    }
    return letters
  }

  #rarityOf(id: number): number {
    let share = this.#shares[id]
    if (share === undefined) {
      share = shareOf(this.#words.word(id))
      this.#shares[id] = share
    }
    return rarity(share, this.#postings.count(id) || 1, this.#table.size)
  }

  #withQuota(ranked: readonly Ranked[], limit: number): Ranked[] {
    if (ranked.length <= limit) return [...ranked]
    const quota = Math.ceil(limit * QUOTA_SHARE)
    const kept = new Set<Ranked>()
    for (const isAdverse of [true, false]) {
      let left = quota
      for (const item of ranked) {
        if (left === 0) break
        if (this.#table.isAdverse(item.nid) !== isAdverse) continue
        kept.add(item)
        left -= 1
      }
    }
    for (const item of ranked) {
      if (kept.size >= limit) break
      kept.add(item)
    }
    return ranked.filter((item) => kept.has(item)).slice(0, limit)
  }
}

function gainMax(slots: readonly Slot[]): number {
  return slots.reduce((sum, slot) => sum + slot.weight, 0)
}

function initialOf(
  word: string,
  initials: Question['initials'],
  got: Float64Array,
): number | undefined {
  return initials.find(({ letter, at }) => got[at] === 0 && word.startsWith(letter))?.at
}

function credit(got: Float64Array, found: readonly Match[]): void {
  for (const { slot, likeness } of found) {
    for (let at = 0; slot.covers >>> at !== 0; at++) {
      if ((slot.covers & (1 << at)) === 0) continue
      const known = got[at] as number
      got[at] = slot.share < 1 ? known + slot.share * likeness : Math.max(known, likeness)
    }
  }
}

const PAIRS_MAX = 8

function syllablePairs(words: readonly string[]): string[] {
  const pairs: string[] = []
  for (let i = 0; i + 1 < words.length && pairs.length < PAIRS_MAX; i++) {
    const [left, right] = [words[i] as string, words[i + 1] as string]
    if (isSyllable(left) && isSyllable(right) && left.length + right.length >= 4) {
      pairs.push(left + right)
    }
  }
  return pairs
}

/** The first letters of three to seven words; undefined for names of other lengths. */
function acronymOf(words: readonly string[]): string | undefined {
  if (words.length < ACRONYM_MIN || words.length > ACRONYM_MAX) return undefined
  return words.map((word) => word[0]).join('')
}
