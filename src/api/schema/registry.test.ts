import type { z } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import type {
  CompareAnswer,
  FirmView,
  LicencesAnswer,
  RankingsAnswer,
  RegistryChangesAnswer,
  RegulatorsAnswer,
  RegulatorView,
  ServeAnswer,
} from '../../query/registry-types.ts'
import type * as answer from './registry.ts'
import { serveAnswer } from './registry.ts'

type Loose<T> = T extends readonly [infer A, infer B]
  ? [Loose<A>, Loose<B>]
  : T extends readonly (infer E)[]
    ? Loose<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Loose<T[K]> }
      : T
type Documented<T extends z.ZodType> = z.output<T>
/** `true` only when each takes the other: no member is missing, added or of another type. */
type Same<A, B> = [Loose<A>] extends [Loose<B>]
  ? [Loose<B>] extends [Loose<A>]
    ? true
    : false
  : false

it('the documented shapes are the shapes that the registry answers', () => {
  const same: readonly true[] = [
    true satisfies Same<Documented<typeof answer.serveAnswer>, ServeAnswer>,
    true satisfies Same<Documented<typeof answer.firmView>, FirmView>,
    true satisfies Same<Documented<typeof answer.compareAnswer>, CompareAnswer>,
    true satisfies Same<Documented<typeof answer.licencesAnswer>, LicencesAnswer>,
    true satisfies Same<Documented<typeof answer.regulatorsAnswer>, RegulatorsAnswer>,
    true satisfies Same<Documented<typeof answer.regulatorView>, RegulatorView>,
    true satisfies Same<Documented<typeof answer.rankingsAnswer>, RankingsAnswer>,
    true satisfies Same<Documented<typeof answer.registryChangesAnswer>, RegistryChangesAnswer>,
  ]
  expect(same.every(Boolean)).toBe(true)
  expect(Object.keys(serveAnswer.shape)).toContain('reasonCode')
})
