import type { JoinRow } from '../index/cluster/cluster-book.ts'
import type { EntityId, Hash } from '../model/statement.ts'
import { dayOf as dayOfInstant } from '../model/time.ts'
import { type FirmOnDay, firmOn } from '../score/firm/label.ts'
import type { FirmFacts } from '../score/firm/serve-rows.ts'
import { isReplaced } from '../score/risk/starter.ts'
import type { Evidence, RuleContext } from '../score/risk/types.ts'
import type { EvidenceReader, TimedEntity } from './evidence.ts'
import { reservesOf } from './firm-reserves.ts'
import type { Directory } from './regulators-directory.ts'
import type { Session } from './session.ts'

/** What decides label and score; the rest of a record describes. */
export const FIRM_PROPS: ReadonlySet<string> = new Set([
  'licence',
  'warning',
  'website',
  'leiCode',
  'listing',
  'tag',
  'startDate',
])

/** Judgements by which a record uses the identifier or the name of somebody else. */
const IMITATING: ReadonlySet<string> = new Set(['shared_lei', 'shared_number', 'clone_notice'])

export function isFirmRecord(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ prop }) => FIRM_PROPS.has(prop))
}

/** All records of a firm as they were known, the one that it goes by first. */
export async function membersOf(
  session: Session,
  id: EntityId,
): Promise<{ readonly members: readonly TimedEntity[]; readonly joins: readonly JoinRow[] }> {
  const { view, times, reader } = session
  const clusters = await view.clusters(times.seq)
  const members: TimedEntity[] = []
  for (const member of clusters.members(id)) {
    const entity = await reader.entity(member, times.seq)
    if (entity !== undefined) members.push(entity)
  }
  return { members, joins: clusters.joins(id) }
}

export interface FactsParts {
  readonly evidence: readonly Evidence[]
  readonly joins: readonly JoinRow[]
  readonly members: readonly EntityId[]
  readonly directory: Directory
  /** True for a record of a register: the identifier is its own. */
  readonly isRegistered: (id: EntityId) => boolean
  readonly newestDay: RuleContext['newestDay']
}

/** The facts of a firm, without starter rows that an official list has replaced. */
export function factsOf(parts: FactsParts): FirmFacts {
  const { evidence, members, directory, newestDay } = parts
  const ctx = { newestDay } as RuleContext
  const isOld = (item: Evidence) => item.source.kind === 'starter' && isReplaced([item], ctx)
  return {
    evidence: evidence.filter((item) => FIRM_PROPS.has(item.prop) && !isOld(item)),
    imitations: imitationsOf(parts, new Set(members)),
    authorityOf: (licence) => directory.of(licence),
  }
}

function imitationsOf(
  { joins, isRegistered }: FactsParts,
  members: ReadonlySet<EntityId>,
): { reason: string; statement: Hash }[] {
  return joins
    .filter(({ kind, reason }) => kind === 'notSameAs' && IMITATING.has(reason))
    .filter(({ left, right }) => {
      if (members.has(left) === members.has(right)) return false
      return isRegistered(members.has(left) ? right : left)
    })
    .map(({ reason, statement }) => ({ reason, statement }))
}

/** The newest day of a dataset at the times of a session, as the rules ask for it. */
export function newestDayIn({ statuses }: Session): RuleContext['newestDay'] {
  return (dataset) => {
    const { newest } = statuses.of(dataset)
    if (newest === null) return undefined
    return newest.run.publishedAt === null ? null : dayOfInstant(newest.run.publishedAt)
  }
}

export function isRegisteredIn(reader: EvidenceReader): (id: EntityId) => boolean {
  return (id) => reader.source(id.slice(0, id.indexOf(':'))).kind === 'register'
}

/** One firm as the rules read it, at the times of a session. */
export async function firmInSession(
  session: Session,
  parts: { readonly members: readonly TimedEntity[]; readonly joins: readonly JoinRow[] },
): Promise<FirmOnDay> {
  const { times } = session
  const directory = await session.directory.at(times.seq, times.day)
  const said = parts.members.flatMap((member) => member.evidence)
  const facts = factsOf({
    evidence: [...said, ...(await reservesOf(session.reader, said, times.seq))],
    joins: parts.joins,
    members: parts.members.map(({ id }) => id),
    directory,
    isRegistered: isRegisteredIn(session.reader),
    newestDay: newestDayIn(session),
  })
  return firmOn(facts, times.day)
}
