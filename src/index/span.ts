import { assert } from '../base/assert.ts'
import type { Day } from '../model/time.ts'

/** Days since 1970-01-01: three bytes in a row instead of ten. */
export type DayNumber = number

/** One event of a statement, as far as intervals need it. */
export interface Mark {
  readonly seq: number
  readonly op: 'assert' | 'retract'
  readonly effective: DayNumber
}

/**
 * An interval of the world's time in which list versions held a statement, and the interval of the
 * ledger's time in which this was what the ledger said. `to` and `knownTo` are exclusive; null is
 * open.
 */
export interface Span {
  readonly from: DayNumber
  readonly to: DayNumber | null
  readonly knownFrom: number
  readonly knownTo: number | null
}

const DAY_MS = 86_400_000
const days = new Map<Day, DayNumber>()

export function dayNumber(day: Day): DayNumber {
  let number = days.get(day)
  if (number === undefined) {
    number = Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY_MS
    assert(Number.isInteger(number), 'an event holds from a calendar day')
    // Lists span decades, not millennia: the map stays small, and a hostile one is cut.
    if (days.size > 50_000) days.clear()
    days.set(day, number)
  }
  return number
}

export function dayText(number: DayNumber): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/**
 * Intervals of the world's time that a set of events describes: sorted by world day, then by
 * sequence, one opens at an assert while closed and closes at a retract while open; an assert
 * while open and a retract while closed say nothing new. An interval without a day is said once.
 */
export function intervalsOf(marks: readonly Mark[]): { from: DayNumber; to: DayNumber | null }[] {
  const sorted = [...marks].sort((a, b) => a.effective - b.effective || a.seq - b.seq)
  const intervals: { from: DayNumber; to: DayNumber | null }[] = []
  let open: { from: DayNumber; to: DayNumber | null } | undefined
  for (const mark of sorted) {
    if (mark.op === 'assert' && open === undefined) {
      open = { from: mark.effective, to: null }
      intervals.push(open)
    } else if (mark.op === 'retract' && open !== undefined) {
      open.to = mark.effective
      open = undefined
    }
  }
  // Coming and going twice on one day says no more than doing so once.
  return intervals.filter(
    ({ from, to }, i) =>
      from !== to || intervals[i - 1]?.from !== from || intervals[i - 1]?.to !== to,
  )
}

/** A mark with the first sequence number of its run. */
export interface RunMark extends Mark {
  readonly runFrom: number
}

/**
 * Every span of a statement, from all its events in order of sequence. A run is committed whole, so
 * what only held between two events of one run was never to be seen and leaves no span.
 */
export function spansOf(marks: readonly RunMark[]): Span[] {
  const closed: Span[] = []
  let current: Span[] = []
  for (let count = 1; count <= marks.length; count++) {
    const mark = marks[count - 1] as RunMark
    assert(count === 1 || mark.seq > (marks[count - 2] as RunMark).seq, 'events come in order')
    const intervals = intervalsOf(marks.slice(0, count))
    const next: Span[] = []
    for (const interval of intervals) {
      const same = current.find((s) => s.from === interval.from && s.to === interval.to)
      next.push(same ?? { ...interval, knownFrom: mark.seq, knownTo: null })
    }
    for (const span of current) {
      if (next.includes(span)) continue
      if (span.knownFrom < mark.runFrom) closed.push({ ...span, knownTo: mark.seq })
    }
    current = next
  }
  return [...closed, ...current]
}

/** What the ledger said of a statement when it had `seq` events. */
export function knownAt(spans: readonly Span[], seq: number): Span[] {
  return spans.filter(
    (span) => span.knownFrom <= seq && (span.knownTo === null || span.knownTo > seq),
  )
}
