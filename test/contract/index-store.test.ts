import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqliteIndex, openSqliteIndexReader } from '../../src/index/store/sqlite.ts'
import { indexStoreContract } from './index-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'custos-index-'))
let count = 0
const nextPath = () => join(folder, `index-${count++}.sqlite`)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

indexStoreContract('sqlite', async () => openSqliteIndex(nextPath()))

describe('the SQLite index file', () => {
  it('is an error with a code for a reader when it is not there', () => {
    expect(() => openSqliteIndexReader(nextPath())).toThrowError(
      expect.objectContaining({ code: 'index.missing' }),
    )
  })

  it('starts again from nothing when it is not a database, because the ledger gives it again', async () => {
    const path = nextPath()
    writeFileSync(
      path,
      'this is no database, but it is long enough to be mistaken for one'.repeat(80),
    )
    expect(() => openSqliteIndexReader(path)).toThrowError(
      expect.objectContaining({ code: 'index.outdated' }),
    )
    const index = openSqliteIndex(path)
    expect(await index.seq()).toBe(0)
    await index.close()
  })

  it('can be read by one connection while another one writes', async () => {
    const path = nextPath()
    const writer = openSqliteIndex(path)
    const reader = openSqliteIndexReader(path)
    await writer.begin()
    await writer.clear()
    expect(await reader.seq()).toBe(0)
    await writer.commit()
    await reader.close()
    await writer.close()
  })
})
