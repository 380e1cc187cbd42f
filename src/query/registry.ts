import { AppError } from '../base/error.ts'
import { isDay } from '../model/time.ts'
import { askedOfBoth, compared } from './compare.ts'
import { firmView, newestFirst } from './firm.ts'
import { firmInSession, membersOf } from './firm-facts.ts'
import { findFirms } from './firm-find.ts'
import { serveTable } from './firm-table.ts'
import { licencesOf } from './licences.ts'
import type { QueryPorts } from './queries.ts'
import { rankingsOf } from './rankings.ts'
import { RegistryCache, type RegistryDay } from './registry-cache.ts'
import type { BookEvent } from './registry-events.ts'
import { eventView } from './registry-feed.ts'
import { RegistryLoader } from './registry-loader.ts'
import { facetOf, pageAt } from './registry-page.ts'
import type {
  FirmView,
  LangTimes,
  LicencesParams,
  RankingsParams,
  RegistryChangesAnswer,
  RegistryChangesParams,
  RegistryQueries,
  RegulatorView,
  ServeParams,
} from './registry-types.ts'
import { countsOf, criteriaOf, datasetsNaming, regulatorRow, regulatorsOf } from './regulators.ts'
import { serveCheck } from './serve.ts'
import type { Session } from './session.ts'
import { SessionKeeper } from './session-keeper.ts'
import type { Times } from './types.ts'

export type RegistryPorts = Omit<QueryPorts, 'readRow' | 'version'>

/** Every question about firms. One object per process; it keeps the loaded rows. */
export function createRegistryQueries(ports: RegistryPorts): RegistryQueries {
  return new RegistryDesk(ports)
}

const DEFAULT_LANG = 'en'
/** Rows and changes on the page of one authority; the whole lists have pages of their own. */
const SHOWN = 20
const KINDS: ReadonlySet<string> = new Set(['register', 'warnings'])

class RegistryDesk implements RegistryQueries {
  readonly #ports: RegistryPorts
  readonly #keeper: SessionKeeper
  readonly #loader: RegistryLoader
  readonly #cache = new RegistryCache()

  constructor(ports: RegistryPorts) {
    this.#ports = ports
    this.#keeper = ports.keeper ?? new SessionKeeper(ports)
    const { ledger, index, datasets } = ports
    this.#loader = new RegistryLoader({
      ledger,
      index,
      datasets,
      reader: this.#keeper.shared.reader,
    })
  }

  async warm(): Promise<void> {
    const { session } = await this.#today({})
    await this.#events(session)
  }

  async serve(params: ServeParams) {
    return serveCheck(await this.#keeper.session(params), this.#ports.datasets, params)
  }

  async firm(id: string, params: LangTimes = {}): Promise<FirmView | undefined> {
    const session = await this.#keeper.session(timesOf(params))
    const lang = params.lang ?? DEFAULT_LANG
    const book = await this.#loader.book(session.view)
    const events = await this.#events(session)
    const { datasets } = this.#ports
    return firmView(session, id, { datasets, book, events, lang })
  }

  async compare(a: string, b: string, params: LangTimes = {}) {
    const session = await this.#keeper.session(timesOf(params))
    const views: FirmView[] = []
    for (const text of [a, b]) {
      const [found] = await findFirms(session, text)
      const view = found === undefined ? undefined : await this.firm(found.id, params)
      if (view === undefined) return undefined
      views.push(view)
    }
    const [first, second] = views
    if (first === undefined || second === undefined) return undefined
    const asked = askedOfBoth(first, second)
    const table = async ({ id }: FirmView) => {
      const firm = await firmInSession(session, await membersOf(session, id))
      return serveTable(session, this.#ports.datasets, firm, asked)
    }
    return compared([first, second], [await table(first), await table(second)])
  }

  async licences(params: LicencesParams) {
    if (params.changedSince !== undefined) checkDay(params.changedSince, 'changedSince')
    const { session, day } = await this.#today({ asOf: params.asOf })
    const { times } = session
    const directory = await session.directory.at(times.seq, times.day)
    return licencesOf(params, { ...this.#common(session), directory, rows: day.rows })
  }

  async regulators(params: Parameters<RegistryQueries['regulators']>[0] = {}) {
    const { session, day } = await this.#today({})
    const { times } = session
    const directory = await session.directory.at(times.seq, times.day)
    return regulatorsOf(params, { ...this.#common(session), directory, rows: day.rows })
  }

  async regulator(code: string, params: LangTimes = {}): Promise<RegulatorView | undefined> {
    const { session, day } = await this.#today(timesOf(params))
    const { times, statuses, renderer } = session
    const lang = params.lang ?? DEFAULT_LANG
    const directory = await session.directory.at(times.seq, times.day)
    const entry = directory.byCode(code.toLowerCase())
    if (entry === undefined) return undefined
    const { rows } = day
    const common = this.#common(session)
    const names = datasetsNaming(entry, rows, directory)
    const licences = await licencesOf(
      { regulator: entry.code, limit: SHOWN },
      { ...common, directory, rows },
    )
    const isOwn = (event: BookEvent) => {
      const regulator = (event.after ?? event.before)?.json.regulator
      const country = (event.after ?? event.before)?.json.country
      if (typeof regulator !== 'string') return false
      const at = { regulator, country: typeof country === 'string' ? country : null }
      return directory.of(at)?.code === entry.code
    }
    const events = (await this.#events(session)).filter(isOwn).slice(-SHOWN)
    return {
      ...regulatorRow(entry, countsOf({ rows, directory })),
      criteria: criteriaOf(entry, (id) => renderer.message(lang, `criterion.${id}`)),
      datasets: [...names].sort().map((dataset) => {
        const { state, run } = statuses.of(dataset)
        const { title } = session.reader.source(dataset)
        return { dataset, title, state, version: run?.run.version ?? null }
      }),
      licences: licences.licences,
      changes: await this.#views(session, events, lang),
      asOf: common.asOf,
      notChecked: statuses.notChecked(names),
    }
  }

  async rankings(params: RankingsParams) {
    const { session, day } = await this.#today({ asOf: params.asOf })
    return rankingsOf(params, { ...this.#common(session), ranks: day.ranks })
  }

  async changes(params: RegistryChangesParams): Promise<RegistryChangesAnswer> {
    if (params.since !== undefined) checkDay(params.since, 'since')
    const session = await this.#keeper.session({})
    const book = await this.#loader.book(session.view)
    const all = await this.#events(session)
    const firm = params.firm === undefined ? undefined : book.clusters.canonical(params.firm)
    const wanted = all.filter((event) => {
      const row = event.after ?? event.before
      const { kind, dataset, since } = params
      if (kind !== undefined && event.kind !== kind && !event.kind.startsWith(`${kind}_`))
        return false
      if (dataset !== undefined && event.dataset !== dataset) return false
      if (since !== undefined && event.day < since) return false
      if (firm !== undefined && book.clusters.canonical(event.entity) !== firm) return false
      return params.country === undefined || isOf(params.country.toUpperCase(), row?.json ?? {})
    })
    const page = pageAt(wanted.toReversed(), params)
    const { asOf, notChecked } = this.#common(session)
    return {
      events: await this.#views(session, page.rows, params.lang ?? DEFAULT_LANG),
      total: wanted.length,
      kinds: facetOf(wanted.map(({ kind }) => kind)),
      nextCursor: page.nextCursor,
      asOf,
      notChecked,
    }
  }

  async #views(session: Session, events: readonly BookEvent[], lang: string) {
    const { reader, renderer } = session
    const book = await this.#loader.book(session.view)
    const ports = { book, reader, renderer, lang }
    const views = await Promise.all(events.map((event) => eventView(event, ports)))
    return views.sort(newestFirst)
  }

  async #events(session: Session): Promise<readonly BookEvent[]> {
    return this.#cache.events(session, await this.#loader.book(session.view))
  }

  async #today(times: Times): Promise<{ session: Session; day: RegistryDay }> {
    const session = await this.#keeper.session(times)
    const book = await this.#loader.book(session.view)
    return { session, day: await this.#cache.day(session, book) }
  }

  #common(session: Session) {
    const { times, statuses, reader } = session
    const names = [...this.#ports.datasets.values()].filter(({ kind }) => KINDS.has(kind))
    return {
      asOf: times.asOf,
      notChecked: statuses.notChecked(names.map(({ name }) => name)),
      caption: async (id: string) =>
        (await reader.entity(id, times.seq))?.caption ?? id.slice(id.indexOf(':') + 1),
    }
  }
}

function timesOf({ asOf, knownAt }: Times): Times {
  return { asOf, knownAt }
}

/** The home of a row, or a place that it covers. */
function isOf(country: string, json: Readonly<Record<string, unknown>>): boolean {
  if (json.country === country) return true
  return Array.isArray(json.countries) && json.countries.includes(country)
}

function checkDay(text: string, field: string): void {
  if (isDay(text)) return
  throw new AppError('query.bad_time', 'A day is written 2024-01-31.', {
    status: 400,
    params: { field },
  })
}
