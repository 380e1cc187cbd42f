import type { SQLInputValue } from 'node:sqlite'
import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import { EVENT_KINDS } from '../read.ts'
import type { ChainBlock, ChainEvent, ChainTransfer } from '../types.ts'
import type { AddressIds } from './sqlite-addresses.ts'
import {
  amountOf,
  coverOf,
  firstPlace,
  type KeyCodec,
  kindOf,
  PART_KEY_MAX,
  partKey,
  partOf,
  placeOf,
  STATUSES,
  type Stored,
  shortKey,
  toAmount,
} from './sqlite-codec.ts'
import { ADDRESS_IDS_MAX, Counters, mergeYoung } from './sqlite-counters.ts'
import type { ChainDatabase } from './sqlite-database.ts'
import { inOrder, Numbers } from './sqlite-order.ts'

/** Named values of one event, as JSON. */
const EXTRA_CHARS_MAX = 4_096

interface StoredParties {
  readonly place: number
  readonly token: number | null
  readonly src: number | null
  readonly dst: number | null
  readonly amount: Stored | null
}

/** Rows of blocks of one chain: written in one piece, and taken back in one piece. */
export class BlockRows {
  readonly #db: ChainDatabase
  readonly #no: number
  readonly #codec: KeyCodec
  readonly #ids: AddressIds
  readonly #youngMax: number

  constructor(parts: {
    db: ChainDatabase
    no: number
    codec: KeyCodec
    ids: AddressIds
    youngMax: number
  }) {
    this.#db = parts.db
    this.#no = parts.no
    this.#codec = parts.codec
    this.#ids = parts.ids
    this.#youngMax = parts.youngMax
  }

  write(blocks: readonly ChainBlock[]): void {
    const no = this.#no
    const before = this.#db.get<{ txs: number }>('SELECT txs FROM chain WHERE no = ?', no)
    const rows = new Rows({ codec: this.#codec, ids: this.#ids, part: partOf(before?.txs ?? 0) })
    for (const block of blocks) rows.add(block)
    this.#ids.write()
    this.#db.insert(`b${no}`, 9, rows.blocks)
    this.#db.insert(`t${no}`, 9, rows.transactions)
    this.#db.insert(`th${no}`, 2, inOrder(rows.hashes.values(), 2, PART_KEY_MAX))
    this.#db.insert(`x${no}`, 9, rows.transfers)
    this.#db.insert(`axy${no}`, 3, inOrder(rows.touches.values(), 3, 4 * ADDRESS_IDS_MAX))
    this.#db.insert(`e${no}`, 9, rows.events)
    const events = inOrder(rows.eventTouches.values(), 2, ADDRESS_IDS_MAX)
    this.#db.insert(`ex${no}`, 2, events, 'ON CONFLICT DO NOTHING')
    rows.counters.write(this.#db, no)
    const sizes = rows.sizes()
    mergeYoung(this.#db, no, { added: sizes.transfers, max: this.#youngMax })
    this.#count(blocks.length, sizes, 1)
  }

  /** Removes the rows of blocks `from` to `to`. */
  remove(from: number, to: number): void {
    assert(from <= to, 'a range goes upwards')
    const no = this.#no
    const places = [firstPlace(from), firstPlace(to + 1) - 1] as const
    const counters = new Counters(-1)
    const sizes = { transactions: 0, transfers: 0, events: 0 }
    const transfers = this.#db.all<StoredParties>(
      `SELECT place, token, src, dst, amount FROM x${no} WHERE place BETWEEN ? AND ?`,
      ...places,
    )
    for (const { place, token, src, dst, amount } of transfers) {
      counters.add({ src, dst, token: token ?? 0, amount: toAmount(amount) })
      for (const k of keysOf(src, dst, token)) {
        this.#db.run(`DELETE FROM axy${no} WHERE k = ? AND place = ?`, k, place)
        this.#db.run(`DELETE FROM ax${no} WHERE k = ? AND place = ?`, k, place)
      }
    }
    sizes.transfers = transfers.length
    sizes.events = this.#removeEvents(places)
    this.#db.run(
      `DELETE FROM th${no} WHERE (hk, place) IN
       (SELECT hk, place FROM t${no} WHERE place BETWEEN ? AND ?)`,
      ...places,
    )
    sizes.transactions = this.#db.run(
      `DELETE FROM t${no} WHERE place BETWEEN ? AND ?`,
      ...places,
    ).changes
    this.#db.run(`DELETE FROM x${no} WHERE place BETWEEN ? AND ?`, ...places)
    const { changes } = this.#db.run(`DELETE FROM b${no} WHERE number BETWEEN ? AND ?`, from, to)
    counters.write(this.#db, no)
    this.#count(changes, sizes, -1)
  }

  #removeEvents(places: readonly [number, number]): number {
    const no = this.#no
    const events = this.#db.all<{
      place: number
      contract: number
      owner: number | null
      spender: number | null
    }>(`SELECT place, contract, owner, spender FROM e${no} WHERE place BETWEEN ? AND ?`, ...places)
    for (const { place, contract, owner, spender } of events) {
      for (const address of new Set([contract, owner, spender])) {
        if (address === null) continue
        this.#db.run(`DELETE FROM ex${no} WHERE address = ? AND place = ?`, address, place)
      }
    }
    this.#db.run(`DELETE FROM e${no} WHERE place BETWEEN ? AND ?`, ...places)
    return events.length
  }

  #count(blocks: number, sizes: Sizes, sign: 1 | -1): void {
    this.#db.run(
      `UPDATE chain SET blocks = blocks + ?, txs = txs + ?, transfers = transfers + ?,
       events = events + ? WHERE no = ?`,
      sign * blocks,
      sign * sizes.transactions,
      sign * sizes.transfers,
      sign * sizes.events,
      this.#no,
    )
  }
}

interface Sizes {
  readonly transactions: number
  readonly transfers: number
  readonly events: number
}

/** `4 * address + direction`: 1 received, 2 sent, 3 both; 0 is the token of the transfer. */
function keysOf(src: number | null, dst: number | null, token: number | null): readonly number[] {
  const keys = token === null ? [] : [4 * token]
  if (src !== null && src === dst) return [...keys, 4 * src + 3]
  if (dst !== null) keys.push(4 * dst + 1)
  if (src !== null) keys.push(4 * src + 2)
  return keys
}

/** Flat rows of each table, in the order of their columns. */
class Rows {
  readonly #codec: KeyCodec
  readonly #ids: AddressIds
  readonly #part: number
  readonly blocks: SQLInputValue[] = []
  readonly transactions: SQLInputValue[] = []
  readonly transfers: SQLInputValue[] = []
  readonly events: SQLInputValue[] = []
  readonly hashes = new Numbers()
  readonly touches = new Numbers()
  readonly eventTouches = new Numbers()
  readonly counters = new Counters(1)

  constructor(parts: { codec: KeyCodec; ids: AddressIds; part: number }) {
    this.#codec = parts.codec
    this.#ids = parts.ids
    this.#part = parts.part
  }

  sizes(): Sizes {
    return {
      transactions: this.transactions.length / 9,
      transfers: this.transfers.length / 9,
      events: this.events.length / 9,
    }
  }

  add(block: ChainBlock): void {
    checkSize(block)
    this.blocks.push(
      block.number,
      shortKey(block.hash),
      this.#codec.hash(block.hash),
      this.#codec.hash(block.parent),
      block.at,
      block.transactions.length,
      block.transfers.length,
      block.events.length,
      coverOf(block.coverage),
    )
    for (const tx of block.transactions) {
      const place = placeOf(block.number, tx.index)
      const key = partKey(this.#part, tx.hash)
      this.hashes.push(key)
      this.hashes.push(place)
      this.transactions.push(
        place,
        key,
        this.#codec.hash(tx.hash),
        this.#id(tx.from),
        this.#id(tx.to),
        amountOf(tx.value),
        STATUSES.indexOf(tx.status),
        tx.selector === null ? null : Number(tx.selector),
        this.#id(tx.created),
      )
    }
    for (const transfer of block.transfers) this.#transfer(block.number, transfer)
    block.events.forEach((event, at) => {
      this.#event(placeOf(block.number, at), event)
    })
  }

  #transfer(number: number, transfer: ChainTransfer): void {
    const place = placeOf(number, transfer.ordinal)
    const [src, dst] = [this.#id(transfer.from), this.#id(transfer.to)]
    const token = this.#id(transfer.token)
    this.transfers.push(
      place,
      transfer.txIndex,
      kindOf(transfer.standard, transfer.isInternal),
      token,
      src,
      dst,
      amountOf(transfer.amount),
      amountOf(transfer.tokenId),
      transfer.logIndex,
    )
    if (token !== null) this.#touch(4 * token, place, 0)
    if (src !== null && src === dst) this.#touch(4 * src + 3, place, src)
    else {
      if (dst !== null) this.#touch(4 * dst + 1, place, src ?? 0)
      if (src !== null) this.#touch(4 * src + 2, place, dst ?? 0)
    }
    this.counters.add({ src, dst, token: token ?? 0, amount: transfer.amount })
  }

  /** The other party is 0 for none. */
  #touch(k: number, place: number, other: number): void {
    this.touches.push(k)
    this.touches.push(place)
    this.touches.push(other)
  }

  #event(place: number, event: ChainEvent): void {
    const keys = Object.keys(event.extra)
    const extra = keys.length === 0 ? null : JSON.stringify(event.extra)
    if (extra !== null && extra.length > EXTRA_CHARS_MAX) {
      throw new AppError('chain.block_too_large', 'An event of the block says too much.')
    }
    const contract = this.#ids.idOf(event.contract)
    const [owner, spender] = [this.#id(event.owner), this.#id(event.spender)]
    this.events.push(
      place,
      event.txIndex,
      EVENT_KINDS.indexOf(event.kind),
      contract,
      owner,
      spender,
      amountOf(event.amount),
      extra,
      event.logIndex,
    )
    // Swaps are found through their transfers; they alone would double this index.
    if (event.kind === 'swap') return
    for (const address of new Set([contract, owner, spender])) {
      if (address === null) continue
      this.eventTouches.push(address)
      this.eventTouches.push(place)
    }
  }

  #id(address: string | null): number | null {
    return address === null ? null : this.#ids.idOf(address)
  }
}

function checkSize({ transactions, transfers, events }: ChainBlock): void {
  const most = Math.max(transactions.length, transfers.length, events.length)
  if (most >= LIMITS.chainRowsOfBlockMax) {
    throw new AppError('chain.block_too_large', 'A block has more rows than allowed.')
  }
}
