import { AppError } from '../base/error.ts'
import type { Queries, SearchParams, Times } from '../query/types.ts'
import { changesPage } from './page/changes.ts'
import { checkPage } from './page/check.ts'
import { entityPage, rowPage } from './page/entity.ts'
import { searchPage } from './page/search.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

type Query = Readonly<Record<string, string | undefined>>

/** Changes on one page of the feed. */
const CHANGES_PAGE = 100
/** Results of one page of a search. */
const SEARCH_PAGE = 25

function timesOf(query: Query): Times {
  return { asOf: query.asOf, knownAt: query.knownAt }
}

/** Asks what one verdict page shows: the verdict, then the entity that it names first. */
export async function answerCheck(queries: Queries, view: View, query: Query): Promise<Page> {
  const { q } = query
  if (q === undefined) {
    throw new AppError('query.empty', 'Nothing was asked.', { status: 400 })
  }
  const params = {
    q,
    ...timesOf(query),
    country: query.country,
    service: query.service,
    lang: view.locale,
  }
  const verdict = await queries.check(params)
  const id = verdict.entities[0]?.id
  const isAdverse = verdict.findings.some(
    (finding) => finding.severity === 'danger' || finding.severity === 'warning',
  )
  const [entity, adjacent, events, sources] = await Promise.all([
    id === undefined ? undefined : queries.entity(id, timesOf(query)),
    id === undefined ? undefined : queries.adjacent(id),
    id === undefined ? undefined : queries.timeline(id),
    isAdverse ? queries.sources() : [],
  ])
  return checkPage(view, {
    params,
    verdict,
    entity,
    adjacent: adjacent ?? [],
    events: events ?? [],
    sources,
  })
}

export async function answerSearch(queries: Queries, view: View, query: Query): Promise<Page> {
  const params: SearchParams = {
    q: query.q ?? '',
    ...timesOf(query),
    schema: query.schema,
    country: query.country,
    dataset: query.dataset,
    topic: query.topic,
    cursor: query.cursor,
    limit: SEARCH_PAGE,
  }
  return searchPage(view, params, params.q === '' ? undefined : await queries.search(params))
}

export async function answerEntity(
  queries: Queries,
  view: View,
  id: string,
  query: Query,
): Promise<Page> {
  const [entity, adjacent, events] = await Promise.all([
    queries.entity(id, timesOf(query)),
    queries.adjacent(id),
    queries.timeline(id),
  ])
  if (entity === undefined) {
    throw new AppError('entity.unknown', 'No statement names this entity.', { status: 404 })
  }
  return entityPage(view, { entity, adjacent: adjacent ?? [], events: events ?? [] })
}

export async function answerRow(
  queries: Queries,
  view: View,
  id: string,
  statement: string,
): Promise<Page> {
  const [row, entity] = await Promise.all([queries.row(statement), queries.entity(id)])
  if (row === undefined) {
    throw new AppError('statement.unknown', 'There is no such statement.', { status: 404 })
  }
  return rowPage(view, entity, id, row)
}

/** The newest changes, or those after `since`; the feed itself runs forward. */
export async function answerChanges(queries: Queries, view: View, query: Query): Promise<Page> {
  const { entity } = query
  if (query.since !== undefined && !/^\d{1,15}$/.test(query.since)) {
    throw new AppError('query.since', 'A sequence number is a whole number.', { status: 400 })
  }
  const since =
    query.since === undefined
      ? await newestSince(queries, entity)
      : Math.min(Number(query.since), Number.MAX_SAFE_INTEGER)
  const [answer, sources] = await Promise.all([
    queries.changes({ since, entity, limit: CHANGES_PAGE }),
    queries.sources(),
  ])
  return changesPage(view, {
    answer,
    since,
    limit: CHANGES_PAGE,
    entity,
    titles: new Map(sources.map((source) => [source.dataset, source.title])),
  })
}

async function newestSince(queries: Queries, entity: string | undefined): Promise<number> {
  // An entity's own history is short and is read from its beginning.
  if (entity !== undefined) return 0
  const { head } = await queries.changes({ since: 0, limit: 1 })
  return Math.max(0, head - CHANGES_PAGE)
}
