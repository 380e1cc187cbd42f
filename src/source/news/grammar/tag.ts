import type { Masked } from '../mask.ts'
import {
  ADJECTIVES,
  ADVERBS,
  BE,
  CONJUNCTIONS,
  DETERMINERS,
  DO,
  ED_ADJECTIVES,
  HAVE,
  MODALS,
  NEGATIONS,
  PHRASES,
  PREPOSITIONS,
  PRONOUNS,
  RELATIVES,
  SUBORDINATORS,
} from './closed.ts'
import { leftOf, nounHere, rightOf } from './noun-or-verb.ts'
import { gerundOf, verbOf } from './verb-words.ts'
import type { Tag, Word } from './word.ts'

const TOKEN =
  /⟨[A-Z]\d+⟩(?:-[a-z][a-z-]*)?|'s(?![\p{L}])|[\p{L}\p{N}$][\p{L}\p{M}\p{N}.&/]*(?:(?:-|'(?!s(?!\p{L})))[\p{L}\p{N}]+)*|[,;:()[\]–—&]|(?<=\s)-(?=\s)|['"](?=\s|$)/gu

const JOINED = new RegExp(`\\b(?:${PHRASES.join('|')})\\b`, 'g')

/** A longer sentence is a list or lost its full stops: its first part is read. */
const WORDS_MAX = 160

/** The words of a masked sentence, each with its part of speech. */
export function tagged(m: Masked): Word[] {
  const joined = m.text.replace(JOINED, (phrase) => phrase.replaceAll(' ', '-'))
  const words: Word[] = []
  for (const match of joined.matchAll(TOKEN)) {
    if (words.length >= WORDS_MAX) break
    const at = match.index
    const w = match[0].replace(/[.'"]+$/, (tail) => (match[0].length === tail.length ? tail : ''))
    const isOwner = w === "'" && words.at(-1)?.mention?.possessive === true
    if ((w === "'" && !isOwner) || w === '"') continue
    if (isOwner) {
      words.push({ w: "'s", at, end: at + 1, tag: 'poss', verb: undefined, mention: undefined })
      continue
    }
    const mention = w.startsWith('⟨') ? m.at(at) : undefined
    words.push({ w, at, end: at + w.length, tag: 'noun', verb: undefined, mention })
  }
  words.forEach((word, i) => {
    classify(word, words[i - 1])
  })
  words.forEach((_, i) => {
    decide(words, i)
  })
  promote(words)
  return words
}

/** What a word is by itself; verbs that may be nouns stay verbs until their neighbours are seen. */
function classify(word: Word, before: Word | undefined): void {
  const { w } = word
  if (w.startsWith('⟨')) {
    word.tag = w.endsWith('⟩') ? 'mark' : 'adj'
    return
  }
  word.tag = closedTag(w, before) ?? 'noun'
  if (word.tag !== 'noun') return
  if (ADJECTIVES.has(w) || ED_ADJECTIVES.has(w)) {
    word.tag = 'adj'
    word.verb = verbOf(w)
    if (word.verb !== undefined && ['open', 'close', 'free', 'own'].includes(w)) word.tag = 'verb'
    if (
      [
        'listed',
        'suspected',
        'proposed',
        'planned',
        'failed',
        'attempted',
        'collapsed',
        'rumoured',
        'alleged',
      ].includes(w)
    )
      word.tag = 'verb'
    return
  }
  // `state-backed`, `car-sharing`: a word that is put together says how something is.
  if (
    /-/.test(w) &&
    /(?:ed|ing|based|owned|led|run)$/.test(w) &&
    !/^(?:re|co|pre|over|out)-/.test(w)
  ) {
    word.tag = 'adj'
    return
  }
  const verb = verbOf(w)
  if (verb !== undefined) {
    word.tag = 'verb'
    word.verb = verb
    return
  }
  if (
    w.length > 4 &&
    w.endsWith('ly') &&
    !/^(?:family|supply|reply|assembly|monopoly|anomaly|rally|italy|july|jelly)$/.test(w)
  )
    word.tag = 'adv'
  else if (
    /(?:ical|able|ible|ful|less|ous|ary|ish|ese|ive|istic|ential|utional|ational|ional)$/.test(w) &&
    !/(?:executive|incentive|representative|initiative|subsidiary|secretary|salary|diary|native|alternative|derivative|directive|perspective|detective|january|february|cable|table|variable|beneficiary|intermediary|notary|adversary|anniversary|dictionary|archive|drive|five|operative|cooperative|objective|professional|official)$/.test(
      w,
    )
  )
    word.tag = 'adj'
  else if (w.endsWith('ing')) {
    word.verb = gerundOf(w)
    if (word.verb !== undefined) word.tag = 'verb'
  }
}

function closedTag(w: string, before: Word | undefined): Tag | undefined {
  if (w === ',') return 'comma'
  if (/^[;:–—-]$/.test(w)) return 'stop'
  if (w === '(' || w === '[') return 'open'
  if (w === ')' || w === ']') return 'close'
  if (w === "'s") return before?.tag === 'mark' || before?.tag === 'noun' ? 'poss' : 'be'
  if (w === 'to') return 'to'
  if (MODALS.has(w)) return 'modal'
  if (BE.has(w)) return 'be'
  if (HAVE.has(w)) return 'have'
  if (DO.has(w)) return 'do'
  if (NEGATIONS.has(w)) return 'neg'
  if (CONJUNCTIONS.has(w)) return 'cc'
  if (SUBORDINATORS.has(w)) return 'sub'
  if (RELATIVES.has(w)) return 'rel'
  if (w === 'whose') return 'rel'
  if (DETERMINERS.has(w)) return 'det'
  if (
    /^(?:it|them|him|her)sel(?:f|ves)$/.test(w) &&
    (before?.tag === 'mark' || before?.tag === 'noun')
  )
    return 'adv'
  if (PRONOUNS.has(w)) return 'pron'
  if (w === 'worth' && (before?.tag === 'poss' || before?.tag === 'det' || before?.w === 'net'))
    return 'noun'
  if (PREPOSITIONS.has(w)) return 'prep'
  if (ADVERBS.has(w)) return 'adv'
  return undefined
}

/** `that` after a noun and before a verb is a relative; else a conjunction or a determiner. */
function thatHere(words: readonly Word[], i: number): Tag {
  const left = words[i - 1]
  const right = rightOf(words, i)
  const isVerbNext =
    right !== undefined && ['verb', 'be', 'have', 'modal', 'do', 'neg'].includes(right.tag)
  if (isVerbNext && (left?.tag === 'noun' || left?.tag === 'mark')) return 'rel'
  const isDet =
    right?.tag === 'noun' &&
    left !== undefined &&
    ['prep', 'to', 'verb', 'be'].includes(left.tag) &&
    left.verb?.lemma !== 'say'
  if (isDet) return 'det'
  return left === undefined && isVerbNext ? 'pron' : 'sub'
}

/** Noun or verb, by what stands beside it. */
function decide(words: Word[], i: number): void {
  const word = words[i]
  if (word === undefined) return
  if (word.tag === 'rel' && word.w === 'that') {
    word.tag = thatHere(words, i)
    return
  }
  const behind = words[i + 1]
  if (word.w === 'online' && behind?.tag === 'noun') word.tag = 'adj'
  if (/^(?:worldwide|globally|nationwide)$/.test(word.w))
    word.tag = behind?.tag === 'noun' ? 'adj' : 'adv'
  const front = words[i - 1]
  // `has since risen`: between helper and verb it is an adverb.
  if (word.tag === 'prep' && word.w === 'since' && front?.tag === 'have' && behind?.tag === 'verb')
    word.tag = 'adv'
  if (
    word.tag === 'adv' &&
    /^(?:first|more|most|long|early|online|further|flat|well|least|less|yet|back)$/.test(word.w) &&
    (front?.tag === 'det' ||
      front?.tag === 'poss' ||
      (front?.tag === 'noun' && word.w === 'more')) &&
    (behind?.tag === 'noun' ||
      behind?.tag === 'adj' ||
      (behind?.tag === 'verb' && behind.verb?.form === 'base'))
  )
    word.tag = 'adj'
  if (
    word.tag === 'adv' &&
    (word.w === 'higher' || word.w === 'lower') &&
    words[i - 1]?.tag === 'det'
  )
    word.tag = 'adj'
  if (
    word.tag === 'det' &&
    /^(?:a(?:ny)|that|this|these|those|some|a(?:ny|ll)|both|another|each|several|few|most|either|neither)$/.test(
      word.w,
    )
  ) {
    const right = words[i + 1]
    if (
      right === undefined ||
      (['verb', 'be', 'have', 'modal', 'comma', 'stop'].includes(right.tag) &&
        !(right.tag === 'verb' && /^(?:ing|ed|base)$/.test(right.verb?.form ?? '')))
    )
      word.tag = 'pron'
  }
  if ((word.tag === 'noun' || word.tag === 'adj') && word.mention === undefined) {
    // After "will" or "did not" stands a verb, known or not.
    const left = leftOf(words, i)
    const isPlain = left?.tag === 'modal' || (left?.tag === 'do' && words[i - 1]?.tag === 'neg')
    if (isPlain && word.verb === undefined && !/^(?:likely|able|due|ready|subject)$/.test(word.w)) {
      word.verb = { lemma: word.w, form: 'base' }
      word.tag = 'verb'
      return
    }
  }
  if (word.verb === undefined || word.tag === 'adj') return
  const isNoun = nounHere(words, i, word, word.verb)
  if (isNoun === 'adj') word.tag = 'adj'
  else if (isNoun) word.tag = 'noun'
}

/** A headline may have no plain verb: then the first word that can be one is it. */
function promote(words: Word[]): void {
  const isPlainVerb = (word: Word, i: number) =>
    (word.tag === 'verb' && word.verb?.form !== 'ing' && words[i - 1]?.tag !== 'to') ||
    ['be', 'have', 'modal', 'do'].includes(word.tag)
  if (words.some(isPlainVerb)) return
  const at = words.findIndex((word, i) => {
    const prev = words[i - 1]
    const fits = word.tag === 'noun' && word.verb?.form === 's' && prev !== undefined
    return (
      fits &&
      (prev.tag === 'noun' || prev.tag === 'mark' || prev.tag === 'close') &&
      words[i + 1] !== undefined
    )
  })
  const word = words[at]
  if (word !== undefined) word.tag = 'verb'
}
