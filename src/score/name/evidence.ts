import { editDistance } from '../../model/likeness.ts'
import { isGeneric, isParticle } from '../../model/name.ts'
import { isCommonName, isPatronymic } from '../../model/name-common.ts'
import { isSyllable } from '../../model/phonetic.ts'
import { SAME_VARIANT } from '../../model/word-likeness.ts'
import type { Alignment, WordPair } from './align.ts'

/**
 * How much the words that agree can show. However alike two names are, a match that any two names
 * of the book might have is no finding (docs/method/names.md §3).
 */

/** How common words are, counted in the loaded book: adverse and honest names alike. */
export interface WordRarity {
  /** Distinct names that hold the word in one of its spellings. */
  holders(word: string): number
  /** Distinct names in the book. */
  readonly names: number
}

/**
 * Too little to make a finding of: only words of the trade agree, only words that so many names
 * hold that some name agrees by chance, or one short word that differs by a slip.
 */
export const THIN_MAX = 0.84
const GENERIC_MAX = 0.8
/** In a smaller book counts say little; the list of common names stands in for them. */
const COUNTED_NAMES_MIN = 5_000
/** Names of the book that may agree by chance before a match is too little. */
const CHANCE_MAX = 0.5
/** Patronymics are those of one people: there a patronymic is so many times commoner. */
const FATHERS = 4
/** A word that differs by a slip may be as many other words, fewer where it is long. */
const SLIP_READINGS: readonly number[] = [20, 20, 20, 12, 6, 3, 2]
const SLIP_READINGS_LONG = 1.3
/** One word that differs is strong evidence from this length on, whatever differs … */
const LONE_CHARS_MIN = 10
/** … from this one on if it is a single slip … */
const LONE_SLIP_CHARS_MIN = 7
/** … and from this one on if the slip is of the kind that fingers make inside a word. */
const LONE_INNER_CHARS_MIN = 5
const LONE_SWAP_CHARS_MIN = 6

/** The most that the matched words can show. */
export function evidenceMax(
  { pairs, askedOnly, listedOnly }: Alignment,
  isWhole: boolean,
  rarity?: WordRarity,
): number {
  const telling = pairs.filter(isTellingPair)
  if (telling.length === 0) return isWhole && pairs.every(isSame) ? 1 : GENERIC_MAX
  const left = [...askedOnly, ...listedOnly]
  const areSame = telling.every(isSame)
  if (telling.length === 1) {
    const isAlone = !left.some(isTelling)
    if (areSame) return isAlone || isFiled({ pairs, askedOnly }, rarity) ? 1 : THIN_MAX
    const only = telling[0] as WordPair
    if (!isAlone) return THIN_MAX
    if (isLoneStrong(only, left.length > 0)) return 1
    const isSupported = left.length === 0 && isOneSlip(only) && !isCommon(pairs, rarity)
    return isSupported ? 1 : THIN_MAX
  }
  const isComplete = left.every(isParticle) && telling.every(isSpelling)
  if (!isComplete && isCommon(pairs, rarity)) return THIN_MAX
  // Two syllables that are only alike are any two syllables.
  return !areSame && telling.length === 2 && telling.every(isSyllablePair) ? THIN_MAX : 1
}

function isCommon(pairs: readonly WordPair[], rarity: WordRarity | undefined): boolean {
  if (rarity === undefined || rarity.names < COUNTED_NAMES_MIN) {
    return pairs.filter(isTellingPair).every(isCommonPair)
  }
  return chanceOf(pairs, rarity) > CHANCE_MAX
}

/**
 * Names of the book that would hold all these words if names drew them by lot. A word of the trade
 * counts where it is the same; particles and patronymics go with the other words.
 */
function chanceOf(pairs: readonly WordPair[], rarity: WordRarity): number {
  let chance = rarity.names
  for (const pair of pairs) {
    const { asked, listed } = pair
    if (!isTellingPair(pair) && !(isSame(pair) && isGeneric(asked))) continue
    const holders = Math.max(1, rarity.holders(listed), rarity.holders(asked))
    const length = Math.min(asked.length, listed.length)
    const readings = isSpelling(pair) ? 1 : readingsOf(length)
    chance *= Math.min(1, (holders * readings) / rarity.names)
  }
  return chance
}

/** A family name and the father's name, as registers file a person: the given name is left out. */
function isFiled(
  { pairs, askedOnly }: Pick<Alignment, 'pairs' | 'askedOnly'>,
  rarity: WordRarity | undefined,
): boolean {
  if (rarity === undefined || rarity.names < COUNTED_NAMES_MIN) return false
  if (askedOnly.some(isTelling)) return false
  const fathers = pairs.filter((pair) => isSame(pair) && isPatronymic(pair.asked))
  const share = fathers.reduce(
    (part, { asked }) => part * Math.min(1, (FATHERS * rarity.holders(asked)) / rarity.names),
    1,
  )
  return fathers.length > 0 && chanceOf(pairs, rarity) * share <= CHANCE_MAX
}

function readingsOf(length: number): number {
  return SLIP_READINGS[length] ?? SLIP_READINGS_LONG
}

/** One word that differs, and nothing else to know the name by. */
function isLoneStrong({ asked, listed }: WordPair, hasMore: boolean): boolean {
  const length = Math.min(asked.length, listed.length)
  if (length >= LONE_CHARS_MIN) return true
  if (hasMore || editDistance(asked, listed, 1) > 1) return false
  if (length >= LONE_SLIP_CHARS_MIN) return true
  if (asked.length === listed.length) {
    return length >= LONE_SWAP_CHARS_MIN && isSwap(asked, listed)
  }
  return length >= LONE_INNER_CHARS_MIN && isInner(asked, listed)
}

/** Two neighbours in the other order; another letter in a letter's place makes another word. */
function isSwap(a: string, b: string): boolean {
  let differing = 0
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) differing += 1
  return differing === 2
}

/** The letter that one has more is neither its first nor its last. */
function isInner(a: string, b: string): boolean {
  return a[0] === b[0] && a.at(-1) === b.at(-1)
}

/** The same word or a spelling of its family: no slip. */
function isSpelling({ score }: WordPair): boolean {
  return score === 1 || score === SAME_VARIANT
}

function isOneSlip({ asked, listed }: WordPair): boolean {
  const length = Math.min(asked.length, listed.length)
  return length >= LONE_INNER_CHARS_MIN && editDistance(asked, listed, 1) <= 1
}

function isTellingPair({ asked, listed }: WordPair): boolean {
  return isTelling(asked) && isTelling(listed)
}

function isCommonPair({ asked, listed }: WordPair): boolean {
  return isCommonName(asked) || isCommonName(listed)
}

function isSyllablePair({ asked, listed }: WordPair): boolean {
  return isSyllable(asked) && isSyllable(listed)
}

/** Words that tell one from another: no particles, no words of the trade, no initials. */
function isTelling(word: string): boolean {
  return word.length > 1 && !isParticle(word) && !isGeneric(word) && !isPatronymic(word)
}

export function isSame(pair: WordPair): boolean {
  return pair.asked === pair.listed
}
