import type { Day } from '../../model/time.ts'
import type { Severity } from '../../model/verdict.ts'
import { baseOf, common, detailsOf, isSayable, text, textOf, textsOf } from './draft.ts'
import type { EntityFacts, Evidence, FindingDraft, Hit, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

const ROLES: Readonly<Record<string, Severity>> = {
  attacker: 'danger',
  attack_contract: 'warning',
  vulnerable: 'info',
}

/** The day of an incident, as far as the source gives it: a month stands for its first day. */
function dayOfIncident(entity: EntityFacts | null): Day | null {
  const date = entity?.evidence.find((e) => e.prop === 'startDate')?.value
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date ?? '')
  return match === null ? null : `${match[1]}-${match[2] ?? '01'}-${match[3] ?? '01'}`
}

/** An `involved` or `tx` statement: the part that the subject had in an incident. */
export function incidentFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence, entity } = hit
  const day = dayOfIncident(entity)
  const standing = standingOf(evidence.intervals, ctx.day, { from: day })
  if (!isSayable(standing)) return undefined
  const role = evidence.prop === 'tx' ? 'transaction' : (textOf(evidence, 'role') ?? 'involved')
  const severity = evidence.prop === 'tx' ? 'warning' : (ROLES[role] ?? 'info')
  const date = entity?.evidence.find((e) => e.prop === 'startDate')?.value
  const known = ROLES[role] !== undefined || role === 'transaction'
  const rule = known ? `incident.${role}` : 'incident.involved'
  const params = {
    ...common(evidence.source, evidence, ctx),
    name: entity?.caption ?? '',
    ...(date === undefined ? {} : { date: { day: date } }),
  }
  const base = {
    ...baseOf(hit, standing),
    kind: 'label' as const,
    evidence: [evidence],
    listedAt: null,
    sourceUrl: entity?.evidence.find((e) => e.prop === 'sourceUrl')?.value ?? evidence.source.page,
    details: detailsOf({
      role,
      incident: entity?.caption,
      date,
      chain: textOf(evidence, 'chain'),
      notes: entity?.evidence.filter((e) => e.prop === 'notes').map((e) => e.value),
    }),
  }
  if (standing.state === 'ended') {
    const ended = { ...params, ended: { day: standing.to } }
    return {
      ...base,
      rule: 'label.delisted',
      severity: 'info',
      text: text('finding.delisted', ended),
    }
  }
  const key = date === undefined ? `finding.${rule}` : `finding.${rule}_dated`
  return { ...base, rule, severity, text: text(key, params) }
}

/** A `token` statement: a contract on a token list. A list is no endorsement of the token. */
export function tokenFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (standing.state !== 'active') return undefined
  const symbol = textOf(evidence, 'symbol') ?? ''
  const name = textOf(evidence, 'name') ?? symbol
  const isSymbol = hit.how === 'symbol'
  const params = { ...common(evidence.source, evidence, ctx), symbol, name }
  const rule = isSymbol ? 'token.symbol' : 'token.listed'
  return {
    ...baseOf(hit, standing),
    kind: isSymbol ? 'token_risk' : 'positive_evidence',
    rule,
    // A symbol is no identifier: anybody may take it, so it proves nothing about a contract.
    severity: isSymbol ? 'info' : 'positive',
    text: text(`finding.${rule}`, params),
    evidence: [evidence],
    listedAt: null,
    caption: name === '' ? null : name,
    details: detailsOf({
      symbol,
      name,
      asset: textOf(evidence, 'asset'),
      chain: textOf(evidence, 'chain'),
      list: textsOf(evidence, 'list'),
    }),
  }
}

/** A `chain` statement: what a registry of networks says of one. */
export function chainFinding(hit: Hit, ctx: RuleContext): FindingDraft | undefined {
  const { evidence } = hit
  const standing = standingOf(evidence.intervals, ctx.day)
  if (standing.state !== 'active') return undefined
  const flags = textsOf(evidence, 'flags')
  const status = textOf(evidence, 'status')
  const name = textOf(evidence, 'name') ?? ''
  const rule = flags.length > 0 ? 'chain.flag' : 'chain.listed'
  return {
    ...baseOf(hit, standing),
    kind: flags.length > 0 ? 'token_risk' : 'positive_evidence',
    rule,
    severity: flags.length > 0 ? 'warning' : 'info',
    text: text(`finding.${rule}`, {
      ...common(evidence.source, evidence, ctx),
      name,
      flags: { list: flags },
    }),
    evidence: [evidence],
    listedAt: null,
    caption: name === '' ? null : name,
    details: detailsOf({ chain: textOf(evidence, 'chain'), flags, status }),
  }
}

/** An `actor` statement: who somebody is known to be. */
export function actorFinding(
  hit: Hit,
  evidence: Evidence,
  ctx: RuleContext,
): FindingDraft | undefined {
  const standing = standingOf(evidence.intervals, ctx.day)
  if (standing.state !== 'active') return undefined
  const categories = textsOf(evidence, 'categories')
  const name = hit.entity?.caption ?? ''
  const params = { ...common(evidence.source, evidence, ctx), name }
  return {
    ...baseOf(hit, standing),
    kind: 'label',
    rule: 'label.actor',
    severity: 'info',
    text: text('finding.label.actor', params),
    evidence: evidence.sid === hit.evidence.sid ? [evidence] : [evidence, hit.evidence],
    listedAt: null,
    details: detailsOf({
      categories,
      jurisdictions: textsOf(evidence, 'jurisdictions'),
      twitter: textOf(evidence, 'twitter'),
    }),
  }
}
