import type { DatasetName, EntityId, Hash } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { NotChecked, ProfileLabel } from '../model/verdict.ts'
import { type FirmOnDay, labelOf } from '../score/firm/label.ts'
import { FORMULA, scoreOf } from '../score/firm/score.ts'
import { isLicensed, isRegistered } from '../score/firm/serve-rows.ts'
import { Lru } from './lru.ts'
import type { BookFirm } from './registry-book.ts'
import { facetOf, pageAt } from './registry-page.ts'
import type {
  Facet,
  RankingBy,
  RankingRow,
  RankingsAnswer,
  RankingsParams,
} from './registry-types.ts'

interface Newest {
  readonly day: Day
  readonly regulator: string
  readonly statement: Hash
}

/** One firm's place in every ranking. */
export interface RankEntry {
  readonly id: EntityId
  readonly countries: readonly string[]
  readonly label: ProfileLabel
  readonly value: number | null
  readonly evidence: number
  readonly labelStatements: readonly Hash[]
  /** The newest row in force of each kind of permission. */
  readonly granted: Readonly<Record<string, Newest>>
  readonly warned: Newest | null
}

/** Undefined for a firm that nothing in force or adverse is said about: filings alone. */
export function rankEntry(
  firm: BookFirm,
  judged: FirmOnDay,
  baselines: ReadonlyMap<DatasetName, Day>,
): RankEntry | undefined {
  const { permissions, notices } = judged
  const countries = new Set<string>()
  const granted: Record<string, Newest> = {}
  for (const row of permissions) {
    const { country, kind, from, regulator } = row.licence
    if (kind === 'notification') continue
    if (country !== null) countries.add(country)
    if (from === null || !(isLicensed(row) || isRegistered(row))) continue
    const known = granted[kind]
    if (known === undefined || known.day < from) {
      granted[kind] = { day: from, regulator, statement: row.evidence.id }
    }
  }
  let warned: Newest | null = null
  for (const { licence, isInForce, kind, evidence } of notices) {
    if (!isInForce || kind === 'enforcement') continue
    if (licence.country !== null) countries.add(licence.country)
    const first = evidence.intervals[0]?.from ?? ''
    // What stood in the first version that was read was not new on that day.
    const isBaseline = first === baselines.get(licence.dataset)
    const day = licence.from ?? (isBaseline ? '' : first)
    if (day === '') continue
    if (warned === null || warned.day < day) {
      warned = { day, regulator: licence.regulator, statement: evidence.id }
    }
  }
  const isFiled = permissions.every(({ licence }) => licence.kind === 'notification')
  if (isFiled && notices.length === 0) return undefined
  const label = labelOf(judged)
  const score = scoreOf(judged, label)
  return {
    id: firm.id,
    countries: [...countries].sort(),
    label: label.label,
    labelStatements: label.statements,
    value: score.value,
    evidence: score.evidence,
    granted,
    warned,
  }
}

/** A place in one ranking. */
interface Placed {
  readonly entry: RankEntry
  /** Higher comes first: a value, or a day. */
  readonly key: number | string
  readonly newest: Newest | null
}

const sortedOf = new WeakMap<readonly RankEntry[], Map<string, readonly Placed[]>>()

export interface RankingsParts {
  readonly ranks: readonly RankEntry[]
  readonly caption: (id: EntityId) => Promise<string>
  readonly asOf: string
  readonly notChecked: readonly NotChecked[]
}

export async function rankingsOf(
  params: RankingsParams,
  parts: RankingsParts,
): Promise<RankingsAnswer> {
  const by = params.by ?? 'score'
  const kind = params.kind ?? (by === 'newly_licensed' ? 'licence' : undefined)
  const { placed: all, wanted } = filtered(parts.ranks, { ...params, by, kind })
  const page = pageAt(all, params)
  const rows: RankingRow[] = []
  for (const [i, placed] of page.rows.entries()) {
    const rank = rankAt(all, page.from + i)
    rows.push(rowOf(placed, rank, await parts.caption(placed.entry.id)))
  }
  return {
    by,
    rows,
    total: all.length,
    unranked: wanted - all.length,
    countries: countriesOf(parts.ranks),
    formula: FORMULA,
    nextCursor: page.nextCursor,
    asOf: parts.asOf,
    notChecked: parts.notChecked,
  }
}

/** Sorts what is asked most: the first reader of a new state does not wait for it. */
export function presort(ranks: readonly RankEntry[]): void {
  sorted(ranks, 'score', undefined)
  sorted(ranks, 'newly_licensed', 'licence')
  sorted(ranks, 'newly_warned', undefined)
  countriesOf(ranks)
}

interface Filtered {
  readonly placed: readonly Placed[]
  /** Firms that the filter leaves, ranked or not. */
  readonly wanted: number
}

const filteredOf = new WeakMap<readonly RankEntry[], Lru<string, Filtered>>()
const countriesOfRanks = new WeakMap<readonly RankEntry[], readonly Facet[]>()
/** Filters that are kept for one state: a reader turns pages of one or two of them. */
const FILTERS_KEPT = 32

function filtered(ranks: readonly RankEntry[], params: RankingsParams): Filtered {
  const { by = 'score', kind, country, label } = params
  let kept = filteredOf.get(ranks)
  if (kept === undefined) {
    kept = new Lru(FILTERS_KEPT)
    filteredOf.set(ranks, kept)
  }
  const wantedCountry = country?.toUpperCase()
  const key = `${by} ${kind ?? ''} ${wantedCountry ?? ''} ${label ?? ''}`
  let found = kept.get(key)
  if (found === undefined) {
    const isWanted = (entry: RankEntry) =>
      (wantedCountry === undefined || entry.countries.includes(wantedCountry)) &&
      (label === undefined || entry.label === label)
    const all = sorted(ranks, by, kind)
    const isWhole = wantedCountry === undefined && label === undefined
    found = isWhole
      ? { placed: all, wanted: ranks.length }
      : {
          placed: all.filter(({ entry }) => isWanted(entry)),
          wanted: ranks.reduce((sum, entry) => sum + Number(isWanted(entry)), 0),
        }
    kept.set(key, found)
  }
  return found
}

function countriesOf(ranks: readonly RankEntry[]): readonly Facet[] {
  let facet = countriesOfRanks.get(ranks)
  if (facet === undefined) {
    facet = facetOf(ranks.flatMap(({ countries }) => countries))
    countriesOfRanks.set(ranks, facet)
  }
  return facet
}

/** All firms of one ranking in order: sorted once for each list of entries. */
function sorted(
  ranks: readonly RankEntry[],
  by: RankingBy,
  kind: string | undefined,
): readonly Placed[] {
  let known = sortedOf.get(ranks)
  if (known === undefined) {
    known = new Map()
    sortedOf.set(ranks, known)
  }
  const key = `${by} ${kind ?? ''}`
  let list = known.get(key)
  if (list === undefined) {
    list = ranks
      .flatMap((entry) => placedIn(entry, by, kind))
      .sort((a, b) => compare(b.key, a.key) || surer(a, b) || compare(a.entry.id, b.entry.id))
    // Kinds come from requests: only as many are kept as there are.
    if (known.size < KEPT_MAX) known.set(key, list)
  }
  return list
}

const KEPT_MAX = 16

function placedIn(entry: RankEntry, by: RankingBy, kind: string | undefined): Placed[] {
  const newest = kind === undefined ? null : (entry.granted[kind] ?? null)
  if (by === 'newly_warned') {
    return entry.warned === null ? [] : [{ entry, key: entry.warned.day, newest: entry.warned }]
  }
  if (by === 'newly_licensed') return newest === null ? [] : [{ entry, key: newest.day, newest }]
  if (entry.value === null || (kind !== undefined && newest === null)) return []
  return [{ entry, key: entry.value, newest }]
}

/** Of equal values the one with more behind it. */
function surer(a: Placed, b: Placed): number {
  return b.entry.evidence - a.entry.evidence
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Firms with one value share a rank. */
function rankAt(all: readonly Placed[], at: number): number {
  const key = all[at]?.key
  let low = 0
  let high = at
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]?.key === key) high = middle
    else low = middle + 1
  }
  return low + 1
}

function rowOf({ entry, newest }: Placed, rank: number, caption: string): RankingRow {
  return {
    rank,
    firm: { id: entry.id, caption },
    countries: entry.countries,
    label: entry.label,
    score: entry.value,
    evidence: entry.evidence,
    day: newest?.day ?? null,
    regulator: newest?.regulator ?? null,
    statements: newest === null ? entry.labelStatements : [newest.statement],
  }
}
