import { AppError } from '../base/error.ts'
import { localeFacts } from '../i18n/locales.ts'
import type { ChainQueries } from '../query/chain-types.ts'
import type { RegistryQueries } from '../query/registry-types.ts'
import type { Change, Queries, SearchParams, Times } from '../query/types.ts'
import { chainLinks } from './chain.ts'
import { changesPage } from './page/changes.ts'
import { checkPage } from './page/check.ts'
import { entityPage, rowPage } from './page/entity.ts'
import { searchPage } from './page/search.ts'
import { entityHref } from './part/href.ts'
import type { Page } from './part/layout.ts'
import { answerFirm, answerRegistryChanges, answerServe } from './registry.ts'
import type { View } from './view.ts'

type Query = Readonly<Record<string, string | undefined>>

/** Changes on one page of the feed. */
const CHANGES_PAGE = 100
/** Results of one page of a search. */
const SEARCH_PAGE = 25

function timesOf(query: Query): Times {
  return { asOf: query.asOf, knownAt: query.knownAt }
}

/** Who answers; without the registry a page says nothing of firms beyond their statements. */
export interface AnswerPorts {
  readonly queries: Queries
  readonly registry?: RegistryQueries | undefined
  readonly chain?: ChainQueries | undefined
}

/** Asks what one verdict page shows: the verdict, then who it is, as far as it is said. */
export async function answerCheck(
  { queries, registry, chain }: AnswerPorts,
  view: View,
  query: Query,
): Promise<Page> {
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
  // An event that names the subject is not who the subject is.
  const id = verdict.entities.find((candidate) => candidate.schema !== 'Event')?.id
  const isAdverse = verdict.findings.some(
    (finding) => finding.severity === 'danger' || finding.severity === 'warning',
  )
  const [english, entity, adjacent, events, sources, links, served] = await Promise.all([
    localeFacts(view.locale).reviewed ? undefined : queries.check({ ...params, lang: 'en' }),
    id === undefined ? undefined : queries.entity(id, timesOf(query)),
    id === undefined ? undefined : queries.adjacent(id),
    id === undefined ? undefined : queries.timeline(id),
    isAdverse ? queries.sources() : [],
    chainLinks(chain, verdict),
    answerServe(registry, view, verdict, query),
  ])
  return checkPage(view, {
    english: english?.summary,
    links,
    served,
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
  { queries, registry }: AnswerPorts,
  view: View,
  id: string,
  query: Query,
): Promise<Page> {
  const [firm, entity, adjacent, events] = await Promise.all([
    registry === undefined ? undefined : answerFirm(registry, view, id, query),
    queries.entity(id, timesOf(query)),
    queries.adjacent(id),
    queries.timeline(id),
  ])
  if (entity === undefined) {
    throw new AppError('entity.unknown', 'No statement names this entity.', { status: 404 })
  }
  const page = entityPage(view, { entity, adjacent: adjacent ?? [], events: events ?? [], firm })
  // A record that was joined to others lives under the id that the firm goes by.
  return entity.id === id ? page : { ...page, movedTo: entityHref(view.locale, entity.id, query) }
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

/** The newest changes, or those up to `before`: the feed itself runs forward. */
export async function answerChanges(
  { queries, registry }: AnswerPorts,
  view: View,
  query: Query,
): Promise<Page> {
  const { entity, before } = query
  if (before !== undefined && !/^\d{1,15}$/.test(before)) {
    throw new AppError('query.bad_since', 'A sequence number is a whole number.', { status: 400 })
  }
  const { head } = await queries.changes({ since: 0, entity, limit: 1 })
  const end = before === undefined ? head : Math.min(Number(before), head)
  const [window, sources] = await Promise.all([
    changesUpTo(queries, end, entity),
    queries.sources(),
  ])
  const isFirst = before === undefined
  return changesPage(view, {
    ...window,
    registry:
      registry === undefined || !isFirst
        ? undefined
        : await answerRegistryChanges(registry, view, query),
    filter: { country: query.country, kind: query.kind },
    isNewest: end === head,
    entity,
    titles: new Map(sources.map((source) => [source.dataset, source.title])),
  })
}

/**
 * The last changes up to a place in the log. Most of the log is first versions, which are no
 * changes, so the window grows backwards until it holds a page full or reaches the beginning.
 */
async function changesUpTo(
  queries: Queries,
  end: number,
  entity: string | undefined,
): Promise<{ readonly changes: readonly Change[]; readonly since: number }> {
  let found: { changes: readonly Change[]; since: number } = { changes: [], since: end }
  for (let width = CHANGES_PAGE; ; width *= 4) {
    const since = Math.max(0, end - width)
    const answer = await queries.changes({ since, entity, limit: CHANGES_PAGE })
    const changes = answer.changes.filter((change) => change.seq <= end)
    // Full before its end: the window holds more than a page, and the one before it stands.
    const isCut = answer.changes.length >= CHANGES_PAGE && changes.length === answer.changes.length
    if (isCut && found.changes.length > 0) return found
    found = { changes, since }
    if (since === 0 || isCut || changes.length >= CHANGES_PAGE / 4) return found
  }
}
