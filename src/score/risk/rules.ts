import type { FindingKind, Licence, Severity, VerdictValue } from '../../model/verdict.ts'
import { alertFindings } from './alert.ts'
import { correctRows, licenceFinding, licenceOf, warningFinding } from './licence.ts'
import { allowFinding, cancelled, listedFinding, protectFinding } from './listed.ts'
import { NAME_FINDING, NAME_LICENCE } from './name.ts'
import { besideNamesakes } from './namesake.ts'
import { actorFinding, chainFinding, incidentFinding, tokenFinding } from './other.ts'
import { sanctionFindings } from './sanction.ts'
import { starterFinding } from './starter.ts'
import { tagFinding } from './tag.ts'
import type { EntityFacts, FindingDraft, Hit, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

/** Named in every answer; docs/method/ruleset.md says what each version changed. */
export const RULESET = '2026.11'

export interface Judged {
  readonly findings: readonly FindingDraft[]
  readonly licences: readonly Licence[]
}

/**
 * Findings of all hits of one query. The order of the hits plays no part in what is found; the
 * strongest comes first. Losing a hit never strengthens another one's innocence: the only rules by
 * which one statement weakens another are an allow entry of the same source, an authority's own
 * newer list against a tag that repeats it, a corrected register row, a starter row that the
 * official list has replaced, and a firm of exactly the asked name against a name only like it.
 */
export function judge(hits: readonly Hit[], ctx: RuleContext): Judged {
  const said = withoutHistory(hits, ctx)
  const blocks: { hit: Hit; draft: FindingDraft }[] = []
  const rows: { draft: FindingDraft; licence: Licence }[] = []
  const drafts: FindingDraft[] = []
  for (const hit of said) {
    if (hit.evidence.prop === 'listed') {
      const draft = listedFinding(hit, ctx)
      if (draft !== undefined) blocks.push({ hit, draft })
      continue
    }
    const draft = entryFinding(hit, ctx, said)
    if (draft !== undefined) drafts.push(draft)
  }
  for (const hit of strongestPerEntity(said, ctx)) {
    judgeEntity(hit, ctx, { rows, drafts })
  }
  const allows = said.filter((hit) => hit.evidence.prop === 'allow' && isActive(hit, ctx))
  drafts.push(...alertFindings(said, ctx))
  const own = besideNamesakes(drafts, said, ctx.day)
  const all = [...cancelled(blocks, allows), ...correctRows(rows), ...own]
  const starters = all.map((draft) => starterFinding(draft, ctx))
  const licences = rows.filter(({ draft }) => starterFinding(draft, ctx).state !== 'superseded')
  return { findings: ranked(starters), licences: licences.map(({ licence }) => licence) }
}

/** Findings of statements that are a whole entry. */
function entryFinding(hit: Hit, ctx: RuleContext, all: readonly Hit[]): FindingDraft | undefined {
  switch (hit.evidence.prop) {
    case 'tag':
      return tagFinding(hit, ctx, all)
    case 'allow':
      return allowFinding(hit, ctx)
    case 'protect':
      return hit.how === 'exact' ? protectFinding(hit, ctx) : undefined
    case 'token':
      return tokenFinding(hit, ctx)
    case 'chain':
      return chainFinding(hit, ctx)
    case 'involved':
    case 'tx':
      return incidentFinding(hit, ctx)
    default:
      return undefined
  }
}

/** Findings of the statements of the entity behind a hit. */
function judgeEntity(
  hit: Hit,
  ctx: RuleContext,
  into: { rows: { draft: FindingDraft; licence: Licence }[]; drafts: FindingDraft[] },
): void {
  const { entity } = hit
  if (entity === null || entity.schema === 'Event') return
  const isNear = hit.how !== 'name' || hit.match.score >= NAME_FINDING
  // The wider cover holds for warnings alone.
  if (isNear && hit.how !== 'registrable') into.drafts.push(...sanctionFindings(hit, ctx))
  for (const evidence of withoutReplaced(entity, ctx)) {
    if (evidence.prop === 'warning' && isNear) {
      const draft = warningFinding(hit, evidence, ctx)
      if (draft !== undefined) into.drafts.push(draft)
    }
    if (hit.how === 'registrable') continue
    // A licence is never told of a firm whose name is only like the asked one.
    if (!hit.hasAllWords) continue
    if (evidence.prop === 'licence' && hit.match.score >= NAME_LICENCE) {
      const row = licenceFinding(hit, evidence, ctx)
      if (row !== undefined) into.rows.push(row)
    }
    if (evidence.prop === 'actor' && isNear) {
      const draft = actorFinding(hit, evidence, ctx)
      if (draft !== undefined) into.drafts.push(draft)
    }
  }
}

/** One entity may be hit by several keys: the surest hit speaks. */
function strongestPerEntity(hits: readonly Hit[], ctx: RuleContext): Hit[] {
  const best = new Map<string, Hit>()
  for (const hit of hits) {
    if (hit.entity === null) continue
    const other = best.get(hit.entity.id)
    if (other === undefined || strength(hit, ctx) > strength(other, ctx)) {
      best.set(hit.entity.id, hit)
    }
  }
  return [...best.values()]
}

function strength(hit: Hit, ctx: RuleContext): number {
  const wide = hit.how === 'registrable' ? 1 : hit.how === 'parent' ? 0.001 : 0
  return hit.match.score - wide + (isActive(hit, ctx) ? 2 : 0)
}

/**
 * A changed entry is two statements of one entity: what it said before is history, told on the
 * entity's timeline, as long as it still says something of the kind.
 */
function withoutHistory(hits: readonly Hit[], ctx: RuleContext): readonly Hit[] {
  if (hits.length < 2) return hits
  const active = new Set<string>()
  for (const hit of hits) if (isActive(hit, ctx)) active.add(entryOf(hit))
  return hits.filter((hit) => !active.has(entryOf(hit)) || isActive(hit, ctx))
}

function entryOf({ evidence }: Hit): string {
  return `${evidence.prop} ${evidence.entity}`
}

function isActive({ evidence }: Hit, ctx: RuleContext): boolean {
  return standingOf(evidence.intervals, ctx.day).state === 'active'
}

function withoutReplaced(entity: EntityFacts, ctx: RuleContext) {
  const isHeld = (e: EntityFacts['evidence'][number]) =>
    standingOf(e.intervals, ctx.day).state === 'active'
  return entity.evidence.filter(
    (e) => isHeld(e) || !entity.evidence.some((other) => other.prop === e.prop && isHeld(other)),
  )
}

/** The rows of a register about one entity, as they stand on the day. */
export function licencesOf(entity: EntityFacts, ctx: Pick<RuleContext, 'day'>): Licence[] {
  const held = withoutReplaced(entity, { ...ctx } as RuleContext)
  return held
    .filter((evidence) => evidence.prop === 'licence')
    .map((evidence) => licenceOf(evidence, ctx.day))
    .filter((licence) => licence !== undefined)
}

const SEVERITY: Readonly<Record<Severity, number>> = { danger: 0, warning: 1, positive: 2, info: 3 }
const STATE = { active: 0, disputed: 1, superseded: 2, withdrawn: 3 } as const
/** Kinds of findings, the weightiest first. */
export const KIND: readonly FindingKind[] = [
  'sanction',
  'warning',
  'enforcement',
  'phishing',
  'scam_report',
  'token_risk',
  'exposure',
  'impersonation',
  'licence',
  'positive_evidence',
  'label',
  'operational',
]

/** Strongest first; equal ones by kind, by the surer match, then by dataset and entity. */
export function ranked(drafts: readonly FindingDraft[]): FindingDraft[] {
  return [...drafts].sort(
    (a, b) =>
      SEVERITY[a.severity] - SEVERITY[b.severity] ||
      // What a better source has replaced stands last.
      Number(a.state === 'superseded') - Number(b.state === 'superseded') ||
      KIND.indexOf(a.kind) - KIND.indexOf(b.kind) ||
      STATE[a.state] - STATE[b.state] ||
      b.match.score - a.match.score ||
      compare(a.source.dataset, b.source.dataset) ||
      compare(a.entity ?? '', b.entity ?? '') ||
      compare(a.rule, b.rule) ||
      compare(a.evidence[0]?.id ?? '', b.evidence[0]?.id ?? ''),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The worst of what is said; without anything adverse, silence is only a clean answer where every
 * required dataset is current. Nothing positive ever makes a verdict better.
 */
export function verdictOf(
  findings: readonly Pick<FindingDraft, 'severity' | 'isDoubted'>[],
  isComplete: boolean,
): VerdictValue {
  if (findings.some((finding) => finding.severity === 'danger')) return 'danger'
  if (findings.some((finding) => finding.severity === 'warning')) return 'warning'
  if (findings.some((finding) => finding.isDoubted === true)) return 'unknown'
  return isComplete ? 'no_adverse_evidence' : 'unknown'
}
