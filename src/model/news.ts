import type { Instant } from './time.ts'

/** What an article can say that Custos reads as a fact (INTERFACE §7). */
export const FACT_TYPES = [
  'investment',
  'acquisition',
  'divestment',
  'contract',
  'valuation',
  'revenue',
  'market_share',
  'share_price_change',
  'units_sold',
  'share_of_gdp',
  'appointment',
  'product_launch',
  'strategy',
  'assessment',
  'licence_granted',
  'licence_withdrawn',
  'warning',
  'fine',
  'hack',
  'listing',
] as const

export type FactType = (typeof FACT_TYPES)[number]

/** A sentence of the article, by UTF-16 offsets into its text. */
export interface Span {
  readonly sentence: string
  readonly start: number
  readonly end: number
}

/** One fact as the article says it. Numbers are decimal strings; what is not said is null. */
export interface NewsFact {
  readonly type: FactType
  /** Whom the fact is about, where nobody does something to somebody. */
  readonly of: string | null
  /** Who acts: investor, buyer, seller, authority. */
  readonly from: string | null
  /** Whom it reaches: investee, target, buyer of what was sold, firm that was fined. */
  readonly to: string | null
  readonly with: readonly string[]
  readonly what: string | null
  readonly amount: string | null
  /** ISO 4217, or the symbol of a token. */
  readonly currency: string | null
  readonly percent: string | null
  readonly quantity: string | null
  readonly year: number | null
  /** ISO 8601, may be partial. */
  readonly date: string | null
  readonly approximate: boolean
  /** `peak`, `by`, `more than`, `up to`, `planned`, `in principle`, `suspended`. */
  readonly qualifier: string | null
  /** `global`, or the place or market that the text names. */
  readonly scope: string | null
  readonly attributedTo: string | null
  /** What the text does not say itself: `USD from $`, `year from the publication date`. */
  readonly inferred: readonly string[]
  readonly sentence: string
  readonly start: number
  readonly end: number
  /** Every sentence that says it, the first one included. */
  readonly sentences: readonly Span[]
}

export interface NewsPerson {
  readonly name: string
  readonly role: string | null
  readonly organisation: string | null
  readonly from: number | null
  readonly to: number | null
}

/** `none`: the text gives a time without a zone, and none is made up for it. */
export type Zone = 'none' | 'utc' | 'offset'

/** An article as it was read, before anything is known about whom it names. */
export interface Article {
  readonly title: string
  readonly publisher: string | null
  readonly author: string | null
  /** ISO 8601 as exact as the text is: a day, a local time without zone, or an instant. */
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly language: string | null
  readonly category: string | null
  readonly url: string | null
  readonly keyTakeaways: readonly string[]
  readonly sections: readonly { readonly question: string; readonly text: string }[]
  /** The whole article in reading order, without furniture and disclaimer. */
  readonly text: string
  readonly disclaimer: string | null
  /** What was wrong with the input and could be read all the same. */
  readonly notes: readonly string[]
}

export interface ReadFacts {
  readonly organisations: readonly string[]
  readonly people: readonly NewsPerson[]
  readonly facts: readonly NewsFact[]
}

/** When an article was read: the clock is passed in, never taken. */
export interface ReadAt {
  readonly now: Instant
}
