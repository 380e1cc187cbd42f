import type { Dataset } from '../../model/dataset.ts'
import { parseHostQuery } from '../../model/host.ts'
import { isLei, normaliseLei } from '../../model/lei.ts'
import { distinctTokens, foldName, isGeneric, isParticle, nameTokens } from '../../model/name.ts'
import { normaliseRegisterNumber } from '../../model/register-number.ts'
import type { DatasetName, EntityId } from '../../model/statement.ts'
import { isPlatform } from '../risk/platform.ts'

/** Kinds of datasets whose entities may be firms. */
export const FIRM_KINDS: ReadonlySet<string> = new Set([
  'register',
  'warnings',
  'actors',
  'starter',
  'sanctions',
])

/**
 * `legal`: a row of a register, which is one legal entity · `sanctioned`: an organisation on a
 * sanctions list · `warned`: whom a regulator warns of · `brand`: what a pack calls by one name ·
 * `starter`: a row of the starter.
 */
export type RecordClass = 'legal' | 'sanctioned' | 'warned' | 'brand' | 'starter'

/** What one source says of one firm, as far as joining needs it. All lists are sorted. */
export interface FirmRecord {
  readonly id: EntityId
  readonly dataset: DatasetName
  readonly class: RecordClass
  /** Folded: the name and what it was before. */
  readonly names: readonly string[]
  /** Folded: brands and other names beside. */
  readonly aliases: readonly string[]
  readonly countries: readonly string[]
  readonly leis: readonly string[]
  /** Licence numbers by register, company numbers by country: `vara:VL2401`, `EE:12345678`. */
  readonly numbers: readonly string[]
  /** Registrable domains of its own sites. */
  readonly domains: readonly string[]
  /** Accounts that the source names: `x:acme`. */
  readonly handles: readonly string[]
  /** The notice is about somebody who pretends to be the firm whose name it carries. */
  readonly isCloneNotice: boolean
}

/** Schemata that are no firm, and never become one by a name. */
const NO_FIRM: ReadonlySet<string> = new Set([
  'Person',
  'Vessel',
  'Airplane',
  'CryptoWallet',
  'Event',
  'Thing',
  'PublicBody',
])

/** How notices say that a name is used by somebody else. */
const CLONE =
  /\bclon(?:e|es|ed|ing)\b|\bimpersonat|\bimitat|\bpretend|\bfalsely claim|\bfraudulently us|\bidentity theft\b|\busurpation\b|\bidentitätsdiebstahl\b|\bidentitätsmissbrauch\b/iu

const NUMBER_CHARS_MIN = 3

interface Said {
  readonly prop: string
  readonly value: string
}

type Fields = {
  -readonly [K in keyof FirmRecord]: FirmRecord[K] extends readonly string[]
    ? Set<string>
    : FirmRecord[K]
}

/** One entity's live statements as a firm record; undefined where it is no firm. */
export function firmRecord(
  id: EntityId,
  dataset: Pick<Dataset, 'name' | 'kind'>,
  said: readonly Said[],
): FirmRecord | undefined {
  const schema = said.find(({ prop }) => prop === 'schema')?.value ?? ''
  if (NO_FIRM.has(schema) || !FIRM_KINDS.has(dataset.kind)) return undefined
  const ofFirm = classOf(dataset.kind, said)
  if (ofFirm === undefined) return undefined
  const fields: Fields = {
    id,
    dataset: dataset.name,
    class: ofFirm,
    names: new Set(),
    aliases: new Set(),
    countries: new Set(),
    leis: new Set(),
    numbers: new Set(),
    domains: new Set(),
    handles: new Set(),
    isCloneNotice: false,
  }
  const countries = said.filter(({ prop }) => prop === 'country').map(({ value }) => value)
  for (const { prop, value } of said) read(fields, prop, value, countries)
  if (fields.names.size === 0 && fields.aliases.size === 0) return undefined
  const list = (set: Set<string>) => [...set].sort()
  for (const name of fields.names) fields.aliases.delete(name)
  return {
    ...fields,
    isCloneNotice: ofFirm === 'warned' && said.some(tellsOfClone),
    names: list(fields.names),
    aliases: list(fields.aliases),
    countries: list(fields.countries),
    leis: list(fields.leis),
    numbers: list(fields.numbers),
    domains: list(fields.domains),
    handles: list(fields.handles),
  }
}

/** Undefined: the entity says nothing that makes it a firm to anybody. */
function classOf(kind: Dataset['kind'], said: readonly Said[]): RecordClass | undefined {
  const has = (prop: string) => said.some((item) => item.prop === prop)
  if (kind === 'sanctions') return has('listing') ? 'sanctioned' : undefined
  if (kind === 'actors') return has('actor') ? 'brand' : undefined
  if (has('licence') && kind === 'register') return 'legal'
  if (has('warning')) return 'warned'
  if (kind === 'starter') return has('licence') || has('actor') ? 'starter' : undefined
  return undefined
}

function read(fields: Fields, prop: string, value: string, countries: readonly string[]): void {
  switch (prop) {
    case 'name':
    case 'previousName':
      add(fields.names, foldName(readable(value)))
      return
    case 'alias':
      add(fields.aliases, foldName(readable(value)))
      return
    case 'country':
    case 'jurisdiction':
      add(fields.countries, value)
      return
    case 'leiCode':
      if (isLei(value)) fields.leis.add(normaliseLei(value))
      return
    case 'registrationNumber':
      for (const country of countries) number(fields, country, value)
      return
    case 'website':
      site(fields, value)
      return
    case 'licence': {
      const { number: text } = members(value)
      if (typeof text === 'string') number(fields, fields.dataset, text)
      return
    }
    case 'actor':
      for (const handle of strings(members(value).twitter)) {
        add(fields.handles, `x:${handle.toLowerCase()}`)
      }
  }
}

const CLONE_PROPS: ReadonlySet<string> = new Set(['name', 'alias', 'warning', 'notes'])

function tellsOfClone({ prop, value }: Said): boolean {
  return CLONE_PROPS.has(prop) && CLONE.test(value)
}

/** What U+FFFD broke says less than nothing: the word with it would be another word. */
function readable(name: string): string {
  if (!name.includes('\uFFFD')) return name
  return name
    .split(/\s+/u)
    .filter((word) => !word.includes('\uFFFD'))
    .join(' ')
}

function number(fields: Fields, scope: string, text: string): void {
  const plain = normaliseRegisterNumber(text)
  if (plain.replace(/\D/gu, '').length >= NUMBER_CHARS_MIN) fields.numbers.add(`${scope}:${plain}`)
}

/** Accounts on platforms are handles; the platform itself is nobody's domain. */
const ACCOUNT = /^(?:www\.)?(?:twitter|x)\.com\/(\w{1,15})$/iu

function site(fields: Fields, value: string): void {
  const account = ACCOUNT.exec(value)?.[1]
  if (account !== undefined) fields.handles.add(`x:${account.toLowerCase()}`)
  const domain = parseHostQuery(value)?.registrable ?? null
  if (domain !== null && !isPlatform(domain)) fields.domains.add(domain)
}

function add(set: Set<string>, text: string): void {
  if (text !== '') set.add(text)
}

function members(value: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(value)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Shorter keys are abbreviations that many firms share. */
const TELLING_CHARS_MIN = 5

/** The name without its legal form, where it tells one firm from another; else undefined. */
export function tellingName(folded: string): string | undefined {
  const tokens = distinctTokens(nameTokens(folded))
  const own = tokens.filter((token) => !isGeneric(token) && !isParticle(token))
  if (own.join('').length < TELLING_CHARS_MIN) return undefined
  return tokens.join('')
}
