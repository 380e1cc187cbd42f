import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AddressIds, findAddress } from './sqlite-addresses.ts'
import { addressKey, keyCodec } from './sqlite-codec.ts'
import { ChainDatabase } from './sqlite-database.ts'
import { KeyFilter } from './sqlite-filter.ts'
import { chainSchema } from './sqlite-schema.ts'

const CHAIN = 'eip155:1'
const codec = keyCodec(CHAIN)
const address = (i: number) => `0x${i.toString(16).padStart(40, '0')}`

function made(): ChainDatabase {
  const path = join(mkdtempSync(join(tmpdir(), 'custos-ids-')), 'chain.sqlite')
  const db = new ChainDatabase(path)
  db.run('INSERT INTO chain(no, id) VALUES (1, ?)', CHAIN)
  db.exec(chainSchema(1))
  return db
}

describe('numbers of addresses', () => {
  it('an address has one number however many others one change brings', () => {
    const db = made()
    // Nine addresses are held in memory: those that fall out of it are not written yet.
    const ids = new AddressIds(db, { no: 1, codec, cacheMax: 9 })
    db.transaction(() => {
      const first = Array.from({ length: 50 }, (_, i) => ids.idOf(address(i)))
      expect(Array.from({ length: 50 }, (_, i) => ids.idOf(address(i)))).toEqual(first)
      expect(new Set(first).size).toBe(50)
      ids.write()
    })
    expect(db.get('SELECT count(*) n, max(id) top FROM a1')).toEqual({ n: 50, top: 50 })
    expect(ids.idOf(address(3))).toBe(4)
    db.close()
  })

  it('a start finds what was stored before, also while the filter is being filled', () => {
    const db = made()
    const first = new AddressIds(db, { no: 1, codec })
    for (let i = 0; i < 40; i += 1) first.idOf(address(i))
    first.write()
    const second = new AddressIds(db, { no: 1, codec, loadMax: 30 })
    expect(second.find(address(99))).toBeUndefined()
    // Each write reads some of the stored keys into the filter.
    for (let change = 0; change < 3; change += 1) {
      for (let i = 0; i < 40; i += 1) expect(second.find(address(i))).toBe(i + 1)
      second.write()
    }
    expect(second.idOf(address(40))).toBe(41)
    second.write()
    expect(findAddress(db, { no: 1, codec }, address(40))).toBe(41)
    db.close()
  })

  it('numbers of a change that was not kept are given again', () => {
    const db = made()
    const ids = new AddressIds(db, { no: 1, codec })
    expect(ids.idOf(address(1))).toBe(1)
    ids.forget()
    expect([ids.textOf(1), ids.find(address(1))]).toEqual([undefined, undefined])
    expect([ids.idOf(address(2)), ids.idOf(address(1))]).toEqual([1, 2])
    ids.write()
    expect([ids.textOf(1), ids.textOf(2)]).toEqual([address(2), address(1)])
    db.close()
  })
})

describe('the filter of known keys', () => {
  it('calls no key new that was added, and few others known', () => {
    const filter = new KeyFilter()
    const key = (i: number) => addressKey(address(i))
    for (let i = 0; i < 5_000; i += 1) filter.add(key(i))
    let known = 0
    for (let i = 0; i < 5_000; i += 1) {
      expect(filter.isNew(key(i))).toBe(false)
      if (!filter.isNew(key(1_000_000 + i))) known += 1
    }
    expect(known).toBeLessThan(20)
    expect([0, 2 ** 48 - 1].map((edge) => filter.isNew(edge))).toEqual([true, true])
    for (const edge of [0, 2 ** 48 - 1]) filter.add(edge)
    expect([0, 2 ** 48 - 1].map((edge) => filter.isNew(edge))).toEqual([false, false])
  })
})
