import type { DatasetName, Hash } from '../model/statement.ts'
import type { Day, Instant } from '../model/time.ts'
import type { NotChecked } from '../model/verdict.ts'
import type { WrittenRow } from '../score/rate/board.ts'
import type { PurchaseKind, PurchaseSide } from '../score/rate/fx-purchase.ts'
import type { GateReason, HeldReason } from '../score/rate/gate.ts'
import type { Leg, LegState, RateMethod } from '../score/rate/types.ts'

// The words of the rules that answers speak in: who shows an answer needs no rule.
export type { WrittenRow } from '../score/rate/board.ts'
export type { PurchaseKind, PurchaseSide } from '../score/rate/fx-purchase.ts'
export type { GateCode, GateReason, HeldReason } from '../score/rate/gate.ts'
export type { Leg, LegKind, LegState, RateMethod } from '../score/rate/types.ts'

/** What a code in a question stands for. */
export interface AssetView {
  /** ISO 4217, or `<dataset>:<code>` for an asset that keeps its publisher's name. */
  readonly id: string
  /** In upper case, as people write it. */
  readonly symbol: string
  readonly name: string
  readonly kind: 'currency' | 'metal' | 'unit' | 'asset'
  /** CAIP-19, where the reviewed table has it. */
  readonly asset: string | null
  /** Decimals of an amount; null where nothing gives them. */
  readonly minorUnit: number | null
}

/** Amounts, rates and percentages are plain decimal strings everywhere. */
export interface LegView extends Leg {
  /** Title of the dataset, or the law of a fixed rate. */
  readonly title: string
  /** When this instance was told; null for a rate by law. */
  readonly observedAt: Instant | null
}

export interface PublisherView {
  readonly dataset: DatasetName
  readonly title: string
  readonly isOfficial: boolean
  readonly rate: string
  readonly date: Day
  readonly ageDays: number
  readonly state: LegState
  readonly statement: Hash
  /** `used`: the answer, or part of its consensus · `shown`: beside it · `outlier`: outside it. */
  readonly role: 'used' | 'shown' | 'outlier'
  /** Weight in a consensus; null where there is none. */
  readonly weight: string | null
}

/** What the gate set aside: it is shown as doubtful and never used; the last good one stays live. */
export interface QuarantinedView {
  readonly dataset: DatasetName
  readonly title: string
  readonly date: Day
  readonly statement: Hash
  /** True: the whole sheet. False: only the rates in `held`. */
  readonly isWhole: boolean
  /** Why the whole sheet is not believed. */
  readonly reasons: readonly GateReason[]
  readonly held: readonly {
    readonly code: string
    readonly reason: HeldReason
    /** As published. */
    readonly rate: string
  }[]
}

export interface RateTimes {
  /** World's day; default today. */
  readonly date?: string | undefined
  /** What this instance had been told by then; default now. */
  readonly knownAt?: string | undefined
}

export interface ConvertParams extends RateTimes {
  /** As typed; read by `lang` where a mark has two meanings. Empty or missing: no input yet. */
  readonly amount?: string | undefined
  readonly from: string
  readonly to: string
  readonly lang?: string | undefined
}

export interface ConvertAnswer {
  readonly amount: string
  readonly from: string
  readonly to: string
  readonly date: Day
  /** The three fields of every calculator: PC(S), Current Rate, Available. */
  readonly quantity: string
  readonly currentRate: string
  readonly available: string
  /** One published rate unchanged, else to 30 significant digits; `currentRate` has ten. */
  readonly rate: string
  readonly result: string
  /** The result before its one rounding, to 30 significant digits. */
  readonly unrounded: string
  readonly method: RateMethod
  readonly state: LegState
  readonly legs: readonly LegView[]
  readonly publishers: readonly PublisherView[]
  readonly quarantined: readonly QuarantinedView[]
  readonly assets: { readonly from: AssetView; readonly to: AssetView }
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface RatesParams extends RateTimes {
  readonly base: string
  /** `currencies` (with metals, default), `assets` (publishers' own names) or `all`. */
  readonly scope?: 'currencies' | 'assets' | 'all' | undefined
  readonly lang?: string | undefined
}

export interface RateRow {
  readonly quote: string
  readonly name: string
  readonly rate: string
  readonly currentRate: string
  readonly method: RateMethod
  readonly dataset: DatasetName
  readonly date: Day
  readonly ageDays: number
  readonly state: LegState
}

export interface RatesAnswer {
  readonly base: string
  readonly date: Day
  readonly rates: readonly RateRow[]
  readonly quarantined: readonly QuarantinedView[]
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface HistoryParams {
  readonly base: string
  readonly quote: string
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** At most so many points, four at least: first, last, lowest and highest are among them. */
  readonly points?: number | undefined
  readonly knownAt?: string | undefined
}

export interface HistoryPoint {
  readonly date: Day
  readonly rate: string
  readonly dataset: DatasetName
}

export interface HistoryAnswer {
  readonly base: string
  readonly quote: string
  readonly from: Day
  readonly to: Day
  readonly points: readonly HistoryPoint[]
  /** Days with a rate in the range; more than `points` has where it was thinned out. */
  readonly days: number
  readonly isSampled: boolean
  readonly first: HistoryPoint | null
  readonly last: HistoryPoint | null
  readonly low: HistoryPoint | null
  readonly high: HistoryPoint | null
  /** From the first to the last point, in percent. */
  readonly changePercent: string | null
  readonly sources: readonly {
    readonly dataset: DatasetName
    readonly title: string
    readonly from: Day
    readonly to: Day
    readonly days: number
  }[]
  readonly quarantined: readonly QuarantinedView[]
  /** The first and last day that any publisher here has the pair. */
  readonly available: { readonly from: Day; readonly to: Day } | null
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

export interface CurrencyRow extends AssetView {
  readonly numeric: string | null
  /** Last day as a currency of its own; null = in use. */
  readonly until: Day | null
  readonly successor: {
    readonly code: string
    readonly units: string
    readonly law: string | null
  } | null
  /** Who quotes it, from and to which day. */
  readonly datasets: readonly {
    readonly dataset: DatasetName
    readonly from: Day
    readonly to: Day
  }[]
}

export interface TableParams extends RateTimes {
  /** Prices are in this currency; default USD. */
  readonly quote?: string | undefined
  /** Only assets whose symbol or name has this text. */
  readonly q?: string | undefined
  readonly limit?: number | undefined
  readonly offset?: number | undefined
  readonly lang?: string | undefined
}

export interface TableRow {
  readonly asset: AssetView
  readonly price: string
  readonly previousPrice: string | null
  /** Against the publisher's sheet before; two decimals, with its sign. */
  readonly changePercent: string | null
  readonly dataset: DatasetName
  readonly statement: Hash
  readonly date: Day
  readonly previousDate: Day | null
  readonly ageDays: number
  readonly state: LegState
}

export interface TableAnswer {
  readonly quote: string
  readonly date: Day
  readonly rows: readonly TableRow[]
  readonly total: number
  readonly quarantined: readonly QuarantinedView[]
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

/** Where the prices come from: rows as typed, a file, a dataset of boards, or one price. */
export type BoardInput =
  | {
      readonly rows: readonly WrittenRow[]
      readonly name?: string | undefined
      readonly home?: string | undefined
    }
  | {
      readonly csv: string
      readonly name?: string | undefined
      readonly home?: string | undefined
    }
  | { readonly dataset: string }

export interface FxPurchaseParams extends RateTimes {
  /** The foreign currency. */
  readonly currency: string
  /** The money that is paid with, or paid out. */
  readonly with: string
  /** Foreign currency to buy or sell; or else `budget`. Neither: no input yet. */
  readonly quantity?: string | undefined
  /** Home money to spend in all; on a sale the sum that is wanted. */
  readonly budget?: string | undefined
  readonly side?: PurchaseSide | undefined
  readonly kind?: PurchaseKind | undefined
  /** Home money (`15`), or a share of it (`0.5%`). */
  readonly fee?: string | undefined
  /** Without a board the reference rate itself is the price. */
  readonly board?: BoardInput | undefined
  readonly lang?: string | undefined
}

/** Reopens a calculation by the text of its link. */
export interface FxReopenParams {
  readonly token: string
  readonly lang?: string | undefined
}

export interface FxPurchaseAnswer {
  readonly side: PurchaseSide
  readonly kind: PurchaseKind
  readonly currency: string
  readonly with: string
  readonly quantity: string
  readonly unit: string
  /** For `unit` of the foreign currency. */
  readonly currentRate: string
  readonly total: string
  readonly available: string
  readonly fee: string
  /** Market mid for one unit; null where no publisher has the pair. */
  readonly mid: string | null
  /** What the price takes against the mid; negative where it is better than the mid. */
  readonly margin: string | null
  readonly marginPercent: string | null
  readonly board: string | null
  readonly boardTime: string | null
  /** Path and query without language: `/tools/fx-purchase?q=…`. */
  readonly permalink: string
  readonly token: string
  /** Home money exchanged, before the fee. */
  readonly exchanged: string
  /** Margin and fee together. */
  readonly overall: string | null
  readonly overallPercent: string | null
  /** Price for one unit, to 30 significant digits. */
  readonly unitPrice: string
  /** The board's own spread over its middle, in percent; null where a side is missing or it is a cross. */
  readonly spreadPercent: string | null
  /** Legs of a cross purchase at one board; one for a plain purchase, none without a board. */
  readonly boardLegs: readonly {
    readonly currency: string
    readonly unit: string
    readonly price: string
    readonly side: 'spot_buy' | 'cash_buy' | 'spot_sell' | 'cash_sell'
  }[]
  readonly midDate: Day | null
  readonly midLegs: readonly LegView[]
  readonly midState: LegState | null
  /** The statement of the board, where a dataset gave it. */
  readonly boardStatement: Hash | null
  readonly date: Day
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly notChecked: readonly NotChecked[]
}

/** What a symbol may mean: offered where it names several things. */
export interface AssetChoice {
  /** What to ask with: an id, or a CAIP-19. */
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly asset: string | null
  /** Publisher of the rate, or the list that has the contract. */
  readonly dataset: DatasetName
  readonly isPriced: boolean
}

/** Every question about rates. One object per process; it keeps the loaded sheets. */
export interface RateQueries {
  convert(params: ConvertParams): Promise<ConvertAnswer>
  fxPurchase(params: FxPurchaseParams | FxReopenParams): Promise<FxPurchaseAnswer>
  rates(params: RatesParams): Promise<RatesAnswer>
  history(params: HistoryParams): Promise<HistoryAnswer>
  currencies(lang?: string): Promise<readonly CurrencyRow[]>
  table(params: TableParams): Promise<TableAnswer>
  /** What a symbol may mean, for a page that offers choices. */
  choices(symbol: string): Promise<readonly AssetChoice[]>
  /** Names of datasets that give boards, with their home currency. */
  boards(): Promise<
    readonly {
      readonly dataset: string
      readonly title: string
      readonly home: string
      readonly currencies: readonly string[]
    }[]
  >
  /** Everything that the gate set aside, newest first, at most `limit` sheets. */
  quarantined(limit?: number): Promise<readonly QuarantinedView[]>
  /** Loads the sheets, so that the first answer need not wait. */
  warm(): Promise<void>
}
