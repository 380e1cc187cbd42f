import { localeFor } from '../i18n/catalogue.ts'
import { countryName } from '../i18n/format.ts'
import type { EntityId } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Licence } from '../model/verdict.ts'
import { noticesOn } from '../score/firm/serve-rows.ts'
import { licenceOf } from '../score/risk/licence.ts'
import type { Interval, MessageParam } from '../score/risk/types.ts'
import type { EvidenceReader } from './evidence.ts'
import type { BookRow, RegistryBook } from './registry-book.ts'
import { type BookEvent, bookEvents } from './registry-events.ts'
import type { EventRow, FirmRef, RegistryEvent } from './registry-types.ts'
import type { Renderer } from './render.ts'

/**
 * Events of a book, each once, without what a defect of the file explains: a cell that the version
 * could only read in part has lost nothing, and a code that is no country was never won.
 */
export async function provenEvents(
  book: RegistryBook,
  reader: EvidenceReader,
): Promise<readonly BookEvent[]> {
  const events: BookEvent[] = []
  const rowsOf = rowsByEntity(book)
  for (const event of bookEvents(book)) {
    const isWider = event.kind.endsWith('_extended')
    if (!isWider && !event.kind.endsWith('_reduced')) {
      events.push(event)
      continue
    }
    const proven = await provenDifference(event, { book, reader, rowsOf })
    if (proven !== undefined) events.push(proven)
  }
  return events
}

type RowsOf = ReadonlyMap<EntityId, readonly BookRow[]>

function rowsByEntity(book: RegistryBook): RowsOf {
  const found = new Map<EntityId, BookRow[]>()
  for (const row of book.rows) {
    if (row.prop !== 'licence') continue
    const own = found.get(row.entity)
    if (own === undefined) found.set(row.entity, [row])
    else own.push(row)
  }
  return found
}

/** The event with what is really lost or won; undefined where nothing is left of it. */
async function provenDifference(
  event: BookEvent,
  { book, reader, rowsOf }: { book: RegistryBook; reader: EvidenceReader; rowsOf: RowsOf },
): Promise<BookEvent | undefined> {
  const isReduced = event.kind.endsWith('_reduced')
  // The side that has less: there a cell may be broken, or another row may hold the rest.
  const [lacking, side] = isReduced
    ? [event.after, 'after' as const]
    : [event.before, 'before' as const]
  const having = isReduced ? event.before : event.after
  if (lacking === null || having === null) return event
  const notes = await notesOf(reader, book, [lacking, having])
  const otherSide = side === 'after' ? 'before' : 'after'
  const isOld = new Set(
    notes.filter((note) => isOn(note.intervals, event.day, otherSide)).map(keyOfNote),
  )
  // A defect that both versions have explains no difference between them.
  const broken = notes.filter(
    (note) => isOn(note.intervals, event.day, side) && !isOld.has(keyOfNote(note)),
  )
  if (broken.some(({ words }) => /shifted|row_/.test(words))) return undefined
  const others = (rowsOf.get(lacking.entity) ?? []).filter(
    (row) => row.id !== lacking.id && isOn(row.intervals, event.day, side),
  )
  const held = (member: string) => new Set(others.flatMap(({ json }) => textsOf(json[member])))
  const noCountry = new Set(
    notes.filter(({ words }) => /^country_/.test(words)).map(({ original }) => original),
  )
  const isBroken = (words: RegExp) => broken.some((note) => words.test(note.words))
  const left = (values: readonly string[], known: ReadonlySet<string>) =>
    values.filter((value) => !known.has(value) && !noCountry.has(value))
  const { services, countries } = isReduced ? event.removed : event.added
  const difference = {
    services: isBroken(/service/i) ? [] : left(services, held('services')),
    countries: isBroken(/^country_/) ? [] : left(countries, held('countries')),
  }
  if (difference.services.length + difference.countries.length === 0) return undefined
  return { ...event, [isReduced ? 'removed' : 'added']: difference }
}

function keyOfNote({ words, original }: Note): string {
  return `${words} ${original}`
}

interface Note {
  /** Code and field. */
  readonly words: string
  /** What the cell holds, as a code would be written. */
  readonly original: string
  readonly intervals: readonly Interval[]
}

async function notesOf(
  reader: EvidenceReader,
  book: RegistryBook,
  rows: readonly BookRow[],
): Promise<Note[]> {
  const notes: Note[] = []
  for (const id of new Set(rows.map(({ entity }) => entity))) {
    const entity = await reader.entity(id, book.view.seq)
    for (const { prop, json, intervals } of entity?.evidence ?? []) {
      if (prop !== 'quality') continue
      const original = String(json.original ?? '')
        .trim()
        .toUpperCase()
      notes.push({ words: `${String(json.code)} ${String(json.field)}`, original, intervals })
    }
  }
  return notes
}

/** Held by the versions just before the day, or by that of the day. */
function isOn(intervals: readonly Interval[], day: Day, side: 'before' | 'after'): boolean {
  return intervals.some(({ from, to }) =>
    side === 'after'
      ? from <= day && (to === null || to > day)
      : from < day && (to === null || to >= day),
  )
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

export interface FeedPorts {
  readonly book: RegistryBook
  readonly reader: EvidenceReader
  readonly renderer: Renderer
  readonly lang: string
}

/** An event with its words, its versions and the firm that it is about. */
export async function eventView(event: BookEvent, ports: FeedPorts): Promise<RegistryEvent> {
  const { book } = ports
  const row = (event.after ?? event.before) as BookRow
  const run = book.runAt(event.seq)
  const [licence, before] = [licenceIn(event.after, event), licenceIn(event.before, event)]
  const firm = await firmRef(book, ports.reader, event.entity)
  const said = licence ?? before
  return {
    id: event.id,
    kind: event.kind,
    day: event.day,
    basis: 'versions',
    effective: event.effective,
    text: textOf(event, ports, { firm, licence: said }),
    firm,
    entity: event.entity,
    dataset: event.dataset,
    datasetTitle: row.source.title,
    regulator: said?.regulator ?? row.source.authority,
    country: said?.country ?? null,
    before: rowView(event.before, before, event.websites?.[0]),
    after: rowView(event.after, licence, event.websites?.[1]),
    added: event.added,
    removed: event.removed,
    version: run?.run.version ?? null,
    previousVersion: run === undefined ? null : (book.before(run)?.run.version ?? null),
    observedAt: run?.run.at ?? null,
    seq: event.seq,
    statements: statementsOf(event),
  }
}

function statementsOf({ before, after, websites }: BookEvent) {
  const sites = websites === null ? [] : [...websites[0], ...websites[1]].map(({ id }) => id)
  const rows = [before?.id, after?.id].filter((id) => id !== undefined)
  return [...new Set([...rows, ...sites])]
}

/** The row as the version wrote it, standing on the day of the event. */
function licenceIn(row: BookRow | null, { day }: BookEvent): Licence | null {
  if (row === null) return null
  const whole = { ...row, intervals: [{ from: '0001-01-01', to: null }] }
  if (row.prop === 'licence') return licenceOf(whole, day) ?? null
  if (row.prop === 'warning') return noticesOn([whole], '9999-12-30')[0]?.licence ?? null
  return null
}

function rowView(
  row: BookRow | null,
  licence: Licence | null,
  sites: readonly BookRow[] | undefined,
): EventRow | null {
  if (row === null) return null
  return { statement: row.id, licence, websites: (sites ?? []).map(({ value }) => value) }
}

/** The firm that a record belongs to, by the name that its register gives it. */
export async function firmRef(
  book: RegistryBook,
  reader: EvidenceReader,
  entity: EntityId,
): Promise<FirmRef> {
  const id = book.clusters.canonical(entity)
  const named =
    (await reader.entity(id, book.view.seq)) ?? (await reader.entity(entity, book.view.seq))
  return { id, caption: named?.caption ?? entity.slice(entity.indexOf(':') + 1) }
}

function textOf(
  event: BookEvent,
  { renderer, lang }: FeedPorts,
  { firm, licence }: { firm: FirmRef; licence: Licence | null },
): string {
  const [group, ...rest] = event.kind.split('_')
  const isPermission = group !== 'warning' && group !== 'domain'
  const key = isPermission ? `registry.event.${rest.join('_')}` : `registry.event.${event.kind}`
  const permission = isPermission ? renderer.message(lang, `registry.permission.${group}`) : ''
  const params: Record<string, MessageParam> = {
    firm: firm.caption,
    permission,
    regulator: licence?.regulator ?? '',
    what: { list: whatOf(event, renderer, lang) },
    sites: { list: (event.websites?.[1] ?? []).map(({ value }) => value) },
    to: event.effective === null ? '' : { day: event.effective },
  }
  const end = event.kind.endsWith('_withdrawn') && event.effective !== null ? '_on' : ''
  return renderer.text(lang, { key: `${key}${end}`, params })
}

const LETTER = /^[a-j]$/

/** Names of countries and of services, in the order of the row. */
function whatOf({ added, removed }: BookEvent, renderer: Renderer, lang: string): string[] {
  const locale = localeFor(lang)
  return [
    ...[...added.countries, ...removed.countries].map((code) => countryName(locale, code)),
    ...[...added.services, ...removed.services].map((service) =>
      LETTER.test(service) ? renderer.message(lang, `service.${service}`) : service,
    ),
  ]
}
