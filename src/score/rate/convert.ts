import { type Currency, currencyOf, isInUse } from '../../model/currency.ts'
import { decimal, ONE, type Rounding, significant, toPlain } from '../../model/decimal.ts'
import type { Day } from '../../model/time.ts'
import { type Consensus, consensusOf, PUBLISHERS_MIN } from './consensus.ts'
import { inverse, type Ratio, ratio, times, UNITY, valueOfRatio } from './ratio.ts'
import type { Leg, LegState, Publisher, RateMethod, UsableSheet } from './types.ts'

/** What one publisher says of a pair. */
export interface Candidate {
  readonly publisher: Publisher
  readonly legs: readonly Leg[]
  readonly ratio: Ratio
  readonly ageDays: number
  readonly isStale: boolean
  /** The publisher quotes this very pair; else it is a cross through its base. */
  readonly isDirect: boolean
}

export interface Resolved {
  readonly method: RateMethod
  readonly legs: readonly Leg[]
  readonly ratio: Ratio
  /** Every publisher that says something of the pair: what was used and what is only shown. */
  readonly candidates: readonly Candidate[]
  readonly consensus: Consensus | null
}

export interface Pair {
  readonly from: string
  readonly to: string
  readonly day: Day
  readonly dayNumber: number
}

/**
 * The rate of a pair on a day, by rules in this order (docs/method/rates.md): rates by law; the
 * fixing of an authority, digits unchanged; the consensus of four or more publishers; the cross of
 * one authority's sheet; the market. A fresh rate goes before a stale one. Undefined where no
 * publisher has both sides.
 */
export function resolvePair(publishers: readonly Publisher[], pair: Pair): Resolved | undefined {
  const from = byLaw(pair.from, pair)
  const to = byLaw(pair.to, pair)
  const before = from.legs
  const after = to.legs.toReversed().map(turned)
  const inner = { ...pair, from: from.code, to: to.code }
  const found =
    from.code === to.code
      ? { method: 'identity' as const, legs: [], ratio: UNITY, candidates: [], consensus: null }
      : resolveTraded(publishers, inner)
  if (found === undefined || before.length + after.length === 0) return found
  const legs = [...before, ...found.legs, ...after]
  const method = found.method === 'identity' ? 'fixed' : found.method
  return { ...found, method, legs, ratio: product(legs) }
}

/** Through the currency that replaced a retired one: in order from the retired code outwards. */
function byLaw(code: string, pair: Pair): { code: string; legs: Leg[] } {
  const legs: Leg[] = []
  let current = code
  let currency: Currency | undefined = currencyOf(code)
  while (currency !== undefined && !isInUse(currency, pair.day) && currency.successor !== null) {
    const { code: next, units, law } = currency.successor
    const kind = { kind: 'fixed', operation: 'divide', unit: '1' } as const
    const dataset = law ?? 'redenomination'
    const age = { date: pair.day, ageDays: 0, state: 'current', statement: null } as const
    legs.push({ base: next, quote: current, rate: units, ...kind, dataset, ...age })
    current = next
    currency = currencyOf(next)
  }
  return { code: current, legs }
}

function turned(leg: Leg): Leg {
  return { ...leg, operation: leg.operation === 'divide' ? 'multiply' : 'divide' }
}

function resolveTraded(publishers: readonly Publisher[], pair: Pair): Resolved | undefined {
  const candidates: Candidate[] = []
  for (const publisher of publishers) {
    const candidate = candidateOf(publisher, pair)
    if (candidate !== undefined) candidates.push(candidate)
  }
  candidates.sort(byPreference)
  const fresh = candidates.filter((candidate) => !candidate.isStale)
  const fixing = fresh.find(({ publisher, isDirect }) => publisher.isOfficial && isDirect)
  if (fixing !== undefined) return chosen('fixing', fixing, candidates)
  if (fresh.length >= PUBLISHERS_MIN) {
    const agreed = agreedOn(pair, fresh, candidates)
    if (agreed !== undefined) return agreed
  }
  const best = fresh[0] ?? candidates.toSorted((a, b) => a.ageDays - b.ageDays)[0]
  if (best === undefined) return throughHub(publishers, pair)
  if (best.publisher.isOfficial) {
    return chosen(best.isDirect ? 'fixing' : 'cross', best, candidates)
  }
  return mixed(publishers, pair, best, candidates) ?? chosen('market', best, candidates)
}

/** Authorities before market publishers, pairs before crosses, young before old, then by name. */
function byPreference(a: Candidate, b: Candidate): number {
  return (
    before(a.publisher.isOfficial, b.publisher.isOfficial) ||
    before(a.isDirect, b.isDirect) ||
    a.ageDays - b.ageDays ||
    // Of two authorities that fix one pair, the one whose currency is the market's base: the euro.
    before(a.publisher.base === 'EUR', b.publisher.base === 'EUR') ||
    (a.publisher.dataset < b.publisher.dataset ? -1 : 1)
  )
}

/** The one for which it is true comes first. */
function before(a: boolean, b: boolean): number {
  return a === b ? 0 : a ? -1 : 1
}

function chosen(
  method: RateMethod,
  { legs, ratio: value }: Candidate,
  candidates: readonly Candidate[],
): Resolved {
  return { method, legs, ratio: value, candidates, consensus: null }
}

function candidateOf(publisher: Publisher, pair: Pair): Candidate | undefined {
  const { base } = publisher
  const codes = [pair.from, pair.to].filter((code) => code !== base)
  const sheet = publisher.find(codes, pair.dayNumber)
  if (sheet === undefined) return undefined
  const ageDays = pair.dayNumber - sheet.dayNumber
  const state = stateOf(ageDays, publisher.maxAgeDays)
  const legs: Leg[] = []
  if (pair.from !== base)
    legs.push(turnedTo('from', legOf(publisher, sheet, pair.from, { ageDays, state })))
  if (pair.to !== base)
    legs.push(turnedTo('to', legOf(publisher, sheet, pair.to, { ageDays, state })))
  const isDirect = legs.length === 1
  return { publisher, legs, ratio: product(legs), ageDays, isStale: state === 'stale', isDirect }
}

export function stateOf(ageDays: number, maxAgeDays: number): LegState {
  if (ageDays === 0) return 'current'
  return ageDays <= maxAgeDays ? 'carried' : 'stale'
}

interface Aged {
  readonly ageDays: number
  readonly state: LegState
}

/** The published quotation of a code, with the operation that brings its amount to the base. */
function legOf(publisher: Publisher, sheet: UsableSheet, code: string, aged: Aged): Leg {
  const found = sheet.rate(code) ?? { rate: '1', unit: '1' }
  const isBaseFirst = sheet.direction === 'base_in_quote'
  return {
    base: isBaseFirst ? publisher.base : code,
    quote: isBaseFirst ? code : publisher.base,
    rate: found.rate,
    unit: found.unit,
    operation: isBaseFirst ? 'divide' : 'multiply',
    kind: publisher.isOfficial ? 'fixing' : 'market',
    dataset: publisher.dataset,
    statement: sheet.statement,
    date: sheet.day,
    ...aged,
  }
}

/** `from`: the amount comes in the code · `to`: it leaves in the code. */
function turnedTo(side: 'from' | 'to', leg: Leg): Leg {
  return side === 'from' ? leg : turned(leg)
}

/** What an amount is multiplied by when it goes through some legs. */
export function product(legs: readonly Leg[]): Ratio {
  let value = UNITY
  for (const leg of legs) {
    const one = ratio(decimal(leg.rate), leg.unit === '1' ? ONE : decimal(leg.unit))
    const step = leg.operation === 'multiply' ? one : inverse(one)
    value = value === UNITY ? step : times(value, step)
  }
  return value
}

function agreedOn(
  pair: Pair,
  fresh: readonly Candidate[],
  candidates: readonly Candidate[],
): Resolved | undefined {
  const consensus = consensusOf(
    fresh.map(({ publisher, ratio: value, ageDays }) => ({
      publisher: publisher.dataset,
      rate: valueOfRatio(value),
      ageDays,
    })),
  )
  if (consensus === undefined) return undefined
  const ages = fresh.map(({ ageDays }) => ageDays).sort((a, b) => a - b)
  const youngest = fresh.find(({ ageDays }) => ageDays === ages[0])?.legs[0]
  const leg: Leg = {
    base: pair.from,
    quote: pair.to,
    rate: toPlain(consensus.rate),
    unit: '1',
    operation: 'multiply',
    kind: 'consensus',
    dataset: 'consensus',
    statement: null,
    date: youngest?.date ?? pair.day,
    ageDays: ages[0] ?? 0,
    state: ages[0] === 0 ? 'current' : 'carried',
  }
  const value = ratio(consensus.rate)
  return { method: 'consensus', legs: [leg], ratio: value, candidates, consensus }
}

/**
 * A market publisher prices an asset in its base; from there to a currency that an authority fixes,
 * the fixing goes on. Undefined where the market's own cross is all there is.
 */
function mixed(
  publishers: readonly Publisher[],
  pair: Pair,
  market: Candidate,
  candidates: readonly Candidate[],
): Resolved | undefined {
  const { base } = market.publisher
  const isFiat = (code: string) => currencyOf(code)?.kind === 'currency'
  if (market.isDirect || isFiat(pair.from) === isFiat(pair.to)) return undefined
  const asset = isFiat(pair.from) ? pair.to : pair.from
  const first = candidateOf(market.publisher, { ...pair, from: asset, to: base })
  const official = publishers.filter(({ isOfficial }) => isOfficial)
  const currency = isFiat(pair.from) ? pair.from : pair.to
  const second = resolveTraded(official, { ...pair, from: base, to: currency })
  if (first === undefined || second === undefined) return undefined
  if (second.legs.some(({ state }) => state === 'stale')) return undefined
  const forth = [...first.legs, ...second.legs]
  const legs = asset === pair.from ? forth : forth.toReversed().map(turned)
  const also = second.candidates.filter(({ publisher }) => publisher !== market.publisher)
  return {
    method: 'mixed',
    legs,
    ratio: product(legs),
    candidates: [...candidates, ...also],
    consensus: null,
  }
}

/** No publisher has both sides: through the base of one of them, by the youngest pair of legs. */
function throughHub(publishers: readonly Publisher[], pair: Pair): Resolved | undefined {
  let best: { readonly age: number; readonly two: readonly [Candidate, Candidate] } | undefined
  for (const hub of new Set(publishers.map(({ base }) => base))) {
    const first = bestOf(publishers, { ...pair, to: hub })
    const second = bestOf(publishers, { ...pair, from: hub })
    if (first === undefined || second === undefined) continue
    const age = Math.max(first.ageDays, second.ageDays)
    if (best === undefined || age < best.age) best = { age, two: [first, second] }
  }
  if (best === undefined) return undefined
  const legs = best.two.flatMap((candidate) => candidate.legs)
  return { method: 'mixed', legs, ratio: product(legs), candidates: best.two, consensus: null }
}

function bestOf(publishers: readonly Publisher[], pair: Pair): Candidate | undefined {
  if (pair.from === pair.to) return undefined
  const candidates = publishers
    .map((publisher) => candidateOf(publisher, pair))
    .filter((candidate) => candidate !== undefined)
    .sort(byPreference)
  return candidates.find(({ isStale }) => !isStale) ?? candidates[0]
}

/** Places that an amount of an asset without a minor unit has at least: a satoshi is the eighth. */
const ASSET_PLACES = 8
/** And digits that a small one keeps. */
const ASSET_DIGITS = 10
const PLACES_MAX = 40

export interface RoundingRule {
  readonly decimals: number
  readonly mode: Rounding
}

/**
 * How a converted amount is rounded, once, at the end: by the minor unit of ISO 4217, half-even;
 * half up where a euro conversion rate was applied (Reg. (EC) 1103/97, Art. 5). An asset without a
 * minor unit keeps eight places, or ten digits where it is smaller.
 */
export function roundingOf(to: string, legs: readonly Leg[], exponent: number): RoundingRule {
  const isEuroLaw = legs.some(({ kind, base }) => kind === 'fixed' && base === 'EUR')
  const mode = isEuroLaw ? 'half_up' : 'half_even'
  const minorUnit = currencyOf(to)?.minorUnit ?? null
  if (minorUnit !== null) return { decimals: minorUnit, mode }
  const decimals = Math.max(ASSET_PLACES, ASSET_DIGITS - 1 - exponent)
  return { decimals: Math.min(decimals, PLACES_MAX), mode }
}

/** Digits of a derived rate as it is shown; a published one is never cut. */
const SHOWN_DIGITS = 10

/**
 * The rate as text. One published leg in the direction of the amount is shown unchanged; every
 * other rate is exact to 30 digits, and `shown` has ten.
 */
export function rateTexts(resolved: Pick<Resolved, 'legs' | 'ratio'>): {
  readonly rate: string
  readonly shown: string
} {
  const [leg] = resolved.legs
  const isPublished =
    resolved.legs.length === 1 && leg?.operation === 'multiply' && leg.unit === '1'
  if (isPublished && leg.kind !== 'consensus') return { rate: leg.rate, shown: leg.rate }
  const value = valueOfRatio(resolved.ratio)
  return { rate: toPlain(value), shown: toPlain(significant(value, SHOWN_DIGITS)) }
}
