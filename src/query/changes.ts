import { AppError } from '../base/error.ts'
import type { IndexedRun } from '../index/port.ts'
import type { View } from '../index/view.ts'
import type { LedgerEventRow, LedgerReader } from '../ledger/read.ts'
import { ALERTS_DATASET } from '../model/alert.ts'
import { JOINS_DATASET } from '../model/join.ts'
import type { DatasetName } from '../model/statement.ts'
import { pageSize } from './search.ts'
import type { Session } from './session.ts'
import type { Change, ChangesAnswer } from './types.ts'

const CHANGES_USUAL = 100

export interface ChangesParams {
  readonly since: number
  readonly entity?: string | undefined
  readonly limit?: number | undefined
}

/** The correction feed. A dataset's first version is a baseline and no change (INTERFACE §3). */
export async function changesSince(
  session: Session,
  ledger: LedgerReader,
  params: ChangesParams,
): Promise<ChangesAnswer> {
  const { since } = params
  if (!Number.isSafeInteger(since) || since < 0) {
    throw new AppError('query.bad_since', 'A position in the log is a whole number from 0 on.', {
      status: 400,
    })
  }
  const limit = pageSize(params.limit, CHANGES_USUAL)
  const events =
    params.entity === undefined
      ? await changedEvents(session.view, ledger, { since, limit })
      : await entityEvents(session, ledger, { since, limit, entity: params.entity })
  const changes = await toChanges(ledger, events)
  return {
    changes,
    next: changes.at(-1)?.seq ?? since,
    head: session.view.seq,
    asOf: session.times.asOf,
  }
}

/** What is derived here: judgements stand beside entities, alerts have a stream of their own. */
const OWN: ReadonlySet<string> = new Set([JOINS_DATASET, ALERTS_DATASET])

/** Runs that may raise change events, in order. */
function changingRuns(view: View): IndexedRun[] {
  return (
    view.runs
      .map((run) => run.events)
      .filter((run) => run !== null)
      // A judgement of ours is no change of any source: an entity shows it beside what was said.
      .filter(({ isBaseline, dataset }) => !isBaseline && !OWN.has(dataset))
  )
}

async function changedEvents(
  view: View,
  ledger: LedgerReader,
  { since, limit }: { since: number; limit: number },
): Promise<LedgerEventRow[]> {
  const found: LedgerEventRow[] = []
  for (const run of changingRuns(view)) {
    if (run.seqTo <= since || run.seqFrom > view.seq) continue
    const from = Math.max(since, run.seqFrom - 1)
    const count = Math.min(run.seqTo - from, limit - found.length)
    if (count <= 0) break
    found.push(...(await ledger.events(from, count)))
  }
  return found
}

async function entityEvents(
  session: Session,
  ledger: LedgerReader,
  p: { since: number; limit: number; entity: string },
): Promise<LedgerEventRow[]> {
  const entity = await session.reader.entity(p.entity, session.times.seq)
  if (entity === undefined) return []
  const changing = new Set(changingRuns(session.view).map((run) => run.run))
  const events = await ledger.eventsOf(entity.evidence.map((item) => item.sid))
  return events
    .filter((e) => e.seq > p.since && e.seq <= session.times.seq && changing.has(e.run))
    .slice(0, p.limit)
}

async function toChanges(
  ledger: LedgerReader,
  events: readonly LedgerEventRow[],
): Promise<Change[]> {
  const statements = await ledger.statements(events.map((event) => event.sid))
  return events.map((event, i) => {
    const statement = statements[i]
    return {
      seq: event.seq,
      op: event.op,
      at: event.at,
      effective: event.effective,
      dataset: statement?.dataset ?? '',
      entity: statement?.entity ?? '',
      prop: statement?.prop ?? '',
      value: statement?.value ?? '',
      statement: event.statement,
      run: event.run,
    }
  })
}

/** Events of one run that are read for the licences among them. */
const RUN_EVENTS_MAX = 5_000
const LICENCE_CHANGES_MAX = 20

/** Licences that a register changed since a moment, the newest first. */
export async function licenceChanges(
  view: View,
  ledger: LedgerReader,
  p: { sinceMs: number; isRegister: (dataset: DatasetName) => boolean },
): Promise<Change[]> {
  const found: Change[] = []
  const sinceDay = new Date(p.sinceMs).toISOString().slice(0, 10)
  for (const run of changingRuns(view).reverse()) {
    if (Date.parse(run.at) < p.sinceMs || found.length >= LICENCE_CHANGES_MAX) break
    if (!p.isRegister(run.dataset)) continue
    const count = Math.min(run.seqTo - run.seqFrom + 1, RUN_EVENTS_MAX)
    const changes = await toChanges(ledger, await ledger.events(run.seqFrom - 1, count))
    // A version that was read late tells of old days: only what changed since then is news.
    found.push(...changes.filter((c) => c.prop === 'licence' && c.effective >= sinceDay).reverse())
  }
  return found.slice(0, LICENCE_CHANGES_MAX)
}
