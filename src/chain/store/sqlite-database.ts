import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { fromVersion2, SCHEMA, SCHEMA_VERSION } from './sqlite-schema.ts'

/** Called before each operation on the database; a test makes one of them fail. */
export type FaultHook = (operation: string) => void

export interface DatabaseOptions {
  readonly readOnly?: boolean
  readonly hook?: FaultHook | undefined
  /** For tests of a full disk: pages that the file may have. */
  readonly pagesMax?: number | undefined
}

/** Of the file, at most, in the address space of a reader; it is no memory of its own. */
const MAPPED_BYTES = 2 ** 31

/** Rows that one statement writes: a call costs more than a row. */
const ROWS_PER_CALL = 32

/** The version whose rows are converted when they are opened. */
const CONVERTED = 2

function userVersion(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
}

function versionOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 15_000 })
  try {
    return userVersion(db)
  } finally {
    db.close()
  }
}

/** The connection of chain rows. Every error is an `AppError`. */
export class ChainDatabase {
  readonly #db: DatabaseSync
  readonly #hook: FaultHook | undefined
  readonly #prepared = new Map<string, StatementSync>()
  readonly #isReader: boolean

  constructor(path: string, options: DatabaseOptions = {}) {
    this.#hook = options.hook
    const readOnly = options.readOnly ?? false
    this.#isReader = readOnly
    try {
      // Whoever only reads cannot convert older rows: the writer that would may not run at all.
      if (readOnly && versionOf(path) === CONVERTED) new ChainDatabase(path).close()
      this.#db = new DatabaseSync(path, { readOnly, timeout: 15_000 })
      if (!readOnly) {
        this.#db.exec('PRAGMA journal_mode=WAL')
        // NORMAL: a loss of power may undo the newest commits, never half of one, and what is
        // undone is read from the chain again: cursor and rows are undone together.
        this.#db.exec('PRAGMA synchronous=NORMAL')
        this.#db.exec('PRAGMA wal_autocheckpoint=65536')
      }
      this.#db.exec(`PRAGMA cache_size=${readOnly ? -32_768 : -131_072}`)
      this.#db.exec('PRAGMA temp_store=MEMORY')
      // Pages of an address are read here and there: without a map each costs a call and a copy.
      if (readOnly) this.#db.exec(`PRAGMA mmap_size=${MAPPED_BYTES}`)
      if (options.pagesMax !== undefined) {
        this.#db.exec(`PRAGMA max_page_count=${Math.floor(options.pagesMax)}`)
      }
      this.#migrate(readOnly)
    } catch (error) {
      throw error instanceof AppError ? error : storeError(error)
    }
  }

  #migrate(readOnly: boolean): void {
    const version = userVersion(this.#db)
    if (version === SCHEMA_VERSION) return
    if (version === CONVERTED && !readOnly) {
      this.#convert()
      return
    }
    if (version > SCHEMA_VERSION) {
      throw new AppError('chain.store_newer', 'The chain rows were written by a newer Custos.')
    }
    if (version > 0) {
      // Nothing is removed here: the alerts lie in the same file, and the operator may want them.
      throw new AppError(
        'chain.store_outdated',
        'An older Custos wrote the chain rows: move chain.sqlite away, and the chain is read again.',
      )
    }
    if (readOnly) throw new AppError('chain.store_missing', 'The data folder has no chain rows.')
    this.#db.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version=${SCHEMA_VERSION}; COMMIT;`)
  }

  /** All or nothing: a conversion that breaks off is begun anew. */
  #convert(): void {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      // Another process may have been first.
      if (userVersion(this.#db) === CONVERTED) {
        const chains = this.#db.prepare('SELECT no FROM chain').all() as { no: number }[]
        for (const { no } of chains) this.#db.exec(fromVersion2(no))
        this.#db.exec(`PRAGMA user_version=${SCHEMA_VERSION}`)
      }
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#rollback()
      throw error
    }
  }

  get<T>(sql: string, ...values: SQLInputValue[]): T | undefined {
    return this.#guarded(sql, () => this.#statement(sql).get(...values) as T | undefined)
  }

  all<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#guarded(sql, () => this.#statement(sql).all(...values) as T[])
  }

  /** Every integer as a bigint: for sums that may pass 2^53. */
  allBig<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#guarded(sql, () => {
      const statement = this.#db.prepare(sql)
      statement.setReadBigInts(true)
      return statement.all(...values) as T[]
    })
  }

  run(sql: string, ...values: SQLInputValue[]): { changes: number; lastInsertRowid: number } {
    return this.#guarded(sql, () => {
      const { changes, lastInsertRowid } = this.#statement(sql).run(...values)
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) }
    })
  }

  /** Writes rows that lie flat in `values`; `after` follows the VALUES, as ON CONFLICT does. */
  insert(into: string, width: number, values: SQLInputValue[], after = ''): void {
    assert(width > 0 && values.length % width === 0, 'rows have one width')
    const one = `(${new Array(width).fill('?').join(',')})`
    const many = new Array(ROWS_PER_CALL).fill(one).join(',')
    const step = width * ROWS_PER_CALL
    let at = 0
    if (values.length >= step) {
      const sqlMany = `INSERT INTO ${into} VALUES ${many} ${after}`
      for (; at + step <= values.length; at += step) {
        this.run(sqlMany, ...values.slice(at, at + step))
      }
    }
    const sqlOne = `INSERT INTO ${into} VALUES ${one} ${after}`
    for (; at < values.length; at += width) this.run(sqlOne, ...values.slice(at, at + width))
  }

  exec(sql: string): void {
    this.#guarded(sql, () => this.#db.exec(sql))
  }

  /** All or nothing; a fault of the store becomes `chain.store_full` or `chain.store_failed`. */
  transaction<T>(work: () => T): T {
    assert(!this.#db.isTransaction, 'one change at a time')
    this.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.exec('COMMIT')
      return result
    } catch (error) {
      this.#rollback()
      throw error
    }
  }

  /** Reads of one moment, though another process may be writing. The one writer is this then. */
  snapshot<T>(work: () => T): T {
    if (!this.#isReader || this.#db.isTransaction) return work()
    this.#db.exec('BEGIN')
    try {
      return work()
    } finally {
      this.#rollback()
    }
  }

  close(): void {
    this.#prepared.clear()
    if (this.#db.isOpen) this.#db.close()
  }

  /** Never fails: after an error SQLite may have rolled back on its own. */
  #rollback(): void {
    if (this.#db.isTransaction) this.#db.exec('ROLLBACK')
  }

  #guarded<T>(operation: string, work: () => T): T {
    try {
      this.#hook?.(operation)
      return work()
    } catch (error) {
      throw error instanceof AppError ? error : storeError(error)
    }
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

/** https://sqlite.org/rescode.html: 13 is SQLITE_FULL, 11 SQLITE_CORRUPT, 26 SQLITE_NOTADB. */
function storeError(cause: unknown): AppError {
  const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) % 256 : 0
  if (code === 13) {
    return new AppError('chain.store_full', 'The disk has no room for more chain rows.', { cause })
  }
  if (code === 11 || code === 26) {
    return new AppError('chain.store_damaged', 'The file of chain rows cannot be read.', { cause })
  }
  return new AppError('chain.store_failed', 'The chain rows could not be read or written.', {
    cause,
  })
}
