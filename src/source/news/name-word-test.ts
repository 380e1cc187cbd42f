import { verbOf } from './grammar/verb-words.ts'
import {
  AND_HEADS,
  ASSETS,
  COMMON,
  HEADLINE_WORDS,
  KNOWN_ORGS,
  MONTHS,
  ORG_ENDINGS,
  ORG_HEADS,
  ORG_NOUNS,
  PERSON_TITLES,
  PLACES,
  PRODUCTS,
  REGULATORS,
  WEEKDAYS,
} from './lexicon.ts'
import { COUNTRIES } from './name-kind.ts'
import { AUTHORITY_HEADS, CLOSED, CONNECTORS, OFFICES, SUFFIX } from './name-words.ts'
import type { Token } from './token.ts'

export interface Vocabulary {
  /** Words that stand in lower case somewhere. */
  readonly lower: ReadonlySet<string>
  /** Words with a capital where none was needed. */
  readonly capital: ReadonlySet<string>
  /** Words with a capital anywhere but in titles. */
  readonly anywhere: ReadonlySet<string>
}

interface Where {
  readonly isTitle: boolean
  readonly vocabulary: Vocabulary
  readonly tokens: readonly Token[]
  readonly text: string
}

export function isNameWord(token: Token, at: number, where: Where): boolean {
  if (token.text === 'Series' && /^[A-H]$/.test(where.tokens[at + 1]?.text ?? '')) return true
  if (
    !token.isCapital ||
    where.text[token.end] === '$' ||
    token.text === 'I' ||
    (CLOSED.has(token.lower) && token.text !== token.text.toUpperCase()) ||
    isCalendar(token.lower)
  )
    return false
  const { vocabulary, isTitle, tokens, text } = where
  const isKnown = isGazetted(token.lower) || vocabulary.capital.has(token.text)
  if (isTitle) {
    if (isKnown && !COMMON.has(token.lower)) return true
    return (
      !COMMON.has(token.lower) &&
      !HEADLINE_WORDS.has(token.lower) &&
      !vocabulary.lower.has(token.lower) &&
      !SUFFIX.test(token.lower) &&
      !ORG_NOUNS.has(token.lower)
    )
  }
  const isStart =
    at === 0 || /[“"‘(:—–-]\s*$|^\W*$/u.test(text.slice(Math.max(0, token.start - 2), token.start))
  if (!isStart)
    return !(COMMON.has(token.lower) && !nextIsCapital(tokens, at, text)) || isAcronym(token.text)
  if (isKnown && !COMMON.has(token.lower)) return true
  const follows = nextIsCapital(tokens, at, text)
  if (COMMON.has(token.lower) || ORG_NOUNS.has(token.lower) || PERSON_TITLES.has(token.lower)) {
    if (isAcronym(token.text) && token.text.length > 1 && !vocabulary.lower.has(token.lower))
      return true
    return follows && isOrgFrom(tokens, at, text)
  }
  if (vocabulary.lower.has(token.lower) && !follows) return false
  // An English word alone at the beginning of a sentence is one, unless a name elsewhere.
  if (!follows && !token.possessive && !isAcronym(token.text) && isEnglish(tokens, at)) return false
  return follows || isAcronym(token.text) || !SUFFIX.test(token.lower) || token.possessive
}

/** A verb's form, or a word in front of a common noun: `Actual results`, `Decline came`. */
function isEnglish(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token === undefined || /\p{Lu}/u.test(token.text.slice(1))) return false
  if (
    verbOf(token.lower) !== undefined ||
    /(?:al|ous|ful|able|ible|ive|ward|wide|less)$/.test(token.lower)
  )
    return true
  const next = tokens[at + 1]
  if (next !== undefined && /[^s]s$/.test(token.lower) && /^(?:were|are|have)$/.test(next.lower))
    return true
  return next !== undefined && /^(?:at|that|about|over|among)$/.test(next.lower)
}

export function isAcronym(text: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}.&]+$/u.test(text)
}

function nextIsCapital(tokens: readonly Token[], at: number, text: string): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (token === undefined || next === undefined || token.possessive) return false
  if (text.slice(token.endWhole, next.start) !== ' ') return false
  if (CONNECTORS.has(next.lower) && ORG_HEADS.has(token.lower) && tokens[at + 2]?.isCapital)
    return true
  return (
    next.isCapital ||
    (ORG_HEADS.has(token.lower) && next.lower === 'of') ||
    (AND_HEADS.has(token.lower) && next.lower === 'and')
  )
}

/** `… Spill Detection and Response Agency`: the capitals behind "and" end in an office. */
export function authorityAhead(tokens: readonly Token[], at: number, text: string): boolean {
  for (let i = at; i < Math.min(tokens.length, at + 4); i++) {
    const token = tokens[i]
    if (
      !token?.isCapital ||
      (i > at && text.slice(tokens[i - 1]?.endWhole ?? 0, token.start) !== ' ')
    )
      return false
    if (
      i > at &&
      /^(?:agency|authority|commission|council|administration|service|office|bureau)$/.test(
        token.lower,
      )
    )
      return true
  }
  return false
}

/** Do the capitals that begin here make the name of an organisation: `Financial Conduct Authority`? */
export function isOrgFrom(tokens: readonly Token[], at: number, text: string): boolean {
  const first = tokens[at]
  if (first === undefined) return false
  const next = tokens[at + 1]
  if (next?.isCapital && AUTHORITY_HEADS.test(next.lower)) return true
  // `Insurer Carrow Group`, `Chairman Robert Finch`: the noun is said of the name, not part of it.
  if (
    ORG_NOUNS.has(first.lower) &&
    !(next !== undefined && next.lower === 'of') &&
    !AND_HEADS.has(first.lower)
  )
    return false
  let last = at
  for (let i = at; i < Math.min(tokens.length, at + 7); i++) {
    const token = tokens[i]
    if (
      token === undefined ||
      (i > at && text.slice(tokens[i - 1]?.endWhole ?? 0, token.start) !== ' ')
    )
      break
    if (!token.isCapital && !['of', 'and', 'for', 'the'].includes(token.lower)) break
    if (token.isCapital) last = i
    if (token.possessive) break
  }
  const tail = tokens.slice(at + 1, last + 1)
  return (
    tail.some(({ lower }) => ORG_ENDINGS.has(lower)) ||
    (ORG_HEADS.has(first.lower) && tail.length > 1)
  )
}

export function isCalendar(lower: string): boolean {
  return MONTHS.includes(lower) || WEEKDAYS.includes(lower) || OFFICES.has(lower)
}

export function isGazetted(lower: string): boolean {
  return (
    KNOWN_ORGS.has(lower) ||
    REGULATORS.has(lower) ||
    PLACES.has(lower) ||
    COUNTRIES.has(lower) ||
    ASSETS.has(lower) ||
    PRODUCTS.has(lower)
  )
}
