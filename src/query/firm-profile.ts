import type { FirmLabel, FirmScore, Licence } from '../model/verdict.ts'
import { labelOf } from '../score/firm/label.ts'
import { scoreOf } from '../score/firm/score.ts'
import { NAME_FINDING } from '../score/risk/name.ts'
import { isReplaced } from '../score/risk/starter.ts'
import type { RuleContext } from '../score/risk/types.ts'
import { firmInSession, membersOf } from './firm-facts.ts'
import { namingMember } from './firm-find.ts'
import { firmLicences } from './firm-licences.ts'
import type { TimedHit } from './hits.ts'
import type { Session } from './session.ts'

/** What a verdict says of the firm that it is about (INTERFACE §4). */
export interface FirmProfile {
  /** Firms that a register holds and that the query may mean, each once, the best first. */
  readonly firms: readonly TimedHit[]
  readonly score: FirmScore | null
  readonly label: FirmLabel | null
  /** Rows of the firm's other records, beside those that the query hit itself. */
  rowsBeside(known: readonly Licence[]): readonly Licence[]
}

/** `best`: each entity by its surest hit, the likeliest first. */
export async function firmProfile(
  session: Session,
  best: readonly TimedHit[],
  ctx: RuleContext,
): Promise<FirmProfile> {
  const registered = best.filter((hit) => isFirm(hit, ctx))
  const firms = await oncePerFirm(session, registered)
  const subject = firms[0] ?? best.find(isWarned)
  if (subject?.entity == null) return { firms, score: null, label: null, rowsBeside: () => [] }
  const found = await membersOf(session, subject.entity.id)
  const firm = await firmInSession(session, found)
  const label = labelOf(firm)
  const caption = namingMember(found.members).caption
  return {
    firms,
    score: scoreOf(firm, label),
    label,
    rowsBeside(known) {
      const said = new Set(known.flatMap(({ statements }) => statements))
      return firmLicences(firm)
        .filter(({ statements }) => !statements.some((id) => said.has(id)))
        .map((licence) => (licence.holder === '' ? { ...licence, holder: caption } : licence))
    },
  }
}

/** Records that were joined are one firm. */
async function oncePerFirm(session: Session, hits: readonly TimedHit[]): Promise<TimedHit[]> {
  if (hits.length === 0) return []
  const clusters = await session.view.clusters(session.times.seq)
  const firms = new Map<string, TimedHit>()
  for (const hit of hits) {
    const id = clusters.canonical(hit.entity?.id ?? '')
    if (!firms.has(id)) firms.set(id, hit)
  }
  return [...firms.values()]
}

/** A register holds it; a row of the starter that the register has replaced is no second firm. */
function isFirm({ entity, hasAllWords }: TimedHit, ctx: RuleContext): boolean {
  if (!hasAllWords || !entity?.evidence.some((item) => item.prop === 'licence')) return false
  return !(entity.evidence[0]?.source.kind === 'starter' && isReplaced(entity.evidence, ctx))
}

/** Nobody licenses it, and an authority warns of it: that is its standing. */
function isWarned({ entity, hasAllWords, match, how }: TimedHit): boolean {
  if (!hasAllWords || how === 'registrable' || match.score < NAME_FINDING) return false
  return entity?.evidence.some((item) => item.prop === 'warning') ?? false
}
