import type { Party } from '../../../src/source/format/party.ts'
import { countryCode } from '../../../src/source/lookup.ts'
import { parsePartialDate } from '../../../src/source/parse/date.ts'
import type { XmlElement } from '../../../src/source/parse/xml.ts'
import { childText } from '../../../src/source/parse/xml.ts'

/** ISO code where the file has one that exists, else the country's English name. */
export function countryText({ attributes }: XmlElement): string | undefined {
  const code = (attributes.countryIso2Code ?? '').trim()
  return countryCode(code) === undefined ? attributes.countryDescription : code
}

/**
 * `birthdate`: the day, or year, month and day apart, or a range of years (`yearRangeFrom`,
 * `yearRangeTo`), each perhaps `circa`. A date of another calendar is no ISO date: it stays a note.
 */
export function birth(party: Party, node: XmlElement): void {
  const a = node.attributes
  const circa = a.circa === 'true' ? 'circa ' : ''
  if (a.calendarType !== undefined && !/^(?:GREGORIAN)?$/i.test(a.calendarType)) {
    party.notes(a.birthdate || dateText(a), `Born (${a.calendarType.toLowerCase()} calendar)`)
  } else {
    for (const text of datesOf(a)) {
      const date = parsePartialDate(text)
      if (date === undefined) party.defect('date_unreadable', 'birthDate', text)
      else party.add('birthDate', date, { original: circa + text })
    }
  }
  const country = a.countryDescription === 'UNKNOWN' ? '' : (a.countryDescription ?? '')
  const place = [a.place, a.city, a.region, country]
    .map((part) => part?.trim() ?? '')
    .filter((part) => part !== '')
  party.add('birthPlace', [...new Set(place)].join(', '))
  party.notes(childText(node, 'remark'))
}

function datesOf(a: Readonly<Record<string, string>>): readonly string[] {
  const whole = a.birthdate?.trim() ?? ''
  if (whole !== '') return [whole]
  const parts = dateText(a)
  if (parts !== '') return [parts]
  return [a.yearRangeFrom, a.yearRangeTo]
    .map((year) => year?.trim() ?? '')
    .filter((year) => year !== '' && year !== '0')
}

/** `1958`, `1958-04` or `1958-04-09` of the three attributes; '' without a year. */
function dateText(a: Readonly<Record<string, string>>): string {
  const number = (text: string | undefined) => Number(text ?? 0) || 0
  const year = number(a.year)
  const month = number(a.monthOfYear ?? a.month)
  const day = number(a.dayOfMonth ?? a.day)
  if (year === 0) return ''
  const two = (n: number) => String(n).padStart(2, '0')
  if (month === 0) return String(year)
  return day === 0 ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`
}

/** `identificationTypeCode` by the property that it fills; every other one is a document. */
const PROPS: Readonly<Record<string, string>> = {
  regnumber: 'registrationNumber',
  fiscalcode: 'taxNumber',
  ssn: 'idNumber',
  imo: 'imoNumber',
  swiftbic: 'swiftBic',
}

export function identification(party: Party, node: XmlElement): void {
  const a = node.attributes
  const code = (a.identificationTypeCode ?? '').toLowerCase()
  const what = a.identificationTypeDescription?.trim() || code
  const country = countryText(node)
  const valid = a.knownExpired === 'true' ? ', expired' : a.knownFalse === 'true' ? ', false' : ''
  for (const number of new Set([a.number, a.latinNumber])) {
    const plain = number?.trim() ?? ''
    if (plain === '') continue
    const by = country === undefined || country === 'UNKNOWN' ? '' : ` (${country})`
    party.add(PROPS[code] ?? 'idNumber', plain, { original: `${what} ${plain}${by}${valid}` })
  }
  party.notes(childText(node, 'remark'))
}
