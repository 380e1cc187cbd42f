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

/** The text of an address by its number. */
export type TextOf = (id: number) => string

export function textOfId({ no, db, codec }: ChainScope, id: number): string {
  const row = db.get<{ key: Stored }>(`SELECT key FROM a${no} WHERE id = ?`, id)
  return codec.keyText(row?.key ?? '')
}

/**
 * Counted over the newest transfers of the address, in the index alone: the page of an exchange
 * costs what any page costs, and says that it does not know all.
 */
export function counterpartiesOf(
  scope: ChainScope,
  id: number,
  { limit, textOf }: { limit: number; textOf: TextOf },
): Counterparties {
  const counts = new Map<number, { received: number; sent: number }>()
  const count = (other: number, direction: number) => {
    const found = counts.get(other) ?? { received: 0, sent: 0 }
    if (direction === 1) found.received += 1
    else found.sent += 1
    counts.set(other, found)
  }
  const few = fewTouches(scope, id)
  const isComplete = few === undefined ? countMany(scope, id, count) : true
  for (const touch of few ?? []) count(Math.floor(touch / 4), touch % 4)
  counts.delete(0)
  const top = [...counts]
    .sort(([a, x], [b, y]) => y.received + y.sent - x.received - x.sent || a - b)
    .slice(0, limit)
  const rows = top.map(([other, sums]) => ({ address: textOf(other), ...sums }))
  return { rows, isComplete }
}

/**
 * `4 * other + direction` of every transfer, as one text: rules ask this of thousands of addresses,
 * and a row costs more than all that it says. Undefined where there are too many for that.
 */
function fewTouches({ no, db }: ChainScope, id: number): readonly number[] | undefined {
  const max = LIMITS.counterpartyTransfersMax
  const part = (table: string) =>
    `SELECT 4 * other + k % 4 o FROM ${table} WHERE k BETWEEN ?1 + 1 AND ?1 + 2`
  const row = db.get<{ touches: string | null }>(
    `SELECT group_concat(o) touches FROM
     (${part(`axy${no}`)} UNION ALL ${part(`ax${no}`)} LIMIT ?2)`,
    4 * id,
    max + 1,
  )
  const touches = row?.touches == null ? [] : String(row.touches).split(',').map(Number)
  return touches.length > max ? undefined : touches
}

/** The newest of each direction; false where there are more. */
function countMany(
  { no, db }: ChainScope,
  id: number,
  count: (other: number, direction: number) => void,
): boolean {
  const max = LIMITS.counterpartyTransfersMax
  let isComplete = true
  for (const direction of [1, 2]) {
    const rows = db.all<{ other: number }>(
      `SELECT other FROM
       (SELECT * FROM axy${no} WHERE k = ?1 UNION ALL SELECT * FROM ax${no} WHERE k = ?1
        ORDER BY place DESC LIMIT ?2)`,
      4 * id + direction,
      max + 1,
    )
    if (rows.length > max) isComplete = false
    for (const { other } of rows.slice(0, max)) count(other, direction)
  }
  return isComplete
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
