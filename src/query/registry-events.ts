import { sha256Hex } from '../base/encode.ts'
import { parseHostQuery } from '../model/host.ts'
import { foldName } from '../model/name.ts'
import type { DatasetName, EntityId } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Licence } from '../model/verdict.ts'
import { textOf } from '../score/firm/serve-rows.ts'
import { licenceOf } from '../score/risk/licence.ts'
import type { BookRow, RegistryBook } from './registry-book.ts'
import type { Permission, PermissionChange, RegistryEventKind } from './registry-types.ts'

/** What two versions of a list differ in, before it has its words. */
export interface BookEvent {
  readonly id: string
  readonly kind: RegistryEventKind
  readonly day: Day
  readonly effective: Day | null
  readonly entity: EntityId
  readonly dataset: DatasetName
  readonly seq: number
  readonly before: BookRow | null
  readonly after: BookRow | null
  readonly websites: readonly [before: readonly BookRow[], after: readonly BookRow[]] | null
  readonly added: Difference
  readonly removed: Difference
}

interface Difference {
  readonly services: readonly string[]
  readonly countries: readonly string[]
}

const NOTHING: Difference = { services: [], countries: [] }

/** What came and what went on one day of one list. */
interface DayOfChange {
  readonly opened: { row: BookRow; seq: number }[]
  readonly closed: { row: BookRow; seq: number }[]
}

/**
 * Everything that versions of registers and lists of warnings changed, oldest first. A dataset's
 * first version is a baseline and changes nothing. A row that another one of the same day replaces
 * is one row that was corrected: what did not change in it is no event.
 */
export function bookEvents(book: RegistryBook): BookEvent[] {
  const events: BookEvent[] = []
  const earlier = new Earlier(book.rows)
  for (const [key, change] of changesByDay(book)) {
    const day = key.slice(key.indexOf(' ') + 1)
    events.push(...permissionEvents(earlier, day, of(change, 'licence')))
    events.push(...warningEvents(day, of(change, 'warning')))
    events.push(...domainEvents(book, day, change))
  }
  return events.sort((a, b) => (a.day === b.day ? a.seq - b.seq : a.day < b.day ? -1 : 1))
}

function of({ opened, closed }: DayOfChange, prop: string): DayOfChange {
  const isOf = ({ row }: { row: BookRow }) => row.prop === prop
  return { opened: opened.filter(isOf), closed: closed.filter(isOf) }
}

function changesByDay(book: RegistryBook): Map<string, DayOfChange> {
  const days = new Map<string, DayOfChange>()
  const at = (row: BookRow, day: Day) => {
    const key = `${row.source.dataset} ${day}`
    let change = days.get(key)
    if (change === undefined) {
      change = { opened: [], closed: [] }
      days.set(key, change)
    }
    return change
  }
  const isBaseline = (seq: number) => book.runAt(seq)?.events?.isBaseline !== false
  for (const row of book.rows) {
    // The starter was read off lists by hand: its versions are no news of theirs.
    if (row.source.kind === 'starter' || row.source.kind === 'actors') continue
    for (const { from, to, openedSeq, closedSeq } of row.intervals) {
      if (!isBaseline(openedSeq)) at(row, from).opened.push({ row, seq: openedSeq })
      if (to !== null && closedSeq !== null && !isBaseline(closedSeq)) {
        at(row, to).closed.push({ row, seq: closedSeq })
      }
    }
  }
  return days
}

interface Pair {
  readonly before: BookRow | null
  readonly after: BookRow | null
  readonly seq: number
}

/**
 * Rows of before and after that are one row (VOCABULARY §6): the same entity, else a valid LEI with
 * the same name, else name, home state and day of the permission, else the LEI alone where only
 * one row of it went and came.
 */
function paired({ opened, closed }: DayOfChange): Pair[] {
  const pairs: Pair[] = []
  const left = [...closed]
  const right = [...opened]
  for (const keyOf of PAIR_KEYS) {
    const byKey = new Map<string, typeof right>()
    for (const item of right) {
      const key = keyOf(item.row)
      if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), item])
    }
    for (const item of [...left]) {
      const key = keyOf(item.row)
      const fits = key === undefined ? undefined : byKey.get(key)
      const found = fits?.shift()
      if (found === undefined) continue
      left.splice(left.indexOf(item), 1)
      right.splice(right.indexOf(found), 1)
      pairs.push({ before: item.row, after: found.row, seq: found.seq })
    }
  }
  for (const { row, seq } of left) pairs.push({ before: row, after: null, seq })
  for (const { row, seq } of right) pairs.push({ before: null, after: row, seq })
  return pairs
}

const PAIR_KEYS: readonly ((row: BookRow) => string | undefined)[] = [
  (row) =>
    `${row.entity} ${kindOf(row)} ${textOf(row, 'number') ?? ''} ${textOf(row, 'from') ?? ''}`,
  (row) => `${row.entity} ${kindOf(row)}`,
  (row) => joined(row, ['lei', 'holder']),
  (row) => joined(row, ['holder', 'country', 'from']),
  (row) => joined(row, ['lei', 'country', 'from']),
  (row) => joined(row, ['number', 'country']),
  (row) => joined(row, ['holder', 'country']),
]

function joined(row: BookRow, members: readonly string[]): string | undefined {
  if (row.prop !== 'licence') return undefined
  const parts: string[] = [kindOf(row)]
  for (const member of members) {
    const text = textOf(row, member)
    if (text === null) return undefined
    parts.push(member === 'holder' ? foldName(text) : text)
  }
  return parts.join('|')
}

function kindOf(row: BookRow): string {
  return textOf(row, 'kind') ?? row.prop
}

function permissionEvents(earlier: Earlier, day: Day, change: DayOfChange): BookEvent[] {
  return paired(change).flatMap((pair) => {
    const row = pair.after ?? pair.before
    if (row === null) return []
    const permission = kindOf(row)
    if (permission !== 'licence' && permission !== 'registration' && permission !== 'exemption') {
      return []
    }
    return permissionChanges(earlier, day, pair).map((said) =>
      eventOf(`${permission satisfies Permission}_${said.change}`, day, pair, said),
    )
  })
}

interface SaidChange {
  readonly change: PermissionChange
  readonly effective: Day | null
  readonly added?: Difference
  readonly removed?: Difference
}

function permissionChanges(earlier: Earlier, day: Day, pair: Pair): SaidChange[] {
  const before = pair.before === null ? undefined : asOf(pair.before, day)
  const after = pair.after === null ? undefined : asOf(pair.after, day)
  if (before === undefined && after !== undefined) {
    if (!isGiven(after)) return []
    const isBack = pair.after !== null && earlier.held(pair.after, day)
    return [{ change: isBack ? 'returned' : 'granted', effective: after.from }]
  }
  if (before !== undefined && after === undefined) {
    // What had ended by its own date may leave the register.
    return isGiven(before) && !hasEnd(before) ? [{ change: 'missing', effective: null }] : []
  }
  return before === undefined || after === undefined ? [] : differences(before, after)
}

/** The row as it was written, whatever became of it since. */
function asOf(row: BookRow, day: Day): Licence | undefined {
  return licenceOf({ ...row, intervals: [{ from: '0001-01-01', to: null }] }, day)
}

function isGiven({ status }: Licence): boolean {
  return status === 'authorised' || status === 'registered' || status === 'suspended'
}

function hasEnd({ status, to }: Licence): boolean {
  return to !== null || ['withdrawn', 'revoked', 'expired'].includes(status)
}

/** Keys by which a row that came back is known again. */
const RETURN_KEYS = PAIR_KEYS.slice(1, 4)

/** Rows that an earlier version held and a later one did not, by what they are known by. */
class Earlier {
  readonly #ends = new Map<string, { readonly from: Day; readonly to: Day }[]>()

  constructor(rows: readonly BookRow[]) {
    for (const row of rows) {
      if (row.prop !== 'licence') continue
      const ended = row.intervals.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]))
      if (ended.length === 0) continue
      for (const key of keysOf(row)) {
        this.#ends.set(key, [...(this.#ends.get(key) ?? []), ...ended])
      }
    }
  }

  /** The same row, or one that it replaces, was held before the day and gone by then. */
  held(row: BookRow, day: Day): boolean {
    return keysOf(row).some((key) =>
      (this.#ends.get(key) ?? []).some(({ from, to }) => from < day && to <= day),
    )
  }
}

function keysOf(row: BookRow): string[] {
  return RETURN_KEYS.flatMap((keyOf) => {
    const key = keyOf(row)
    return key === undefined ? [] : [`${row.source.dataset} ${key}`]
  })
}

function differences(before: Licence, after: Licence): SaidChange[] {
  const said: SaidChange[] = []
  const ended = after.to !== null && before.to === null
  const isStopped = hasStatus(after, 'withdrawn', 'revoked', 'expired')
  const wasStopped = hasStatus(before, 'withdrawn', 'revoked', 'expired') || before.to !== null
  if (ended || (isStopped && !wasStopped)) {
    said.push({ change: 'withdrawn', effective: after.to })
  } else if (hasStatus(after, 'suspended') && !hasStatus(before, 'suspended')) {
    said.push({ change: 'suspended', effective: after.from })
  } else if (isGiven(after) && after.to === null && wasStopped) {
    said.push({ change: 'returned', effective: after.from })
  } else if (hasStatus(after, 'authorised', 'registered') && hasStatus(before, 'suspended')) {
    said.push({ change: 'returned', effective: after.from })
  } else if (hasStatus(after, 'authorised', 'registered') && hasStatus(before, 'pending')) {
    said.push({ change: 'granted', effective: after.from })
  }
  const added = differenceOf(after, before)
  const removed = differenceOf(before, after)
  if (!isNothing(added)) said.push({ change: 'extended', effective: null, added })
  if (!isNothing(removed)) said.push({ change: 'reduced', effective: null, removed })
  return said
}

function hasStatus({ status }: Licence, ...wanted: readonly Licence['status'][]): boolean {
  return wanted.includes(status)
}

/**
 * What one row has that the other lacks. A cell that could not be read is empty on one side: that
 * is a defect of the file, and nothing was lost or won by it.
 */
function differenceOf(having: Licence, lacking: Licence): Difference {
  return {
    services: lacking.services.length === 0 ? [] : without(having.services, lacking.services),
    countries: isHomeOnly(lacking) ? [] : without(having.countries, lacking.countries),
  }
}

/** The home state is added to every row, so a country cell that was lost leaves it alone. */
function isHomeOnly({ country, countries }: Licence): boolean {
  return countries.every((code) => code === country)
}

function without(all: readonly string[], known: readonly string[]): string[] {
  return all.filter((one) => !known.includes(one))
}

function isNothing({ services, countries }: Difference): boolean {
  return services.length === 0 && countries.length === 0
}

function warningEvents(day: Day, change: DayOfChange): BookEvent[] {
  return paired(change).flatMap((pair) => {
    const { before, after } = pair
    const dateOf = (row: BookRow | null) => (row === null ? null : textOf(row, 'date'))
    const isLifted = (row: BookRow) => row.json.status === 'lifted'
    const said = (kind: RegistryEventKind, effective: Day | null) => [
      eventOf(kind, day, pair, { effective }),
    ]
    if (before === null && after !== null) {
      return isLifted(after) ? [] : said('warning_published', dateOf(after))
    }
    if (before !== null && after === null) {
      return isLifted(before) ? [] : said('warning_missing', null)
    }
    if (before === null || after === null || isLifted(before) === isLifted(after)) return []
    return isLifted(after)
      ? said('warning_lifted', textOf(after, 'to'))
      : said('warning_published', dateOf(after))
  })
}

/** Sites of one record that came while others went: by registrable domain, so `www` is no move. */
function domainEvents(book: RegistryBook, day: Day, change: DayOfChange): BookEvent[] {
  const sites = of(change, 'website')
  const licences = paired(of(change, 'licence'))
  const entities = new Set([...sites.opened, ...sites.closed].map(({ row }) => row.entity))
  const events: BookEvent[] = []
  for (const entity of entities) {
    const pair = licences.find(({ before, after }) => before !== null && after?.entity === entity)
    const from = pair?.before?.entity ?? entity
    const before = sitesHeld(book, from, day, 'before')
    const after = sitesHeld(book, entity, day, 'after')
    // A record that came or went as a whole, or a cell that was lost, moved nowhere.
    if (before.length === 0 || after.length === 0) continue
    const came = domainsOf(after).filter((domain) => !domainsOf(before).includes(domain))
    const gone = domainsOf(before).filter((domain) => !domainsOf(after).includes(domain))
    const opened = sites.opened.find(({ row }) => row.entity === entity)
    if (came.length === 0 || opened === undefined) continue
    const kind = gone.length > 0 ? 'domain_moved' : 'domain_added'
    const row = { before: before[0] ?? null, after: after[0] ?? null, seq: opened.seq }
    events.push({ ...eventOf(kind, day, row, { effective: null }), websites: [before, after] })
  }
  return events
}

function sitesHeld(
  book: RegistryBook,
  entity: EntityId,
  day: Day,
  side: 'before' | 'after',
): BookRow[] {
  return book
    .websitesOf(entity)
    .filter(({ intervals }) =>
      intervals.some(({ from, to }) =>
        side === 'after'
          ? from <= day && (to === null || to > day)
          : from < day && (to === null || to >= day),
      ),
    )
}

function domainsOf(rows: readonly BookRow[]): string[] {
  return rows.map(({ value }) => parseHostQuery(value)?.registrable ?? value)
}

function eventOf(
  kind: RegistryEventKind,
  day: Day,
  { before, after, seq }: Pair,
  said: { effective: Day | null; added?: Difference; removed?: Difference },
): BookEvent {
  const row = (after ?? before) as BookRow
  const { added = NOTHING, removed = NOTHING, effective } = said
  const id = sha256Hex([kind, day, before?.id ?? '', after?.id ?? ''].join(' ')).slice(0, 32)
  const { dataset } = row.source
  const base = { id, kind, day, effective, entity: row.entity, dataset, seq }
  return { ...base, before, after, websites: null, added, removed }
}
