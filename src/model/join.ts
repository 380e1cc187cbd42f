import { canonicalJson } from '../base/encode.ts'
import type { EntityId, Hash, Statement } from './statement.ts'

/** The dataset of Custos' own judgements about which records are one firm. */
export const JOINS_DATASET = 'custos_joins'

export const JOIN_KINDS = ['sameAs', 'notSameAs'] as const
export type JoinKind = (typeof JOIN_KINDS)[number]

/** One judgement about two entities, before it is a statement. */
export interface Join {
  readonly kind: JoinKind
  /** The smaller of the two ids, so that a pair has one spelling. */
  readonly left: EntityId
  readonly right: EntityId
  readonly author: string
  /** A stable code, or an operator's own words; docs/method/joins.md lists the codes. */
  readonly reason: string
  /** What both share; null for a judgement by name. */
  readonly value: string | null
  /** Name score, 0 to 1. */
  readonly score: number
}

export interface StatedJoin extends Join {
  readonly statement: Hash
}

/** The author of what the rules say; any other author is a person. */
export const RULES_AUTHOR = 'custos'

/** Records of one firm: more are a chain of strangers, or a shared form that rules took for one. */
export const CLUSTER_MEMBERS_MAX = 64

export function isJoinKind(prop: string): prop is JoinKind {
  return prop === 'sameAs' || prop === 'notSameAs'
}

/** The same pair in the one order in which it is written. */
export function ordered(a: EntityId, b: EntityId): readonly [EntityId, EntityId] {
  return a < b ? [a, b] : [b, a]
}

/** The judgement as a statement: canonical JSON, and the score as plain digits. */
export function joinStatement(join: Join): Omit<Statement, 'id'> {
  const { kind, left, right, author, reason, value, score } = join
  return {
    dataset: JOINS_DATASET,
    entity: `${JOINS_DATASET}:${left}|${right}`,
    prop: kind,
    value: canonicalJson({
      left,
      right,
      author,
      reason,
      ...(value === null ? {} : { value }),
      score: score.toFixed(2),
    }),
  }
}

/** Undefined for a value that is not what `joinStatement` writes: it joins nobody. */
export function joinOf(
  statement: Pick<Statement, 'id' | 'prop' | 'value'>,
): StatedJoin | undefined {
  const { id, prop } = statement
  if (!isJoinKind(prop)) return undefined
  const value = parse(statement.value)
  const { left, right, author, reason, value: shared, score } = value
  const isWhole =
    typeof left === 'string' &&
    typeof right === 'string' &&
    typeof author === 'string' &&
    typeof reason === 'string' &&
    left < right
  if (!isWhole) return undefined
  return {
    kind: prop,
    left,
    right,
    author,
    reason,
    value: typeof shared === 'string' ? shared : null,
    score: typeof score === 'string' && /^[01](?:\.\d{1,4})?$/.test(score) ? Number(score) : 0,
    statement: id,
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/**
 * Groups ids by pairs, and never puts two of `apart` in one group, however long the way between
 * them is. Pairs are taken in the order given: the surest first.
 */
export class Groups {
  readonly #groups = new Map<EntityId, Set<EntityId>>()
  readonly #apart = new Map<EntityId, Set<EntityId>>()
  readonly #sizeMax: number

  constructor(sizeMax = CLUSTER_MEMBERS_MAX) {
    this.#sizeMax = sizeMax
  }

  setApart(a: EntityId, b: EntityId): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const set = this.#apart.get(one)
      if (set === undefined) this.#apart.set(one, new Set([other]))
      else set.add(other)
    }
  }

  of(id: EntityId): ReadonlySet<EntityId> {
    return this.#groups.get(id) ?? new Set([id])
  }

  /** Every group of two and more, each once. */
  all(): ReadonlySet<ReadonlySet<EntityId>> {
    return new Set(this.#groups.values())
  }

  /**
   * Makes the groups of two ids one. `together` has the last word on each pair of members; without
   * it only what is set apart counts.
   */
  join(
    a: EntityId,
    b: EntityId,
    together: (one: EntityId, other: EntityId) => boolean = () => true,
  ): 'joined' | 'known' | 'apart' | 'full' {
    const left = this.of(a)
    const right = this.of(b)
    if (left.has(b)) return 'known'
    if (left.size + right.size > this.#sizeMax) return 'full'
    for (const one of left) {
      const apart = this.#apart.get(one)
      for (const other of right) {
        if (apart?.has(other) === true || !together(one, other)) return 'apart'
      }
    }
    const whole = new Set([...left, ...right])
    for (const id of whole) this.#groups.set(id, whole)
    return 'joined'
  }
}
