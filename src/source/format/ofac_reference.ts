import type { XmlElement, XmlRecord } from '../parse/xml.ts'
import { child, childrenOf, childText } from '../parse/xml.ts'
import type { PartyAddress } from './ofac_party.ts'

/**
 * The tables at the head of OFAC's advanced file. Everything after them speaks in numbers, which
 * change from publication to publication: they are resolved to their texts, never compared.
 */
export const REFERENCE_ELEMENTS = [
  'AliasType',
  'AreaCode',
  'Country',
  'DetailReference',
  'EntryEventType',
  'FeatureType',
  'IDRegDocDateType',
  'IDRegDocType',
  'LocPartType',
  'NamePartType',
  'PartySubType',
  'PartyType',
  'SanctionsType',
  'Script',
] as const

type ReferenceName = (typeof REFERENCE_ELEMENTS)[number]

const isReference: ReadonlySet<string> = new Set(REFERENCE_ELEMENTS)

export interface OfacPlace extends PartyAddress {
  /** The place as one text: of a birth, or the country of a nationality. */
  readonly text: string
}

export interface References {
  readonly texts: ReadonlyMap<ReferenceName, Map<string, string>>
  /** `PartySubType` says only "Unknown" of persons and firms: its `PartyType` tells them apart. */
  readonly partyTypeOf: Map<string, string>
  readonly places: Map<string, OfacPlace>
}

export function newReferences(): References {
  const texts = new Map(REFERENCE_ELEMENTS.map((name) => [name, new Map<string, string>()]))
  return { texts, partyTypeOf: new Map(), places: new Map() }
}

/** Keeps a row of a reference table; false when the record is none. */
export function addReference(refs: References, { element, path }: XmlRecord): boolean {
  if (!isReference.has(element.name) || !path.includes('ReferenceValueSets')) return false
  const id = element.attributes.ID ?? ''
  // An area has its name in an attribute: its text is a code.
  const isArea = element.name === 'AreaCode'
  const text = (isArea ? element.attributes.Description : undefined) ?? element.text
  refs.texts.get(element.name as ReferenceName)?.set(id, text)
  if (element.name === 'PartySubType') {
    refs.partyTypeOf.set(id, element.attributes.PartyTypeID ?? '')
  }
  return true
}

export function textOfReference(
  refs: References,
  name: ReferenceName,
  id: string | undefined,
): string | undefined {
  const text = id === undefined ? undefined : refs.texts.get(name)?.get(id)
  return text === undefined || text === '' ? undefined : text
}

/** Keeps a `Location`: its parts in the order in which OFAC's delimited file writes them. */
export function addPlace(refs: References, element: XmlElement): void {
  const parts = new Map<string, string>()
  for (const part of childrenOf(element, 'LocationPart')) {
    const type = textOfReference(refs, 'LocPartType', part.attributes.LocPartTypeID) ?? 'Unknown'
    const values = childrenOf(part, 'LocationPartValue')
    const value = values.find((v) => v.attributes.Primary === 'true') ?? values[0]
    const text = value === undefined ? undefined : childText(value, 'Value')
    if (text !== undefined) parts.set(type.toUpperCase(), text)
  }
  const street = joined([parts.get('ADDRESS1'), parts.get('ADDRESS2'), parts.get('ADDRESS3')], ', ')
  const province = joined([parts.get('STATE/PROVINCE'), parts.get('POSTAL CODE')], ' ')
  const city = joined([parts.get('CITY'), province], parts.has('STATE/PROVINCE') ? ', ' : ' ')
  const country = countryOf(refs, element) ?? regionOf(parts)
  const rest = parts.get('UNKNOWN')
  const text = joined([rest, street, city, country], ', ') ?? ''
  refs.places.set(element.attributes.ID ?? '', { street, city, country, text })
}

function countryOf(refs: References, element: XmlElement): string | undefined {
  const country = child(element, 'LocationCountry')?.attributes.CountryID
  const area = child(element, 'LocationAreaCode')?.attributes.AreaCodeID
  const name = textOfReference(refs, 'Country', country) ?? textOfReference(refs, 'AreaCode', area)
  return name === 'undetermined' ? undefined : name
}

function regionOf(parts: ReadonlyMap<string, string>): string | undefined {
  const region = parts.get('REGION')
  return region === undefined ? undefined : `Region: ${region.replace(/^Region:\s*/i, '')}`
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const held = parts.filter((part) => part !== undefined)
  return held.length === 0 ? undefined : held.join(separator)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

interface Ymd {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** `Year`, `Month`, `Day` below an element. */
export function ymdOf(element: XmlElement | undefined): Ymd | undefined {
  if (element === undefined) return undefined
  const year = Number(childText(element, 'Year'))
  if (!Number.isInteger(year) || year < 1000 || year > 2999) return undefined
  const month = Number(childText(element, 'Month') ?? '0')
  const day = Number(childText(element, 'Day') ?? '0')
  return { year, month, day }
}

/** ISO, as exact as the parts. */
export function isoOf({ year, month, day }: Ymd): string {
  const two = (n: number) => String(n).padStart(2, '0')
  if (month === 0) return String(year)
  return day === 0 ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`
}

function written({ year, month, day }: Ymd): string {
  const name = MONTHS[month - 1]
  if (name === undefined) return String(year)
  return day === 0 ? `${name} ${year}` : `${String(day).padStart(2, '0')} ${name} ${year}`
}

/**
 * A `DatePeriod` as OFAC's delimited file writes it: `12 Mar 1965`, `Mar 1965`, `1965`, `1962 to
 * 1964`, each with `circa` where the period says that it is approximate. A whole month or year is
 * given by its first and last day.
 */
export function periodText(period: XmlElement): string | undefined {
  const start = child(period, 'Start')
  const end = child(period, 'End') ?? start
  const from = ymdOf(start === undefined ? undefined : child(start, 'From'))
  const to = ymdOf(end === undefined ? undefined : (child(end, 'To') ?? child(end, 'From'))) ?? from
  if (from === undefined || to === undefined) return undefined
  const isApproximate = [start, end].some((edge) => edge?.attributes.Approximate === 'true')
  return (isApproximate ? 'circa ' : '') + spanText(from, to)
}

function spanText(from: Ymd, to: Ymd): string {
  const startsYear = from.month <= 1 && from.day <= 1
  const endsYear = to.month === 0 || (to.month === 12 && to.day === 31)
  const isYears = startsYear && endsYear
  if (isYears) return from.year === to.year ? String(from.year) : `${from.year} to ${to.year}`
  if (isoOf(from) === isoOf(to)) return written(from)
  const isMonth = from.year === to.year && from.month === to.month && from.day <= 1
  if (isMonth && to.day === lastDay(to)) return written({ ...from, day: 0 })
  return `${written(from)} to ${written(to)}`
}

function lastDay({ year, month }: Ymd): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** An `IDRegDocument` as the remarks write it: `Passport A1 (Iran) issued 01 Jan 2010`. */
export function documentSegment(refs: References, element: XmlElement): string | undefined {
  const number = childText(element, 'IDRegistrationNo')
  const type = textOfReference(refs, 'IDRegDocType', element.attributes.IDRegDocTypeID)
  if (number === undefined || type === undefined) return undefined
  const issuer =
    element.attributes['IssuedBy-CountryID'] ?? child(element, 'IssuedBy')?.attributes.CountryID
  const country = textOfReference(refs, 'Country', issuer)
  let text = `${type} ${number}`
  if (country !== undefined && country !== 'undetermined') text += ` (${country})`
  const dates = childrenOf(element, 'DocumentDate')
  return (
    text + dateText(refs, dates, /^issue/i, 'issued') + dateText(refs, dates, /^expir/i, 'expires')
  )
}

function dateText(
  refs: References,
  dates: readonly XmlElement[],
  type: RegExp,
  word: string,
): string {
  for (const date of dates) {
    const id = date.attributes.IDRegDocDateTypeID
    if (!type.test(textOfReference(refs, 'IDRegDocDateType', id) ?? '')) continue
    const period = child(date, 'DatePeriod')
    const text = period === undefined ? undefined : periodText(period)
    if (text !== undefined) return ` ${word} ${text}`
  }
  return ''
}
