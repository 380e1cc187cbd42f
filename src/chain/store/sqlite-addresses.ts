import { assert } from '../../base/assert.ts'
import { AppError } from '../../base/error.ts'
import { addressKey, type KeyCodec } from './sqlite-codec.ts'
import { ADDRESS_IDS_MAX } from './sqlite-counters.ts'
import type { ChainDatabase } from './sqlite-database.ts'
import { KeyFilter } from './sqlite-filter.ts'
import { inOrder, Numbers } from './sqlite-order.ts'

/** Ids kept in memory: the parties of some thousand blocks repeat far more often than not. */
const CACHE_MAX = 400_000
/** Longest address text of CAIP-10. */
const KEY_CHARS_MAX = 128
/** Stored keys that one change reads into the filter after a start. */
const LOADED_A_CHANGE = 20_000
const KEY_MAX = 2 ** 48

/** The number of an address; undefined where no stored block has named it. */
export function findAddress(
  db: ChainDatabase,
  at: { readonly no: number; readonly codec: KeyCodec },
  address: string,
  key = addressKey(address),
): number | undefined {
  const { no, codec } = at
  for (const table of [`ah${no}`, `ahy${no}`]) {
    const row = db.get<{ id: number }>(
      `SELECT a.id FROM ${table} h CROSS JOIN a${no} a ON a.id = h.id WHERE h.hk = ? AND a.key = ?`,
      key,
      codec.key(address),
    )
    if (row !== undefined) return row.id
  }
  return undefined
}

export interface AddressIdsOptions {
  readonly no: number
  readonly codec: KeyCodec
  /** Addresses that are held in memory, and keys that one change loads; tests choose few. */
  readonly cacheMax?: number
  readonly loadMax?: number
}

/** The number of each address of one chain; new ones get the next number. */
export class AddressIds {
  readonly #db: ChainDatabase
  readonly #no: number
  readonly #codec: KeyCodec
  readonly #filter = new KeyFilter()
  #cache = new Map<string, number>()
  #older = new Map<string, number>()
  /** Texts of the newest numbers, each at its remainder. */
  #texts = new Array<string | undefined>(CACHE_MAX)
  /** New in this change and not written: SQLite cannot say their numbers yet. */
  #fresh = new Map<string, { readonly id: number; readonly key: number }>()
  #next: number
  /** Numbers that were stored before this start, and how many of them the filter holds. */
  readonly #before: number
  #loaded = 0
  readonly #cacheMax: number
  readonly #loadMax: number

  constructor(db: ChainDatabase, of: AddressIdsOptions) {
    this.#db = db
    this.#no = of.no
    this.#codec = of.codec
    this.#cacheMax = of.cacheMax ?? CACHE_MAX
    this.#loadMax = of.loadMax ?? LOADED_A_CHANGE
    this.#next = this.#stored()
    this.#before = this.#next
  }

  #stored(): number {
    const sql = 'SELECT addresses FROM chain WHERE no = ?'
    return this.#db.get<{ addresses: number }>(sql, this.#no)?.addresses ?? 0
  }

  /** The number of an address that is known already. */
  find(address: string): number | undefined {
    const id = this.#cache.get(address) ?? this.#older.get(address)
    if (id !== undefined) return id
    const key = addressKey(address)
    return this.#isNew(key) ? undefined : findAddress(this.#db, this.#at(), address, key)
  }

  idOf(address: string): number {
    let id = this.#cache.get(address)
    if (id !== undefined) return id
    id = this.#older.get(address) ?? this.#fresh.get(address)?.id ?? this.#asked(address)
    // Two generations instead of a list of uses: dropping one costs nothing.
    if (this.#cache.size >= this.#cacheMax / 2) {
      this.#older = this.#cache
      this.#cache = new Map()
    }
    this.#cache.set(address, id)
    return id
  }

  /** The text of a number, as far as it is in memory. */
  textOf(id: number): string | undefined {
    const isHeld = id > this.#next - CACHE_MAX && id > this.#before
    return isHeld ? this.#texts[id % CACHE_MAX] : undefined
  }

  #asked(address: string): number {
    const key = addressKey(address)
    const found = this.#isNew(key) ? undefined : findAddress(this.#db, this.#at(), address, key)
    return found ?? this.#add(address, key)
  }

  /** True only where the filter has seen every stored key. */
  #isNew(key: number): boolean {
    return this.#loaded === this.#before && this.#filter.isNew(key)
  }

  #at() {
    return { no: this.#no, codec: this.#codec }
  }

  #add(address: string, key: number): number {
    assert(address !== '', 'an address is not empty')
    if (address.length > KEY_CHARS_MAX) {
      throw new AppError('chain.block_too_large', 'An address of the block is too long.')
    }
    if (this.#next + 1 >= ADDRESS_IDS_MAX) {
      throw new AppError('chain.store_full', 'SQLite holds no more addresses of one chain.')
    }
    this.#next += 1
    this.#fresh.set(address, { id: this.#next, key })
    this.#texts[this.#next % CACHE_MAX] = address
    this.#filter.add(key)
    return this.#next
  }

  /** Writes the new numbers; part of the change in which they were given. */
  write(): void {
    this.#load()
    if (this.#fresh.size === 0) return
    const rows: (number | ReturnType<KeyCodec['key']>)[] = []
    const keys = new Numbers(2 * this.#fresh.size)
    for (const [address, { id, key }] of this.#fresh) {
      rows.push(id, key, this.#codec.key(address))
      keys.push(key)
      keys.push(id)
    }
    this.#db.insert(`a${this.#no}(id, hk, key)`, 3, rows)
    this.#db.insert(`ahy${this.#no}`, 2, inOrder(keys.values(), 2, KEY_MAX))
    this.#fresh = new Map()
    this.#db.run('UPDATE chain SET addresses = ? WHERE no = ?', this.#next, this.#no)
  }

  /** After a start the filter takes in what is stored, some of it with every change. */
  #load(): void {
    if (this.#loaded === this.#before || this.#filter.isFull) return
    const to = Math.min(this.#before, this.#loaded + this.#loadMax)
    const sql = `SELECT hk FROM a${this.#no} WHERE id > ? AND id <= ?`
    for (const { hk } of this.#db.all<{ hk: number }>(sql, this.#loaded, to)) this.#filter.add(hk)
    this.#loaded = to
  }

  /** After a change that was not kept: its numbers were never given. */
  forget(): void {
    this.#cache = new Map()
    this.#older = new Map()
    this.#texts = new Array<string | undefined>(CACHE_MAX)
    this.#fresh = new Map()
    this.#next = this.#stored()
  }
}
