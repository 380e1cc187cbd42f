import { LIMITS } from '../../base/limits.ts'
import type { AddressSummary, BalanceChange, Counterparties, DayActivity } from '../read.ts'
import { fromLimbs, numberOf, type Stored } from './sqlite-codec.ts'
import { balanceSums } from './sqlite-counters.ts'
import type { ChainScope } from './sqlite-reader.ts'
import { LIMBS } from './sqlite-schema.ts'
import { placesOf, transfersAt } from './sqlite-select.ts'

export interface AddressRow {
  readonly id: number
}

const NEWEST = Number.MAX_SAFE_INTEGER

export function addressSummary(
  scope: ChainScope,
  row: AddressRow,
  address: string,
): AddressSummary {
  const { id } = row
  // Of each token, and of the coin: a sum over few rows where transfers are many.
  const sums = scope.db.get<{ received: number; sent: number }>(
    `SELECT coalesce(sum(received), 0) received, coalesce(sum(sent), 0) sent FROM
     (${balanceSums(scope.no, 'WHERE address = ?1')})`,
    id,
  )
  const isToken = scope.db.get(`SELECT 1 FROM k${scope.no} WHERE token = ?`, id) !== undefined
  const places = (oldest: boolean, direction?: 'in') =>
    placesOf(scope, id, { before: NEWEST, limit: 1, oldest, direction })
  const [first, last, funder] = [places(true), places(false), places(true, 'in')].map(
    (found) => transfersAt(scope, found)[0],
  )
  const placed = (transfer: typeof first) =>
    transfer === undefined
      ? null
      : { block: transfer.block, at: transfer.at, state: transfer.state }
  return {
    address,
    received: sums?.received ?? 0,
    sent: sums?.sent ?? 0,
    first: placed(first),
    last: placed(last),
    funder: funder ?? null,
    isToken,
  }
}

/**
 * Counted over the newest transfers of the address, in the index alone: the page of an exchange
 * costs what any page costs, and says that it does not know all.
 */
export function counterpartiesOf(scope: ChainScope, id: number, limit: number): Counterparties {
  const { no, db, codec } = scope
  const counts = new Map<number, { received: number; sent: number }>()
  let isComplete = true
  for (const direction of [1, 2]) {
    const rows = db.all<{ other: number }>(
      `SELECT other FROM
       (SELECT * FROM axy${no} WHERE k = ?1 UNION ALL SELECT * FROM ax${no} WHERE k = ?1
        ORDER BY place DESC LIMIT ?2)`,
      4 * id + direction,
      LIMITS.counterpartyTransfersMax + 1,
    )
    if (rows.length > LIMITS.counterpartyTransfersMax) isComplete = false
    for (const { other } of rows.slice(0, LIMITS.counterpartyTransfersMax)) {
      const count = counts.get(other) ?? { received: 0, sent: 0 }
      if (direction === 1) count.received += 1
      else count.sent += 1
      counts.set(other, count)
    }
  }
  counts.delete(0)
  const top = [...counts]
    .sort(([a, x], [b, y]) => y.received + y.sent - x.received - x.sent || a - b)
    .slice(0, limit)
  const rows = top.map(([other, { received, sent }]) => {
    const key = db.get<{ key: Stored }>(`SELECT key FROM a${no} WHERE id = ?`, other)?.key ?? ''
    return { address: codec.keyText(key), received, sent }
  })
  return { rows, isComplete }
}

interface BalanceColumns extends Record<(typeof LIMBS)[number], bigint> {
  readonly key: Stored | null
  readonly received: bigint
  readonly sent: bigint
}

export function balancesOf(scope: ChainScope, id: number, limit: number): readonly BalanceChange[] {
  const { no, db, codec } = scope
  const rows = db.allBig<BalanceColumns>(
    `WITH some AS (${balanceSums(no, 'WHERE address = ?1')} LIMIT ?2)
     SELECT a.key, h.* FROM some h LEFT JOIN a${no} a ON a.id = h.token
     ORDER BY h.received + h.sent DESC, h.token LIMIT ?3`,
    id,
    LIMITS.balanceTokensMax,
    limit,
  )
  return rows.map((row) => ({
    token: row.key === null ? null : codec.keyText(row.key),
    change: fromLimbs(LIMBS.map((name) => row[name])),
    received: Number(row.received),
    sent: Number(row.sent),
  }))
}

const DAY_SECONDS = 86_400

/** Transfers by day among the newest `LIMITS.activityTransfersMax`. */
export function activityOf(scope: ChainScope, id: number): readonly DayActivity[] {
  const limit = LIMITS.activityTransfersMax
  const days = new Map<number, number>()
  const at = new Map<number, number>()
  for (const place of placesOf(scope, id, { before: NEWEST, limit }).toReversed()) {
    const number = numberOf(place)
    const time = at.get(number) ?? timeOf(scope, number)
    at.set(number, time)
    const day = Math.floor(time / DAY_SECONDS) * DAY_SECONDS
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  return [...days].map(([day, transfers]) => ({ day, transfers }))
}

function timeOf({ db, no }: ChainScope, number: number): number {
  return db.get<{ at: number }>(`SELECT at FROM b${no} WHERE number = ?`, number)?.at ?? 0
}
