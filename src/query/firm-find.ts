import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { recognise } from '../model/identifier.ts'
import type { EntityId } from '../model/statement.ts'
import { NAME_LICENCE } from '../score/risk/name.ts'
import type { TimedEntity } from './evidence.ts'
import { membersOf } from './firm-facts.ts'
import { hitsByKey, hitsByName, type TimedHit } from './hits.ts'
import type { JoinRow } from './registry-types.ts'
import type { Session } from './session.ts'

/** A firm that the asked text may mean, with all its records. */
export interface FoundFirm {
  readonly id: EntityId
  /** How well the text fits its best record, 0 to 1. */
  readonly score: number
  readonly members: readonly TimedEntity[]
  readonly joins: readonly JoinRow[]
}

/**
 * Firms that a name, LEI, licence number, site or entity id means, the likeliest first. A firm is
 * what a register or a list of warnings holds a row about. Throws `query.empty` and
 * `query.too_long`.
 */
export async function findFirms(session: Session, text: string): Promise<FoundFirm[]> {
  const asked = text.trim()
  if (asked === '') {
    throw new AppError('query.empty', 'The query holds no text.', { status: 400 })
  }
  const byId = asked.includes(':') ? await firmOfId(session, asked, 1) : undefined
  if (byId !== undefined) return [byId]
  const firms = new Map<EntityId, FoundFirm>()
  for (const { entity, match } of await hitsOf(session, asked)) {
    if (entity === null) continue
    const clusters = await session.view.clusters(session.times.seq)
    const id = clusters.canonical(entity.id)
    const known = firms.get(id)
    if (known !== undefined && known.score >= match.score) continue
    const firm = known ?? (await firmOfId(session, id, match.score))
    if (firm !== undefined) firms.set(id, { ...firm, score: match.score })
    if (firms.size >= LIMITS.entitiesMax) break
  }
  return [...firms.values()].sort((a, b) => b.score - a.score || rankOf(a) - rankOf(b))
}

async function hitsOf(session: Session, asked: string): Promise<TimedHit[]> {
  const { view, times, reader } = session
  const { readings } = recognise(asked)
  const ports = { reader, view, seq: times.seq }
  const hits = (await hitsByKey(ports, readings)).filter((hit) => hit.how !== 'registrable')
  const name = readings.find((reading) => reading.name !== undefined)
  // A site is its own name; what is only like it is another site.
  if (name !== undefined && readings.every((reading) => reading.host === undefined)) {
    hits.push(...(await hitsByName(ports, name, NAME_LICENCE)))
  }
  return hits
    .filter((hit) => hit.hasAllWords && hit.match.score >= NAME_LICENCE)
    .sort((a, b) => b.match.score - a.match.score)
}

/** Undefined for an entity that no register and no list of warnings has a row about. */
async function firmOfId(
  session: Session,
  id: EntityId,
  score: number,
): Promise<FoundFirm | undefined> {
  const { members, joins } = await membersOf(session, id)
  const first = members[0]
  if (first === undefined || !members.some(isOfFirm)) return undefined
  return { id: first.id, score, members, joins }
}

function isOfFirm({ evidence }: TimedEntity): boolean {
  return evidence.some(({ prop }) => prop === 'licence' || prop === 'warning')
}

/** Of firms that fit equally well: first whom an official register holds, the starter last. */
function rankOf({ members }: FoundFirm): number {
  const kinds = members.map(({ evidence }) => evidence[0]?.source.kind ?? '')
  if (kinds.includes('register')) return 0
  return kinds.every((kind) => kind === 'starter') ? 2 : 1
}

/** The record that names the firm: a register's row in force, then any row of a register. */
export function namingMember(members: readonly TimedEntity[]): TimedEntity {
  const rank = ({ evidence }: TimedEntity) => {
    const isRegister = evidence[0]?.source.kind === 'register'
    const hasLicence = evidence.some(
      ({ prop, json }) => prop === 'licence' && json.kind !== 'notification',
    )
    return isRegister && hasLicence ? 0 : hasLicence ? 1 : isRegister ? 2 : 3
  }
  return members.toSorted((a, b) => rank(a) - rank(b))[0] as TimedEntity
}
