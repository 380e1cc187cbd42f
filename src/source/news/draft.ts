import type { FactType } from '../../model/news.ts'
import { E, type Masked, type Mention } from './mask.ts'
import type { Name } from './name-kind.ts'

/** A fact as a rule reads it from one sentence, before facts of several sentences are joined. */
export interface Draft {
  readonly type: FactType
  readonly at: number
  readonly of?: Name | undefined
  readonly from?: Name | undefined
  readonly to?: Name | undefined
  readonly with?: readonly string[]
  readonly what?: string | undefined
  readonly money?: Mention | undefined
  readonly percent?: Mention | undefined
  /** The change is a fall. */
  readonly isFall?: boolean
  readonly quantity?: Mention | undefined
  readonly when?: Mention | undefined
  readonly qualifier?: string | undefined
  readonly scope?: string | undefined
  readonly attributedTo?: string | undefined
  readonly inferred?: readonly string[]
}

const STOP =
  'of|in|to|for|by|with|from|at|on|and|or|that|which|who|after|before|as|into|via|over|under|than|while|when|but|said|says'
const WORD = `(?!(?:${STOP})(?![a-z]))[a-z][a-z0-9'-]*`

/** Descriptions in front of a name: `its Dutch rival ⟨O1⟩`, `⟨L2⟩-based ⟨O3⟩`. */
export const DESC = `(?:(?:${WORD}|⟨[LQ]\\d+⟩(?:'s|-[a-z]+)?|⟨[OUKA]\\d+⟩'s|⟨[OUKA]\\d+⟩-[a-z]+),? ){0,5}?`
export const FIRM = `${DESC}${E}(?!')`
/** The same, where it may own what follows: `⟨O1⟩'s licence`. */
export const OWNER = `${DESC}${E}`
export const FIRMS = `${FIRM}(?:(?:, and |, | and | & )${FIRM}(?![a-z]))*`

/** Every match of a rule; the pattern is compiled once by who calls. */
export function* each(m: Masked, pattern: RegExp): Generator<RegExpMatchArray & { index: number }> {
  for (const match of m.text.matchAll(pattern)) yield match as RegExpMatchArray & { index: number }
}

/** The mention that a named group holds, searched inside the match. */
export function mentionOf(m: Masked, match: RegExpMatchArray, group: string): Mention | undefined {
  return m.group(match, group)
}

/** The last mark in a group: descriptions may hold places and numbers. */
export function lastFirm(m: Masked, match: RegExpMatchArray, group: string): Mention | undefined {
  const text = match.groups?.[group]
  if (text === undefined) return undefined
  const marks = [...text.matchAll(/⟨[OUKA](\d+)⟩/g)]
  const mark = marks.at(-1)?.[1]
  return mark === undefined ? undefined : m.mentions[Number(mark)]
}

/** Money that belongs to what is said at an offset: behind it in its clause, else right before it. */
export function moneyFor(m: Masked, at: number, end: number): Mention | undefined {
  const clause = m.clause(at)
  // `its ⟨M1⟩ acquisition of`, `the ⟨M1⟩ deal to buy`: the price stands in front.
  const front = /(⟨M\d+⟩)(?: (?!in|of|from|for|and|by)[a-z-]+){0,2}(?: deal to)? $/.exec(
    m.text.slice(Math.max(0, at - 60), at),
  )
  const own = front?.[1] === undefined ? undefined : m.at(at - front[0].length)
  if (own !== undefined && isOwn(m, own)) return own
  const after = m
    .between(end, clause.to, 'M')
    .find(
      (money) => isOwn(m, money) && !/⟨M\d+⟩|\band ⟨[OUK]|; /.test(m.text.slice(end, money.start)),
    )
  if (after !== undefined) return after
  const before = m.between(Math.max(clause.from, at - 45), end, 'M').at(-1)
  return before !== undefined && isOwn(m, before) ? before : undefined
}

const FOREIGN =
  /(?:from|than|expected|forecast|debt of|profit of|loss of|assets of|worth of|discount of|bounty of|valuing [^⟨]*⟨[A-Z]\d+⟩ at|valu(?:es|ed|ing) (?:it|the (?:company|firm|business)|⟨[A-Z]\d+⟩) at) (?:[a-z-]+ )?$/
const NOT_PRICE =
  /^ (?:of|in) (?:client |customer |its |net |total )?(?:assets|debt|deposits|profit|revenue|sales|tokens|funds under|annual|daily)|^ (?:valuation|profit|loss|debt|discount|bounty)/

function isOwn(m: Masked, money: Mention): boolean {
  return (
    !FOREIGN.test(m.text.slice(Math.max(0, money.start - 40), money.start)) &&
    !NOT_PRICE.test(m.text.slice(money.end, money.end + 40))
  )
}

/** A date of the clause, else of the sentence where it has one only. */
export function whenFor(m: Masked, at: number): Mention | undefined {
  const clause = m.clause(at)
  const own = m.between(clause.from, clause.to, 'D').filter((d) => isPoint(m, d))
  if (own.length > 0) return nearest(own, at)
  // `by 2014, when …`: the clause happens at the date in front of it.
  const led = /⟨D(\d+)⟩,? when$/.exec(m.text.slice(0, clause.from).trimEnd())?.[1]
  if (led !== undefined) return m.mentions[Number(led)]
  const all = m.between(0, m.text.length, 'D').filter((d) => isPoint(m, d))
  const [only] = all
  if (all.length !== 1 || only === undefined) return undefined
  const between = m.text.slice(Math.min(only.end, at), Math.max(only.start, at))
  return /;|\b(?:while|but|before|whereas|since|than|although|though|because)\b/.test(between)
    ? undefined
    : only
}

function isPoint(m: Masked, date: Mention): boolean {
  const clause = m.text.slice(Math.max(0, date.start - 60), date.start)
  // `Founded in Turin in ⟨D1⟩`: the day of another event.
  if (
    /\b(?:founded|established|incorporated|born|set up|started out|opened its doors)\b(?:[^,;⟨]|⟨[A-CE-Z]\d+⟩)*$/.test(
      clause,
    )
  )
    return false
  return !/(?:since|between|founded in|until|due in|due by|close in|close by|expected (?:to [a-z]+ )?(?:in|by)|complete in|retire in|compared with|up from|from|than in) (?:the )?(?:[a-z]+ )?$/.test(
    m.text.slice(Math.max(0, date.start - 40), date.start),
  )
}

function nearest(mentions: readonly Mention[], at: number): Mention | undefined {
  return [...mentions].sort((a, b) => Math.abs(a.start - at) - Math.abs(b.start - at))[0]
}

/** Names by which a firm may act in a fact: no product, no place, nothing behind "the" of unknown kind. */
export function isFirm(mention: Mention | undefined): mention is Mention & { readonly name: Name } {
  if (mention?.name === undefined) return false
  if (mention.letter === 'U') return !mention.afterThe && !mention.name.isAsset
  return 'OAK'.includes(mention.letter)
}

/** Who owns what stands at an offset: `⟨O1⟩'s … revenue`, with at most some words between. */
export function ownerBefore(m: Masked, at: number): Mention | undefined {
  const before = m.text.slice(Math.max(0, at - 70), at)
  const match = /⟨([OUKA])(\d+)⟩(?:'s?)? (?:(?:[a-z-]+|⟨[CDLMQ]\d+⟩),? ){0,4}$/.exec(before)
  if (match === null) return undefined
  const mention = m.mentions[Number(match[2])]
  if (
    mention === undefined ||
    /\b(?:from|at|with|by|to|for|in|on|against|of)\b/.test(match[0].slice(match[0].indexOf('⟩')))
  )
    return undefined
  return mention
}
