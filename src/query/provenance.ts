import type { View, ViewRun } from '../index/view.ts'
import type { LedgerEventRow, LedgerReader } from '../ledger/read.ts'
import type { RunId } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Interval } from '../score/risk/types.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { TimedEvidence } from './evidence.ts'
import type { StatementView } from './types.ts'

const runMaps = new WeakMap<View, ReadonlyMap<RunId, ViewRun>>()

/** Runs of a view by id. */
export function runsById(view: View): ReadonlyMap<RunId, ViewRun> {
  let map = runMaps.get(view)
  if (map === undefined) {
    map = new Map(view.runs.map((run) => [run.run.id, run]))
    runMaps.set(view, map)
  }
  return map
}

/** The first assertion of each statement: when and where this instance was told. */
export async function firstAsserts(
  ledger: LedgerReader,
  sids: readonly number[],
): Promise<ReadonlyMap<number, LedgerEventRow>> {
  const first = new Map<number, LedgerEventRow>()
  for (const event of await ledger.eventsOf(sids)) {
    if (event.op === 'assert' && !first.has(event.sid)) first.set(event.sid, event)
  }
  return first
}

export interface StatementPorts {
  readonly ledger: LedgerReader
  readonly view: View
  readonly day: Day
}

/** Statements with everything that proves them, in the order given. */
export async function statementViews(
  evidence: readonly TimedEvidence[],
  { ledger, view, day }: StatementPorts,
): Promise<StatementView[]> {
  const first = await firstAsserts(
    ledger,
    evidence.map((item) => item.sid),
  )
  const runs = runsById(view)
  const views: StatementView[] = []
  for (const item of evidence) {
    const event = first.get(item.sid)
    const run = event && runs.get(event.run)
    if (event === undefined || run === undefined) continue
    const interval = intervalOn(item.intervals, day)
    views.push({
      id: item.id,
      dataset: item.source.dataset,
      entity: item.entity,
      prop: item.prop,
      value: item.value,
      original: item.original,
      lang: item.lang,
      run: event.run,
      version: run.run.version,
      publishedAt: run.run.publishedAt,
      observedAt: event.at,
      row: event.row,
      sourceUrl: run.run.url ?? item.source.page,
      from: interval?.from ?? null,
      to: interval?.to ?? null,
      isLive: standingOf(item.intervals, day).state === 'active',
    })
  }
  return views
}

/** The interval that a day falls in, else the last one before it, else the first. */
function intervalOn(intervals: readonly Interval[], day: Day): Interval | undefined {
  const begun = intervals.filter((interval) => interval.from <= day)
  return begun.findLast(({ to }) => to === null || to > day) ?? begun.at(-1) ?? intervals[0]
}
