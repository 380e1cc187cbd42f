import type { Day } from '../../model/time.ts'

/**
 * How a rate came about. `identity`: the two are one · `fixed`: by law only (a currency that the
 * euro replaced, a redenomination) · `fixing`: an authority fixes this pair · `consensus`: four or
 * more publishers · `cross`: two fixings of one sheet · `market`: one market publisher's sheet ·
 * `mixed`: legs of several publishers.
 */
export type RateMethod =
  | 'identity'
  | 'fixed'
  | 'fixing'
  | 'consensus'
  | 'cross'
  | 'market'
  | 'mixed'

export type LegKind = 'fixing' | 'market' | 'fixed' | 'consensus'

/** `current`: of the day asked · `carried`: of the last day before, within the dataset's age · `stale`. */
export type LegState = 'current' | 'carried' | 'stale'

/** One published rate that an amount goes through: `unit` of `base` is `rate` of `quote`. */
export interface Leg {
  readonly base: string
  readonly quote: string
  /** Plain digits, as published. */
  readonly rate: string
  readonly unit: string
  /** `multiply`: the amount comes in the base · `divide`: it comes in the quote. */
  readonly operation: 'multiply' | 'divide'
  readonly kind: LegKind
  readonly dataset: string
  /** Statement of the sheet; null for a rate by law and for a consensus. */
  readonly statement: string | null
  readonly date: Day
  readonly ageDays: number
  readonly state: LegState
}

/** A rate as a sheet gives it. */
export interface SheetRate {
  readonly rate: string
  readonly unit: string
}

/** A sheet that may be used, and its day as a number. */
export interface UsableSheet {
  readonly statement: string
  readonly day: Day
  readonly dayNumber: number
  readonly direction: 'base_in_quote' | 'quote_in_base'
  /** Undefined for a code that the sheet lacks or that is set aside in it. */
  rate(code: string): SheetRate | undefined
}

/** One publisher's sheets of one base, as the choice of a rate sees them. */
export interface Publisher {
  readonly dataset: string
  /** ISO 4217, or `<dataset>:<code>` for an asset of a publisher's own name. */
  readonly base: string
  readonly isOfficial: boolean
  /** Days after which its newest sheet is stale. */
  readonly maxAgeDays: number
  /** The newest usable sheet, not after a day, that has every one of these codes. */
  find(codes: readonly string[], dayNumber: number): UsableSheet | undefined
}
