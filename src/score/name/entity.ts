import { foldName, nameTokens } from '../../model/name.ts'
import { isNumber } from '../../model/word-likeness.ts'
import { SCREEN } from './operating-point.ts'
import { type NameExplanation, type NameKind, NameScorer } from './score.ts'

/**
 * Whether a known entity is the asked one. The strongest main feature decides, then qualifiers that
 * both sides state and that differ speak against it (VOCABULARY §9):
 *
 *     score = max(main × weight); where it is above 0: score += Σ qualifier × weight
 *
 * What one side does not state says nothing. Pure: no clock, no look-ups.
 */

/** What is known of the asked one. Names as written, dates ISO 8601 and maybe partial. */
export interface AskedEntity {
  readonly name: string
  /** FollowTheMoney schema; unknown where it is left out. */
  readonly schema?: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[] | undefined
  readonly birthDates?: readonly string[] | undefined
  readonly gender?: string | undefined
  readonly identifiers?: readonly EntityIdentifier[] | undefined
}

export interface KnownEntity {
  readonly names: readonly { readonly text: string; readonly kind: NameKind }[]
  readonly schema?: string | undefined
  readonly countries?: readonly string[] | undefined
  readonly birthDates?: readonly string[] | undefined
  readonly gender?: string | undefined
  readonly identifiers?: readonly EntityIdentifier[] | undefined
}

/** `kind` is the property that states it: `leiCode`, `wallet`, `registrationNumber` … */
export interface EntityIdentifier {
  readonly kind: string
  readonly value: string
}

/** Why, in the shape of a name's explanation; `code` says what was compared. */
export interface FeatureExplanation {
  readonly score: number
  readonly weight: number
  readonly detail: string
  readonly code: string
  readonly params: NameExplanation['params'] | { readonly values: readonly string[] }
}

export interface EntityScore {
  /** 0 to 1. */
  readonly score: number
  readonly explanations: Readonly<Record<string, FeatureExplanation>>
}

/** Main features. One identifier of the same kind and value is as good as a name, or better. */
const IDENTIFIER_WEIGHTS: Readonly<Record<string, number>> = {
  wallet: 0.98,
  isin: 0.98,
  leiCode: 0.95,
  imoNumber: 0.95,
  swiftBic: 0.95,
  registrationNumber: 0.95,
  taxNumber: 0.95,
}
const ANY_IDENTIFIER = 0.85
/** Shorter values are numbers of many: a wallet's key is longer than ten characters. */
const WALLET_CHARS_MIN = 11
const IDENTIFIER_CHARS_MIN = 5

/** Qualifiers. */
const COUNTRY_MISMATCH = -0.2
const BIRTH_YEAR_MISMATCH = -0.15
const BIRTH_DAY_MISMATCH = -0.25
const GENDER_MISMATCH = -0.2
const SCHEMA_MISMATCH = -0.25
const NUMBER_MISMATCH = -0.3

/** Values of one side that a reason names. */
const SAID_MAX = 4

type Family = 'person' | 'body' | 'vessel' | 'wallet'

const FAMILIES: Readonly<Record<string, Family>> = {
  Person: 'person',
  Company: 'body',
  Organization: 'body',
  PublicBody: 'body',
  LegalEntity: 'body',
  Vessel: 'vessel',
  Airplane: 'vessel',
  CryptoWallet: 'wallet',
}
/** A body that may turn out to be a person: lists file sole traders so. */
const LOOSE = 'LegalEntity'

export function scoreEntity(asked: AskedEntity, known: KnownEntity): EntityScore {
  const family = familyOf(asked) ?? familyOf(known)
  const explanations: Record<string, FeatureExplanation> = {}
  let score = identifierScore(asked, known, explanations)
  // Wallets have no names to be alike: one character makes another wallet.
  if (family !== 'wallet') score = Math.max(score, nameScore(asked, known, family, explanations))
  if (score === 0) return { score: 0, explanations }
  for (const [feature, found] of qualifiers(asked, known, family)) {
    explanations[feature] = found
    score += found.score * found.weight
  }
  return { score: round(Math.max(0, Math.min(1, score))), explanations }
}

/** The least that is left of a name that was found: what differs never hides it. */
const FOUND_MIN = SCREEN.shown
/** Who was born in another year is not called the asked one, whatever the name. */
const OTHER_BIRTH_MAX = SCREEN.sure - 0.01

/**
 * The score of a name that was found, with what else is known of both. What differs lowers it, a
 * birth date always to below a finding; nothing hides it. `explanations` are those of what differs.
 */
export function qualifiedScore(
  name: number,
  asked: Omit<AskedEntity, 'name'>,
  known: Omit<KnownEntity, 'names'>,
): EntityScore {
  const explanations: Record<string, FeatureExplanation> = {}
  let score = name
  for (const [feature, found] of qualifiers({ name: '', ...asked }, { names: [], ...known })) {
    explanations[feature] = found
    score += found.score * found.weight
  }
  const isOther = 'birthDate' in explanations || 'birthYear' in explanations
  if (isOther) score = Math.min(score, OTHER_BIRTH_MAX)
  return { score: round(Math.max(Math.min(name, FOUND_MIN), score)), explanations }
}

function familyOf({ schema }: { readonly schema?: string | undefined }): Family | undefined {
  return schema === undefined ? undefined : FAMILIES[schema]
}

function identifierScore(
  asked: AskedEntity,
  known: KnownEntity,
  explanations: Record<string, FeatureExplanation>,
): number {
  let best = 0
  for (const own of asked.identifiers ?? []) {
    const least = own.kind === 'wallet' ? WALLET_CHARS_MIN : IDENTIFIER_CHARS_MIN
    const value = plain(own)
    if (value.length < least) continue
    const other = known.identifiers?.find((item) => plain(item) === value)
    if (other === undefined) continue
    const isOneKind = other.kind === own.kind
    const weight = isOneKind ? (IDENTIFIER_WEIGHTS[own.kind] ?? ANY_IDENTIFIER) : ANY_IDENTIFIER
    best = Math.max(best, weight)
    const params = { values: [own.value] }
    explanations[own.kind] = { score: 1, weight, detail: own.value, code: 'identifier', params }
  }
  return best
}

/** Wallets are compared as they are: case is part of many. Numbers without their marks. */
function plain({ kind, value }: EntityIdentifier): string {
  return kind === 'wallet' ? value.trim() : value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function nameScore(
  asked: AskedEntity,
  known: KnownEntity,
  family: Family | undefined,
  explanations: Record<string, FeatureExplanation>,
): number {
  const folded = foldName(asked.name)
  if (folded === '') return 0
  const hasForms = family === undefined || family === 'body'
  const scorer = new NameScorer(folded, { hasForms })
  let best = 0
  let feature: readonly [string, FeatureExplanation] | undefined
  for (const { text, kind } of known.names) {
    const found = scorer.score(foldName(text), kind)
    const why = found.explanations[kind]
    if (found.score <= best || why === undefined) continue
    best = found.score
    feature = [kind, why]
  }
  if (feature !== undefined) explanations[feature[0]] = feature[1]
  return best
}

function* qualifiers(
  asked: AskedEntity,
  known: KnownEntity,
  family?: Family,
): Iterable<readonly [string, FeatureExplanation]> {
  const own = familyOf(asked)
  const other = familyOf(known)
  const isLoose = asked.schema === LOOSE || known.schema === LOOSE
  if (own !== undefined && other !== undefined && own !== other && !isLoose) {
    yield ['schema', against(SCHEMA_MISMATCH, [asked.schema ?? ''], [known.schema ?? ''])]
  }
  const countries = [upper(asked.countries), upper(known.countries)] as const
  if (areDisjoint(...countries)) yield ['country', against(COUNTRY_MISMATCH, ...countries)]
  const birth = birthMismatch(asked.birthDates ?? [], known.birthDates ?? [])
  if (birth !== undefined) yield birth
  if (asked.gender !== undefined && known.gender !== undefined && asked.gender !== known.gender) {
    yield ['gender', against(GENDER_MISMATCH, [asked.gender], [known.gender])]
  }
  if (family !== 'vessel') return
  const numbers = numbersOf(asked.name)
  const isListed = known.names.some(({ text }) => numbersOf(text).join() === numbers.join())
  if (!isListed) yield ['number', against(NUMBER_MISMATCH, numbers, [])]
}

/** Full dates are compared as days, partial ones as years. */
function birthMismatch(
  asked: readonly string[],
  known: readonly string[],
): readonly [string, FeatureExplanation] | undefined {
  if (asked.length === 0 || known.length === 0) return undefined
  const isFull = (date: string) => date.length === 10
  if (asked.every(isFull) && known.every(isFull)) {
    return areDisjoint([...asked, ...asked.map(turned)], known)
      ? ['birthDate', against(BIRTH_DAY_MISMATCH, asked, known)]
      : undefined
  }
  const years = (dates: readonly string[]) => dates.map((date) => date.slice(0, 4))
  return areDisjoint(years(asked), years(known))
    ? ['birthYear', against(BIRTH_YEAR_MISMATCH, years(asked), years(known))]
    : undefined
}

/** Day and month are written in either order: `1970-05-01` may be `1970-01-05`. */
function turned(date: string): string {
  return `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}`
}

function areDisjoint(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !a.some((value) => b.includes(value))
}

function upper(values: readonly string[] | undefined): string[] {
  return (values ?? []).map((value) => value.toUpperCase())
}

function numbersOf(name: string): string[] {
  return nameTokens(foldName(name)).filter(isNumber).sort()
}

function against(
  weight: number,
  asked: readonly string[],
  known: readonly string[],
): FeatureExplanation {
  const detail = `${asked.join(', ')} ≠ ${[...new Set(known)].slice(0, SAID_MAX).join(', ')}`
  return { score: 1, weight, detail, code: 'mismatch', params: { values: [...asked, ...known] } }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
