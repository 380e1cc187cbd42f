import type { Party } from '../../../src/source/format/party.ts'
import { parsePartialDate } from '../../../src/source/parse/date.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { child, childrenOf, childText } from '../../../src/source/parse/xml.ts'

/** Places by their number; addresses and births refer to them. */
export type Places = ReadonlyMap<string, XmlElement>

/** Births, nationalities, addresses and documents of one identity. */
export function identity(party: Party, element: XmlElement, places: Places): void {
  for (const node of childrenOf(element, 'day-month-year')) birthDate(party, node)
  for (const node of childrenOf(element, 'place-of-birth')) {
    const { parts } = placeOf(node, places)
    party.add('birthPlace', parts.join(', '))
  }
  for (const node of childrenOf(element, 'nationality')) {
    const country = child(node, 'country')
    party.country('nationality', country?.attributes['iso-code'] ?? country?.text)
  }
  for (const node of childrenOf(element, 'address')) {
    const { parts, country } = placeOf(node, places)
    party.address(parts)
    party.country('country', country)
    party.notes(childText(node, 'remarks'))
  }
  for (const node of childrenOf(element, 'identification-document')) document(party, node)
}

/** The parts of an address or a birth: its own, then those of the place it refers to. */
function placeOf(node: XmlElement, places: Places) {
  const place = places.get(node.attributes['place-id'] ?? '')
  const read = (member: string) =>
    childText(node, member) ?? (place === undefined ? undefined : childText(place, member))
  const box = read('p-o-box')
  const countryNode = child(node, 'country') ?? (place && child(place, 'country'))
  const parts = [
    read('c-o'),
    read('address-details'),
    box === undefined ? undefined : `P.O. Box ${box}`,
    read('zip-code'),
    read('location'),
    read('area'),
    countryNode?.text,
  ].filter((part) => part !== undefined && part !== '') as string[]
  return { parts, country: countryNode?.attributes['iso-code'] ?? countryNode?.text }
}

function birthDate(party: Party, { attributes: a }: XmlElement): void {
  const parts = [a.year, a.month?.padStart(2, '0'), a.day?.padStart(2, '0')]
  const known = parts.slice(0, parts.indexOf(undefined) + 1 || undefined)
  const text = known.filter((part) => part !== undefined).join('-')
  if (text === '') return
  const date = parsePartialDate(text)
  const original = [a.day, a.month, a.year].filter((part) => part !== undefined).join('.')
  if (date === undefined) party.defect('date_unreadable', 'birthDate', original)
  else party.add('birthDate', date, { original })
}

function document(party: Party, node: XmlElement): void {
  const number = childText(node, 'number')
  const type = node.attributes['document-type'] ?? ''
  const issuer = child(node, 'issuer')?.attributes.code ?? childText(node, 'issuer')
  const by = issuer === undefined ? '' : ` (${issuer})`
  party.add('idNumber', number, { original: `${type} ${number ?? ''}${by}`.trim() })
  party.notes(childText(node, 'remark'))
}
