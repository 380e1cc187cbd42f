import type { Locale } from '../../i18n/locales.ts'

type Query = Readonly<Record<string, string | number | null | undefined>>

/** Parts of a path that come from data are encoded; a dot segment would climb, so it is too. */
export function segment(text: string): string {
  const encoded = encodeURIComponent(text)
  return /^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded
}

/** `?a=b` of the members that have a value; empty when none has. */
export function queryOf(query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.append(name, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** The address of a page in one language: `href('de', '/check', {q: 'x'})` → `/de/check?q=x`. */
export function href(locale: Locale, path: string, query: Query = {}): string {
  return `/${locale}${path}${queryOf(query)}`
}

export function entityHref(locale: Locale, id: string, query: Query = {}): string {
  return href(locale, `/entity/${segment(id)}`, query)
}

export function rowHref(locale: Locale, id: string, statement: string): string {
  return href(locale, `/entity/${segment(id)}/row/${segment(statement)}`)
}

/**
 * An address outside, as a list wrote it: only http and https are followed, without a user name;
 * anything else (`javascript:`, `data:`, a broken text) is undefined and shown as plain text.
 */
export function external(url: string | null): string | undefined {
  if (url === null || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return undefined
  if (parsed.username !== '' || parsed.password !== '') return undefined
  return parsed.href
}
