import { createHash, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { datasetOf } from '../test/support/world.ts'
import { canonicalJson } from './base/encode.ts'
import { silentLog } from './base/log.ts'
import { makeDownloads } from './download-build.ts'
import { DownloadDesk } from './download-desk.ts'
import { applyEvents } from './index/indexer.ts'
import { indexPath, openSqliteIndex } from './index/store/sqlite.ts'
import { openSqliteLedger } from './ledger/store/sqlite.ts'
import { type DownloadManifest, filesOf } from './model/downloads.ts'
import { askOffline } from './model/offline-answer.ts'
import { type ProofPorts, proveOffline } from './model/offline-note.ts'
import { statementId } from './model/statement.ts'

const closed = datasetOf('closed_list', 'phishing', 'publisher')
const DATASETS = new Map(
  [
    datasetOf('open_list', 'phishing', 'publisher'),
    { ...closed, licence: { ...closed.licence, redistribute: false } },
  ].map((dataset) => [dataset.name, dataset]),
)
const HOSTS = ['evil.top', 'bad "quoted", site.example', 'böse.example']

/** One version of a list, committed and indexed as a sync does. */
async function say(folder: string, dataset: string, hosts: readonly string[], no: number) {
  const ledger = openSqliteLedger(folder, { origin: 'custos.test/downloads' })
  const index = openSqliteIndex(indexPath(folder))
  const at = `2026-11-2${no}T10:00:00Z`
  const run = {
    ...{ id: `run-${no}`, dataset, version: `v${no}`, publishedAt: at, declaredAt: at },
    ...{ fetchedAt: at, url: null, sha256: '0'.repeat(64), bytes: 0, rows: 0, statements: 0 },
    ...{ complete: true, files: [], notes: {}, at },
  }
  async function* events() {
    yield hosts.map((host) => {
      const fields = {
        dataset,
        entity: `${dataset}:${host}`,
        prop: 'listed',
        value: canonicalJson({ host }),
      }
      const statement = { id: statementId(fields), ...fields }
      return { op: 'assert' as const, statement, effective: at.slice(0, 10), row: 'list#line:1' }
    })
  }
  await ledger.append({ ...{ id: run.id, dataset, at }, events: events(), seal: () => run })
  await applyEvents(ledger, index)
  await index.close()
  await ledger.close()
}

const ports: ProofPorts = {
  sha256: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verify: async () => undefined,
}

describe('the files of an installation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-downloads-'))
  const out = join(folder, 'downloads')
  const read = (name: string) => readFileSync(join(out, name))
  const make = (what: 'bundle' | 'all' = 'all') =>
    makeDownloads({
      ...{ folder, datasets: DATASETS, origin: 'custos.test/downloads', program: '1', what },
      signal: new AbortController().signal,
      onProgress: () => {},
    })
  let manifest: DownloadManifest

  beforeAll(async () => {
    await say(folder, 'open_list', HOSTS, 0)
    await say(folder, 'closed_list', ['secret.example'], 1)
    manifest = await make()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are whole: each with the size and the hash that the manifest says, and no others', () => {
    for (const { name, bytes, sha256 } of filesOf(manifest).values()) {
      expect(statSync(join(out, name)).size).toBe(bytes)
      expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sha256)
    }
    expect(readdirSync(out).sort()).toEqual([...filesOf(manifest).keys(), 'manifest.json'].sort())
  })

  it('hold nothing of a list that nobody may hand on, and name it', () => {
    expect(manifest.data.map(({ dataset }) => dataset)).toEqual(['open_list'])
    expect(manifest.withheld.map(({ dataset }) => dataset)).toEqual(['closed_list'])
    for (const name of readdirSync(out)) {
      const bytes = name.endsWith('.gz') ? gunzipSync(read(name)) : read(name)
      expect(bytes.includes('secret.example')).toBe(false)
    }
  })

  it('say the same in CSV, JSON Lines and Parquet', async () => {
    const [one] = manifest.data
    const lines = gunzipSync(read(one?.files.jsonl.name ?? ''))
      .toString('utf8')
      .trim()
      .split('\n')
    const said = lines.map((line) => JSON.parse(line) as Record<string, string>)
    expect(said.map(({ value }) => JSON.parse(value ?? '{}').host).sort()).toEqual(
      [...HOSTS].sort(),
    )
    const csv = gunzipSync(read(one?.files.csv.name ?? '')).toString('utf8')
    expect(csv.split('\r\n').length).toBe(HOSTS.length + 2)
    const bytes = read(one?.files.parquet.name ?? '')
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer,
      compressors: { ZSTD: (input) => new Uint8Array(zstdDecompressSync(input)) },
    })
    const plain = rows.map(({ original: _, lang: __, ...row }) => row)
    expect(plain).toEqual(said)
    for (const { id } of said) expect(csv).toContain(id)
  })

  it('are listed in SHA256SUMS, which the key of the installation signs', () => {
    const sums = read('SHA256SUMS')
    expect(verify(null, sums, read('instance.pem').toString(), read('SHA256SUMS.sig'))).toBe(true)
    expect(sums.toString()).toMatch(/^# custos\.test\/downloads\/downloads \d+ /)
    const changed = Buffer.from(sums)
    changed[70] = (changed[70] ?? 0) ^ 1
    expect(verify(null, changed, read('instance.pem').toString(), read('SHA256SUMS.sig'))).toBe(
      false,
    )
  })

  it('give a bundle that proves itself and answers', async () => {
    const { bundle } = manifest
    const bytes = read(bundle?.name ?? '')
    const proof = { bytes, note: bundle?.note ?? '', vkey: bundle?.vkey ?? '' }
    const proven = await proveOffline(proof, ports)
    expect(askOffline(proven.bundle, 'login.evil.top').verdict).toBe('danger')
    expect(askOffline(proven.bundle, 'secret.example').verdict).toBe('unknown')
  })

  it('stay where nothing changed, and are made anew where something did', async () => {
    const before = filesOf(manifest)
    const changedMs = statSync(join(out, manifest.data[0]?.files.csv.name ?? '')).mtimeMs
    const same = await make()
    expect([...filesOf(same).keys()]).toEqual([...before.keys()])
    expect(statSync(join(out, same.data[0]?.files.csv.name ?? '')).mtimeMs).toBe(changedMs)
    await say(folder, 'open_list', ['new.example'], 2)
    const next = await make()
    expect(next.bundle?.version).toBeGreaterThan(same.bundle?.version ?? 0)
    expect(next.data[0]?.files.csv.name).not.toBe(same.data[0]?.files.csv.name)
    expect(readdirSync(out)).not.toContain(same.data[0]?.files.csv.name)
  })

  it('are served by their names alone, and not once they are cut', async () => {
    const settings = { folder, origin: null, program: '1', datasets: [...DATASETS.values()] }
    const desk = new DownloadDesk(settings, silentLog, async () => 0)
    const [name = ''] = filesOf(desk.manifest() as DownloadManifest).keys()
    const opened = desk.open(name)
    expect((await new Response(opened?.stream()).bytes()).length).toBe(opened?.file.bytes)
    expect(desk.open('../instance-key.pem')).toBeUndefined()
    expect(desk.open('instance-key.pem')).toBeUndefined()
    writeFileSync(join(out, name), 'cut')
    expect(desk.open(name)).toBeUndefined()
    await desk.close()
  })
})
