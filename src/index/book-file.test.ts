import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger } from '../../test/support/memory-ledger.ts'
import { buildBook } from './book.ts'
import { generationOf, loadBook, writeBook } from './book-file.ts'
import { applyEvents } from './indexer.ts'
import { openSqliteIndex, type SqliteIndex } from './store/sqlite.ts'
import { buildView } from './view.ts'

const folder = mkdtempSync(join(tmpdir(), 'custos-book-'))
const path = join(folder, 'book.bin')
const ledger = new MemoryLedger()
let index: SqliteIndex
let seq = 0

beforeAll(async () => {
  index = openSqliteIndex(':memory:')
  ledger.version({
    ...{ dataset: 'list', at: '2026-11-01T00:00:00Z', publishedAt: null },
    said: [{ entity: 'a', prop: 'listed', value: { host: 'evil.top' } }],
  })
  seq = await applyEvents(ledger, index)
})
afterAll(async () => {
  await index.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the kept book', () => {
  it('is loaded for the state of the index that it was made from, and for no other', async () => {
    const book = await writeBook(index, path, 3)
    expect(book.has('h:evil.top')).toBe(true)
    expect(loadBook(path, seq)?.has('h:evil.top')).toBe(true)
    expect(loadBook(path, seq)?.has('h:good.top')).toBe(false)
    expect(loadBook(path, seq + 1)).toBeUndefined()
  })

  it('is not loaded when missing, cut or changed: look-ups then go to the index', async () => {
    expect(loadBook(join(folder, 'none.bin'), seq)).toBeUndefined()
    await writeBook(index, path, 3)
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 3))
    expect(loadBook(path, seq)).toBeUndefined()
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(loadBook(path, seq)).toBeUndefined()
  })

  it('of an older state is never used by a view, because it would deny what is new', async () => {
    const old = buildBook([], 1, generationOf(seq - 1))
    const datasets = new Map()
    expect((await buildView({ ledger, index, datasets, book: old })).book).toBeUndefined()
    const own = buildBook(index.keys(), 1, generationOf(seq))
    expect((await buildView({ ledger, index, datasets, book: own })).book).toBe(own)
  })

  it('leaves out of a view what the index has not reached', async () => {
    ledger.version({
      ...{ dataset: 'list', at: '2026-11-02T00:00:00Z', publishedAt: null },
      said: [{ entity: 'b', prop: 'listed', value: { host: 'new.top' } }],
    })
    const view = await buildView({ ledger, index, datasets: new Map() })
    expect(view.seq).toBe(seq)
    expect(view.runs.map(({ run }) => run.id)).toEqual(['run-1'])
    expect(view.checkpoint?.seq).toBe(seq)
  })
})
