import { qualifiedScore } from '../score/name/entity.ts'
import type { Lowered } from '../score/risk/qualified.ts'
import type { TimedEntity } from './evidence.ts'
import type { TimedHit } from './hits.ts'
import type { AskedQualifiers } from './types.ts'

/** Statements that say which country a party belongs to. */
const COUNTRY_PROPS: ReadonlySet<string> = new Set(['nationality', 'citizenship', 'country'])

/** Anything that qualifies a name was asked. */
export function hasQualifiers({ birthDate, nationality, schema }: AskedQualifiers): boolean {
  return birthDate !== undefined || nationality !== undefined || schema !== undefined
}

/** The score of a name of an entity, with what differs from the asked one. */
export function qualifiedBy(score: number, asked: AskedQualifiers, entity: TimedEntity): Lowered {
  const { birthDate, nationality, schema } = asked
  const found = qualifiedScore(
    score,
    {
      schema: schema === undefined ? undefined : schema.charAt(0).toUpperCase() + schema.slice(1),
      countries: nationality === undefined ? undefined : [nationality],
      birthDates: birthDate === undefined ? undefined : [birthDate],
    },
    {
      schema: entity.schema,
      countries: valuesOf(entity, (prop) => COUNTRY_PROPS.has(prop)),
      birthDates: valuesOf(entity, (prop) => prop === 'birthDate'),
    },
  )
  const qualifiers = Object.fromEntries(
    Object.entries(found.explanations).map(([feature, { score: own, weight, detail }]) => [
      feature,
      { score: own, weight, detail },
    ]),
  )
  return { score: found.score, qualifiers }
}

function valuesOf({ evidence }: TimedEntity, isWanted: (prop: string) => boolean): string[] {
  return evidence.filter(({ prop }) => isWanted(prop)).map(({ value }) => value)
}

/** Entities that were found by name and differ in what else was asked. */
export function loweredOf(
  hits: readonly TimedHit[],
  asked: AskedQualifiers,
): ReadonlyMap<string, Lowered> {
  const lowered = new Map<string, Lowered>()
  if (!hasQualifiers(asked)) return lowered
  // An identifier says who it is: what else differs is the list's or the asker's mistake.
  const sure = new Set(hits.filter(({ how }) => how !== 'name').map(({ entity }) => entity?.id))
  for (const { how, entity, match } of hits) {
    if (how !== 'name' || entity === null || sure.has(entity.id)) continue
    const found = qualifiedBy(match.score, asked, entity)
    if (Object.keys(found.qualifiers).length === 0) continue
    const known = lowered.get(entity.id)
    if (known === undefined || found.score > known.score) lowered.set(entity.id, found)
  }
  return lowered
}

/** Hits with the scores that are left of them. */
export function withLowered(
  hits: readonly TimedHit[],
  lowered: ReadonlyMap<string, Lowered>,
): readonly TimedHit[] {
  if (lowered.size === 0) return hits
  return hits.map((hit) => {
    const own = lowered.get(hit.entity?.id ?? '')
    if (own === undefined || hit.how !== 'name') return hit
    const { score, qualifiers } = own
    return { ...hit, match: { ...hit.match, score: Math.min(hit.match.score, score), qualifiers } }
  })
}
