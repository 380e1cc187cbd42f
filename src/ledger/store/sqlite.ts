import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { type Run, type Statement, statementId } from '../../model/statement.ts'
import type { AppendParams, LedgerStore } from '../append.ts'
import { type NoteSigner, newInstanceKey, noteSigner, signCheckpoint } from '../checkpoint.ts'
import { eventLeaf, runLeaf, runRecord } from '../leaf.ts'
import { Frontier, leafHash } from '../merkle.ts'
import type { Attempt, Checkpoint, NewEvent } from '../read.ts'
import type { FaultHook } from './database.ts'
import { type LedgerPaths, SqliteLedgerReader } from './sqlite-reader.ts'

const KEY_FILE = 'instance-key.pem'
const VKEY_FILE = 'instance.vkey'

/** The ledger's files inside a data folder. */
export function ledgerPaths(folder: string): LedgerPaths {
  return { database: join(folder, 'ledger.sqlite'), files: join(folder, 'files') }
}

/** The instance's signer; its key is made on first use and readable by its user alone. */
export function instanceSigner(folder: string, origin?: string): NoteSigner {
  const path = join(folder, KEY_FILE)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, newInstanceKey(), { mode: 0o600, flag: 'wx' })
  }
  const signer = noteSigner(readFileSync(path, 'utf8'), origin)
  assert(signer.vkey.startsWith(`${signer.name}+`), 'a verifier key begins with its name')
  const vkeyPath = join(folder, VKEY_FILE)
  const vkey = `${signer.vkey}\n`
  if (!existsSync(vkeyPath) || readFileSync(vkeyPath, 'utf8') !== vkey) {
    writeFileSync(vkeyPath, vkey)
  }
  return signer
}

/** The verifier key that a data folder publishes; the one of an earlier day is the better witness. */
export function instanceVkey(folder: string): string {
  const path = join(folder, VKEY_FILE)
  if (!existsSync(path)) throw new AppError('ledger.missing', 'The data folder has no ledger yet.')
  return readFileSync(path, 'utf8').trim()
}

export function openSqliteLedger(
  folder: string,
  options: { origin?: string | undefined; hook?: FaultHook } = {},
): SqliteLedger {
  mkdirSync(folder, { recursive: true })
  return new SqliteLedger(ledgerPaths(folder), instanceSigner(folder, options.origin), options.hook)
}

export class SqliteLedger extends SqliteLedgerReader implements LedgerStore {
  readonly #signer: NoteSigner

  constructor(paths: LedgerPaths, signer: NoteSigner, hook?: FaultHook) {
    super(paths, { readOnly: false, ...(hook === undefined ? {} : { hook }) })
    this.#signer = signer
  }

  async append(params: AppendParams): Promise<Checkpoint> {
    const done = await this.#committed(params.id)
    if (done !== undefined) return done
    this.db.begin()
    try {
      const writer = new RunWriter(this.db, params)
      for await (const batch of params.events) for (const event of batch) writer.add(event)
      const checkpoint = writer.seal(params.seal(), this.#signer)
      this.db.commit()
      return checkpoint
    } catch (error) {
      this.db.rollback()
      throw error
    }
  }

  async keep(content: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }> {
    return this.kept.keep(content)
  }

  /** Gives back the disk space that a large run needed while it was written. */
  async settle(): Promise<void> {
    this.db.truncateLog()
  }

  async recordAttempt(attempt: Attempt): Promise<void> {
    this.db.run(
      `INSERT INTO attempt(dataset, at, state, code, message) VALUES(?, ?, ?, ?, ?)
       ON CONFLICT(dataset) DO UPDATE SET at = excluded.at, state = excluded.state,
       code = excluded.code, message = excluded.message`,
      attempt.dataset,
      attempt.at,
      attempt.state,
      attempt.code,
      attempt.message,
    )
  }

  /** "Commit succeeded, answer lost": asked again, the run's own checkpoint is the answer. */
  async #committed(id: string): Promise<Checkpoint | undefined> {
    const row = this.db.get<{ size: number; seq: number; at: string; root: string; note: string }>(
      `SELECT c.size, c.seq, c.at, c.root, c.note FROM checkpoint c
       JOIN run r ON r.no = c.run WHERE r.id = ?`,
      id,
    )
    return row && { ...row, origin: row.note.slice(0, row.note.indexOf('\n')) }
  }
}

/** Writes one run inside an open transaction. */
class RunWriter {
  readonly #db: SqliteLedger['db']
  readonly #params: AppendParams
  readonly #frontier: Frontier
  readonly #dataset: number
  readonly #run: number
  readonly #seqFrom: number
  #seq: number

  constructor(db: SqliteLedger['db'], params: AppendParams) {
    this.#db = db
    this.#params = params
    const head = db.get<{ size: number; seq: number; at_ms: number; frontier: Uint8Array }>(
      'SELECT size, seq, at_ms, frontier FROM checkpoint ORDER BY size DESC LIMIT 1',
    )
    assert(
      head === undefined || Date.parse(params.at) >= head.at_ms,
      'the ledger time never goes back',
    )
    this.#frontier = head ? Frontier.fromBytes(head.size, head.frontier) : new Frontier()
    this.#seq = head?.seq ?? 0
    this.#seqFrom = this.#seq + 1
    db.run('INSERT OR IGNORE INTO dataset(name) VALUES(?)', params.dataset)
    const dataset = db.get<{ no: number }>('SELECT no FROM dataset WHERE name = ?', params.dataset)
    assert(dataset !== undefined, 'the dataset has a number')
    this.#dataset = dataset.no
    this.#run = (db.get<{ no: number | null }>('SELECT max(no) AS no FROM run')?.no ?? 0) + 1
  }

  add(event: NewEvent): void {
    const id = event.op === 'assert' ? event.statement.id : event.statement
    const sid = event.op === 'assert' ? this.#put(event.statement) : this.#sidOf(id)
    this.#seq += 1
    this.#db.run(
      'INSERT INTO event(seq, op, sid, run, effective, row) VALUES(?, ?, ?, ?, ?, ?)',
      this.#seq,
      event.op === 'assert' ? 1 : 0,
      sid,
      this.#run,
      event.effective,
      event.row,
    )
    this.#updateLive(event, sid)
    const { id: run, at } = this.#params
    const { op, effective, row } = event
    this.#frontier.append(
      leafHash(eventLeaf({ seq: this.#seq, op, statement: id, run, at, effective, row })),
    )
  }

  seal(run: Run, signer: NoteSigner): Checkpoint {
    const { id, at } = this.#params
    assert(run.id === id && run.at === at, 'the record is of the run that was appended')
    assert(run.dataset === this.#params.dataset, 'a run writes one dataset')
    const record = runRecord(run)
    this.#frontier.append(leafHash(runLeaf(record)))
    this.#db.run(
      'INSERT INTO run(no, id, dataset, record, seq_from, seq_to) VALUES(?, ?, ?, ?, ?, ?)',
      this.#run,
      id,
      this.#dataset,
      record,
      this.#seqFrom,
      this.#seq,
    )
    const root = this.#frontier.root().toString('base64')
    const size = this.#frontier.size
    const origin = signer.name
    const note = signCheckpoint({ origin, size, root }, signer)
    this.#db.run(
      `INSERT INTO checkpoint(size, seq, run, at_ms, at, root, note, frontier)
       VALUES(?, ?, ?, ?, ?, ?, ?, ?)`,
      size,
      this.#seq,
      this.#run,
      Date.parse(at),
      at,
      root,
      note,
      this.#frontier.toBytes(),
    )
    return { origin, size, root, note, at, seq: this.#seq }
  }

  #put(s: Statement): number {
    assert(s.dataset === this.#params.dataset, 'a run writes one dataset')
    assert(s.id === statementId(s), 'a statement is named by its content')
    const id = Buffer.from(s.id, 'hex')
    const { changes, lastInsertRowid } = this.#db.run(
      `INSERT OR IGNORE INTO statement(id, dataset, entity, prop, value, original, lang)
       VALUES(?, ?, ?, ?, ?, ?, ?)`,
      id,
      this.#dataset,
      s.entity,
      s.prop,
      s.value,
      s.original ?? null,
      s.lang ?? null,
    )
    return changes === 1 ? lastInsertRowid : this.#sidOf(s.id)
  }

  #sidOf(id: string): number {
    const row = this.#db.get<{ sid: number }>(
      'SELECT sid FROM statement WHERE id = ?',
      Buffer.from(id, 'hex'),
    )
    assert(row !== undefined, 'an event names a statement that exists')
    return row.sid
  }

  #updateLive(event: NewEvent, sid: number): void {
    if (event.op === 'assert') {
      this.#db.run(
        `INSERT INTO live(dataset, sid, since) VALUES(?, ?, ?)
         ON CONFLICT(dataset, sid) DO UPDATE SET since = min(since, excluded.since)`,
        this.#dataset,
        sid,
        event.effective,
      )
    } else {
      this.#db.run('DELETE FROM live WHERE dataset = ? AND sid = ?', this.#dataset, sid)
    }
  }
}
