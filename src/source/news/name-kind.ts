import {
  ASSETS,
  isFirstName,
  KNOWN_ORGS,
  LONG_PLACES,
  ORG_ENDINGS,
  ORG_HEADS,
  ORG_NOUNS,
  PLACES,
  PRODUCTS,
  REGULATORS,
  ROLE,
  VENUES,
} from './lexicon.ts'
import type { Token } from './token.ts'

export type NameKind = 'org' | 'person' | 'place' | 'thing' | 'unknown'

/** Somebody or something that an article names, under its fullest form. */
export interface Name {
  name: string
  kind: NameKind
  isRegulator: boolean
  /** Tokens or chains: traded, and never a firm. */
  isAsset: boolean
  isVenue: boolean
}

export const COUNTRIES = countries()

function countries(): ReadonlySet<string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const out = new Set<string>()
  for (let i = 0; i < 676; i++) {
    const code = String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26))
    const name = names.of(code)
    if (name !== undefined && code !== 'EU' && code !== 'UN') out.add(name.toLowerCase())
  }
  for (const name of [
    'czechia',
    'south korea',
    'north korea',
    'hong kong',
    'turkey',
    'united states',
    'burma',
    'macedonia',
  ])
    out.add(name)
  return out
}

/** A country, a city or a people by its name. */
export function isPlace(name: string): boolean {
  const lower = name.toLowerCase()
  return LONG_PLACES.has(lower) || PLACES.has(lower) || COUNTRIES.has(lower)
}

/** A stretch of a sentence that names somebody, before it is known whom. */
export interface Draft {
  readonly tokens: readonly Token[]
  readonly start: number
  readonly end: number
  readonly endWhole: number
  readonly possessive: boolean
  text: string
  readonly isQuoted: boolean
  readonly isFirst: boolean
}

interface Entry {
  readonly name: Name
  readonly tokens: readonly string[]
  org: number
  person: number
  thing: number
  /** Somebody calls it a regulator. */
  authority: boolean
  first: number
}

/** Evidence about each name of one article, and what follows from it. */
export class NameBook {
  readonly #entries = new Map<string, Entry>()
  readonly #aliases = new Map<string, Entry>()
  #order = 0

  see(draft: Draft, sentence: string): void {
    const entry = this.#entry(draft)
    const before = sentence.slice(Math.max(0, draft.start - 60), draft.start)
    const after = sentence.slice(draft.endWhole, draft.endWhole + 60)
    if (/\b(?:regulator|watchdog|supervisor) $/.test(before)) entry.authority = true
    entry.org += orgEvidence(before, after, draft)
    entry.person += personEvidence(before, after, draft)
    if (
      draft.isQuoted ||
      /\b(?:models?|devices?|phones?|games?|cars?|apps?) (?:like|such as|called|named) (?:the )?(?:\p{Ll}+ )?$/u.test(
        before,
      )
    )
      entry.thing += 2
    if (/^-(?:based|headquartered|listed|born)(?!\p{L})/u.test(after)) entry.name.kind = 'place'
    const bracket = /^ \((?:the )?(?:"|“)?(\p{Lu}[\p{Lu}\p{N}]{1,7})(?:"|”)?\)/u.exec(after)?.[1]
    if (bracket !== undefined) this.#aliases.set(bracket, entry)
  }

  #entry(draft: Draft): Entry {
    const known = this.#entries.get(draft.text)
    if (known !== undefined) return known
    const tokens = draft.tokens.map(({ lower }) => lower)
    const name: Name = {
      name: draft.text,
      kind: 'unknown',
      isRegulator: false,
      isAsset: false,
      isVenue: false,
    }
    const entry: Entry = {
      name,
      tokens,
      org: 0,
      person: 0,
      thing: 0,
      authority: false,
      first: this.#order++,
    }
    this.#entries.set(draft.text, entry)
    return entry
  }

  /** Decides the kinds, then joins short forms to the long ones that came before them. */
  settle(): void {
    for (const entry of this.#entries.values()) decide(entry)
    for (const [short, entry] of this.#aliases) {
      const own = this.#entries.get(short)
      if (own?.name.isRegulator || REGULATORS.has(short.toLowerCase()))
        entry.name.isRegulator = true
      if (entry.name.kind === 'unknown') entry.name.kind = 'org'
    }
    for (const entry of this.#entries.values()) {
      if (this.#aliases.has(entry.name.name) || entry.tokens.length > 2) continue
      const full = this.#longer(entry)
      if (full !== undefined) this.#aliases.set(entry.name.name, full)
    }
  }

  #longer(entry: Entry): Entry | undefined {
    const [token] = entry.tokens
    const name = entry.name.name.toLowerCase()
    for (const other of this.#entries.values()) {
      if (other === entry || other.tokens.length <= entry.tokens.length) continue
      const { kind } = other.name
      if (kind === 'person' && entry.tokens.length === 1) {
        const isOwn = other.tokens.at(-1) === token && entry.name.kind !== 'place' && entry.org < 2
        if (isOwn) return other
      }
      const long = other.name.name.toLowerCase()
      if (
        kind === 'org' &&
        long.startsWith(`${name} `) &&
        other.first < entry.first &&
        entry.name.kind !== 'place'
      )
        return other
      if (
        kind === 'org' &&
        long.endsWith(` ${name}`) &&
        /^(?:uab|ooo|ab|pt|oy|gmbh)$/.test(other.tokens[0] ?? '')
      )
        return other
    }
    return undefined
  }

  of(text: string): Name {
    const entry = this.#aliases.get(text) ?? this.#entries.get(text)
    return (
      entry?.name ?? {
        name: text,
        kind: 'unknown',
        isRegulator: false,
        isAsset: false,
        isVenue: false,
      }
    )
  }
}

const BUSINESS =
  /^(?:,? (?:has|have|had|was|were|is|will))?(?: \p{Ll}+ly)? (?:announced|acquired|acquires|buys|bought|raised|raises|reported|reports|launched|launches|unveiled|posted|posts|sold|sells|signed|signs|secured|employs|operates|filed|lists|listed|invests|invested|fined|hacked|exploited|overtook|offloaded|dominated|pays|paid|introduces|introduced|brought|rolled|opened|expects|offers|serves|operates|runs|plans|said|says)(?!\p{L})/u
const OWNED =
  /^(?:'s|’s|‘s)? (?:shares|stock|share price|revenues?|sales|market share|valuation|board|chief executive|ceo|cfo|chairman|customers|shareholders|headquarters|employees|subsidiary|spokes\p{L}+|analyst)(?!\p{L})/iu
const NOUN_AFTER =
  /^,? (?:an?|the|its|one of the) (?:[\p{L}\p{N}-]+ ){0,5}?(?:company|firm|exchange|broker|bank|lender|insurer|issuer|custodian|operator|maker|manufacturer|startup|retailer|platform|provider|developer|group|regulator|watchdog|producer|supplier|protocol)(?!\p{L})/u

function orgEvidence(before: string, after: string, draft: Draft): number {
  let points = 0
  const word = /(\p{L}[\p{L}'-]*) $/u.exec(before)?.[1]?.toLowerCase()
  if (word !== undefined && ORG_NOUNS.has(word)) points += 4
  if (/\b(?:shares|stock) (?:of|in) $/i.test(before)) points += 3
  if (
    /\b(?:investigators|analysts?|researchers?|lawyers?|executives?|engineers|economists?|strategists?|staff|employees|officials) (?:at|from|of|with) $/i.test(
      before,
    )
  )
    points += 2
  if (OFFICE_OF.test(before)) points += 3
  if (OWNED.test(draft.possessive ? `'s${after}` : after)) points += 2
  if (
    /^ (?:CEO|CFO|chief|analyst|chairman|president|founder|co-founder)(?!\p{L})/u.test(after) &&
    !draft.possessive
  )
    points += 3
  if (BUSINESS.test(after)) points += 1
  if (NOUN_AFTER.test(after)) points += 3
  if (/^ (?:shares|stock)(?!\p{L})/u.test(after)) points += 2
  return points
}

const SPEECH =
  '(?:said|says|told|added|wrote|argued|noted|recalled|warned|explained|deemed|believes|thinks)'
const OFFICE_OF = new RegExp(`\\b${ROLE} (?:of|at) $`, 'i')
const SAID_BEFORE = new RegExp(`\\b${SPEECH} $`)
const SAID_AFTER = new RegExp(`^ ${SPEECH}(?!\\p{L})`, 'u')
const ROLE_BEFORE = new RegExp(`(?<!\\p{L})${ROLE} $`, 'iu')
const ROLE_AFTER = new RegExp(
  `^, (?:the |a |an |its |who (?:is|was) )?(?:[\\p{L}'’-]+ ){0,3}?${ROLE}(?!\\p{L})`,
  'iu',
)

function personEvidence(before: string, after: string, draft: Draft): number {
  let points = 0
  const [first] = draft.tokens
  const size = draft.tokens.length
  if (size >= 2 && size <= 4 && isFirstName(first?.text ?? '')) points += 3
  if (/\b(?:Mr|Mrs|Ms|Dr|Sir|Judge|Senator|Professor)\.? $/u.test(before)) points += 5
  if (size >= 2 && size <= 4) {
    if (ROLE_BEFORE.test(before) && !ORG_NOUNS.has(draft.tokens.at(-1)?.lower ?? '')) points += 3
    if (ROLE_AFTER.test(after)) points += 3
    if (SAID_BEFORE.test(before)) points += 1
    if (SAID_AFTER.test(after)) points += 1
    if (/^ of \p{Lu}/u.test(after)) points += 1
    if (/^, (?:who|\d{2},)/u.test(after)) points += 1
    if (
      /\b(?:appointed|appoints|named|names|hired|hires|promoted|promotes|taps|tapped|picks|picked|poaches|poached|elects|elected|recruits|recruited|welcomes|succeed(?:s|ed|ing)?|replac(?:es|ed|ing)) $/u.test(
        before,
      )
    )
      points += 2
  }
  return points
}

function decide(entry: Entry): void {
  const { name, tokens } = entry
  const [first = ''] = tokens
  const last = tokens.at(-1) ?? ''
  const lower = name.name.toLowerCase()
  if (name.kind === 'place') return
  if (
    LONG_PLACES.has(lower) ||
    PLACES.has(lower) ||
    COUNTRIES.has(lower) ||
    tokens.every((token) => PLACES.has(token))
  ) {
    name.kind = 'place'
    return
  }
  name.isAsset = ASSETS.has(lower)
  name.isVenue =
    VENUES.has(lower) ||
    (VENUES.has(first) && tokens.length === 2 && PLACES.has(last)) ||
    /\b(?:stock exchange|bourse)$/.test(lower)
  name.isRegulator = entry.authority || isAuthority(name.name, tokens)
  if (name.isRegulator || name.isVenue) name.kind = 'org'
  else if (
    KNOWN_ORGS.has(lower) ||
    (KNOWN_ORGS.has(first) && ORG_ENDINGS.has(last) && tokens.length > 1)
  )
    name.kind = 'org'
  else if (
    name.isAsset ||
    PRODUCTS.has(lower) ||
    PRODUCTS.has(lower.replace(/s$/, '')) ||
    PRODUCTS.has(first)
  )
    name.kind = 'thing'
  else if (tokens.length > 1 && KNOWN_ORGS.has(first) && tokens.length <= 3)
    name.kind = entry.org >= 1 ? 'org' : 'thing'
  else if (tokens.length > 1 && ORG_ENDINGS.has(last) && entry.person < 5) name.kind = 'org'
  else if (tokens.length > 2 && ORG_HEADS.has(first)) name.kind = 'org'
  else if (entry.person >= 3 && entry.person >= entry.org) name.kind = 'person'
  else if (entry.thing > entry.org) name.kind = 'thing'
  else if (entry.org >= 1 && !(tokens.length === 2 && entry.person >= entry.org)) name.kind = 'org'
  else if (entry.person >= 2) name.kind = 'person'
}

const AUTHORITY =
  /\b(?:authority|commission|central bank|bank of (?:ireland|england|lithuania|italy|spain|portugal|slovenia|canada|thailand|japan|korea|russia|ghana|israel|mauritius|finland|greece|estonia|latvia)|reserve bank|monetary authority|supervisory|regulatory|(?:financial |market )?services (?:agency|authority|commission|board)|justice department|protection bureau|protection commission|department of (?:justice|the treasury|financial services)|treasury|ministry|attorney general|financial market authority|securities commission|bureau of investigation|trade commission|national bank of \p{Lu}\p{L}+|exchange board|financial intelligence|federal reserve|monetary fund|court)\b/iu

function isAuthority(name: string, tokens: readonly string[]): boolean {
  if (tokens.length === 1)
    return (
      /^\p{Lu}/u.test(name) &&
      (tokens[0] ?? '').split('-').some((part) => REGULATORS.has(part.replaceAll('.', '')))
    )
  const last = tokens.at(-1) ?? ''
  return (
    AUTHORITY.test(name) ||
    (REGULATORS.has(last) && (PLACES.has(tokens[0] ?? '') || COUNTRIES.has(tokens[0] ?? '')))
  )
}
