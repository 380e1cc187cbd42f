import { AppError } from '../../base/error.ts'
import type { RateQueries } from '../../query/rate-types.ts'
import { noQuery } from '../params.ts'
import {
  convertQuery,
  historyParams,
  historyQuery,
  purchaseBody,
  purchaseParams,
  ratesQuery,
} from '../rate-params.ts'
import { jsonAnswer } from '../respond.ts'
import { type ApiPorts, type Route, route } from '../route.ts'
import { convertAnswer, historyAnswer, purchaseAnswer, ratesAnswer } from '../schema/rate.ts'

/** Base of a list that names none: what the reference rates are written against. */
const BASE_DEFAULT = 'EUR'
/** Hundreds of pairs, or thousands of days, against one. */
const LIST_COST = 4

const PROBLEMS = [404, 503]

const convert = route({
  method: 'get',
  path: '/v1/convert',
  tag: 'rates',
  summary: 'An amount in another currency or asset, with each leg, its source and age.',
  query: convertQuery,
  answer: convertAnswer,
  cost: 1,
  problems: PROBLEMS,
  handle: async ({ query }, ports) => jsonAnswer(await ratesOf(ports).convert(query), 'own'),
})

const rates = route({
  method: 'get',
  path: '/v1/rates',
  tag: 'rates',
  summary: 'Every rate of one base on a day, each with source and age.',
  query: ratesQuery,
  answer: ratesAnswer,
  cost: LIST_COST,
  problems: PROBLEMS,
  async handle({ query }, ports) {
    const { base = BASE_DEFAULT, ...rest } = query
    return jsonAnswer(await ratesOf(ports).rates({ base, ...rest }), 'public')
  },
})

const history = route({
  method: 'get',
  path: '/v1/rates/{base}/{quote}/history',
  tag: 'rates',
  summary: 'A pair by day, each rate with its publisher; what the gate set aside is named.',
  query: historyQuery,
  params: historyParams,
  answer: historyAnswer,
  cost: LIST_COST,
  problems: PROBLEMS,
  handle: async ({ query, params }, ports) =>
    jsonAnswer(await ratesOf(ports).history({ ...params, ...query }), 'public'),
})

const purchase = route({
  method: 'post',
  path: '/v1/fx-purchase',
  tag: 'rates',
  summary: 'What foreign currency costs at a bank’s board, and what the board takes over the mid.',
  query: noQuery,
  body: purchaseBody,
  hasExactNumbers: true,
  answer: purchaseAnswer,
  cost: 1,
  problems: [...PROBLEMS, 413, 415],
  handle: async ({ body }, ports) =>
    jsonAnswer(await ratesOf(ports).fxPurchase(purchaseParams(body)), 'own'),
})

function ratesOf({ rates: queries }: ApiPorts): RateQueries {
  if (queries !== undefined) return queries
  throw new AppError('rate.no_data', 'This installation offers no rates.', { status: 503 })
}

export const rateRoutes: readonly Route[] = [rates, history, convert, purchase]
