import type { Hash } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { FirmLabel, FirmScore, Licence, ScoreIndex, ScoreInput } from '../../model/verdict.ts'
import type { Evidence } from '../risk/types.ts'
import { standingOf } from '../risk/validity.ts'
import { type FirmOnDay, labelOf } from './label.ts'
import { dayOf, isLicensed, isRegistered, type PermissionRow, textOf } from './serve-rows.ts'

/**
 * The open score of a firm, version 1: docs/method/firm-score.md is the formula in words, and the
 * table there and the numbers here are compared by a test. Nothing in it can hold a payment: it
 * reads statements of registers, lists and incidents, and days.
 */
export const FORMULA = '1'

/** Points of each rule, in points of its index. */
export const POINTS = {
  'licence.authorised': 8,
  'licence.registered': 3,
  'licence.pending': 1,
  'licence.ended': 1,
  'licence.missing': 2,
  'licence.suspended': 0,
  'licence.revoked': 0,
  'licence.services': 1,
  'licence.countries': 1,
  'licence.measure_elsewhere': -4,
  'regulation.register': 3,
  'regulation.licence': 3,
  'regulation.warnings': 2,
  'regulation.enforcement': 2,
  'business.lei': 3,
  'business.years': 1,
  'business.site': 2,
  'technology.reserves': 8,
  'technology.incident_recent': -3,
  'technology.incident_old': -1,
  'risk.sanctioned': -10,
  'risk.clone': -10,
  'risk.ban': -10,
  'risk.warning': -6,
  'risk.warning_more': -2,
  'risk.enforcement': -3,
  'risk.enforcement_ended': -1,
  'risk.warning_lifted': -1,
  'risk.incident_recent': -2,
} as const

export type ScoreRule = keyof typeof POINTS

/** Of the whole. An index without an input has no part in it. */
export const WEIGHTS: Readonly<Record<ScoreIndex, number>> = {
  licence: 3,
  regulation: 2,
  risk: 3,
  business: 1,
  technology: 1,
}

/** What an index starts from: only where nothing good can be said does it start from the top. */
export const BASE: Readonly<Record<ScoreIndex, number>> = {
  licence: 0,
  regulation: 0,
  business: 0,
  technology: 0,
  risk: 10,
}
/** Without published reserves, incidents are taken from this. */
export const TECHNOLOGY_BASE = 5

/** No sum of good points lifts a firm with such a label above this. */
export const CAPS: Readonly<Partial<Record<string, number>>> = {
  suspicious_clone: 1,
  revoked: 2,
  suspended: 2,
  warned: 3,
  stopped: 3,
  over_operation: 4,
  unverified: 4,
  expired: 4,
}

const SERVICES_WIDE = 3
const COUNTRIES_WIDE = 10
const YEARS_MAX = 5
const RECENT_DAYS = 3 * 365
const INDEXES = ['licence', 'regulation', 'business', 'technology', 'risk'] as const

/** `label` is the firm's own on that day, where the caller has it already. */
export function scoreOf(firm: FirmOnDay, label: FirmLabel = labelOf(firm)): FirmScore {
  const inputs = [
    ...licenceInputs(firm),
    ...regulationInputs(firm),
    ...businessInputs(firm),
    ...technologyInputs(firm),
    ...riskInputs(firm, label),
  ]
  const indexes = Object.fromEntries(
    INDEXES.map((index) => [index, indexOf(index, inputs)]),
  ) as Record<ScoreIndex, number | null>
  const used = INDEXES.filter((index) => indexes[index] !== null)
  const evidence = used.reduce((sum, index) => sum + WEIGHTS[index], 0) / 10
  const value = used.length < 2 ? null : capped(totalOf(indexes, inputs), firm, label)
  return { value, indexes, evidence, inputs, formula: FORMULA }
}

function indexOf(index: ScoreIndex, inputs: readonly ScoreInput[]): number | null {
  const own = inputs.filter((input) => input.index === index)
  if (own.length === 0) return null
  const isAdverse = own.every(({ points }) => points < 0)
  const base = index === 'technology' && isAdverse ? TECHNOLOGY_BASE : BASE[index]
  return clamp(own.reduce((sum, { points }) => sum + points, base))
}

/**
 * The weighted mean of the indexes that have an input. An index that holds nothing but adverse
 * inputs counts only where it lowers the mean: bad news never helps.
 */
function totalOf(
  indexes: Readonly<Record<ScoreIndex, number | null>>,
  inputs: readonly ScoreInput[],
): number {
  const parts = INDEXES.flatMap((index) => {
    const value = indexes[index]
    if (value === null) return []
    const isAdverse = inputs.every((input) => input.index !== index || input.points < 0)
    return [{ value, weight: WEIGHTS[index], isAdverse }]
  })
  let sum = 0
  let weight = 0
  for (const part of parts.filter((one) => !one.isAdverse)) {
    sum += part.value * part.weight
    weight += part.weight
  }
  const adverse = parts.filter((one) => one.isAdverse).sort((a, b) => a.value - b.value)
  for (const part of adverse) {
    if (weight > 0 && part.value * weight >= sum) break
    sum += part.value * part.weight
    weight += part.weight
  }
  return sum / weight
}

/** Sources that disagree are not averaged: the strictest label bounds the value. */
function capped(value: number, firm: FirmOnDay, { label }: FirmLabel): number {
  const bound = hasListing(firm) ? 0 : (CAPS[label] ?? 10)
  return Math.round(Math.min(value, bound) * 10) / 10
}

function hasListing({ facts, day }: FirmOnDay): boolean {
  return facts.evidence.some((item) => item.prop === 'listing' && isHeld(item, day))
}

function clamp(points: number): number {
  return Math.max(0, Math.min(10, points))
}

function input(rule: ScoreRule, statements: readonly Hash[], times = 1): ScoreInput {
  const index = rule.slice(0, rule.indexOf('.')) as ScoreIndex
  return { index, rule, points: POINTS[rule] * times, statements: [...new Set(statements)] }
}

function said(rows: readonly { readonly evidence: Evidence }[]): readonly Hash[] {
  return rows.map(({ evidence }) => evidence.id)
}

/** The best standing that a register gives, and what a measure elsewhere takes from it. */
function licenceInputs({ permissions }: FirmOnDay): ScoreInput[] {
  const rows = permissions.filter(({ licence }) => licence.kind !== 'notification')
  const best = bestRow(rows)
  if (best === undefined) return []
  const inputs = [input(standing(best), [best.evidence.id])]
  if (isLicensed(best)) {
    const { services, countries } = best.licence
    if (services.length >= SERVICES_WIDE) inputs.push(input('licence.services', [best.evidence.id]))
    if (countries.length >= COUNTRIES_WIDE) {
      inputs.push(input('licence.countries', [best.evidence.id]))
    }
  }
  const measures = rows.filter(
    (row) => row !== best && /^(?:suspended|revoked)$/.test(row.licence.status),
  )
  if (measures.length > 0) inputs.push(input('licence.measure_elsewhere', said(measures)))
  return inputs
}

function standing(row: PermissionRow): ScoreRule {
  if (isLicensed(row)) return 'licence.authorised'
  if (isRegistered(row)) return 'licence.registered'
  switch (row.licence.status) {
    case 'pending':
      return 'licence.pending'
    case 'suspended':
      return 'licence.suspended'
    case 'revoked':
      return 'licence.revoked'
    case 'withdrawn':
    case 'expired':
      return 'licence.ended'
    default:
      return 'licence.missing'
  }
}

/** The row that says most; of equal ones the widest, then the oldest, so that it is one. */
function bestRow(rows: readonly PermissionRow[]): PermissionRow | undefined {
  const worth = (row: PermissionRow) => {
    const { services, countries } = row.licence
    return POINTS[standing(row)] * 1_000 + services.length * 10 + Math.min(9, countries.length)
  }
  return rows.toSorted((a, b) => worth(b) - worth(a) || (a.evidence.id < b.evidence.id ? -1 : 1))[0]
}

/** How strong the supervision is behind the rows in force: of the strongest authority among them. */
function regulationInputs({ permissions, facts }: FirmOnDay): ScoreInput[] {
  const options = permissions
    .filter((row) => isLicensed(row) || isRegistered(row))
    .map((row) => {
      const own = [row.evidence.id]
      const inputs: ScoreInput[] = []
      if (row.evidence.source.role === 'issuer') inputs.push(input('regulation.register', own))
      if (isLicensed(row)) inputs.push(input('regulation.licence', own))
      const authority = facts.authorityOf(row.licence)
      if (authority?.hasWarnings === true) {
        inputs.push(input('regulation.warnings', [authority.statement]))
      }
      if (authority?.hasEnforcement === true) {
        inputs.push(input('regulation.enforcement', [authority.statement]))
      }
      return { id: row.evidence.id, inputs, sum: inputs.reduce((sum, one) => sum + one.points, 0) }
    })
  return options.sort((a, b) => b.sum - a.sum || (a.id < b.id ? -1 : 1))[0]?.inputs ?? []
}

/** How long a register has known the firm, and how well it can be identified. */
function businessInputs({ permissions, facts, day }: FirmOnDay): ScoreInput[] {
  const rows = permissions.filter(({ licence }) => licence.kind !== 'notification')
  if (rows.length === 0) return []
  const inputs: ScoreInput[] = []
  const lei = rows.filter(({ licence }) => licence.lei !== null)
  const codes = facts.evidence.filter((item) => item.prop === 'leiCode' && isHeld(item, day))
  const identified = [...said(lei), ...codes.map(({ id }) => id)]
  if (identified.length > 0) inputs.push(input('business.lei', identified))
  const first = firstRow(rows, day)
  if (first !== undefined) {
    const years = Math.min(YEARS_MAX, yearsBetween(first.licence.from ?? day, day))
    inputs.push(input('business.years', [first.evidence.id], years))
  }
  const sites = facts.evidence.filter(
    (item) => item.prop === 'website' && item.source.kind === 'register' && isHeld(item, day),
  )
  if (sites.length > 0)
    inputs.push(
      input(
        'business.site',
        sites.map(({ id }) => id),
      ),
    )
  return inputs
}

function firstRow(rows: readonly PermissionRow[], day: Day): PermissionRow | undefined {
  const from = ({ licence }: PermissionRow) => licence.from ?? '9999'
  return rows
    .filter((row) => from(row) <= day)
    .sort((a, b) =>
      from(a) === from(b) ? order(a.licence, b.licence) : from(a) < from(b) ? -1 : 1,
    )[0]
}

function order(a: Licence, b: Licence): number {
  return (a.statements[0] ?? '') < (b.statements[0] ?? '') ? -1 : 1
}

/** Whole years, by the calendar. */
function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return Math.max(0, to.slice(5) < from.slice(5) ? years - 1 : years)
}

/** Published reserve wallets, and incidents of the firm's own systems. */
function technologyInputs({ facts, day }: FirmOnDay): ScoreInput[] {
  const held = facts.evidence.filter((item) => isHeld(item, day))
  const wallets = held.filter((item) => item.prop === 'tag' && isReserve(item))
  const inputs: ScoreInput[] = []
  if (wallets.length > 0) {
    inputs.push(
      input(
        'technology.reserves',
        wallets.slice(0, 20).map(({ id }) => id),
      ),
    )
  }
  for (const incident of incidentsOf(facts.evidence, day)) {
    const rule = incident.isRecent ? 'technology.incident_recent' : 'technology.incident_old'
    inputs.push(input(rule, [incident.statement]))
  }
  return inputs
}

function isReserve(item: Evidence): boolean {
  return /\breserves?\b/iu.test(textOf(item, 'label') ?? '')
}

/** Incidents whose record was joined to the firm, each once, by the day that the list gives. */
function incidentsOf(
  evidence: readonly Evidence[],
  day: Day,
): { readonly statement: Hash; readonly isRecent: boolean }[] {
  return evidence
    .filter((item) => item.source.kind === 'incidents' && item.prop === 'startDate')
    .filter((item) => item.value <= day)
    .map((item) => ({ statement: item.id, isRecent: daysBetween(item.value, day) <= RECENT_DAYS }))
}

function daysBetween(from: string, to: Day): number {
  const full = `${from}-01-01`.slice(0, 10)
  const ms = Date.parse(`${to}T00:00:00Z`) - Date.parse(`${full}T00:00:00Z`)
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms / 86_400_000
}

/** Everything adverse that is said; silence is no input. */
function riskInputs(firm: FirmOnDay, label: FirmLabel): ScoreInput[] {
  const { notices, facts, day } = firm
  const inputs: ScoreInput[] = []
  const listings = facts.evidence.filter((item) => item.prop === 'listing' && isHeld(item, day))
  if (listings.length > 0)
    inputs.push(
      input(
        'risk.sanctioned',
        listings.map(({ id }) => id),
      ),
    )
  const clone = [label, ...label.also].find((one) => one.label === 'suspicious_clone')
  if (clone !== undefined) inputs.push(input('risk.clone', clone.statements))
  const of = (kind: string, isInForce: boolean) =>
    notices.filter((notice) => notice.kind === kind && notice.isInForce === isInForce)
  const bans = of('ban', true)
  if (bans.length > 0) inputs.push(input('risk.ban', said(bans)))
  for (const [i, notice] of of('warning', true).entries()) {
    inputs.push(input(i === 0 ? 'risk.warning' : 'risk.warning_more', [notice.evidence.id]))
  }
  const lifted = [...of('warning', false), ...of('ban', false)]
  if (lifted.length > 0) inputs.push(input('risk.warning_lifted', said(lifted)))
  for (const notice of of('enforcement', true)) inputs.push(measure(notice.evidence, day))
  const ended = of('enforcement', false)
  if (ended.length > 0) inputs.push(input('risk.enforcement_ended', said(ended)))
  const recent = incidentsOf(facts.evidence, day).filter(({ isRecent }) => isRecent)
  if (recent.length > 0) {
    inputs.push(
      input(
        'risk.incident_recent',
        recent.map(({ statement }) => statement),
      ),
    )
  }
  return inputs
}

/** A fine is history after some years; a measure without a day stays one of today. */
function measure(evidence: Evidence, day: Day): ScoreInput {
  const date = dayOf(evidence, 'date')
  const isOld = date !== null && daysBetween(date, day) > RECENT_DAYS
  return input(isOld ? 'risk.enforcement_ended' : 'risk.enforcement', [evidence.id])
}

function isHeld({ intervals }: Evidence, day: Day): boolean {
  return standingOf(intervals, day).state === 'active'
}
