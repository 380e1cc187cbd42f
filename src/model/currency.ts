import { assert } from '../base/assert.ts'
import {
  ACTIVE,
  EURO_LAW,
  EURO_LAW_FIRST,
  METALS,
  RETIRED,
  SINCE,
  UNITS,
} from './currency-table.ts'
import type { Day } from './time.ts'

/** What replaced a currency, at a rate that no market makes. */
export interface Successor {
  readonly code: string
  /** Units of the retired currency for one unit of the successor: plain digits, as adopted. */
  readonly units: string
  /** Where the rate is laid down; null for a redenomination by national law. */
  readonly law: string | null
}

export interface Currency {
  /** ISO 4217 alphabetic code. */
  readonly code: string
  /** Three digits. */
  readonly numeric: string
  readonly kind: 'currency' | 'metal' | 'unit'
  /** Decimals of an amount; null where ISO 4217 gives none (metals, units of account). */
  readonly minorUnit: number | null
  /** First day, where a rate of an earlier day would be of another currency. */
  readonly since: Day | null
  /** Last day as a currency of its own; null = it is in use. */
  readonly until: Day | null
  readonly successor: Successor | null
}

const since = new Map(rows(SINCE).map(([code = '', day = '']) => [code, day]))
const byCode = new Map<string, Currency>()
for (const kind of ['currency', 'metal', 'unit'] as const) {
  const table = { currency: ACTIVE, metal: METALS, unit: UNITS }[kind]
  for (const [code = '', numeric = '', minor = ''] of rows(table)) {
    put({ code, numeric, kind, minor, until: null, successor: null })
  }
}
for (const [code = '', numeric = '', minor = '', until = '', next = '', units = ''] of rows(
  RETIRED,
)) {
  const law = next === 'EUR' ? (EURO_LAW[code] ?? EURO_LAW_FIRST) : null
  const successor = next === '-' || units === '-' ? null : { code: next, units, law }
  put({ code, numeric, kind: 'currency', minor, until, successor })
}

function rows(table: string): string[][] {
  return table
    .trim()
    .split(',')
    .map((row) => row.trim().split(/\s+/))
}

function put(
  p: Pick<Currency, 'code' | 'numeric' | 'kind' | 'until' | 'successor'> & { minor: string },
): void {
  const { minor, ...currency } = p
  assert(!byCode.has(p.code), 'a currency stands once in the tables')
  byCode.set(p.code, {
    ...currency,
    minorUnit: minor === '-' ? null : Number.parseInt(minor, 10),
    since: since.get(p.code) ?? null,
  })
}

/** The currency of an ISO 4217 alphabetic code in upper case, active or withdrawn. */
export function currencyOf(code: string): Currency | undefined {
  return byCode.get(code)
}

/** Every currency of the tables: active ones, metals, units of account, withdrawn ones. */
export function currencies(): Iterable<Currency> {
  return byCode.values()
}

/** Is the code a currency of its own on that day? One of the future is not judged. */
export function isInUse(currency: Currency, day: Day): boolean {
  return currency.until === null || day <= currency.until
}

const byNumeric = new Map<string, Currency>()
for (const currency of byCode.values()) {
  // A successor may inherit the number: the one in use has it.
  if (currency.until === null || !byNumeric.has(currency.numeric)) {
    byNumeric.set(currency.numeric, currency)
  }
}

/** The currency of an ISO 4217 numeric code; of two that shared it, the one in use. */
export function currencyOfNumeric(numeric: string): Currency | undefined {
  return byNumeric.get(numeric.padStart(3, '0'))
}

interface Names {
  readonly display: Intl.DisplayNames
  readonly known: Map<string, string>
}

const names = new Map<string, Names>()

/** The name in a language, by CLDR; the code where there is none. */
export function currencyName(code: string, lang: string): string {
  let own = names.get(lang)
  if (own === undefined) {
    const [locale = 'en'] = Intl.DisplayNames.supportedLocalesOf([lang, 'en'])
    const display = new Intl.DisplayNames([locale], { type: 'currency', fallback: 'code' })
    own = { display, known: new Map() }
    // Languages come from requests; only as many are kept as a product is translated into.
    if (names.size < 64) names.set(lang, own)
  }
  let name = own.known.get(code)
  if (name === undefined) {
    name = own.display.of(code) ?? code
    if (byCode.has(code)) own.known.set(code, name)
  }
  return name
}
