import type { Clock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { IndexReader } from '../index/port.ts'
import type { ViewHolder } from '../index/view.ts'
import type { LedgerReader } from '../ledger/read.ts'
import type { Dataset } from '../model/dataset.ts'
import type { DatasetName } from '../model/statement.ts'
import type { CheckpointView, Verdict } from '../model/verdict.ts'
import { RULESET } from '../score/risk/rules.ts'
import { changesSince, licenceChanges } from './changes.ts'
import { checkOne, checkpointView } from './check.ts'
import type { Checks } from './checks.ts'
import type { CoverageRules } from './coverage.ts'
import { adjacentTo, entityView } from './entity.ts'
import type { MessagePort } from './render.ts'
import { type ReadRow, rowOf } from './row.ts'
import { cursorSeq, searchEntities } from './search.ts'
import type { Session, SessionPorts } from './session.ts'
import { SessionKeeper } from './session-keeper.ts'
import { newestOf, sourceRows, stateCounts } from './sources.ts'
import { suggestions } from './suggest.ts'
import { timelineOf } from './timeline.ts'
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
  /** Shared with other desks; default: one of its own. */
  readonly keeper?: SessionKeeper
}

/** Every question that a reader may ask. One object per process; it keeps caches. */
export function createQueries(ports: QueryPorts): Queries & { warm(): Promise<void> } {
  return new Desk(ports)
}

const DEFAULT_LANG = 'en'
const WEEK_MS = 7 * 86_400_000

class Desk implements Queries {
  readonly #ports: QueryPorts
  readonly #keeper: SessionKeeper
  readonly #shared: SessionPorts
  #stats: { readonly session: Session; readonly stats: Promise<Stats> } | undefined

  constructor(ports: QueryPorts) {
    this.#ports = ports
    this.#keeper = ports.keeper ?? new SessionKeeper(ports)
    this.#shared = this.#keeper.shared
  }

  /** Builds what the first answers of each kind would otherwise wait for. */
  async warm(): Promise<void> {
    const view = this.#ports.view.current()
    await this.#shared.protection.of(view)
    await this.#shared.licensed.of(view)
    await view.clusters()
    await view.names()
    await view.completions()
  }

  async check(params: CheckParams): Promise<Verdict> {
    const session = await this.#keeper.session(params)
    const lang = params.lang ?? DEFAULT_LANG
    const { asOf, knownAt, ...asked } = params
    return (await checkOne(session, { ...asked, lang })).verdict
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
    const session = await this.#keeper.session(params)
    const lang = params.lang ?? DEFAULT_LANG
    const used = new Set<Checks>()
    const results: BatchAnswer['results'][number][] = []
    for (const asked of queries) {
      try {
        const { verdict, checks } = await checkOne(session, { ...asked, lang })
        used.add(checks)
        const { checked, notChecked, checkpoint, ...own } = verdict
        results.push(own)
      } catch (error) {
        const { code, message } = asAppError(error)
        results.push({ query: asked.q, verdict: 'unknown', error: { code, message } })
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
    const session = await this.#keeper.session(params)
    return searchEntities(seq === undefined ? session : session.at(this.#shared, seq), params)
  }

  async suggest(q: string) {
    return suggestions(await this.#keeper.session({}), q)
  }

  async entity(id: string, times: Times = {}) {
    return entityView(await this.#keeper.session(times), this.#ports.ledger, id)
  }

  async timeline(id: string) {
    return timelineOf(await this.#keeper.session({}), this.#ports.ledger, id)
  }

  async adjacent(id: string) {
    return adjacentTo(await this.#keeper.session({}), this.#ports.index, id)
  }

  async row(statement: string) {
    return rowOf(this.#ports.ledger, this.#ports.readRow, statement)
  }

  async sources() {
    return sourceRows(await this.#keeper.session({}), this.#ports.datasets)
  }

  async changes(params: Parameters<Queries['changes']>[0]) {
    return changesSince(await this.#keeper.session({}), this.#ports.ledger, params)
  }

  async checkpoint(): Promise<CheckpointView | null> {
    return checkpointView(this.#ports.view.current().checkpoint)
  }

  async stats(): Promise<Stats> {
    const session = await this.#keeper.session({})
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
    const isSource = (name: string) => datasets.get(name)?.kind !== 'joins'
    for (const count of view.counts.values()) {
      if (isSource(count.dataset)) entities += count.entities
    }
    const ages = [...datasets.keys()]
      .filter(isSource)
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
