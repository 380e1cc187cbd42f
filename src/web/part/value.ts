import { html } from 'hono/html'
import { hasKey } from '../../i18n/catalogue.ts'
import { countryName, formatDay } from '../../i18n/format.ts'
import { isDay } from '../../model/time.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'
import { data, facts, identifier } from './text.ts'

const COUNTRY_PROPS: ReadonlySet<string> = new Set(['country', 'nationality', 'jurisdiction'])
const IDENTIFIER_PROPS: ReadonlySet<string> = new Set([
  'leiCode',
  'registrationNumber',
  'idNumber',
  'taxNumber',
  'imoNumber',
  'swiftBic',
  'website',
])
const COUNTRIES: ReadonlySet<string> = new Set(['country', 'countries', 'jurisdictions'])
/** Members whose words come from a known vocabulary, and the messages that hold it. */
const VOCABULARIES: Readonly<Record<string, string>> = {
  category: 'concept',
  categories: 'concept',
  abuse: 'concept',
  concepts: 'concept',
  confidence: 'confidence',
  covers: 'covers',
  role: 'role',
  schema: 'schema',
  services: 'service',
  service: 'service',
  status: 'licence.status',
}
/** Members of one JSON value in one line of text. */
const MEMBERS_MAX = 6

/** Words of a source that are codes of a known vocabulary, in the reader's language. */
export function codeText(view: View, name: string, text: string): string {
  if (COUNTRIES.has(name)) return countryName(view.locale, text)
  const prefix = VOCABULARIES[name]
  if (prefix !== undefined) {
    return hasKey(`${prefix}.${text}`) ? view.code(prefix, text) : text.replaceAll('_', ' ')
  }
  return isDay(text) ? formatDay(view.locale, text) : text
}

/** A statement's value as a reader expects it; canonical JSON becomes a list of its members. */
export function value(view: View, prop: string, text: string): Html {
  const members = membersOf(text)
  if (members !== undefined) {
    return facts(
      members.map(([name, member]) => [view.code('member', name), shownAs(view, name, member)]),
    )
  }
  if (COUNTRY_PROPS.has(prop)) {
    return html`${countryName(view.locale, text)} <bdi class="muted">${text}</bdi>`
  }
  if (isDay(text)) return html`<time datetime="${text}">${formatDay(view.locale, text)}</time>`
  return IDENTIFIER_PROPS.has(prop) ? identifier(text) : data(text)
}

/** The same in one line, for a timeline or a feed. */
export function valueText(view: View, text: string): string {
  const members = membersOf(text)
  if (members === undefined) return text
  return members
    .slice(0, MEMBERS_MAX)
    .map(([name, member]) => `${view.code('member', name)}: ${shown(view, name, member)}`)
    .join(' · ')
}

function membersOf(text: string): readonly (readonly [string, unknown])[] | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : undefined
  } catch {
    // A text that only looks like JSON is a text.
    return undefined
  }
}

/** What a change is about, as far as its value says: a firm's name says more than an id. */
export function subjectOf(text: string): string | undefined {
  for (const [name, member] of membersOf(text) ?? []) {
    if ((name === 'holder' || name === 'name' || name === 'label') && typeof member === 'string') {
      return member
    }
  }
  return undefined
}

function shownAs(view: View, name: string, member: unknown): Html {
  const text = shown(view, name, member)
  return text === member ? identifier(text) : data(text)
}

function shown(view: View, name: string, member: unknown): string {
  if (typeof member === 'string') return codeText(view, name, member)
  if (Array.isArray(member)) {
    return member.map((one) => shown(view, name, one)).join(view.t('list.separator'))
  }
  return JSON.stringify(member)
}
