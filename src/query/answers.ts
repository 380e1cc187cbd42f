import type { Instant } from '../model/time.ts'
import type {
  AdjacentEntity,
  EntityView,
  SourceRow,
  StatementView,
  Suggestion,
  TimelineEvent,
} from './types.ts'

/** The envelopes of list answers, said once for the API and for `--json`. */

export interface SourcesAnswer {
  readonly sources: readonly SourceRow[]
  readonly asOf: Instant
}

export function sourcesAnswer(sources: readonly SourceRow[], asOf: Instant): SourcesAnswer {
  return { sources, asOf }
}

export interface SuggestAnswer {
  readonly results: readonly Suggestion[]
  readonly asOf: Instant
}

export interface Page<T> {
  readonly rows: readonly T[]
  readonly nextCursor: string | null
}

/** Part of a list that is held whole; the cursor is the place of the next row. */
export function pageOf<T>(rows: readonly T[], from: number, limit: number): Page<T> {
  const end = from + limit
  return {
    rows: from === 0 && end >= rows.length ? rows : rows.slice(from, end),
    nextCursor: end < rows.length ? String(end) : null,
  }
}

export interface StatementsAnswer extends Pick<EntityView, 'asOf' | 'knownAt' | 'notChecked'> {
  readonly entity: string
  readonly statements: readonly StatementView[]
  readonly nextCursor: string | null
}

export interface TimelineAnswer {
  readonly entity: string
  readonly events: readonly TimelineEvent[]
  readonly nextCursor: string | null
  readonly asOf: Instant
}

export interface AdjacentAnswer {
  readonly entity: string
  readonly entities: readonly AdjacentEntity[]
  readonly nextCursor: string | null
  readonly asOf: Instant
}
