import { type LegalFormClass, legalRange, withoutGluedForm } from '../../model/legal-form.ts'
import { editDistance } from '../../model/likeness.ts'
import { isParticle, nameTokens } from '../../model/name.ts'
import { isNumber, SAME_SKELETON } from '../../model/word-likeness.ts'
import { Aligner, type Alignment, type WordPair } from './align.ts'
import { evidenceMax, type WordRarity } from './evidence.ts'
import { type Formed, withoutSlipForm } from './form-slip.ts'

/** Why two names are alike, as a stable word that pages put into any language. */
export type NameReasonCode =
  | 'same_name'
  | 'other_order'
  | 'other_form'
  | 'other_kind'
  | 'other_spacing'
  | 'near_spacing'
  | 'acronym'
  | 'words'
  | 'none'

/** What the reason is about; empty lists where it is not about words. */
export interface NameReasonParams {
  readonly pairs: readonly WordPair[]
  readonly askedOnly: readonly string[]
  readonly listedOnly: readonly string[]
}

/** Why a name got its score, in the shape of INTERFACE §7, with a part for machines. */
export interface NameExplanation {
  readonly score: number
  readonly weight: number
  /** English; pages word `code` and `params` instead. */
  readonly detail: string
  readonly code: NameReasonCode
  readonly params: NameReasonParams
}

export interface NameScore {
  /** 0 to 1; 1 only for the same folded name. */
  readonly score: number
  /** Every word that was asked stands in the listed name, at most in another transliteration. */
  readonly hasAllWords: boolean
  readonly explanations: Readonly<Record<string, NameExplanation>>
}

/** How the source holds the name; docs/method/names.md. */
export type NameKind = 'name' | 'alias' | 'weakAlias' | 'previousName'

/** VOCABULARY §9: main features and settings. */
const KIND_WEIGHT: Readonly<Record<NameKind, number>> = {
  name: 1,
  alias: 1,
  previousName: 0.95,
  weakAlias: 0.8,
}
/** A word that only one side has leaves a doubt, however well the others agree. */
const INCOMPLETE_MAX = 0.91
/** Taken away where numbers in the names differ: "Bank 1" is not "Bank 2". */
const NUMBER_MISMATCH = 0.3
/** The same words in another order. */
const REORDERED = 0.98
/** Only the legal form differs: a firm is known without it, or by its form in another language. */
const OTHER_FORM = 0.97
/** A foundation or a fund of the name is another body than the firm of that name. */
const OTHER_KIND = 0.84
/** The legal form has a slip. */
const FORM_SLIP = 0.98
/** The same letters, split into words in another way. */
const REJOINED = 0.97
/** Taken away for each slip where the words are split in another way, too. */
const REJOINED_SLIP = 0.035
/** Initials of all words: many names share them, fewer where there are more. */
const ACRONYM_LONG = 0.76
const ACRONYM_SHORT = 0.68
const ACRONYM_MIN = 3
const ACRONYM_LONG_MIN = 4
const ACRONYM_MAX = 7

const FIRM_CLASSES: ReadonlySet<LegalFormClass> = new Set([
  'limited',
  'shares',
  'corporation',
  'public',
  'partnership',
])

const NO_WORDS: NameReasonParams = { pairs: [], askedOnly: [], listedOnly: [] }

interface Base {
  readonly score: number
  readonly hasAllWords: boolean
  readonly code: NameReasonCode
  readonly params: NameReasonParams
}

const NOTHING: Base = { score: 0, hasAllWords: false, code: 'none', params: NO_WORDS }

interface Name extends Formed {
  readonly words: readonly string[]
  readonly classes: readonly LegalFormClass[]
  readonly joined: string
}

export interface NameScorerOptions {
  /** Legal forms are forms of firms only: the last word of a person's name is a name. */
  readonly hasForms?: boolean
  /** How common words are in the book; without it a list of common names is asked. */
  readonly rarity?: WordRarity
}

/** Scores many candidates against one asked name; likenesses of words are computed once. */
export class NameScorer {
  readonly #folded: string
  readonly #own: Side
  readonly #hasForms: boolean
  readonly #rarity: WordRarity | undefined
  /** The asked name without words that are a legal form but for a slip, by where it is cut. */
  readonly #cuts = new Map<number, Aligner>()

  /** `folded` is a `foldName` of the asked name. */
  constructor(folded: string, options: NameScorerOptions = {}) {
    this.#folded = folded
    this.#hasForms = options.hasForms ?? true
    this.#rarity = options.rarity
    this.#own = sideOf(this.#nameOf(folded))
  }

  score(candidate: string, kind: NameKind): NameScore {
    const { score, hasAllWords, code, params } = this.#base(candidate)
    const weight = KIND_WEIGHT[kind]
    const detail = detailOf(code, params, candidate)
    return {
      score: round(score * weight),
      hasAllWords,
      explanations: { [kind]: { score: round(score), weight, detail, code, params } },
    }
  }

  #nameOf(folded: string): Name {
    const all = nameTokens(folded)
    const range = this.#hasForms ? legalRange(all) : { start: 0, end: all.length, forms: [] }
    const { start, end, forms } = range
    return cutTo({ all, start, end, classes: forms.map((form) => form.class) })
  }

  #base(candidate: string): Base {
    if (candidate === this.#folded) return whole('same_name', candidate === '' ? 0 : 1)
    const listed = this.#nameOf(candidate)
    const own = this.#own
    if (listed.words.length === 0 || own.name.words.length === 0) return NOTHING
    const base = judged(own, listed, this.#rarity)
    const cut = this.#hasForms ? this.#withoutSlips(listed) : undefined
    if (cut === undefined) return base
    const [side, name] = cut
    const other = judged(side, name, this.#rarity)
    return other.score > base.score ? { ...other, score: other.score * FORM_SLIP } : base
  }

  /** Both names without what is a legal form but for a slip; undefined where nothing is. */
  #withoutSlips(listed: Name): readonly [Side, Name] | undefined {
    const { name } = this.#own
    const mine = withoutSlipForm(name, listed)
    const theirs = withoutSlipForm(listed, name)
    if (mine === undefined && theirs === undefined) return undefined
    const { classes } = theirs === undefined ? listed : name
    const other = theirs === undefined ? listed : cutTo({ ...listed, ...theirs, classes })
    if (mine === undefined) return [this.#own, other]
    const cut = cutTo({ ...name, ...mine, classes })
    const key = mine.start * (name.all.length + 1) + mine.end
    let aligner = this.#cuts.get(key)
    if (aligner === undefined) {
      aligner = new Aligner(cut.words)
      this.#cuts.set(key, aligner)
    }
    return [{ name: cut, aligner }, other]
  }
}

/** A name with what aligns others with it. */
interface Side {
  readonly name: Name
  readonly aligner: Aligner
}

function sideOf(name: Name): Side {
  return { name, aligner: new Aligner(name.words) }
}

function cutTo({ all, start, end, classes }: Formed & Pick<Name, 'classes'>): Name {
  const words = all.slice(start, end).map(withoutGluedForm)
  return { all, start, end, classes, words, joined: words.join('') }
}

function judged(own: Side, listed: Name, rarity: WordRarity | undefined): Base {
  return wholeOf(own.name, listed) ?? acronymOf(own.name, listed) ?? byWords(own, listed, rarity)
}

/** Cases that are decided on the whole name. */
function wholeOf(own: Name, listed: Name): Base | undefined {
  if (own.joined === listed.joined) {
    if (own.words.length !== listed.words.length) return whole('other_spacing', REJOINED)
    return isOtherKind(own.classes, listed.classes)
      ? whole('other_kind', OTHER_KIND)
      : whole('other_form', OTHER_FORM)
  }
  if (own.words.length === listed.words.length) {
    const isReordered =
      own.joined.length === listed.joined.length &&
      [...own.words].sort().join(' ') === [...listed.words].sort().join(' ')
    return isReordered ? whole('other_order', REORDERED) : undefined
  }
  if (rotations(own.words).includes(listed.joined)) return whole('other_spacing', REJOINED)
  if (rotations(listed.words).includes(own.joined)) return whole('other_spacing', REJOINED)
  const slips = slipsOf(own.joined, listed.joined)
  return slips === undefined ? undefined : whole('near_spacing', REJOINED - slips * REJOINED_SLIP)
}

function acronymOf(own: Name, listed: Name): Base | undefined {
  const isOne = isAcronymOf(own, listed) || isAcronymOf(listed, own)
  if (!isOne) return undefined
  const letters = Math.min(own.joined.length, listed.joined.length)
  const score = letters >= ACRONYM_LONG_MIN ? ACRONYM_LONG : ACRONYM_SHORT
  return { score, hasAllWords: false, code: 'acronym', params: NO_WORDS }
}

function byWords(own: Side, listed: Name, rarity: WordRarity | undefined): Base {
  const found = own.aligner.align(listed.words)
  const { pairs, askedOnly, listedOnly } = found
  if (pairs.length === 0) return NOTHING
  let score = found.score
  if (askedOnly.some(isNumber) && listedOnly.some(isNumber)) score -= NUMBER_MISMATCH
  const isWhole = askedOnly.every(isParticle) && listedOnly.every(isParticle)
  // A match over words is never as good as the same name.
  const most = isWhole ? REORDERED : INCOMPLETE_MAX
  return {
    score: Math.max(0, Math.min(score, most, evidenceMax(found, isWhole, rarity))),
    hasAllWords: hasAll(found),
    code: 'words',
    params: { pairs, askedOnly, listedOnly },
  }
}

function whole(code: NameReasonCode, score: number): Base {
  return { score, hasAllWords: true, code, params: NO_WORDS }
}

function hasAll({ pairs, askedOnly }: Alignment): boolean {
  return pairs.every((pair) => pair.score >= SAME_SKELETON) && askedOnly.every(isParticle)
}

/** One is a firm or says nothing, the other is a foundation, an association, a fund, a state's. */
function isOtherKind(a: readonly LegalFormClass[], b: readonly LegalFormClass[]): boolean {
  const isFirm = (classes: readonly LegalFormClass[]) =>
    classes.length === 0 || classes.some((form) => FIRM_CLASSES.has(form))
  return isFirm(a) !== isFirm(b) || (!isFirm(a) && a.every((form) => !b.includes(form)))
}

const ROTATED_WORDS_MAX = 4

/** The name with its first word last and its last word first: surnames stand at either end. */
function rotations(words: readonly string[]): string[] {
  if (words.length < 2 || words.length > ROTATED_WORDS_MAX) return []
  const first = words[0] as string
  const last = words.at(-1) as string
  return [words.slice(1).join('') + first, last + words.slice(0, -1).join('')]
}

function isAcronymOf(short: Name, long: Name): boolean {
  const letters = short.joined
  if (short.words.length !== 1 || letters.length !== long.words.length) return false
  if (letters.length < ACRONYM_MIN || letters.length > ACRONYM_MAX) return false
  return long.words.every((word, i) => word.length > 1 && word[0] === letters[i])
}

/** Slips between two whole names written without spaces; undefined where they are other names. */
function slipsOf(a: string, b: string): number | undefined {
  const length = Math.min(a.length, b.length)
  const max = length >= 16 ? 2 : length >= 10 ? 1 : 0
  if (max === 0 || Math.abs(a.length - b.length) > max) return undefined
  if (a.replace(/\D/g, '') !== b.replace(/\D/g, '')) return undefined
  const slips = editDistance(a, b, max)
  return slips <= max ? slips : undefined
}

const TEXTS: Readonly<Record<NameReasonCode, string>> = {
  same_name: 'same name',
  other_order: 'same words in another order',
  other_form: 'the same but for the legal form',
  other_kind: 'the same but for the kind of body',
  other_spacing: 'same letters, other words',
  near_spacing: 'nearly the same letters, other words',
  acronym: 'initials of the words',
  words: '',
  none: 'no word in common',
}

function detailOf(code: NameReasonCode, params: NameReasonParams, candidate: string): string {
  if (code === 'none') return TEXTS.none
  if (code !== 'words') return `${TEXTS[code]}: ${candidate}`
  const said = params.pairs.map(({ asked, listed, score }) =>
    asked === listed ? asked : `${asked}≈${listed} ${round(score)}`,
  )
  if (params.askedOnly.length > 0) said.push(`asked only: ${params.askedOnly.join(' ')}`)
  if (params.listedOnly.length > 0) said.push(`listed only: ${params.listedOnly.join(' ')}`)
  return said.join(', ')
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
