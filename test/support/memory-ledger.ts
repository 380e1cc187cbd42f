import { assert } from '../../src/base/assert.ts'
import { canonicalJson, type Json, sha256Hex } from '../../src/base/encode.ts'
import type {
  Attempt,
  Checkpoint,
  LedgerEventRow,
  LedgerReader,
  NewEvent,
  StatementRow,
} from '../../src/ledger/read.ts'
import { type Run, statementId } from '../../src/model/statement.ts'
import { type Day, dayOf, type Instant } from '../../src/model/time.ts'

/** What a list version says, before the ledger gives it an id. */
export interface Said {
  readonly entity: string
  readonly prop: string
  readonly value: string | { readonly [key: string]: Json | undefined }
  readonly original?: string
  readonly lang?: string
  readonly from?: Day
  readonly to?: Day
}

export interface MemoryVersion {
  readonly dataset: string
  /** When this instance was told. */
  readonly at: Instant
  /** The list's own date; null = it has none. */
  readonly publishedAt: Instant | null
  readonly version?: string
  readonly complete?: boolean
  readonly said: readonly Said[]
}

/** A ledger in memory that commits list versions the way ingest does: whole, and by difference. */
export class MemoryLedger implements LedgerReader {
  readonly statementRows: StatementRow[] = []
  readonly eventRows: LedgerEventRow[] = []
  readonly runRows: Run[] = []
  readonly checkpoints: Checkpoint[] = []
  readonly attemptRows = new Map<string, Attempt>()
  readonly files = new Map<string, string>()
  readonly #byId = new Map<string, StatementRow>()
  readonly #eventsOf = new Map<number, LedgerEventRow[]>()
  readonly #live = new Map<string, Set<number>>()

  /** Commits one version: what it says anew is asserted, what a complete one lacks is retracted. */
  version(v: MemoryVersion): Run {
    const day = dayOf(v.publishedAt ?? v.at)
    const complete = v.complete ?? true
    const live = this.#live.get(v.dataset) ?? new Set<number>()
    const events: NewEvent[] = []
    const seen = new Set<number>()
    for (const [i, said] of v.said.entries()) {
      const statement = statementOf(v.dataset, said)
      const sid = this.#byId.get(statement.id)?.sid
      if (sid !== undefined) seen.add(sid)
      const row = `list#line:${i + 1}`
      const isLive = sid !== undefined && live.has(sid)
      if (isLive && said.to === undefined) continue
      events.push({ op: 'assert', statement, effective: said.from ?? day, row })
      if (said.to !== undefined) {
        events.push({ op: 'retract', statement: statement.id, effective: said.to, row: '' })
      }
    }
    if (complete) {
      for (const sid of live) {
        if (seen.has(sid)) continue
        const { id } = this.statementRows[sid - 1] as StatementRow
        events.push({ op: 'retract', statement: id, effective: day, row: '' })
      }
    }
    return this.commit({ ...v, complete, events })
  }

  commit(p: Omit<MemoryVersion, 'said'> & { readonly events: readonly NewEvent[] }): Run {
    const no = this.runRows.length + 1
    const text = p.events.map((event) => event.row).join('\n')
    const sha256 = sha256Hex(`${no} ${text}`)
    this.files.set(sha256, text)
    const run: Run = {
      id: `run-${no}`,
      dataset: p.dataset,
      version: p.version ?? dayOf(p.publishedAt ?? p.at),
      publishedAt: p.publishedAt,
      declaredAt: p.publishedAt,
      fetchedAt: p.at,
      url: null,
      sha256,
      bytes: text.length,
      rows: p.events.length,
      statements: p.events.length,
      complete: p.complete ?? true,
      files: [
        {
          ...{ role: 'list', name: 'list.txt', url: null, sha256, bytes: text.length },
          ...{ lastModified: null, etag: null },
        },
      ],
      notes: {},
      at: p.at,
    }
    for (const event of p.events) this.#add(run, event)
    this.runRows.push(run)
    const size = this.eventRows.length + this.runRows.length
    this.checkpoints.push({
      origin: 'memory',
      size,
      root: sha256Hex(`${size}`),
      note: `memory\n${size}\n`,
      at: p.at,
      seq: this.eventRows.length,
    })
    return run
  }

  /** Records how the newest attempt of a dataset went. */
  attempt(dataset: string, at: Instant, state: Attempt['state']): void {
    const isBad = state === 'failed' || state === 'blocked'
    const code = isBad ? 'source.unreachable' : null
    this.attemptRows.set(dataset, { dataset, at, state, code, message: code })
  }

  #add(run: Run, event: NewEvent): void {
    const row = event.op === 'assert' ? this.#put(event.statement) : this.#byId.get(event.statement)
    assert(row !== undefined, 'a retraction names a statement that exists')
    const live = this.#live.get(run.dataset) ?? new Set<number>()
    this.#live.set(run.dataset, live)
    if (event.op === 'assert') live.add(row.sid)
    else live.delete(row.sid)
    const { op, effective } = event
    const seq = this.eventRows.length + 1
    const stored = {
      ...{ seq, op, statement: row.id, run: run.id, at: run.at, effective },
      ...{ row: event.row, sid: row.sid },
    }
    this.eventRows.push(stored)
    const own = this.#eventsOf.get(row.sid)
    if (own === undefined) this.#eventsOf.set(row.sid, [stored])
    else own.push(stored)
  }

  #put(statement: Omit<StatementRow, 'sid'>): StatementRow {
    const known = this.#byId.get(statement.id)
    if (known !== undefined) return known
    const row = { ...statement, sid: this.statementRows.length + 1 }
    this.statementRows.push(row)
    this.#byId.set(row.id, row)
    return row
  }

  async head() {
    return this.checkpoints.at(-1)
  }

  async checkpointAt(at: Instant) {
    return this.checkpoints.findLast((point) => Date.parse(point.at) <= Date.parse(at))
  }

  async events(from: number, limit: number) {
    return this.eventRows.slice(from, from + limit)
  }

  async eventsOf(sids: readonly number[]) {
    return sids.flatMap((sid) => this.#eventsOf.get(sid) ?? []).sort((a, b) => a.seq - b.seq)
  }

  async statement(id: string) {
    return this.#byId.get(id)
  }

  async statements(sids: readonly number[]) {
    return sids.map((sid) => {
      const row = this.statementRows[sid - 1]
      assert(row !== undefined, 'the index names statements that the ledger holds')
      return row
    })
  }

  async run(id: string) {
    return this.runRows.find((run) => run.id === id)
  }

  async runs(dataset?: string) {
    return this.runRows.filter((run) => dataset === undefined || run.dataset === dataset)
  }

  async attempts() {
    return [...this.attemptRows.values()]
  }

  async counts() {
    return { statements: this.statementRows.length, events: this.eventRows.length }
  }

  async *file(sha256: string) {
    yield Buffer.from(this.files.get(sha256) ?? '')
  }
}

function statementOf(dataset: string, said: Said) {
  const value = typeof said.value === 'string' ? said.value : canonicalJson(said.value)
  const fields = {
    dataset,
    entity: `${dataset}:${said.entity}`,
    prop: said.prop,
    value,
    ...(said.original === undefined ? {} : { original: said.original }),
    ...(said.lang === undefined ? {} : { lang: said.lang }),
  }
  return { id: statementId(fields), ...fields }
}
