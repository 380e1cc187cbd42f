import { LIMITS } from '../base/limits.ts'
import { DEFAULT_LOCALE, LOCALES, type Locale, PSEUDO_LOCALES } from './locales.ts'

const RANGE =
  /^\s*([a-z0-9*]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/** What a path may name: every language, and the made ones where they were asked for. */
export const SERVED: readonly Locale[] = [...LOCALES, ...PSEUDO_LOCALES]

/** The locale of a path segment, written exactly as in the links. */
export function localeOfPath(segment: string): Locale | undefined {
  return SERVED.find((locale) => locale === segment)
}

/** What of a tag decides who can read a text: its language and its script (RFC 6067, CLDR). */
interface Written {
  readonly language: string
  readonly script: string | undefined
}

const WRITTEN: readonly (Written & { readonly locale: Locale })[] = LOCALES.flatMap((locale) => {
  const written = writtenOf(locale)
  return written === undefined ? [] : [{ locale, ...written }]
})

/**
 * The locale that serves a BCP 47 tag: the same language in the same script (`zh-TW` is written in
 * traditional characters), else the same language. Regions do not matter.
 */
export function localeOfTag(tag: string): Locale | undefined {
  const exact = SERVED.find((locale) => locale.toLowerCase() === tag.toLowerCase())
  if (exact !== undefined) return exact
  const asked = writtenOf(tag)
  if (asked === undefined) return undefined
  const same = WRITTEN.filter((known) => known.language === asked.language)
  return (same.find((known) => known.script === asked.script) ?? same[0])?.locale
}

function writtenOf(tag: string): Written | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return { language, script }
  } catch {
    // What is no tag names no language.
    return undefined
  }
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
