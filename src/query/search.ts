import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Dataset } from '../model/dataset.ts'
import { recognise } from '../model/identifier.ts'
import { foldName } from '../model/name.ts'
import { SCREEN, SEARCH } from '../score/name/operating-point.ts'
import { NameScorer } from '../score/name/score.ts'
import type { Evidence } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import { captionOf, countriesOf, schemaOf } from './caption.ts'
import type { TimedEntity, TimedEvidence } from './evidence.ts'
import { hitsByKey, type LookUpPorts } from './hits.ts'
import { hasQualifiers, qualifiedBy } from './qualify.ts'
import type { Session } from './session.ts'
import type {
  AskedQualifiers,
  Explanation,
  Facet,
  SearchAnswer,
  SearchHit,
  SearchParams,
} from './types.ts'

/** Where nothing is close enough, the nearest names are shown instead of none. */
const NEAREST = { floor: SCREEN.shown, limit: 5 }
/** A name that begins with what was typed is likely what will be typed. */
const PREFIX_SCORE = 0.9
const PREFIX_CHARS_MIN = 3

/** An entity with the name that was found, and why. */
export interface Found {
  readonly entity: TimedEntity
  readonly score: number
  readonly explanations: Readonly<Record<string, Explanation>>
}

/** The filters that are also counted. */
const FACETS = ['schema', 'country', 'dataset', 'topic'] as const
type FacetName = (typeof FACETS)[number]

/** What an entity is filed under, each facet with all its values. */
type Filed = Readonly<Record<FacetName, readonly string[]>>

/** Ranked entities with the reason for each score, and what they have in common. */
export async function searchEntities(
  session: Session,
  params: SearchParams,
): Promise<SearchAnswer> {
  const limit = pageSize(params.limit)
  const { offset } = cursorOf(params.cursor)
  const { day, seq, asOf } = session.times
  const all = (await findAll(session, params)).map((hit) => ({ hit, filed: filedOf(hit, day) }))
  const wanted = wantedOf(params)
  const found = all.filter(({ filed }) => FACETS.every((name) => isIn(filed, name, wanted)))
  return {
    results: found.slice(offset, offset + limit).map(({ hit }) => hitOf(hit, day)),
    facets: facetsOf(all, wanted),
    nextCursor: offset + limit < found.length ? cursorText(seq, offset + limit) : null,
    asOf,
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

async function findAll(session: Session, params: SearchParams): Promise<Found[]> {
  const { readings } = recognise(params.q)
  // Whoever filters by kind has said what it is; the filter judges it.
  const asked = { birthDate: params.birthDate, nationality: params.nationality }
  const { reader, times } = session
  const found = new Map<string, Found>()
  const keep = (hit: Found) => {
    const known = found.get(hit.entity.id)
    if (known === undefined || hit.score > known.score) found.set(hit.entity.id, hit)
  }
  for (const hit of await hitsByKey(portsOf(session), readings)) {
    if (hit.how === 'registrable') continue
    const entity = hit.entity ?? (await reader.entity(hit.evidence.entity, times.seq))
    if (entity === undefined) continue
    const { method, score, likeness } = hit.match
    const detail = likeness === undefined ? saidBy(hit.evidence) : (hit.match.detail ?? '')
    const feature = hit.how === 'name' ? hit.evidence.prop : method
    const why = { score, weight: 1, detail, ...likeness }
    const found = { entity, score, explanations: { [feature]: why } }
    keep(hit.how === 'name' ? qualifiedFound(found, asked) : found)
  }
  const name = readings.find((reading) => reading.name !== undefined)?.name
  if (name !== undefined) {
    const close = { floor: SEARCH.shown, limit: SEARCH.candidates }
    const like = await namesLike(session, name, close)
    const shown = like.length + found.size > 0 ? like : await namesLike(session, name, NEAREST)
    for (const hit of shown) keep(qualifiedFound(hit, asked))
  }
  return ranked([...found.values()])
}

/** What was found by name, with what speaks against it: never less than it is shown from. */
function qualifiedFound(found: Found, asked: AskedQualifiers): Found {
  if (!hasQualifiers(asked)) return found
  const { score, qualifiers } = qualifiedBy(found.score, asked, found.entity)
  return { ...found, score, explanations: { ...found.explanations, ...qualifiers } }
}

function portsOf(session: Session): LookUpPorts {
  return { reader: session.reader, view: session.view, seq: session.times.seq }
}

/** Kinds of datasets whose entries are well known, in the order in which equals are shown. */
const RENOWNED: readonly (Dataset['kind'] | null)[] = [
  'register',
  'actors',
  'starter',
  'sanctions',
  'warnings',
]

/** The surest first; of equals the better known, so that a firm stands before its namesakes. */
function ranked(found: readonly Found[]): Found[] {
  return [...found].sort(
    (a, b) =>
      b.score - a.score || obscurity(a) - obscurity(b) || (a.entity.id < b.entity.id ? -1 : 1),
  )
}

function obscurity({ entity }: Found): number {
  const at = RENOWNED.indexOf(entity.evidence[0]?.source.kind ?? null)
  return at === -1 ? RENOWNED.length : at
}

/** Entities with a name like a text, the likeliest first, each with the name that was found. */
export async function namesLike(
  session: Session,
  text: string,
  { floor, limit }: { readonly floor: number; readonly limit: number },
): Promise<readonly (Found & { readonly evidence: TimedEvidence })[]> {
  const { reader, view, times } = session
  const folded = foldName(text)
  if (folded === '') return []
  const book = await view.names()
  const scorer = new NameScorer(folded, { rarity: book })
  const scored = book
    .candidates(folded, SEARCH.candidates)
    .map((entry) => ({
      sid: entry.sid,
      ...withPrefix(folded, entry.text, scorer.score(entry.text, entry.prop)),
    }))
    .filter(({ score }) => score >= floor)
    .sort((a, b) => b.score - a.score || a.sid - b.sid)
  const owners = await reader.entitiesOf(scored.map(({ sid }) => sid))
  const found = new Map<string, Found & { evidence: TimedEvidence }>()
  for (const [i, { sid, score, explanations }] of scored.entries()) {
    const id = owners[i]
    if (found.size >= limit) break
    // The likeliest name of an entity comes first and speaks for it.
    if (id === undefined || found.has(id)) continue
    const entity = await reader.entity(id, times.seq)
    const evidence = entity?.evidence.find((item) => item.sid === sid)
    if (entity === undefined || evidence === undefined) continue
    found.set(id, { entity, evidence, score, explanations })
  }
  return [...found.values()]
}

/** What is typed is often the beginning of a name. */
function withPrefix(
  asked: string,
  text: string,
  scored: Pick<Found, 'score' | 'explanations'>,
): Pick<Found, 'score' | 'explanations'> {
  const begins = text.startsWith(asked) && asked.length >= PREFIX_CHARS_MIN
  if (!begins || scored.score >= PREFIX_SCORE) return scored
  return { score: PREFIX_SCORE, explanations: { prefix: beginning(PREFIX_SCORE, asked) } }
}

/** The reason of what was found by its beginning. */
export function beginning(score: number, asked: string): Explanation {
  const params = { pairs: [], askedOnly: [], listedOnly: [] }
  return { score, weight: 1, detail: `begins with ${asked}`, code: 'begins', params }
}

/** What a statement is about: of one that is a whole entry, its identifier. */
function saidBy({ json, value }: TimedEvidence): string {
  const said = json.host ?? json.url ?? json.address ?? json.mint ?? json.number ?? json.symbol
  return typeof said === 'string' ? said : value
}

function wantedOf(params: SearchParams): Readonly<Record<FacetName, string | undefined>> {
  const { schema, country, dataset, topic } = params
  return { schema, country: country?.toUpperCase(), dataset, topic }
}

function filedOf({ entity }: Found, day: string): Filed {
  const dataset = entity.evidence[0]?.source.dataset
  return {
    schema: [entity.schema],
    country: entity.countries,
    dataset: dataset === undefined ? [] : [dataset],
    topic: [...topicsOf(entity.evidence, day)],
  }
}

function isIn(
  filed: Filed,
  name: FacetName,
  wanted: Readonly<Record<FacetName, string | undefined>>,
): boolean {
  const value = wanted[name]
  return value === undefined || filed[name].includes(value)
}

/** Each facet counts what the other filters leave: choosing another value never gives nothing. */
function facetsOf(
  all: readonly { readonly hit: Found; readonly filed: Filed }[],
  wanted: Readonly<Record<FacetName, string | undefined>>,
): SearchAnswer['facets'] {
  const facet = (name: FacetName): Facet[] => {
    const counts = new Map<string, { count: number; title: string | undefined }>()
    for (const { hit, filed } of all) {
      if (FACETS.some((other) => other !== name && !isIn(filed, other, wanted))) continue
      const title = name === 'dataset' ? hit.entity.evidence[0]?.source.title : undefined
      for (const value of filed[name]) {
        counts.set(value, { count: (counts.get(value)?.count ?? 0) + 1, title })
      }
    }
    return [...counts]
      .map(([value, { count, title }]) => ({
        value,
        count,
        ...(title === undefined ? {} : { title }),
      }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  }
  return {
    schema: facet('schema'),
    country: facet('country'),
    dataset: facet('dataset'),
    topic: facet('topic'),
  }
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

export function hitOf({ entity, score, explanations }: Found, day: string): SearchHit {
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
    topics: [...topicsOf(entity.evidence, day)],
  }
}
