import type { Day } from '../../model/time.ts'
import type { Licence, Severity } from '../../model/verdict.ts'
import { baseOf, common, detailsOf, isSayable, text, textOf, textsOf } from './draft.ts'
import { NAME_DANGER } from './name.ts'
import type { Evidence, FindingDraft, Hit, MessageParam, RuleContext } from './types.ts'
import { standingOf } from './validity.ts'

const KINDS = ['licence', 'registration', 'exemption', 'notification', 'warning', 'ban'] as const
const STATUSES = [
  'authorised',
  'registered',
  'pending',
  'suspended',
  'withdrawn',
  'revoked',
  'expired',
  'unverified',
  'in_force',
  'lifted',
] as const

/** A register row as it stands on a day; undefined when no version of that day has it yet. */
export function licenceOf(evidence: Evidence, day: Day): Licence | undefined {
  const standing = standingOf(evidence.intervals, day, datesOf(evidence))
  if (!isSayable(standing)) return undefined
  const kind = KINDS.find((known) => known === evidence.json.kind) ?? 'licence'
  const from = dayOf(evidence, 'from') ?? null
  const to = dayOf(evidence, 'to') ?? null
  const isGone = !isHeld(evidence, day) && (to === null || to >= day)
  return {
    regulator: textOf(evidence, 'regulator') ?? evidence.source.authority,
    country: textOf(evidence, 'country') ?? null,
    kind,
    number: textOf(evidence, 'number') ?? null,
    holder: textOf(evidence, 'holder') ?? '',
    lei: textOf(evidence, 'lei') ?? null,
    // A row that vanished says nothing until the register says why (VOCABULARY §7).
    status: isGone ? 'unverified' : statusOf(evidence, { kind, day, from, to }),
    regulatorWord: textOf(evidence, 'regulatorWord') ?? '',
    services: textsOf(evidence, 'services'),
    countries: textsOf(evidence, 'countries'),
    from,
    to,
    dataset: evidence.source.dataset,
    statements: [evidence.id],
  }
}

function datesOf(evidence: Evidence) {
  // The row's own end is a status, not the end of what the register says.
  return { from: dayOf(evidence, 'from') ?? dayOf(evidence, 'date') ?? null }
}

/** Whether a list version held the row, or had not yet been read, on the day. */
function isHeld(evidence: Evidence, day: Day): boolean {
  return standingOf(evidence.intervals, day, datesOf(evidence)).state === 'active'
}

function dayOf(evidence: Evidence, member: string): Day | undefined {
  const value = textOf(evidence, member)
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined
}

/** The row's status on the day: its own dates decide where the day lies before or after them. */
function statusOf(
  evidence: Evidence,
  p: { kind: Licence['kind']; day: Day; from: Day | null; to: Day | null },
): Licence['status'] {
  const said = STATUSES.find((known) => known === evidence.json.status)
  const inForce = p.kind === 'licence' ? 'authorised' : 'registered'
  if (p.from !== null && p.from > p.day) return 'pending'
  const isOver = p.to !== null && p.to < p.day
  if (said === 'authorised' || said === 'registered') return isOver ? 'withdrawn' : said
  if (said === 'withdrawn' || said === 'revoked' || said === 'expired') {
    return p.to !== null && !isOver ? inForce : said
  }
  return said ?? (isOver ? 'withdrawn' : 'unverified')
}

interface Manner {
  readonly rule: string
  readonly severity: Severity
}

function mannerOf(licence: Licence): Manner {
  const { kind, status } = licence
  switch (status) {
    case 'authorised':
      return { rule: 'licence.authorised', severity: 'positive' }
    case 'suspended':
    case 'withdrawn':
    case 'revoked':
    case 'expired':
      return { rule: `licence.${status}`, severity: 'warning' }
    case 'pending':
      return { rule: 'licence.pending', severity: 'info' }
    case 'unverified':
      return { rule: 'licence.unverified', severity: kind === 'licence' ? 'warning' : 'info' }
  }
  if (kind === 'notification') return { rule: 'licence.notified', severity: 'info' }
  if (kind === 'exemption') return { rule: 'licence.exempt', severity: 'info' }
  return { rule: 'licence.registered', severity: 'info' }
}

/** A `licence` statement of the entity that was hit. */
export function licenceFinding(
  hit: Hit,
  evidence: Evidence,
  ctx: RuleContext,
): { readonly draft: FindingDraft; readonly licence: Licence } | undefined {
  const licence = licenceOf(evidence, ctx.day)
  if (licence === undefined) return undefined
  const covers = coverage(licence, ctx)
  const manner = mannerOf(licence)
  const isShort = manner.severity === 'positive' && covers === 'no'
  const rule = isShort ? 'licence.not_covering' : manner.rule
  const severity = isShort ? 'info' : manner.severity
  const standing = standingOf(evidence.intervals, ctx.day, datesOf(evidence))
  const params: Record<string, MessageParam> = {
    ...common(evidence.source, evidence, ctx),
    name: licence.holder || (hit.entity?.caption ?? ''),
    regulator: licence.regulator,
    country: licence.country === null ? '' : { country: licence.country },
    asked: ctx.country === undefined ? '' : { country: ctx.country },
    service: ctx.service ?? '',
    word: licence.regulatorWord,
    ...(licence.from === null ? {} : { from: { day: licence.from } }),
    to: licence.to === null ? '' : { day: licence.to },
  }
  const isPositive = severity === 'positive'
  return {
    licence,
    draft: {
      ...baseOf(hit, standing),
      state: standing.state === 'ended' ? 'withdrawn' : 'active',
      kind: isPositive ? 'positive_evidence' : 'licence',
      rule,
      severity,
      text: text(`finding.${rule}`, params),
      evidence: evidence.sid === hit.evidence.sid ? [evidence] : [evidence, hit.evidence],
      listedAt: licence.from,
      endedAt: licence.to ?? (standing.state === 'ended' ? standing.to : null),
      details: detailsOf({
        holder: licence.holder,
        regulator: licence.regulator,
        regulatorWord: licence.regulatorWord,
        status: licence.status,
        lei: licence.lei ?? undefined,
        number: licence.number ?? undefined,
        services: licence.services,
        countries: licence.countries,
        covers,
      }),
    },
  }
}

/** Does the row cover the asked country and service? Undefined when neither was asked. */
function coverage(licence: Licence, ctx: RuleContext): 'yes' | 'no' | undefined {
  if (ctx.country === undefined && ctx.service === undefined) return undefined
  // The home state always counts, named or not (VOCABULARY §6).
  const inCountry =
    ctx.country === undefined ||
    licence.country === ctx.country ||
    licence.countries.includes(ctx.country)
  const isService = ctx.service === undefined || licence.services.includes(ctx.service)
  return inCountry && isService ? 'yes' : 'no'
}

/**
 * A row that vanished while the same register holds the same firm under another key was corrected,
 * not withdrawn: a changed identifier is no loss.
 */
export function correctRows(
  rows: readonly { readonly draft: FindingDraft; readonly licence: Licence }[],
): FindingDraft[] {
  return rows.map(({ draft, licence }) => {
    if (licence.status !== 'unverified') return draft
    const isReplaced = rows.some(
      (other) =>
        other.licence.status !== 'unverified' &&
        other.licence.dataset === licence.dataset &&
        isSameFirm(other.licence, licence),
    )
    if (!isReplaced) return draft
    return {
      ...draft,
      state: 'superseded',
      severity: 'info',
      rule: 'licence.superseded',
      text: text('finding.licence.superseded', draft.text.params),
    }
  })
}

function isSameFirm(a: Licence, b: Licence): boolean {
  if (a.lei !== null && a.lei === b.lei) return true
  return a.holder !== '' && a.holder.toLowerCase() === b.holder.toLowerCase()
}

/** A `warning` statement: what a regulator tells the public about the entity. */
export function warningFinding(
  hit: Hit,
  evidence: Evidence,
  ctx: RuleContext,
): FindingDraft | undefined {
  const date = dayOf(evidence, 'date') ?? null
  const standing = standingOf(evidence.intervals, ctx.day, { from: date })
  if (!isSayable(standing)) return undefined
  const isBan = evidence.json.kind === 'ban'
  const isLifted = evidence.json.status === 'lifted' || standing.state === 'ended'
  const isSure = hit.how !== 'name' || hit.match.score >= NAME_DANGER
  const rule = isBan ? 'warning.ban' : 'warning.regulator'
  const params = {
    ...common(evidence.source, evidence, ctx),
    name: hit.entity?.caption ?? '',
    regulator: textOf(evidence, 'regulator') ?? evidence.source.authority,
    ...(date === null ? {} : { listed: { day: date } }),
    ended: standing.state === 'ended' ? { day: standing.to } : '',
  }
  const key = isLifted
    ? 'finding.warning.lifted'
    : `finding.${rule}${date === null ? '' : '_dated'}`
  return {
    ...baseOf(hit, standing),
    kind: 'warning',
    rule: isLifted ? 'warning.lifted' : rule,
    severity: isLifted ? 'info' : isBan && isSure ? 'danger' : 'warning',
    text: text(key, params),
    evidence: evidence.sid === hit.evidence.sid ? [evidence] : [evidence, hit.evidence],
    listedAt: date,
    details: detailsOf({
      regulator: textOf(evidence, 'regulator'),
      country: textOf(evidence, 'country'),
      reason: textOf(evidence, 'reason'),
      infringement: textOf(evidence, 'infringement'),
    }),
  }
}
