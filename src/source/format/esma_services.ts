import { countryCode } from '../lookup.ts'
import { stripEnds } from './esma_text.ts'

/** The letter of a crypto-asset service in MiCA Art. 3(1)(16). */
export type ServiceCode = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j'

interface Service {
  readonly code: ServiceCode
  /** The service as MiCA Art. 3(1)(16) words it. */
  readonly text: string
  /** Words that no other service has, so that shortened and repeated texts are understood. */
  readonly words: RegExp
}

/** The ten services of MiCA Art. 3(1)(16). */
export const MICA_SERVICES: readonly Service[] = [
  {
    code: 'a',
    text: 'providing custody and administration of crypto-assets on behalf of clients',
    words: /\bcustody\b/u,
  },
  {
    code: 'b',
    text: 'operation of a trading platform for crypto-assets',
    words: /\btrading platform\b/u,
  },
  {
    code: 'c',
    text: 'exchange of crypto-assets for funds',
    words: /\bexchange of crypto ?assets? for funds?\b/u,
  },
  {
    code: 'd',
    text: 'exchange of crypto-assets for other crypto-assets',
    words: /\bexchange of crypto ?assets? for (?:other|crypto)\b/u,
  },
  {
    code: 'e',
    text: 'execution of orders for crypto-assets on behalf of clients',
    words: /\bexecution of orders?\b/u,
  },
  { code: 'f', text: 'placing of crypto-assets', words: /\bplacing\b/u },
  {
    code: 'g',
    text: 'reception and transmission of orders for crypto-assets on behalf of clients',
    words: /\breception and transmission\b/u,
  },
  { code: 'h', text: 'providing advice on crypto-assets', words: /\badvice\b/u },
  {
    code: 'i',
    text: 'providing portfolio management on crypto-assets',
    words: /\bportfolio management\b/u,
  },
  {
    code: 'j',
    text: 'providing transfer services for crypto-assets on behalf of clients',
    words: /\btransfer services?\b/u,
  },
]

/** What a cell was hard to read for; the caller makes a data-quality note of it. */
export interface CellDefect {
  readonly code: string
  readonly original: string
}

export interface ReadServices {
  /** Sorted, each once. */
  readonly services: readonly ServiceCode[]
  readonly defects: readonly CellDefect[]
}

/** `|`, `;`, line ends, and the capital I that some authorities type for the bar. */
const SEPARATOR = /[|;\n\r]|(?<=\s)I(?=\s)/u
/** A letter with its dot opens the next service, whatever stands between the two. */
const BEFORE_LETTER = /(?<=^|[\s,])(?=[a-j]\s*[.)]\s*\p{L}{3})/iu
const LETTERED = /^\(?([a-j])\s*[.)]\s*(.*)$/isu
const LETTER_ALONE = /^\(?([a-j])[.)]?$/iu

/**
 * Services of one register cell. Each part is read by its text where the text names a service, else
 * by its letter. Where the two disagree the text counts, for the letter is only a numbering of it
 * (one row counts two services as `c` and two as `e` and is one letter behind from there), and the
 * part is named as a defect.
 *
 *     readServices('a. providing custody …| exchange of crypto-assets for funds').services // a, c
 */
export function readServices(cell: string): ReadServices {
  const found = new Set<ServiceCode>()
  const defects: CellDefect[] = []
  for (const part of cell.split(SEPARATOR).flatMap((piece) => piece.split(BEFORE_LETTER))) {
    const text = stripEnds(part.replace(/\s+/gu, ' '), ' ,')
    if (text === '') continue
    const lettered = LETTERED.exec(text) ?? LETTER_ALONE.exec(text)
    const letter = lettered?.[1]?.toLowerCase() as ServiceCode | undefined
    const named = servicesNamed(lettered === null ? text : (lettered[2] ?? ''))
    for (const code of named) found.add(code)
    if (named.length === 0 && letter !== undefined) found.add(letter)
    if (named.length === 0 && letter === undefined) {
      defects.push({ code: 'service_unreadable', original: text })
    }
    if (named.length > 0 && letter !== undefined && !named.includes(letter)) {
      defects.push({ code: 'service_letter_conflict', original: text })
    }
  }
  return { services: [...found].sort(), defects }
}

function servicesNamed(text: string): ServiceCode[] {
  const plain = text.toLowerCase().replace(/[^a-z]+/gu, ' ')
  return MICA_SERVICES.filter((service) => service.words.test(plain)).map(({ code }) => code)
}

/** The states of the European Economic Area: where MiCA holds, and where a licence passports to. */
const EEA = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
    ' ',
  ),
)

export interface ReadCountries {
  /** ISO 3166-1 alpha-2, sorted, each once. */
  readonly countries: readonly string[]
  readonly defects: readonly CellDefect[]
}

/**
 * Countries of one register cell. `EL` is Greece, as the EU writes it. A code of a state outside
 * the EEA (`SL`, which may be meant for Slovenia; `CH`) is kept as written and named as a defect:
 * MiCA cannot hold there, and what was meant is not guessed.
 */
export function readCountries(cell: string): ReadCountries {
  const found = new Set<string>()
  const defects: CellDefect[] = []
  for (const part of cell.split(/[|;,\n\r]|(?<=\s)I(?=\s)/u)) {
    const text = part.trim()
    if (text === '') continue
    const code = countryOf(text)
    if (code === undefined) defects.push({ code: 'country_unreadable', original: text })
    else {
      found.add(code)
      if (!EEA.has(code)) defects.push({ code: 'country_outside_eea', original: text })
    }
  }
  return { countries: [...found].sort(), defects }
}

/** A code in any case, or a name; undefined for what names no country. */
export function countryOf(text: string): string | undefined {
  return countryCode(text.length === 2 ? text.toUpperCase() : text)
}
