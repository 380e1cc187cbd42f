import { assert } from '../../base/assert.ts'
import {
  absolute,
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  subtract,
  ZERO,
} from '../../model/decimal.ts'

/** Below four publishers nothing is blended: each is shown, the official one preferred. */
export const PUBLISHERS_MIN = 4
/** An outlier is further from the median than ten times the median deviation … */
const DEVIATIONS = decimal('10')
/** … and further than a twentieth of the median: calm days have deviations near zero. */
const SHARE = decimal('0.05')
/** Days within which a rate has its full weight: a weekend and a holiday. */
const FULL_DAYS = 3

/**
 * e^(−0.5 × k) to twenty places, for k = 0, 1, 2 … days beyond the third. Ages are whole days, so
 * the weights are constants and the results stay exact. Beyond the table a rate has no weight.
 */
const WEIGHTS: readonly string[] = [
  '1',
  '0.60653065971263342360',
  '0.36787944117144232160',
  '0.22313016014842982893',
  '0.13533528323661269189',
  '0.08208499862389879517',
  '0.04978706836786394298',
  '0.03019738342231850074',
  '0.01831563888873418029',
  '0.01110899653824230650',
  '0.00673794699908546710',
  '0.00408677143846406699',
  '0.00247875217666635842',
  '0.00150343919297757245',
  '0.00091188196555451621',
  '0.00055308437014783358',
  '0.00033546262790251184',
  '0.00020346836901064417',
  '0.00012340980408667955',
  '0.00007485182988770059',
  '0.00004539992976248485',
]

export interface PublishedRate {
  readonly publisher: string
  /** Rebased: every publisher's rate is of the same pair, in the same direction. */
  readonly rate: Decimal
  readonly ageDays: number
}

export interface ConsensusPart {
  readonly publisher: string
  readonly isOutlier: boolean
  /** Plain digits; `0` for an outlier. */
  readonly weight: string
}

export interface Consensus {
  /** Mean of the rates that are no outliers, weighted by age, to 30 significant digits. */
  readonly rate: Decimal
  readonly median: Decimal
  /** In the order given. */
  readonly parts: readonly ConsensusPart[]
}

/** e^(−0.5 × max(days − 3, 0)) as plain digits; `0` beyond the table. */
export function weightOf(ageDays: number): string {
  assert(Number.isInteger(ageDays) && ageDays >= 0, 'an age is a whole number of days')
  return WEIGHTS[ageDays <= FULL_DAYS ? 0 : ageDays - FULL_DAYS] ?? '0'
}

/**
 * The rate on which publishers agree (VOCABULARY §10); undefined below four publishers with weight.
 * x is an outlier when |x − median| > max(10 × MAD, 5 % of the median). Of an even count the upper
 * middle is the median.
 */
export function consensusOf(rates: readonly PublishedRate[]): Consensus | undefined {
  const weighed = rates.filter(({ ageDays }) => weightOf(ageDays) !== '0')
  if (weighed.length < PUBLISHERS_MIN) return undefined
  const { median, bound } = spreadOf(weighed.map(({ rate }) => rate))
  let sum = ZERO
  let weights = ZERO
  const parts = rates.map(({ publisher, rate, ageDays }): ConsensusPart => {
    const weight = weightOf(ageDays)
    const isOutlier = compare(absolute(subtract(rate, median)), bound) > 0
    if (isOutlier || weight === '0') return { publisher, isOutlier, weight: '0' }
    sum = add(sum, multiply(decimal(weight), rate))
    weights = add(weights, decimal(weight))
    return { publisher, isOutlier, weight }
  })
  // The median itself is never an outlier, so something has weight.
  return { rate: divide(sum, weights), median, parts }
}

/** The median, and how far from it a rate may be. */
export function spreadOf(rates: readonly Decimal[]): { median: Decimal; bound: Decimal } {
  const median = upperMiddle(rates)
  const deviation = upperMiddle(rates.map((rate) => absolute(subtract(rate, median))))
  const byDeviation = multiply(DEVIATIONS, deviation)
  const byShare = multiply(SHARE, median)
  return { median, bound: compare(byDeviation, byShare) > 0 ? byDeviation : byShare }
}

function upperMiddle(values: readonly Decimal[]): Decimal {
  const middle = values.toSorted(compare)[values.length >> 1]
  assert(middle !== undefined, 'a median is of something')
  return middle
}
