import type { Np, Read } from './chunk-type.ts'
import type { Word } from './word.ts'

/** `companies` → `company`. */
export function singular(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ss|us|is|news|series|sales|earnings|proceeds|securities|goods)$/.test(word)) return word
  if (/(?:ches|shes|xes|sses)$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') && word.length > 3 ? word.slice(0, -1) : word
}

const NUMBERS = /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)$/

const NO_TITLE =
  /^(?:time|year|years|day|week|month|moment|stage|point|command|leadership|ownership|rule|guidance|watch|pressure|protection|deal|terms?|plan|arrangement|agreement|reign|tenure)$/

const FIGURES = 'MCQR'

const NAMES = 'OUKATP'

/** A noun phrase from here on; undefined where none begins. */
export function readNoun(words: readonly Word[], start: number): Read<Np> | undefined {
  let i = start
  while (i < words.length && fitsNoun(words, i, start)) i += 1
  // An adverb or a determiner alone is no phrase.
  const own = words.slice(start, i)
  if (!own.some(({ tag }) => tag === 'noun' || tag === 'pron' || tag === 'mark')) {
    const isAll =
      own.length > 0 &&
      own.some(({ tag }) => tag === 'det' || tag === 'adj') &&
      own[0]?.tag === 'det'
    if (!isAll) return undefined
  }
  return { chunk: phrase(own), next: i }
}

function fitsNoun(words: readonly Word[], i: number, start: number): boolean {
  const word = words[i]
  const prev = i > start ? words[i - 1] : undefined
  if (word === undefined) return false
  const letter = word.tag === 'mark' ? word.mention?.letter : undefined
  const before = prev?.tag === 'mark' ? prev.mention?.letter : undefined
  const next = words[i + 1]
  switch (word.tag) {
    case 'det':
      return prev === undefined || /^(?:all|both|such|half)$/.test(prev.w) || prev.tag === 'poss'
    case 'pron':
      return prev === undefined
    case 'poss':
      return prev !== undefined
    case 'adj':
      if (prev?.tag === 'pron') return false
      if (before === 'P') return false
      // `takes ⟨O1⟩ private`: behind a name an adjective alone says how it becomes.
      return !(
        prev?.tag === 'mark' &&
        before !== undefined &&
        `${NAMES}K`.includes(before) &&
        next?.tag !== 'noun' &&
        next?.tag !== 'mark' &&
        next?.tag !== 'adj'
      )
    case 'adv':
      return (
        (prev?.tag === 'det' || prev?.tag === 'poss') &&
        (next?.tag === 'adj' || next?.tag === 'mark' || next?.tag === 'noun')
      )
    case 'noun':
      // `valued at ⟨M1⟩ two years later`.
      if (
        NUMBERS.test(word.w) &&
        prev !== undefined &&
        prev.tag !== 'det' &&
        prev.tag !== 'adj' &&
        prev.tag !== 'poss'
      )
        return false
      // `named ⟨P1⟩ head of …`: behind a person a noun is another phrase.
      if (before === 'P') return false
      return prev?.tag !== 'pron'
    case 'mark':
      break
    default:
      return false
  }
  return letter !== undefined && fitsMark(words, i, start, letter)
}

/** Does a name, a sum or a date go on with the phrase that began in front of it? */
function fitsMark(words: readonly Word[], i: number, start: number, letter: string): boolean {
  const prev = i > start ? words[i - 1] : undefined
  const before = prev?.tag === 'mark' ? prev.mention?.letter : undefined
  const next = words[i + 1]
  if (letter === 'D')
    return (
      prev !== undefined &&
      ['det', 'poss', 'adj'].includes(prev.tag) &&
      (next?.tag === 'noun' || next?.tag === 'adj' || next?.tag === 'mark')
    )
  if (prev === undefined) return true
  // A stand-in such as "its" begins a phrase of its own.
  if (prev.tag === 'pron' || letter === 'K') return false
  if (FIGURES.includes(letter)) {
    if (prev.tag === 'det' || prev.tag === 'poss') return true
    return prev.tag === 'adj' && !/^(?:worth|early|late)$/.test(prev.w)
  }
  if (letter === 'L') return before === undefined || !NAMES.includes(before)
  if (before === undefined || before === 'L' || before === 'D') return true
  // `At that time ⟨O1⟩ …`: such a noun says nothing of the name behind it.
  if (prev.tag === 'noun' && NO_TITLE.test(prev.w) && NAMES.includes(letter)) return false
  if (letter === 'P') return 'OUKAL'.includes(before)
  const isOwned = words.slice(start, i).some(({ tag }) => tag === 'det' || tag === 'poss')
  if (letter === 'T') return 'OUQ'.includes(before) || (before === 'M' && isOwned)
  if (before === 'Q') return letter === 'U' || letter === 'O'
  return before === 'M' && isOwned
}

/** The parts of a noun phrase; its head is the last noun or name. */
export function phrase(own: readonly Word[]): Np {
  const possAt = own.findLastIndex(({ tag }) => tag === 'poss')
  const front = own.slice(0, Math.max(0, possAt))
  const body = own.slice(possAt + 1)
  const last = body.findLast(({ tag }) => tag === 'noun' || tag === 'mark' || tag === 'pron')
  const of = (letters: string) =>
    body.find(
      ({ tag, mention }) =>
        tag === 'mark' && mention !== undefined && letters.includes(mention.letter),
    )?.mention
  const isName = last?.mention !== undefined && `${NAMES}L`.includes(last.mention.letter)
  const ownerWord = front.findLast(({ tag }) => tag === 'noun' || tag === 'mark')
  const det = own[0]?.tag === 'det' ? own[0].w : undefined
  return {
    k: 'np',
    at: own[0]?.at ?? 0,
    end: own.at(-1)?.end ?? 0,
    head: last === undefined || last.mention !== undefined ? '' : singular(last.w),
    name: isName ? last.mention : undefined,
    mods: own.flatMap(({ mention, tag }) =>
      tag === 'mark' &&
      mention !== undefined &&
      `${NAMES}L`.includes(mention.letter) &&
      mention !== last?.mention &&
      mention !== ownerWord?.mention
        ? [mention]
        : [],
    ),
    owner: ownerWord?.mention,
    ownerHead:
      ownerWord !== undefined && ownerWord.mention === undefined
        ? singular(ownerWord.w)
        : undefined,
    money: of('M'),
    percent: of('C'),
    quantity: of('Q'),
    date: of('D'),
    det,
    pre: body.flatMap((word) =>
      word !== last && word.tag !== 'det' && word.tag !== 'mark'
        ? [word.w]
        : word.tag === 'adj' && word !== last
          ? [word.w]
          : [],
    ),
    isPronoun: last?.tag === 'pron',
  }
}
