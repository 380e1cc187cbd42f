/**
 * Two ways to ask for a name (docs/adr/0014). The numbers behind them stand in
 * docs/method/names.md.
 */
export interface OperatingPoint {
  /** Names judged for one asked name. */
  readonly candidates: number
  /** From here on an entity belongs to the answer. */
  readonly shown: number
  /** From here on it is meant: the default threshold, at which honest names are rarely taken. */
  readonly sure: number
}

/** Recall first: whoever screens would rather look once too often than miss one. */
export const SCREEN: OperatingPoint = { candidates: 120, shown: 0.7, sure: 0.85 }

/** Precision first: whoever searches wants the one that is meant above all others. */
export const SEARCH: OperatingPoint = { candidates: 80, shown: 0.8, sure: 0.92 }
