import { html } from 'hono/html'
import { hasKey } from '../../i18n/catalogue.ts'
import { countryName, formatDay } from '../../i18n/format.ts'
import { isDay } from '../../model/time.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'
import { data, facts, identifier } from './text.ts'

const IDENTIFIER_PROPS: ReadonlySet<string> = new Set([
  'leiCode',
  'registrationNumber',
  'idNumber',
  'taxNumber',
  'imoNumber',
  'swiftBic',
  'website',
])
const COUNTRIES: ReadonlySet<string> = new Set([
  'country',
  'countries',
  'jurisdiction',
  'jurisdictions',
  'nationality',
])
/** Members whose words come from a known vocabulary, and the messages that hold it. */
const VOCABULARIES: ReadonlyMap<string, string> = new Map([
  ['category', 'concept'],
  ['categories', 'concept'],
  ['abuse', 'concept'],
  ['concepts', 'concept'],
  ['confidence', 'confidence'],
  ['covers', 'covers'],
  ['kind', 'licence.kind'],
  ['role', 'role'],
  ['schema', 'schema'],
  ['services', 'service'],
  ['service', 'service'],
  ['status', 'licence.status'],
])
/** Members of one JSON value in one line of text, and items of one member. */
const MEMBERS_MAX = 5
const ITEMS_MAX = 6
/** Members that say most about a licence, in the order of a reader's questions. */
const FIRST = ['status', 'kind', 'regulator', 'country', 'services', 'number', 'from', 'to']
/** Members that name what a value is about. */
const SUBJECTS: ReadonlySet<string> = new Set(['holder', 'name', 'label'])

/** Words of a source that are codes of a known vocabulary, in the reader's language. */
export function codeText(view: View, name: string, text: string): string {
  if (COUNTRIES.has(name)) return countryName(view.locale, text)
  const prefix = VOCABULARIES.get(name)
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
  if (COUNTRIES.has(prop)) {
    return html`${countryName(view.locale, text)} <bdi class="muted">${text}</bdi>`
  }
  if (prop === 'schema') return html`${codeText(view, prop, text)}`
  if (isDay(text)) return html`<time datetime="${text}">${formatDay(view.locale, text)}</time>`
  return IDENTIFIER_PROPS.has(prop) ? identifier(text) : data(text)
}

/** The same in one line, for a feed: what says most stands first, and a long list is counted. */
export function valueText(view: View, prop: string, text: string): string {
  const members = membersOf(text)
  if (members === undefined) return codeText(view, prop, text)
  return [...members]
    .filter(([name]) => !SUBJECTS.has(name))
    .sort(([a], [b]) => rankOf(a) - rankOf(b))
    .slice(0, MEMBERS_MAX)
    .map(([name, member]) => `${view.code('member', name)}: ${inLine(view, name, member)}`)
    .join(' · ')
}

interface MemberChange {
  readonly name: string
  readonly before: string | null
  readonly after: string | null
}

/** Which members of a JSON value changed; undefined where one of the two is no such value. */
export function memberChanges(
  view: View,
  before: string | null,
  after: string | null,
): readonly MemberChange[] | undefined {
  const [old, now] = [membersOf(before ?? '{}'), membersOf(after ?? '{}')]
  if (old === undefined || now === undefined) return undefined
  const [was, is] = [new Map(old), new Map(now)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map((name) => ({
      name,
      before: was.has(name) ? inLine(view, name, was.get(name)) : null,
      after: is.has(name) ? inLine(view, name, is.get(name)) : null,
    }))
    .filter((change) => change.before !== change.after)
}

/** What a change is about, as far as its value says: a firm's name says more than an id. */
export function subjectOf(text: string): string | undefined {
  for (const [name, member] of membersOf(text) ?? []) {
    if (SUBJECTS.has(name) && typeof member === 'string') return member
  }
  return undefined
}

/** The members of a JSON object that hold something; undefined for any other text. */
function membersOf(text: string): readonly (readonly [string, unknown])[] | undefined {
  if (!text.startsWith('{')) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    return Object.entries(parsed).filter(([, member]) => !isEmpty(member))
  } catch {
    // A text that only looks like JSON is a text.
    return undefined
  }
}

function isEmpty(member: unknown): boolean {
  return member === null || member === '' || (Array.isArray(member) && member.length === 0)
}

function rankOf(name: string): number {
  const rank = FIRST.indexOf(name)
  return rank === -1 ? FIRST.length : rank
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
  if (typeof member !== 'object' || member === null) return JSON.stringify(member)
  return Object.entries(member)
    .filter(([, inner]) => !isEmpty(inner))
    .map(([inner, value]) => `${view.code('member', inner)}: ${shown(view, inner, value)}`)
    .join(' · ')
}

/** One line holds the first items; the rest of a list, or of a sheet of rates, is counted. */
function inLine(view: View, name: string, member: unknown): string {
  if (typeof member !== 'object' || member === null) return shown(view, name, member)
  const [first, count] = Array.isArray(member)
    ? [member.slice(0, ITEMS_MAX), member.length]
    : [Object.fromEntries(Object.entries(member).slice(0, ITEMS_MAX)), Object.keys(member).length]
  if (count <= ITEMS_MAX) return shown(view, name, member)
  return `${shown(view, name, first)} ${view.t('list.more', { count: count - ITEMS_MAX })}`
}
