import type { EntityId } from '../model/statement.ts'
import type { Licence } from '../model/verdict.ts'
import { type FirmOnDay, labelOf } from '../score/firm/label.ts'
import { scoreOf } from '../score/firm/score.ts'
import { isLicensed } from '../score/firm/serve-rows.ts'
import { standingOf } from '../score/risk/validity.ts'
import type { TimedEntity } from './evidence.ts'
import { firmInSession, membersOf } from './firm-facts.ts'
import { namingMember } from './firm-find.ts'
import { historyOf } from './firm-history.ts'
import { firmLicences } from './firm-licences.ts'
import { serveTable } from './firm-table.ts'
import { sourceDateEvents } from './firm-timeline.ts'
import type { RegistryBook } from './registry-book.ts'
import type { BookEvent } from './registry-events.ts'
import { eventView } from './registry-feed.ts'
import type { FirmNote, FirmRef, FirmView, RegistryEvent } from './registry-types.ts'
import type { Datasets } from './serve.ts'
import type { Session } from './session.ts'

const NAMES: ReadonlySet<string> = new Set(['name', 'alias', 'weakAlias', 'previousName'])
const IDENTIFIERS: ReadonlySet<string> = new Set([
  'leiCode',
  'registrationNumber',
  'idNumber',
  'taxNumber',
  'swiftBic',
])
/** What of one firm is shown: a record that flaps for years must not fill a page. */
const EVENTS_MAX = 500
const NOTES_MAX = 200
const LICENCES_MAX = 500

export interface FirmParts {
  readonly datasets: Datasets
  readonly book: RegistryBook
  /** Every event between versions, oldest first, by the firm that it is about. */
  readonly events: readonly BookEvent[]
  readonly lang: string
}

/** A firm with everything that its records say; undefined for what is none. */
export async function firmView(
  session: Session,
  id: EntityId,
  parts: FirmParts,
): Promise<FirmView | undefined> {
  const { times } = session
  const { members, joins } = await membersOf(session, id)
  const isFirm = members.some(({ evidence }) =>
    evidence.some(({ prop }) => prop === 'licence' || prop === 'warning'),
  )
  const first = members[0]
  if (first === undefined || !isFirm) return undefined
  const firm = await firmInSession(session, { members, joins })
  const named = namingMember(members)
  const ref = { id: first.id, caption: named.caption }
  const label = labelOf(firm)
  const names = valuesOf(members, firm, NAMES)
  return {
    ...ref,
    schema: named.schema,
    aliases: names.filter((name) => name !== named.caption),
    countries: [...new Set([named, ...members].flatMap(({ countries }) => countries))],
    websites: valuesOf(members, firm, new Set(['website'])),
    identifiers: identifiersOf(members, firm),
    members: members.map((member) => memberOf(member, firm)),
    licences: licencesOf(firm, named.caption),
    serve: serveTable(session, parts.datasets, firm),
    label,
    score: scoreOf(firm, label),
    history: historyOf(firm.facts, times.day),
    timeline: await timelineOf(session, { members, firm }, ref, parts),
    notes: notesOf(session, members, firm, parts.lang),
    joins,
    asOf: times.asOf,
    knownAt: times.knownAt,
    notChecked: session.statuses.notChecked(datasetsOf(members)),
  }
}

function licencesOf(firm: FirmOnDay, caption: string): readonly Licence[] {
  return firmLicences(firm)
    .slice(0, LICENCES_MAX)
    .map((licence) => (licence.holder === '' ? { ...licence, holder: caption } : licence))
}

function datasetsOf(members: readonly TimedEntity[]): Set<string> {
  return new Set(members.map(({ evidence }) => evidence[0]?.source.dataset ?? ''))
}

/** What is held on the day; where nothing is, what was. */
function shownOf({ evidence }: TimedEntity, { day }: FirmOnDay): TimedEntity['evidence'] {
  const held = evidence.filter((item) => standingOf(item.intervals, day).state === 'active')
  return held.length > 0 ? held : evidence
}

function valuesOf(
  members: readonly TimedEntity[],
  firm: FirmOnDay,
  props: ReadonlySet<string>,
): string[] {
  const values = members
    .flatMap((member) => shownOf(member, firm))
    .filter(({ prop }) => props.has(prop))
    .map(({ value }) => value)
  return [...new Set(values)]
}

function identifiersOf(members: readonly TimedEntity[], firm: FirmOnDay): FirmView['identifiers'] {
  const found = new Map<string, FirmView['identifiers'][number]>()
  for (const { prop, value, id } of members.flatMap((member) => shownOf(member, firm))) {
    const key = `${prop} ${value}`
    if (IDENTIFIERS.has(prop) && !found.has(key)) found.set(key, { prop, value, statement: id })
  }
  return [...found.values()]
}

function memberOf(member: TimedEntity, { day }: FirmOnDay): FirmView['members'][number] {
  const source = member.evidence[0]?.source
  return {
    id: member.id,
    dataset: source?.dataset ?? '',
    datasetTitle: source?.title ?? '',
    schema: member.schema,
    caption: member.caption,
    isLive: member.evidence.some(({ intervals }) => standingOf(intervals, day).state === 'active'),
  }
}

async function timelineOf(
  session: Session,
  found: { readonly members: readonly TimedEntity[]; readonly firm: FirmOnDay },
  firm: FirmRef,
  { book, events, lang }: FirmParts,
): Promise<readonly RegistryEvent[]> {
  const { members } = found
  const { reader, renderer, times } = session
  const own = new Set(members.map(({ id }) => id))
  const told = events.filter(
    (event) => own.has(event.entity) && event.seq <= times.seq && event.day <= times.day,
  )
  const ports = { book, reader, renderer, lang }
  const views: RegistryEvent[] = []
  for (const event of told.slice(-EVENTS_MAX))
    views.push({ ...(await eventView(event, ports)), firm })
  // Rows of the starter that a register has replaced would say every day twice.
  const rows = found.firm.facts.evidence
  const dated = sourceDateEvents({ rows, firm, told, until: times.day, renderer, lang })
  return [...views, ...dated].sort(newestFirst).slice(0, EVENTS_MAX)
}

export function newestFirst(a: RegistryEvent, b: RegistryEvent): number {
  if (a.day !== b.day) return a.day > b.day ? -1 : 1
  return b.seq - a.seq || (a.id < b.id ? -1 : 1)
}

/** Defects of the rows that are shown, and that sources disagree. */
function notesOf(
  session: Session,
  members: readonly TimedEntity[],
  firm: FirmOnDay,
  lang: string,
): readonly FirmNote[] {
  const notes: FirmNote[] = []
  const inForce = firm.notices.filter(({ isInForce }) => isInForce)
  const licensed = firm.permissions.filter(isLicensed)
  const [notice] = inForce
  if (notice !== undefined && licensed.length > 0) {
    notes.push({
      code: 'sources_disagree',
      text: session.renderer.message(lang, 'firm.note.sources_disagree'),
      dataset: notice.licence.dataset,
      field: null,
      original: null,
      statements: [...inForce, ...licensed].map(({ evidence }) => evidence.id),
    })
  }
  for (const item of members.flatMap((member) => shownOf(member, firm))) {
    if (item.prop !== 'quality') continue
    const { code, field, original } = item.json
    notes.push({
      code: String(code),
      text: qualityText(session, lang, String(code)),
      dataset: item.source.dataset,
      field: typeof field === 'string' ? field : null,
      original: typeof original === 'string' ? original : null,
      statements: [item.id],
    })
  }
  return notes.slice(0, NOTES_MAX)
}

/** What the defect is, in words; a code without words of its own is a defect all the same. */
function qualityText({ renderer }: Session, lang: string, code: string): string {
  const key = `quality.${code}`
  const text = renderer.message(lang, key)
  return text === key ? renderer.message(lang, 'firm.note.quality') : text
}
