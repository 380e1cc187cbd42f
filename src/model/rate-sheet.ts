import { canonicalJson } from '../base/encode.ts'
import { LIMITS } from '../base/limits.ts'
import { parseDecimal } from './decimal.ts'
import { type Day, isDay } from './time.ts'

/**
 * `fixing`: an authority fixes these rates for the day · `market`: a publisher collects market
 * rates · `board`: prices at which somebody buys and sells.
 */
export type SheetKind = 'fixing' | 'market' | 'board'

/** `base_in_quote`: 1 base = x of the quote · `quote_in_base`: `unit` of the quote costs x base. */
export type SheetDirection = 'base_in_quote' | 'quote_in_base'

/** A quotation with a unit or with sides. Every number is plain digits, as published. */
export interface UnitQuote {
  /** Units of the quoted currency that the prices are for: `1`, `10`, `100` … */
  readonly unit: string
  readonly mid?: string
  /** The publisher's sides: it buys at `buy` and sells at `sell`; `cash…` for banknotes. */
  readonly buy?: string
  readonly sell?: string
  readonly cashBuy?: string
  readonly cashSell?: string
}

/** A mid or reference rate for one unit, or a quotation with unit and sides. */
export type Quote = string | UnitQuote

/**
 * The value of a `sheet` statement (docs/VOCABULARY.md): one publisher's rates of one day. Codes in
 * upper case are ISO 4217; a code in lower case is the publisher's own name of an asset.
 */
export interface RateSheet {
  readonly base: string
  readonly day: Day
  readonly kind: SheetKind
  readonly direction: SheetDirection
  readonly quotes: Readonly<Record<string, Quote>>
}

export const SIDES = ['mid', 'buy', 'sell', 'cashBuy', 'cashSell'] as const

const KINDS: readonly string[] = ['fixing', 'market', 'board'] satisfies SheetKind[]
const DIRECTIONS: readonly string[] = ['base_in_quote', 'quote_in_base'] satisfies SheetDirection[]
/** An ISO code, or a publisher's code as `isAssetCode` allows it. */
const CODE = /^(?:[A-Z]{3}|[a-z0-9$][a-z0-9$._-]{0,31})$/
const UNIT = /^10{0,6}$/

/** A publisher's own code of an asset, in lower case: `btc`, `1inch`, `$myro`. */
export function isSheetCode(code: string): boolean {
  return CODE.test(code)
}

/** 1, 10, 100 … up to a million units. */
export function isUnit(text: string): boolean {
  return UNIT.test(text)
}

/** Plain digits above zero. */
export function isRate(text: unknown): text is string {
  return typeof text === 'string' && parseDecimal(text) !== undefined && /^[0-9.]*[1-9]/.test(text)
}

/** The canonical value of a sheet: two readings of the same rates are the same statement. */
export function sheetValue(sheet: RateSheet): string {
  const quotes: Record<string, string | Record<string, string>> = {}
  for (const [code, quote] of Object.entries(sheet.quotes)) {
    quotes[code] = typeof quote === 'string' ? quote : { ...quote }
  }
  const { base, day, kind, direction } = sheet
  return canonicalJson({ base, day, kind, direction, quotes })
}

/** Reads the value of a `sheet` statement; undefined for what is not one, also in part. */
export function readSheet(value: string): RateSheet | undefined {
  let sheet: unknown
  try {
    sheet = JSON.parse(value)
  } catch {
    return undefined
  }
  return isSheet(sheet) ? sheet : undefined
}

function isSheet(value: unknown): value is RateSheet {
  if (!isObject(value)) return false
  const { base, day, kind, direction, quotes } = value
  if (typeof base !== 'string' || !CODE.test(base)) return false
  if (typeof day !== 'string' || !isDay(day)) return false
  if (!KINDS.includes(String(kind)) || !DIRECTIONS.includes(String(direction))) return false
  if (!isObject(quotes)) return false
  let count = 0
  for (const code of Object.keys(quotes)) {
    count += 1
    if (count > LIMITS.rateQuotesMax || !CODE.test(code) || !isQuote(quotes[code])) return false
  }
  return count > 0
}

function isQuote(quote: unknown): quote is Quote {
  if (typeof quote === 'string') return isRate(quote)
  if (!isObject(quote) || typeof quote.unit !== 'string' || !UNIT.test(quote.unit)) return false
  let prices = 0
  for (const side of SIDES) {
    const price = quote[side]
    if (price === undefined) continue
    if (!isRate(price)) return false
    prices += 1
  }
  return prices > 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The quote of a code; inherited members of objects are no codes. */
export function quoteOf(sheet: RateSheet, code: string): Quote | undefined {
  return Object.hasOwn(sheet.quotes, code) ? sheet.quotes[code] : undefined
}

/** Mid or reference rate with its unit; undefined for a code that is not quoted or has no mid. */
export function midOf(
  sheet: RateSheet,
  code: string,
): { readonly rate: string; readonly unit: string } | undefined {
  const quote = quoteOf(sheet, code)
  if (quote === undefined) return undefined
  if (typeof quote === 'string') return { rate: quote, unit: '1' }
  return quote.mid === undefined ? undefined : { rate: quote.mid, unit: quote.unit }
}
