import type { Day } from '../../model/time.ts'
import type { Interval } from './types.ts'

/** Dates that the source itself gives; they win over the dates of its versions (INTERFACE §3). */
export interface SourceDates {
  readonly from?: Day | null
  readonly to?: Day | null
}

/** How an entry stands on a day. `ended` keeps when; `future` has not begun; `none` never was. */
export type Standing =
  | { readonly state: 'active'; readonly from: Day; readonly to: Day | null }
  | { readonly state: 'ended'; readonly from: Day; readonly to: Day }
  | { readonly state: 'future'; readonly from: Day }
  | { readonly state: 'none' }

/**
 * An entry is valid from the source's date, else from the first version that holds it; until the
 * source's end, else until the first complete version that lacks it. A source date never postpones
 * what a version already says: a list that names somebody today does not mean next year.
 */
export function standingOf(
  intervals: readonly Interval[],
  day: Day,
  dates: SourceDates = {},
): Standing {
  const spans = withDates(intervals, dates)
  let ended: { from: Day; to: Day } | undefined
  let future: Day | undefined
  for (const { from, to } of spans) {
    if (from > day) {
      if (future === undefined || from < future) future = from
    } else if (to === null || to > day) {
      return { state: 'active', from, to }
    } else if (ended === undefined || to > ended.to) {
      ended = { from, to }
    }
  }
  if (ended !== undefined) return { state: 'ended', ...ended }
  return future === undefined ? { state: 'none' } : { state: 'future', from: future }
}

function withDates(intervals: readonly Interval[], dates: SourceDates): Interval[] {
  const sorted = [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const { from, to } = dates
  // The source's date belongs to the first listing that was not over by then.
  const at = from == null ? -1 : sorted.findIndex((span) => span.to === null || span.to > from)
  return sorted.map((span, i) => ({
    from: i === at && from != null && from < span.from ? from : span.from,
    to: to != null && (span.to === null || to < span.to) ? endAfter(to) : span.to,
  }))
}

/** The last day still counts: what ends on a day holds until that day is over. */
function endAfter(day: Day): Day {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  return next.toISOString().slice(0, 10)
}

/** The later of two starts and the earlier of two ends: both must hold. */
export function both(a: Standing, b: Standing): Standing {
  if (a.state === 'none' || b.state === 'none') return { state: 'none' }
  if (a.state === 'future' || b.state === 'future') {
    const starts = [a, b].map((s) => ('from' in s ? s.from : ''))
    return { state: 'future', from: starts.sort().at(-1) ?? '' }
  }
  const from = [a.from, b.from].sort().at(-1) ?? a.from
  const ends = [a.to, b.to].filter((to) => to !== null).sort()
  const to = ends[0] ?? null
  if (a.state === 'active' && b.state === 'active') return { state: 'active', from, to }
  const ended = [a, b].filter((s) => s.state === 'ended').map((s) => s.to)
  return { state: 'ended', from, to: ended.sort()[0] ?? from }
}

/** First day on which any version held it; null when none did. */
export function firstDay(intervals: readonly Interval[]): Day | null {
  let first: Day | null = null
  for (const { from } of intervals) if (first === null || from < first) first = from
  return first
}
