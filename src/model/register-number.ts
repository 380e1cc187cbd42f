/** Words that stand before a number and say only that it is one. */
const GENERIC = new Set(
  `no nr num number nº n° ref reference reg registration registered register registry licence
  license lic permit authorisation authorization company file entity id`.split(/\s+/u),
)

/** Words that name the register or the kind of the number, in many countries. */
const SCHEMES = new Set(
  `frn fca fsma prn irn hrb hra crd sec cik nfa msb fintrac fincen nmls abn acn afsl afs austrac
  fsp fspr nzbn gfsc cima bvi sibl mas sfc vara adgm fsra difc dfsa cbi amf afm dnb kvk bafin
  siren siret nif cif nie cnpj nip krs regon ico dic uid che ogrn ogrnip inn kpp okpo bin iin
  bic swift imo mmsi duns uei ein tin vat gst pan llp passport unp edrpou idno cui rnc ruc rif
  nit`.split(/\s+/u),
)

/** The longest in a real register carries the firm's name in it. */
const NUMBER_CHARS_MAX = 64
const WORDS_MAX = 4
const DIGITS_MIN = 3
/** A bare number with fewer digits is a year, a price or part of a name. */
const BARE_DIGITS_MIN = 5

/** Upper case, letters and digits only, full-width forms unified: `VL/24/01` → `VL2401`. */
export function normaliseRegisterNumber(text: string): string {
  const plain = isAscii(text) ? text : text.normalize('NFKC')
  return plain.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
}

interface NumberParts {
  /** The word that names the register, in upper case; empty where there is none. */
  readonly scheme: string
  /** What is behind the words, as written. */
  readonly rest: string
}

/** `IMO 9123456`, `Reg. No.: 123`, `MSB31000123456789`: the words go, the last scheme is kept. */
function partsOf(text: string): NumberParts {
  let rest = text
  let scheme = ''
  for (let words = 0; words < WORDS_MAX; words++) {
    const match = /^\s*(\p{L}[\p{L}º°]*)[\s.:#/-]*(?=[\p{L}\p{N}])/u.exec(rest)
    const word = match?.[1]?.toLowerCase()
    if (match === null || word === undefined) break
    if (SCHEMES.has(word)) scheme = word.toUpperCase()
    else if (!GENERIC.has(word)) break
    rest = rest.slice(match[0].length)
  }
  return { scheme, rest }
}

/**
 * The texts under which a listed number is filed. A number with a scheme is filed with it, and
 * without it behind a `*`, so that `CRD 123456` is found by `123456` and never by `FRN 123456`.
 *
 *     listedNumberForms('FRN 123456')  // ['FRN123456', '*123456']
 */
export function listedNumberForms(text: string): string[] {
  const { scheme, rest } = partsOf(text)
  const number = normaliseRegisterNumber(rest)
  if (number === '') return []
  return scheme === '' ? [number] : [scheme + number, `*${number}`]
}

/**
 * The texts under which an asked number is looked up: with a scheme, numbers of that scheme and
 * numbers that were listed without one; without a scheme, all numbers.
 *
 *     askedNumberForms('FRN 123456')  // ['FRN123456', '123456']
 *     askedNumberForms('123456')      // ['123456', '*123456']
 */
export function askedNumberForms(text: string): string[] {
  const { scheme, rest } = partsOf(text)
  const number = normaliseRegisterNumber(rest)
  if (number === '') return []
  return scheme === '' ? [number, `*${number}`] : [scheme + number, number]
}

export interface RegisterNumberReading {
  /** The scheme word in lower case, `digits` for a bare number, else `number`. */
  readonly scheme: string
  /** False where the text may as well be a name with a number in it. */
  readonly likely: boolean
}

/** Letters, then digits with marks between: `VL/24/01/001`, `C43456`, `HE 123456`, `BUA970`. */
const CODE = /^(\p{L}{0,8})[\s./-]?\d[\d./-]*\p{L}?$/u

/** A number that says so itself, with the place of the register before it: `Kanto No.00006`. */
const NUMBERED = /(?:(?:^|[^\p{L}])no[.\s]\s*|№\s*|第\s*)\d{3,}\s*号?$/iu

/** Undefined when the text is too long, has too many words or too few digits for a number. */
export function readRegisterNumber(text: string): RegisterNumberReading | undefined {
  if (text.length > NUMBER_CHARS_MAX) return undefined
  const digits = text.replace(/[^\p{Nd}]/gu, '').length
  if (digits < DIGITS_MIN || text.split(/\s+/u).length > WORDS_MAX) return undefined
  const { scheme, rest } = partsOf(text)
  const letters = CODE.exec(rest)?.[1]
  if (scheme !== '') return { scheme: scheme.toLowerCase(), likely: letters !== undefined }
  const isBare = letters === '' && digits >= BARE_DIGITS_MIN
  // `Trading212` is a firm, `BUA970` a licence: few capitals or many digits make a number.
  const isCode = letters !== undefined && /^\p{Lu}{1,3}$/u.test(letters)
  const isLong = letters !== undefined && letters.length <= 4 && digits >= BARE_DIGITS_MIN
  const isPath = letters !== undefined && letters !== '' && rest.includes('/')
  const isCoded = letters !== undefined && (rest !== text || isBare || isCode || isLong || isPath)
  return { scheme: isBare ? 'digits' : 'number', likely: isCoded || NUMBERED.test(text) }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}
