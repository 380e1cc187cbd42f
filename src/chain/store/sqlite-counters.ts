import { assert } from '../../base/assert.ts'
import { limbsOf } from './sqlite-codec.ts'
import type { ChainDatabase } from './sqlite-database.ts'
import { Numbers, orderOf } from './sqlite-order.ts'
import { LIMBS } from './sqlite-schema.ts'

/** The most addresses of one chain: two ids and a direction fit into one exact number. */
export const ADDRESS_IDS_MAX = 2 ** 26

/** One transfer as the counters see it: ids instead of addresses. */
export interface CountedTransfer {
  readonly src: number | null
  readonly dst: number | null
  /** 0: the chain's own coin. */
  readonly token: number
  readonly amount: bigint | null
}

/**
 * What pages count, added up in memory over one change and written in the order of the keys. The
 * same code with sign -1 takes a block back, so that a reorganisation leaves no trace in a counter.
 *
 * Every count is a list of numbers that is sorted once and read in runs: a tenth of the time and
 * memory of maps with an object for each key.
 */
export class Counters {
  readonly #sign: 1 | -1
  /** Of each move: who, `2 * token + isSent`, and how much. */
  readonly #addresses = new Numbers()
  readonly #sides = new Numbers()
  readonly #amounts: bigint[] = []
  readonly #tokens = new Numbers()

  constructor(sign: 1 | -1) {
    this.#sign = sign
  }

  add({ src, dst, token, amount }: CountedTransfer): void {
    if (src !== null) this.#move(src, 2 * token + 1, amount)
    if (dst !== null) this.#move(dst, 2 * token, amount)
    if (token !== 0) this.#tokens.push(token)
  }

  #move(address: number, side: number, amount: bigint | null): void {
    this.#addresses.push(address)
    this.#sides.push(side)
    this.#amounts.push(amount ?? 0n)
  }

  write(db: ChainDatabase, no: number): void {
    const { narrow, wide } = this.#balances()
    const few = NARROW.join(', ')
    db.insert(`hy${no}(address, token, ${few})`, 2 + NARROW.length, narrow, addUp(NARROW))
    db.insert(`hy${no}`, 2 + SUMS.length, wide, addUp(SUMS))
    const tokens: number[] = []
    for (const [token, n] of this.#tokens.runs()) tokens.push(token, n * this.#sign)
    db.insert(`k${no}`, 2, tokens, 'ON CONFLICT DO UPDATE SET n = n + excluded.n')
    // A row that counts nothing goes: a replay of the chain alone would not have made it.
    for (let at = 0; this.#sign === -1 && at < tokens.length; at += 2) {
      db.run(`DELETE FROM k${no} WHERE token = ? AND n = 0`, tokens[at] ?? 0)
    }
  }

  /** Rows of the balance table, by address and token: those whose sum has few limbs apart. */
  #balances(): { readonly narrow: number[]; readonly wide: number[] } {
    const rows = { narrow: [] as number[], wide: [] as number[] }
    const addresses = this.#addresses.values()
    assert(addresses.length === this.#amounts.length, 'every move has an amount')
    const order = orderOf(addresses, ADDRESS_IDS_MAX)
    for (let at = 0; at < order.length; ) {
      const address = addresses[order[at] as number] as number
      let end = at + 1
      while (end < order.length && addresses[order[end] as number] === address) end += 1
      this.#balancesOf(address, this.#bySide(order.subarray(at, end)), rows)
      at = end
    }
    return rows
  }

  /** The moves of one address by token; most have one or two. */
  #bySide(moves: Uint32Array): Uint32Array {
    const sides = this.#sides.values()
    if (moves.length > FEW) {
      const own = Float64Array.from(moves, (move) => sides[move] as number)
      return orderOf(own, 2 * ADDRESS_IDS_MAX).map((i) => moves[i] as number)
    }
    for (let i = 1; i < moves.length; i += 1) {
      const move = moves[i] as number
      const side = sides[move] as number
      let to = i
      for (; to > 0 && (sides[moves[to - 1] as number] as number) > side; to -= 1) {
        moves[to] = moves[to - 1] as number
      }
      moves[to] = move
    }
    return moves
  }

  #balancesOf(address: number, moves: Uint32Array, rows: { narrow: number[]; wide: number[] }) {
    const sides = this.#sides.values()
    for (let at = 0; at < moves.length; ) {
      const token = (sides[moves[at] as number] as number) >>> 1
      let [received, sent, sum] = [0, 0, 0n]
      for (; at < moves.length; at += 1) {
        const move = moves[at] as number
        const side = sides[move] as number
        if (side >>> 1 !== token) break
        const amount = this.#amounts[move] as bigint
        if ((side & 1) === 1) {
          sent += 1
          sum -= amount
        } else {
          received += 1
          sum += amount
        }
      }
      const signed = this.#sign === 1 ? sum : -sum
      const isNarrow = signed < NARROW_END && signed > -NARROW_END
      const list = isNarrow ? rows.narrow : rows.wide
      list.push(address, token, received * this.#sign, sent * this.#sign)
      if (isNarrow) pushNarrow(list, signed)
      else list.push(...limbsOf(signed))
    }
  }
}

/** Runs that are sorted by hand. */
const FEW = 24
/** Nearly every sum of a change fits three limbs; the other columns then need not be written. */
const NARROW_LIMBS = LIMBS.slice(0, 3)
const NARROW = ['received', 'sent', ...NARROW_LIMBS]
const NARROW_END = 2n ** 96n
const LIMB = 2 ** 32

/** The limbs of a number of up to 96 bits, without the detour by lists and large integers. */
function pushNarrow(list: number[], value: bigint): void {
  const sign = value < 0n ? -1 : 1
  const size = value < 0n ? -value : value
  if (size <= SAFE) {
    const number = Number(size)
    const high = Math.floor(number / LIMB)
    list.push(sign * (number - high * LIMB), sign * high, 0)
    return
  }
  const low = Number(size & 0xffffffffffffn)
  const top = Number(size >> 48n)
  const middle = Math.floor(low / LIMB) + (top % 2 ** 16) * 2 ** 16
  list.push(sign * (low % LIMB), sign * middle, sign * Math.floor(top / 2 ** 16))
}

const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

const SUMS = ['received', 'sent', ...LIMBS]
const addUp = (columns: readonly string[]) => `ON CONFLICT DO UPDATE SET
  ${columns.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

/** Transfers in the young tables before they are merged: their pages stay inside the cache. */
export const YOUNG_TRANSFERS_MAX = 500_000

/** Merges the young tables of a chain into the old ones when they are full; part of a change. */
export function mergeYoung(
  db: ChainDatabase,
  no: number,
  young: { readonly added: number; readonly max: number },
): void {
  db.run('UPDATE chain SET young = young + ? WHERE no = ?', young.added, no)
  const row = db.get<{ young: number }>('SELECT young FROM chain WHERE no = ?', no)
  if ((row?.young ?? 0) < young.max) return
  db.run('UPDATE chain SET young = 0 WHERE no = ?', no)
  // Both are read in the order of their keys, which is the order in which they are written.
  db.run(`INSERT INTO ax${no} SELECT * FROM axy${no} ORDER BY k, place`)
  db.run(`DELETE FROM axy${no}`)
  db.run(
    `INSERT INTO h${no} SELECT * FROM hy${no} WHERE true ORDER BY address, token ${addUp(SUMS)}`,
  )
  db.run(`DELETE FROM hy${no}`)
  db.run(`INSERT INTO ah${no} SELECT * FROM ahy${no} ORDER BY hk, id`)
  db.run(`DELETE FROM ahy${no}`)
}

/** Balance rows, young and old together; those that a reorganisation emptied are left out. */
export function balanceSums(no: number, where: string): string {
  const sums = SUMS.map((name) => `sum(${name}) ${name}`).join(', ')
  return `SELECT address, token, ${sums} FROM
    (SELECT * FROM h${no} ${where} UNION ALL SELECT * FROM hy${no} ${where})
    GROUP BY address, token HAVING sum(received) + sum(sent) > 0`
}
