import { LIMITS } from '../base/limits.ts'
import { dayNumber, dayText } from '../index/span.ts'
import { currencyOf } from '../model/currency.ts'
import {
  decimal,
  divideRounded,
  HUNDRED,
  multiply,
  significant,
  subtract,
  toPlaces,
  toPlain,
} from '../model/decimal.ts'
import type { DatasetName } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { NotChecked } from '../model/verdict.ts'
import { type Fraction, fractionOf, invert, multiplied } from '../score/rate/gate.ts'
import { inverse, type Ratio, ratio, times, UNITY, valueOfRatio } from '../score/rate/ratio.ts'
import type { SheetRate } from '../score/rate/types.ts'
import { Lru } from './lru.ts'
import type { BookSheet, PublisherBook, RateBook } from './rate-book.ts'
import { rateError } from './rate-errors.ts'
import { doubt, type RateSession, resolved, titleOf } from './rate-session.ts'
import type { HistoryAnswer, HistoryParams, HistoryPoint, QuarantinedView } from './rate-types.ts'

/** Points of a history where nobody says how many: a chart of a page is 800 pixels wide. */
const POINTS_DEFAULT = 500
/** First, last, lowest and highest. */
const POINTS_MIN = 4
const DIGITS = 10
/** Series that are kept of one book: a page asks for one, and its range picker for the same. */
const SERIES_KEPT = 32

/** One day of a pair at one publisher, before its rate is written out. */
interface DayRate {
  readonly dayNumber: number
  readonly publisher: PublisherBook
  readonly sheet: BookSheet
  readonly from: string
  readonly to: string
  /** Units of the asked quote for one asked base that are fixed by law on top; null for none. */
  readonly law: Ratio | null
}

/** A code through time: a currency that ended goes on as its successor. */
interface Era {
  readonly code: string
  readonly from: number
  readonly to: number
  /** Of the asked code for one of `code`, by law; null for itself. */
  readonly units: Ratio | null
}

interface Series {
  readonly days: readonly DayRate[]
  /** A number for each day that orders the rates exactly. */
  readonly values: readonly Fraction[]
}

const series = new WeakMap<RateBook, Lru<string, Series>>()

/** The rates of a pair by day, oldest first: of each day the one that a conversion would take. */
export function historyOf(
  session: RateSession,
  params: HistoryParams & { readonly today: Day },
  notChecked: readonly NotChecked[],
): HistoryAnswer {
  const { base, quote, today } = params
  const whole = seriesOf(session.book, base, quote)
  const firstDay = whole.days[0]?.dayNumber
  const lastDay = whole.days.at(-1)?.dayNumber
  const to = params.to === undefined || params.to === '' ? today : params.to
  const begin = firstDay === undefined ? to : dayText(firstDay)
  const from = params.from === undefined || params.from === '' ? begin : params.from
  if (from > to) throw rateError.range(from, to)
  // A pair that nobody has ever quoted is an error with its reason, and no empty chart.
  if (firstDay === undefined) resolved(session, base, quote)
  const range = rangeOf(whole.days, dayNumber(from), dayNumber(to))
  const shown = sampled(range, whole.values, pointsAsked(params.points))
  const point = (i: number | undefined) => (i === undefined ? null : pointOf(whole.days[i]))
  const { low, high } = extremes(range, whole.values)
  const first = point(range[0])
  const last = point(range.at(-1))
  const sources = sourcesOf(
    session,
    range.map((i) => whole.days[i] as DayRate),
  )
  return {
    base,
    quote,
    from,
    to,
    points: shown.map((i) => pointOf(whole.days[i]) as HistoryPoint),
    days: range.length,
    isSampled: shown.length < range.length,
    first,
    last,
    low: point(low),
    high: point(high),
    changePercent: first === null || last === null ? null : changePercent(first.rate, last.rate),
    sources,
    quarantined: doubtfulIn(session, { base, quote, from, to }),
    available:
      firstDay === undefined || lastDay === undefined
        ? null
        : { from: dayText(firstDay), to: dayText(lastDay) },
    asOf: session.asOf,
    knownAt: session.knownAt,
    notChecked,
  }
}

/** Sheets of the range that were set aside, whole or for one of the two: the chart has a gap there. */
function doubtfulIn(
  session: RateSession,
  p: { readonly base: string; readonly quote: string; readonly from: Day; readonly to: Day },
): QuarantinedView[] {
  const ids = [p.base, p.quote]
  const span = { after: dayNumber(p.from) - 1, upTo: dayNumber(p.to), ids }
  return session.book.publishers
    .filter((publisher) => ids.every((id) => publisher.base === id || publisher.has(id)))
    .flatMap((publisher) =>
      [...publisher.doubtful(span)].map((sheet) => doubt(publisher, sheet, ids)),
    )
    .slice(0, LIMITS.pageRowsMax)
}

/** Positions of the days from one to another, both included. */
function rangeOf(days: readonly DayRate[], from: number, to: number): number[] {
  const range: number[] = []
  for (const [i, { dayNumber: day }] of days.entries()) if (day >= from && day <= to) range.push(i)
  return range
}

/** (after − before) / before × 100, two decimals, half-even. */
export function changePercent(before: string, after: string): string {
  const base = decimal(before)
  const change = multiply(subtract(decimal(after), base), HUNDRED)
  return toPlaces(divideRounded(change, base, { decimals: 2, mode: 'half_even' }), 2)
}

function pointsAsked(points: number | undefined): number {
  if (points === undefined || !Number.isInteger(points)) return POINTS_DEFAULT
  return Math.min(Math.max(points, POINTS_MIN), LIMITS.historyPointsMax)
}

function seriesOf(book: RateBook, base: string, quote: string): Series {
  let kept = series.get(book)
  if (kept === undefined) {
    kept = new Lru(SERIES_KEPT)
    series.set(book, kept)
  }
  const key = `${base} ${quote}`
  let found = kept.get(key)
  if (found === undefined) {
    const days = daysOf(book, base, quote)
    found = { days, values: days.map(fractionOfDay) }
    kept.set(key, found)
  }
  return found
}

function daysOf(book: RateBook, base: string, quote: string): DayRate[] {
  const byDay = new Map<number, DayRate>()
  for (const left of erasOf(base)) {
    for (const right of erasOf(quote)) {
      const from = Math.max(left.from, right.from)
      const to = Math.min(left.to, right.to)
      // One currency against itself, as the mark against the euro, is a constant and no series.
      if (from > to || left.code === right.code) continue
      const law = lawOf(left, right)
      const publishers = ranked(book, left.code, right.code)
      const official = publishers.filter(({ isOfficial }) => isOfficial)
      for (const publisher of publishers) {
        collect(byDay, publisher, { left: left.code, right: right.code, from, to, law, official })
      }
    }
  }
  return [...byDay.values()].sort((a, b) => a.dayNumber - b.dayNumber)
}

/** Publishers that quote both, in the order in which a conversion prefers them. */
function ranked(book: RateBook, left: string, right: string): PublisherBook[] {
  const has = (publisher: PublisherBook, id: string) => publisher.base === id || publisher.has(id)
  const rank = (p: PublisherBook) =>
    (p.isOfficial ? 0 : 4) +
    (p.base === left || p.base === right ? 0 : 2) +
    (p.base === 'EUR' ? 0 : 1)
  return book.publishers
    .filter((publisher) => has(publisher, left) && has(publisher, right))
    .sort((a, b) => rank(a) - rank(b) || (a.dataset < b.dataset ? -1 : 1))
}

/** A market's rate of a day on which a fixing is carried: the fixing is the answer of that day. */
function isFixed({ left, right, official }: Stretch, day: number): boolean {
  return official.some((publisher) => {
    const sheet = publisher.find(
      [left, right].filter((id) => id !== publisher.base),
      day,
    )
    return sheet !== undefined && day - sheet.dayNumber <= publisher.maxAgeDays
  })
}

interface Stretch {
  readonly official: readonly PublisherBook[]
  readonly left: string
  readonly right: string
  readonly from: number
  readonly to: number
  readonly law: Ratio | null
}

function collect(byDay: Map<number, DayRate>, publisher: PublisherBook, p: Stretch): void {
  const ids = [p.left, p.right].filter((id) => id !== publisher.base)
  const last = publisher.indexAt(p.to)
  for (let i = publisher.indexAt(p.from - 1) + 1; i <= last; i++) {
    const sheet = publisher.sheets[i]
    if (sheet === undefined || !sheet.isGood || byDay.has(sheet.dayNumber)) continue
    if (!ids.every((id) => sheet.rate(id) !== undefined)) continue
    const { dayNumber: day } = sheet
    if (!publisher.isOfficial && isFixed(p, day)) continue
    byDay.set(day, { dayNumber: day, publisher, sheet, from: p.left, to: p.right, law: p.law })
  }
}

const EVER = 10_000_000

function erasOf(code: string): Era[] {
  const eras: Era[] = []
  let current = code
  let from = -EVER
  let units: Ratio | null = null
  for (;;) {
    const currency = currencyOf(current)
    const until = currency?.until ?? null
    const to = until === null ? EVER : dayNumber(until)
    eras.push({ code: current, from, to, units })
    if (currency === undefined || until === null || currency.successor === null) return eras
    const step = ratio(decimal(currency.successor.units))
    units = units === null ? step : times(units, step)
    from = to + 1
    current = currency.successor.code
  }
}

/** 1 asked base = 1 / left.units of the left code, and 1 of the right code = right.units asked. */
function lawOf(left: Era, right: Era): Ratio | null {
  if (left.units === null && right.units === null) return null
  return times(left.units === null ? UNITY : inverse(left.units), right.units ?? UNITY)
}

function sidesOf({ publisher, sheet, from, to }: DayRate) {
  const one: SheetRate = { rate: '1', unit: '1' }
  const of = (id: string) => (id === publisher.base ? one : (sheet.rate(id) ?? one))
  return { from: of(from), to: of(to), isBaseFirst: sheet.direction === 'base_in_quote' }
}

/** Of the quote for one base, as a fraction of whole numbers: exact, and quick to compare. */
function fractionOfDay(day: DayRate): Fraction {
  const { from, to, isBaseFirst } = sidesOf(day)
  const a = multiplied(fractionOf(from.rate), invert(fractionOf(from.unit)))
  const b = multiplied(fractionOf(to.rate), invert(fractionOf(to.unit)))
  const value = isBaseFirst ? multiplied(b, invert(a)) : multiplied(a, invert(b))
  if (day.law === null) return value
  const law = { num: fractionOf(toPlain(day.law.num)), den: fractionOf(toPlain(day.law.den)) }
  return multiplied(value, multiplied(law.num, invert(law.den)))
}

function pointOf(day: DayRate | undefined): HistoryPoint | null {
  if (day === undefined) return null
  return { date: day.sheet.day, rate: textOf(day), dataset: day.publisher.dataset }
}

function textOf(day: DayRate): string {
  const { from, to, isBaseFirst } = sidesOf(day)
  const { publisher, law } = day
  if (law === null) {
    if (isBaseFirst && day.from === publisher.base) return to.rate
    if (!isBaseFirst && day.to === publisher.base && from.unit === '1') return from.rate
  }
  const a = ratio(decimal(from.rate), decimal(from.unit))
  const b = ratio(decimal(to.rate), decimal(to.unit))
  const value = isBaseFirst ? times(b, inverse(a)) : times(a, inverse(b))
  return toPlain(significant(valueOfRatio(law === null ? value : times(value, law)), DIGITS))
}

function isBelow(a: Fraction, b: Fraction): boolean {
  return a.num * b.den < b.num * a.den
}

function extremes(range: readonly number[], values: readonly Fraction[]) {
  let low: number | undefined
  let high: number | undefined
  for (const i of range) {
    const value = values[i] as Fraction
    if (low === undefined || isBelow(value, values[low] as Fraction)) low = i
    if (high === undefined || isBelow(values[high] as Fraction, value)) high = i
  }
  return { low, high }
}

/** The last day of each of some equal stretches, and always the first, the lowest and the highest. */
function sampled(range: readonly number[], values: readonly Fraction[], points: number): number[] {
  if (range.length <= points) return [...range]
  const kept = new Set<number>()
  const { low, high } = extremes(range, values)
  for (const i of [range[0], low, high, range.at(-1)]) if (i !== undefined) kept.add(i)
  const stretches = Math.max(1, points - kept.size)
  let n = 1
  for (const [at, i] of range.entries()) {
    // The last of each stretch: whole numbers only, so that a stretch has no broken end.
    if ((at + 1) * stretches < n * range.length) continue
    n += 1
    if (kept.size < points) kept.add(i)
  }
  return [...kept].sort((a, b) => a - b)
}

function sourcesOf(session: RateSession, days: readonly DayRate[]) {
  const rows = new Map<DatasetName, { from: Day; to: Day; days: number }>()
  for (const { publisher, sheet } of days) {
    const known = rows.get(publisher.dataset)
    if (known === undefined)
      rows.set(publisher.dataset, { from: sheet.day, to: sheet.day, days: 1 })
    else {
      known.to = sheet.day
      known.days += 1
    }
  }
  return [...rows].map(([dataset, row]) => ({ dataset, title: titleOf(session, dataset), ...row }))
}
