import type { DatasetName } from '../../model/statement.ts'
import type { Day } from '../../model/time.ts'
import type { Licence } from '../../model/verdict.ts'
import { isLicensed, isRegistered, type NoticeRow, type PermissionRow } from './serve-rows.ts'

/**
 * May this firm serve here? The answer of register evidence, by INTERFACE §7: docs/method/serve.md
 * says it in words. A pure function: rows and the state of registers in, a code out.
 */

export interface ServeQuestion {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** ISO 3166-2, where a part of the country is asked about. */
  readonly subdivision: string | null
  /** MiCA letter; null: any service. */
  readonly service: string | null
  readonly day: Day
}

export interface RegisterFacts {
  /** A version of the asked day, or a later one, has been read. */
  readonly isRead: boolean
  /** False: the connector has read no live file, so it never says "no". */
  readonly isProven: boolean
}

export interface ServeContext {
  /** The registers that govern the country or a part of it. */
  readonly registers: ReadonlyMap<DatasetName, RegisterFacts>
  /** Wider areas whose authorities speak for the country: `EU` for a member of the EEA. */
  readonly areas: readonly string[]
}

export type ServeCode =
  | 'covered'
  | 'warned'
  | 'banned'
  | 'country_not_covered'
  | 'service_not_covered'
  | 'service_not_stated'
  | 'not_yet'
  | 'ended'
  | 'suspended'
  | 'pending'
  | 'missing'
  | 'registration_only'
  | 'notification_only'
  | 'subdivision_only'
  | 'no_register'
  | 'register_not_read'
  | 'register_unproven'
  | 'not_in_register'

export interface Served {
  readonly answer: 'yes' | 'no' | 'no_evidence'
  readonly code: ServeCode
  readonly decidedBy: readonly Licence[]
  /** Dataset of the deciding row; null where none decides. */
  readonly dataset: DatasetName | null
}

/** Codes under which a register that holds the firm still does not say "no". */
const SILENT: ReadonlySet<ServeCode> = new Set([
  'service_not_stated',
  'missing',
  'notification_only',
])
/** What the row's own dates prove, whichever version of the register tells them. */
const DATED: ReadonlySet<ServeCode> = new Set(['not_yet', 'ended'])

/** The nearest miss first: it is what a reader can act on. */
const NEAREST: readonly ServeCode[] = [
  'service_not_stated',
  'service_not_covered',
  'suspended',
  'not_yet',
  'subdivision_only',
  'country_not_covered',
  'pending',
  'ended',
  'registration_only',
  'missing',
  'notification_only',
]

export function serveOf(
  rows: readonly PermissionRow[],
  notices: readonly NoticeRow[],
  asked: ServeQuestion,
  ctx: ServeContext,
): Served {
  const adverse = notices.filter((notice) => reaches(notice, asked, ctx))
  const ban = adverse.filter(({ kind }) => kind === 'ban')
  if (ban.length > 0) return decided('no', 'banned', ban)
  if (adverse.length > 0) return decided('no', 'warned', adverse)
  const covering = rows.filter((row) => isLicensed(row) && missOf(row, asked) === undefined)
  if (covering.length > 0) return decided('yes', 'covered', covering)
  return nearestMiss(rows, asked, ctx) ?? withoutRow(ctx)
}

function decided(
  answer: Served['answer'],
  code: ServeCode,
  rows: readonly { readonly licence: Licence }[],
): Served {
  const decidedBy = rows.map(({ licence }) => licence)
  return { answer, code, decidedBy, dataset: decidedBy[0]?.dataset ?? null }
}

/** A warning or ban that is in force in the asked place; a measure may hit a licensed firm. */
function reaches(notice: NoticeRow, asked: ServeQuestion, ctx: ServeContext): boolean {
  if (!notice.isInForce || notice.kind === 'enforcement') return false
  const { country } = notice.licence
  return country !== null && (country === asked.country || ctx.areas.includes(country))
}

/** What the row lacks for a yes; undefined for a row that covers place and service. */
function missOf(row: PermissionRow, asked: ServeQuestion): ServeCode | undefined {
  const { licence, subdivision } = row
  // The home state always counts, named or not (VOCABULARY §6).
  const isThere = licence.country === asked.country || licence.countries.includes(asked.country)
  if (!isThere) return 'country_not_covered'
  if (subdivision !== null && subdivision !== asked.subdivision) return 'subdivision_only'
  if (asked.service === null) return undefined
  if (licence.services.includes(asked.service)) return undefined
  // Another regime's words, or an unreadable cell: what the letters would be is not known.
  const hasLetters = licence.services.some((service) => /^[a-j]$/.test(service))
  return hasLetters ? 'service_not_covered' : 'service_not_stated'
}

function codeOf(row: PermissionRow, asked: ServeQuestion): ServeCode {
  const { licence } = row
  if (licence.kind === 'notification') return 'notification_only'
  if (licence.status === 'unverified') return 'missing'
  if (isLicensed(row)) return missOf(row, asked) ?? 'covered'
  if (isRegistered(row)) return 'registration_only'
  if (licence.status === 'pending') {
    return licence.from !== null && licence.from > asked.day ? 'not_yet' : 'pending'
  }
  return licence.status === 'suspended' ? 'suspended' : 'ended'
}

function nearestMiss(
  rows: readonly PermissionRow[],
  asked: ServeQuestion,
  ctx: ServeContext,
): Served | undefined {
  let best: { code: ServeCode; row: PermissionRow; register: RegisterFacts } | undefined
  for (const row of rows) {
    const register = ctx.registers.get(row.licence.dataset)
    if (register === undefined) continue
    const code = codeOf(row, asked)
    if (best !== undefined && NEAREST.indexOf(best.code) <= NEAREST.indexOf(code)) continue
    best = { code, row, register }
  }
  if (best === undefined) {
    const papers = rows.filter(({ licence }) => licence.kind === 'notification')
    const isOnlyPapers = papers.length > 0 && papers.length === rows.length
    return isOnlyPapers && hasRead(ctx)
      ? decided('no_evidence', 'notification_only', papers)
      : undefined
  }
  const { code, row, register } = best
  if (SILENT.has(code)) return decided('no_evidence', code, [row])
  if (!register.isProven) return decided('no_evidence', 'register_unproven', [row])
  if (!register.isRead && !DATED.has(code))
    return decided('no_evidence', 'register_not_read', [row])
  return decided('no', code, [row])
}

function hasRead(ctx: ServeContext): boolean {
  return [...ctx.registers.values()].some(({ isRead }) => isRead)
}

/** No register that governs the country holds the firm: silence is no "no". */
function withoutRow(ctx: ServeContext): Served {
  const facts = [...ctx.registers.values()]
  const silent = (code: ServeCode): Served => {
    return { answer: 'no_evidence', code, decidedBy: [], dataset: null }
  }
  if (facts.length === 0) return silent('no_register')
  if (!facts.some(({ isRead }) => isRead)) return silent('register_not_read')
  if (!facts.some(({ isRead, isProven }) => isRead && isProven)) return silent('register_unproven')
  return silent('not_in_register')
}
