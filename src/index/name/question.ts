import { distinctTokens, isGeneric, isParticle, nameTokens } from '../../model/name.ts'
import { isNumber } from '../../model/word-likeness.ts'
import type { LikeWord, WordIndex } from './word-index.ts'

/**
 * An asked name as the book looks it up: slots, each with the known words that may stand for it. A
 * slot is an asked word, two neighbouring words written as one, or a part of a joined word.
 */
export interface Slot {
  readonly words: readonly LikeWord[]
  /** What the slot says about who is meant; rare words say more. */
  readonly weight: number
  /** Postings of all its words. */
  readonly cost: number
  /** Bits of the asked words that the slot covers. */
  readonly covers: number
  /** What a name that has the slot is given of the weight of the words it covers. */
  readonly share: number
  /** What the scorer will make of the word; 0 for slots that repeat others. */
  readonly said: number
}

export interface Question {
  readonly slots: readonly Slot[]
  /** Weights of the asked words that tell who it is. */
  readonly weights: readonly number[]
  /** Sum of the weights. */
  readonly total: number
  /** Sum of what the slots say. */
  readonly said: number
  readonly initials: readonly { readonly letter: string; readonly at: number }[]
}

/** Words of an asked name that are looked up: those that say most. */
export const QUESTION_WORDS_MAX = 8
const PARTICLE_SHARE = 0.1
const GENERIC_SHARE = 0.5
const INITIAL_WEIGHT = 1
/** The least a word says, however common it is. */
const WEIGHT_MIN = 1
const JOINED_CHARS_MIN = 4
/** Neighbours of longer names are looked up as they are: each fuzzy look-up has its price. */
const FUZZY_PAIRS_WORDS_MAX = 4

export interface Counts {
  /** Names that hold a word. */
  of(id: number): number
  readonly names: number
}

export function questionOf(folded: string, words: WordIndex, counts: Counts): Question {
  const asked = wordsOf(folded)
  const slots: Slot[] = []
  const weights: number[] = []
  const initials: { letter: string; at: number }[] = []
  for (const [at, word] of asked.entries()) {
    if (word.length === 1 && asked.length > 1) {
      initials.push({ letter: word, at })
      weights.push(INITIAL_WEIGHT)
      continue
    }
    const like = words.like(word)
    const weight = weightOf(word, like, counts)
    weights.push(weight)
    slots.push({ ...slotOf(like, weight, 1 << at, 1, counts), said: shareOf(word) })
    if (like[0] !== undefined && like[0].likeness === 1 && counts.of(like[0].id) > 2) continue
    const parts = words.broken(word) ?? []
    for (const part of parts) {
      const id = words.find(part)
      if (id === undefined) continue
      const share = part.length / word.length
      slots.push(slotOf([{ id, likeness: 0.97 }], weight * share, 1 << at, share, counts))
    }
  }
  for (let at = 0; at + 1 < asked.length; at++) {
    const joined = `${asked[at]}${asked[at + 1]}`
    if (joined.length < JOINED_CHARS_MIN || isNumber(joined)) continue
    const like = asked.length > FUZZY_PAIRS_WORDS_MAX ? exactly(joined, words) : words.like(joined)
    const both = (weights[at] as number) + (weights[at + 1] as number)
    if (like.length > 0) slots.push(slotOf(like, both, 3 << at, 1, counts))
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const said = slots.reduce((sum, slot) => sum + slot.said, 0)
  return { slots, weights, initials, total, said }
}

function exactly(word: string, words: WordIndex): LikeWord[] {
  const id = words.find(word)
  return id === undefined ? [] : [{ id, likeness: 1 }]
}

/** Particles are left out where enough else is said; of many words the longest are taken. */
function wordsOf(folded: string): string[] {
  const all = distinctTokens(nameTokens(folded))
  const strong = all.filter((word) => !isParticle(word))
  const words = strong.length > 0 ? strong : all
  if (words.length <= QUESTION_WORDS_MAX) return words
  const longest = [...words].sort((a, b) => b.length - a.length).slice(0, QUESTION_WORDS_MAX)
  const kept = new Set(longest)
  return words.filter((word) => kept.has(word)).slice(0, QUESTION_WORDS_MAX)
}

/** `ln(1 + names / holders)`, of the commonest word that is nearly the asked one. */
function weightOf(word: string, like: readonly LikeWord[], counts: Counts): number {
  let holders = 1
  for (const { id, likeness } of like) {
    if (likeness >= 0.9) holders = Math.max(holders, counts.of(id))
  }
  return rarity(shareOf(word), holders, counts.names)
}

/** What a word says by how few names hold it. */
export function rarity(share: number, holders: number, names: number): number {
  return share * Math.max(WEIGHT_MIN, Math.log(1 + names / holders))
}

/** What a word says besides its rarity: particles and words of the trade say less. */
export function shareOf(word: string): number {
  return isParticle(word) ? PARTICLE_SHARE : isGeneric(word) ? GENERIC_SHARE : 1
}

function slotOf(
  words: readonly LikeWord[],
  weight: number,
  covers: number,
  share: number,
  counts: Counts,
): Slot {
  let cost = 0
  for (const { id } of words) cost += counts.of(id)
  return { words, weight, cost, covers, share, said: 0 }
}
