import { canonicalJson } from '../../base/encode.ts'
import { splitWebsites } from '../../model/host.ts'
import { hasLeiShape, leiChecksumOk } from '../../model/lei.ts'
import type { SourceItem } from '../../model/statement.ts'
import { countryCode } from '../lookup.ts'
import { parseWrittenDate } from '../parse/date.ts'
import { naturalName } from './ofac_party.ts'
import type { Say } from './say.ts'
import { quality } from './say.ts'
import { canonicalAddress, couldBeAddress } from './wallet.ts'

/** Told of what a segment holds that could not be read: `code` is counted in the run record. */
export type Note = (code: string, detail: string) => void

/**
 * OFAC's words for an identity document or a number, and the property that holds it. What is not
 * named here stays a note, in OFAC's words: a wrong kind of number would be worse than a note.
 */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  idNumber:
    `Passport|Diplomatic Passport|British National Overseas Passport|Stateless Person Passport
    |Stateless Person ID Card|Refugee ID Card|Travel Document Number|National ID No.
    |National Foreign ID Number|Personal ID Card|Identification Number|Cedula No.
    |Cedula de Residencia|Cedula de Ciudadania|D.N.I.|N.I.E.|C.U.R.P.|C.U.I.P.|C.U.I.|I.F.E.|SSN
    |Electoral Registry No.|Credencial electoral|Cartilla de Servicio Militar Nacional
    |Driver's License No.|Residency Number|Birth Certificate Number|Turkish Identification Number
    |Kenyan ID No.|Citizen's Card Number|Numero de Identidad|Tazkira National ID Card
    |Bosnian Personal ID No.|Moroccan Personal ID No.|UAE Identification|CNP (Personal Numerical Code)
    |LE Number|VisaNumberID|Seafarer's Identification Document|Pilot License Number
    |Immigration No.|Military Registration Number|MMSI|Aircraft Tail Number
    |Aircraft Manufacturer's Serial Number (MSN)|Aircraft Serial Identification
    |Aircraft Construction Number (also called L/N or S/N or F/N)|Aircraft Mode S Transponder Code
    |Vessel Call Sign|Other Vessel Call Sign`.split(/\s*\|/),
  taxNumber: `Tax ID No.|NIT #|NIT|R.F.C.|RFC|RUC #|RUC|RIF #|RIF|V.A.T. Number|RTN|C.I.F.|C.U.I.T.
    |Italian Fiscal Code|Fiscal Code|Romanian Tax Registration|US FEIN|RNC|RSIN
    |Paraguayan tax identification number|Numero Unico de Identificacao Tributaria (NUIT)`.split(
    /\s*\|/,
  ),
  registrationNumber: `Registration Number|Registration ID|Company Number|UK Company Number
    |Commercial Registry Number|Business Registration Number|Business Registration Document #
    |Business Number|Public Registration Number|Matricula Mercantil No|Folio Mercantil No.|C.R. No.
    |Romanian C.R.|Trade License No.|Tourism License No.|License|Chamber of Commerce Number
    |Dubai Chamber of Commerce Membership No.|Istanbul Chamber of Comm. No.|Enterprise Number
    |Branch Unit Number|File Number|Certificate of Incorporation Number|Registered Charity No.
    |Unified Social Credit Code (USCC)|United Social Credit Code Certificate (USCCC)
    |Organization Code|Government Gazette Number|D-U-N-S Number|BIK (RU)|MSB Registration Number
    |Economic Register Number (CBLS)|Central Registration System Number|Legal Entity Number
    |Afghan Money Service Provider License Number`.split(/\s*\|/),
  imoNumber: `Vessel Registration Identification IMO|Identification Number IMO|Company Number IMO
    |Vessel Registration Identification`.split(/\s*\|/),
  swiftBic: ['SWIFT/BIC'],
}

/** Longest first: "Passport" must not take what "Diplomatic Passport" begins. */
const NUMBER_WORDS: readonly (readonly [string, string])[] = Object.entries(NUMBERS)
  .flatMap(([prop, words]) => words.map((word) => [word.trim(), prop] as const))
  .sort(([a], [b]) => b.length - a.length)

/** One segment of a remark, without `alt. ` in front and without the separator behind. */
export function remarkSegments(remark: string): readonly string[] {
  return remark
    .trim()
    .replace(/\.$/, '')
    .split(/;\s*/)
    .map((segment) => segment.trim().replace(/^alt\. /, ''))
    .filter((segment) => segment !== '' && segment !== '.')
}

type Reader = (match: RegExpExecArray, say: Say, note: Note) => SourceItem[] | undefined

/** In this order; the first that matches and answers decides. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^Digital Currency Address - ([A-Z0-9]{2,12}) (\S+)$/i, wallet],
  [/^DOB (.+)$/, birthDate],
  [/^POB (.+)$/, ([, place = ''], say) => [say('birthPlace', place)]],
  [/^nationality (.+)$/, ([, text = ''], say, note) => country(say, note, 'nationality', text)],
  [/^citizen (.+)$/, ([all, text = ''], say, note) => country(say, note, 'nationality', text, all)],
  [
    /^Nationality of Registration (.+)$/,
    ([, text = ''], say, note) => country(say, note, 'jurisdiction', text),
  ],
  [/^Vessel Flag (.+)$/, ([, text = ''], say, note) => country(say, note, 'country', text)],
  [
    /^Gender (Male|Female)$/i,
    ([, text = ''], say) => [say('gender', text.toLowerCase(), { original: text })],
  ],
  [/^[anf]\.k\.a\.,? '(.+?)'?$/, ([all, name = ''], say) => [weakAlias(say, name, all)]],
  [/^Title:? (.+)$/, ([, title = ''], say) => [say('position', title)]],
  [/^Website (.+)$/, ([, text = ''], say) => websites(say, text)],
  [/^E-?mail(?: Address)?:? ?(\S+@\S+)$/i, ([, text = ''], say) => [email(say, text)]],
  [
    /^(?:Phone|Telephone)(?: Number| No\.)?:? ?([(+\d].*)$/i,
    ([, text = ''], say) => [say('phone', text)],
  ],
]

/** The longest segment of a known form is a public registration with 200 characters. */
const SEGMENT_CHARS_MAX = 4_096

/** What one segment of OFAC's remarks says. A segment in no known form is a note, whole. */
export function segmentItems(segment: string, say: Say, note: Note): SourceItem[] {
  if (segment.length > SEGMENT_CHARS_MAX) return [say('notes', segment)]
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(segment)
    const items = match === null ? undefined : read(match, say, note)
    if (items !== undefined) return items
  }
  return number(segment, say) ?? [say('notes', segment)]
}

function wallet(match: RegExpExecArray, say: Say, note: Note): SourceItem[] {
  const [, symbol = '', text = ''] = match
  return walletItems(symbol, text, say, note)
}

/**
 * A digital currency address as OFAC gives it. OFAC has listed one with a digit missing: it is
 * kept, because it is what the authority lists, and marked; what is no word of an address is only
 * marked.
 */
export function walletItems(symbol: string, text: string, say: Say, note: Note): SourceItem[] {
  const address = canonicalAddress(text)
  const value = canonicalJson({ address, currency: symbol.toUpperCase() })
  const item = say('wallet', value, { original: address === text ? undefined : text })
  if (couldBeAddress(text)) return [item]
  note('wallet_implausible', `${symbol} ${text}`)
  const doubt = quality(say, 'wallet_implausible', 'wallet', `${symbol} ${text}`)
  return /^[A-Za-z0-9]{20,128}$/.test(text) ? [item, doubt] : [doubt]
}

function birthDate(match: RegExpExecArray, say: Say, note: Note): SourceItem[] {
  const text = match[1] ?? ''
  const date = parseWrittenDate(text)
  if (date !== undefined) {
    return date.values.map((value) => say('birthDate', value, { original: text }))
  }
  note('date_unreadable', text)
  return [quality(say, 'date_unreadable', 'birthDate', text)]
}

function country(say: Say, note: Note, prop: string, text: string, original = text): SourceItem[] {
  const code = countryCode(text)
  if (code !== undefined) return [say(prop, code, { original })]
  if (/^(undetermined|none identified|unknown)$/i.test(text)) return []
  note('country_unknown', text)
  return [quality(say, 'country_unknown', prop, original)]
}

/** What OFAC keeps in the remarks are its "weak" aliases; former names among them stay marked. */
function weakAlias(say: Say, name: string, segment: string): SourceItem {
  const isFormer = !segment.startsWith('a.k.a.')
  return say('weakAlias', naturalName(name, 'unknown'), { original: isFormer ? segment : name })
}

function websites(say: Say, text: string): SourceItem[] | undefined {
  const sites = splitWebsites(text)
  if (sites.length === 0) return undefined
  return sites.map(({ host, path, original }) => say('website', host + (path ?? ''), { original }))
}

function email(say: Say, text: string): SourceItem {
  return say('email', text.toLowerCase(), { original: text })
}

/** `Passport A1 (Iran) expires 01 Jan 2020` → the number; the segment stays as `original`. */
function number(segment: string, say: Say): SourceItem[] | undefined {
  const found = NUMBER_WORDS.find(([word]) => segment.startsWith(`${word} `))
  if (found === undefined) return undefined
  const [word, prop] = found
  const rest = segment.slice(word.length + 1).replace(/^# ?/, '')
  const value = rest.replace(/(?:,? (?:issued|expires|expired)\b| \([A-Z]).*$/, '').trim()
  if (!/\d/.test(value) && prop !== 'swiftBic') return undefined
  if (prop === 'imoNumber')
    return /^\d{7}$/.test(value) ? [say(prop, value, { original: segment })] : undefined
  if (prop === 'swiftBic') {
    const isBic = /^[A-Z0-9]{8}(?:[A-Z0-9]{3})?$/.test(value)
    return isBic ? [say(prop, value, { original: segment })] : undefined
  }
  if (word === 'Legal Entity Number') return legalEntityNumber(segment, value, say)
  return [say(prop, value, { original: segment })]
}

/** OFAC writes LEIs and national numbers under one word: only a whole LEI is an LEI. */
function legalEntityNumber(segment: string, value: string, say: Say): SourceItem[] {
  if (hasLeiShape(value)) {
    if (leiChecksumOk(value)) return [say('leiCode', value, { original: segment })]
    return [quality(say, 'lei_checksum', 'leiCode', value)]
  }
  return [say('registrationNumber', value, { original: segment })]
}
