import { assert } from '../../base/assert.ts'
import { limbsOf } from './sqlite-codec.ts'
import type { ChainDatabase } from './sqlite-database.ts'
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
  /** `2 * (address * 2^26 + token) + isSent`, each with its amount. */
  readonly #moves = new Numbers()
  readonly #amounts: bigint[] = []
  readonly #tokens = new Numbers()

  constructor(sign: 1 | -1) {
    this.#sign = sign
  }

  add({ src, dst, token, amount }: CountedTransfer): void {
    if (src !== null) {
      this.#moves.push(2 * (src * ADDRESS_IDS_MAX + token) + 1)
      this.#amounts.push(amount ?? 0n)
    }
    if (dst !== null) {
      this.#moves.push(2 * (dst * ADDRESS_IDS_MAX + token))
      this.#amounts.push(amount ?? 0n)
    }
    if (token !== 0) this.#tokens.push(token)
  }

  write(db: ChainDatabase, no: number): void {
    const balances = this.#balances()
    const width = 4 + LIMBS.length
    db.insert(`hy${no}`, width, balances, ADD_UP)
    const tokens: number[] = []
    for (const [token, n] of this.#tokens.runs()) tokens.push(token, n * this.#sign)
    db.insert(`k${no}`, 2, tokens, 'ON CONFLICT DO UPDATE SET n = n + excluded.n')
    // A row that counts nothing goes: a replay of the chain alone would not have made it.
    for (let at = 0; this.#sign === -1 && at < tokens.length; at += 2) {
      db.run(`DELETE FROM k${no} WHERE token = ? AND n = 0`, tokens[at] ?? 0)
    }
  }

  /** Rows of the balance table, by address and token. */
  #balances(): number[] {
    const keys = this.#moves.values()
    assert(keys.length === this.#amounts.length, 'every move has an amount')
    const order = new Uint32Array(keys.length).map((_, i) => i)
    order.sort((a, b) => (keys[a] as number) - (keys[b] as number))
    const rows: number[] = []
    let [last, received, sent, sum] = [-1, 0, 0, 0n]
    const flush = () => {
      if (last < 0) return
      const signed = this.#sign === 1 ? sum : -sum
      rows.push(high(last), low(last), received * this.#sign, sent * this.#sign)
      rows.push(...limbsOf(signed))
    }
    for (const i of order) {
      const move = keys[i] as number
      const key = Math.floor(move / 2)
      if (key !== last) {
        flush()
        ;[last, received, sent, sum] = [key, 0, 0, 0n]
      }
      const amount = this.#amounts[i] as bigint
      if (move % 2 === 1) {
        sent += 1
        sum -= amount
      } else {
        received += 1
        sum += amount
      }
    }
    flush()
    return rows
  }
}

const SUMS = ['received', 'sent', ...LIMBS]
const ADD_UP = `ON CONFLICT DO UPDATE SET
  ${SUMS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`

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
  db.run(`INSERT INTO h${no} SELECT * FROM hy${no} WHERE true ORDER BY address, token ${ADD_UP}`)
  db.run(`DELETE FROM hy${no}`)
}

/** Balance rows, young and old together; those that a reorganisation emptied are left out. */
export function balanceSums(no: number, where: string): string {
  const sums = SUMS.map((name) => `sum(${name}) ${name}`).join(', ')
  return `SELECT address, token, ${sums} FROM
    (SELECT * FROM h${no} ${where} UNION ALL SELECT * FROM hy${no} ${where})
    GROUP BY address, token HAVING sum(received) + sum(sent) > 0`
}

const high = (key: number) => Math.floor(key / ADDRESS_IDS_MAX)
const low = (key: number) => key % ADDRESS_IDS_MAX

/** Numbers that are collected, then sorted, then read as runs of equal ones. */
class Numbers {
  #list = new Float64Array(1_024)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#list.length) {
      const larger = new Float64Array(2 * this.#length)
      larger.set(this.#list)
      this.#list = larger
    }
    this.#list[this.#length] = value
    this.#length += 1
  }

  /** In the order in which they came. */
  values(): Float64Array {
    return this.#list.subarray(0, this.#length)
  }

  *runs(): Generator<readonly [value: number, count: number]> {
    const sorted = this.values().toSorted()
    for (let at = 0; at < sorted.length; ) {
      const value = sorted[at] as number
      let end = at + 1
      while (sorted[end] === value) end += 1
      yield [value, end - at]
      at = end
    }
  }
}
