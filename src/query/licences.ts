import type { EntityId } from '../model/statement.ts'
import type { NotChecked } from '../model/verdict.ts'
import { Lru } from './lru.ts'
import type { ListedRow } from './registry-cache.ts'
import { facetOf, pageAt } from './registry-page.ts'
import type { LicenceRow, LicencesAnswer, LicencesParams } from './registry-types.ts'
import type { Directory } from './regulators-directory.ts'

export interface LicencesParts {
  readonly rows: readonly ListedRow[]
  readonly directory: Directory
  readonly caption: (id: EntityId) => Promise<string>
  readonly asOf: string
  readonly notChecked: readonly NotChecked[]
}

/** Rows of registers and warnings by what they say, the newest first. */
export async function licencesOf(
  params: LicencesParams,
  parts: LicencesParts,
): Promise<LicencesAnswer> {
  const { found, facets } = filtered(params, parts)
  const page = pageAt(found, params)
  return {
    licences: await Promise.all(page.rows.map((row) => licenceRow(row, parts.caption))),
    total: found.length,
    facets,
    nextCursor: page.nextCursor,
    asOf: parts.asOf,
    notChecked: parts.notChecked,
  }
}

interface Filtered {
  readonly found: readonly ListedRow[]
  readonly facets: LicencesAnswer['facets']
}

const filteredOf = new WeakMap<readonly ListedRow[], Lru<string, Filtered>>()
/** Filters that are kept for one state: a reader turns pages of one or two of them. */
const FILTERS_KEPT = 16

function filtered(params: LicencesParams, { rows, directory }: LicencesParts): Filtered {
  let kept = filteredOf.get(rows)
  if (kept === undefined) {
    kept = new Lru(FILTERS_KEPT)
    filteredOf.set(rows, kept)
  }
  const { limit: _limit, cursor: _cursor, asOf: _asOf, ...filter } = params
  const key = JSON.stringify(Object.entries(filter).sort())
  let answer = kept.get(key)
  if (answer === undefined) {
    const found = newestFirst(rows).filter(filterOf(params, directory))
    const facets = {
      kind: facetOf(found.map(({ licence }) => licence.kind)),
      status: facetOf(found.map(({ licence }) => licence.status)),
      country: facetOf(found.flatMap(({ licence }) => licence.country ?? [])),
      dataset: facetOf(found.map(({ licence }) => licence.dataset)),
    }
    answer = { found, facets }
    kept.set(key, answer)
  }
  return answer
}

export async function licenceRow(
  row: ListedRow,
  caption: (id: EntityId) => Promise<string>,
): Promise<LicenceRow> {
  const firm = { id: row.firm.id, caption: await caption(row.firm.id) }
  const { holder } = row.licence
  const licence = holder === '' ? { ...row.licence, holder: firm.caption } : row.licence
  return { firm, entity: row.entity, licence, changedAt: row.changedAt }
}

const sortedOf = new WeakMap<readonly ListedRow[], readonly ListedRow[]>()

function newestFirst(rows: readonly ListedRow[]): readonly ListedRow[] {
  let sorted = sortedOf.get(rows)
  if (sorted === undefined) {
    const from = ({ licence }: ListedRow) => licence.from ?? ''
    sorted = rows.toSorted((a, b) =>
      from(a) === from(b) ? compare(a.entity, b.entity) : compare(from(b), from(a)),
    )
    sortedOf.set(rows, sorted)
  }
  return sorted
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function filterOf(params: LicencesParams, directory: Directory): (row: ListedRow) => boolean {
  const { status, kind, service, dataset, changedSince } = params
  const country = params.country?.toUpperCase()
  const q = params.q?.trim().toLowerCase()
  const authority =
    params.regulator === undefined ? undefined : ofRegulator(params.regulator, directory)
  return ({ licence, changedAt, text }) => {
    if (kind !== undefined && licence.kind !== kind) return false
    if (status !== undefined && licence.status !== status) return false
    if (dataset !== undefined && licence.dataset !== dataset) return false
    if (service !== undefined && !licence.services.includes(service)) return false
    if (country !== undefined && licence.country !== country) {
      if (!licence.countries.includes(country)) return false
    }
    if (changedSince !== undefined && (changedAt === null || changedAt < changedSince)) return false
    if (q !== undefined && q !== '' && !text.includes(q)) return false
    return authority === undefined || authority(licence)
  }
}

/** By the code of the directory; any other text is part of the authority's name. */
function ofRegulator(asked: string, directory: Directory) {
  const entry = directory.byCode(asked.toLowerCase())
  const words = asked.trim().toLowerCase()
  return (licence: ListedRow['licence']) =>
    entry === undefined
      ? licence.regulator.toLowerCase().includes(words)
      : directory.of(licence)?.code === entry.code
}
