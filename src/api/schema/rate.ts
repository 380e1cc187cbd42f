import { z } from '@hono/zod-openapi'
import { day, hash, instant, notChecked } from './verdict.ts'

/** A plain decimal: no exponent, no float. */
const decimal = z.string().openapi({ pattern: '^-?\\d+(\\.\\d+)?$', example: '111.57' })
const code = z.string().openapi({
  description: 'ISO 4217, or `<dataset>:<code>` for an asset that keeps its publisher’s name.',
  example: 'EUR',
})
const dataset = z.string().openapi({ example: 'ecb_eurofxref' })
const ageDays = z.number().int().openapi({ description: 'Days before the day asked.' })
const legState = z.enum(['current', 'carried', 'stale']).openapi({
  description:
    '`current`: of the day asked. `carried`: of the last day before. `stale`: older than the dataset may be.',
})
const method = z
  .enum(['identity', 'fixed', 'fixing', 'consensus', 'cross', 'market', 'mixed'])
  .openapi({ description: 'How the rate came about; see docs/method/.' })
const quantity = z.string().openapi({ description: 'PC(S); 0.00 before there is input.' })
const currentRate = decimal.openapi({ description: 'Current Rate, to ten significant digits.' })
const available = decimal.openapi({ description: 'Available: the result, rounded once.' })

const times = { asOf: instant, knownAt: instant, notChecked: z.array(notChecked) }

const asset = z
  .object({
    id: code,
    symbol: z.string(),
    name: z.string(),
    kind: z.enum(['currency', 'metal', 'unit', 'asset']),
    asset: z.string().nullable().openapi({ description: 'CAIP-19, where it is known.' }),
    minorUnit: z.number().int().nullable().openapi({ description: 'Decimals of an amount.' }),
  })
  .openapi('Asset')

const leg = z
  .object({
    base: code,
    quote: code,
    rate: decimal.openapi({ description: '`unit` of the base is this much of the quote.' }),
    unit: z.string(),
    operation: z.enum(['multiply', 'divide']),
    kind: z.enum(['fixing', 'market', 'fixed', 'consensus']),
    dataset,
    title: z.string(),
    statement: hash.nullable().openapi({ description: 'Null for a rate by law or a consensus.' }),
    date: day,
    ageDays,
    state: legState,
    observedAt: instant.nullable(),
  })
  .openapi('RateLeg')

const publisher = z
  .object({
    dataset,
    title: z.string(),
    isOfficial: z.boolean(),
    rate: decimal,
    date: day,
    ageDays,
    state: legState,
    statement: z.string(),
    role: z.enum(['used', 'shown', 'outlier']),
    weight: z.string().nullable(),
  })
  .openapi('RatePublisher')

const quarantined = z
  .object({
    dataset,
    title: z.string(),
    date: day,
    statement: hash,
    isWhole: z
      .boolean()
      .openapi({ description: 'True: the whole sheet. False: only the rates in `held`.' }),
    reasons: z.array(
      z.object({
        code: z.enum(['missing_currencies', 'moved', 'inverted', 'peers']),
        count: z.number().int(),
        of: z.number().int(),
        codes: z.array(z.string()),
      }),
    ),
    held: z.array(
      z.object({
        code,
        reason: z.enum(['moved', 'inverted', 'peers']),
        rate: z.string().openapi({ description: 'As published; never used.' }),
      }),
    ),
  })
  .openapi('QuarantinedSheet')

export const convertAnswer = z
  .object({
    amount: z.string().openapi({ description: 'Plain digits; empty before there is input.' }),
    from: code,
    to: code,
    date: day,
    quantity,
    currentRate,
    available,
    rate: decimal.openapi({
      description: 'One published rate unchanged, else to 30 significant digits.',
    }),
    result: decimal,
    unrounded: decimal.openapi({ description: 'Before the one rounding.' }),
    method,
    state: legState,
    legs: z.array(leg),
    publishers: z.array(publisher),
    quarantined: z.array(quarantined),
    assets: z.object({ from: asset, to: asset }),
    ...times,
  })
  .openapi('ConvertAnswer')

const rateRow = z
  .object({
    quote: code,
    name: z.string(),
    rate: decimal,
    currentRate,
    method,
    dataset,
    date: day,
    ageDays,
    state: legState,
  })
  .openapi('RateRow')

export const ratesAnswer = z
  .object({
    base: code,
    date: day,
    rates: z.array(rateRow),
    quarantined: z.array(quarantined),
    ...times,
  })
  .openapi('RatesAnswer')

const point = z.object({ date: day, rate: decimal, dataset }).openapi('RatePoint')
const onePoint = z.union([point, z.null()])

export const historyAnswer = z
  .object({
    base: code,
    quote: code,
    from: day,
    to: day,
    points: z.array(point),
    days: z
      .number()
      .int()
      .openapi({ description: 'Days with a rate; more than points if thinned.' }),
    isSampled: z.boolean(),
    first: onePoint,
    last: onePoint,
    low: onePoint,
    high: onePoint,
    changePercent: decimal.nullable(),
    sources: z.array(
      z.object({ dataset, title: z.string(), from: day, to: day, days: z.number().int() }),
    ),
    quarantined: z.array(quarantined),
    available: z
      .object({ from: day, to: day })
      .nullable()
      .openapi({ description: 'First and last day that any publisher here has the pair.' }),
    ...times,
  })
  .openapi('RateHistory')

const boardLeg = z.object({
  currency: code,
  unit: z.string(),
  price: decimal,
  side: z
    .enum(['spot_buy', 'cash_buy', 'spot_sell', 'cash_sell'])
    .openapi({ description: 'Of the bank.' }),
})

export const purchaseAnswer = z
  .object({
    side: z.enum(['buy', 'sell']).openapi({ description: 'Of the customer.' }),
    kind: z.enum(['spot', 'cash']),
    currency: code,
    with: code,
    quantity,
    unit: z.string(),
    currentRate: decimal.openapi({ description: 'Current Rate, for `unit` of the currency.' }),
    total: decimal.openapi({ description: 'Paid in all, or paid out; fee included.' }),
    available,
    fee: decimal,
    mid: decimal.nullable().openapi({ description: 'Market mid for one unit, never the board’s.' }),
    margin: decimal
      .nullable()
      .openapi({ description: 'What the price takes against the mid, without the fee.' }),
    marginPercent: decimal.nullable(),
    board: z.string().nullable(),
    boardTime: z.string().nullable(),
    permalink: z
      .string()
      .openapi({ description: 'Path and query of the page, without its language.' }),
    token: z.string().openapi({ description: 'Reopens this calculation, with the same answer.' }),
    exchanged: decimal,
    overall: decimal.nullable().openapi({ description: 'Margin and fee together.' }),
    overallPercent: decimal.nullable(),
    unitPrice: decimal,
    spreadPercent: decimal.nullable(),
    boardLegs: z.array(boardLeg),
    midDate: day.nullable(),
    midLegs: z.array(leg),
    midState: legState.nullable(),
    boardStatement: hash.nullable(),
    date: day,
    ...times,
  })
  .openapi('FxPurchaseAnswer')
