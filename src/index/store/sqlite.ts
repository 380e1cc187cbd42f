import { join } from 'node:path'
import { assert } from '../../base/assert.ts'
import { sha256Hex } from '../../base/encode.ts'
import type { EntityId } from '../../model/statement.ts'
import type {
  DatasetCount,
  Ident,
  IndexBatch,
  IndexedRun,
  IndexReader,
  IndexWriter,
  NameEntry,
  NameProp,
  RollProp,
} from '../port.ts'
import type { Span } from '../span.ts'
import { IndexDatabase } from './database.ts'
import { dumpLines } from './dump.ts'

const NAME_PROPS: readonly NameProp[] = ['name', 'alias', 'weakAlias', 'previousName']

interface RunRow {
  id: string
  dataset: string
  at: string
  seq_from: number
  seq_to: number
  effective_min: number | null
  baseline: number
}

interface SpanRow {
  sid: number
  known_from: number
  valid_from: number
  valid_to: number | null
  known_to: number | null
}

/** The index file of a data folder. */
export function indexPath(folder: string): string {
  return join(folder, 'index.sqlite')
}

export function openSqliteIndex(path: string): SqliteIndex {
  return new SqliteIndex(path)
}

export function openSqliteIndexReader(path: string): SqliteIndexReader {
  return new SqliteIndexReader(path, { readOnly: true })
}

/** The first 52 bits of a SHA-256: an exact number in JavaScript and eight bytes in a row. */
function entityNumber(entity: EntityId): number {
  return Number.parseInt(sha256Hex(entity).slice(0, 13), 16)
}

export class SqliteIndexReader implements IndexReader {
  protected readonly db: IndexDatabase

  constructor(path: string, options: { readOnly: boolean }) {
    this.db = new IndexDatabase(path, options)
  }

  async seq(): Promise<number> {
    return this.meta('indexed_seq')
  }

  async sidsOf(key: string, limit: number): Promise<readonly number[]> {
    return this.db
      .all<{ sid: number }>('SELECT sid FROM ident WHERE key = ? ORDER BY sid LIMIT ?', key, limit)
      .map((row) => row.sid)
  }

  async spansOfKey(key: string, limit: number): Promise<ReadonlyMap<number, readonly Span[]>> {
    const found = new Map<number, Span[]>()
    const rows = this.db.all<SpanRow>(
      // CROSS keeps the order of the loops, which is the order asked for: no sorting.
      `SELECT s.* FROM (SELECT sid FROM ident WHERE key = ? ORDER BY sid LIMIT ?) i
       CROSS JOIN span s ON s.sid = i.sid`,
      key,
      limit,
    )
    for (const row of rows) {
      const list = found.get(row.sid)
      if (list === undefined) found.set(row.sid, [toSpan(row)])
      else list.push(toSpan(row))
    }
    return found
  }

  async sidsOfEntity(entity: EntityId, limit: number): Promise<readonly number[]> {
    return this.db
      .all<{ sid: number }>(
        'SELECT sid FROM fact WHERE entity = ? ORDER BY sid LIMIT ?',
        entityNumber(entity),
        limit,
      )
      .map((row) => row.sid)
  }

  async spansOf(sids: readonly number[]): Promise<ReadonlyMap<number, readonly Span[]>> {
    const found = new Map<number, readonly Span[]>()
    for (const sid of sids) found.set(sid, this.spansOfOne(sid))
    return found
  }

  async namesAfter(sid: number, limit: number): Promise<readonly NameEntry[]> {
    return this.db
      .all<{ sid: number; prop: number; text: string }>(
        'SELECT sid, prop, text FROM name WHERE sid > ? ORDER BY sid LIMIT ?',
        sid,
        limit,
      )
      .map((row) => ({ ...row, prop: NAME_PROPS[row.prop] as NameProp }))
  }

  async roll(prop: RollProp): Promise<readonly number[]> {
    return this.db
      .all<{ sid: number }>('SELECT sid FROM roll WHERE prop = ? ORDER BY sid', prop)
      .map((row) => row.sid)
  }

  async rollSeq(): Promise<number> {
    return this.meta('roll_seq')
  }

  async runs(): Promise<readonly IndexedRun[]> {
    return this.db
      .all<RunRow>(
        `SELECT r.id, d.name AS dataset, r.at, r.seq_from, r.seq_to, r.effective_min, r.baseline
         FROM run r JOIN dataset d ON d.no = r.dataset ORDER BY r.seq_from`,
      )
      .map((row) => ({
        run: row.id,
        dataset: row.dataset,
        at: row.at,
        seqFrom: row.seq_from,
        seqTo: row.seq_to,
        effectiveMin: row.effective_min,
        isBaseline: row.baseline === 1,
      }))
  }

  async counts(): Promise<readonly DatasetCount[]> {
    return this.db.all<DatasetCount & Record<string, unknown>>(
      'SELECT name AS dataset, statements, entities FROM dataset ORDER BY name',
    )
  }

  async identifiers(): Promise<number> {
    return this.meta('identifiers')
  }

  async identsFrom(
    prefix: string,
    after: Ident | undefined,
    limit: number,
  ): Promise<readonly Ident[]> {
    return this.db.all<Ident & Record<string, unknown>>(
      'SELECT key, sid FROM ident WHERE (key, sid) > (?, ?) AND key < ? ORDER BY key, sid LIMIT ?',
      after?.key ?? prefix,
      after?.sid ?? -1,
      `${prefix}\u{10ffff}`,
      limit,
    )
  }

  async keysFrom(prefix: string, limit: number): Promise<readonly string[]> {
    return this.db
      .all<{ key: string }>(
        // The last code point stands behind every key that begins so: keys are compared as bytes.
        'SELECT DISTINCT key FROM ident WHERE key >= ? AND key < ? ORDER BY key LIMIT ?',
        prefix,
        `${prefix}\u{10ffff}`,
        limit,
      )
      .map(({ key }) => key)
  }

  *keys(): Iterable<string> {
    for (const row of this.db.iterate<{ key: string }>('SELECT DISTINCT key FROM ident')) {
      yield row.key
    }
  }

  dump(): AsyncIterable<string> {
    return dumpLines(this.db)
  }

  async close(): Promise<void> {
    this.db.close()
  }

  protected meta(key: string): number {
    return this.db.get<{ value: number }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? 0
  }

  protected spansOfOne(sid: number): Span[] {
    return this.db.all<SpanRow>('SELECT * FROM span WHERE sid = ? ORDER BY no', sid).map(toSpan)
  }
}

export class SqliteIndex extends SqliteIndexReader implements IndexWriter {
  readonly #datasets = new Map<string, number>()

  constructor(path: string) {
    super(path, { readOnly: false })
  }

  async sidMax(): Promise<number> {
    return this.db.get<{ n: number | null }>('SELECT max(sid) AS n FROM span')?.n ?? 0
  }

  async begin(): Promise<void> {
    this.db.exec('BEGIN IMMEDIATE')
  }

  async commit(): Promise<void> {
    this.db.exec('COMMIT')
  }

  async rollback(): Promise<void> {
    this.#datasets.clear()
    if (this.db.isInTransaction) this.db.exec('ROLLBACK')
  }

  async clear(): Promise<void> {
    assert(this.db.isInTransaction, 'an index is only cleared inside a transaction')
    this.#datasets.clear()
    const tables = ['meta', 'run', 'dataset', 'span', 'ident', 'fact', 'entity', 'name', 'roll']
    for (const table of tables) this.db.exec(`DELETE FROM ${table}`)
  }

  async put(batch: IndexBatch): Promise<void> {
    assert(this.db.isInTransaction, 'an index is only written inside a transaction')
    const dataset = this.#datasetNumber(batch.run.dataset)
    this.#putRun(batch.run, dataset)
    this.#putSpans(batch)
    this.#putIdents(batch)
    this.#putLive(batch, dataset)
    const fact = this.db.statement('INSERT OR IGNORE INTO fact(entity, sid) VALUES(?, ?)')
    const facts = batch.facts.map(({ entity, sid }) => [entityNumber(entity), sid] as const)
    // In the order of the tree each page is touched once.
    for (const [entity, sid] of facts.sort((a, b) => a[0] - b[0])) fact.run(entity, sid)
    const name = this.db.statement('INSERT OR IGNORE INTO name(sid, prop, text) VALUES(?, ?, ?)')
    for (const { sid, prop, text } of batch.names) name.run(sid, NAME_PROPS.indexOf(prop), text)
    const roll = this.db.statement('INSERT OR IGNORE INTO roll(prop, sid) VALUES(?, ?)')
    for (const { prop, sid } of batch.rolls) roll.run(prop, sid)
    if (batch.rollSeq > 0) this.#setMeta('roll_seq', batch.rollSeq)
    this.#setMeta('indexed_seq', batch.seq)
  }

  #putRun(run: IndexedRun, dataset: number): void {
    this.db.run(
      `INSERT INTO run(seq_from, seq_to, id, dataset, at, effective_min, baseline)
       VALUES(?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(seq_from) DO UPDATE SET seq_to = excluded.seq_to,
       effective_min = excluded.effective_min`,
      run.seqFrom,
      run.seqTo,
      run.run,
      dataset,
      run.at,
      run.effectiveMin,
      run.isBaseline ? 1 : 0,
    )
  }

  #putSpans(batch: IndexBatch): void {
    const remove = this.db.statement('DELETE FROM span WHERE sid = ?')
    const insert = this.db.statement(
      `INSERT INTO span(sid, no, valid_from, valid_to, known_from, known_to)
       VALUES(?, ?, ?, ?, ?, ?)`,
    )
    const isNew = new Set(batch.facts.map((fact) => fact.sid))
    for (const { sid, spans } of batch.spans) {
      if (!isNew.has(sid)) remove.run(sid)
      for (const [no, s] of spans.entries()) {
        insert.run(sid, no, s.from, s.to, s.knownFrom, s.knownTo)
      }
    }
  }

  #putIdents(batch: IndexBatch): void {
    const known = this.db.statement('SELECT 1 FROM ident WHERE key = ? LIMIT 1')
    const insert = this.db.statement('INSERT OR IGNORE INTO ident(key, sid) VALUES(?, ?)')
    let fresh = 0
    let before = ''
    const sorted = [...batch.idents].sort((a, b) => compare(a.key, b.key) || a.sid - b.sid)
    for (const { key, sid } of sorted) {
      if (key !== before && known.get(key) === undefined) fresh += 1
      before = key
      insert.run(key, sid)
    }
    if (fresh > 0) this.#setMeta('identifiers', this.meta('identifiers') + fresh)
  }

  #putLive(batch: IndexBatch, dataset: number): void {
    const upsert = this.db.statement(
      `INSERT INTO entity(entity, live) VALUES(?, ?)
       ON CONFLICT(entity) DO UPDATE SET live = live + excluded.live RETURNING live`,
    )
    let statements = 0
    let entities = 0
    const rows = batch.live.map(({ entity, delta }) => [entityNumber(entity), delta] as const)
    for (const [entity, delta] of rows.sort((a, b) => a[0] - b[0])) {
      const { live } = upsert.get(entity, delta) as { live: number }
      statements += delta
      if (live > 0 && live - delta <= 0) entities += 1
      if (live <= 0 && live - delta > 0) entities -= 1
      // What is gone leaves no row: the index tells no difference between late and never.
      if (live === 0) this.db.run('DELETE FROM entity WHERE entity = ?', entity)
    }
    this.db.run(
      'UPDATE dataset SET statements = statements + ?, entities = entities + ? WHERE no = ?',
      statements,
      entities,
      dataset,
    )
  }

  #datasetNumber(name: string): number {
    let no = this.#datasets.get(name)
    if (no === undefined) {
      this.db.run('INSERT OR IGNORE INTO dataset(name, statements, entities) VALUES(?, 0, 0)', name)
      no = this.db.get<{ no: number }>('SELECT no FROM dataset WHERE name = ?', name)?.no
      assert(no !== undefined, 'the dataset has a number')
      this.#datasets.set(name, no)
    }
    return no
  }

  #setMeta(key: string, value: number): void {
    this.db.run(
      `INSERT INTO meta(key, value) VALUES(?, ?)
       ON CONFLICT(key) DO UPDATE SET value = excluded.value`,
      key,
      value,
    )
  }
}

function toSpan(row: SpanRow): Span {
  return {
    from: row.valid_from,
    to: row.valid_to,
    knownFrom: row.known_from,
    knownTo: row.known_to,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
