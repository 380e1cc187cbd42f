import { LIMITS } from '../../base/limits.ts'
import { batchBody, checkQuery, noQuery } from '../params.ts'
import { ProblemError } from '../problem.ts'
import { jsonAnswer } from '../respond.ts'
import { type Route, route } from '../route.ts'
import { batchAnswer, verdict } from '../schema/verdict.ts'

/** Queries of a batch for one unit: a batch says the lists once and saves as many round trips. */
const BATCH_QUERIES_PER_UNIT = 20

const check = route({
  method: 'get',
  path: '/v1/check',
  tag: 'check',
  summary: 'One verdict: what is known about a name, domain, address, token or number.',
  query: checkQuery,
  answer: verdict,
  cost: 1,
  handle: async ({ query }, { queries }) => jsonAnswer(await queries.check(query), 'own'),
})

const checkBatch = route({
  method: 'post',
  path: '/v1/check',
  tag: 'check',
  summary: 'Up to 1,000 verdicts, in order; what is common to all is said once.',
  query: noQuery,
  body: batchBody,
  answer: batchAnswer,
  cost: 1,
  problems: [413, 415],
  async handle({ body, charge }, { queries }) {
    const count = body.queries.length
    if (count > LIMITS.batchQueriesMax) {
      throw new ProblemError('query.batch_too_large', 'One batch holds fewer queries than that.', {
        params: { max: LIMITS.batchQueriesMax },
      })
    }
    if (count > BATCH_QUERIES_PER_UNIT) charge(Math.ceil(count / BATCH_QUERIES_PER_UNIT) - 1)
    return jsonAnswer(await queries.checkBatch(body), 'own')
  },
})

export const checkRoutes: readonly Route[] = [check, checkBatch]
