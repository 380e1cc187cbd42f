import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { AppError } from '../../base/error.ts'

const SCHEMA_VERSION = 1

const SCHEMA = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dataset(no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE run(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, dataset INTEGER NOT NULL, record TEXT NOT NULL,
  seq_from INTEGER NOT NULL, seq_to INTEGER NOT NULL);
CREATE INDEX run_dataset ON run(dataset, no);
CREATE TABLE statement(
  sid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, dataset INTEGER NOT NULL, entity TEXT NOT NULL,
  prop TEXT NOT NULL, value TEXT NOT NULL, original TEXT, lang TEXT);
CREATE TABLE event(
  seq INTEGER PRIMARY KEY, op INTEGER NOT NULL, sid INTEGER NOT NULL, run INTEGER NOT NULL,
  effective TEXT NOT NULL, row TEXT NOT NULL);
CREATE INDEX event_sid ON event(sid);
CREATE TABLE checkpoint(
  size INTEGER PRIMARY KEY, seq INTEGER NOT NULL, run INTEGER NOT NULL, at_ms INTEGER NOT NULL,
  at TEXT NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL, frontier BLOB NOT NULL);
CREATE INDEX checkpoint_at ON checkpoint(at_ms, size);
-- Derived from the events and checked by verify: what each dataset's newest state holds.
CREATE TABLE live(
  dataset INTEGER NOT NULL, sid INTEGER NOT NULL, since TEXT NOT NULL,
  PRIMARY KEY(dataset, sid)) WITHOUT ROWID;
-- Operational: the outcome of the newest attempt of each dataset; not a fact, so not in the log.
CREATE TABLE attempt(
  dataset TEXT PRIMARY KEY, at TEXT NOT NULL, state TEXT NOT NULL, code TEXT, message TEXT)
  WITHOUT ROWID;
`

/** Called before each operation on the database; a test makes the Nth one fail. */
export type FaultHook = (operation: string) => void

/** A database connection that counts its operations for the fault hook. */
export class LedgerDatabase {
  readonly #db: DatabaseSync
  readonly #hook: FaultHook | undefined
  readonly #prepared = new Map<string, StatementSync>()

  constructor(path: string, options: { readOnly: boolean; hook?: FaultHook | undefined }) {
    this.#hook = options.hook
    this.#db = new DatabaseSync(path, { readOnly: options.readOnly, timeout: 15_000 })
    try {
      if (!options.readOnly) {
        this.#db.exec('PRAGMA journal_mode=WAL')
        // FULL: a run that was acknowledged is on the disk, also after a loss of power.
        this.#db.exec('PRAGMA synchronous=FULL')
        this.#db.exec('PRAGMA cache_size=-131072')
      } else {
        this.#db.exec('PRAGMA cache_size=-16384')
      }
      this.#db.exec('PRAGMA temp_store=MEMORY')
      this.#migrate(options.readOnly)
    } catch (error) {
      this.#db.close()
      throw error instanceof AppError
        ? error
        : new AppError('ledger.damaged', 'The ledger file cannot be read.', { cause: error })
    }
  }

  #migrate(readOnly: boolean): void {
    const { user_version: version } = this.#db.prepare('PRAGMA user_version').get() as {
      user_version: number
    }
    if (version === SCHEMA_VERSION) return
    if (version > SCHEMA_VERSION) {
      throw new AppError('ledger.newer', 'The ledger was written by a newer Custos.')
    }
    if (readOnly) throw new AppError('ledger.missing', 'The data folder has no ledger yet.')
    this.#db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${SCHEMA_VERSION}; COMMIT;`)
  }

  get<T>(sql: string, ...values: SQLInputValue[]): T | undefined {
    this.#hook?.(sql)
    return this.#statement(sql).get(...values) as T | undefined
  }

  all<T>(sql: string, ...values: SQLInputValue[]): T[] {
    this.#hook?.(sql)
    return this.#statement(sql).all(...values) as T[]
  }

  iterate<T>(sql: string, ...values: SQLInputValue[]): IterableIterator<T> {
    this.#hook?.(sql)
    // A cursor needs a statement of its own: a cached one may be in use by another cursor.
    return this.#db.prepare(sql).iterate(...values) as IterableIterator<T>
  }

  /** Runs a change and gives the number of changed rows and the last row id. */
  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    this.#hook?.(sql)
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values)
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
  }

  begin(): void {
    this.#hook?.('BEGIN')
    this.#db.exec('BEGIN IMMEDIATE')
  }

  commit(): void {
    this.#hook?.('COMMIT')
    this.#db.exec('COMMIT')
  }

  /** Never fails: after an error SQLite may have rolled back on its own. */
  rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }

  /** Moves the write-ahead log into the file and empties it; a large run leaves a large one. */
  truncateLog(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#prepared.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  #statement(sql: string): StatementSync {
    let prepared = this.#prepared.get(sql)
    if (prepared === undefined) {
      prepared = this.#db.prepare(sql)
      this.#prepared.set(sql, prepared)
    }
    return prepared
  }
}
