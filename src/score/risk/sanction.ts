import type { Day } from '../../model/time.ts'
import type { Severity } from '../../model/verdict.ts'
import { baseOf, common, detailsOf, isSayable, text, textOf, textsOf } from './draft.ts'
import { NAME_DANGER } from './name.ts'
import type { EntityFacts, Evidence, FindingDraft, Hit, RuleContext } from './types.ts'
import { both, type Standing, standingOf } from './validity.ts'

/**
 * Lists that prohibit only some dealings (VOCABULARY §13): the code as the list writes it, without
 * marks, and the message that says what is prohibited. Every other list of an issuer is danger.
 */
const PARTIAL_LISTS: readonly (readonly [RegExp, string])[] = [
  [/^(NS)?PLC/, 'prohibits.ns_plc'],
  [/^(UKRAINEEO13662|SSI)/, 'prohibits.ssi'],
  [/^(561LIST|PART561|CAPTA|HIZBALLAH561)/, 'prohibits.capta'],
  [/^(NS)?(CMIC|CCMC)/, 'prohibits.cmic'],
  [/^(NS)?MBS/, 'prohibits.mbs'],
  [/^(FSE|FSESR)/, 'prohibits.fse'],
  [/^(ISA|NSISA)/, 'prohibits.isa'],
  // The consolidated file holds no full block: what it does not tell apart is partial all the same.
  [/^(CONS|NS)/, 'prohibits.cons'],
]

/** The message that says what a partial list prohibits; undefined for a full one. */
export function prohibitionOf(list: string): string | undefined {
  const code = list.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return PARTIAL_LISTS.find(([pattern]) => pattern.test(code))?.[1]
}

/** Every day that the source itself gives for the listing: the first start, the last end. */
export function listingDates(entity: EntityFacts): { from: Day | null; to: Day | null } {
  let from: Day | null = null
  let to: Day | null = null
  for (const { prop, value } of entity.evidence) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) continue
    // `startDate` stands in only where no listing date is given: they are not the same thing.
    if (prop === 'listingDate' && (from === null || value < from)) from = value
    if (prop === 'endDate' && (to === null || value > to)) to = value
  }
  if (from === null) {
    for (const { prop, value } of entity.evidence) {
      const isDay = prop === 'startDate' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      if (isDay && (from === null || value < from)) from = value
    }
  }
  return { from, to }
}

/** How a hit on an entity with `listing` statements stands: one finding for each of its lists. */
export function sanctionFindings(hit: Hit, ctx: RuleContext): FindingDraft[] {
  const { entity } = hit
  if (entity === null) return []
  const dates = listingDates(entity)
  const byList = new Map<string, { evidence: Evidence; standing: Standing }[]>()
  for (const evidence of entity.evidence) {
    if (evidence.prop !== 'listing') continue
    const standing = linked(hit, evidence, { dates, ctx })
    if (!isSayable(standing)) continue
    const list = textOf(evidence, 'list') ?? ''
    const group = byList.get(list)
    if (group === undefined) byList.set(list, [{ evidence, standing }])
    else group.push({ evidence, standing })
  }
  const drafts: FindingDraft[] = []
  for (const group of byList.values()) {
    // A listing whose programme changed is two statements: the one in force speaks.
    const active = group.find(({ standing }) => standing.state === 'active')
    const ended = group.sort((a, b) => endOf(b.standing).localeCompare(endOf(a.standing)))[0]
    const chosen = active ?? ended
    if (chosen !== undefined) drafts.push(sanctionDraft(hit, { ...chosen, entity, dates, ctx }))
  }
  return drafts
}

function endOf(standing: Standing): string {
  return standing.state === 'ended' ? standing.to : ''
}

/** Both the listing and what links the query to it must hold on the day. */
function linked(
  hit: Hit,
  listing: Evidence,
  { dates, ctx }: { dates: { from: Day | null; to: Day | null }; ctx: RuleContext },
): Standing {
  const standing = standingOf(listing.intervals, ctx.day, dates)
  const link = hit.evidence
  if (link.sid === listing.sid) return standing
  // What the first version here already held may be as old as the listing itself; what a later
  // version added is as old as that version.
  const isOriginal = link.intervals[0]?.from === listing.intervals[0]?.from
  return both(standing, standingOf(link.intervals, ctx.day, isOriginal ? dates : {}))
}

function sanctionDraft(
  hit: Hit,
  p: {
    evidence: Evidence
    standing: Standing
    entity: EntityFacts
    dates: { from: Day | null }
    ctx: RuleContext
  },
): FindingDraft {
  const { evidence, standing, entity, ctx } = p
  const isIssuer = evidence.source.role !== 'publisher'
  const list = textOf(evidence, 'list')
  const programs = textsOf(evidence, 'program')
  const prohibits = list === undefined ? undefined : prohibitionOf(list)
  const params = {
    ...common(evidence.source, evidence, ctx),
    name: entity.caption,
    list: list ?? '',
    ...(p.dates.from === null ? {} : { listed: { day: p.dates.from } }),
    percent: { percent: hit.match.score },
    matched: hit.evidence.value,
  }
  const base = {
    ...baseOf(hit, standing),
    kind: isIssuer ? ('sanction' as const) : ('label' as const),
    evidence: evidence.sid === hit.evidence.sid ? [evidence] : [evidence, hit.evidence],
    listedAt: p.dates.from,
    sourceUrl: sourceUrlOf(entity) ?? evidence.source.page,
    details: detailsOf({
      list,
      program: programs,
      authorityId: textOf(evidence, 'authorityId'),
      type: textOf(evidence, 'type'),
      prohibits,
      schema: entity.schema,
      country: entity.countries,
    }),
  }
  if (standing.state === 'ended') {
    const ended = { ...params, ended: { day: standing.to } }
    const rule = isIssuer ? 'sanction.delisted' : 'label.delisted'
    return { ...base, rule, severity: 'info', text: text('finding.delisted', ended) }
  }
  if (!isIssuer) {
    // Of a dataset that this installation no longer has, nobody can say that it is no authority.
    const full = evidence.source.kind === null ? 'danger' : 'warning'
    const severity = hit.how === 'name' && hit.match.score < NAME_DANGER ? 'warning' : full
    return {
      ...base,
      rule: 'label.sanction',
      severity,
      text: text('finding.label.listing', params),
    }
  }
  return { ...base, ...activeManner(hit, { prohibits, hasDate: p.dates.from !== null, params }) }
}

function activeManner(
  hit: Hit,
  p: { prohibits: string | undefined; hasDate: boolean; params: FindingDraft['text']['params'] },
): Pick<FindingDraft, 'rule' | 'severity' | 'text'> {
  const full: Severity = p.prohibits === undefined ? 'danger' : 'warning'
  if (hit.how === 'name') {
    // A name alone is a person to be compared, not yet the person.
    const severity = hit.match.score >= NAME_DANGER ? full : 'warning'
    return { rule: 'sanction.name', severity, text: text('finding.sanction.name', p.params) }
  }
  const rule = p.prohibits === undefined ? 'sanction.listed' : 'sanction.partial'
  const key = p.hasDate ? `finding.${rule}_dated` : `finding.${rule}`
  return { rule, severity: full, text: text(key, p.params) }
}

function sourceUrlOf(entity: EntityFacts): string | undefined {
  return entity.evidence.find((e) => e.prop === 'sourceUrl' && URL.canParse(e.value))?.value
}
