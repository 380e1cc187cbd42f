import type { Day } from '../../model/time.ts'
import { isDay } from '../../model/time.ts'

/** A date as a source writes it in English, read without guessing. */
export interface WrittenDate {
  /**
   * ISO 8601, as exact as the source is: `1965`, `1965-01` or `1965-01-12`. A range gives its two
   * ends, in order: each is a value of its own, and `original` of the statement keeps the range.
   */
  readonly values: readonly [string] | readonly [string, string]
  /** The source says "circa" or the like. */
  readonly isApproximate: boolean
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const APPROXIMATE =
  /^(?:circa|ca?\.|approximately|approx\.?|about|around|estimated|est\.|probably)\s+/i
const BETWEEN = /^between\s+(.+?)\s+and\s+(.+)$/i
const FROM_TO = /^(?:from\s+)?(.+?)\s+(?:to|until|–|—|-)\s+(?:circa\s+)?(.+)$/i
const YEARS = /^(\d{4})\s*[-–—/]\s*(\d{4})$/

/** Longer texts are prose that mentions a date. */
const DATE_CHARS_MAX = 100

/** `DD/MM/YYYY` as ISO day; undefined for every other form and for a day that does not exist. */
export function parseDayMonthYear(text: string): Day | undefined {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim())
  if (match === null) return undefined
  return existing(match[3], match[2], match[1])
}

/**
 * Reads `12 Jan 1965`, `January 12, 1965`, `Jan 1965`, `1965`, ISO days and instants, each with
 * `circa` in front, and ranges of these (`1962 to 1964`, `1962-1964`, `between 1962 and 1964`).
 * Numeric days with slashes are refused: they mean another day in another country.
 */
export function parseWrittenDate(text: string): WrittenDate | undefined {
  if (text.length > DATE_CHARS_MAX) return undefined
  let rest = text.replace(/\s+/g, ' ').trim()
  const isApproximate = APPROXIMATE.test(rest)
  rest = rest.replace(APPROXIMATE, '')
  const single = parsePartialDate(rest)
  if (single !== undefined) return { values: [single], isApproximate }
  const range = YEARS.exec(rest) ?? BETWEEN.exec(rest) ?? FROM_TO.exec(rest)
  const first = range === null ? undefined : parsePartialDate(range[1] ?? '')
  const last = range === null ? undefined : parsePartialDate(range[2] ?? '')
  if (first === undefined || last === undefined || first.slice(0, 4) > last.slice(0, 4)) {
    return undefined
  }
  return { values: first === last ? [first] : [first, last], isApproximate }
}

/** One date, no range and no "circa": ISO 8601, as exact as the text is. */
export function parsePartialDate(text: string): string | undefined {
  if (text.length > DATE_CHARS_MAX) return undefined
  const trimmed = text.trim()
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}\S*|Z|[+-]\d{2}:\d{2})?)?)?$/.exec(
    trimmed,
  )
  if (iso !== null) return existing(iso[1], iso[2], iso[3])
  const dayFirst = /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]{3,9})\.?[ ,-]+(\d{4})$/i.exec(trimmed)
  if (dayFirst !== null) return existing(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1])
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(trimmed)
  if (monthFirst !== null) return existing(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
  return undefined
}

/** `jan`, `Sept`, `January` → `01` …; an unknown word gives a month that does not exist. */
function monthOf(word = ''): string {
  const lower = word.toLowerCase()
  return String(MONTHS.findIndex((month) => month.startsWith(lower)) + 1)
}

/** The ISO text of a date that exists; the year of a living or recorded thing is 1000 to 2999. */
function existing(year = '', month?: string, day?: string): string | undefined {
  if (year < '1000' || year > '2999') return undefined
  if (month === undefined) return year
  const yearMonth = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return isDay(`${yearMonth}-01`) ? yearMonth : undefined
  const whole = `${yearMonth}-${day.padStart(2, '0')}`
  return isDay(whole) ? whole : undefined
}
