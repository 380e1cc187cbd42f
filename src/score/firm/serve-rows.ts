import type { EntityId, Hash } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { Licence } from '../../model/verdict.ts'
import { licenceOf } from '../risk/licence.ts'
import type { Evidence } from '../risk/types.ts'
import { standingOf } from '../risk/validity.ts'

/** What the directory of authorities says of one of them, with its statement. */
export interface AuthorityFacts {
  readonly code: string
  readonly statement: Hash
  readonly hasWarnings: boolean
  readonly hasEnforcement: boolean
}

/** What the records of one firm say together; the rules read nothing else. */
export interface FirmFacts {
  /** `licence`, `warning`, `leiCode`, `website`, `listing`, `tag`, `involved` of every record. */
  readonly evidence: readonly Evidence[]
  /** Judgements that a record of this firm uses what belongs to another one. */
  readonly imitations: readonly { readonly reason: string; readonly statement: Hash }[]
  readonly authorityOf: (licence: Licence) => AuthorityFacts | undefined
}

/** A register row as it stands on a day. */
export interface PermissionRow {
  readonly licence: Licence
  /** ISO 3166-2 of the part of the country that the register governs; null: all of it. */
  readonly subdivision: string | null
  readonly evidence: Evidence
}

/** A warning, ban or measure as it stands on a day. */
export interface NoticeRow {
  readonly kind: 'warning' | 'ban' | 'enforcement'
  readonly isInForce: boolean
  /** As a row of `licences[]` (INTERFACE §4); a measure reads as a warning there. */
  readonly licence: Licence
  readonly evidence: Evidence
}

/** The register rows of a firm on a day: of each record what is held, else what was held last. */
export function permissionsOn(evidence: readonly Evidence[], day: Day): PermissionRow[] {
  const rows: PermissionRow[] = []
  for (const own of byEntity(evidence, 'licence').values()) {
    for (const item of currentOf(own, day)) {
      const licence = licenceOf(item, day)
      if (licence !== undefined) {
        rows.push({ licence, subdivision: textOf(item, 'subdivision'), evidence: item })
      }
    }
  }
  return withoutCorrected(rows)
}

function byEntity(evidence: readonly Evidence[], prop: string): Map<EntityId, Evidence[]> {
  const found = new Map<EntityId, Evidence[]>()
  for (const item of evidence) {
    if (item.prop !== prop) continue
    const own = found.get(item.entity)
    if (own === undefined) found.set(item.entity, [item])
    else own.push(item)
  }
  return found
}

/** Rows held on the day; of an entry that is gone, the one that was held last. */
function currentOf(own: readonly Evidence[], day: Day): readonly Evidence[] {
  const held = own.filter((item) => standingOf(item.intervals, day).state === 'active')
  if (held.length > 0) return held
  let last: Evidence | undefined
  let lastEnd = ''
  for (const item of own) {
    const standing = standingOf(item.intervals, day)
    if (standing.state === 'ended' && standing.to >= lastEnd) {
      last = item
      lastEnd = standing.to
    }
  }
  // No version of that day has it yet: the row's own dates may say that it holds all the same.
  const row = last ?? earliest(own)
  return row === undefined ? [] : [row]
}

function earliest(own: readonly Evidence[]): Evidence | undefined {
  let first: Evidence | undefined
  for (const item of own) if (first === undefined || firstDay(item) < firstDay(first)) first = item
  return first
}

function firstDay({ intervals }: Evidence): Day {
  return intervals[0]?.from ?? '9999'
}

/** A row that vanished while the same register holds the firm under another key was corrected. */
function withoutCorrected(rows: readonly PermissionRow[]): PermissionRow[] {
  return rows.filter(({ licence }) => {
    if (licence.status !== 'unverified') return true
    return !rows.some(
      ({ licence: other }) =>
        other.status !== 'unverified' &&
        other.dataset === licence.dataset &&
        other.kind === licence.kind &&
        isSameHolder(other, licence),
    )
  })
}

function isSameHolder(a: Licence, b: Licence): boolean {
  if (a.lei !== null && a.lei === b.lei) return true
  return a.holder !== '' && a.holder.toLowerCase() === b.holder.toLowerCase()
}

/** Warnings, bans and measures about a firm that have begun by the day. */
export function noticesOn(evidence: readonly Evidence[], day: Day): NoticeRow[] {
  const rows: NoticeRow[] = []
  for (const own of byEntity(evidence, 'warning').values()) {
    const held = own.filter((item) => standingOf(item.intervals, day).state === 'active')
    for (const item of held.length > 0 ? held : own) {
      const row = noticeOf(item, day)
      if (row !== undefined) rows.push(row)
    }
  }
  return rows
}

function noticeOf(evidence: Evidence, day: Day): NoticeRow | undefined {
  const date = dayOf(evidence, 'date')
  const to = dayOf(evidence, 'to')
  const standing = standingOf(evidence.intervals, day, { from: date })
  if (standing.state !== 'active' && standing.state !== 'ended') return undefined
  const said = evidence.json.kind
  const kind = said === 'ban' || said === 'enforcement' ? said : 'warning'
  const isOver = to !== null && to < day
  // Before its own end a lifted measure was in force.
  const isLifted = evidence.json.status === 'lifted' && (to === null || isOver)
  const isInForce = standing.state === 'active' && !isLifted && !isOver
  const country = textOf(evidence, 'country')
  const word = ['infringement', 'measure', 'reason'].map((name) => textOf(evidence, name))
  return {
    kind,
    isInForce,
    evidence,
    licence: {
      regulator: textOf(evidence, 'regulator') ?? evidence.source.authority,
      country,
      kind: kind === 'ban' ? 'ban' : 'warning',
      number: null,
      holder: '',
      lei: null,
      status: isInForce ? 'in_force' : 'lifted',
      regulatorWord: word.find((text) => text !== null) ?? '',
      services: [],
      countries: country === null ? [] : [country],
      from: date,
      to,
      dataset: evidence.source.dataset,
      statements: [evidence.id],
    },
  }
}

export function textOf(evidence: Evidence, member: string): string | null {
  const value = evidence.json[member]
  return typeof value === 'string' && value !== '' ? value : null
}

export function dayOf(evidence: Evidence, member: string): Day | null {
  const value = textOf(evidence, member)
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null
}

/** A permission that allows something on the day: a licence in force. */
export function isLicensed({ licence }: PermissionRow): boolean {
  return licence.kind === 'licence' && licence.status === 'authorised'
}

/** A register's entry that is no licence: it says who is known, and nothing of supervision. */
export function isRegistered({ licence }: PermissionRow): boolean {
  const isEntry = licence.kind === 'registration' || licence.kind === 'exemption'
  return isEntry && (licence.status === 'registered' || licence.status === 'authorised')
}
