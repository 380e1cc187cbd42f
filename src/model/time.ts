/** RFC 3339 in UTC, with `Z`. */
export type Instant = string
/** ISO 8601 calendar day, `YYYY-MM-DD`. */
export type Day = string

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** A date of birth as lists give it: a year, a month or a day. Shape only. */
export const BIRTH_DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/

/** True for a calendar day that exists: 2024-02-30 is not one. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text)
  if (match === null) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

export function dayOf(instant: Instant): Day {
  return instant.slice(0, 10)
}

export function instantOf(ms: number): Instant {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

/** The last moment of a day: a bare date in a question means its end, UTC (INTERFACE §3). */
export function endOfDay(day: Day): Instant {
  return `${day}T23:59:59.999Z`
}
