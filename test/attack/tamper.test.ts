import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { noteVerifier } from '../../src/ledger/checkpoint.ts'
import { instanceVkey, ledgerPaths, openSqliteLedger } from '../../src/ledger/store/sqlite.ts'
import { verifyLedger } from '../../src/ledger/verify.ts'
import { appendRun, asserted, statement } from '../contract/ledger-store.ts'

let original = ''
let keptHash = ''

beforeAll(async () => {
  original = mkdtempSync(join(tmpdir(), 'custos-tamper-'))
  const store = openSqliteLedger(original)
  const kept = await store.keep(
    (async function* () {
      yield Buffer.from('a list of things')
    })(),
  )
  keptHash = kept.sha256
  const file = {
    role: 'list',
    name: 'list.txt',
    url: null,
    lastModified: null,
    etag: null,
    ...kept,
  }
  const many = Array.from({ length: 30 }, (_, i) => asserted(`value ${i}`))
  await appendRun(store, 'r1', many, { files: [file], sha256: kept.sha256 })
  const gone = {
    op: 'retract',
    statement: statement('value 3').id,
    effective: '2026-02-01',
    row: '',
  } as const
  await appendRun(store, 'r2', [gone, asserted('ä 漢 "quoted"')], { at: '2026-02-01T00:00:00Z' })
  await store.close()
})

function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'custos-tampered-'))
  cpSync(original, folder, { recursive: true })
  return folder
}

async function verify(folder: string) {
  // The key is the one that somebody kept, not the one found beside the changed ledger.
  return verifyLedger({
    paths: ledgerPaths(folder),
    verifier: noteVerifier(instanceVkey(original)),
  })
}

/** Every column of every row that holds a fact, with the SQL that changes one of its bytes. */
const COLUMNS: readonly (readonly [string, string])[] = [
  ['statement', 'id'],
  ['statement', 'entity'],
  ['statement', 'prop'],
  ['statement', 'value'],
  ['event', 'effective'],
  ['event', 'row'],
  ['run', 'id'],
  ['run', 'record'],
  ['checkpoint', 'root'],
  ['checkpoint', 'note'],
  ['checkpoint', 'frontier'],
  ['dataset', 'name'],
  ['live', 'since'],
]

const NUMBERS: readonly (readonly [string, string])[] = [
  ['event', 'op'],
  ['event', 'sid'],
  ['event', 'run'],
  ['event', 'seq'],
  ['statement', 'dataset'],
  ['run', 'seq_to'],
  ['checkpoint', 'size'],
  ['checkpoint', 'at_ms'],
]

describe('a changed ledger (promise P3)', () => {
  it('verifies as long as nothing was changed', async () => {
    const report = await verify(copy())
    expect(report).toMatchObject({ ok: true, statements: 31, events: 32, runs: 2, files: 1 })
  })

  it('is found for a flipped byte in any column of any kind of row', async () => {
    const rng = seededRng(20261122)
    let found = 0
    for (let i = 0; i < 200; i += 1) {
      const folder = copy()
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
      const [table, column] = COLUMNS[i % COLUMNS.length] ?? ['', '']
      const rows = db
        .prepare(`SELECT CAST(${column} AS BLOB) AS v FROM ${table} WHERE length(${column}) > 0`)
        .all() as { v: Uint8Array }[]
      const old = Buffer.from(rows[intBelow(rng, rows.length)]?.v ?? [])
      const flipped = Buffer.from(old)
      const at = intBelow(rng, flipped.length)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << intBelow(rng, 7))
      const isText = table !== 'checkpoint' || column !== 'frontier'
      const cast = column === 'id' && table === 'statement' ? '?' : isText ? 'CAST(? AS TEXT)' : '?'
      db.prepare(
        `UPDATE ${table} SET ${column} = ${cast} WHERE rowid IN
         (SELECT rowid FROM ${table} WHERE CAST(${column} AS BLOB) = ? LIMIT 1)`.replaceAll(
          'rowid',
          table === 'live' ? 'sid' : 'rowid',
        ),
      ).run(flipped, old)
      db.close()
      const report = await verify(folder)
      expect(report.ok, `${table}.${column} byte ${at}: ${old.toString('hex')}`).toBe(false)
      found += 1
    }
    expect(found).toBe(200)
  })

  it('is found for a changed number, a removed row and an added row', async () => {
    for (const [table, column] of NUMBERS) {
      const folder = copy()
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
      const key = table === 'event' ? 'seq' : 'rowid'
      db.exec(`UPDATE ${table} SET ${column} = ${column} + 100
        WHERE ${key} = (SELECT max(${key}) FROM ${table})`)
      db.close()
      expect((await verify(folder)).ok, `${table}.${column}`).toBe(false)
    }
    for (const table of ['statement', 'event', 'run', 'checkpoint', 'live']) {
      const folder = copy()
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
      const key = table === 'live' ? 'sid' : 'rowid'
      db.exec(`DELETE FROM ${table} WHERE ${key} = (SELECT max(${key}) FROM ${table})`)
      db.close()
      expect((await verify(folder)).ok, `deleted from ${table}`).toBe(false)
    }
    const folder = copy()
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'))
    db.exec(`INSERT INTO statement SELECT 999, zeroblob(32), dataset, entity, prop, value, original,
      lang FROM statement WHERE sid = 1`)
    db.close()
    expect((await verify(folder)).ok, 'an added statement').toBe(false)
  })

  it('is found for a changed, broken or missing kept file', async () => {
    const folder = copy()
    const sub = join(folder, 'files', keptHash.slice(0, 2))
    const [name = ''] = readdirSync(sub)
    const bytes = readFileSync(join(sub, name))
    const middle = bytes.length >> 1
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    writeFileSync(join(sub, name), bytes)
    expect((await verify(folder)).problems[0]?.what).toBe('file')
  })

  it('is found when a whole consistent history replaces the one that somebody has a checkpoint of', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'custos-second-'))
    cpSync(join(original, 'instance-key.pem'), join(folder, 'instance-key.pem'))
    const store = openSqliteLedger(folder)
    await appendRun(store, 'other', [asserted('another history')])
    await store.close()
    const verifier = noteVerifier(instanceVkey(original))
    const keptNote = (await verify(original)).checkpoint?.note
    const report = await verifyLedger({ paths: ledgerPaths(folder), verifier, earlier: keptNote })
    expect(report.ok).toBe(false)
    expect((await verifyLedger({ paths: ledgerPaths(folder), verifier })).ok).toBe(true)
  })
})
