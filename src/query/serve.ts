import { AppError } from '../base/error.ts'
import { type Dataset, isProven } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { DatasetState, Licence, NotChecked } from '../model/verdict.ts'
import type { FirmOnDay } from '../score/firm/label.ts'
import {
  type RegisterFacts,
  type ServeContext,
  type Served,
  type ServeQuestion,
  serveOf,
} from '../score/firm/serve.ts'
import type { MessageParam } from '../score/risk/types.ts'
import { type CoverageRules, registersOf } from './coverage.ts'
import { firmInSession } from './firm-facts.ts'
import { type FoundFirm, findFirms, namingMember } from './firm-find.ts'
import { firmLicences } from './firm-licences.ts'
import type { Said, ServeAnswer, ServeFirm, ServeParams, ServeRegister } from './registry-types.ts'
import type { Session } from './session.ts'
import { versionDayOf } from './states.ts'

export type Datasets = ReadonlyMap<DatasetName, Dataset>

const DEFAULT_LANG = 'en'
const SERVICE = /^[a-j]$/
const PLACE = /^([A-Z]{2})(?:-[A-Z0-9]{1,3})?$/
/** The authorities of the Union speak for the whole of the area; MiCA holds in all of it. */
const AREAS: Readonly<Record<string, readonly string[]>> = { EEA: ['EU'] }
/** MiCA Art. 143(3): national law may have let firms go on until this day without a licence. */
const TRANSITION_END = '2026-07-01'
/** Firms that fit the asked name nearly as well as the best one. */
const NEAR = 0.1

interface Candidate {
  readonly found: FoundFirm
  readonly firm: FirmOnDay
  readonly served: Served
}

/**
 * May this firm serve here? (INTERFACE §7, docs/method/serve.md). Throws `serve.bad_country` and
 * `serve.bad_service` for what is no code.
 */
export async function serveCheck(
  session: Session,
  datasets: Datasets,
  params: ServeParams,
): Promise<ServeAnswer> {
  const asked = questionOf(session, params)
  const ctx = contextOf(session, datasets, asked)
  const candidates: Candidate[] = []
  for (const found of await findFirms(session, params.firm)) {
    const firm = await firmInSession(session, found)
    candidates.push({ found, firm, served: serveOf(firm.permissions, firm.notices, asked, ctx) })
  }
  const best = bestOf(candidates, ctx)
  return answerOf(session, datasets, { params, asked, ctx, candidates, best })
}

function questionOf(session: Session, params: ServeParams): ServeQuestion {
  const place = params.country.trim().toUpperCase()
  const country = PLACE.exec(place)?.[1]
  if (country === undefined) {
    const message = 'A country is two letters (DE), a part of one has its code behind (US-NY).'
    throw new AppError('serve.bad_country', message, { status: 400 })
  }
  const service = params.service?.trim().toLowerCase()
  if (service !== undefined && !SERVICE.test(service)) {
    throw new AppError('serve.bad_service', 'A service is one letter from a to j (MiCA).', {
      status: 400,
    })
  }
  return {
    // `EL` is how the Union writes Greece.
    country: country === 'EL' ? 'GR' : country,
    subdivision: place === country ? null : place,
    service: service ?? null,
    day: session.times.day,
  }
}

/** The registers that govern the country: by docs/method/coverage.json, and its own authorities'. */
export function governingRegisters(
  rules: CoverageRules,
  datasets: Datasets,
  country: string,
): readonly DatasetName[] {
  const own = [...datasets.values()]
    .filter(({ kind, authority }) => kind === 'register' && authority.country === country)
    .map(({ name }) => name)
  return [...new Set([...registersOf(rules, country), ...own])].sort()
}

export function contextOf(
  session: Session,
  datasets: Datasets,
  { country }: Pick<ServeQuestion, 'country'>,
): ServeContext {
  const { rules, statuses } = session
  const registers = new Map<DatasetName, RegisterFacts>()
  for (const name of governingRegisters(rules, datasets, country)) {
    // A dataset that is switched off and was never read is no register of this installation.
    const { run } = statuses.of(name)
    if (run === null && datasets.get(name)?.enabled !== true) continue
    registers.set(name, { isRead: run !== null, isProven: hasProof(session, datasets, name) })
  }
  return { registers, areas: areasOf(rules, country) }
}

/** Whether the connector had read a live file by then. */
export function hasProof({ view, times }: Session, datasets: Datasets, name: DatasetName): boolean {
  const runs = (view.runsOf.get(name) ?? []).filter(({ atMs }) => atMs <= times.knownMs)
  return isProven(
    datasets.get(name),
    runs.map(({ run }) => run),
  )
}

function areasOf(rules: CoverageRules, country: string): readonly string[] {
  return Object.entries(rules.registers.groups).flatMap(([group, members]) =>
    members.split(' ').includes(country) ? (AREAS[group] ?? []) : [],
  )
}

/** Of firms that fit about equally, the one that a register of the asked place holds. */
function bestOf(candidates: readonly Candidate[], ctx: ServeContext): Candidate | undefined {
  const top = candidates[0]?.found.score ?? 0
  const near = candidates.filter(({ found }) => found.score >= top - NEAR)
  const rank = ({ firm, served }: Candidate) => {
    if (served.answer === 'yes') return 0
    if (firm.permissions.some(({ licence }) => ctx.registers.has(licence.dataset))) return 1
    return served.answer === 'no' ? 2 : 3
  }
  return near.toSorted((a, b) => rank(a) - rank(b))[0]
}

interface Found {
  readonly params: ServeParams
  readonly asked: ServeQuestion
  readonly ctx: ServeContext
  readonly candidates: readonly Candidate[]
  readonly best: Candidate | undefined
}

function answerOf(session: Session, datasets: Datasets, found: Found): ServeAnswer {
  const { params, asked, ctx, candidates, best } = found
  const { times, statuses } = session
  const lang = params.lang ?? DEFAULT_LANG
  const code = best?.served.code ?? 'firm_unknown'
  const deciding = best?.served.dataset ?? firstRead(session, ctx)
  const status = deciding === null ? null : statuses.of(deciding)
  const version = status?.run?.run.version ?? status?.newest?.run.version ?? null
  const caption = best === undefined ? null : namingMember(best.found.members).caption
  const param = sentenceParams(session, found, { caption, deciding })
  return {
    query: params.firm,
    firm: best === undefined || caption === null ? null : { id: best.found.id, caption },
    country: asked.subdivision ?? asked.country,
    service: asked.service,
    answer: best?.served.answer ?? 'no_evidence',
    reason: session.renderer.text(lang, { key: `serve.reason.${code}`, params: param }),
    reasonCode: code,
    decidedBy: best?.served.decidedBy ?? [],
    registerVersion: version,
    state: status?.state ?? 'never_fetched',
    registers: [...ctx.registers].map(([name, facts]) =>
      registerRow(session, datasets, name, facts, best),
    ),
    licences: best === undefined ? [] : firmLicences(best.firm),
    notes: notesOf(session, found, lang),
    firms: candidates.map(firmRow),
    asOf: times.asOf,
    knownAt: times.knownAt,
    notChecked: notCheckedOf(session, ctx),
  }
}

function firstRead(session: Session, ctx: ServeContext): DatasetName | null {
  for (const name of ctx.registers.keys()) {
    if (session.statuses.of(name).run !== null) return name
  }
  return ctx.registers.keys().next().value ?? null
}

/** What the sentences name; every message takes what it needs of it. */
function sentenceParams(
  session: Session,
  { asked, best, params }: Found,
  p: { caption: string | null; deciding: DatasetName | null },
): Record<string, MessageParam> {
  const row = best?.served.decidedBy[0]
  const newest = p.deciding === null ? null : session.statuses.of(p.deciding).newest
  const day = newest === null || newest === undefined ? null : versionDayOf(newest)
  const { title } = session.reader.source(p.deciding ?? '')
  return {
    firm: p.caption ?? params.firm,
    country: { country: asked.country },
    place: row === undefined ? '' : (partOf(best, row) ?? row.country ?? ''),
    service: asked.service ?? '',
    regulator: row?.regulator ?? '',
    word: row?.regulatorWord ?? '',
    from: row?.from == null ? '' : { day: row.from },
    to: row?.to == null ? '' : { day: row.to },
    register: p.deciding === null ? '' : title,
    version: day === null ? '' : { day },
  }
}

function partOf(best: Candidate | undefined, row: Licence): string | null {
  const own = best?.firm.permissions.find(({ licence }) => licence === row)
  return own?.subdivision ?? null
}

function registerRow(
  session: Session,
  datasets: Datasets,
  name: DatasetName,
  { isProven }: RegisterFacts,
  best: Candidate | undefined,
): ServeRegister {
  const { run, state, ageSeconds } = session.statuses.of(name)
  return {
    dataset: name,
    title: datasets.get(name)?.title ?? name,
    version: run?.run.version ?? null,
    publishedAt: run?.run.publishedAt ?? null,
    ageSeconds,
    state,
    isProven,
    hasFirm: best?.firm.permissions.some(({ licence }) => licence.dataset === name) ?? false,
  }
}

function notCheckedOf(session: Session, ctx: ServeContext): readonly NotChecked[] {
  return session.statuses.notChecked(ctx.registers.keys())
}

function firmRow({ found, served }: Candidate): ServeFirm {
  const named = namingMember(found.members)
  return {
    id: found.id,
    schema: named.schema,
    caption: named.caption,
    score: found.score,
    dataset: named.evidence[0]?.source.dataset ?? '',
    countries: [...new Set(found.members.flatMap(({ countries }) => countries))],
    answer: served.answer,
    reasonCode: served.code,
  }
}

/** What every answer says, and what this one must add. */
function notesOf(session: Session, { asked, ctx, best }: Found, lang: string): readonly Said[] {
  const codes = ['not_advice']
  const isEu = ctx.areas.includes('EU')
  if (isEu) codes.push('own_initiative')
  if (isEu && asked.day < TRANSITION_END) codes.push('transition')
  const rows = best?.firm.permissions ?? []
  const held = rows.map(({ licence }) => licence)
  const answersByPart = rows.some(
    ({ subdivision, licence }) => subdivision !== null && licence.country === asked.country,
  )
  if (held.some(({ kind }) => kind === 'registration')) codes.push('registration')
  if (held.some(({ kind }) => kind === 'notification')) codes.push('white_paper')
  if (answersByPart) codes.push('subdivision')
  if (best?.firm.notices.some(({ isInForce }) => isInForce) === true) codes.push('contradiction')
  const state = stateOf(session, ctx)
  if (state !== null) codes.push(state)
  return codes.map((code) => ({ code, text: session.renderer.message(lang, `serve.note.${code}`) }))
}

/** Age never changes the answer; it is stated. */
function stateOf(session: Session, ctx: ServeContext): string | null {
  const states = [...ctx.registers.keys()].map((name) => session.statuses.of(name))
  const read = states.filter(({ run }) => run !== null)
  const isOld = (state: DatasetState) => state !== 'current'
  return read.length > 0 && read.every(({ state }) => isOld(state)) ? 'stale' : null
}
