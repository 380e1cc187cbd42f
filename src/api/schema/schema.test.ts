import type { z } from '@hono/zod-openapi'
import { expect, expectTypeOf, it } from 'vitest'
import type { Verdict } from '../../model/verdict.ts'
import type {
  AdjacentAnswer,
  SourcesAnswer,
  StatementsAnswer,
  SuggestAnswer,
  TimelineAnswer,
} from '../../query/answers.ts'
import type {
  BatchAnswer,
  ChangesAnswer,
  EntityView,
  RowView,
  SearchAnswer,
} from '../../query/types.ts'
import type * as answer from './answer.ts'
import { type batchAnswer, verdict } from './verdict.ts'

/** Read-only throughout; an optional member may be undefined on either side. */
type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? {
        readonly [Key in keyof T]: object extends Pick<T, Key>
          ? Loose<T[Key]> | undefined
          : Loose<T[Key]>
      }
    : T
type Documented<T extends z.ZodType> = z.output<T>

/** `true` only when each takes the other: no member is missing, added or of another type. */
type Same<A, B> = [Loose<A>] extends [Loose<B>]
  ? [Loose<B>] extends [Loose<A>]
    ? true
    : false
  : false

it('the documented shapes are the shapes that the queries answer', () => {
  const same: readonly true[] = [
    true satisfies Same<Documented<typeof verdict>, Verdict>,
    true satisfies Same<Documented<typeof batchAnswer>, BatchAnswer>,
    true satisfies Same<Documented<typeof answer.searchAnswer>, SearchAnswer>,
    true satisfies Same<Documented<typeof answer.suggestAnswer>, SuggestAnswer>,
    true satisfies Same<Documented<typeof answer.entityView>, EntityView>,
    true satisfies Same<Documented<typeof answer.statementsAnswer>, StatementsAnswer>,
    true satisfies Same<Documented<typeof answer.timelineAnswer>, TimelineAnswer>,
    true satisfies Same<Documented<typeof answer.adjacentAnswer>, AdjacentAnswer>,
    true satisfies Same<Documented<typeof answer.rowAnswer>, RowView>,
    true satisfies Same<Documented<typeof answer.sourcesAnswer>, SourcesAnswer>,
    true satisfies Same<Documented<typeof answer.changesAnswer>, ChangesAnswer>,
  ]
  expectTypeOf<Documented<typeof verdict>['verdict']>().toEqualTypeOf<Verdict['verdict']>()
  expect(same.every(Boolean)).toBe(true)
  expect(Object.keys(verdict.shape)).toContain('notChecked')
})
