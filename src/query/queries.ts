import type { Clock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import type { View, ViewHolder } from '../index/view.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { CheckpointView, Verdict } from '../model/verdict.ts'
import { RULESET } from '../score/risk/rules.ts'
import { changesSince, licenceChanges } from './changes.ts'
import { checkOne, checkpointView } from './check.ts'
import type { Checks } from './checks.ts'
import { COVERAGE, type CoverageRules } from './coverage.ts'
import { adjacentTo, entityView } from './entity.ts'
import { EvidenceReader } from './evidence.ts'
import { Lru } from './lru.ts'
import { ProtectionKeeper } from './protection.ts'
import { type MessagePort, Renderer } from './render.ts'
import { type ReadRow, rowOf } from './row.ts'
import { cursorSeq, searchEntities, suggestions } from './search.ts'
import { Session, type SessionPorts } from './session.ts'
import { newestOf, sourceRows, stateCounts } from './sources.ts'
import { timelineOf } from './timeline.ts'
import { resolveTimes } from './times.ts'
import type { BatchAnswer, BatchParams, CheckParams, Queries, Stats, Times } from './types.ts'

export interface QueryPorts {
  readonly ledger: LedgerReader
  readonly index: IndexReader
  readonly view: ViewHolder
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
  readonly clock: Clock
  readonly message: MessagePort
  readonly readRow: ReadRow
  /** Version of the program, for `stats`. */
  readonly version: string
  readonly coverage?: CoverageRules
}

/** Every question that a reader may ask. One object per process; it keeps caches. */
export function createQueries(ports: QueryPorts): Queries & { warm(): Promise<void> } {
  return new Desk(ports)
}

/** Answers at other times that are kept: a page and its parts ask for the same two times. */
const SESSIONS_KEPT = 16
const DEFAULT_LANG = 'en'
const WEEK_MS = 7 * 86_400_000

class Desk implements Queries {
  readonly #ports: QueryPorts
  readonly #shared: SessionPorts
  #now: { readonly second: number; readonly session: Session } | undefined
  readonly #sessions = new Lru<string, Session>(SESSIONS_KEPT)
  #sessionsOf: View | undefined
  #stats: { readonly session: Session; readonly stats: Promise<Stats> } | undefined

  constructor(ports: QueryPorts) {
    const { ledger, index, datasets, message } = ports
    this.#ports = ports
    this.#shared = {
      ledger,
      reader: new EvidenceReader(ledger, index, datasets),
      datasets,
      rules: ports.coverage ?? COVERAGE,
      renderer: new Renderer(message),
      protection: new ProtectionKeeper(),
    }
  }

  /** Builds what the first answers of each kind would otherwise wait for. */
  async warm(): Promise<void> {
    const view = this.#ports.view.current()
    await this.#shared.protection.of(view)
    await view.names()
  }

  async check(params: CheckParams): Promise<Verdict> {
    const session = await this.#session(params)
    const lang = params.lang ?? DEFAULT_LANG
    const { q, country, service } = params
    return (await checkOne(session, { q, country, service, lang })).verdict
  }

  async checkBatch(params: BatchParams): Promise<BatchAnswer> {
    const { queries } = params
    if (queries.length > LIMITS.batchQueriesMax) {
      const max = { max: LIMITS.batchQueriesMax }
      throw new AppError('query.batch_too_large', 'A batch holds up to 1,000 queries.', {
        status: 413,
        params: max,
      })
    }
    const session = await this.#session(params)
    const lang = params.lang ?? DEFAULT_LANG
    const used = new Set<Checks>()
    const results: BatchAnswer['results'][number][] = []
    for (const { q, country } of queries) {
      try {
        const { verdict, checks } = await checkOne(session, { q, country, lang })
        used.add(checks)
        const { checked, notChecked, checkpoint, ...own } = verdict
        results.push(own)
      } catch (error) {
        const { code, message } = asAppError(error)
        results.push({ query: q, verdict: 'unknown', error: { code, message } })
      }
    }
    return {
      checked: union([...used].flatMap((checks) => checks.checked)),
      notChecked: union([...used].flatMap((checks) => checks.notChecked)),
      checkpoint: session.checkpoint,
      asOf: session.times.asOf,
      knownAt: session.times.knownAt,
      ruleset: RULESET,
      results,
    }
  }

  async search(params: Parameters<Queries['search']>[0]) {
    const seq = cursorSeq(params.cursor)
    const session = await this.#session(params)
    return searchEntities(seq === undefined ? session : session.at(this.#shared, seq), params)
  }

  async suggest(q: string) {
    return suggestions(await this.#session({}), q)
  }

  async entity(id: string, times: Times = {}) {
    return entityView(await this.#session(times), this.#ports.ledger, id)
  }

  async timeline(id: string) {
    return timelineOf(await this.#session({}), this.#ports.ledger, id)
  }

  async adjacent(id: string) {
    return adjacentTo(await this.#session({}), this.#ports.index, id)
  }

  async row(statement: string) {
    return rowOf(this.#ports.ledger, this.#ports.readRow, statement)
  }

  async sources() {
    return sourceRows(await this.#session({}), this.#ports.datasets)
  }

  async changes(params: Parameters<Queries['changes']>[0]) {
    return changesSince(await this.#session({}), this.#ports.ledger, params)
  }

  async checkpoint(): Promise<CheckpointView | null> {
    return checkpointView(this.#ports.view.current().checkpoint)
  }

  async stats(): Promise<Stats> {
    const session = await this.#session({})
    if (this.#stats?.session !== session) {
      this.#stats = { session, stats: this.#count(session) }
    }
    return this.#stats.stats
  }

  async #count(session: Session): Promise<Stats> {
    const { ledger, datasets, version } = this.#ports
    const { view, statuses } = session
    const counts = await ledger.counts()
    let entities = 0
    for (const count of view.counts.values()) entities += count.entities
    const ages = [...datasets.keys()]
      .map((name) => statuses.of(name).ageSeconds)
      .filter((age) => age !== null)
    return {
      statements: counts.statements,
      events: counts.events,
      entities,
      identifiers: view.identifiers,
      datasets: stateCounts(session, datasets),
      newest: newestOf(view, datasets),
      oldestAgeSeconds: ages.length === 0 ? null : Math.max(...ages),
      licenceChanges: await licenceChanges(view, ledger, {
        sinceMs: session.times.asOfMs - WEEK_MS,
        isRegister: (name) => datasets.get(name)?.kind === 'register',
      }),
      checkpoint: checkpointView(view.checkpoint),
      ruleset: RULESET,
      version,
    }
  }

  /** Answers of one second share a session; so do answers at the same two times. */
  async #session(times: Times): Promise<Session> {
    const { view: holder, clock } = this.#ports
    const view = holder.current()
    const nowMs = clock.nowMs()
    if (times.asOf === undefined && times.knownAt === undefined) {
      const second = Math.floor(nowMs / 1000)
      const now = this.#now
      if (now?.second === second && now.session.view === view) return now.session
      const session = await this.#open(view, times, nowMs)
      this.#now = { second, session }
      return session
    }
    if (this.#sessionsOf !== view) this.#sessions.clear()
    this.#sessionsOf = view
    // A time that was left out is now, to the second.
    const part = times.asOf !== undefined && times.knownAt !== undefined ? 0 : nowMs / 1000
    const key = `${times.asOf ?? ''} ${times.knownAt ?? ''} ${Math.floor(part)}`
    let session = this.#sessions.get(key)
    if (session === undefined) {
      session = await this.#open(view, times, nowMs)
      this.#sessions.set(key, session)
    }
    return session
  }

  async #open(view: View, asked: Times, nowMs: number): Promise<Session> {
    const times = resolveTimes(asked, nowMs, view)
    const checkpoint =
      asked.knownAt === undefined
        ? view.checkpoint
        : await this.#ports.ledger.checkpointAt(times.knownAt)
    return new Session(this.#shared, { view, times, checkpoint: checkpointView(checkpoint) })
  }
}

/** What several kinds of subjects share is said once; required for one is required. */
function union<T extends { readonly dataset: string; readonly required: boolean }>(
  rows: readonly T[],
): T[] {
  const byDataset = new Map<string, T>()
  for (const row of rows) {
    const known = byDataset.get(row.dataset)
    if (known === undefined || (row.required && !known.required)) byDataset.set(row.dataset, row)
  }
  return [...byDataset.values()]
}
