import { instantOf } from '../../model/time.ts'
import { sourcesAnswer } from '../../query/answers.ts'
import { changesQuery, noQuery } from '../params.ts'
import { ProblemError } from '../problem.ts'
import { jsonAnswer } from '../respond.ts'
import { type Route, route } from '../route.ts'
import {
  changesAnswer,
  checkpointAnswer,
  sourcesAnswer as sourcesSchema,
} from '../schema/answer.ts'

const sources = route({
  method: 'get',
  path: '/v1/sources',
  tag: 'sources',
  summary: 'Every dataset: authority, licence of the data, last success, age, state, counts.',
  query: noQuery,
  answer: sourcesSchema,
  cost: 1,
  handle: async (_request, { queries, clock }) =>
    jsonAnswer(sourcesAnswer(await queries.sources(), instantOf(clock.nowMs())), 'public'),
})

const changes = route({
  method: 'get',
  path: '/v1/changes',
  tag: 'sources',
  summary: 'The correction feed: what was said and withdrawn, in order of sequence.',
  query: changesQuery,
  answer: changesAnswer,
  cost: 2,
  async handle({ query }, { queries }) {
    const { since = 0, ...rest } = query
    return jsonAnswer(await queries.changes({ since, ...rest }), 'public')
  },
})

/** `text/plain` gives the signed note alone, as a C2SP client expects it. */
const checkpoint = route({
  method: 'get',
  path: '/v1/checkpoint',
  tag: 'transparency',
  summary: 'The signed Merkle tree head of the ledger.',
  query: noQuery,
  answer: checkpointAnswer,
  mediaTypes: ['application/json', 'text/plain'],
  cost: 1,
  problems: [404],
  async handle({ mediaType }, { queries, clock }) {
    const view = await queries.checkpoint()
    if (view === null) throw new ProblemError('ledger.empty', 'Nothing has been committed yet.')
    if (mediaType === 'text/plain') return { body: view.note, mediaType, cache: 'public' }
    return jsonAnswer({ ...view, asOf: instantOf(clock.nowMs()) }, 'public')
  },
})

export const sourceRoutes: readonly Route[] = [sources, changes, checkpoint]
