import { canonicalJson } from '../../base/encode.ts'
import type { SourceItem } from '../../model/statement.ts'
import { countryCode } from '../lookup.ts'
import type { Say } from './say.ts'

/** OFAC's kinds of party; `unknown` where the file with the primary names was not read. */
export type PartyKind = 'individual' | 'vessel' | 'aircraft' | 'entity' | 'unknown'

/** How one of OFAC's lists is told from its programmes. */
export type ListCodes = (programs: readonly string[]) => readonly string[]

const SCHEMA: Readonly<Record<PartyKind, string>> = {
  individual: 'Person',
  vessel: 'Vessel',
  aircraft: 'Airplane',
  // OFAC's "entity" is a firm, a bank, a terror group or a ministry: no company is claimed.
  entity: 'LegalEntity',
  unknown: 'LegalEntity',
}

export function schemaOf(kind: PartyKind): string {
  return SCHEMA[kind]
}

/**
 * OFAC writes a person as `LAST NAMES, First names`: capitals, a comma, then mixed case. The shape
 * alone tells a person where the kind is not known: no firm of the list is written so.
 */
const PERSON_SHAPE = /^(?:[^a-z,]|[a-z]{1,2}(?![a-z]))+, (?=.*[a-z])/

/** `HANIYA, Ismail` → `Ismail HANIYA` for a person; every other name as it is written. */
export function naturalName(written: string, kind: PartyKind): string {
  const isPerson = kind === 'individual' || (kind === 'unknown' && PERSON_SHAPE.test(written))
  const comma = written.indexOf(', ')
  if (!isPerson || comma === -1) return written
  return `${written.slice(comma + 2)} ${written.slice(0, comma)}`.trim()
}

export function nameItem(say: Say, prop: string, written: string, kind: PartyKind): SourceItem {
  return say(prop, naturalName(written, kind), { original: written })
}

/** OFAC's word for the kind of a second name. */
export function aliasProp(word: string): string {
  return /^f\.?k\.?a\.?$/i.test(word) ? 'previousName' : 'alias'
}

/** One `listing` per list that the programmes name; programmes in one order, whatever the file's. */
export function listingItems(
  say: Say,
  lists: ListCodes,
  programs: readonly string[],
): SourceItem[] {
  const program = [...new Set(programs)].sort()
  return lists(program).map((list) =>
    say('listing', canonicalJson(program.length === 0 ? { list } : { list, program })),
  )
}

export interface PartyAddress {
  readonly street: string | undefined
  /** City, province and postal code, as one text. */
  readonly city: string | undefined
  readonly country: string | undefined
}

/** The address as one text and, where the country is known, as a code. An empty one says nothing. */
export function addressItems(say: Say, address: PartyAddress): SourceItem[] {
  const country = address.country === 'undetermined' ? undefined : address.country
  const parts = [address.street, address.city, country].filter((part) => part !== undefined)
  if (parts.length === 0) return []
  const items = [say('address', parts.join(', '))]
  const code = country === undefined ? undefined : countryCode(country)
  if (code !== undefined) items.push(say('country', code, { original: country }))
  return items
}

/** The SDN list is one list, whatever its programmes. */
export const sdnLists: ListCodes = () => ['SDN']

/**
 * OFAC's consolidated file joins its non-SDN lists and names only programmes. These programmes
 * belong to one list each; every other one (a directive, a menu of measures) gives `CONS`.
 */
const LIST_OF_PROGRAM: Readonly<Record<string, string>> = {
  'NS-PLC': 'NS-PLC',
  'UKRAINE-EO13662': 'SSI',
  'CMIC-EO13959': 'NS-CMIC',
  '561-Related': 'CAPTA',
  '561LIST': 'CAPTA',
  'HRIT-SY': 'FSE',
  'FSE-SY': 'FSE',
  'FSE-IR': 'FSE',
  'FSE-WMD': 'FSE',
}

export const consolidatedLists: ListCodes = (programs) => {
  const codes = programs
    .map((program) => LIST_OF_PROGRAM[program])
    .filter((code) => code !== undefined)
  return codes.length === 0 ? ['CONS'] : [...new Set(codes)].sort()
}
