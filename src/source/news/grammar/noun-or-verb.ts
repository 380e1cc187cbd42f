import { ORG_NOUNS } from '../lexicon.ts'
import { ING_NOUNS } from './closed.ts'
import { isAlsoNoun, type VerbForm } from './verb-words.ts'
import type { Word } from './word.ts'

const NAMES = 'OUKAP'

const isName = (word: Word | undefined) =>
  word?.mention !== undefined && NAMES.includes(word.mention.letter) && word.tag === 'mark'

/** The nearest word to the left that is no adverb. */
export function leftOf(words: readonly Word[], i: number): Word | undefined {
  for (let k = i - 1; k >= 0; k--) {
    const word = words[k]
    if (word?.tag !== 'adv' && word?.tag !== 'neg') return word
  }
  return undefined
}

export function rightOf(words: readonly Word[], i: number): Word | undefined {
  for (let k = i + 1; k < words.length; k++) {
    const word = words[k]
    if (word?.tag !== 'adv') return word
  }
  return undefined
}

const opensNoun = (word: Word | undefined) =>
  word !== undefined &&
  (word.tag === 'det' || word.tag === 'pron' || word.tag === 'mark' || word.tag === 'adj')

/** Is a word that may be a verb a noun or an adjective here? */
export function nounHere(
  words: readonly Word[],
  i: number,
  word: Word,
  verb: VerbForm,
): boolean | 'adj' {
  const prev = words[i - 1]
  const around: Around = {
    prev,
    left: leftOf(words, i),
    right: rightOf(words, i),
    next: words[i + 1],
    inNoun: prev !== undefined && ['det', 'adj', 'poss'].includes(prev.tag),
  }
  switch (verb.form) {
    case 'past':
      return false
    case 'ed':
    case 'part':
      return participleHere(words, i, word, verb, around)
    case 'ing':
      return gerundHere(word, around)
    case 's':
    case 'base': {
      const isObject = isName(around.left) && around.left === prev && describesName(words, i)
      return verb.form === 's' && isObject ? false : isNounForm(word, verb, around)
    }
  }
}

/** `the acquired firm`, `its 2005 bet on`: a participle in front of a noun, or a noun itself. */
function participleHere(
  words: readonly Word[],
  i: number,
  word: Word,
  verb: VerbForm,
  { prev, next, inNoun }: Around,
): boolean | 'adj' {
  const isOwned =
    prev?.tag === 'poss' || (prev?.mention?.letter === 'D' && words[i - 2]?.tag === 'poss')
  if (isOwned && verb.lemma === word.w) return true
  const isBefore =
    next !== undefined &&
    (next.tag === 'noun' ||
      next.tag === 'adj' ||
      (next.tag === 'mark' && 'MOUTL'.includes(next.mention?.letter ?? '')) ||
      (next.tag === 'verb' && ['base', 's', 'ing', 'ed'].includes(next.verb?.form ?? '')))
  if (inNoun && !(prev?.tag === 'adj' && isRelativeLike(words, i))) {
    if (isBefore || next?.tag === 'cc') return 'adj'
    return prev?.tag === 'det'
  }
  if ((prev?.tag === 'prep' || prev?.tag === 'to') && isBefore && next?.tag !== 'mark') return 'adj'
  if (prev?.mention?.letter === 'T' && next?.tag === 'noun') return 'adj'
  if (prev?.tag !== 'adv') return false
  const isNew = /^(?:first|newly|recently|previously|widely|closely)$/.test(prev.w) && isBefore
  return isNew || (i > 1 && words[i - 2]?.tag === 'det') ? 'adj' : false
}

/** `the funding`, `its trading arm`: a noun in -ing, where no object follows. */
function gerundHere(word: Word, { prev, left, next, inNoun }: Around): boolean | 'adj' {
  if (left?.tag === 'be' && !inNoun)
    return ING_NOUNS.has(word.w) && word.w !== 'trading' && next?.tag === 'prep'
  if (inNoun) return next?.tag === 'noun' && !ING_NOUNS.has(word.w) ? 'adj' : true
  // `with its shares closing up 4%`.
  const isClosing = /^(?:closing|opening|trading|ending)$/.test(word.w) && prev?.tag === 'noun'
  if (isClosing && /^(?:up|down|higher|lower)$/.test(next?.w ?? '')) return false
  if (!ING_NOUNS.has(word.w) || (opensNoun(next) && next?.tag !== 'adj')) return false
  const isFirst = left === undefined || left.tag === 'comma'
  return (
    !isFirst ||
    (next !== undefined && ['noun', 'verb', 'prep', 'be', 'have', 'modal'].includes(next.tag))
  )
}

function isRelativeLike(words: readonly Word[], i: number): boolean {
  return words[i + 1]?.tag === 'prep' && words[i + 1]?.w === 'by'
}

interface Around {
  readonly prev: Word | undefined
  readonly left: Word | undefined
  readonly right: Word | undefined
  readonly next: Word | undefined
  readonly inNoun: boolean
}

/** `⟨A1⟩ fines crypto broker ⟨O2⟩`: nouns that run up to a name are the object of a headline. */
function describesName(words: readonly Word[], i: number): boolean {
  for (let k = i + 1; k < Math.min(words.length, i + 6); k++) {
    const word = words[k]
    if (word?.tag === 'mark')
      return k > i + 1 && word.mention !== undefined && 'OUKA'.includes(word.mention.letter)
    if (word?.tag !== 'noun' && word?.tag !== 'adj') return false
  }
  return false
}

const SOURCE_NOUN =
  /^(?:data|figures|documents|filings|records|accounts|papers|statistics|estimates|numbers|sources)$/

function isNounForm(
  word: Word,
  verb: VerbForm,
  { prev, left, right, next, inNoun }: Around,
): boolean {
  // `logistics group ⟨O1⟩`: in front of a name such a word says what the name is.
  if (
    ORG_NOUNS.has(word.w) &&
    next?.tag === 'mark' &&
    next.mention !== undefined &&
    'OUAKT'.includes(next.mention.letter)
  )
    return true
  // `…, consultancy ⟨O1⟩ estimates, …`, `…, data show`.
  const closes =
    next === undefined || next.tag === 'comma' || next.tag === 'stop' || next.w === 'that'
  if (
    closes &&
    /^(?:estimate|show|say|report|claim|note|suggest|indicate|reckon|believe|write)$/.test(
      verb.lemma,
    ) &&
    left !== undefined
  ) {
    if (left === prev && (SOURCE_NOUN.test(left.w) || (verb.form === 's' && isName(left))))
      return false
  }
  if (left?.tag === 'to' || left?.tag === 'modal' || left?.tag === 'do') {
    // `access to capital`: after a noun's "to" a bare noun may stand; verbs are far more common.
    return verb.form === 's'
  }
  if (inNoun || prev?.tag === 'prep' || left?.tag === 'be' || left?.tag === 'have') return true
  if (prev?.mention !== undefined && 'MCQDL'.includes(prev.mention.letter) && prev.tag === 'mark') {
    if (isAlsoNoun(verb.lemma) || verb.form === 'base') return true
  }
  if (left === undefined) return isAlsoNoun(verb.lemma) || verb.form === 's'
  if (left.tag === 'verb' && !['comma', 'cc'].includes(prev?.tag ?? '')) return true
  const isSubject =
    left.tag === 'pron' ||
    left.tag === 'rel' ||
    isName(left) ||
    left.tag === 'noun' ||
    left.tag === 'cc' ||
    left.tag === 'comma' ||
    left.tag === 'close' ||
    left.mention !== undefined
  if (!isSubject) return true
  return isThirdOrBase(verb, { prev, left, right, next, inNoun })
}

/** Behind what may be a subject: is the word its verb, or one more noun? */
function isThirdOrBase(verb: VerbForm, { prev, left, right, next }: Around): boolean {
  if (left === undefined) return true
  if (verb.form === 's') {
    if (!isAlsoNoun(verb.lemma)) return false
    if (left.tag === 'pron' || left.tag === 'rel') return false
    if (left.tag === 'noun' || left.tag === 'comma' || left.tag === 'cc')
      return !(
        left.tag === 'noun' &&
        !left.w.endsWith('s') &&
        opensNoun(next) &&
        next?.tag !== 'adj'
      )
    return !(
      opensNoun(right) ||
      right?.tag === 'to' ||
      right?.w === 'that' ||
      (right?.tag === 'prep' && prev?.tag === 'adv')
    )
  }
  // A base form needs a plural subject, or an auxiliary.
  if (left.tag === 'pron') return false
  if (left.tag === 'rel') return false
  if (left.tag === 'noun' && left.w.endsWith('s') && !left.w.endsWith('ss'))
    return isAlsoNoun(verb.lemma) && !opensNoun(right)
  if (left.tag === 'cc') return isAlsoNoun(verb.lemma) && !opensNoun(next)
  return true
}
