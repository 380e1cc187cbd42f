import RULES from '../../docs/method/regulator-criteria.json' with { type: 'json' }
import type { DatasetName } from '../model/statement.ts'
import type { NotChecked } from '../model/verdict.ts'
import type { ListedRow } from './registry-cache.ts'
import { facetOf, pageAt } from './registry-page.ts'
import type { Cited, RegulatorCriterion, RegulatorRow, RegulatorsAnswer } from './registry-types.ts'
import type { Directory, DirectoryEntry } from './regulators-directory.ts'

/**
 * The open criteria by which an authority is rated are data, docs/method/regulator-criteria.json:
 * 100 points in all. A rating stays null until every one of them has a cited statement.
 */
export const CRITERIA: readonly { readonly id: string; readonly weight: number }[] = RULES.criteria

export interface RegulatorsParts {
  readonly directory: Directory
  readonly rows: readonly ListedRow[]
  readonly asOf: string
  readonly notChecked: readonly NotChecked[]
}

export function regulatorsOf(
  params: {
    readonly country?: string | undefined
    readonly limit?: number | undefined
    readonly cursor?: string | undefined
  },
  parts: RegulatorsParts,
): RegulatorsAnswer {
  const country = params.country?.toUpperCase()
  const { entries } = parts.directory
  const found = entries.filter((entry) => country === undefined || entry.country === country)
  const page = pageAt(found, { limit: 500, ...given(params) })
  const counts = countsOf(parts)
  return {
    regulators: page.rows.map((entry) => regulatorRow(entry, counts)),
    total: found.length,
    countries: facetOf(entries.map((entry) => entry.country)),
    nextCursor: page.nextCursor,
    asOf: parts.asOf,
    notChecked: parts.notChecked,
  }
}

function given(params: { limit?: number | undefined; cursor?: string | undefined }) {
  const { limit, cursor } = params
  return { ...(limit === undefined ? {} : { limit }), cursor }
}

type Counts = ReadonlyMap<string, RegulatorRow['counts']>

const countsKept = new WeakMap<readonly ListedRow[], { directory: Directory; counts: Counts }>()

/** Rows of the index by the authority that they name, counted once for each list of rows. */
export function countsOf({ rows, directory }: Pick<RegulatorsParts, 'rows' | 'directory'>): Counts {
  const kept = countsKept.get(rows)
  if (kept?.directory === directory) return kept.counts
  const found = new Map<string, { firms: Set<string>; kinds: Map<string, number> }>()
  for (const { licence, firm } of rows) {
    const code = directory.of(licence)?.code
    if (code === undefined) continue
    let own = found.get(code)
    if (own === undefined) {
      own = { firms: new Set(), kinds: new Map() }
      found.set(code, own)
    }
    const isLive = licence.status === 'authorised' || licence.status === 'registered'
    const isCounted = isLive || licence.status === 'in_force'
    if (!isCounted || licence.kind === 'notification') continue
    if (isLive) own.firms.add(firm.id)
    own.kinds.set(licence.kind, (own.kinds.get(licence.kind) ?? 0) + 1)
  }
  const counts = new Map(
    [...found].map(([code, { firms, kinds }]) => {
      const of = (kind: string) => kinds.get(kind) ?? 0
      return [
        code,
        {
          firms: firms.size,
          licences: of('licence'),
          registrations: of('registration') + of('exemption'),
          warnings: of('warning') + of('ban'),
        },
      ]
    }),
  )
  countsKept.set(rows, { directory, counts })
  return counts
}

const NONE = { firms: 0, licences: 0, registrations: 0, warnings: 0 }

export function regulatorRow(entry: DirectoryEntry, counts: Counts): RegulatorRow {
  const { statement, source } = entry
  const page = (of: { url: string; source: string | null } | null): Cited<string> | null =>
    of === null ? null : { value: of.url, source: of.source, statement }
  return {
    code: entry.code,
    entity: entry.entity,
    name: { value: entry.name, source, statement: entry.nameStatement },
    aliases: entry.aliases,
    country: { value: entry.country, source, statement },
    subdivision: entry.subdivision,
    website:
      entry.website === null
        ? null
        : { value: entry.website.value, source, statement: entry.website.statement },
    register: page(entry.register),
    warnings: page(entry.warnings),
    enforcement: page(entry.enforcement),
    permissions: entry.permissions.map((permission) => ({ ...permission, statement })),
    counts: counts.get(entry.code) ?? NONE,
    rating: ratingOf(entry),
  }
}

/** Each criterion with what a statement gives for it; null where none does. */
export function criteriaOf(
  entry: DirectoryEntry,
  title: (id: string) => string,
): readonly RegulatorCriterion[] {
  return CRITERIA.map(({ id, weight }) => {
    const said = entry.ratings.get(id)
    return {
      id,
      weight,
      title: title(id),
      points: said === undefined ? null : bounded(said.points, weight),
      statements: said === undefined ? [] : [said.statement],
    }
  })
}

function ratingOf(entry: DirectoryEntry): RegulatorRow['rating'] {
  let value = 0
  for (const { id, weight } of CRITERIA) {
    const said = entry.ratings.get(id)
    if (said === undefined) return null
    value += bounded(said.points, weight)
  }
  const grade = RULES.grades.find(({ min }) => value >= min)?.grade ?? ''
  return { value, grade, rules: RULES.version }
}

function bounded(points: number, weight: number): number {
  return Math.max(0, Math.min(weight, points))
}

/** Datasets whose rows name this authority, or that it publishes. */
export function datasetsNaming(
  entry: DirectoryEntry,
  rows: readonly ListedRow[],
  directory: Directory,
): ReadonlySet<DatasetName> {
  const names = new Set<DatasetName>()
  for (const { licence } of rows) {
    if (!names.has(licence.dataset) && directory.of(licence)?.code === entry.code) {
      names.add(licence.dataset)
    }
  }
  return names
}
