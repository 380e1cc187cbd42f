import type { BlockPage, StoredBlock } from '../read.ts'
import type { BlockHeader, BlockState } from '../types.ts'
import { fromCover, type Stored, shortKey } from './sqlite-codec.ts'
import type { ChainScope } from './sqlite-reader.ts'

interface BlockColumns {
  readonly number: number
  readonly hash: Stored
  readonly parent: Stored
  readonly at: number
  readonly txs: number
  readonly transfers: number
  readonly events: number
  readonly cover: number
}

/** What is above the final block and not above the head may still be undone. */
export function stateOf({ final, head }: ChainScope, number: number): BlockState {
  return number > final && number <= head ? 'provisional' : 'final'
}

function toBlock(scope: ChainScope, row: BlockColumns): StoredBlock {
  return {
    chain: scope.chain,
    number: row.number,
    hash: scope.codec.hashText(row.hash),
    parent: scope.codec.hashText(row.parent),
    at: row.at,
    state: stateOf(scope, row.number),
    transactions: row.txs,
    transfers: row.transfers,
    events: row.events,
    coverage: fromCover(row.cover),
    orphanedAtMs: null,
  }
}

export function topBlock(scope: ChainScope): BlockHeader | undefined {
  const row = scope.db.get<BlockColumns>(`SELECT * FROM b${scope.no} ORDER BY number DESC LIMIT 1`)
  if (row === undefined) return undefined
  const { number, hash, parent, at } = toBlock(scope, row)
  return { number, hash, parent, at }
}

export function blocks(scope: ChainScope, { before, limit }: BlockPage): readonly StoredBlock[] {
  const sql = `SELECT * FROM b${scope.no} WHERE number < ? ORDER BY number DESC LIMIT ?`
  const rows = scope.db.all<BlockColumns>(sql, before ?? Number.MAX_SAFE_INTEGER, limit)
  return rows.map((row) => toBlock(scope, row))
}

export function blockByNumber(scope: ChainScope, number: number): StoredBlock | undefined {
  const sql = `SELECT * FROM b${scope.no} WHERE number = ?`
  const row = scope.db.get<BlockColumns>(sql, number)
  return row && toBlock(scope, row)
}

export function blockByHash(scope: ChainScope, hash: string): StoredBlock | undefined {
  const row = scope.db.get<BlockColumns>(
    `SELECT * FROM b${scope.no} WHERE hk = ? AND hash = ?`,
    shortKey(hash),
    scope.codec.hash(hash),
  )
  return row === undefined ? orphan(scope, hash) : toBlock(scope, row)
}

function orphan(scope: ChainScope, hash: string): StoredBlock | undefined {
  const row = scope.db.get<{ number: number; parent: string; at: number; orphaned_at: number }>(
    `SELECT number, parent, at, orphaned_at FROM o${scope.no} WHERE hash = ?`,
    hash,
  )
  if (row === undefined) return undefined
  return {
    chain: scope.chain,
    number: row.number,
    hash,
    parent: row.parent,
    at: row.at,
    state: 'orphaned',
    transactions: 0,
    transfers: 0,
    events: 0,
    coverage: fromCover(0),
    orphanedAtMs: row.orphaned_at,
  }
}
