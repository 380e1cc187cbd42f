import type { LedgerEventRow, LedgerReader } from '../ledger/read.ts'
import type { EntityId } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { TimedEntity, TimedEvidence } from './evidence.ts'
import { membersOf } from './firm-facts.ts'
import { runsById } from './provenance.ts'
import type { Session } from './session.ts'
import type { TimelineEvent } from './types.ts'

/** What tells most about an entity, for the line that says it was listed. */
const TELLING = ['listing', 'licence', 'warning', 'listed', 'tag', 'token', 'involved', 'name']
const SOURCE_DATES: ReadonlySet<string> = new Set(['listingDate', 'startDate', 'endDate'])
/** Events told of one entity: a row that flaps for years must not fill a page. */
const EVENTS_MAX = 1_000

/** What list versions changed about an entity, and the dates that the source itself gives. */
export async function timelineOf(
  session: Session,
  ledger: LedgerReader,
  id: EntityId,
): Promise<readonly TimelineEvent[] | undefined> {
  const { members } = await membersOf(session, id)
  if (members.length === 0) return undefined
  const told: TimelineEvent[] = []
  for (const entity of members) {
    const events = (await ledger.eventsOf(entity.evidence.map((item) => item.sid))).filter(
      (event) => event.seq <= session.times.seq,
    )
    told.push(...changesOf(session, entity, events), ...sourceDates(entity))
  }
  return told.sort((a, b) => order(a, b)).slice(-EVENTS_MAX)
}

function order(a: TimelineEvent, b: TimelineEvent): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1
  return a.kind === b.kind ? (a.prop < b.prop ? -1 : 1) : a.kind < b.kind ? -1 : 1
}

interface DayOfChange {
  readonly opened: TimedEvidence[]
  readonly closed: TimedEvidence[]
}

function changesOf(
  session: Session,
  entity: TimedEntity,
  events: readonly LedgerEventRow[],
): TimelineEvent[] {
  const days = new Map<Day, DayOfChange>()
  const at = (day: Day): DayOfChange => {
    let change = days.get(day)
    if (change === undefined) {
      change = { opened: [], closed: [] }
      days.set(day, change)
    }
    return change
  }
  for (const item of entity.evidence) {
    for (const { from, to } of item.intervals) {
      at(from).opened.push(item)
      if (to !== null) at(to).closed.push(item)
    }
  }
  const told: TimelineEvent[] = []
  const dataset = entity.evidence[0]?.source.dataset ?? ''
  let open = 0
  for (const day of [...days.keys()].sort()) {
    const change = at(day)
    const before = open
    open += change.opened.length - change.closed.length
    const source = { day, dataset, ...toldOn(session, events, day, change) }
    if (before === 0 && open > 0) told.push(whole(source, 'listed', change.opened))
    else if (before > 0 && open === 0) told.push(whole(source, 'delisted', change.closed))
    else told.push(...parts(source, change))
  }
  return told
}

type Source = Pick<TimelineEvent, 'day' | 'dataset' | 'version' | 'observedAt'>

/** The run that told of a day's change. */
function toldOn(
  session: Session,
  events: readonly LedgerEventRow[],
  day: Day,
  { opened, closed }: DayOfChange,
): Pick<TimelineEvent, 'version' | 'observedAt'> {
  const sids = new Set([...opened, ...closed].map((item) => item.sid))
  const event = events.find((e) => e.effective === day && sids.has(e.sid))
  const run = event && runsById(session.view).get(event.run)
  return { version: run?.run.version ?? null, observedAt: event?.at ?? null }
}

function whole(
  source: Source,
  kind: 'listed' | 'delisted',
  items: readonly TimedEvidence[],
): TimelineEvent {
  const telling = TELLING.map((prop) => items.find((item) => item.prop === prop)).find(
    (item) => item !== undefined,
  )
  const item = telling ?? items[0]
  const value = item?.value ?? null
  return {
    ...source,
    kind,
    prop: item?.prop ?? '',
    before: kind === 'delisted' ? value : null,
    after: kind === 'listed' ? value : null,
    statements: items.map(({ id }) => id),
  }
}

/** Values that went and values that came, paired by property. */
function parts(source: Source, { opened, closed }: DayOfChange): TimelineEvent[] {
  const told: TimelineEvent[] = []
  const props = new Set([...opened, ...closed].map((item) => item.prop))
  for (const prop of props) {
    const came = opened.filter((item) => item.prop === prop && !closed.includes(item))
    const went = closed.filter((item) => item.prop === prop && !opened.includes(item))
    for (let i = 0; i < Math.max(came.length, went.length); i++) {
      const before = went[i]
      const after = came[i]
      told.push({
        ...source,
        kind: 'changed',
        prop,
        before: before?.value ?? null,
        after: after?.value ?? null,
        statements: [before, after].filter((item) => item !== undefined).map(({ id }) => id),
      })
    }
  }
  return told
}

/** Dates that the source gives, whenever this instance was told of them. */
function sourceDates(entity: TimedEntity): TimelineEvent[] {
  const told: TimelineEvent[] = []
  for (const item of entity.evidence) {
    const base = {
      observedAt: null,
      kind: 'source_date' as const,
      before: null,
      dataset: item.source.dataset,
      version: null,
      statements: [item.id],
    }
    const say = (day: unknown, prop: string) => {
      if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return
      told.push({ ...base, day, prop, after: day })
    }
    if (SOURCE_DATES.has(item.prop)) say(item.value, item.prop)
    if (item.prop === 'licence') {
      say(item.json.from, 'licence.from')
      say(item.json.to, 'licence.to')
    }
    if (item.prop === 'warning') say(item.json.date, 'warning.date')
  }
  return told
}
