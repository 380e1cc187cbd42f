import type { Day } from '../../model/time.ts'
import { isDay } from '../../model/time.ts'
import { parsePartialDate } from '../parse/date.ts'

/**
 * How a list writes its days. Each list says which it uses, because `03/04/2026` is another day in
 * another country.
 */
export type DateForm =
  /** `2026-09-30`, with or without a time behind it. */
  | 'iso'
  /** `30/09/2026`, `30.9.2026`, `30-09-2026`. */
  | 'dmy'
  /** `09/30/2026`. */
  | 'mdy'
  /** `2026/09/30`, `2026.09.30.`, `20260930`. */
  | 'ymd'
  /** `30 September 2026`, `Sep 30, 2026`. */
  | 'written'
  /** `Wed, 30 Sep 2026 13:20:00 +0100`: the day that the publisher wrote, in its own zone. */
  | 'rfc822'
  /** `Wednesday, September 30, 2026 - 13:20`. */
  | 'weekday'
  /** `2026年9月30日`. */
  | 'cjk'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Longer texts are prose. */
const DATE_CHARS_MAX = 100

/** The day in one of these forms, tried in order; undefined for any other text. */
export function readDay(text: string, forms: readonly DateForm[]): Day | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > DATE_CHARS_MAX) return undefined
  for (const form of forms) {
    const day = READERS[form](trimmed)
    if (day !== undefined) return day
  }
  return undefined
}

const READERS: Readonly<Record<DateForm, (text: string) => Day | undefined>> = {
  iso: (text) => whole(parsePartialDate(text)),
  dmy: (text) =>
    fromParts(/^(?<d>\d{1,2})[./-](?<m>\d{1,2})[./-](?<y>\d{4})\.?(?:\s.*)?$/.exec(text)),
  mdy: (text) => fromParts(/^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})(?:\s.*)?$/.exec(text)),
  ymd: (text) =>
    fromParts(
      /^(?<y>\d{4})[./-]\s?(?<m>\d{1,2})[./-]\s?(?<d>\d{1,2})\.?(?:\s.*)?$/.exec(text) ??
        /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/.exec(text),
    ),
  written: (text) => whole(parsePartialDate(text.replace(/\s+/g, ' '))),
  rfc822: (text) =>
    fromParts(
      /^(?:[A-Z][a-z]{2},?\s+)?(?<d>\d{1,2})\s+(?<month>[A-Za-z]{3})[a-z]*\s+(?<y>\d{4})\b/.exec(
        text,
      ),
    ),
  weekday: (text) =>
    fromParts(
      /^[A-Z][a-z]{5,8},\s+(?<month>[A-Z][a-z]{2})[a-z]*\s+(?<d>\d{1,2}),\s+(?<y>\d{4})\b/.exec(
        text,
      ),
    ),
  cjk: (text) =>
    fromParts(
      /^(?<y>\d{4})\s?年\s?(?<m>\d{1,2})\s?月\s?(?<d>\d{1,2})\s?日/u.exec(text.normalize('NFKC')),
    ),
}

function whole(date: string | undefined): Day | undefined {
  return date !== undefined && isDay(date) ? date : undefined
}

function fromParts(match: RegExpExecArray | null): Day | undefined {
  const { y = '', m, d = '', month = '' } = match?.groups ?? {}
  const number = m ?? String(MONTHS.indexOf(month.toLowerCase()) + 1)
  const day = `${y}-${number.padStart(2, '0')}-${d.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}

/** The day of a moment in a place: registers that give seconds mean midnight where they are. */
export function dayInZone(ms: number, timeZone: string): Day | undefined {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return undefined
  // The English of Canada writes days as ISO 8601 does.
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(date)
  return isDay(day) ? day : undefined
}
