import type { Hash } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { FiredLabel, FirmLabel, ProfileLabel } from '../../model/verdict.ts'
import {
  type FirmFacts,
  isLicensed,
  isRegistered,
  type NoticeRow,
  noticesOn,
  type PermissionRow,
  permissionsOn,
  textOf,
} from './serve-rows.ts'

/**
 * The profile label of a firm (INTERFACE §4): every rule of docs/method/labels.md is tried, and the
 * strictest label that fired is the firm's. The others stand beside it, so that sources that
 * disagree are all shown.
 */

/** From the strictest on. */
const STRICTNESS: readonly ProfileLabel[] = [
  'suspicious_clone',
  'revoked',
  'suspended',
  'warned',
  'stopped',
  'over_operation',
  'unverified',
  'expired',
  'regulated',
  'registered_only',
  'no_evidence',
]

/** What the rules read, made once for label and score. */
export interface FirmOnDay {
  readonly facts: FirmFacts
  readonly day: Day
  readonly permissions: readonly PermissionRow[]
  readonly notices: readonly NoticeRow[]
}

export function firmOn(facts: FirmFacts, day: Day): FirmOnDay {
  return {
    facts,
    day,
    permissions: permissionsOn(facts.evidence, day),
    notices: noticesOn(facts.evidence, day),
  }
}

export function labelOf(firm: FirmOnDay): FirmLabel {
  const { fired, beside } = permissionLabels(firm)
  const all = [...cloneLabels(firm), ...noticeLabels(firm), ...fired]
  const [first, ...also] = once(all).sort((a, b) => rankOf(a) - rankOf(b))
  if (first === undefined) {
    return { label: 'no_evidence', rule: 'label.no_row', statements: [], also: once(beside) }
  }
  return { ...first, also: [...also, ...once(beside)] }
}

function rankOf({ label }: FiredLabel): number {
  return STRICTNESS.indexOf(label)
}

/** A label that several rows fire is one label with all their statements. */
function once(fired: readonly FiredLabel[]): FiredLabel[] {
  const byRule = new Map<string, FiredLabel>()
  for (const one of fired) {
    const known = byRule.get(one.rule)
    const statements = [...new Set([...(known?.statements ?? []), ...one.statements])]
    byRule.set(one.rule, { ...one, statements })
  }
  return [...byRule.values()]
}

function fire(
  label: ProfileLabel,
  rule: string,
  rows: readonly { readonly evidence: { readonly id: Hash } }[],
): FiredLabel[] {
  if (rows.length === 0) return []
  return [{ label, rule: `label.${rule}`, statements: rows.map(({ evidence }) => evidence.id) }]
}

/** The judgement that a notice is about somebody who uses a firm's name. */
const NOTICED = 'clone_notice'
const CLONE = /\bclones?\b|\bcloned\b|\bimpersonat/iu

/** Somebody's number, LEI or site is used by this firm, or a regulator says so. */
function cloneLabels({ facts, notices, permissions }: FirmOnDay): FiredLabel[] {
  const said = notices.filter(({ isInForce, evidence }) => {
    const words = ['reason', 'infringement', 'measure', 'clone'].map((name) =>
      textOf(evidence, name),
    )
    return isInForce && words.some((word) => word !== null && CLONE.test(word))
  })
  // The notice tells it in its words, or in a name that the judgement about records has read.
  const noticed = facts.imitations.filter(({ reason }) => reason === NOTICED)
  const told = [
    ...said.map(({ evidence }) => evidence.id),
    ...noticed.map(({ statement }) => statement),
  ]
  const fired: FiredLabel[] =
    told.length === 0 || (said.length === 0 && !isWarned(notices))
      ? []
      : [{ label: 'suspicious_clone', rule: 'label.clone_said', statements: told }]
  // Two firms of registers under one LEI are a defect of a register, and no imitation.
  const isInRegister = permissions.some(({ licence }) => licence.kind !== 'notification')
  const carried = facts.imitations.filter(({ reason }) => reason !== NOTICED)
  if (carried.length === 0 || isInRegister) return fired
  const statements = carried.map(({ statement }) => statement)
  return [...fired, { label: 'suspicious_clone', rule: 'label.clone_identifier', statements }]
}

function isWarned(notices: readonly NoticeRow[]): boolean {
  return notices.some(({ isInForce, kind }) => isInForce && kind !== 'enforcement')
}

function noticeLabels(firm: FirmOnDay): FiredLabel[] {
  const inForce = firm.notices.filter(({ isInForce }) => isInForce)
  const warned = inForce.filter(({ kind }) => kind === 'warning')
  const banned = inForce.filter(({ kind }) => kind === 'ban')
  const stopped = firm.notices.filter(({ evidence }) => isStop(textOf(evidence, 'infringement')))
  return [
    ...fire('warned', 'banned', banned),
    ...fire('warned', 'warned', warned),
    ...fire('stopped', 'stopped', stopped),
    ...overOperation(firm, warned),
  ]
}

/** Licensed somewhere, and warned of by the authority of a place that no row in force covers. */
function overOperation(firm: FirmOnDay, warned: readonly NoticeRow[]): FiredLabel[] {
  const licensed = firm.permissions.filter(isLicensed)
  if (licensed.length === 0) return []
  const outside = warned.filter(({ licence: { country } }) => {
    if (country === null) return false
    return !licensed.some(
      ({ licence }) => licence.country === country || licence.countries.includes(country),
    )
  })
  return outside.length === 0 ? [] : fire('over_operation', 'outside', [...outside, ...licensed])
}

const STOP =
  /\bceased?\b.{0,40}\b(?:business|operations?|services?|provid\w+)\b|\bbusiness (?:closed|stopped|terminated)\b|\bin liquidation\b|\bwound up\b|\bstopped (?:business|operations?)\b/iu

function isStop(text: string | null): boolean {
  return text !== null && STOP.test(text)
}

/** `beside`: told next to the firm's label, and never instead of it. */
interface PermissionLabels {
  readonly fired: readonly FiredLabel[]
  readonly beside: readonly FiredLabel[]
}

function permissionLabels({ permissions }: FirmOnDay): PermissionLabels {
  // A row of one register is history as soon as that register holds the firm in force.
  const current = permissions.filter(
    (row) => !isOver(row) || !permissions.some((other) => isNewer(other, row)),
  )
  const by = (status: string) => current.filter(({ licence }) => licence.status === status)
  const licensed = current.filter(isLicensed)
  const registered = current.filter(isRegistered)
  const [closed, ended] = split(by('withdrawn'), (row) => isStop(row.licence.regulatorWord))
  const unverified = by('unverified').filter(({ licence }) => licence.kind !== 'notification')
  const measures = [
    ...fire('revoked', 'revoked', by('revoked')),
    ...fire('suspended', 'suspended', by('suspended')),
    ...fire('stopped', 'stopped_row', closed),
  ]
  const gone = [
    ...fire('expired', 'expired', by('expired')),
    ...fire('expired', 'ended', ended),
    ...fire('unverified', 'missing', unverified),
    ...fire('unverified', 'pending', by('pending')),
  ]
  const inForce = fire('regulated', 'licensed', licensed)
  const entries = fire('registered_only', 'registered', registered)
  const papers = notified(current)
  // What ended, or has not begun, weighs nothing against a licence that is in force elsewhere.
  return licensed.length > 0
    ? { fired: [...measures, ...inForce], beside: [...gone, ...entries, ...papers] }
    : { fired: [...measures, ...gone, ...entries, ...papers], beside: [] }
}

/** Filings alone: a white paper was handed in, which allows nothing. */
function notified(current: readonly PermissionRow[]): FiredLabel[] {
  const papers = current.filter(({ licence }) => licence.kind === 'notification')
  return papers.length === current.length ? fire('no_evidence', 'notified', papers) : []
}

function split<T>(rows: readonly T[], test: (row: T) => boolean): [T[], T[]] {
  return [rows.filter(test), rows.filter((row) => !test(row))]
}

function isOver({ licence }: PermissionRow): boolean {
  return ['withdrawn', 'revoked', 'expired', 'unverified', 'suspended'].includes(licence.status)
}

/** A row of the same register and authority that is in force and began no earlier. */
function isNewer(other: PermissionRow, row: PermissionRow): boolean {
  if (!isLicensed(other) && !isRegistered(other)) return false
  const a = other.licence
  const b = row.licence
  // The country, not the name: an authority that is renamed is the same one.
  if (a.dataset !== b.dataset || a.country !== b.country || a.kind !== b.kind) return false
  return (a.from ?? '') >= (b.from ?? '')
}
