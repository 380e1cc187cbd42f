import { LIMITS } from '../base/limits.ts'
import type { Checkpoint } from '../ledger/read.ts'
import { type QueryReading, recognise } from '../model/identifier.ts'
import type { CheckpointView, Licence, Reading, Verdict } from '../model/verdict.ts'
import { NAME_FINDING } from '../score/risk/name.ts'
import { withQualifiers } from '../score/risk/qualified.ts'
import { judge, RULESET, ranked, verdictOf } from '../score/risk/rules.ts'
import type { FindingDraft, RuleContext } from '../score/risk/types.ts'
import type { Checks } from './checks.ts'
import { cloneFindings } from './clones.ts'
import { summaryOf as entitySummary, findingOf } from './findings.ts'
import { firmProfile } from './firm-profile.ts'
import { helpFor } from './help.ts'
import { hitsByKey, hitsByName, isUnknownToBook, type TimedHit } from './hits.ts'
import { isProtected, resemblances, symbolResemblance } from './protection.ts'
import { loweredOf, withLowered } from './qualify.ts'
import type { Session } from './session.ts'
import { versionDayOf } from './states.ts'
import { summaryOf } from './summary.ts'
import type { AskedQualifiers } from './types.ts'

export interface CheckQuery extends AskedQualifiers {
  readonly q: string
  readonly country?: string | undefined
  readonly service?: string | undefined
  readonly lang: string
}

/** What one check gives: the verdict without what a batch says once. */
export interface Checkout {
  readonly verdict: Verdict
  readonly checks: Checks
}

/**
 * One verdict from one view. Never throws for what a user may type, except `query.empty` and
 * `query.too_long`.
 */
export async function checkOne(session: Session, query: CheckQuery): Promise<Checkout> {
  const { readings } = recognise(query.q)
  const first = readings[0] as QueryReading
  const fuzzy = fuzzyReading(readings)
  const host = readings.find((reading) => reading.host !== undefined)?.host
  const isProtectedHost = host !== undefined && (await isProtected(session, host))
  const ctx = ruleContext(session, query, isProtectedHost)
  const hits = await hitsOf(session, readings, fuzzy)
  const judged = judge(hits, ctx)
  const lowered = loweredOf(hits, query)
  const drafts = [...withQualifiers(judged.findings, lowered)]
  if (host !== undefined && !isProtectedHost && !isAllowed(hits)) {
    drafts.push(...(await resemblances(session, host)))
  }
  if (host === undefined) drafts.push(...(await symbolResemblance(session, readings)))
  const isKnownHost = isProtectedHost || isAllowed(hits)
  drafts.push(...(await cloneFindings(session, { readings, hits, host, isKnownHost, drafts })))
  if (hits.length === 0 && drafts.length === 0) return silent(session, query, readings)
  const found = { readings, first, hits: withLowered(hits, lowered), ctx, judged }
  return answer(session, query, { ...found, drafts: ranked(drafts) })
}

/** A name is looked for by likeness, unless the text is a site: then only the same name counts. */
function fuzzyReading(readings: readonly QueryReading[]): QueryReading | undefined {
  if (readings.some((reading) => reading.host !== undefined)) return undefined
  return readings.find((reading) => reading.name !== undefined)
}

async function hitsOf(
  session: Session,
  readings: readonly QueryReading[],
  fuzzy: QueryReading | undefined,
): Promise<readonly TimedHit[]> {
  const { view, times } = session
  const ports = { reader: session.reader, view, seq: times.seq }
  const hits = isUnknownToBook(readings, view) ? [] : await hitsByKey(ports, readings)
  if (fuzzy !== undefined) hits.push(...(await hitsByName(ports, fuzzy)))
  return hits
}

function isAllowed(hits: readonly TimedHit[]): boolean {
  return hits.some((hit) => hit.evidence.prop === 'allow')
}

export function ruleContext(
  session: Session,
  query: Pick<CheckQuery, 'country' | 'service'>,
  isProtectedHost: boolean,
): RuleContext {
  const { statuses, times, rules } = session
  return {
    day: times.day,
    governing(dataset) {
      const { run } = statuses.of(dataset)
      return run === null ? undefined : { day: versionDayOf(run), version: run.run.version }
    },
    newestDay(dataset) {
      const { newest } = statuses.of(dataset)
      return newest === null ? undefined : versionDayOf(newest)
    },
    isProtectedHost,
    authorities: rules.authorities,
    country: query.country?.toUpperCase(),
    service: query.service?.toLowerCase(),
  }
}

interface Found {
  readonly readings: readonly QueryReading[]
  readonly first: QueryReading
  readonly hits: readonly TimedHit[]
  readonly drafts: readonly FindingDraft[]
  readonly ctx: RuleContext
  readonly judged: { readonly licences: readonly Licence[] }
}

async function answer(session: Session, query: CheckQuery, found: Found): Promise<Checkout> {
  const { view, renderer, rules, statuses } = session
  const { readings, first, hits, drafts, ctx, judged } = found
  const shown = drafts.slice(0, LIMITS.findingsMax)
  const findings = shown.map((draft) => findingOf(draft, { view, renderer, ctx, lang: query.lang }))
  const best = bestPerEntity(hits)
  const country = firmCountry(best)
  const own = statuses.checks(first.kind, needsCountry(first) ? country : null)
  const checks = statuses.withDatasets(
    own,
    drafts.map((draft) => draft.source.dataset),
  )
  const verdict = verdictOf(drafts, checks.coverage === 'complete')
  const entities = best.slice(0, LIMITS.entitiesMax)
  const profile = await firmProfile(session, best, ctx)
  const rows = [...judged.licences, ...profile.rowsBeside(judged.licences)]
  const licences = rows.slice(0, LIMITS.findingsMax)
  const firms = profile.firms.slice(0, LIMITS.entitiesMax).map(summaryOfHit)
  const said = { verdict, coverage: checks.coverage, findings, licences, checks }
  return {
    checks,
    verdict: {
      ...head(session, query, readings),
      subjects: subjectsOf(readings, best),
      verdict,
      coverage: checks.coverage,
      summary: summaryOf({ ...said, rules, renderer, lang: query.lang }),
      findings,
      checked: checks.checked,
      notChecked: checks.notChecked,
      entities: entities.map(summaryOfHit),
      firms,
      licences,
      score: profile.score,
      label: profile.label,
      help: helpFor({ findings }, query.country ?? null),
    },
  }
}

/** Nothing is known of the subject: most answers, and made from what all of them share. */
function silent(session: Session, query: CheckQuery, readings: readonly QueryReading[]): Checkout {
  const kind = (readings[0] as QueryReading).kind
  const checks = session.statuses.checks(kind, null)
  const verdict = verdictOf([], checks.coverage === 'complete')
  return {
    checks,
    verdict: {
      ...head(session, query, readings),
      subjects: subjectsOf(readings, []),
      verdict,
      coverage: checks.coverage,
      summary: session.silence(checks, verdict, query.lang),
      findings: NONE,
      checked: checks.checked,
      notChecked: checks.notChecked,
      entities: NONE,
      firms: NONE,
      licences: NONE,
      help: NONE,
    },
  }
}

const NONE: readonly never[] = Object.freeze([])

function head(session: Session, query: CheckQuery, readings: readonly QueryReading[]) {
  const { times } = session
  return {
    query: query.q,
    kind: (readings[0] as QueryReading).kind,
    readings: readings.map(publicReading),
    score: null,
    label: null,
    asOf: times.asOf,
    knownAt: times.knownAt,
    ruleset: RULESET,
    checkpoint: session.checkpoint,
  }
}

function publicReading({ kind, subject, form, chains, checksum }: QueryReading): Reading {
  return { kind, subject, form, chains, checksum }
}

/** CAIP ids, hosts and numbers as read, then the entities that the answer is about. */
function subjectsOf(
  readings: readonly QueryReading[],
  best: readonly TimedHit[],
): readonly string[] {
  const subjects = new Set(readings.map((reading) => reading.subject))
  for (const hit of best) {
    const isMeant = hit.how !== 'name' || hit.match.score >= NAME_FINDING
    if (isMeant && hit.entity !== null) subjects.add(hit.entity.id)
    if (subjects.size >= LIMITS.entitiesMax) break
  }
  return [...subjects]
}

/** Each entity once, by its surest hit, the likeliest first; the starter after all others. */
function bestPerEntity(hits: readonly TimedHit[]): readonly TimedHit[] {
  const best = new Map<string, TimedHit>()
  for (const hit of hits) {
    if (hit.entity === null) continue
    const known = best.get(hit.entity.id)
    if (known === undefined || hit.match.score > known.match.score) best.set(hit.entity.id, hit)
  }
  const isStarter = (hit: TimedHit) => Number(hit.evidence.source.kind === 'starter')
  return [...best.values()].sort(
    (a, b) => b.match.score - a.match.score || isStarter(a) - isStarter(b),
  )
}

function summaryOfHit(hit: TimedHit) {
  const { how, match } = hit
  const summary = entitySummary(hit.entity as NonNullable<TimedHit['entity']>, match.score)
  return how === 'name' ? { ...summary, match } : summary
}

function needsCountry(reading: QueryReading): boolean {
  return reading.kind === 'name' || reading.kind === 'lei' || reading.kind === 'licence'
}

/** The home of the firm that the answer is about: its register is what must have been read. */
function firmCountry(best: readonly TimedHit[]): string | null {
  for (const hit of best) {
    if (hit.how === 'name' && hit.match.score < NAME_FINDING) continue
    const country = hit.entity?.countries[0]
    if (country !== undefined) return country
  }
  return null
}

export function checkpointView(checkpoint: Checkpoint | undefined): CheckpointView | null {
  if (checkpoint === undefined) return null
  const { origin, size, root, note } = checkpoint
  return { origin, size, root, note }
}
