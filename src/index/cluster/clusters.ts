import { Groups, isJoinKind, joinOf, type StatedJoin } from '../../model/join.ts'
import type { EntityId } from '../../model/statement.ts'
import type { ClusterBook, JoinRow } from './cluster-book.ts'

/** The rank of a record among those of its firm; the smallest gives the firm its id. */
export type RankOf = (id: EntityId) => number

/**
 * The judgements that hold, as a book. Writer and reader keep the same rule: nothing that is set
 * apart is ever put together, however the joins chain. The order of the rows plays no part.
 */
export function clusterBook(rows: readonly StatedJoin[], rankOf: RankOf): ClusterBook {
  const groups = new Groups()
  const judged = new Map<EntityId, JoinRow[]>()
  const sorted = [...rows].sort(bySurest)
  for (const row of sorted) {
    if (row.kind === 'notSameAs') groups.setApart(row.left, row.right)
    note(judged, row.left, row)
    note(judged, row.right, row)
  }
  for (const row of sorted) if (row.kind === 'sameAs') groups.join(row.left, row.right)
  const members = new Map<ReadonlySet<EntityId>, readonly EntityId[]>()
  const byId = new Map<EntityId, readonly EntityId[]>()
  for (const group of groups.all()) {
    const list = [...group].sort((a, b) => rankOf(a) - rankOf(b) || compare(a, b))
    members.set(group, list)
    for (const id of list) byId.set(id, list)
  }
  const membersOf = (id: EntityId): readonly EntityId[] => byId.get(id) ?? [id]
  return {
    canonical: (id) => membersOf(id)[0] ?? id,
    members: membersOf,
    joins(id) {
      const found = new Map<string, JoinRow>()
      for (const member of membersOf(id)) {
        for (const row of judged.get(member) ?? []) found.set(row.statement, row)
      }
      return [...found.values()]
    },
    clusters: members.size,
  }
}

/** Statements that are no judgement are left out. */
export function joinsOf(
  statements: readonly { readonly id: string; readonly prop: string; readonly value: string }[],
): StatedJoin[] {
  return statements
    .filter(({ prop }) => isJoinKind(prop))
    .map((statement) => joinOf(statement))
    .filter((join) => join !== undefined)
}

function note(judged: Map<EntityId, JoinRow[]>, id: EntityId, row: JoinRow): void {
  const list = judged.get(id)
  if (list === undefined) judged.set(id, [row])
  else list.push(row)
}

function bySurest(a: StatedJoin, b: StatedJoin): number {
  return b.score - a.score || compare(a.left, b.left) || compare(a.right, b.right)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
