import { assert } from '../../base/assert.ts'
import type { Hash, Run } from '../../model/statement.ts'
import type { Instant } from '../../model/time.ts'
import type { LiveStatement } from '../append.ts'
import type { Attempt, Checkpoint, LedgerEventRow, LedgerReader, StatementRow } from '../read.ts'
import { type FaultHook, LedgerDatabase } from './database.ts'
import { KeptFiles } from './files.ts'

interface CheckpointRow {
  size: number
  seq: number
  at: string
  root: string
  note: string
}

interface EventRow {
  seq: number
  op: number
  sid: number
  run: number
  effective: string
  row: string
  id: Uint8Array
}

interface StatementColumns {
  sid: number
  id: Uint8Array
  dataset: number
  entity: string
  prop: string
  value: string
  original: string | null
  lang: string | null
}

export interface LedgerPaths {
  readonly database: string
  readonly files: string
}

const EVENT_COLUMNS = 'e.seq, e.op, e.sid, e.run, e.effective, e.row, s.id'

/** Reads committed states of a ledger in SQLite; a second process or thread may be writing. */
export class SqliteLedgerReader implements LedgerReader {
  protected readonly db: LedgerDatabase
  protected readonly kept: KeptFiles
  readonly #datasets = new Map<number, string>()
  readonly #runs = new Map<number, Run>()

  constructor(paths: LedgerPaths, options: { readOnly?: boolean; hook?: FaultHook } = {}) {
    this.db = new LedgerDatabase(paths.database, {
      readOnly: options.readOnly ?? true,
      hook: options.hook,
    })
    this.kept = new KeptFiles(paths.files)
  }

  async head(): Promise<Checkpoint | undefined> {
    const row = this.db.get<CheckpointRow>(
      'SELECT size, seq, at, root, note FROM checkpoint ORDER BY size DESC LIMIT 1',
    )
    return row && toCheckpoint(row)
  }

  async checkpointAt(at: Instant): Promise<Checkpoint | undefined> {
    const ms = Date.parse(at)
    assert(!Number.isNaN(ms), 'an instant is a time')
    const row = this.db.get<CheckpointRow>(
      `SELECT size, seq, at, root, note FROM checkpoint WHERE at_ms <= ?
       ORDER BY at_ms DESC, size DESC LIMIT 1`,
      ms,
    )
    return row && toCheckpoint(row)
  }

  async events(from: number, limit: number): Promise<readonly LedgerEventRow[]> {
    assert(limit > 0, 'a page of events has a size')
    return this.db
      .all<EventRow>(
        `SELECT ${EVENT_COLUMNS} FROM event e JOIN statement s ON s.sid = e.sid
         WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
        from,
        limit,
      )
      .map((row) => this.#toEvent(row))
  }

  async eventsOf(sids: readonly number[]): Promise<readonly LedgerEventRow[]> {
    const rows = sids.flatMap((sid) =>
      this.db.all<EventRow>(
        `SELECT ${EVENT_COLUMNS} FROM event e JOIN statement s ON s.sid = e.sid
         WHERE e.sid = ? ORDER BY e.seq`,
        sid,
      ),
    )
    return rows.sort((a, b) => a.seq - b.seq).map((row) => this.#toEvent(row))
  }

  async statement(id: Hash): Promise<StatementRow | undefined> {
    if (!/^[0-9a-f]{64}$/.test(id)) return undefined
    const row = this.db.get<StatementColumns>(
      'SELECT * FROM statement WHERE id = ?',
      Buffer.from(id, 'hex'),
    )
    return row && this.toStatement(row)
  }

  async statements(sids: readonly number[]): Promise<readonly StatementRow[]> {
    return sids.map((sid) => {
      const row = this.db.get<StatementColumns>('SELECT * FROM statement WHERE sid = ?', sid)
      assert(row !== undefined, 'the index names statements that the ledger holds')
      return this.toStatement(row)
    })
  }

  /** What the dataset's newest state holds, in the order in which it was first said. */
  async live(dataset: string): Promise<readonly LiveStatement[]> {
    return this.db
      .all<{ sid: number; since: string; id: Uint8Array }>(
        `SELECT l.sid, l.since, s.id FROM live l JOIN statement s ON s.sid = l.sid
         WHERE l.dataset = (SELECT no FROM dataset WHERE name = ?)`,
        dataset,
      )
      .map((row) => ({ sid: row.sid, since: row.since, id: Buffer.from(row.id).toString('hex') }))
  }

  async run(id: string): Promise<Run | undefined> {
    const row = this.db.get<{ record: string }>('SELECT record FROM run WHERE id = ?', id)
    return row && (JSON.parse(row.record) as Run)
  }

  async runs(dataset?: string): Promise<readonly Run[]> {
    const rows =
      dataset === undefined
        ? this.db.all<{ record: string }>('SELECT record FROM run ORDER BY no')
        : this.db.all<{ record: string }>(
            `SELECT record FROM run WHERE dataset = (SELECT no FROM dataset WHERE name = ?)
             ORDER BY no`,
            dataset,
          )
    return rows.map((row) => JSON.parse(row.record) as Run)
  }

  async attempts(): Promise<readonly Attempt[]> {
    return this.db.all<Attempt & Record<string, unknown>>(
      'SELECT dataset, at, state, code, message FROM attempt ORDER BY dataset',
    )
  }

  async counts(): Promise<{ statements: number; events: number }> {
    // Both tables only grow, so the newest row id is the count.
    const statements = this.db.get<{ n: number | null }>('SELECT max(sid) AS n FROM statement')
    const events = this.db.get<{ n: number | null }>('SELECT max(seq) AS n FROM event')
    return { statements: statements?.n ?? 0, events: events?.n ?? 0 }
  }

  file(sha256: Hash): AsyncIterable<Uint8Array> {
    return this.kept.read(sha256)
  }

  async close(): Promise<void> {
    this.db.close()
  }

  protected toStatement(row: StatementColumns): StatementRow {
    return {
      sid: row.sid,
      id: Buffer.from(row.id).toString('hex'),
      dataset: this.#datasetName(row.dataset),
      entity: row.entity,
      prop: row.prop,
      value: row.value,
      ...(row.original === null ? {} : { original: row.original }),
      ...(row.lang === null ? {} : { lang: row.lang }),
    }
  }

  #toEvent(row: EventRow): LedgerEventRow {
    const run = this.#runByNumber(row.run)
    return {
      seq: row.seq,
      op: row.op === 1 ? 'assert' : 'retract',
      statement: Buffer.from(row.id).toString('hex'),
      run: run.id,
      at: run.at,
      effective: row.effective,
      row: row.row,
      sid: row.sid,
    }
  }

  #datasetName(no: number): string {
    let name = this.#datasets.get(no)
    if (name === undefined) {
      name = this.db.get<{ name: string }>('SELECT name FROM dataset WHERE no = ?', no)?.name
      assert(name !== undefined, 'a statement names a dataset that exists')
      this.#datasets.set(no, name)
    }
    return name
  }

  /** Run records never change, so they are kept once read. */
  #runByNumber(no: number): Run {
    let run = this.#runs.get(no)
    if (run === undefined) {
      const row = this.db.get<{ record: string }>('SELECT record FROM run WHERE no = ?', no)
      assert(row !== undefined, 'an event names a run that exists')
      run = JSON.parse(row.record) as Run
      this.#runs.set(no, run)
    }
    return run
  }
}

function toCheckpoint(row: CheckpointRow): Checkpoint {
  const origin = row.note.slice(0, row.note.indexOf('\n'))
  return { origin, size: row.size, root: row.root, note: row.note, at: row.at, seq: row.seq }
}
