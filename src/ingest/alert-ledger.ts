import type { Clock } from '../base/clock.ts'
import { canonicalJson, sha256Hex } from '../base/encode.ts'
import type { ChainReader } from '../chain/read.ts'
import type { AlertRow } from '../chain/types.ts'
import type { LedgerStore } from '../ledger/append.ts'
import type { NewEvent, StatementRow } from '../ledger/read.ts'
import { ALERTS_DATASET } from '../model/alert.ts'
import { type EntityId, type Run, type Statement, statementId } from '../model/statement.ts'
import { dayOf, type Instant, instantOf } from '../model/time.ts'

export interface AlertLedgerPorts {
  readonly ledger: LedgerStore
  readonly clock: Clock
  /** Statements of an entity, by the index, which is up to the ledger. */
  readonly sidsOfEntity: (entity: EntityId) => Promise<readonly number[]>
}

/** Changes that one run carries: a run is all or nothing, and a chain that was away has many. */
const CHANGES_PER_RUN = 500

/**
 * Keeps the ledger's statements about alerts at what the chain rows say: asserted when an alert of
 * weight is raised, retracted when it is taken back. The newest run names the change up to which it
 * has come, so a stop anywhere loses nothing and doubles nothing.
 */
export class AlertLedger {
  readonly #ports: AlertLedgerPorts

  constructor(ports: AlertLedgerPorts) {
    this.#ports = ports
  }

  /** Writes what is new; `onCommitted` brings the index up to the ledger. Gives the events. */
  async run(reader: ChainReader, onCommitted: () => Promise<unknown>): Promise<number> {
    const { ledger, clock } = this.#ports
    const told = changeOf((await ledger.runs(ALERTS_DATASET)).at(-1))
    // Rows that were dropped and read again count from the beginning.
    let since = told > (await reader.alertHead()) ? 0 : told
    let written = 0
    for (;;) {
      const page = await reader.alertChanges(since, CHANGES_PER_RUN)
      const end = page.at(-1)?.change
      if (end === undefined) return written
      since = end
      const head = await ledger.head()
      const at = instantOf(Math.max(clock.nowMs(), head === undefined ? 0 : Date.parse(head.at)))
      const events: NewEvent[] = []
      const newest = new Map(page.map(({ alert }) => [alert.id, alert]))
      for (const alert of newest.values()) events.push(...(await this.#eventsOf(alert, at)))
      if (events.length === 0) continue
      const run = runOf(events, { at, end })
      const params = { id: run.id, dataset: ALERTS_DATASET, at, events: once(events) }
      await ledger.append({ ...params, seal: () => run })
      await onCommitted()
      written += events.length
    }
  }

  async #eventsOf(alert: AlertRow, at: Instant): Promise<readonly NewEvent[]> {
    const wanted = isWeighty(alert) && alert.state !== 'retracted' ? stated(alert) : undefined
    const live = await this.#live(entityOf(alert.id))
    const events: NewEvent[] = []
    for (const { id } of live) {
      if (id === wanted?.id) continue
      events.push({ op: 'retract', statement: id, effective: dayOf(at), row: '' })
    }
    if (wanted !== undefined && !live.some(({ id }) => id === wanted.id)) {
      const day = dayOf(instantOf(alert.at * 1_000))
      // A chain of one's own may run ahead of the clock; the world's time never does.
      const effective = day < dayOf(at) ? day : dayOf(at)
      events.push({ op: 'assert', statement: wanted, effective, row: '' })
    }
    return events
  }

  async #live(entity: EntityId): Promise<readonly StatementRow[]> {
    const { ledger, sidsOfEntity } = this.#ports
    const sids = await sidsOfEntity(entity)
    if (sids.length === 0) return []
    const state = new Map<number, string>()
    for (const { sid, op } of await ledger.eventsOf(sids)) state.set(sid, op)
    const rows = await ledger.statements(sids.filter((sid) => state.get(sid) === 'assert'))
    return rows.filter((row) => row.entity === entity && row.dataset === ALERTS_DATASET)
  }
}

/** Information is shown and streamed; what warns is put on record. */
function isWeighty({ severity }: AlertRow): boolean {
  return severity === 'danger' || severity === 'warning'
}

function entityOf(id: string): EntityId {
  return `${ALERTS_DATASET}:${id}`
}

function stated(alert: AlertRow): Statement {
  const { state: _, amount, ...rest } = alert
  const value = canonicalJson({ ...rest, amount: amount === null ? null : String(amount) })
  const fields = { dataset: ALERTS_DATASET, entity: entityOf(alert.id), prop: 'alert', value }
  return { id: statementId(fields), ...fields }
}

const VERSION = /^change (\d{1,15})$/

function changeOf(run: Run | undefined): number {
  return Number(VERSION.exec(run?.version ?? '')?.[1] ?? 0)
}

function runOf(
  events: readonly NewEvent[],
  { at, end }: { readonly at: Instant; readonly end: number },
): Run {
  const version = `change ${end}`
  const ids = events.map(({ op, statement }) =>
    typeof statement === 'string' ? `${op} ${statement}` : `${op} ${statement.id}`,
  )
  const sha256 = sha256Hex([version, ...ids].join('\n'))
  return {
    id: `${ALERTS_DATASET}:${sha256Hex(`${sha256}\n${at}`).slice(0, 24)}`,
    dataset: ALERTS_DATASET,
    version,
    publishedAt: at,
    declaredAt: null,
    fetchedAt: at,
    url: null,
    sha256,
    bytes: 0,
    rows: events.length,
    statements: events.filter(({ op }) => op === 'assert').length,
    complete: true,
    files: [],
    notes: {},
    at,
  }
}

async function* once(events: readonly NewEvent[]): AsyncIterable<readonly NewEvent[]> {
  yield events
}
