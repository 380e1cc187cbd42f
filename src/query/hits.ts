import { LIMITS } from '../base/limits.ts'
import { domainKey, nameKey } from '../index/projection.ts'
import type { View } from '../index/view.ts'
import { allowKeys, coverKeys } from '../model/host.ts'
import type { QueryReading } from '../model/identifier.ts'
import { foldName } from '../model/name.ts'
import type { EntityId } from '../model/statement.ts'
import type { Match, QueryKind } from '../model/verdict.ts'
import { SCREEN } from '../score/name/operating-point.ts'
import { type NameKind, type NameScore, NameScorer } from '../score/name/score.ts'
import { isPlatform } from '../score/risk/platform.ts'
import type { Hit, MatchHow } from '../score/risk/types.ts'
import type { EvidenceReader, TimedEntity, TimedEvidence } from './evidence.ts'

/** A hit with the ledger's time of its statement. */
export interface TimedHit extends Hit {
  readonly evidence: TimedEvidence
  readonly entity: TimedEntity | null
}

export interface LookUpPorts {
  readonly reader: EvidenceReader
  readonly view: View
  readonly seq: number
}

/** One key to look up and what a statement under it would mean. */
export interface Asked {
  readonly key: string
  readonly how: MatchHow
  readonly entryHost: string | null
  readonly kind: QueryKind
  readonly reading: QueryReading
}

/** Statements that are a whole entry: their entity has no life of its own. */
const SINGLE: ReadonlySet<string> = new Set([
  'listed',
  'allow',
  'protect',
  'tag',
  'token',
  'chain',
  'alert',
])

/** True when the book knows none of the keys: then no store has to be asked. */
export function isUnknownToBook(readings: readonly QueryReading[], view: View): boolean {
  const { book } = view
  if (book === undefined) return false
  for (const reading of readings) {
    for (const key of reading.keys) {
      if (book.has(key)) return false
      if (!key.startsWith('a:')) continue
      if (book.has(alertedKey(key)) || book.has(alertPartyKey(key))) return false
    }
    const { host } = reading
    if (host !== undefined && host.registrable !== null && book.has(`d:${host.registrable}`)) {
      return false
    }
    if (reading.name !== undefined && book.has(nameKey(foldName(reading.name)))) return false
  }
  return true
}

/** Every statement that carries a key of one of the readings. */
export async function hitsByKey(
  ports: LookUpPorts,
  readings: readonly QueryReading[],
): Promise<TimedHit[]> {
  const { view } = ports
  const hits: TimedHit[] = []
  const seen = new Set<string>()
  for (const asked of readings.flatMap(askedKeys)) {
    if (seen.has(asked.key) || (view.book !== undefined && !view.book.has(asked.key))) continue
    seen.add(asked.key)
    hits.push(...(await hitsOfKey(ports, asked)))
  }
  return once(hits)
}

/** Every statement that carries one key, as the key was reached. */
export async function hitsOfKey(
  { reader, seq }: Pick<LookUpPorts, 'reader' | 'seq'>,
  asked: Asked,
): Promise<TimedHit[]> {
  const hits: TimedHit[] = []
  for (const evidence of await reader.byKey(asked.key, seq)) {
    if (!isMeant(asked, evidence)) continue
    const entity = SINGLE.has(evidence.prop)
      ? null
      : ((await reader.entity(evidence.entity, seq)) ?? null)
    hits.push(hitOf(asked, evidence, entity))
  }
  return hits
}

function askedKeys(reading: QueryReading): Asked[] {
  const { kind, host } = reading
  const asked: Asked[] = []
  const add = (key: string, how: MatchHow, entryHost: string | null = null) =>
    asked.push({ key, how, entryHost, kind, reading })
  if (host === undefined) {
    for (const key of reading.keys) {
      add(key, howOf(key))
      if (!key.startsWith('a:')) continue
      add(alertedKey(key), 'alerted')
      add(alertPartyKey(key), 'alert_party')
    }
    if (reading.name !== undefined) add(nameKey(foldName(reading.name)), 'name')
    return asked
  }
  for (const cover of coverKeys(host)) {
    add(`${cover.how === 'path' ? 'u' : 'h'}:${cover.key}`, cover.how, cover.entryHost)
    if (cover.how === 'exact' || cover.how === 'parent') add(`p:${cover.key}`, cover.how)
  }
  for (const allow of allowKeys(host)) add(`w:${allow}`, 'exact', allow)
  const domain = domainKey(host.registrable)
  if (domain !== undefined && !isPlatform(host.registrable)) {
    add(domain, 'registrable', host.registrable)
  }
  return asked
}

/** Where alerts about the address of an `a:` key are filed: as the one that is warned about … */
function alertedKey(key: string): string {
  return `x${key.slice(1)}`
}

/** … and as another subject. */
function alertPartyKey(key: string): string {
  return `y${key.slice(1)}`
}

function howOf(key: string): MatchHow {
  switch (key.slice(0, 2)) {
    case 'l:':
      return 'lei'
    case 'r:':
      return 'number'
    case 's:':
      return 'symbol'
    case 'n:':
      return 'name'
    default:
      return 'exact'
  }
}

/** What is filed under a key may still not be about the asked subject. */
function isMeant(asked: Asked, evidence: TimedEvidence): boolean {
  if (evidence.prop !== 'website') return true
  // A page on a platform says nothing about the platform's other pages.
  const host = asked.reading.host
  const isPage = evidence.value.includes('/')
  return asked.how === 'path' || !isPage || !isPlatform(host?.registrable ?? null)
}

function hitOf(asked: Asked, evidence: TimedEvidence, entity: TimedEntity | null): TimedHit {
  const { how, entryHost, kind } = asked
  const match = matchOf(asked, evidence)
  return { evidence, how, entryHost, kind, entity, match, hasAllWords: true }
}

const SCORES: Readonly<Record<MatchHow, number>> = {
  exact: 1,
  parent: 1,
  www: 1,
  path: 1,
  registrable: 1,
  lei: 1,
  number: 0.95,
  symbol: 0.5,
  name: 1,
  alerted: 1,
  alert_party: 1,
}
/** A short number is some number of somebody: a passport may be numbered like a licence. */
const SHORT_NUMBER_SCORE = 0.85
const SHORT_NUMBER_CHARS = 8

const METHODS: Readonly<Record<MatchHow, string>> = {
  exact: 'exact',
  parent: 'host_parent',
  www: 'host_www',
  path: 'path',
  registrable: 'registrable_domain',
  lei: 'lei',
  number: 'number',
  symbol: 'symbol',
  name: 'name',
  alerted: 'exact',
  alert_party: 'exact',
}

function matchOf({ how, key, entryHost, reading }: Asked, evidence: TimedEvidence): Match {
  const isShort = how === 'number' && key.length - 2 <= SHORT_NUMBER_CHARS
  const score = isShort ? SHORT_NUMBER_SCORE : how === 'name' ? nameScore(evidence) : SCORES[how]
  const method = METHODS[how]
  if (how === 'name') return { method, score, ...sameName(reading, evidence) }
  return entryHost === null || how === 'exact'
    ? { method, score }
    : { method, score, detail: entryHost }
}

/** The same name; how much it says depends on how the source holds it. */
function nameScore({ prop, value }: TimedEvidence): number {
  const folded = foldName(value)
  return new NameScorer(folded).score(folded, prop as NameKind).score
}

/** One statement may be reached by several keys: the first, most specific one counts. */
function once(hits: readonly TimedHit[]): TimedHit[] {
  const bySid = new Map<number, TimedHit>()
  for (const hit of hits) {
    const known = bySid.get(hit.evidence.sid)
    if (known === undefined || hit.match.score > known.match.score) bySid.set(hit.evidence.sid, hit)
  }
  return [...bySid.values()]
}

/** A name found by its key is the asked one, but for its spelling or its legal form. */
function sameName({ name = '' }: QueryReading, { prop, value }: TimedEvidence): Partial<Match> {
  const scored = new NameScorer(foldName(name)).score(foldName(value), prop as NameKind)
  return likenessOf(scored.explanations)
}

/** What the finding says of the match, in English and for pages of any language. */
function likenessOf(explanations: NameScore['explanations']): Partial<Match> {
  const why = Object.values(explanations)[0]
  if (why === undefined) return {}
  const { detail, code, params } = why
  return { detail, likeness: { code, params } }
}

/** Entities whose name is like the asked one, the likeliest first, each once. */
export async function hitsByName(
  ports: LookUpPorts,
  reading: QueryReading,
  floor = SCREEN.shown,
): Promise<TimedHit[]> {
  const { reader, view, seq } = ports
  const folded = foldName(reading.name ?? '')
  if (folded === '') return []
  const book = await view.names()
  const scorer = new NameScorer(folded, { rarity: book })
  const scored = book
    .candidates(folded, SCREEN.candidates)
    .map((entry) => ({ sid: entry.sid, ...scorer.score(entry.text, entry.prop) }))
    .filter(({ score }) => score >= floor)
    .sort((a, b) => b.score - a.score || a.sid - b.sid)
  const evidence = await reader.bySid(
    scored.map(({ sid }) => sid),
    seq,
  )
  const bySid = new Map(evidence.map((item) => [item.sid, item]))
  const hits: TimedHit[] = []
  const entities = new Set<EntityId>()
  for (const { sid, score, hasAllWords, explanations } of scored) {
    const item = bySid.get(sid)
    if (item === undefined || entities.has(item.entity)) continue
    const entity = await reader.entity(item.entity, seq)
    if (entity === undefined) continue
    entities.add(item.entity)
    const match = { method: 'name', score, ...likenessOf(explanations) }
    const hit = { evidence: item, match, entity, hasAllWords, entryHost: null }
    hits.push({ ...hit, how: 'name', kind: 'name' })
    if (entities.size >= LIMITS.entitiesMax) break
  }
  return hits
}
