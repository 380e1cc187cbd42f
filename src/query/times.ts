import { AppError } from '../base/error.ts'
import type { View } from '../index/view.ts'
import { type Day, dayOf, endOfDay, type Instant, instantOf, isDay } from '../model/time.ts'
import type { Times } from './types.ts'

/** The two times of an answer (INTERFACE §3), resolved against one view. */
export interface ResolvedTimes {
  readonly asOf: Instant
  readonly asOfMs: number
  /** The world's day that is asked about: entries hold by days. */
  readonly day: Day
  readonly knownAt: Instant
  readonly knownMs: number
  /** The last event that was known. */
  readonly seq: number
  /** True when neither time was given: the answer may use what was computed for now. */
  readonly isNow: boolean
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Throws `query.bad_time` (400) for what is neither a calendar day nor an instant with a zone. A
 * `knownAt` in the future means now: nobody has been told yet.
 */
export function resolveTimes(times: Times, nowMs: number, view: View): ResolvedTimes {
  const asOfMs = times.asOf === undefined ? nowMs : parseTime(times.asOf, 'asOf')
  // A clock that was set back must not make this instance forget what it holds.
  const latestMs = Math.max(nowMs, view.runs.at(-1)?.atMs ?? 0)
  const askedMs = times.knownAt === undefined ? latestMs : parseTime(times.knownAt, 'knownAt')
  const knownMs = Math.min(askedMs, latestMs)
  const asOf = instantOf(asOfMs)
  return {
    asOf,
    asOfMs,
    day: dayOf(asOf),
    knownAt: knownMs === asOfMs ? asOf : instantOf(knownMs),
    knownMs,
    seq: times.knownAt === undefined ? view.seq : seqKnownAt(view, knownMs),
    isNow: times.asOf === undefined && times.knownAt === undefined,
  }
}

function parseTime(text: string, field: 'asOf' | 'knownAt'): number {
  if (isDay(text)) return Date.parse(endOfDay(text))
  const ms = INSTANT.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN
  // Years outside four digits have no calendar day in an answer.
  if (Number.isNaN(ms) || ms < MIN_MS || ms > MAX_MS) {
    const message =
      'A time is a day (2024-01-31) or an instant with its zone (2024-01-31T12:00:00Z).'
    throw new AppError('query.bad_time', message, { status: 400, params: { field } })
  }
  return ms
}

const MIN_MS = Date.parse('0001-01-01T00:00:00Z')
const MAX_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** The last event of the runs that had been committed by then: runs are whole. */
export function seqKnownAt(view: View, knownMs: number): number {
  let seq = 0
  for (const run of view.runs) {
    if (run.atMs > knownMs) break
    if (run.events !== null) seq = run.events.seqTo
  }
  return seq
}
