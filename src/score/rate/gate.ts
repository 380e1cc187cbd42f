/**
 * The gate that a sheet passes before any answer uses it. It only compares: whether a number is
 * larger than another times a constant is asked by whole numbers, and no rate is computed here.
 */

/** A rate as two whole numbers: units of the code for one unit of the sheet's base. */
export interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

export type CodeClass = 'currency' | 'metal' | 'token'

export interface GateSheet {
  /** Days since 1970-01-01. */
  readonly day: number
  codes(): Iterable<string>
  rate(code: string): Fraction | undefined
}

export interface GateRules {
  /** An authority's own sheets: other authorities may confirm a jump of its rates, never hold one. */
  readonly isOfficial: boolean
  classOf(code: string): CodeClass
  /** False for a currency that is retired on that day: its absence is no loss. */
  isExpected(code: string, day: number): boolean
  /** What official publishers say of the same pair within a few days of that day. */
  peers(code: string, day: number): readonly Fraction[]
}

export type GateCode =
  /** Currencies of the last good sheet are missing. */
  | 'missing_currencies'
  /** Too many rates are out of their band against the last good sheet. */
  | 'moved'
  /** The same, and most of them are the inverse of what they were. */
  | 'inverted'
  /** Too many rates contradict official publishers. */
  | 'peers'

export interface GateReason {
  readonly code: GateCode
  readonly count: number
  /** Of how many. */
  readonly of: number
  /** Some of the codes, in order. */
  readonly codes: readonly string[]
}

export type HeldReason = 'moved' | 'inverted' | 'peers'

export interface GateResult {
  readonly state: 'good' | 'quarantined'
  readonly reasons: readonly GateReason[]
  /** Single rates of a good sheet that are set aside, each with why. */
  readonly held: ReadonlyMap<string, HeldReason>
}

interface Band {
  readonly daysMax: number
  /** A rate may be up to `factor / 10` times, or that part of, the last good one. */
  readonly factor: bigint
}

/**
 * How far a rate may move between two good sheets, by the days between them. Calibrated on 27 years
 * of fixings: apart from collapses, which the next sheets confirm, no currency has moved by half in
 * a week. Crypto assets double in a day without anybody's mistake.
 */
const BANDS: Readonly<Record<CodeClass, readonly Band[]>> = {
  currency: [
    { daysMax: 7, factor: 15n },
    { daysMax: 31, factor: 20n },
    { daysMax: 92, factor: 30n },
    { daysMax: Number.MAX_SAFE_INTEGER, factor: 50n },
  ],
  metal: [
    { daysMax: 7, factor: 13n },
    { daysMax: 31, factor: 16n },
    { daysMax: 92, factor: 20n },
    { daysMax: Number.MAX_SAFE_INTEGER, factor: 40n },
  ],
  token: [
    { daysMax: 1, factor: 30n },
    { daysMax: 7, factor: 50n },
    { daysMax: 31, factor: 80n },
    { daysMax: 92, factor: 150n },
    { daysMax: Number.MAX_SAFE_INTEGER, factor: 500n },
  ],
}

/** A rate that is more than a tenth from every official one of these days contradicts them. */
const PEER_FACTOR = 11n
/** A rate whose inverse is within twice the last good one was turned over. */
const TURNED_FACTOR = 20n
/** Sheets after it that are asked whether a new level stays. */
const LATER_SHEETS = 3
/** Shares, as one in so many, beyond which a whole sheet is not believed; and counts that matter. */
const LIMITS_OF_SHEET = {
  missing: { oneIn: 20, min: 3 },
  currency: { oneIn: 20, min: 3 },
  token: { oneIn: 10, min: 5 },
  peers: { oneIn: 10, min: 3 },
} as const
const CODES_SHOWN = 12

interface Known {
  readonly rate: Fraction
  readonly day: number
}

/**
 * Judges the sheets of one publisher in order of day. A sheet is compared with the last good rates
 * before it and with official peers; a level that peers or later sheets confirm is accepted. The
 * band widens with the days between. A long-tail asset may vanish; currencies may not, unless the
 * sheets after it lack them too.
 */
export function gateSheets(sheets: readonly GateSheet[], rules: GateRules): GateResult[] {
  const last = new Map<string, Known>()
  let previous: GateSheet | undefined
  const results: GateResult[] = []
  for (const [i, sheet] of sheets.entries()) {
    const later = sheets.slice(i + 1, i + 1 + LATER_SHEETS)
    // The first sheet has none before it, so the one after it is what it is held against.
    const result =
      i === 0 ? judgeFirst(sheet, later, rules) : judge({ sheet, previous, last, later, rules })
    results.push(result)
    if (result.state === 'quarantined') continue
    previous = sheet
    for (const code of sheet.codes()) {
      const rate = result.held.has(code) ? undefined : sheet.rate(code)
      if (rate !== undefined) last.set(code, { rate, day: sheet.day })
    }
  }
  return results
}

interface Judged {
  readonly sheet: GateSheet
  readonly previous: GateSheet | undefined
  readonly last: ReadonlyMap<string, Known>
  readonly later: readonly GateSheet[]
  readonly rules: GateRules
}

interface Tally {
  readonly seen: number
  readonly out: readonly string[]
}

function judge(p: Judged): GateResult {
  const held = new Map<string, HeldReason>()
  const seen = { currency: 0, metal: 0, token: 0, peers: 0 }
  for (const code of p.sheet.codes()) {
    const rate = p.sheet.rate(code)
    if (rate === undefined) continue
    const kind = p.rules.classOf(code)
    const known = p.last.get(code)
    if (known !== undefined) seen[kind] += 1
    const one = { ...p, code, rate, known, kind }
    const peers = p.rules.isOfficial ? [] : p.rules.peers(code, p.sheet.day)
    if (peers.length > 0) seen.peers += 1
    const reason = peers.length > 0 ? heldByPeers(one, peers) : heldByBand(one)
    if (reason !== undefined) held.set(code, reason)
  }
  const reasons = reasonsOf(p, held, seen)
  if (reasons.length > 0) return { state: 'quarantined', reasons, held: new Map() }
  return { state: 'good', reasons, held }
}

/** Why the whole sheet is not believed; empty for a good one. */
function reasonsOf(
  p: Judged,
  held: ReadonlyMap<string, HeldReason>,
  seen: Readonly<Record<CodeClass | 'peers', number>>,
): GateReason[] {
  const reasons: GateReason[] = []
  const missing = missingOf(p)
  if (isTooMany(missing, LIMITS_OF_SHEET.missing)) reasons.push(told('missing_currencies', missing))
  const codes = [...held.keys()]
  for (const kind of ['currency', 'token'] as const) {
    const out = codes.filter((c) => held.get(c) !== 'peers' && p.rules.classOf(c) === kind)
    if (!isTooMany({ seen: seen[kind], out }, LIMITS_OF_SHEET[kind])) continue
    const inverted = out.filter((code) => held.get(code) === 'inverted').length
    const code = inverted * 2 > out.length ? 'inverted' : 'moved'
    reasons.push(told(code, { seen: seen[kind], out }))
  }
  const against = { seen: seen.peers, out: codes.filter((code) => held.get(code) === 'peers') }
  if (isTooMany(against, LIMITS_OF_SHEET.peers)) reasons.push(told('peers', against))
  return reasons
}

/** Against the sheet after it; only where the one after that agrees with the second is the first wrong. */
function judgeFirst(sheet: GateSheet, later: readonly GateSheet[], rules: GateRules): GateResult {
  const [next, ...rest] = later
  const last = new Map<string, Known>()
  for (const code of next?.codes() ?? []) {
    const rate = next?.rate(code)
    const after = rest[0]?.rate(code)
    if (next === undefined || rate === undefined || after === undefined) continue
    const days = (rest[0]?.day ?? 0) - next.day
    if (isWithin(rate, after, bandOf(rules.classOf(code), days))) {
      last.set(code, { rate, day: next.day })
    }
  }
  const result = judge({ sheet, previous: undefined, last, later: [], rules })
  // A single rate that moved since may have moved in the world; one that turned over has not.
  const held = [...result.held].filter(([, reason]) => reason !== 'moved')
  return { ...result, held: new Map(held) }
}

interface OneRate extends Judged {
  readonly code: string
  readonly rate: Fraction
  readonly known: Known | undefined
  readonly kind: CodeClass
}

/** Authorities that speak of the same days decide about another's rate. */
function heldByPeers(p: OneRate, peers: readonly Fraction[]): HeldReason | undefined {
  const { rate, known } = p
  if (peers.some((peer) => isWithin(rate, peer, PEER_FACTOR))) return undefined
  // A level of its own that was accepted before, as that of a parallel market, is no news.
  if (known !== undefined && isWithin(rate, known.rate, PEER_FACTOR)) return undefined
  return known !== undefined && isConfirmed(p, known) ? undefined : 'peers'
}

function heldByBand(p: OneRate): HeldReason | undefined {
  const { rate, known, code, sheet, rules } = p
  if (known === undefined) return undefined
  if (rate.num === known.rate.num && rate.den === known.rate.den) return undefined
  const band = bandOf(p.kind, Math.abs(sheet.day - known.day))
  if (isWithin(rate, known.rate, band)) return undefined
  const isAgreed = () =>
    rules.peers(code, sheet.day).some((peer) => isWithin(rate, peer, PEER_FACTOR))
  if (isConfirmed(p, known) || isAgreed()) return undefined
  return isWithin(invert(rate), known.rate, TURNED_FACTOR) ? 'inverted' : 'moved'
}

/** True when the next sheet that has the code stays at the new level rather than at the old one. */
function isConfirmed({ later, code, rate, kind, sheet }: OneRate, known: Known): boolean {
  for (const next of later) {
    const after = next.rate(code)
    if (after === undefined) continue
    if (!isWithin(after, rate, bandOf(kind, next.day - sheet.day))) return false
    return isNearer(after, rate, known.rate)
  }
  return false
}

/** Is `a` nearer to `b` than to `c`, by their quotients? */
function isNearer(a: Fraction, b: Fraction, c: Fraction): boolean {
  const toB = distance(a, b)
  const toC = distance(a, c)
  return toB.num * toC.den < toC.num * toB.den
}

/** The larger of a / b and b / a. */
function distance(a: Fraction, b: Fraction): Fraction {
  const left = a.num * b.den
  const right = b.num * a.den
  return left > right ? { num: left, den: right } : { num: right, den: left }
}

/** `factor` is in tenths. */
function isWithin(a: Fraction, b: Fraction, factor: bigint): boolean {
  const { num, den } = distance(a, b)
  return num * 10n <= den * factor
}

function bandOf(kind: CodeClass, days: number): bigint {
  const band = BANDS[kind].find(({ daysMax }) => days <= daysMax)
  return band?.factor ?? 10n
}

/** Currencies of the last good sheet that are gone, without those that later sheets lack as well. */
function missingOf({ sheet, previous, later, rules }: Judged): Tally {
  let seen = 0
  const out: string[] = []
  for (const code of previous?.codes() ?? []) {
    if (rules.classOf(code) === 'token' || !rules.isExpected(code, sheet.day)) continue
    seen += 1
    if (sheet.rate(code) === undefined) out.push(code)
  }
  const isDropped = (code: string) => later.length > 0 && later.every((s) => !s.rate(code))
  return { seen, out: out.filter((code) => !isDropped(code)) }
}

function isTooMany({ seen, out }: Tally, limit: { oneIn: number; min: number }): boolean {
  return out.length >= limit.min && out.length * limit.oneIn > seen
}

function told(code: GateCode, { seen, out }: Tally): GateReason {
  return { code, count: out.length, of: seen, codes: out.toSorted().slice(0, CODES_SHOWN) }
}

const POWERS: bigint[] = [1n]

function powerOfTen(n: number): bigint {
  for (let i = POWERS.length; i <= n; i++) POWERS.push((POWERS[i - 1] ?? 1n) * 10n)
  return POWERS[n] ?? 1n
}

/** Plain digits as a fraction of whole numbers. */
export function fractionOf(text: string): Fraction {
  const point = text.indexOf('.')
  if (point === -1) return { num: BigInt(text), den: 1n }
  const digits = text.slice(0, point) + text.slice(point + 1)
  return { num: BigInt(digits), den: powerOfTen(text.length - point - 1) }
}

export function invert({ num, den }: Fraction): Fraction {
  return { num: den, den: num }
}

export function multiplied(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.num, den: a.den * b.den }
}
