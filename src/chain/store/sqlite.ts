import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { assert } from '../../base/assert.ts'
import { type Clock, systemClock } from '../../base/clock.ts'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { BLOCKS, type BlockRange, type ChainHalt, type RuleRef } from '../read.ts'
import type {
  Applied,
  ChainStore,
  FillCommit,
  HeadCommit,
  Reread,
  RescoreCommit,
} from '../store.ts'
import type { BlockHeader, BlockRef, ChainBlock, ChainId } from '../types.ts'
import { AddressIds } from './sqlite-addresses.ts'
import type { AlertOutcome } from './sqlite-alerts.ts'
import { checkBlocks, finalOf, notConnected } from './sqlite-check.ts'
import { type KeyCodec, keyCodec, type Stored } from './sqlite-codec.ts'
import { YOUNG_TRANSFERS_MAX } from './sqlite-counters.ts'
import { gapsIn } from './sqlite-coverage.ts'
import type { DatabaseOptions } from './sqlite-database.ts'
import { type ChainRow, type ChainScope, SqliteChainReader } from './sqlite-reader.ts'
import { BlockRows } from './sqlite-rows.ts'
import { chainSchema } from './sqlite-schema.ts'

export interface ChainStoreOptions extends Omit<DatabaseOptions, 'readOnly'> {
  readonly clock?: Clock
  /** Transfers before the young tables are merged; tests choose few. */
  readonly youngMax?: number
}

/** The file of chain rows in a data folder. */
export function chainPath(data: string): string {
  return join(data, 'chain.sqlite')
}

/** Opens for writing, and makes the file where there is none. */
export function openSqliteChainStore(path: string, options: ChainStoreOptions = {}): ChainStore {
  assert(path !== '', 'a store has a file')
  mkdirSync(dirname(path), { recursive: true })
  return new SqliteChainStore(path, options)
}

/** Blocks that a rewind by the operator removes in one piece. */
const REWIND_STEP = 500

interface Open {
  readonly no: number
  readonly codec: KeyCodec
  readonly ids: AddressIds
  readonly rows: BlockRows
}

interface Outcome extends AlertOutcome {
  blocks: number
  orphaned: BlockRef[]
}

class SqliteChainStore extends SqliteChainReader implements ChainStore {
  readonly #open = new Map<ChainId, Open>()
  readonly #clock: Clock
  readonly #youngMax: number
  /** Rows of chains as they were read last: the one who changes them is this store. */
  readonly #rows = new Map<ChainId, ChainRow>()

  constructor(path: string, options: ChainStoreOptions) {
    super(path, { ...options, readOnly: false })
    this.#clock = options.clock ?? systemClock
    this.#youngMax = options.youngMax ?? YOUNG_TRANSFERS_MAX
  }

  protected override row(chain: ChainId): ChainRow | undefined {
    const row = this.#rows.get(chain) ?? super.row(chain)
    if (row !== undefined) this.#rows.set(chain, row)
    return row
  }

  /** Most that are asked for were in a block of the last hours: their numbers are in memory. */
  protected override idOf(scope: ChainScope, address: string): number | undefined {
    return (this.#open.get(scope.chain) ?? this.#opened(scope.chain, scope.no)).ids.find(address)
  }

  protected override textOf(scope: ChainScope, id: number): string {
    return this.#open.get(scope.chain)?.ids.textOf(id) ?? super.textOf(scope, id)
  }

  /** One change of one chain: all or nothing, in the file and in memory. */
  #change(chain: ChainId, work: (open: Open, row: ChainRow, out: Outcome) => void): Applied {
    const out: Outcome = { blocks: 0, orphaned: [], raised: [], confirmed: [], retracted: [] }
    try {
      this.db.transaction(() => {
        const open = this.#chain(chain)
        work(open, super.row(chain) as ChainRow, out)
      })
      this.#rows.delete(chain)
    } catch (error) {
      this.#rows.delete(chain)
      this.#open.get(chain)?.ids.forget()
      // The tables of a new chain went with the change.
      if (this.row(chain) === undefined) this.#open.delete(chain)
      throw error
    }
    return out
  }

  #chain(chain: ChainId): Open {
    const known = this.#open.get(chain)
    if (known !== undefined) return known
    let no = this.row(chain)?.no
    if (no === undefined) {
      no = this.db.run('INSERT INTO chain(id) VALUES (?)', chain).lastInsertRowid
      this.db.exec(chainSchema(no))
    }
    return this.#opened(chain, no)
  }

  #opened(chain: ChainId, no: number): Open {
    const codec = keyCodec(chain)
    const ids = new AddressIds(this.db, { no, codec })
    const open = {
      no,
      codec,
      ids,
      rows: new BlockRows({ db: this.db, no, codec, ids, youngMax: this.#youngMax }),
    }
    this.#open.set(chain, open)
    return open
  }

  async apply({ update, alerts, rules }: HeadCommit): Promise<Applied> {
    const { chain, baseHead, blocks, finalizedHead } = update
    checkBlocks(chain, blocks, baseHead)
    return this.#change(chain, (open, row, out) => {
      const top = blocks.at(-1) ?? baseHead
      // Blocks that are stored already stay: a repeated update changes nothing.
      const known = this.#knownPrefix(open, blocks, row)
      const base = known.at(-1) ?? baseHead
      this.#checkBase(open, row, { asked: baseHead, base })
      if (row.head !== null && row.head > base.number) {
        this.#removeAbove(open, { from: base.number + 1, to: row.head }, out)
      }
      this.#write(open, blocks.slice(known.length), out)
      const final = Math.max(finalizedHead.number, row.final ?? finalizedHead.number)
      this.#setHead(open, top, final === finalizedHead.number ? finalizedHead : null)
      this.alertRows.raise(open.no, alerts, final, out)
      this.alertRows.confirm(open.no, final, out)
      this.#cover(open, blocks, rules)
    })
  }

  /** `asked` must be on the stored chain; `base`, above which rows go, not below finality. */
  #checkBase(open: Open, row: ChainRow, { asked, base }: { asked: BlockRef; base: BlockRef }) {
    if (row.head === null) return
    const { number, hash } = asked
    const isFinal = number === row.final && hash === row.final_hash
    const isHead = number === row.head && hash === row.head_hash
    const isStored = number <= row.head && this.#hashAt(open, number) === hash
    // The block on which following started has no row; its child says what it was.
    const isParent = number < row.head && this.#parentAt(open, number + 1) === hash
    if (!isFinal && !isHead && !isStored && !isParent) throw notConnected(number)
    if (row.final !== null && base.number < row.final) {
      throw new AppError('chain.final_rewind', 'A final block cannot be taken back.', {
        params: { finalized: row.final, number: base.number },
      })
    }
  }

  #knownPrefix(open: Open, blocks: readonly ChainBlock[], row: ChainRow): readonly ChainBlock[] {
    const differs = blocks.findIndex(
      ({ number, hash }) =>
        row.head === null || number > row.head || this.#hashAt(open, number) !== hash,
    )
    return differs === -1 ? blocks : blocks.slice(0, differs)
  }

  #hashAt(open: Open, number: number): string | undefined {
    const sql = `SELECT hash FROM b${open.no} WHERE number = ?`
    const row = this.db.get<{ hash: Stored }>(sql, number)
    return row && open.codec.hashText(row.hash)
  }

  #parentAt(open: Open, number: number): string | undefined {
    const sql = `SELECT parent FROM b${open.no} WHERE number = ?`
    const row = this.db.get<{ parent: Stored }>(sql, number)
    return row && open.codec.hashText(row.parent)
  }

  /** Takes blocks back: rows, counters, alerts and coverage go; the hash stays known. */
  #removeAbove(open: Open, range: BlockRange, out: Outcome): void {
    const { no, codec } = open
    const gone = this.db.all<{ number: number; hash: Stored; parent: Stored; at: number }>(
      `SELECT number, hash, parent, at FROM b${no} WHERE number BETWEEN ? AND ? ORDER BY number`,
      range.from,
      range.to,
    )
    for (const { number, hash, parent, at } of gone) {
      this.db.run(
        `INSERT INTO o${no} VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         orphaned_at = excluded.orphaned_at`,
        codec.hashText(hash),
        number,
        codec.hashText(parent),
        at,
        this.#clock.nowMs(),
      )
      out.orphaned.push({ number, hash: codec.hashText(hash) })
    }
    this.db.run(
      `DELETE FROM o${no} WHERE hash IN
       (SELECT hash FROM o${no} ORDER BY orphaned_at DESC LIMIT -1 OFFSET ?)`,
      LIMITS.chainOrphansMax,
    )
    this.db.run('UPDATE chain SET orphaned = orphaned + ? WHERE no = ?', gone.length, no)
    open.rows.remove(range.from, range.to)
    this.alertRows.retractBlocks(no, range, out)
    this.coverageRows.cut(no, range)
    this.db.run(
      'DELETE FROM reread WHERE chain = ? AND number BETWEEN ? AND ?',
      no,
      range.from,
      range.to,
    )
  }

  /** Writes blocks that may be stored: the same are left, others at their place are replaced. */
  #write(open: Open, blocks: readonly ChainBlock[], out: Outcome): void {
    const fresh: ChainBlock[] = []
    for (const block of blocks) {
      const stored = this.#hashAt(open, block.number)
      if (stored === block.hash) continue
      if (stored !== undefined) {
        this.#removeAbove(open, { from: block.number, to: block.number }, out)
      }
      this.db.run(`DELETE FROM o${open.no} WHERE hash = ?`, block.hash)
      fresh.push(block)
    }
    if (fresh.length > 0) open.rows.write(fresh)
    out.blocks += fresh.length
  }

  #setHead({ no }: Open, head: BlockRef, final: BlockRef | null): void {
    const sql = 'UPDATE chain SET head = ?, head_hash = ? WHERE no = ?'
    this.db.run(sql, head.number, head.hash, no)
    if (final === null) return
    this.db.run(
      'UPDATE chain SET final = ?, final_hash = ? WHERE no = ?',
      final.number,
      final.hash,
      no,
    )
  }

  #cover({ no }: Open, blocks: readonly BlockRef[], rules: readonly RuleRef[]): void {
    const [first, last] = [blocks[0], blocks.at(-1)]
    if (first === undefined || last === undefined) return
    const range = { from: first.number, to: last.number }
    for (const rule of [BLOCKS, ...rules]) this.coverageRows.add(no, rule, range)
  }

  async fill({ chain, blocks, alerts, rules }: FillCommit): Promise<Applied> {
    checkBlocks(chain, blocks)
    return this.#change(chain, (open, row, out) => {
      const [first, last] = [blocks[0], blocks.at(-1)]
      if (first === undefined || last === undefined) return
      if (row.final !== null && last.number > row.final && first.number <= (row.head ?? -1)) {
        throw notConnected(last.number)
      }
      this.#checkNeighbours(open, row, first, last)
      for (const { number, hash } of blocks) {
        const stored = this.#hashAt(open, number)
        if (stored !== undefined && stored !== hash) throw notConnected(number)
      }
      this.#write(open, blocks, out)
      this.alertRows.raise(open.no, alerts, last.number, out)
      this.#cover(open, blocks, rules)
    })
  }

  #checkNeighbours(open: Open, row: ChainRow, first: BlockHeader, last: BlockHeader): void {
    const below = this.#hashAt(open, first.number - 1)
    if (below !== undefined && below !== first.parent) throw notConnected(first.number)
    const above = this.#parentAt(open, last.number + 1)
    if (above !== undefined && above !== last.hash) throw notConnected(last.number)
    // The block on which following started is known by its reference alone.
    if (row.head === last.number && row.head_hash !== last.hash) throw notConnected(last.number)
    if (row.final === last.number && row.final_hash !== last.hash) throw notConnected(last.number)
  }

  async restate({ chain, blocks, alerts, rules }: FillCommit): Promise<Applied> {
    checkBlocks(chain, blocks)
    return this.#change(chain, (open, row, out) => {
      for (const { number, hash } of blocks) {
        if (this.#hashAt(open, number) !== hash) throw notConnected(number)
        open.rows.remove(number, number)
        this.db.run('DELETE FROM reread WHERE chain = ? AND number = ?', open.no, number)
      }
      if (blocks.length > 0) open.rows.write(blocks)
      out.blocks = blocks.length
      for (const { number } of blocks) {
        const judged = { range: { from: number, to: number }, rules }
        this.alertRows.retractUnrepeated(open.no, judged, alerts, out)
      }
      this.alertRows.raise(open.no, alerts, finalOf(row), out)
      for (const block of blocks) this.#cover(open, [block], rules)
    })
  }

  async rescore({ chain, range, alerts, rules }: RescoreCommit): Promise<Applied> {
    assert(range.from <= range.to, 'a range goes upwards')
    return this.#change(chain, (open, row, out) => {
      const stored = this.coverageRows.ranges(open.no, BLOCKS)
      if (gapsIn(stored, range).length > 0) throw notConnected(range.to)
      this.alertRows.retractUnrepeated(open.no, { range, rules }, alerts, out)
      this.alertRows.raise(open.no, alerts, finalOf(row), out)
      for (const rule of rules) this.coverageRows.add(open.no, rule, range)
    })
  }

  async hot(chain: ChainId): Promise<readonly BlockRef[]> {
    return this.db.snapshot(() => {
      const row = this.row(chain)
      if (row === undefined || row.head === null || row.final === null) return []
      const codec = keyCodec(chain)
      const rows = this.db.all<{ number: number; hash: Stored }>(
        `SELECT number, hash FROM b${row.no} WHERE number > ? AND number <= ? ORDER BY number`,
        row.final,
        row.head,
      )
      const refs = [{ number: row.final, hash: row.final_hash ?? '' }]
      for (const { number, hash } of rows) refs.push({ number, hash: codec.hashText(hash) })
      assert(refs.at(-1)?.number === row.head, 'what is not final is stored without a gap')
      return refs
    })
  }

  async rewind(chain: ChainId, number: number): Promise<Applied> {
    const first = this.row(chain)
    const hash = first && this.#hashAt(this.#chain(chain), number)
    if (first === undefined || hash === undefined) throw notConnected(number)
    const all: Outcome = { blocks: 0, orphaned: [], raised: [], confirmed: [], retracted: [] }
    const sql = `SELECT max(number) n FROM b${first.no}`
    const top = this.db.get<{ n: number }>(sql)?.n ?? number
    // From the top, in pieces that are each whole: a rewind that breaks off has rewound less.
    for (let to = top; ; to -= REWIND_STEP) {
      const base = Math.max(number, to - REWIND_STEP)
      const part = this.#change(chain, (open, row, out) => {
        if (base < to) this.#removeAbove(open, { from: base + 1, to }, out)
        const ref = { number: base, hash: this.#hashAt(open, base) ?? '' }
        assert(ref.hash !== '', 'a rewind ends on a stored block')
        // Before following began there is no head to move; and one that is lower stays.
        if (row.head !== null && row.head > base) {
          this.#setHead(open, ref, row.final !== null && row.final > base ? ref : null)
        }
        if (base === number) this.#setHalt(open.no, null)
      })
      all.orphaned.unshift(...part.orphaned)
      all.retracted.push(...part.retracted)
      if (base === number) return all
    }
  }

  async halt(chain: ChainId, halt: ChainHalt | null): Promise<void> {
    this.#change(chain, ({ no }) => this.#setHalt(no, halt))
  }

  #setHalt(no: number, halt: ChainHalt | null): void {
    const text = halt === null ? null : JSON.stringify(halt)
    this.db.run('UPDATE chain SET halted = ? WHERE no = ?', text, no)
  }

  async queueReread(chain: ChainId, numbers: readonly number[], reason: string): Promise<void> {
    this.#change(chain, ({ no }) => {
      const sql = 'INSERT OR REPLACE INTO reread VALUES (?, ?, ?)'
      for (const number of numbers) this.db.run(sql, no, number, reason)
    })
  }

  async rereads(chain: ChainId, limit: number): Promise<readonly Reread[]> {
    const row = this.row(chain)
    if (row === undefined) return []
    const sql = 'SELECT number, reason FROM reread WHERE chain = ? ORDER BY number LIMIT ?'
    const rows = this.db.all<{ number: number; reason: string }>(sql, row.no, limit)
    return rows.map(({ number, reason }) => ({ number, reason }))
  }

  async gaps(chain: ChainId, rule: RuleRef, range: BlockRange): Promise<readonly BlockRange[]> {
    assert(range.from <= range.to, 'a range goes upwards')
    return gapsIn(await this.coverage(chain, rule), range)
  }
}
