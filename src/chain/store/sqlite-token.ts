import type { TokenSeen } from '../read.ts'
import { addressKey, type Stored, toAmount } from './sqlite-codec.ts'
import type { ChainScope } from './sqlite-reader.ts'
import { transfersAt } from './sqlite-select.ts'

/** Transfers that are added up for supply and holders; a token with more states neither. */
const ADDED_MAX = 5_000
const ZERO = `0x${'0'.repeat(40)}`

/** Undefined when no stored transfer is of this token. */
export function tokenSeen(scope: ChainScope, id: number, token: string): TokenSeen | undefined {
  const { no, db } = scope
  const row = db.get<{ n: number }>(`SELECT n FROM k${no} WHERE token = ?`, id)
  if (row === undefined) return undefined
  const [first, last] = ['ASC', 'DESC'].map((order) => {
    const sql = `SELECT place FROM x${no} WHERE token = ? ORDER BY place ${order} LIMIT 1`
    const place = db.get<{ place: number }>(sql, id)?.place
    const transfer = place === undefined ? undefined : transfersAt(scope, [place])[0]
    return transfer === undefined
      ? null
      : { block: transfer.block, at: transfer.at, state: transfer.state }
  })
  const sums = row.n > ADDED_MAX ? { supply: null, holders: null } : sumsOf(scope, id)
  return { token, transfers: row.n, ...sums, first: first ?? null, last: last ?? null }
}

function sumsOf({ no, db, codec }: ChainScope, id: number) {
  // Tokens are created from the zero address and destroyed by sending them there (ERC-20).
  const zero = db.get<{ id: number }>(
    `SELECT id FROM a${no} WHERE hk = ? AND key = ?`,
    addressKey(ZERO),
    codec.key(ZERO),
  )?.id
  const balances = new Map<number, bigint>()
  let supply = 0n
  const rows = db.all<{ src: number | null; dst: number | null; amount: Stored | null }>(
    `SELECT src, dst, amount FROM x${no} WHERE token = ?`,
    id,
  )
  for (const { src, dst, amount } of rows) {
    const value = toAmount(amount) ?? 0n
    const isNobody = (party: number | null) => party === null || party === zero
    if (isNobody(src)) supply += value
    else balances.set(src as number, (balances.get(src as number) ?? 0n) - value)
    if (isNobody(dst)) supply -= value
    else balances.set(dst as number, (balances.get(dst as number) ?? 0n) + value)
  }
  return { supply, holders: [...balances.values()].filter((value) => value > 0n).length }
}
