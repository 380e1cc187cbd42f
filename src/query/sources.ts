import type { View, ViewRun } from '../index/view.ts'
import type { Attempt } from '../ledger/read.ts'
import { type Dataset, isProven, maxAgeDays } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { DatasetState } from '../model/verdict.ts'
import type { Session } from './session.ts'
import type { SourceRow } from './types.ts'

/** Every dataset with its age, its state and what went wrong last. */
export function sourceRows(
  session: Session,
  datasets: ReadonlyMap<DatasetName, Dataset>,
): readonly SourceRow[] {
  return [...datasets.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((dataset) => sourceRow(session, dataset))
}

function sourceRow({ view, statuses }: Session, dataset: Dataset): SourceRow {
  const { state, reason, run, ageSeconds } = statuses.of(dataset.name)
  const runs = view.runsOf.get(dataset.name) ?? []
  const newest = runs.at(-1)
  const attempt = view.attempts.get(dataset.name)
  const count = view.counts.get(dataset.name)
  return {
    dataset: dataset.name,
    title: dataset.title,
    summary: dataset.summary,
    authority: dataset.authority,
    kind: dataset.kind,
    licence: dataset.licence,
    cadence: dataset.cadence,
    page: dataset.page,
    isEnabled: dataset.enabled,
    proven: isProven(
      dataset,
      runs.map(({ run }) => run),
    ),
    isWindow: dataset.window,
    gaps: gapsOf(runs),
    liveUrls: dataset.live.map((entry) => entry.url),
    liveNote: dataset.liveNote ?? null,
    state,
    reason,
    version: run?.run.version ?? null,
    publishedAt: run?.run.publishedAt ?? null,
    ageSeconds,
    maxAgeSeconds: maxAgeDays(dataset) * 86_400,
    lastSuccessAt: lastSuccess(attempt, newest?.run.at ?? null),
    lastAttemptAt: attempt?.at ?? newest?.run.at ?? null,
    lastError: lastError(attempt),
    counts: {
      entities: count?.entities ?? 0,
      statements: count?.statements ?? 0,
      versions: runs.length,
    },
    notes: newest?.run.notes ?? {},
  }
}

/** Times at which a list of the newest entries had moved past what was held: some went by unread. */
function gapsOf(runs: readonly ViewRun[]): SourceRow['gaps'] {
  const gaps = runs.filter(({ run }) => (run.notes.window_gap ?? 0) > 0)
  return { count: gaps.length, lastAt: gaps.at(-1)?.run.at ?? null }
}

function lastSuccess(attempt: Attempt | undefined, newest: string | null): string | null {
  if (attempt?.state === 'ok' || attempt?.state === 'unchanged') return attempt.at
  return newest
}

function lastError(attempt: Attempt | undefined): SourceRow['lastError'] {
  if (attempt === undefined || attempt.code === null) return null
  if (attempt.state !== 'failed' && attempt.state !== 'blocked') return null
  return { code: attempt.code, message: attempt.message ?? '' }
}

/** How many datasets are in each state. */
export function stateCounts(
  session: Session,
  datasets: ReadonlyMap<DatasetName, Dataset>,
): Readonly<Record<DatasetState, number>> {
  const counts = { current: 0, stale: 0, failed: 0, blocked: 0, never_fetched: 0 }
  for (const { name, kind } of datasets.values()) {
    // What is derived here is no list that could be stale or missing.
    if (kind !== 'joins') counts[session.statuses.of(name).state] += 1
  }
  return counts
}

/** The dataset that was committed last. */
export function newestOf(
  view: View,
  datasets: ReadonlyMap<DatasetName, Dataset>,
): { dataset: DatasetName; title: string; at: string } | null {
  const last = view.runs.findLast(({ run }) => datasets.get(run.dataset)?.kind !== 'joins')
  const run = last?.run
  if (run === undefined) return null
  return {
    dataset: run.dataset,
    title: datasets.get(run.dataset)?.title ?? run.dataset,
    at: run.at,
  }
}
