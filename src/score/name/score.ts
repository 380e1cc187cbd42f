import { distinctTokens, isGeneric, isParticle, nameTokens, skeletonOf } from '../../model/name.ts'
import { editDistance, jaroWinkler } from './similarity.ts'

/** Why a name got its score, in the shape of INTERFACE §7. */
export interface NameExplanation {
  readonly score: number
  readonly weight: number
  readonly detail: string
}

export interface NameScore {
  /** 0 to 1; 1 only for the same folded name. */
  readonly score: number
  /** Every word that was asked stands in the listed name, at most in another transliteration. */
  readonly hasAllWords: boolean
  readonly explanations: Readonly<Record<string, NameExplanation>>
}

/** How the source holds the name; docs/method/verdict.md "Names". */
export type NameKind = 'name' | 'alias' | 'weakAlias' | 'previousName'

/** VOCABULARY §9: main features and settings. */
const KIND_WEIGHT: Readonly<Record<NameKind, number>> = {
  name: 1,
  alias: 1,
  previousName: 0.95,
  weakAlias: 0.8,
}
/** A word that the asker wrote and the listed name lacks speaks against the match … */
const EXTRA_QUERY_WEIGHT = 0.8
/** … a word that the list has and the asker left out hardly does. */
const EXTRA_RESULT_WEIGHT = 0.2
const PARTICLE_WEIGHT = 0.25
const INITIAL_WEIGHT = 0.5
const GENERIC_WEIGHT = 0.4
/** A word that only one side has leaves a doubt, however well the others agree. */
const INCOMPLETE_MAX = 0.91
/** Taken away where numbers in the names differ: "Bank 1" is not "Bank 2". */
const NUMBER_MISMATCH = 0.3
/** The same words in another order. */
const REORDERED = 0.98
/** Only the legal form differs. */
const OTHER_FORM = 0.97
/** The same letters, split into words in another way. */
const REJOINED = 0.97
/** Taken away for each slip where the words are split in another way, too. */
const REJOINED_SLIP = 0.035
/** Two words whose consonants agree: transliterations of one name. */
const SAME_SKELETON = 0.93
/** Two consonants alone say little: the words must be alike besides. */
const SPARSE_LIKENESS = 0.75
/** Below this, two words are different words. */
const TOKEN_FLOOR = 0.72

interface Base {
  readonly score: number
  readonly hasAllWords: boolean
  readonly detail: string
}

const NOTHING: Base = { score: 0, hasAllWords: false, detail: 'no word in common' }

interface Pair {
  readonly q: number
  readonly c: number
  readonly score: number
}

/** Scores many candidates against one asked name; similarities of words are computed once. */
export class NameScorer {
  readonly #folded: string
  readonly #tokens: readonly string[]
  readonly #similar = new Map<string, Float64Array>()

  /** `folded` is a `foldName` of the asked name. */
  constructor(folded: string) {
    this.#folded = folded
    this.#tokens = distinctTokens(nameTokens(folded))
  }

  score(candidate: string, kind: NameKind): NameScore {
    const base = this.#base(candidate)
    const weight = KIND_WEIGHT[kind]
    return {
      score: round(base.score * weight),
      hasAllWords: base.hasAllWords,
      explanations: { [kind]: { score: round(base.score), weight, detail: base.detail } },
    }
  }

  #base(candidate: string): Base {
    const same = (score: number, why: string) => {
      return { score, hasAllWords: true, detail: `${why}: ${candidate}` }
    }
    if (candidate === this.#folded) return same(1, 'same name')
    const tokens = distinctTokens(nameTokens(candidate))
    if (tokens.length === 0 || this.#tokens.length === 0) return NOTHING
    const whole = this.#whole(tokens)
    return whole === undefined ? this.#aligned(tokens) : same(whole.score, whole.why)
  }

  /** Cases that are decided on the whole name. */
  #whole(tokens: readonly string[]): { score: number; why: string } | undefined {
    const own = this.#tokens
    const joinedOwn = own.join('')
    const joined = tokens.join('')
    if (own.length === tokens.length) {
      if (own.join(' ') === tokens.join(' ')) {
        return { score: OTHER_FORM, why: 'the same but for the legal form' }
      }
      if ([...own].sort().join(' ') === [...tokens].sort().join(' ')) {
        return { score: REORDERED, why: 'same words in another order' }
      }
      return undefined
    }
    if (joinedOwn === joined) return { score: REJOINED, why: 'same letters, other words' }
    const slips = slipsOf(joinedOwn, joined)
    return slips === undefined
      ? undefined
      : { score: REJOINED - slips * REJOINED_SLIP, why: 'nearly the same letters, other words' }
  }

  #aligned(tokens: readonly string[]): Base {
    const pairs = this.#pairs(tokens)
    const usedQ = new Set<number>()
    const usedC = new Set<number>()
    const said: string[] = []
    let sum = 0
    let total = 0
    let worst = 1
    for (const pair of pairs) {
      if (usedQ.has(pair.q) || usedC.has(pair.c)) continue
      usedQ.add(pair.q)
      usedC.add(pair.c)
      const left = this.#tokens[pair.q] as string
      const right = tokens[pair.c] as string
      const weight = Math.max(weightOf(left), weightOf(right))
      worst = Math.min(worst, pair.score)
      sum += weight * pair.score
      total += weight
      said.push(left === right ? left : `${left}≈${right} ${round(pair.score)}`)
    }
    if (sum === 0) return NOTHING
    const extraQ = this.#tokens.filter((_, i) => !usedQ.has(i))
    const extraC = tokens.filter((_, i) => !usedC.has(i))
    for (const token of extraQ) total += EXTRA_QUERY_WEIGHT * weightOf(token)
    for (const token of extraC) total += EXTRA_RESULT_WEIGHT * weightOf(token)
    let score = sum / total
    if (extraQ.some(isNumber) && extraC.some(isNumber)) score -= NUMBER_MISMATCH
    if (extraQ.length > 0) said.push(`asked only: ${extraQ.join(' ')}`)
    if (extraC.length > 0) said.push(`listed only: ${extraC.join(' ')}`)
    // A match over words is never as good as the same name.
    const isWhole = [...extraQ, ...extraC].every(isParticle)
    const most = isWhole ? REORDERED : INCOMPLETE_MAX
    return {
      score: Math.max(0, Math.min(score, most)),
      hasAllWords: worst >= SAME_SKELETON && extraQ.every(isParticle),
      detail: said.join(', '),
    }
  }

  #pairs(tokens: readonly string[]): Pair[] {
    const pairs: Pair[] = []
    for (const [c, token] of tokens.entries()) {
      let row = this.#similar.get(token)
      if (row === undefined) {
        row = Float64Array.from(this.#tokens, (own) => tokenSimilarity(own, token))
        this.#similar.set(token, row)
      }
      for (let q = 0; q < row.length; q++) {
        const score = row[q] as number
        if (score > 0) pairs.push({ q, c, score })
      }
    }
    return pairs.sort((a, b) => b.score - a.score || a.q - b.q || a.c - b.c)
  }
}

/** Two words to a number: 0 when they are different words. */
export function tokenSimilarity(left: string, right: string): number {
  if (left === right) return 1
  if (isNumber(left) || isNumber(right)) return 0
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  // An initial stands for any word that begins with it.
  if (short.length === 1) return long.startsWith(short) ? 0.8 : 0
  // Two slips in a long word, one in a short one: more make another word of it.
  const allowed = short.length <= 6 ? 1 : short.length <= 10 ? 2 : 3
  const edits = editDistance(left, right, allowed)
  const likeness = edits <= allowed ? jaroWinkler(left, right) : 0
  if (isOneTransliterated(left, right)) return Math.max(SAME_SKELETON, likeness)
  // One letter of four is a quarter of the word.
  const doubt = short.length <= 4 ? 0.9 : 1
  return likeness >= TOKEN_FLOOR ? likeness * doubt : 0
}

/** Slips between two whole names written without spaces; undefined where they are other names. */
function slipsOf(a: string, b: string): number | undefined {
  const length = Math.min(a.length, b.length)
  const max = length >= 14 ? 2 : length >= 8 ? 1 : 0
  if (max === 0 || a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return undefined
  const slips = editDistance(a, b, max)
  return slips <= max ? slips : undefined
}

/** Words repeat from name to name, and a skeleton takes ten replacements. */
const SKELETONS_KEPT = 50_000
const skeletons = new Map<string, string>()

function remembered(token: string): string {
  let skeleton = skeletons.get(token)
  if (skeleton === undefined) {
    skeleton = skeletonOf(token)
    if (skeletons.size >= SKELETONS_KEPT) skeletons.clear()
    skeletons.set(token, skeleton)
  }
  return skeleton
}

/** The same consonants: three, or two in long words that are alike (`muhammad`, `mohamed`). */
function isOneTransliterated(left: string, right: string): boolean {
  const short = Math.min(left.length, right.length)
  if (short < 4 || Math.abs(left.length - right.length) > 3) return false
  const skeleton = remembered(left)
  if (skeleton.length < 2 || skeleton !== remembered(right)) return false
  return skeleton.length >= 3 || (short >= 6 && jaroWinkler(left, right) >= SPARSE_LIKENESS)
}

function weightOf(token: string): number {
  if (isParticle(token)) return PARTICLE_WEIGHT
  if (isGeneric(token)) return GENERIC_WEIGHT
  return token.length === 1 ? INITIAL_WEIGHT : 1
}

function isNumber(token: string): boolean {
  return /\d/.test(token)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
