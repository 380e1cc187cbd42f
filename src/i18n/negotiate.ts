import { LIMITS } from '../base/limits.ts'

/** The languages that are complete; a test compares every catalogue with the English one. */
export const LOCALES = ['en', 'zh-Hans', 'ar', 'de'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'en'

interface LocaleFacts {
  readonly dir: 'ltr' | 'rtl'
  /** The language's name in that language, as a reader looks for it. */
  readonly name: string
  /** What `Intl` is asked for. */
  readonly intl: string
}

/**
 * English dates put the day first: readers are everywhere, and month-first is read only in one
 * country. Arabic keeps European digits, because addresses, dates and amounts stand side by side.
 */
export const LOCALE_FACTS: Readonly<Record<Locale, LocaleFacts>> = {
  en: { dir: 'ltr', name: 'English', intl: 'en-GB' },
  'zh-Hans': { dir: 'ltr', name: '简体中文', intl: 'zh-Hans' },
  ar: { dir: 'rtl', name: 'العربية', intl: 'ar-u-nu-latn-ca-gregory' },
  de: { dir: 'ltr', name: 'Deutsch', intl: 'de' },
}

const RANGE =
  /^\s*([a-z0-9*]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/** The locale of a path segment, written exactly as in the links. */
export function localeOfPath(segment: string): Locale | undefined {
  return LOCALES.find((locale) => locale === segment)
}

/**
 * The locale that serves a BCP 47 tag (RFC 4647 lookup: subtags are dropped from the end).
 * Every Chinese is answered in simplified script until a traditional catalogue exists.
 */
export function localeOfTag(tag: string): Locale | undefined {
  let rest = tag.toLowerCase()
  if (rest.startsWith('zh-') || rest === 'zh') return 'zh-Hans'
  while (rest !== '') {
    const found = LOCALES.find((locale) => locale.toLowerCase() === rest)
    if (found !== undefined) return found
    rest = rest.includes('-') ? rest.slice(0, rest.lastIndexOf('-')) : ''
  }
  return undefined
}

/**
 * The best locale for an `Accept-Language` header (RFC 9110 §12.5.4). Equal weights keep the
 * order of the header; a range with weight 0 is refused; what cannot be read is passed over.
 */
export function negotiate(header: string | undefined): Locale {
  const wanted: { tag: string; weight: number }[] = []
  for (const part of (header ?? '').slice(0, LIMITS.acceptLanguageCharsMax).split(',')) {
    const match = RANGE.exec(part)
    if (match?.[1] !== undefined) wanted.push({ tag: match[1], weight: Number(match[2] ?? 1) })
  }
  const refused = new Set(
    wanted.filter((range) => range.weight === 0).map((range) => localeOfTag(range.tag)),
  )
  // Array sort is stable, so equal weights stay in the order in which the reader wrote them.
  const ranked = wanted.filter((range) => range.weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { tag } of ranked) {
    if (tag === '*') return LOCALES.find((locale) => !refused.has(locale)) ?? DEFAULT_LOCALE
    const locale = localeOfTag(tag)
    if (locale !== undefined && !refused.has(locale)) return locale
  }
  return DEFAULT_LOCALE
}
