import { amountsOf, type Found } from './amount.ts'
import { FIRM_WORDS } from './lexicon.ts'
import type { Name } from './name-kind.ts'
import type { NameSpan } from './names.ts'
import type { Sentence } from './sentence.ts'
import { datesOf, type When } from './when.ts'

/**
 * Letter of a mention in the masked text: O organisation, A authority, U a name of unknown kind, K a
 * word that stands for a firm named before, P person, L place, T product or token, M money, C per
 * cent, Q plain number, R end of a range, D date.
 */
type Letter = 'O' | 'A' | 'U' | 'K' | 'P' | 'L' | 'T' | 'M' | 'C' | 'Q' | 'R' | 'D'

export interface Mention {
  readonly letter: Letter
  /** Offsets in the masked text, brackets included, possessive ending left out. */
  readonly start: number
  readonly end: number
  /** Offsets in the sentence. */
  readonly from: number
  readonly to: number
  /** Of a stand-in: set when it is known for whom it stands. */
  readonly name: Name | undefined
  readonly amount: Found | undefined
  readonly when: When | undefined
  readonly possessive: boolean
  readonly text: string
  readonly afterThe: boolean
  /** 1 where the mask gave back an apostrophe that the text has lost. */
  readonly quote: 0 | 1
}

/** Who was spoken of so far: what "it" and "the regulator" stand for. */
export interface Context {
  /** The firm that the sentences before were about. */
  subject: Name | undefined
  authority: Name | undefined
  /** The firm that the article is about, where one stands out. */
  readonly topic: Name | undefined
  readonly publishedAt: string | null
  /** What the sentence before was about, where it was a figure: `revenue`. */
  readonly figure?: string | undefined
}

export const E = '⟨[OUKA]\\d+⟩'
export const PERSON = '⟨P\\d+⟩'
export const MONEY = '⟨M\\d+⟩'
export const PERCENT = '⟨C\\d+⟩'
export const DATE = '⟨D\\d+⟩'

interface Piece {
  readonly from: number
  readonly to: number
  readonly letter: Letter
  readonly possessive: boolean
  readonly name?: Name | undefined
  readonly amount?: Found
  readonly when?: When
  readonly afterThe?: boolean
}

const NOUN = [...FIRM_WORDS].join('|')
const AUTHORITY_NOUNS =
  'regulator|watchdog|authority|agency|commission|central bank|supervisor|ministry'
const NOT_MOD =
  'of|in|on|at|by|to|for|from|with|and|or|but|that|which|who|is|was|were|has|had|have|will|as|said|than|after|before|while|when|its|his|her|their|the|a|an|into|over|under|per|not|sister|parent|other|same|first|second|third|only|biggest|largest|world|smaller|two|three|rival|new|whole|entire|insurance|holding|target|trading|operating|shell'
const MOD = `(?:(?!(?:${NOT_MOD})(?![a-z]))[a-z][a-z-]*|⟨L\\d+⟩(?:-[a-z]+)?)`
const THE_FIRM = `(?:the|this|his|her|their) (?:${MOD} ){0,3}?(?:${NOUN})(?! (?:markets?|industry|sector|business|shares?|stock|cards?|accounts?|rates?|world|fees?|tokens?|sites?|tax)(?![a-z]))`
/** `The Bergen group`: a place that is no known one, in front of the noun. */
const THE_PLACE_FIRM = `(?:(?<=^|\\. )the|the(?= ⟨U\\d+⟩(?:-based|-listed|-headquartered)? (?!group))) ⟨U\\d+⟩(?:-[a-z]+)? (?:${NOUN})`
const COREF = new RegExp(
  `(?<![\\p{L}⟩'])(?:(?:(?<aut>the (?:[a-z]+ |⟨L\\d+⟩ (?:[a-z]+ )?)?(?:${AUTHORITY_NOUNS}))|(?<org>${THE_FIRM}|${THE_PLACE_FIRM}|the ⟨U\\d+⟩ (?:${MOD} ){1,2}(?:${NOUN})))(?:(?<pos>'s)(?!\\p{L})|(?!['\\p{L}⟨-])(?! ⟨[OUTPA]))|(?<it>its(?!['\\p{L}⟨-])|it(?!['\\p{L}⟨-])(?! ⟨[OUTPA])))`,
  'gu',
)
const PLACE_BODY =
  /^'s (?:central bank|(?:financial |securities |banking |market |markets )?(?:regulator|watchdog|supervisor))(?![\p{L}])/u

/** A sentence whose names, amounts and dates are marks, so that rules see its grammar alone. */
export class Masked {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly sentence: Sentence
  readonly #byStart = new Map<number, Mention>()
  #cuts: readonly (readonly [start: number, end: number])[] | undefined
  readonly context: Context

  constructor(sentence: Sentence, names: readonly NameSpan[], context: Context) {
    this.sentence = sentence
    this.context = context
    const pieces = piecesOf(sentence.text, names, context)
    const first = build(sentence.text, pieces)
    const stand = standIns(first)
    const kept = pieces.filter((p) => !stand.some((r) => r.from < p.to && p.from < r.to))
    const all = [...kept, ...stand].sort((a, b) => a.from - b.from)
    const built = stand.length === 0 ? first : build(sentence.text, all)
    this.text = built.text
    this.mentions = built.mentions
    for (const mention of this.mentions) this.#byStart.set(mention.start, mention)
  }

  /** Says for whom a word such as "it" stands. */
  name(mention: Mention, name: Name): void {
    const own = this.#byStart.get(mention.start)
    if (own !== undefined) (own as { name: Name | undefined }).name = name
  }

  /** The mention that begins here, for `⟨O3⟩` found by a rule. */
  at(start: number): Mention | undefined {
    return this.#byStart.get(start)
  }

  /** Mentions between two masked offsets. */
  between(from: number, to: number, letters: string): Mention[] {
    return this.mentions.filter((m) => m.start >= from && m.end <= to && letters.includes(m.letter))
  }

  /** The mention in the n-th capture of a match that holds exactly one. */
  group(match: RegExpMatchArray, name: string): Mention | undefined {
    const text = match.groups?.[name]
    if (text === undefined) return undefined
    const mark = /⟨[A-Z](\d+)⟩/.exec(text)?.[1]
    return mark === undefined ? undefined : this.mentions[Number(mark)]
  }

  /** What the sentence says between two masked offsets, as it is written. */
  original(from: number, to: number): string {
    return this.sentence.text.slice(this.#offset(from), this.#offset(to)).trim()
  }

  #offset(masked: number): number {
    let shift = 0
    for (const m of this.mentions) {
      if (masked <= m.start) return masked + shift
      if (masked < m.end) return m.from
      shift = m.to - m.end - m.quote
    }
    return masked + shift
  }

  /** The clause around an offset: it ends at a semicolon, a dash, a colon or a conjunction. */
  clause(at: number): { readonly from: number; readonly to: number } {
    this.#cuts ??= [...this.text.matchAll(CLAUSE)].map((match) => [
      match.index,
      match.index + match[0].length,
    ])
    let from = 0
    for (const [start, end] of this.#cuts) {
      if (end <= at) from = end
      else if (start >= at) return { from, to: start }
    }
    return { from, to: this.text.length }
  }
}

const CLAUSE =
  /; |: | [—–] |—|, (?:while|but|when|which|who|whose|where|as|after|before|although|though|with|whereas|because|and (?=⟨[OUKAP]\d+⟩ (?:[a-z]+ed|has|is|was|will)))\b| (?:while|but|when|after|before|because|although|though|despite|as part of|than)\b/g

function piecesOf(text: string, names: readonly NameSpan[], context: Context): Piece[] {
  const out: Piece[] = []
  const add = (piece: Piece) => {
    if (!out.some((other) => other.from < piece.to && piece.from < other.to)) out.push(piece)
  }
  const amounts = amountsOf(text)
  for (const amount of amounts) {
    if (amount.kind !== 'money') continue
    add({
      from: amount.start,
      to: amount.end,
      letter: amount.isRange ? 'R' : 'M',
      possessive: false,
      amount,
    })
  }
  for (const when of datesOf(text, context.publishedAt)) {
    add({ from: when.start, to: when.end, letter: 'D', possessive: false, when })
  }
  for (const amount of amounts) {
    if (amount.kind !== 'percent') continue
    add({ from: amount.start, to: amount.end, letter: 'C', possessive: false, amount })
  }
  for (const span of names) add(pieceOf(text, span))
  for (const amount of amounts) {
    if (amount.kind !== 'quantity') continue
    add({
      from: amount.start,
      to: amount.end,
      letter: amount.isRange ? 'R' : 'Q',
      possessive: false,
      amount,
    })
  }
  return out.sort((a, b) => a.from - b.from)
}

/** A name; with a place in front of "regulator" or "stock exchange" the words are one name. */
function pieceOf(text: string, span: NameSpan): Piece {
  const { name } = span
  const isPlace = name.kind === 'place'
  const body =
    isPlace && span.possessive
      ? PLACE_BODY.exec(`'s${text.slice(span.endWhole).toLowerCase()}`)?.[0]
      : undefined
  const venue =
    isPlace && !span.possessive
      ? PLACE_VENUE.exec(text.slice(span.end).toLowerCase())?.[0]
      : undefined
  const to =
    body !== undefined
      ? span.endWhole + body.length - 2
      : venue !== undefined
        ? span.end + venue.length
        : undefined
  if (to === undefined)
    return {
      from: span.start,
      to: span.end,
      letter: letterOf(name),
      possessive: span.possessive,
      name,
      afterThe: span.afterThe,
    }
  const isRegulator = body !== undefined
  const own: Name = {
    name: text.slice(span.start, to),
    kind: 'org',
    isRegulator,
    isAsset: false,
    isVenue: !isRegulator,
  }
  return { from: span.start, to, letter: isRegulator ? 'A' : 'O', possessive: false, name: own }
}

const PLACE_VENUE = /^ (?:stock exchange|stock market|bourse)(?![\p{L}])/u

function letterOf(name: Name): Letter {
  if (name.isRegulator) return 'A'
  if (name.kind === 'org') return 'O'
  if (name.kind === 'person') return 'P'
  if (name.kind === 'place') return 'L'
  return name.kind === 'thing' ? 'T' : 'U'
}

interface Built {
  readonly text: string
  readonly mentions: Mention[]
  readonly source: string
}

function build(source: string, pieces: readonly Piece[]): Built {
  let text = ''
  let at = 0
  const mentions: Mention[] = []
  for (const piece of pieces) {
    text += plain(source.slice(at, piece.from))
    const start = text.length
    const quote = piece.possessive && source[piece.to] === 's' ? 1 : 0
    text += `⟨${piece.letter}${mentions.length}⟩`
    mentions.push({
      letter: piece.letter,
      start,
      end: text.length,
      from: piece.from,
      to: piece.to,
      name: piece.name,
      amount: piece.amount,
      when: piece.when,
      possessive: piece.possessive,
      text: source.slice(piece.from, piece.to),
      afterThe: piece.afterThe ?? false,
      quote,
    })
    at = piece.to
    // A lost apostrophe leaves an s behind; every possessive reads alike from here on.
    if (quote === 1) text += "'"
  }
  return { text: text + plain(source.slice(at)), mentions, source }
}

/** Same length as what it stands for, so that offsets stay true. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[“”«»„]/g, '"')
    .replace(/[⟨⟩]/g, ' ')
    .replace(/\u00a0/g, ' ')
}

/** Words that stand for a name; for which, the grammar of the sentence tells. */
function standIns(built: Built): Piece[] {
  const out: Piece[] = []
  for (const match of built.text.matchAll(COREF)) {
    const at = match.index ?? 0
    const name = match.groups?.aut === undefined ? undefined : literal(built, match)
    const from = offsetIn(built, at)
    const whole = match[0]
    const possessive = whole === 'its' || match.groups?.pos !== undefined
    const mark = /⟨[LU](\d+)⟩/.exec(whole)?.[1]
    const inner = mark === undefined ? undefined : built.mentions[Number(mark)]
    const grown = inner === undefined ? 0 : inner.to - inner.from - (inner.end - inner.start)
    const length =
      grown +
      (match.groups?.pos !== undefined ? whole.length - 2 : whole === 'its' ? 2 : whole.length)
    out.push({ from, to: from + length, letter: name === undefined ? 'K' : 'A', possessive, name })
  }
  return out
}

/** `the Dutch central bank`: an authority that is named by its country alone. */
function literal(built: Built, match: RegExpMatchArray): Name | undefined {
  if (!match[0].includes('⟨')) return undefined
  const at = match.index ?? 0
  const from = offsetIn(built, at)
  const mark = built.mentions[Number(/⟨L(\d+)⟩/.exec(match[0])?.[1])]
  if (mark === undefined) return undefined
  const tail = match[0].slice(match[0].indexOf('⟩') + 1).replace(/'s$/, '')
  const name = `${built.source.slice(from + 4, mark.to)}${tail}`
  return { name, kind: 'org', isRegulator: true, isAsset: false, isVenue: false }
}

function offsetIn(built: Built, masked: number): number {
  let shift = 0
  for (const m of built.mentions) {
    if (masked < m.end) break
    shift = m.to - m.end - m.quote
  }
  return masked + shift
}
