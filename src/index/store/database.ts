import { existsSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { AppError } from '../../base/error.ts'

/** A change here makes every older index file obsolete: it is dropped and built again. */
export const INDEX_SCHEMA_VERSION = 4

const SCHEMA = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE dataset(
  no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, statements INTEGER NOT NULL,
  entities INTEGER NOT NULL);
CREATE TABLE run(
  seq_from INTEGER PRIMARY KEY, seq_to INTEGER NOT NULL, id TEXT NOT NULL, dataset INTEGER NOT NULL,
  at TEXT NOT NULL, effective_min INTEGER, baseline INTEGER NOT NULL);
CREATE TABLE span(
  sid INTEGER NOT NULL, no INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER,
  known_from INTEGER NOT NULL, known_to INTEGER, PRIMARY KEY(sid, no)) WITHOUT ROWID;
CREATE TABLE ident(
  key TEXT NOT NULL, sid INTEGER NOT NULL, PRIMARY KEY(key, sid)) WITHOUT ROWID;
-- An entity is kept as 52 bits of the SHA-256 of its id: who reads compares the id itself.
CREATE TABLE fact(
  entity INTEGER NOT NULL, sid INTEGER NOT NULL, PRIMARY KEY(entity, sid)) WITHOUT ROWID;
CREATE TABLE entity(
  entity INTEGER PRIMARY KEY, live INTEGER NOT NULL);
CREATE TABLE name(sid INTEGER PRIMARY KEY, prop INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE roll(
  prop TEXT NOT NULL, sid INTEGER NOT NULL, PRIMARY KEY(prop, sid)) WITHOUT ROWID;
`

/** One connection with its prepared statements. */
export class IndexDatabase {
  readonly #db: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()

  constructor(path: string, options: { readOnly: boolean }) {
    if (options.readOnly && !existsSync(path)) {
      throw new AppError('index.missing', 'The data folder has no index yet: run a sync.')
    }
    this.#db = open(path, options.readOnly)
  }

  get<T>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.statement(sql).get(...values) as T | undefined
  }

  all<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.statement(sql).all(...values) as T[]
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.statement(sql).run(...values)
  }

  iterate<T>(sql: string): IterableIterator<T> {
    // A cursor needs a statement of its own: a kept one may be in use by another cursor.
    return this.#db.prepare(sql).iterate() as IterableIterator<T>
  }

  exec(sql: string): void {
    this.#db.exec(sql)
  }

  get isInTransaction(): boolean {
    return this.#db.isTransaction
  }

  statement(sql: string): StatementSync {
    let prepared = this.#prepared.get(sql)
    if (prepared === undefined) {
      prepared = this.#db.prepare(sql)
      this.#prepared.set(sql, prepared)
    }
    return prepared
  }

  close(): void {
    this.#prepared.clear()
    if (this.#db.isOpen) this.#db.close()
  }
}

function open(path: string, readOnly: boolean): DatabaseSync {
  let db = connect(path, readOnly)
  const version = versionOf(db)
  if (version === INDEX_SCHEMA_VERSION) return db
  if (readOnly) {
    db.close()
    throw new AppError('index.outdated', 'The index is of another version: run a rebuild.')
  }
  if (version !== 0) {
    // Of another version, or not a database: nothing is lost, the ledger gives it again.
    db.close()
    for (const tail of ['', '-wal', '-shm']) rmSync(`${path}${tail}`, { force: true })
    db = connect(path, readOnly)
  }
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${INDEX_SCHEMA_VERSION}; COMMIT;`)
  return db
}

function connect(path: string, readOnly: boolean): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, timeout: 15_000 })
  try {
    if (!readOnly) {
      db.exec('PRAGMA journal_mode=WAL')
      // After a loss of power the file is consistent and perhaps older: it catches up.
      db.exec('PRAGMA synchronous=NORMAL')
      // A rebuild is one large transaction: its log is not kept at that size for ever.
      db.exec('PRAGMA journal_size_limit=16777216')
    }
    // A writer touches the whole key tree with each batch; a reader has its hot pages only.
    db.exec(`PRAGMA cache_size=${readOnly ? -16_384 : -65_536}`)
    db.exec('PRAGMA temp_store=MEMORY')
  } catch {
    // Not a database: `versionOf` tells, and a writer starts again.
  }
  return db
}

function versionOf(db: DatabaseSync): number {
  try {
    const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
    return row.user_version
  } catch {
    return -1
  }
}
