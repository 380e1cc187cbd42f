import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { recognise } from '../model/identifier.ts'
import { foldName } from '../model/name.ts'
import { NameScorer } from '../score/name/score.ts'
import type { Evidence } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import { captionOf, countriesOf, schemaOf } from './caption.ts'
import type { TimedEntity } from './evidence.ts'
import { hitsByKey, type LookUpPorts } from './hits.ts'
import type { Session } from './session.ts'
import type { Explanation, SearchAnswer, SearchHit, SearchParams } from './types.ts'

/** Names looked at for one search: each may be another entity that has to be read. */
const CANDIDATES_MAX = 150
/** Below this a result is noise to a person who searches; screening has its own threshold. */
const SEARCH_FLOOR = 0.5
const SUGGESTIONS_MAX = 8
/** A name that begins with what was typed is likely what will be typed. */
const PREFIX_SCORE = 0.9
/** Shorter texts begin half the names there are. */
const SUGGEST_CHARS_MIN = 2

interface Found {
  readonly entity: TimedEntity
  readonly score: number
  readonly explanations: Readonly<Record<string, Explanation>>
}

/** Ranked entities with the reason for each score, and what they have in common. */
export async function searchEntities(
  session: Session,
  params: SearchParams,
): Promise<SearchAnswer> {
  const limit = pageSize(params.limit)
  const { offset } = cursorOf(params.cursor)
  const found = (await findAll(session, params.q, SEARCH_FLOOR)).filter((hit) =>
    isWanted(hit.entity, params, session.times.day),
  )
  const page = found.slice(offset, offset + limit)
  const hits = found.map((hit) => hitOf(hit))
  return {
    results: page.map((hit) => hitOf(hit)),
    facets: {
      schema: facet(hits.map((hit) => hit.schema)),
      country: facet(hits.flatMap((hit) => hit.countries)),
      dataset: facet(hits.map((hit) => hit.dataset)),
    },
    nextCursor:
      offset + limit < found.length ? cursorText(session.times.seq, offset + limit) : null,
    asOf: session.times.asOf,
    notChecked: session.statuses.checks('name', null).notChecked,
  }
}

/** The ledger's state that a cursor was made from: pages of one search are of one state. */
export function cursorSeq(cursor: string | undefined): number | undefined {
  return cursor === undefined ? undefined : cursorOf(cursor).seq
}

function cursorText(seq: number, offset: number): string {
  return Buffer.from(`${seq}.${offset}`).toString('base64url')
}

function cursorOf(cursor: string | undefined): { seq: number | undefined; offset: number } {
  if (cursor === undefined) return { seq: undefined, offset: 0 }
  const text = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString('latin1') : ''
  const match = /^(\d{1,15})\.(\d{1,6})$/.exec(text)
  if (match === null) {
    throw new AppError('query.bad_cursor', 'The cursor is not one that a search gave.', {
      status: 400,
    })
  }
  return { seq: Number(match[1]), offset: Number(match[2]) }
}

export function pageSize(limit: number | undefined, usual = 20): number {
  if (limit === undefined) return usual
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIMITS.pageRowsMax) {
    const params = { max: LIMITS.pageRowsMax }
    throw new AppError('query.bad_limit', 'A page has between 1 and 500 rows.', {
      status: 400,
      params,
    })
  }
  return limit
}

async function findAll(session: Session, q: string, floor: number): Promise<Found[]> {
  const { readings } = recognise(q)
  const { view, times, reader } = session
  const ports: LookUpPorts = { reader, view, seq: times.seq }
  const found = new Map<string, Found>()
  const keep = (hit: Found) => {
    const known = found.get(hit.entity.id)
    if (known === undefined || hit.score > known.score) found.set(hit.entity.id, hit)
  }
  for (const hit of await hitsByKey(ports, readings)) {
    if (hit.how === 'registrable') continue
    const entity = hit.entity ?? (await reader.entity(hit.evidence.entity, times.seq))
    if (entity === undefined) continue
    const { method, score } = hit.match
    keep({
      entity,
      score,
      explanations: { [method]: { score, weight: 1, detail: hit.evidence.value } },
    })
  }
  const name = readings.find((reading) => reading.name !== undefined)?.name
  if (name !== undefined) for (const hit of await byName(ports, name, floor)) keep(hit)
  return [...found.values()].sort(
    (a, b) => b.score - a.score || (a.entity.id < b.entity.id ? -1 : 1),
  )
}

async function byName(ports: LookUpPorts, name: string, floor: number): Promise<Found[]> {
  const { reader, view, seq } = ports
  const folded = foldName(name)
  if (folded === '') return []
  const scorer = new NameScorer(folded)
  const scored = (await view.names())
    .candidates(folded, CANDIDATES_MAX)
    .map((entry) => ({
      ...entry,
      ...withPrefix(folded, entry.text, scorer.score(entry.text, entry.prop)),
    }))
    .filter(({ score }) => score >= floor)
  const owners = await reader.entitiesOf(scored.map(({ sid }) => sid))
  const found: Found[] = []
  for (const [i, { score, explanations }] of scored.entries()) {
    const id = owners[i]
    const entity = id === undefined ? undefined : await reader.entity(id, seq)
    if (entity !== undefined) found.push({ entity, score, explanations })
  }
  return found
}

/** What is typed is often the beginning of a name. */
function withPrefix(
  asked: string,
  text: string,
  scored: Pick<Found, 'score' | 'explanations'>,
): Pick<Found, 'score' | 'explanations'> {
  const begins = text.startsWith(asked) && asked.length >= 3
  if (!begins || scored.score >= PREFIX_SCORE) return scored
  const detail = `begins with ${asked}`
  return {
    score: PREFIX_SCORE,
    explanations: { prefix: { score: PREFIX_SCORE, weight: 1, detail } },
  }
}

function isWanted(entity: TimedEntity, params: SearchParams, day: string): boolean {
  const { schema, country, dataset, topic } = params
  if (schema !== undefined && entity.schema !== schema) return false
  if (country !== undefined && !entity.countries.includes(country.toUpperCase())) return false
  if (dataset !== undefined && entity.evidence[0]?.source.dataset !== dataset) return false
  return topic === undefined || topicsOf(entity.evidence, day).has(topic)
}

/** FollowTheMoney topics that the statements in force support (VOCABULARY §3). */
export function topicsOf(evidence: readonly Evidence[], day: string): ReadonlySet<string> {
  const topics = new Set<string>()
  for (const item of evidence) {
    if (standingOf(item.intervals, day).state !== 'active') continue
    if (item.prop === 'listing') topics.add('sanction')
    if (item.prop === 'listed' && item.source.kind === 'sanctions') topics.add('sanction')
    if (item.prop === 'listed' && item.source.kind === 'phishing') topics.add('crime.fraud')
    if (item.prop === 'warning') topics.add('reg.warn')
    if (item.prop === 'licence') topics.add('fin')
  }
  return topics
}

function hitOf({ entity, score, explanations }: Found): SearchHit {
  const source = entity.evidence[0]?.source
  return {
    id: entity.id,
    schema: schemaOf(entity.evidence),
    caption: captionOf(entity.evidence, entity.id),
    dataset: source?.dataset ?? '',
    datasetTitle: source?.title ?? '',
    countries: countriesOf(entity.evidence),
    score,
    explanations,
  }
}

function facet(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** Completions for the box: few, and quick. */
export async function suggestions(session: Session, q: string): Promise<readonly SearchHit[]> {
  const text = q.trim()
  if (text.length < SUGGEST_CHARS_MIN || text.length > LIMITS.queryCharsMax) return []
  // A text of invisible characters only is nothing to complete.
  if (foldName(text) === '') return []
  const found = await findAll(session, text, 0.6)
  return found.slice(0, SUGGESTIONS_MAX).map(hitOf)
}
