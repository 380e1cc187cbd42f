import type { TokenSeen } from '../read.ts'
import { findAddress } from './sqlite-addresses.ts'
import { type Stored, toAmount } from './sqlite-codec.ts'
import type { ChainScope } from './sqlite-reader.ts'
import { placesOf, transfersAt } from './sqlite-select.ts'

/** Transfers that are added up for supply and holders; a token with more states neither. */
const ADDED_MAX = 5_000
const ZERO = `0x${'0'.repeat(40)}`

/** Undefined when no stored transfer is of this token. */
export function tokenSeen(scope: ChainScope, id: number, token: string): TokenSeen | undefined {
  const { no, db } = scope
  const row = db.get<{ n: number }>(`SELECT n FROM k${no} WHERE token = ?`, id)
  if (row === undefined) return undefined
  const [first, last] = [true, false].map((oldest) => {
    const before = Number.MAX_SAFE_INTEGER
    const places = placesOf(scope, id, { direction: 'token', before, limit: 1, oldest })
    const transfer = transfersAt(scope, places)[0]
    return transfer === undefined
      ? null
      : { block: transfer.block, at: transfer.at, state: transfer.state }
  })
  const sums = row.n > ADDED_MAX ? { supply: null, holders: null } : sumsOf(scope, id)
  return { token, transfers: row.n, ...sums, first: first ?? null, last: last ?? null }
}

function sumsOf({ no, db, codec }: ChainScope, id: number) {
  // Tokens are created from the zero address and destroyed by sending them there (ERC-20).
  const zero = findAddress(db, { no, codec }, ZERO)
  const balances = new Map<number, bigint>()
  let supply = 0n
  const rows = db.all<{ src: number | null; dst: number | null; amount: Stored | null }>(
    `SELECT x.src, x.dst, x.amount FROM
     (SELECT place FROM ax${no} WHERE k = ?1 UNION ALL SELECT place FROM axy${no} WHERE k = ?1) p
     CROSS JOIN x${no} x ON x.place = p.place`,
    4 * id,
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
