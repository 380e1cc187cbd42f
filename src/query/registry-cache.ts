import type { DatasetName } from '../model/statement.ts'
import type { Day } from '../model/time.ts'
import type { Licence } from '../model/verdict.ts'
import { type FirmOnDay, firmOn } from '../score/firm/label.ts'
import { factsOf, isRegisteredIn, newestDayIn } from './firm-facts.ts'
import { presort, type RankEntry, rankEntry } from './rankings.ts'
import { type BookFirm, type BookRow, changedOn, type RegistryBook } from './registry-book.ts'
import type { BookEvent } from './registry-events.ts'
import { provenEvents } from './registry-feed.ts'
import { turn } from './registry-loader.ts'
import type { Session } from './session.ts'

/** One row of the list of licences, before it has the firm's name. */
export interface ListedRow {
  readonly firm: BookFirm
  readonly entity: string
  readonly licence: Licence
  readonly changedAt: Day | null
  /** Holder, LEI and number, in lower case, for the search in the list. */
  readonly text: string
}

/** What lists are made from on one day: every firm's rows, and its place in the rankings. */
export interface RegistryDay {
  readonly book: RegistryBook
  readonly day: Day
  readonly rows: readonly ListedRow[]
  readonly ranks: readonly RankEntry[]
}

/** Firms judged between two turns of the event loop: a few milliseconds of work. */
const FIRMS_PER_TURN = 100
/** Days other than today that are kept. */
const DAYS_KEPT = 3

/** Keeps, for one book, the days that were asked about and the events between its versions. */
export class RegistryCache {
  #book: RegistryBook | undefined
  readonly #days = new Map<string, Promise<RegistryDay>>()
  #events: Promise<readonly BookEvent[]> | undefined

  day(session: Session, book: RegistryBook): Promise<RegistryDay> {
    this.#of(book)
    const { day } = session.times
    let made = this.#days.get(day)
    if (made === undefined) {
      made = judged(session, book)
      const [oldest] = this.#days.keys()
      if (this.#days.size >= DAYS_KEPT && oldest !== undefined) this.#days.delete(oldest)
      this.#days.set(day, made)
      made.catch(() => this.#days.delete(day))
    }
    return made
  }

  events(session: Session, book: RegistryBook): Promise<readonly BookEvent[]> {
    this.#of(book)
    this.#events ??= provenEvents(book, session.reader)
    this.#events.catch(() => {
      this.#events = undefined
    })
    return this.#events
  }

  #of(book: RegistryBook): void {
    if (this.#book === book) return
    this.#book = book
    this.#days.clear()
    this.#events = undefined
  }
}

/** Every firm as it stands on the day of the session, in slices. */
async function judged(session: Session, book: RegistryBook): Promise<RegistryDay> {
  const { times, reader } = session
  const directory = await session.directory.at(times.seq, times.day)
  const newestDay = newestDayIn(session)
  const isRegistered = isRegisteredIn(reader)
  const baselines = baselinesOf(book)
  const rows: ListedRow[] = []
  const ranks: RankEntry[] = []
  let count = 0
  for (const firm of book.firms.values()) {
    const { evidence, members, id } = firm
    const joins = book.clusters.joins(id)
    const facts = factsOf({ evidence, joins, members, directory, isRegistered, newestDay })
    const judgedFirm = firmOn(facts, times.day)
    for (const row of listedRows(book, firm, judgedFirm)) rows.push(row)
    const rank = rankEntry(firm, judgedFirm, baselines)
    if (rank !== undefined) ranks.push(rank)
    if (++count % FIRMS_PER_TURN === 0) await turn()
  }
  presort(ranks)
  return { book, day: times.day, rows, ranks }
}

/** The first day that each list speaks of: that of its oldest version here. */
function baselinesOf(book: RegistryBook): ReadonlyMap<DatasetName, Day> {
  const days = new Map<DatasetName, Day>()
  for (const { source, intervals } of book.rows) {
    const from = intervals[0]?.from
    const known = days.get(source.dataset)
    if (from !== undefined && (known === undefined || from < known)) days.set(source.dataset, from)
  }
  return days
}

function listedRows(
  book: RegistryBook,
  firm: BookFirm,
  { permissions, notices }: FirmOnDay,
): ListedRow[] {
  const all = [...permissions, ...notices.filter(({ kind }) => kind !== 'enforcement')]
  return all.map(({ licence, evidence }) => ({
    firm,
    entity: evidence.entity,
    licence,
    changedAt: isBookRow(evidence) ? changedOn(book, evidence) : null,
    text: [licence.holder, licence.lei ?? '', licence.number ?? ''].join(' ').toLowerCase(),
  }))
}

/** Rows of firms of several records are read as entities, without the events of their ends. */
function isBookRow(evidence: FirmOnDay['permissions'][number]['evidence']): evidence is BookRow {
  const [first] = evidence.intervals
  return first !== undefined && 'openedSeq' in first
}
