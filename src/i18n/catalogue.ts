import { MessageFormat } from 'messageformat'
import type en from '../../locales/en.json'
import { isolate } from './bidi.ts'
import { DEFAULT_LOCALE, type Locale, localeFacts, localeMessages } from './locales.ts'
import { localeOfTag } from './negotiate.ts'

/** Every key of the English catalogue. */
export type MessageKey = Exclude<keyof typeof en, '@locale'>
export type MessageValue = string | number
export type MessageParams = Readonly<Record<string, MessageValue>>

/**
 * A message is a plain text, a text with `{name}` placeholders, or, where a plural or another
 * choice is needed, a MessageFormat 2 message, which starts with a dot (`.input`, `.match`).
 */
type Compiled = (params: MessageParams) => string

const ENGLISH = localeMessages(DEFAULT_LOCALE)
const KEYS: ReadonlySet<string> = new Set(Object.keys(ENGLISH))
const NONE: MessageParams = {}
const PLACEHOLDER = /\{([a-zA-Z]\w*)\}/

const compiled = new Map<Locale, Map<string, Compiled>>()
const resolved = new Map<string, Locale>()
/** Tags come from requests: remember only as many as there are sensible ones. */
const RESOLVED_MAX = 200
/** A choice is formatted slowly, and asked again and again with the same few counts. */
const REMEMBERED_MAX = 256

export function hasKey(key: string): key is MessageKey {
  return KEYS.has(key)
}

/** The locale that serves a language tag; English where none does. */
export function localeFor(lang: string): Locale {
  const known = resolved.get(lang)
  if (known !== undefined) return known
  const locale = localeOfTag(lang) ?? DEFAULT_LOCALE
  if (resolved.size < RESOLVED_MAX) resolved.set(lang, locale)
  return locale
}

/**
 * One message in one language, for example `message('de', 'verdict.danger')`. A placeholder that
 * has no value stays visible as `{name}`. Values are isolated from the text around them where
 * their direction could differ, and cannot reorder it.
 */
export function message(lang: string, key: MessageKey, params: MessageParams = NONE): string {
  return compiledOf(localeFor(lang), key)(params)
}

/** The message as written, for a caller that puts its own markup in place of each `{name}`. */
export function messageParts<T>(
  lang: string,
  key: MessageKey,
  params: Readonly<Record<string, T>>,
): readonly (string | T)[] {
  return split(textOf(localeFor(lang), key)).map((part, at) =>
    at % 2 === 0 ? part : (params[part] ?? `{${part}}`),
  )
}

/** The names that a message uses, in order: for the test that compares the catalogues. */
export function placeholdersOf(text: string): readonly string[] {
  const pattern = text.startsWith('.') ? /\$([a-zA-Z]\w*)/g : /\{([a-zA-Z]\w*)\}/g
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort()
}

export function catalogue(locale: Locale): Readonly<Record<string, string>> {
  return localeMessages(locale)
}

function textOf(locale: Locale, key: MessageKey): string {
  // A catalogue that lacks a key fails a test; a reader still gets the English words.
  return localeMessages(locale)[key] ?? ENGLISH[key] ?? key
}

function compiledOf(locale: Locale, key: MessageKey): Compiled {
  let messages = compiled.get(locale)
  if (messages === undefined) {
    messages = new Map()
    compiled.set(locale, messages)
  }
  let found = messages.get(key)
  if (found === undefined) {
    found = compile(textOf(locale, key), locale)
    messages.set(key, found)
  }
  return found
}

/** Compiles one message: exported for its test, which needs messages of its own. */
export function compile(text: string, locale: Locale): Compiled {
  if (text.startsWith('.')) return compileChoice(text, locale)
  const parts = split(text)
  if (parts.length === 1) return () => text
  const isRtl = localeFacts(locale).dir === 'rtl'
  return (params) => {
    let out = parts[0] ?? ''
    for (let at = 1; at < parts.length; at += 2) {
      const name = parts[at] ?? ''
      const value = params[name]
      out += value === undefined ? `{${name}}` : isolate(value, isRtl)
      out += parts[at + 1] ?? ''
    }
    return out
  }
}

function compileChoice(text: string, locale: Locale): Compiled {
  const { intl, dir } = localeFacts(locale)
  const format = new MessageFormat(intl, text, { bidiIsolation: 'none' })
  const isRtl = dir === 'rtl'
  const remembered = new Map<string, string>()
  return (params) => {
    const key = Object.values(params).join('\u0000')
    const known = remembered.get(key)
    if (known !== undefined) return known
    const values: Record<string, MessageValue> = {}
    for (const [name, value] of Object.entries(params)) {
      values[name] = typeof value === 'number' ? value : isolate(value, isRtl)
    }
    const out = format.format(values, () => undefined)
    if (remembered.size < REMEMBERED_MAX && key.length < 100) remembered.set(key, out)
    return out
  }
}

/** Text and names in turn: even places hold text, odd ones the name of a placeholder. */
function split(text: string): readonly string[] {
  return text.split(new RegExp(PLACEHOLDER.source, 'g'))
}
