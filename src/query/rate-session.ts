import { dayText } from '../index/span.ts'
import type { View } from '../index/view.ts'
import { currencyOf, isInUse } from '../model/currency.ts'
import type { Dataset } from '../model/dataset.ts'
import { maxAgeDays } from '../model/dataset.ts'
import { significant, toPlain } from '../model/decimal.ts'
import type { Quote } from '../model/rate-sheet.ts'
import type { DatasetName } from '../model/statement.ts'
import { type Day, type Instant, isDay } from '../model/time.ts'
import type { NotChecked } from '../model/verdict.ts'
import { type Candidate, type Resolved, resolvePair, stateOf } from '../score/rate/convert.ts'
import { valueOfRatio } from '../score/rate/ratio.ts'
import type { Leg, LegState } from '../score/rate/types.ts'
import { type BookSheet, globalCode, type PublisherBook, type RateBook } from './rate-book.ts'
import { rateError } from './rate-errors.ts'
import type { LegView, PublisherView, QuarantinedView } from './rate-types.ts'

/** One state of knowledge and one day of the world: what an answer about rates is made from. */
export interface RateSession {
  readonly book: RateBook
  readonly view: View
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly day: Day
  readonly dayNumber: number
  readonly asOf: Instant
  readonly knownAt: Instant
}

/** The day of a question; throws `rate.bad_date` and `rate.future_date`. */
export function dayAsked(text: string | undefined, today: Day): Day {
  if (text === undefined || text === '') return today
  if (!isDay(text)) throw rateError.date(text)
  if (text > today) throw rateError.future(text, today)
  return text
}

/** The rate of a pair of ids; throws why there is none. */
export function resolved(session: RateSession, from: string, to: string): Resolved {
  for (const id of [from, to]) {
    if (isGone(id, session.day)) throw rateError.retired(id, currencyOf(id)?.until ?? session.day)
  }
  const found = rateBetween(session, from, to)
  if (found !== undefined) return found
  throw whyNone(session, from, to)
}

/** The rate of a pair of ids, or undefined. */
export function rateBetween(session: RateSession, from: string, to: string): Resolved | undefined {
  const { day, dayNumber } = session
  if (isGone(from, day) || isGone(to, day)) return undefined
  return resolvePair(session.book.publishers, { from, to, day, dayNumber })
}

/** Retired, and nothing fixes what it is worth. */
function isGone(id: string, day: Day): boolean {
  const currency = currencyOf(id)
  return currency !== undefined && !isInUse(currency, day) && currency.successor === null
}

function whyNone(session: RateSession, from: string, to: string): Error {
  const { book, day, dayNumber: asked } = session
  if (book.publishers.length === 0) return rateError.noData()
  for (const id of [from, to]) {
    const since = currencyOf(id)?.since ?? null
    if (since !== null && day < since) return rateError.beforeCurrency(id, since, day)
  }
  // Older history may be no further away than a source that was never read.
  const needsSync = notCheckedOf(session).some(({ reason }) => reason === 'not_synced')
  let last: number | undefined
  let next: number | undefined
  for (const publisher of book.publishers) {
    const around = publisher.around(
      [from, to].filter((id) => id !== publisher.base),
      asked,
    )
    if (around.last !== undefined) last = Math.max(last ?? around.last, around.last)
    if (around.next !== undefined) next = Math.min(next ?? around.next, around.next)
  }
  if (last === undefined && next !== undefined) {
    return rateError.beforeSeries({ from, to }, day, { first: dayText(next), needsSync })
  }
  const text = (n: number | undefined) => (n === undefined ? null : dayText(n))
  return rateError.none({ from, to }, day, { last: text(last), next: text(next), needsSync })
}

export function titleOf(session: Pick<RateSession, 'datasets'>, dataset: DatasetName): string {
  return session.datasets.get(dataset)?.title ?? dataset
}

export function legViews(
  session: RateSession,
  legs: readonly Leg[],
  observed: (statement: string) => Instant | null = (statement) =>
    session.book.sheet(statement)?.observedAt ?? null,
): LegView[] {
  return legs.map((leg) => ({
    ...leg,
    title: titleOf(session, leg.dataset),
    observedAt: leg.statement === null ? null : observed(leg.statement),
  }))
}

const WORST: Readonly<Record<LegState, number>> = { current: 0, carried: 1, stale: 2 }

/** The state of an answer is that of its worst leg. */
export function worstState(legs: readonly Leg[]): LegState {
  let worst: LegState = 'current'
  for (const { state } of legs) if (WORST[state] > WORST[worst]) worst = state
  return worst
}

/** Digits of a rate that is shown beside the answer. */
const SHOWN_DIGITS = 10

/** Below four publishers nothing is blended: each is shown, the official one first. */
export function publisherViews(session: RateSession, found: Resolved): PublisherView[] {
  const used = new Set(found.legs.map(({ statement }) => statement))
  const parts = new Map(found.consensus?.parts.map((part) => [part.publisher, part]))
  return found.candidates.map((candidate) => {
    const { publisher, ageDays, legs } = candidate
    const part = parts.get(publisher.dataset)
    const isUsed = part !== undefined || used.has(legs[0]?.statement ?? null)
    return {
      dataset: publisher.dataset,
      title: titleOf(session, publisher.dataset),
      isOfficial: publisher.isOfficial,
      rate: candidateRate(candidate),
      date: legs[0]?.date ?? session.day,
      ageDays,
      state: stateOf(ageDays, publisher.maxAgeDays),
      statement: legs[0]?.statement ?? '',
      role: part?.isOutlier ? 'outlier' : isUsed ? 'used' : 'shown',
      weight: part?.weight ?? null,
    }
  })
}

function candidateRate({ legs, ratio }: Candidate): string {
  const [leg] = legs
  const isPublished = legs.length === 1 && leg?.operation === 'multiply' && leg.unit === '1'
  return isPublished ? leg.rate : toPlain(significant(valueOfRatio(ratio), SHOWN_DIGITS))
}

/** What was set aside between the sheet that a leg used and the day asked. */
export function quarantinedFor(session: RateSession, legs: readonly Leg[]): QuarantinedView[] {
  const found = new Map<string, QuarantinedView>()
  for (const leg of legs) {
    const used = leg.statement === null ? undefined : session.book.sheet(leg.statement)
    if (used === undefined || used.dayNumber === session.dayNumber) continue
    const publisher = session.book.publisherOf(used)
    const ids = [leg.base, leg.quote]
    const span = { after: used.dayNumber, upTo: session.dayNumber, ids }
    for (const sheet of publisher?.doubtful(span) ?? []) {
      if (publisher !== undefined) found.set(sheet.statement, doubt(publisher, sheet, ids))
    }
  }
  return [...found.values()]
}

/** Sheets in quarantine since the last good one, of some publishers. */
export function quarantinedOf(
  session: RateSession,
  datasets: ReadonlySet<DatasetName>,
): QuarantinedView[] {
  const found: QuarantinedView[] = []
  for (const publisher of session.book.publishers) {
    if (!datasets.has(publisher.dataset)) continue
    const after = publisher.newestAt(session.dayNumber)?.dayNumber ?? Number.NEGATIVE_INFINITY
    for (const sheet of publisher.doubtful({ after, upTo: session.dayNumber, ids: [] })) {
      found.push(doubt(publisher, sheet))
    }
  }
  return found
}

/** A sheet with what was set aside in it; of some ids only, where they are given. */
export function doubt(
  publisher: PublisherBook,
  sheet: BookSheet,
  ids?: readonly string[],
): QuarantinedView {
  const { dataset, title } = publisher
  const { day, statement, reasons, isGood } = sheet
  const held = [...sheet.held]
    .map(([local, reason]) => ({
      code: globalCode(dataset, local),
      reason,
      rate: publishedText(sheet.sheet.quotes[local]),
    }))
    .filter(({ code }) => ids === undefined || ids.includes(code))
  return { dataset, title, date: day, statement, isWhole: !isGood, reasons, held }
}

function publishedText(quote: Quote | undefined): string {
  if (quote === undefined || typeof quote === 'string') return quote ?? ''
  return quote.mid ?? quote.buy ?? quote.sell ?? ''
}

const DAY_SECONDS = 86_400

/** Datasets of rates that say nothing of the day, or only by a sheet that is too old. */
export function notCheckedOf(session: RateSession): NotChecked[] {
  const { book, datasets, view, dayNumber: asked } = session
  const newest = new Map<DatasetName, number>()
  for (const publisher of [...book.publishers, ...book.boards]) {
    const day = publisher.newestAt(asked)?.dayNumber
    if (day === undefined) continue
    const known = newest.get(publisher.dataset)
    if (known === undefined || day > known) newest.set(publisher.dataset, day)
  }
  const rows: NotChecked[] = []
  for (const dataset of datasets.values()) {
    if (dataset.kind !== 'rates' || !dataset.enabled) continue
    const { name, title } = dataset
    const day = newest.get(name)
    const age = day === undefined ? null : asked - day
    if (age !== null && age <= maxAgeDays(dataset)) continue
    const attempt = view.attempts.get(name)
    const isRead = [...book.publishers, ...book.boards].some((p) => p.dataset === name)
    const isBad = attempt?.state === 'failed' || attempt?.state === 'blocked'
    const state = isBad ? attempt.state : day === undefined ? 'never_fetched' : 'stale'
    const silent = isRead ? 'no_version_that_old' : 'not_synced'
    const version = day === undefined ? null : dayText(day)
    rows.push({
      dataset: name,
      title,
      state: state as NotChecked['state'],
      reason: isBad ? attempt.state : day === undefined ? silent : 'stale',
      required: false,
      version,
      publishedAt: version === null ? null : `${version}T00:00:00Z`,
      ageSeconds: age === null ? null : age * DAY_SECONDS,
    })
  }
  return rows
}
