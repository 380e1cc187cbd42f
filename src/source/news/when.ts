import { MONTHS, WEEKDAYS } from './lexicon.ts'

/** A point in time as the text says it, made absolute by the day of publication where it must be. */
export interface When {
  readonly start: number
  readonly end: number
  /** ISO 8601, as exact as the text: `2025`, `2025-10`, `2025-10-03`. */
  readonly iso: string
  readonly inferred: readonly string[]
}

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)'
const YEAR = '(?:1[789]|20)\\d{2}'
const DAY = '(?:[0-3]?\\d)(?:st|nd|rd|th)?'
const PATTERN = new RegExp(
  [
    `(?<iso>${YEAR}-[01]\\d-[0-3]\\d)(?!\\d)`,
    `(?<d1>${DAY}) (?:of )?(?<m1>${MONTH})(?:,? (?<y1>${YEAR}))?(?!\\p{L})`,
    `(?<m2>${MONTH}) (?<d2>${DAY})(?:,? (?<y2>${YEAR}))?(?![\\p{L}\\d])`,
    `(?<m3>${MONTH}),? (?:of )?(?<y3>${YEAR})(?!\\d)`,
    `(?:(?<=\\b(?:in|In|since|Since|by|By|until|last|Last|late|early|mid-?|from|this|This|during|of|following|announced) )(?<m4>${MONTH})|(?<m5>January|February|April|June|July|August|September|October|November|December))(?!\\p{L})(?! \\d)`,
    `(?:(?:the )?(?<q1>first|second|third|fourth) quarter(?: of (?:fiscal )?(?:the )?(?<y4>${YEAR}|last year|this year))?)`,
    `(?:Q(?<q2>[1-4])(?: (?:of )?(?:fiscal )?(?:FY)?(?<y5>${YEAR}))?)(?![\\p{L}\\d])`,
    `(?:on |On )?(?:last )?(?<w>Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)(?!\\p{L})`,
    `(?<rel>(?:last|this|next|Last|This|Next) year|(?:last|Last|this|This) month|yesterday|Yesterday|today|Today)(?!\\p{L})`,
    `(?<![\\d.,$€£¥-])(?<y6>${YEAR})(?![\\d%]|[.,]\\d|-?\\p{L}| (?:units|people|employees|workers|jobs|users|customers|stores|cars|phones|copies|shares|million|billion))`,
  ].join('|'),
  'gu',
)

/** Every date of a sentence. `publishedAt` is ISO, or null: then relative dates stay unread. */
export function datesOf(text: string, publishedAt: string | null): When[] {
  const out: When[] = []
  for (const match of text.matchAll(PATTERN)) {
    const groups = (match.groups ?? {}) as Readonly<Record<string, string | undefined>>
    const read = resolve(groups, publishedAt)
    if (read === undefined) continue
    const start = match.index ?? 0
    out.push({ start, end: start + match[0].length, ...read })
  }
  return out
}

interface Read {
  readonly iso: string
  readonly inferred: readonly string[]
}

function resolve(
  groups: Readonly<Record<string, string | undefined>>,
  publishedAt: string | null,
): Read | undefined {
  if (groups.iso !== undefined) return { iso: groups.iso, inferred: [] }
  const month = groups.m1 ?? groups.m2 ?? groups.m3 ?? groups.m4 ?? groups.m5
  if (month !== undefined) {
    const day = groups.d1 ?? groups.d2
    return monthDay(month, day, groups.y1 ?? groups.y2 ?? groups.y3, publishedAt)
  }
  const quarter = groups.q2 ?? quarterOf(groups.q1)
  if (quarter !== undefined) {
    const year = groups.y4 ?? groups.y5
    return year !== undefined && /^\d/.test(year) ? { iso: year, inferred: [] } : undefined
  }
  if (groups.y6 !== undefined) return { iso: groups.y6, inferred: [] }
  if (publishedAt === null || !/^\d{4}-\d{2}-\d{2}/.test(publishedAt)) return undefined
  if (groups.w !== undefined) return weekday(groups.w, publishedAt)
  return relative(groups.rel?.toLowerCase() ?? '', publishedAt)
}

function quarterOf(word: string | undefined): string | undefined {
  const index = ['first', 'second', 'third', 'fourth'].indexOf(word ?? '')
  return index < 0 ? undefined : String(index + 1)
}

function monthDay(
  word: string,
  dayText: string | undefined,
  year: string | undefined,
  publishedAt: string | null,
): Read | undefined {
  const index = MONTHS.findIndex((month) => month.startsWith(word.toLowerCase().slice(0, 3)))
  const month = String(index + 1).padStart(2, '0')
  const day = dayText === undefined ? '' : `-${dayText.replace(/\D/g, '').padStart(2, '0')}`
  if (day > '-31' || day === '-00') return undefined
  if (year !== undefined) return { iso: `${year}-${month}${day}`, inferred: [] }
  if (publishedAt === null || !/^\d{4}/.test(publishedAt)) return undefined
  const own = publishedAt.slice(0, 4)
  // What an article tells of has mostly happened: the last such month before it came out.
  const isLater = month > (publishedAt.slice(5, 7) || '12')
  const past = isLater ? String(Number(own) - 1) : own
  return { iso: `${past}-${month}${day}`, inferred: ['year from the publication date'] }
}

function weekday(word: string, publishedAt: string): Read {
  const inferred = ['day from the publication date']
  const target = WEEKDAYS.indexOf(word.toLowerCase())
  const date = new Date(`${publishedAt.slice(0, 10)}T00:00:00Z`)
  const back = (date.getUTCDay() - target + 7) % 7
  date.setUTCDate(date.getUTCDate() - back)
  return { iso: date.toISOString().slice(0, 10), inferred }
}

function relative(word: string, publishedAt: string): Read | undefined {
  const year = Number(publishedAt.slice(0, 4))
  const inferred = ['year from the publication date']
  if (word === 'last year') return { iso: String(year - 1), inferred }
  if (word === 'this year') return { iso: String(year), inferred }
  if (word === 'next year') return { iso: String(year + 1), inferred }
  const date = new Date(`${publishedAt.slice(0, 10)}T00:00:00Z`)
  const day = ['day from the publication date']
  if (word === 'today') return { iso: publishedAt.slice(0, 10), inferred: day }
  if (word === 'yesterday') {
    date.setUTCDate(date.getUTCDate() - 1)
    return { iso: date.toISOString().slice(0, 10), inferred: day }
  }
  if (word === 'this month') return { iso: publishedAt.slice(0, 7), inferred: day }
  if (word === 'last month') {
    date.setUTCDate(0)
    return { iso: date.toISOString().slice(0, 7), inferred: day }
  }
  return undefined
}
