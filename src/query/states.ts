import { dayText } from '../index/span.ts'
import type { View, ViewRun } from '../index/view.ts'
import { type Dataset, isProven, maxAgeDays } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import { type Day, dayOf } from '../model/time.ts'
import type { DatasetState } from '../model/verdict.ts'
import type { ResolvedTimes } from './times.ts'

/** How a dataset stands at two times, and which of its versions speaks. */
export interface DatasetStatus {
  readonly state: DatasetState
  /** A stable code, `reason.<code>` in the locale files; null for a current one. */
  readonly reason: string | null
  /** The version that governs: the newest complete one not after `asOf`. */
  readonly run: ViewRun | null
  readonly ageSeconds: number | null
  /** The newest version not after `asOf`, complete or not. */
  readonly newest: ViewRun | null
}

const DAY_MS = 86_400_000

/** `current` means age ≤ `max_age`, by the list's own date (INTERFACE §3 "Freshness"). */
export function statusOf(
  view: View,
  name: DatasetName,
  dataset: Dataset | undefined,
  times: ResolvedTimes,
): DatasetStatus {
  const runs = knownRuns(view, name, times)
  const failure = failureOf(view, name, runs, times)
  const newest = runs.at(-1)
  if (newest === undefined) {
    if (dataset === undefined) return never('no_connector')
    if (failure !== undefined) return { ...never('never_succeeded'), state: failure.state }
    return never(dataset.enabled ? 'not_synced' : 'disabled')
  }
  const found = governingRun(runs, times)
  if (found === undefined) return never('no_version_that_old')
  const { run } = found
  const ageSeconds = ageOf(run, times)
  const newestThen = newestBefore(runs, times.asOfMs) ?? undatedOf(runs) ?? run
  const base = { run, ageSeconds, newest: newestThen }
  // A failed attempt is about the newest version; an older day asks for an older one.
  const isNewest = newest.publishedMs === null || newest.publishedMs <= times.asOfMs
  if (failure !== undefined && isNewest) return { ...base, ...failure }
  const reason = staleness(dataset, runs, found.isComplete, ageSeconds)
  return reason === null
    ? { ...base, state: 'current', reason }
    : { ...base, state: 'stale', reason }
}

/** Why a version that was read does not answer "not listed"; null when it does. */
function staleness(
  dataset: Dataset | undefined,
  runs: readonly ViewRun[],
  isComplete: boolean,
  ageSeconds: number | null,
): string | null {
  // What was printed stays printed: a publication is asked for no list that it could be behind of.
  if (dataset?.kind === 'news') return null
  const proofs = runs.map(({ run }) => run)
  if (!isProven(dataset, proofs)) return 'unproven'
  const maxAge = dataset === undefined ? 7 : maxAgeDays(dataset)
  const isOld = ageSeconds !== null && ageSeconds * 1000 > maxAge * DAY_MS
  // The newest entries only: however young, they are silent about what is older.
  if (dataset?.window === true) return isOld ? 'stale' : 'window'
  // A rate sheet is whole by itself: one day's sheet never was to hold the others.
  if (!isComplete && dataset?.kind !== 'rates') return 'incomplete'
  if (ageSeconds === null) return 'no_date'
  if (isOld) return 'stale'
  // Statements of a dataset that this installation no longer knows still speak, marked.
  return dataset === undefined ? 'removed' : null
}

function never(reason: string): DatasetStatus {
  return { state: 'never_fetched', reason, run: null, ageSeconds: null, newest: null }
}

function knownRuns(view: View, name: DatasetName, times: ResolvedTimes): readonly ViewRun[] {
  const runs = view.runsOf.get(name) ?? []
  const last = runs.at(-1)
  if (last === undefined || last.atMs <= times.knownMs) return runs
  return runs.filter((run) => run.atMs <= times.knownMs)
}

/** The newest attempt, when it failed after the last good version; the version keeps speaking. */
function failureOf(
  view: View,
  name: DatasetName,
  runs: readonly ViewRun[],
  times: ResolvedTimes,
): { state: 'failed' | 'blocked'; reason: string } | undefined {
  const attempt = view.attempts.get(name)
  if (attempt === undefined || Date.parse(attempt.at) > times.knownMs) return undefined
  if (Date.parse(attempt.at) < (runs.at(-1)?.atMs ?? 0)) return undefined
  if (attempt.state === 'failed') return { state: 'failed', reason: 'failed' }
  if (attempt.state === 'blocked') return { state: 'blocked', reason: 'blocked' }
  return undefined
}

/**
 * The newest complete version not after `asOf`. A version that tells the days of its entries also
 * speaks for days before its own. Files of mixed vintage count as old as their oldest part: an
 * incomplete version never governs while a complete one does.
 */
function governingRun(
  runs: readonly ViewRun[],
  times: ResolvedTimes,
): { run: ViewRun; isComplete: boolean } | undefined {
  const complete = runs.filter((run) => run.run.complete)
  const run = newestBefore(complete, times.asOfMs) ?? undatedOf(complete)
  if (run !== undefined) return { run, isComplete: true }
  const teller = complete.find((candidate) => firstDayOf(candidate) <= times.day)
  if (teller !== undefined) return { run: teller, isComplete: true }
  const part = newestBefore(runs, times.asOfMs) ?? undatedOf(runs)
  return part && { run: part, isComplete: false }
}

function newestBefore(runs: readonly ViewRun[], asOfMs: number): ViewRun | undefined {
  let found: ViewRun | undefined
  for (const run of runs) {
    if (run.publishedMs === null || run.publishedMs > asOfMs) continue
    // Of two versions with one date the later commit is the corrected one.
    if (found === undefined || run.publishedMs >= (found.publishedMs ?? 0)) found = run
  }
  return found
}

function undatedOf(runs: readonly ViewRun[]): ViewRun | undefined {
  return runs.findLast((run) => run.publishedMs === null)
}

function firstDayOf(run: ViewRun): Day {
  const min = run.events?.effectiveMin
  return min === null || min === undefined ? '9999-12-31' : dayText(min)
}

/** Never from `fetchedAt`. A version that tells of earlier days is not old on those days. */
function ageOf(run: ViewRun, times: ResolvedTimes): number | null {
  if (run.publishedMs === null) return null
  return Math.max(0, Math.floor((times.asOfMs - run.publishedMs) / 1000))
}

/** The day of a version, as sentences name it. */
export function versionDayOf(run: ViewRun): Day | null {
  return run.run.publishedAt === null ? null : dayOf(run.run.publishedAt)
}
