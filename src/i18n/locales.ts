import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pseudoMessages } from './pseudo.ts'

/**
 * A language is one file in `locales/`, named by its BCP 47 tag: it is served as soon as the file
 * is there, and nothing else has to be told about it.
 */

/** The tag of a file in `locales/`, as in the paths of pages: `zh-Hans`. */
export type Locale = string
export const DEFAULT_LOCALE: Locale = 'en'

/** The member `@locale` of each file. */
export interface LocaleFacts {
  readonly dir: 'ltr' | 'rtl'
  /** The language's name in that language, as a reader looks for it. */
  readonly name: string
  /**
   * What `Intl` is asked for. English dates put the day first: readers are everywhere, and
   * month-first is read only in one country. Digits are European ones in every language, because
   * addresses, dates and amounts stand side by side.
   */
  readonly intl: string
  /** A named human reader has read all of it; until then pages show the English verdict, too. */
  readonly reviewed: boolean
  readonly reviewer: string | null
}

interface LocaleFile {
  readonly facts: LocaleFacts
  readonly messages: Readonly<Record<string, string>>
}

const FILE = /^([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?)\.json$/
const FOLDER = new URL('../../locales/', import.meta.url)

/** Scripts written from right to left that a living language of `Intl` uses (UAX 9). */
const RIGHT_TO_LEFT: ReadonlySet<string | undefined> = new Set([
  'Arab',
  'Hebr',
  'Syrc',
  'Thaa',
  'Nkoo',
  'Adlm',
  'Rohg',
])

const files = new Map<Locale, LocaleFile>(
  readdirSync(fileURLToPath(FOLDER))
    .flatMap((name) => FILE.exec(name)?.[1] ?? [])
    .map((tag) => [tag, readLocale(tag)] as const)
    .sort(([a, left], [b, right]) => {
      if (a === DEFAULT_LOCALE || b === DEFAULT_LOCALE) return a === DEFAULT_LOCALE ? -1 : 1
      return left.facts.name < right.facts.name ? -1 : 1
    }),
)

/** Every language, English first, the others by their own names. */
export const LOCALES: readonly Locale[] = [...files.keys()]

/**
 * Two made languages (CLDR: pseudo-accents and pseudo-bidi) in which a text that is written into a
 * page, instead of the catalogue, is seen at once. They exist where a developer or a test asks for
 * them by `CUSTOS_PSEUDO_LOCALES=1`, are served by their path, and are never offered to a reader.
 */
export const PSEUDO_LOCALES: readonly Locale[] =
  process.env.CUSTOS_PSEUDO_LOCALES === '1' ? ['en-XA', 'ar-XB'] : []
for (const tag of PSEUDO_LOCALES) files.set(tag, pseudoLocale(tag))

/** Throws for a tag without a file: a caller has it from `LOCALES` or from the negotiation. */
export function localeFacts(locale: Locale): LocaleFacts {
  return fileOf(locale).facts
}

export function localeMessages(locale: Locale): Readonly<Record<string, string>> {
  return fileOf(locale).messages
}

function fileOf(locale: Locale): LocaleFile {
  const file = files.get(locale)
  if (file === undefined) throw new Error(`there is no locales/${locale}.json`)
  return file
}

/** Formats are asked of Greek: so no month or country of `Intl` looks like English left over. */
function pseudoLocale(tag: string): LocaleFile {
  const facts = { name: tag, intl: 'el-u-nu-latn', reviewed: true, reviewer: null }
  return {
    facts: { ...facts, dir: directionOf(tag) },
    messages: pseudoMessages(localeMessages(DEFAULT_LOCALE)),
  }
}

function readLocale(tag: string): LocaleFile {
  const text = readFileSync(new URL(`${tag}.json`, FOLDER), 'utf8')
  const { '@locale': facts, ...messages } = JSON.parse(text) as Record<string, string> & {
    '@locale': Omit<LocaleFacts, 'dir'>
  }
  return { facts: { ...facts, dir: directionOf(tag) }, messages }
}

function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(tag).maximize().script) ? 'rtl' : 'ltr'
}
