import { editDistance } from '../../model/likeness.ts'
import { isGeneric, isParticle } from '../../model/name.ts'
import { isCommonName, isPatronymic } from '../../model/name-common.ts'
import { isNumber, SAME_INITIAL, wordLikeness } from '../../model/word-likeness.ts'

/** Two words of the two names that stand for each other. */
export interface WordPair {
  readonly asked: string
  readonly listed: string
  readonly score: number
}

/** How the words of two names were matched, and what was left over. */
export interface Alignment {
  readonly pairs: readonly WordPair[]
  readonly askedOnly: readonly string[]
  readonly listedOnly: readonly string[]
  /** Likeness of the matched words by weight, 0 to 1, with what is left over held against it. */
  readonly score: number
}

const PARTICLE_WEIGHT = 0.25
const INITIAL_WEIGHT = 0.5
const GENERIC_WEIGHT = 0.4
/** A name that millions bear says less than one that hundreds bear. */
const COMMON_WEIGHT = 0.75
const PATRONYMIC_WEIGHT = 0.5
/** A word that the asker wrote and the listed name lacks speaks against the match … */
const EXTRA_QUERY_WEIGHT = 0.8
/** … a word that the list has and the asker left out hardly does. */
const EXTRA_RESULT_WEIGHT = 0.2
/** Two neighbours written as one word: from here on they are that word. */
const JOINED_FLOOR = 0.92
const JOINED_CHARS_MIN = 4
/** A short word that differs by a letter, where everything else is the same. */
const SHORT_SLIP = 0.75
/** Words of a name whose neighbours are tried as one. */
const JOINED_WORDS_MAX = 10

export function weightOf(word: string): number {
  if (isParticle(word)) return PARTICLE_WEIGHT
  if (isGeneric(word)) return GENERIC_WEIGHT
  if (isCommonName(word)) return COMMON_WEIGHT
  if (isPatronymic(word)) return PATRONYMIC_WEIGHT
  return word.length === 1 ? INITIAL_WEIGHT : 1
}

interface Candidate {
  readonly q: number
  readonly c: number
  readonly score: number
}

/** Aligns many names with one asked name; likenesses of words are computed once. */
export class Aligner {
  readonly #asked: readonly string[]
  readonly #rows = new Map<string, Float64Array>()

  constructor(asked: readonly string[]) {
    this.#asked = asked
  }

  align(listed: readonly string[]): Alignment {
    const [asked, words] = joinedAlike(this.#asked, listed)
    const isOwn = asked === this.#asked
    const found: Candidate[] = []
    for (const [c, word] of words.entries()) {
      const row = isOwn ? this.#row(word) : rowOf(asked, word)
      for (let q = 0; q < row.length; q++) {
        const score = row[q] as number
        if (score > 0) found.push({ q, c, score })
      }
    }
    return aligned(asked, words, found)
  }

  #row(word: string): Float64Array {
    let row = this.#rows.get(word)
    if (row === undefined) {
      row = rowOf(this.#asked, word)
      this.#rows.set(word, row)
    }
    return row
  }
}

function rowOf(asked: readonly string[], word: string): Float64Array {
  return Float64Array.from(asked, (own) => wordLikeness(own, word))
}

/** The best pairs first, each word once; words in their places break ties. */
function aligned(
  asked: readonly string[],
  listed: readonly string[],
  found: Candidate[],
): Alignment {
  found.sort((a, b) => b.score - a.score || Math.abs(a.q - a.c) - Math.abs(b.q - b.c) || a.q - b.q)
  const takenQ = new Set<number>()
  const takenC = new Set<number>()
  const pairs: WordPair[] = []
  let sum = 0
  let total = 0
  for (const { q, c, score } of found) {
    if (takenQ.has(q) || takenC.has(c)) continue
    takenQ.add(q)
    takenC.add(c)
    const pair = { asked: asked[q] as string, listed: listed[c] as string, score }
    const weight = pairWeight(pair)
    sum += weight * score
    total += weight
    pairs.push(pair)
  }
  let askedOnly = asked.filter((_, q) => !takenQ.has(q))
  let listedOnly = listed.filter((_, c) => !takenC.has(c))
  const spelt = initialsAlike(askedOnly, listedOnly)
  if (spelt !== undefined) {
    pairs.push(spelt)
    sum += INITIAL_WEIGHT * SAME_INITIAL
    total += INITIAL_WEIGHT
    askedOnly = askedOnly.filter((word) => !spelt.asked.split(' ').includes(word))
    listedOnly = listedOnly.filter((word) => !spelt.listed.split(' ').includes(word))
  }
  const slip = shortSlip(pairs, askedOnly, listedOnly)
  if (slip !== undefined) {
    pairs.push(slip)
    sum += pairWeight(slip) * SHORT_SLIP
    total += pairWeight(slip)
    askedOnly = []
    listedOnly = []
  }
  for (const word of askedOnly) total += EXTRA_QUERY_WEIGHT * weightOf(word)
  for (const word of listedOnly) total += EXTRA_RESULT_WEIGHT * weightOf(word)
  return { pairs, askedOnly, listedOnly, score: total === 0 ? 0 : sum / total }
}

/**
 * The one word that both have left over where all others are the same: too short for its likeness
 * to say anything, and yet a slip, for everything else agrees. `Kim Jogn Il`, `asl Aqsa`.
 */
function shortSlip(
  pairs: readonly WordPair[],
  askedOnly: readonly string[],
  listedOnly: readonly string[],
): WordPair | undefined {
  const [asked, listed] = [askedOnly[0], listedOnly[0]]
  if (asked === undefined || listed === undefined || pairs.length === 0) return undefined
  if (askedOnly.length > 1 || listedOnly.length > 1 || asked.length + listed.length < 4)
    return undefined
  if (isNumber(asked) || isNumber(listed)) return undefined
  if (editDistance(asked, listed, 1) > 1 && editDistance(short(asked), short(listed), 1) > 1) {
    return undefined
  }
  const isSame = pairs.every((pair) => pair.score === 1)
  return isSame ? { asked, listed, score: SHORT_SLIP } : undefined
}

/** One letter of another script may take up to four here: one of them is one slip. */
function short(word: string): string {
  return word.replace(/shch|sch|[cksz]h|ts|[iy][aue]/g, (letters) => DIGRAPHS[letters] ?? letters)
}

const DIGRAPHS: Readonly<Record<string, string>> = {
  ...{ shch: '1', sch: '2', ch: '3', kh: '4', sh: '5', zh: '6', ts: '7' },
  ...{ ia: '8', ya: '8', iu: '9', yu: '9', ie: 'e', ye: 'e' },
}

/** An initial is worth an initial, however long the word that it stands for. */
function pairWeight({ asked, listed }: WordPair): number {
  if (asked.length === 1 || listed.length === 1) return INITIAL_WEIGHT
  return Math.max(weightOf(asked), weightOf(listed))
}

/** Letters of `J.R.` are written as one word: `jr` stands for `john robert`. */
function initialsAlike(asked: readonly string[], listed: readonly string[]): WordPair | undefined {
  return initialsIn(asked, listed) ?? swapped(initialsIn(listed, asked))
}

function initialsIn(short: readonly string[], long: readonly string[]): WordPair | undefined {
  for (const word of short) {
    if (word.length < 2 || word.length > 3 || isNumber(word) || long.length < word.length) continue
    for (let at = 0; at + word.length <= long.length; at++) {
      const run = long.slice(at, at + word.length)
      if (run.every((other, i) => other.length > 1 && other[0] === word[i])) {
        return { asked: word, listed: run.join(' '), score: SAME_INITIAL }
      }
    }
  }
  return undefined
}

function swapped(pair: WordPair | undefined): WordPair | undefined {
  return pair && { asked: pair.listed, listed: pair.asked, score: pair.score }
}

/** Neighbours of one name that the other writes as one word are joined: `coin base`, `coinbase`. */
function joinedAlike(
  asked: readonly string[],
  listed: readonly string[],
): readonly [readonly string[], readonly string[]] {
  if (asked.length > JOINED_WORDS_MAX || listed.length > JOINED_WORDS_MAX) return [asked, listed]
  return [joinedAs(asked, listed), joinedAs(listed, asked)]
}

/** Nothing that is written as one begins and ends in another way: asked before letters are joined. */
function sharesAnEnd(left: string, right: string, other: string): boolean {
  const isFirst = left.charCodeAt(0) === other.charCodeAt(0)
  return isFirst || right.charCodeAt(right.length - 1) === other.charCodeAt(other.length - 1)
}

/** `words` with neighbours joined where `others` has them as one; the same array where none is. */
function joinedAs(words: readonly string[], others: readonly string[]): readonly string[] {
  for (let i = 0; i + 1 < words.length; i++) {
    const left = words[i] as string
    const right = words[i + 1] as string
    const length = left.length + right.length
    if (length < JOINED_CHARS_MIN) continue
    for (const other of others) {
      if (Math.abs(other.length - length) > 2 || other === left || other === right) continue
      if (!sharesAnEnd(left, right, other)) continue
      if (wordLikeness(left + right, other) < JOINED_FLOOR) continue
      if (others.includes(left) && others.includes(right)) continue
      return [...words.slice(0, i), left + right, ...joinedAs(words.slice(i + 2), others)]
    }
  }
  return words
}
