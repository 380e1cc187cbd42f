import type { Day } from '../../model/time.ts'
import type {
  Evidence,
  FindingDraft,
  Hit,
  MessageParam,
  MessageRef,
  RuleContext,
  SourceFacts,
} from './types.ts'
import { firstDay, type Standing } from './validity.ts'

export function text(key: string, params: Readonly<Record<string, MessageParam>>): MessageRef {
  return { key, params }
}

/** Text of a JSON value's member; undefined where it is absent or of another type. */
export function textOf(evidence: Evidence, member: string): string | undefined {
  const value = evidence.json[member]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function textsOf(evidence: Evidence, member: string): readonly string[] {
  const value = evidence.json[member]
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Members without a value are left out: a reader is not shown empty rows. */
export function detailsOf(
  members: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string | readonly string[]> {
  const details: Record<string, string | readonly string[]> = {}
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value.length > 0) details[name] = value
  }
  return details
}

/**
 * The day of the list that a sentence names: the governing version's, or the entry's own first
 * version where that is newer (an incomplete version adds and never retracts).
 */
export function versionDay(evidence: Evidence, ctx: RuleContext): Day {
  const governing = ctx.governing(evidence.source.dataset)?.day ?? null
  const first = firstDay(evidence.intervals) ?? ctx.day
  // A later version that tells of an earlier day is not the list of that day.
  return governing !== null && governing > first && governing <= ctx.day ? governing : first
}

/** The parameters that most sentences share. */
export function common(source: SourceFacts, evidence: Evidence, ctx: RuleContext) {
  return {
    title: source.title,
    authority: source.authority,
    version: { day: versionDay(evidence, ctx) },
  }
}

/** The fields of a draft that follow from the hit alone. */
export function baseOf(hit: Hit, standing: Standing) {
  const { evidence, entity, match } = hit
  return {
    source: evidence.source,
    entity: entity?.id ?? evidence.entity,
    caption: entity?.caption ?? null,
    endedAt: standing.state === 'ended' ? standing.to : null,
    match,
    sourceUrl: evidence.source.page,
    state: standing.state === 'ended' ? ('withdrawn' as const) : ('active' as const),
  }
}

/** True for what can be said at all on the asked day. */
export function isSayable(
  standing: Standing,
): standing is Standing & { state: 'active' | 'ended' } {
  return standing.state === 'active' || standing.state === 'ended'
}

/** The same draft, cancelled or replaced by what another statement of the same source says. */
export function withState(
  draft: FindingDraft,
  state: FindingDraft['state'],
  severity: FindingDraft['severity'],
): FindingDraft {
  return { ...draft, state, severity }
}
