import { AppError } from '../../base/error.ts'
import {
  type CursorPage,
  EVENT_KINDS,
  type Page,
  type StoredEvent,
  type StoredTransaction,
  type StoredTransfer,
  type TransactionDetail,
  type TransferPage,
} from '../read.ts'
import {
  firstPlace,
  fromKind,
  indexOf,
  numberOf,
  partKey,
  partOfKey,
  placeOf,
  STATUSES,
  type Stored,
  toAmount,
} from './sqlite-codec.ts'
import type { ChainScope } from './sqlite-reader.ts'
import { blockByNumber, stateOf } from './sqlite-select-block.ts'

interface TxColumns {
  readonly place: number
  readonly hash: Stored
  readonly src: Stored | null
  readonly dst: Stored | null
  readonly value: Stored
  readonly status: number
  readonly selector: number | null
  readonly created: Stored | null
  readonly at: number
}

const txFrom = (no: number, from = `t${no} t`) => `
  SELECT t.place, t.hash, s.key src, d.key dst, t.value, t.status, t.selector, c.key created, b.at
  FROM ${from} JOIN b${no} b ON b.number = t.place >> 20
  LEFT JOIN a${no} s ON s.id = t.src LEFT JOIN a${no} d ON d.id = t.dst
  LEFT JOIN a${no} c ON c.id = t.created`

function toTransaction(scope: ChainScope, row: TxColumns): StoredTransaction {
  const { codec } = scope
  const key = (stored: Stored | null) => (stored === null ? null : codec.keyText(stored))
  const selector = row.selector?.toString(16).padStart(8, '0')
  return {
    hash: codec.hashText(row.hash),
    index: indexOf(row.place),
    from: key(row.src),
    to: key(row.dst),
    value: toAmount(row.value) ?? 0n,
    status: STATUSES[row.status] ?? 'unknown',
    selector: selector === undefined ? null : `0x${selector}`,
    created: key(row.created),
    block: numberOf(row.place),
    at: row.at,
    state: stateOf(scope, numberOf(row.place)),
  }
}

type Places = readonly [number, number]

export function transactions(scope: ChainScope, places: Places, limit: number) {
  const rows = scope.db.all<TxColumns>(
    `${txFrom(scope.no)} WHERE t.place BETWEEN ? AND ? ORDER BY t.place LIMIT ?`,
    ...places,
    limit,
  )
  return rows.map((row) => toTransaction(scope, row))
}

interface TransferColumns {
  readonly place: number
  readonly tx: number
  readonly kind: number
  readonly token: Stored | null
  readonly src: Stored | null
  readonly dst: Stored | null
  readonly amount: Stored | null
  readonly item: Stored | null
  readonly log: number | null
  readonly hash: Stored | null
  readonly at: number
}

const transferFields = `x.place, x.tx, x.kind, k.key token, s.key src, d.key dst, x.amount, x.item,
  x.log, t.hash, b.at`

const transferJoins = (no: number) => `
  JOIN b${no} b ON b.number = x.place >> 20
  LEFT JOIN t${no} t ON t.place = (x.place >> 20 << 20) + x.tx
  LEFT JOIN a${no} s ON s.id = x.src LEFT JOIN a${no} d ON d.id = x.dst
  LEFT JOIN a${no} k ON k.id = x.token`

function toTransfer(scope: ChainScope, row: TransferColumns): StoredTransfer {
  const { codec } = scope
  const key = (stored: Stored | null) => (stored === null ? null : codec.keyText(stored))
  return {
    ordinal: indexOf(row.place),
    ...fromKind(row.kind),
    token: key(row.token),
    from: key(row.src),
    to: key(row.dst),
    amount: toAmount(row.amount),
    tokenId: toAmount(row.item),
    tx: row.hash === null ? '' : codec.hashText(row.hash),
    txIndex: row.tx,
    logIndex: row.log,
    block: numberOf(row.place),
    at: row.at,
    state: stateOf(scope, numberOf(row.place)),
  }
}

export function transfersBetween(scope: ChainScope, places: Places, limit: number) {
  const { no } = scope
  const rows = scope.db.all<TransferColumns>(
    `SELECT ${transferFields} FROM x${no} x ${transferJoins(no)}
     WHERE x.place BETWEEN ? AND ? ORDER BY x.place LIMIT ?`,
    ...places,
    limit,
  )
  return rows.map((row) => toTransfer(scope, row))
}

const DIRECTIONS = { in: [1, 3], out: [2, 3], both: [1, 2, 3], token: [0] } as const

/** The newest places of an address below `before`: one seek for each direction. */
export function placesOf(
  scope: ChainScope,
  id: number,
  page: {
    direction?: keyof typeof DIRECTIONS | undefined
    before: number
    limit: number
    oldest?: boolean
  },
): readonly number[] {
  const order = page.oldest === true ? 'ASC' : 'DESC'
  const tables = [`axy${scope.no}`, `ax${scope.no}`]
  const found = DIRECTIONS[page.direction ?? 'both'].flatMap((direction) =>
    tables.flatMap((table) =>
      scope.db.all<{ place: number }>(
        `SELECT place FROM ${table} WHERE k = ? AND place < ? ORDER BY place ${order} LIMIT ?`,
        4 * id + direction,
        page.before,
        page.limit,
      ),
    ),
  )
  const places = found.map(({ place }) => place)
  places.sort((a, b) => (page.oldest === true ? a - b : b - a))
  return places.slice(0, page.limit)
}

/** Places that one statement reads: a call costs more than a row. */
const PLACES_A_CALL = 20

/** The transfers at places, in the order of the places; a place without one is left out. */
export function transfersAt(scope: ChainScope, places: readonly number[]) {
  const { no } = scope
  const select = `SELECT ${transferFields} FROM x${no} x ${transferJoins(no)} WHERE x.place`
  const many = `${select} IN (${new Array(PLACES_A_CALL).fill('?').join(', ')})`
  const rows = new Map<number, StoredTransfer>()
  for (let at = 0; at < places.length; at += PLACES_A_CALL) {
    const some = places.slice(at, at + PLACES_A_CALL)
    const found =
      some.length === PLACES_A_CALL
        ? scope.db.all<TransferColumns>(many, ...some)
        : some.flatMap((place) => scope.db.get<TransferColumns>(`${select} = ?`, place) ?? [])
    for (const row of found) rows.set(row.place, toTransfer(scope, row))
  }
  return places.flatMap((place) => rows.get(place) ?? [])
}

export function transfersOfAddress(
  scope: ChainScope,
  id: number,
  page: TransferPage,
): Page<StoredTransfer> {
  const before = beforeOf(page)
  const { direction, limit } = page
  const places = placesOf(scope, id, { direction, before, limit: limit + 1 })
  return pageOf(places, limit, (shown) => transfersAt(scope, shown))
}

export function transfersOfToken(
  scope: ChainScope,
  id: number,
  page: CursorPage,
): Page<StoredTransfer> {
  const { limit } = page
  const before = beforeOf(page)
  const places = placesOf(scope, id, { direction: 'token', before, limit: limit + 1 })
  return pageOf(places, limit, (shown) => transfersAt(scope, shown))
}

interface EventColumns {
  readonly place: number
  readonly tx: number
  readonly kind: number
  readonly contract: Stored
  readonly owner: Stored | null
  readonly spender: Stored | null
  readonly amount: Stored | null
  readonly extra: string | null
  readonly log: number | null
  readonly hash: Stored | null
  readonly at: number
}

const eventFrom = (no: number) => `
  SELECT e.place, e.tx, e.kind, c.key contract, s.key owner, d.key spender, e.amount, e.extra,
    e.log, t.hash, b.at
  FROM e${no} e JOIN b${no} b ON b.number = e.place >> 20
  LEFT JOIN t${no} t ON t.place = (e.place >> 20 << 20) + e.tx
  JOIN a${no} c ON c.id = e.contract
  LEFT JOIN a${no} s ON s.id = e.owner LEFT JOIN a${no} d ON d.id = e.spender`

function toEvent(scope: ChainScope, row: EventColumns): StoredEvent {
  const { codec } = scope
  const key = (stored: Stored | null) => (stored === null ? null : codec.keyText(stored))
  return {
    ordinal: indexOf(row.place),
    kind: EVENT_KINDS[row.kind] ?? 'approval',
    contract: codec.keyText(row.contract),
    owner: key(row.owner),
    spender: key(row.spender),
    amount: toAmount(row.amount),
    extra: row.extra === null ? {} : JSON.parse(row.extra),
    tx: row.hash === null ? '' : codec.hashText(row.hash),
    txIndex: row.tx,
    logIndex: row.log,
    block: numberOf(row.place),
    at: row.at,
    state: stateOf(scope, numberOf(row.place)),
  }
}

export function eventsBetween(scope: ChainScope, places: Places, limit: number) {
  const rows = scope.db.all<EventColumns>(
    `${eventFrom(scope.no)} WHERE e.place BETWEEN ? AND ? ORDER BY e.place LIMIT ?`,
    ...places,
    limit,
  )
  return rows.map((row) => toEvent(scope, row))
}

export function eventsOfAddress(
  scope: ChainScope,
  id: number,
  page: CursorPage,
): Page<StoredEvent> {
  const rows = scope.db.all<{ place: number }>(
    `SELECT place FROM ex${scope.no} WHERE address = ? AND place < ? ORDER BY place DESC LIMIT ?`,
    id,
    beforeOf(page),
    page.limit + 1,
  )
  return pageOf(
    rows.map(({ place }) => place),
    page.limit,
    (shown) =>
      shown.flatMap((place) => {
        const row = scope.db.get<EventColumns>(`${eventFrom(scope.no)} WHERE e.place = ?`, place)
        return row === undefined ? [] : [toEvent(scope, row)]
      }),
  )
}

function rowByHash(scope: ChainScope, hash: string): TxColumns | undefined {
  const { no } = scope
  const newest = scope.db.get<{ hk: number | null }>(`SELECT max(hk) hk FROM th${no}`)
  if (newest?.hk == null) return undefined
  const from = `th${no} h CROSS JOIN t${no} t ON t.place = h.place`
  const sql = `${txFrom(no, from)} WHERE h.hk = ? AND t.hash = ?`
  for (let part = partOfKey(newest.hk); part >= 0; part -= 1) {
    const key = partKey(part, hash)
    const row = scope.db.get<TxColumns>(sql, key, scope.codec.hash(hash))
    if (row !== undefined) return row
  }
  return undefined
}

export function transactionDetail(
  scope: ChainScope,
  hash: string,
  rowsMax: number,
): TransactionDetail | undefined {
  const row = rowByHash(scope, hash)
  if (row === undefined) return undefined
  const transaction = toTransaction(scope, row)
  const block = blockByNumber(scope, transaction.block)
  if (block === undefined) return undefined
  const { no } = scope
  const range = [firstPlace(block.number), firstPlace(block.number + 1) - 1] as const
  const limits = [...range, transaction.index, rowsMax + 1] as const
  const transfers = scope.db
    .all<TransferColumns>(
      `SELECT ${transferFields} FROM x${no} x ${transferJoins(no)}
       WHERE x.place BETWEEN ? AND ? AND x.tx = ? ORDER BY x.place LIMIT ?`,
      ...limits,
    )
    .map((transfer) => toTransfer(scope, transfer))
  const events = scope.db
    .all<EventColumns>(
      `${eventFrom(no)} WHERE e.place BETWEEN ? AND ? AND e.tx = ? ORDER BY e.place LIMIT ?`,
      ...limits,
    )
    .map((event) => toEvent(scope, event))
  return {
    transaction,
    block,
    transfers: transfers.slice(0, rowsMax),
    events: events.slice(0, rowsMax),
    isComplete: transfers.length <= rowsMax && events.length <= rowsMax,
  }
}

/** A cursor names a place: `<block>.<index>` of the last row that was shown. */
function beforeOf({ cursor }: CursorPage): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  const [, number, index] = /^(\d{1,10})\.(\d{1,7})$/.exec(cursor) ?? []
  if (number === undefined || index === undefined || Number(index) >= 2 ** 20) {
    throw new AppError('request.invalid', 'The cursor is not one that a page gave.', {
      status: 400,
      params: { cursor: cursor.slice(0, 40) },
    })
  }
  return placeOf(Math.min(Number(number), 2 ** 33 - 1), Number(index))
}

function pageOf<T>(
  places: readonly number[],
  limit: number,
  rowsOf: (shown: readonly number[]) => readonly T[],
): Page<T> {
  const shown = places.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = places.length > limit && last !== undefined
  const cursor = hasMore ? `${numberOf(last)}.${indexOf(last)}` : null
  return { rows: rowsOf(shown), cursor }
}
