import { AppError } from '../base/error.ts'
import type { Facet } from './registry-types.ts'
import { pageSize } from './search.ts'

export interface PageAt<T> {
  readonly rows: readonly T[]
  /** Place of the first row. */
  readonly from: number
  readonly nextCursor: string | null
}

const ROWS_USUAL = 50

/** Part of a list that is held whole. Throws `query.bad_cursor` and `query.bad_limit`. */
export function pageAt<T>(
  rows: readonly T[],
  params: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
): PageAt<T> {
  const limit = pageSize(params.limit, ROWS_USUAL)
  const from = placeOf(params.cursor)
  const end = from + limit
  return {
    rows: rows.slice(from, end),
    from,
    nextCursor: end < rows.length ? String(end) : null,
  }
}

function placeOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^\d{1,8}$/.test(cursor)) return Number(cursor)
  throw new AppError('query.bad_cursor', 'The cursor is not one that a list gave.', { status: 400 })
}

/** Values by how often they occur, the commonest first. */
export function facetOf(values: Iterable<string>): Facet[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
