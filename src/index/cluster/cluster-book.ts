import type { EntityId, Hash } from '../../model/statement.ts'

/** One judgement about two entities, as its statement says it (HOUSE §9, rule 5). */
export interface JoinRow {
  readonly kind: 'sameAs' | 'notSameAs'
  readonly left: EntityId
  readonly right: EntityId
  /** `custos` for the deterministic rules, else who judged. */
  readonly author: string
  /** Stable code: `lei`, `register_number`, `domain`, `handle`, `name_country`, `shared_lei` … */
  readonly reason: string
  /** The value that both share (the LEI, the domain …); null for a judgement by name. */
  readonly value: string | null
  /** Name score 0 to 1. */
  readonly score: number
  readonly statement: Hash
}

/** Which records are one firm. An entity that no judgement names is a firm of its own. */
export interface ClusterBook {
  /** The id that the firm goes by: the smallest by rule, so that it is stable. */
  canonical(id: EntityId): EntityId
  /** All records of the firm, the canonical one first; `[id]` for one of its own. */
  members(id: EntityId): readonly EntityId[]
  /** Judgements that name any record of the firm, for and against. */
  joins(id: EntityId): readonly JoinRow[]
  /** Canonical ids of firms with more than one record. */
  readonly clusters: number
}

/** No judgement at all: every entity is a firm of its own. */
export const NO_CLUSTERS: ClusterBook = {
  canonical: (id) => id,
  members: (id) => [id],
  joins: () => [],
  clusters: 0,
}
