import { LIMITS } from '../../base/limits.ts'
import { instantOf } from '../../model/time.ts'
import {
  type AdjacentAnswer,
  pageOf,
  type StatementsAnswer,
  type TimelineAnswer,
} from '../../query/answers.ts'
import type { EntityView } from '../../query/types.ts'
import {
  entityParams,
  noQuery,
  pageQuery,
  statementParams,
  timedPageQuery,
  timesQuery,
} from '../params.ts'
import { ProblemError } from '../problem.ts'
import { type Answer, jsonAnswer } from '../respond.ts'
import { type Route, route } from '../route.ts'
import {
  adjacentAnswer,
  entityView,
  rowAnswer,
  statementsAnswer,
  timelineAnswer,
} from '../schema/answer.ts'

/** Statements of one answer without `limit`: a whole sanctioned party fits. */
const PAGE_DEFAULT = 100

const entity = route({
  method: 'get',
  path: '/v1/entities/{id}',
  tag: 'entities',
  summary: 'An entity with every statement behind it; a merged id answers 308.',
  query: timesQuery,
  params: entityParams,
  answer: entityView,
  cost: 1,
  canMove: true,
  problems: [404],
  async handle({ query, params }, { queries }) {
    const view = found(await queries.entity(params.id, query), params.id)
    return moved(view, params.id, '') ?? jsonAnswer(view, 'public')
  },
})

const statements = route({
  method: 'get',
  path: '/v1/entities/{id}/statements',
  tag: 'entities',
  summary: 'The evidence: who says what, since when, and where it is written.',
  query: timedPageQuery,
  params: entityParams,
  answer: statementsAnswer,
  cost: 1,
  canMove: true,
  problems: [404],
  async handle({ query, params }, { queries }) {
    const { limit, cursor, ...times } = query
    const view = found(await queries.entity(params.id, times), params.id)
    const page = pageOf(view.statements, placeOf(cursor), limit ?? PAGE_DEFAULT)
    const answer: StatementsAnswer = {
      entity: view.id,
      statements: page.rows,
      nextCursor: page.nextCursor,
      asOf: view.asOf,
      knownAt: view.knownAt,
      notChecked: view.notChecked,
    }
    return moved(view, params.id, '/statements') ?? jsonAnswer(answer, 'public')
  },
})

const timeline = route({
  method: 'get',
  path: '/v1/entities/{id}/timeline',
  tag: 'entities',
  summary: 'What changed, and when: by the source’s dates and by the list versions.',
  query: pageQuery,
  params: entityParams,
  answer: timelineAnswer,
  cost: 2,
  problems: [404],
  async handle({ query, params }, { queries, clock }) {
    const events = found(await queries.timeline(params.id), params.id)
    const page = pageOf(events, placeOf(query.cursor), query.limit ?? PAGE_DEFAULT)
    const answer: TimelineAnswer = {
      entity: params.id,
      events: page.rows,
      nextCursor: page.nextCursor,
      asOf: instantOf(clock.nowMs()),
    }
    return jsonAnswer(answer, 'public')
  },
})

const adjacent = route({
  method: 'get',
  path: '/v1/entities/{id}/adjacent',
  tag: 'entities',
  summary: 'Entities that share a website, a wallet, an LEI or a register number.',
  query: pageQuery,
  params: entityParams,
  answer: adjacentAnswer,
  cost: 2,
  problems: [404],
  async handle({ query, params }, { queries, clock }) {
    const entities = found(await queries.adjacent(params.id), params.id)
    const page = pageOf(entities, placeOf(query.cursor), query.limit ?? PAGE_DEFAULT)
    const answer: AdjacentAnswer = {
      entity: params.id,
      entities: page.rows,
      nextCursor: page.nextCursor,
      asOf: instantOf(clock.nowMs()),
    }
    return jsonAnswer(answer, 'public')
  },
})

const row = route({
  method: 'get',
  path: '/v1/statements/{id}/row',
  tag: 'entities',
  summary: 'The row of the kept file that says it, as the source wrote it.',
  query: noQuery,
  params: statementParams,
  answer: rowAnswer,
  cost: 2,
  problems: [404],
  async handle({ params }, { queries }) {
    const view = await queries.row(params.id)
    if (view === undefined) {
      throw new ProblemError('statement.unknown', 'No statement has this id.')
    }
    return jsonAnswer(view, 'public')
  },
})

function found<T>(value: T | undefined, id: string): T {
  if (value !== undefined) return value
  throw new ProblemError('entity.unknown', 'No statement ever named this entity.', {
    params: { id: id.slice(0, 200) },
  })
}

/** 308 to the id under which the entity lives now; the asked times go along. */
function moved(view: EntityView, asked: string, tail: string): Answer | undefined {
  if (view.id === asked) return undefined
  const location = `/v1/entities/${encodeURIComponent(view.id)}${tail}`
  return {
    body: JSON.stringify({ id: view.id }),
    mediaType: 'application/json',
    cache: 'public',
    status: 308,
    headers: { location },
  }
}

/** The place that `pageOf` wrote into the cursor; the caller sends it back, so it is judged anew. */
function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const place = /^\d{1,9}$/.test(cursor) ? Number(cursor) : Number.NaN
  if (!(place <= LIMITS.sourceRowsMax)) {
    throw new ProblemError('request.invalid', 'cursor: is not one that was given', {
      errors: [{ path: 'cursor', message: 'is not one that was given' }],
    })
  }
  return place
}

export const entityRoutes: readonly Route[] = [entity, statements, timeline, adjacent, row]
