import { isolate } from './bidi.ts'
import { type Locale, localeFacts } from './locales.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
/** The mean Gregorian month and year, in days: ages are told in whole units, rounded down. */
const MONTH_DAYS = 30.436_875
const YEAR_DAYS = 365.2425

/** One formatter per locale and purpose: making one costs a thousand times what using one costs. */
const formatters = new Map<string, unknown>()

function cached<T>(locale: Locale, purpose: string, make: (intl: string) => T): T {
  const key = `${locale} ${purpose}`
  const known = formatters.get(key) as T | undefined
  if (known !== undefined) return known
  const made = make(localeFacts(locale).intl)
  formatters.set(key, made)
  return made
}

export function formatNumber(locale: Locale, value: number): string {
  return cached(locale, 'number', (intl) => new Intl.NumberFormat(intl)).format(value)
}

/**
 * A plain decimal text with the separators of the language, every digit as it is: no number of
 * the machine comes between. What is no such text is given back unchanged.
 */
export function formatDecimal(locale: Locale, text: string): string {
  const match = /^-?\d+(?:\.(\d{1,100}))?$/.exec(text)
  if (match === null) return text
  const digits = match[1]?.length ?? 0
  return cached(
    locale,
    `decimal ${digits}`,
    (intl) =>
      new Intl.NumberFormat(intl, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  ).format(text as `${number}`)
}

/** A share from 0 to 1 as whole percent: `0.97` → `97%`. */
export function formatPercent(locale: Locale, share: number): string {
  return cached(
    locale,
    'percent',
    (intl) => new Intl.NumberFormat(intl, { style: 'percent' }),
  ).format(share)
}

/** A size in bytes with its unit, in steps of 1,000: `1536000` → `1.5 MB`. */
export function formatBytes(locale: Locale, bytes: number): string {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  let value = bytes
  let step = 0
  while (value >= 1_000 && step < steps.length - 1) {
    value /= 1_000
    step += 1
  }
  const unit = steps[step] ?? 'byte'
  return cached(
    locale,
    `bytes ${unit}`,
    (intl) =>
      new Intl.NumberFormat(intl, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  ).format(value)
}

/**
 * A calendar day, whole or partial: `2025-06-20` → `20 June 2025`, `2025-06` → `June 2025`.
 * What is not a date is given back as it is.
 */
export function formatDay(locale: Locale, day: string, width: 'long' | 'short' = 'long'): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(day)
  if (match === null) return day
  const [, year, month, date] = match
  const ms = Date.parse(`${year}-${month ?? '01'}-${date ?? '01'}T00:00:00Z`)
  if (Number.isNaN(ms)) return day
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' }
  if (month !== undefined) options.month = width
  if (date !== undefined) options.day = 'numeric'
  return cached(
    locale,
    `day ${width} ${Object.keys(options).length}`,
    (intl) => new Intl.DateTimeFormat(intl, options),
  ).format(ms)
}

/** A moment to the minute with its zone: `22 Nov 2026, 09:00 UTC`. */
export function formatInstant(locale: Locale, instant: string): string {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) return instant
  const text = cached(
    locale,
    'instant',
    (intl) =>
      new Intl.DateTimeFormat(intl, {
        timeZone: 'UTC',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
  ).format(ms)
  return `${text} UTC`
}

/** How long, in the largest unit that still says something: `49 h` → `2 days`. */
export function formatAge(locale: Locale, seconds: number): string {
  const { value, unit } = largestUnit(Math.max(0, seconds))
  return cached(
    locale,
    `age ${unit}`,
    (intl) => new Intl.NumberFormat(intl, { style: 'unit', unit, unitDisplay: 'long' }),
  ).format(value)
}

/**
 * How far a moment is from another: `3 hours ago`, `in 2 months`. A day is compared with the
 * day, in UTC, so that this morning's list is of `today` and not of some hours ago.
 */
export function formatRelative(locale: Locale, moment: string, nowMs: number): string {
  const isDay = moment.length === 10
  const ms = Date.parse(isDay ? `${moment}T00:00:00Z` : moment)
  if (Number.isNaN(ms)) return ''
  const seconds = ((isDay ? nowMs - (nowMs % (DAY * 1_000)) : nowMs) - ms) / 1_000
  const whole = largestUnit(Math.abs(seconds))
  const { value, unit } =
    isDay && Math.abs(seconds) < 2 * DAY
      ? { value: Math.abs(seconds) / DAY, unit: 'day' as const }
      : whole
  return cached(
    locale,
    'relative',
    (intl) => new Intl.RelativeTimeFormat(intl, { numeric: 'auto' }),
  ).format(seconds >= 0 ? -value : value, unit)
}

/**
 * `a, b and c`, or with `or`; the items are kept apart from the direction of the sentence. Where a
 * language parts them by space alone (Thai), a comma stands: titles of several words would run on.
 */
export function formatList(
  locale: Locale,
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  const isRtl = localeFacts(locale).dir === 'rtl'
  return cached(locale, `list ${type}`, (intl) => new Intl.ListFormat(intl, { type }))
    .formatToParts(items.map((item) => isolate(item, isRtl)))
    .map(({ type: part, value }) => (part === 'literal' && value.trim() === '' ? ', ' : value))
    .join('')
}

/** The name of a country or territory (ISO 3166-1 alpha-2, and `EU`, `UN`); else the code. */
export function countryName(locale: Locale, code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code
  const upper = code.toUpperCase()
  // Asked hundreds of times for one page; there are 676 codes at most.
  return cached(locale, `region ${upper}`, (intl) => {
    const names = cached(
      locale,
      'region',
      () => new Intl.DisplayNames(intl, { type: 'region', fallback: 'code' }),
    )
    return names.of(upper) ?? code
  })
}

/** The name of a language (BCP 47); else the tag. */
export function languageName(locale: Locale, tag: string): string {
  try {
    const names = cached(
      locale,
      'language',
      (intl) => new Intl.DisplayNames(intl, { type: 'language', fallback: 'code' }),
    )
    return names.of(tag) ?? tag
  } catch {
    // A tag that is not well-formed is the source's own word: it is shown as it is.
    return tag
  }
}

/** Sorts texts as a reader of that language expects. */
export function collator(locale: Locale): Intl.Collator {
  return cached(locale, 'collator', (intl) => new Intl.Collator(intl))
}

type Unit = 'minute' | 'hour' | 'day' | 'month' | 'year'

function largestUnit(seconds: number): { value: number; unit: Unit } {
  if (seconds < HOUR) return { value: Math.floor(seconds / MINUTE), unit: 'minute' }
  if (seconds < 2 * DAY) return { value: Math.floor(seconds / HOUR), unit: 'hour' }
  const days = Math.floor(seconds / DAY)
  if (days < 60) return { value: days, unit: 'day' }
  if (days < 2 * YEAR_DAYS) return { value: Math.floor(days / MONTH_DAYS), unit: 'month' }
  return { value: Math.floor(days / YEAR_DAYS), unit: 'year' }
}
