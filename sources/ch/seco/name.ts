import type { Party } from '../../../src/source/format/party.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { childrenOf, childText } from '../../../src/source/parse/xml.ts'

const PROPS: Readonly<Record<string, string>> = {
  'primary-name': 'name',
  alias: 'alias',
  'formerly-known-as': 'previousName',
}

/** Spellings of one name: lists give two or three; their combinations would be thousands. */
const SPELLINGS_MAX = 20

interface Part {
  readonly type: string
  readonly value: string
  readonly variants: readonly { readonly text: string; readonly lang: string | undefined }[]
}

/** The names of one identity; the primary name of the main one is the caption. */
export function names(party: Party, identity: XmlElement, isMain: boolean): void {
  for (const element of childrenOf(identity, 'name')) {
    const parts = partsOf(element)
    const type = PROPS[element.attributes['name-type'] ?? ''] ?? 'alias'
    const isLow = element.attributes.quality === 'low'
    const own = type === 'name' && (!isMain || party.has('name')) ? 'alias' : type
    const prop = isLow && own === 'alias' ? 'weakAlias' : own
    for (const part of parts) if (part.type === 'title') party.add('title', part.value)
    party.name(
      prop,
      whole(parts, (part) => part.value),
    )
    const other = prop === 'name' ? 'alias' : prop
    for (const { text, lang } of spellings(parts)) party.name(other, text, { lang })
  }
}

/** Persons are named as they are called; the list puts the family name first. */
const CALLED = ['given-name', 'further-given-name', 'father-name', 'grand-father-name']
const CALLED_LAST = ['family-name', 'maiden-name', 'suffix']

function rankOf(element: XmlElement): number {
  const type = element.attributes['name-part-type'] ?? ''
  const first = CALLED.indexOf(type)
  const last = CALLED_LAST.indexOf(type)
  const order = Number(element.attributes.order ?? 0) || 0
  return first !== -1 ? first - 1_000 : last !== -1 ? last + 1_000 : order
}

function partsOf(name: XmlElement): readonly Part[] {
  return childrenOf(name, 'name-part')
    .map((element) => ({ element, rank: rankOf(element) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ element }) => ({
      type: element.attributes['name-part-type'] ?? '',
      // Where there is no `value` the part itself is the text.
      value: childText(element, 'value') ?? element.text,
      variants: childrenOf(element, 'spelling-variant').map(({ text, attributes }) => ({
        text,
        lang: languageOf(attributes.lang, attributes.script),
      })),
    }))
}

/** The name as it is said: titles are no part of it. */
function whole(parts: readonly Part[], readValue: (part: Part) => string): string {
  return parts
    .filter((part) => part.type !== 'title')
    .map((part) => readValue(part).trim())
    .filter((text) => text !== '')
    .join(' ')
}

/**
 * Other spellings, one for each language: the first variant of every part goes with the first of
 * the others, the second with the second. A part without a variant keeps its value.
 */
function spellings(parts: readonly Part[]) {
  const languages = new Set(parts.flatMap((part) => part.variants.map(({ lang }) => lang)))
  const found: { text: string; lang: string | undefined }[] = []
  for (const lang of languages) {
    const ofLanguage = (part: Part) => part.variants.filter((variant) => variant.lang === lang)
    const count = Math.max(...parts.map((part) => ofLanguage(part).length))
    for (let i = 0; i < count && found.length < SPELLINGS_MAX; i += 1) {
      const readValue = (part: Part) => {
        const variants = ofLanguage(part)
        return (variants[i] ?? variants.at(-1))?.text ?? part.value
      }
      found.push({ text: whole(parts, readValue), lang })
    }
  }
  return found
}

/** `rus` → `ru`; a script alone (`Cyrl`) says no language. */
function languageOf(lang: string | undefined, script: string | undefined): string | undefined {
  if (lang === undefined || !/^[A-Za-z]{2,3}$/.test(lang)) return undefined
  const tag = script !== undefined && /^[A-Za-z]{4}$/.test(script) ? `${lang}-${script}` : lang
  try {
    const locale = new Intl.Locale(tag)
    // A script that the language is written in anyway is left out.
    const usual = new Intl.Locale(locale.language).maximize().script
    return locale.script === usual ? locale.language : locale.baseName
  } catch {
    return undefined
  }
}
