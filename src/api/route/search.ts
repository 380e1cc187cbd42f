import { instantOf } from '../../model/time.ts'
import type { SuggestAnswer } from '../../query/answers.ts'
import { searchQuery, suggestQuery } from '../params.ts'
import { jsonAnswer } from '../respond.ts'
import { type Route, route } from '../route.ts'
import { searchAnswer, suggestAnswer } from '../schema/answer.ts'

/** A name is compared with thousands of others: dearer than a look-up. */
const SEARCH_COST = 4

const search = route({
  method: 'get',
  path: '/v1/search',
  tag: 'search',
  summary: 'Entities by name, ranked, with the reason for each score and facets.',
  query: searchQuery,
  answer: searchAnswer,
  cost: SEARCH_COST,
  handle: async ({ query }, { queries }) => jsonAnswer(await queries.search(query), 'own'),
})

const suggest = route({
  method: 'get',
  path: '/v1/suggest',
  tag: 'search',
  summary: 'Completions for the box.',
  query: suggestQuery,
  answer: suggestAnswer,
  cost: 2,
  async handle({ query }, { queries, clock }) {
    const results = await queries.suggest(query.q)
    const answer: SuggestAnswer = { results, asOf: instantOf(clock.nowMs()) }
    return jsonAnswer(answer, 'own')
  },
})

export const searchRoutes: readonly Route[] = [search, suggest]
