import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { addressKey, type KeyCodec, type Stored } from './sqlite-codec.ts'
import { ADDRESS_IDS_MAX } from './sqlite-counters.ts'
import type { ChainDatabase } from './sqlite-database.ts'

/** Ids kept in memory: the parties of some thousand blocks repeat far more often than not. */
const CACHE_MAX = 400_000
/** Longest address text of CAIP-10. */
const KEY_CHARS_MAX = 128

/** The number of each address of one chain; new ones get the next number. */
export class AddressIds {
  readonly #db: ChainDatabase
  readonly #no: number
  readonly #codec: KeyCodec
  #cache = new Map<string, number>()
  #older = new Map<string, number>()
  #next: number
  #fresh: (number | Stored)[] = []

  constructor(db: ChainDatabase, no: number, codec: KeyCodec) {
    this.#db = db
    this.#no = no
    this.#codec = codec
    this.#next = this.#stored()
  }

  #stored(): number {
    const sql = 'SELECT addresses FROM chain WHERE no = ?'
    return this.#db.get<{ addresses: number }>(sql, this.#no)?.addresses ?? 0
  }

  find(address: string): number | undefined {
    const row = this.#db.get<{ id: number }>(
      `SELECT id FROM a${this.#no} WHERE hk = ? AND key = ?`,
      addressKey(address),
      this.#codec.key(address),
    )
    return row?.id
  }

  idOf(address: string): number {
    let id = this.#cache.get(address)
    if (id !== undefined) return id
    id = this.#older.get(address) ?? this.find(address) ?? this.#add(address)
    // Two generations instead of a list of uses: dropping one costs nothing.
    if (this.#cache.size >= CACHE_MAX / 2) {
      this.#older = this.#cache
      this.#cache = new Map()
    }
    this.#cache.set(address, id)
    return id
  }

  #add(address: string): number {
    assert(address !== '', 'an address is not empty')
    if (address.length > KEY_CHARS_MAX) {
      throw new AppError('chain.block_too_large', 'An address of the block is too long.')
    }
    this.#next += 1
    if (this.#next >= ADDRESS_IDS_MAX) {
      throw new AppError('chain.store_full', 'SQLite holds no more addresses of one chain.')
    }
    this.#fresh.push(this.#next, addressKey(address), this.#codec.key(address))
    return this.#next
  }

  /** Writes the new numbers; part of the change in which they were given. */
  write(): void {
    if (this.#fresh.length === 0) return
    this.#db.insert(`a${this.#no}(id, hk, key)`, 3, this.#fresh)
    this.#fresh = []
    this.#db.run('UPDATE chain SET addresses = ? WHERE no = ?', this.#next, this.#no)
  }

  /** After a change that was not kept: its numbers were never given. */
  forget(): void {
    this.#cache = new Map()
    this.#older = new Map()
    this.#fresh = []
    this.#next = this.#stored()
  }
}
