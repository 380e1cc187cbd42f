import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixedClock } from '../src/base/clock.ts'
import { canonicalJson, type Json } from '../src/base/encode.ts'
import { silentLog } from '../src/base/log.ts'
import { applyEvents, rebuild } from '../src/index/indexer.ts'
import { openSqliteIndex, type SqliteIndex } from '../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../src/index/view.ts'
import { commitVersion } from '../src/ingest/commit.ts'
import { FirmJoiner } from '../src/ingest/join.ts'
import { JOINS } from '../src/ingest/join-dataset.ts'
import { judgementsPath } from '../src/ingest/join-judgement.ts'
import { noteVerifier } from '../src/ledger/checkpoint.ts'
import {
  instanceVkey,
  ledgerPaths,
  openSqliteLedger,
  type SqliteLedger,
} from '../src/ledger/store/sqlite.ts'
import { verifyLedger } from '../src/ledger/verify.ts'
import type { Dataset } from '../src/model/dataset.ts'
import { JOINS_DATASET } from '../src/model/join.ts'
import { createQueries } from '../src/query/queries.ts'
import type { Queries } from '../src/query/types.ts'
import { createWeb } from '../src/web/web.ts'
import { datasetOf, englishMessage } from './support/world.ts'

const LEI = '529900T8BM49AURSDO55'
const REGISTER = datasetOf('zz_register', 'register', 'issuer', 'LU')
const PAPERS = datasetOf('zz_papers', 'register', 'issuer', 'LU')
const PACK = datasetOf('zz_pack', 'actors', 'publisher')
const WARNED = datasetOf('zz_warned', 'warnings', 'issuer', 'GB')
const DATASETS = new Map(
  [REGISTER, PAPERS, PACK, WARNED, JOINS].map((dataset) => [dataset.name, dataset]),
)

type Row = readonly [entity: string, prop: string, value: Json]

const licence = (holder: string, lei: string) => ({
  ...{ regulator: 'Authority of Z', country: 'LU', kind: 'licence', holder, lei },
  ...{ status: 'authorised', regulatorWord: 'authorised', services: ['a'], countries: ['LU'] },
})
const FIRM: readonly Row[] = [
  ['acme', 'schema', 'Company'],
  ['acme', 'name', 'Acmequark Luxembourg S.A.'],
  ['acme', 'alias', 'Acmequark'],
  ['acme', 'country', 'LU'],
  ['acme', 'leiCode', LEI],
  ['acme', 'website', 'acmequark.com'],
  ['acme', 'licence', licence('Acmequark Luxembourg S.A.', LEI)],
]
const BRAND: readonly Row[] = [
  ['aq', 'schema', 'Organization'],
  ['aq', 'name', 'Acmequark'],
  ['aq', 'website', 'acmequark.com'],
  ['aq', 'actor', { categories: ['exchange'] }],
]
const STRANGER: readonly Row[] = [
  ['other', 'schema', 'LegalEntity'],
  ['other', 'name', 'Unrelated Widgets Ltd'],
  ['other', 'leiCode', LEI],
  ['other', 'licence', { ...licence('Unrelated Widgets Ltd', LEI), kind: 'notification' }],
]
const REGULATOR = { regulator: 'Authority of W', country: 'GB', kind: 'warning' }
const WARNING: readonly Row[] = [
  ['acme', 'schema', 'LegalEntity'],
  ['acme', 'name', 'Acmequark'],
  ['acme', 'website', 'acmequark.com'],
  ['acme', 'warning', { ...REGULATOR, status: 'in_force', reason: 'no permission here' }],
]

let folder: string
let ledger: SqliteLedger
let index: SqliteIndex
let joiner: FirmJoiner
let queries: Queries
let holder: ViewHolder
const clock = fixedClock('2026-11-22T09:00:00Z')
let minute = 0

/** The next minute: times of the ledger never go back. */
function tick(): string {
  minute += 1
  const at = `2026-11-22T09:${String(minute).padStart(2, '0')}:00Z`
  clock.set(at)
  return at
}

async function commit(dataset: Dataset, rows: readonly Row[]): Promise<void> {
  const at = tick()
  const file = { role: 'main', name: 'made.csv', url: null, lastModified: null, etag: null }
  const bytes = Buffer.from(canonicalJson(rows))
  const { sha256 } = await ledger.keep(once(bytes))
  await commitVersion(ledger, {
    dataset,
    crawl: async function* (ctx) {
      for (const [entity, prop, value] of rows) {
        ctx.countRow()
        const text = typeof value === 'string' ? value : canonicalJson(value)
        yield { entity: `${dataset.name}:${entity}`, prop, value: text, row: 'main#record:2' }
      }
    },
    version: { files: [], publishedAt: at, complete: true },
    files: [{ ...file, sha256, bytes: bytes.length }],
    inputs: [],
    fetchedAt: at,
    at,
    log: silentLog,
  })
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** Judges, and takes over what was committed. */
async function judge() {
  tick()
  const row = await joiner.run()
  await applyEvents(ledger, index)
  const view = await buildView({ ledger, index, datasets: DATASETS, previous: holder?.current() })
  holder.swap(view)
  return row
}

beforeEach(async () => {
  minute = 0
  folder = mkdtempSync(join(tmpdir(), 'custos-join-'))
  ledger = openSqliteLedger(folder)
  index = openSqliteIndex(':memory:')
  const shared = { ledger, datasets: DATASETS, clock }
  joiner = new FirmJoiner({ ...shared, log: silentLog, folder })
  holder = new ViewHolder(await buildView({ ledger, index, datasets: DATASETS }))
  queries = createQueries({
    ...{ ...shared, index, view: holder, version: '1', message: englishMessage },
    readRow: async () => undefined,
  })
})

afterEach(async () => {
  await index.close()
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('records of one firm', () => {
  beforeEach(async () => {
    await commit(REGISTER, FIRM)
    await commit(PACK, BRAND)
    await commit(PAPERS, STRANGER)
  })

  it('are one entity under the register’s id, with every statement and each reason', async () => {
    expect(await judge()).toMatchObject({ state: 'ok', added: 2, retracted: 0 })
    const view = await queries.entity('zz_pack:aq')
    expect(view?.id).toBe('zz_register:acme')
    expect(view?.members.map(({ id }) => id)).toEqual(['zz_register:acme', 'zz_pack:aq'])
    expect(view?.joins).toMatchObject([
      { kind: 'sameAs', reason: 'domain', value: 'acmequark.com', author: 'custos' },
      { kind: 'notSameAs', reason: 'shared_lei', value: LEI },
    ])
    expect(new Set(view?.statements.map(({ entity }) => entity))).toEqual(
      new Set(['zz_register:acme', 'zz_pack:aq']),
    )
    expect((await queries.entity('zz_papers:other'))?.id).toBe('zz_papers:other')
  })

  it('send a browser that asks for one of them to the page of the firm', async () => {
    await judge()
    const web = createWeb({ queries, version: '1' })
    const moved = await web.request('/en/entity/zz_pack%3Aaq?asOf=2026-11-22')
    expect(moved.status).toBe(308)
    expect(moved.headers.get('location')).toBe('/en/entity/zz_register%3Aacme?asOf=2026-11-22')
    const page = await web.request('/en/entity/zz_register%3Aacme')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Acmequark Luxembourg S.A.')
  })

  it('are judged to the same statements again, without an event', async () => {
    await judge()
    const head = await ledger.head()
    expect(await judge()).toMatchObject({ state: 'unchanged', added: 0, retracted: 0 })
    expect((await ledger.head())?.size).toBe(head?.size)
    expect(await joiner.runIfDue()).toBeUndefined()
  })

  it('part when the reason goes away, and the ledger keeps both', async () => {
    await judge()
    const moved = BRAND.map(([e, p, v]) => [e, p, p === 'website' ? 'other.io' : v] as const)
    await commit(PACK, moved)
    expect(await judge()).toMatchObject({ state: 'ok', added: 0, retracted: 1 })
    expect((await queries.entity('zz_pack:aq'))?.id).toBe('zz_pack:aq')
    // What was known before is still answered so.
    const before = await queries.entity('zz_pack:aq', { knownAt: '2026-11-22T09:04:30Z' })
    expect(before?.id).toBe('zz_register:acme')
  })

  it('show a licence in one country and a warning in another beside each other', async () => {
    await commit(WARNED, WARNING)
    await judge()
    const view = await queries.entity('zz_warned:acme')
    expect(view?.members.map(({ dataset }) => dataset)).toContain('zz_warned')
    const props = view?.statements.map(({ prop }) => prop)
    expect(props).toEqual(expect.arrayContaining(['licence', 'warning']))
  })

  it('give the same index when it is built anew, and a ledger that verifies', async () => {
    await judge()
    const lines = async () => {
      const all: string[] = []
      for await (const dumped of index.dump()) all.push(dumped)
      return all.join('\n')
    }
    const before = await lines()
    await rebuild(ledger, index)
    expect(await lines()).toBe(before)
    const report = await verifyLedger({
      paths: ledgerPaths(folder),
      verifier: noteVerifier(instanceVkey(folder)),
    })
    expect(report.problems).toEqual([])
  })

  it('disturb neither the changes nor the counts of the sources', async () => {
    await judge()
    const moved = BRAND.map(([e, p, v]) => [e, p, p === 'website' ? 'other.io' : v] as const)
    await commit(PACK, moved)
    await judge()
    const { changes } = await queries.changes({ since: 0 })
    expect(changes.map(({ dataset }) => dataset)).not.toContain(JOINS_DATASET)
    const stats = await queries.stats()
    expect(stats.entities).toBe(3)
    expect(stats.newest?.dataset).toBe('zz_pack')
    expect(Object.values(stats.datasets).reduce((sum, count) => sum + count, 0)).toBe(4)
    const row = (await queries.sources()).find(({ dataset }) => dataset === JOINS_DATASET)
    expect(row).toMatchObject({ kind: 'joins', state: 'current', authority: { role: 'publisher' } })
  })
})

describe('an operator’s judgement', () => {
  beforeEach(async () => {
    await commit(REGISTER, FIRM)
    await commit(PACK, BRAND)
    await judge()
  })

  const line = (judgement: string, left = 'zz_pack:aq', right = 'zz_register:acme') =>
    `${JSON.stringify({ left, right, judgement, reason: 'told by the firm' })}\n`

  it('beats the rule, is a statement of its own, and is taken back with its line', async () => {
    writeFileSync(judgementsPath(folder), line('notSameAs'))
    expect(await judge()).toMatchObject({ added: 1, retracted: 1 })
    const view = await queries.entity('zz_pack:aq')
    expect(view?.id).toBe('zz_pack:aq')
    expect(view?.joins).toMatchObject([
      { kind: 'notSameAs', author: 'operator', reason: 'told by the firm' },
    ])
    rmSync(judgementsPath(folder))
    expect(await judge()).toMatchObject({ added: 1, retracted: 1 })
    expect((await queries.entity('zz_pack:aq'))?.id).toBe('zz_register:acme')
  })

  it('that cannot be read is left out, and the others hold', async () => {
    writeFileSync(judgementsPath(folder), 'no json\n{"left":"a"}\n\n')
    appendFileSync(judgementsPath(folder), line('notSameAs'))
    appendFileSync(judgementsPath(folder), line('maybe'))
    expect(await judge()).toMatchObject({ state: 'ok', added: 1 })
    const run = (await ledger.runs(JOINS_DATASET)).at(-1)
    expect(run?.notes).toMatchObject({ judgement_unreadable: 3 })
    expect(run?.files).toMatchObject([{ role: 'judgements' }])
  })

  it('never stops what else is known: a file of another kind leaves the last judgements', async () => {
    writeFileSync(judgementsPath(folder), 'x'.repeat(33_554_433))
    expect(await judge()).toMatchObject({
      state: 'failed',
      error: { code: 'join.judgements_too_large' },
    })
    expect((await queries.entity('zz_pack:aq'))?.id).toBe('zz_register:acme')
  })
})

describe('what imitates a licensed firm', () => {
  beforeEach(async () => {
    await commit(REGISTER, FIRM)
    await commit(PAPERS, STRANGER)
    await judge()
  })

  const rulesOf = async (q: string) =>
    (await queries.check({ q })).findings
      .filter(({ kind }) => kind === 'impersonation')
      .map(({ rule, severity }) => `${rule} ${severity}`)

  it.each([
    ['Acmequarkmax', ['clone.lookalike_name warning']],
    // Read without its disguise it is the firm's own name, and what is known of that is told, too.
    ['Аcmequark', ['clone.lookalike_name warning', 'clone.number_of_another info']],
    // One slip away it is found as that firm, too.
    ['Acmequarc', ['clone.number_of_another info', 'clone.lookalike_name info']],
    ['acmequark-login.com', ['clone.lookalike_host warning']],
    ['Unrelated Widgets Ltd', ['clone.number_of_another info']],
    ['Acmequark', []],
    ['acmequark.com', []],
    ['Nobody At All', []],
  ])('%s gives %j', async (q, rules) => {
    // The firm whose number a stranger carries is told so as well, under its own name.
    const found = (await rulesOf(q)).filter(
      (rule) => rules.length > 0 || !rule.startsWith('clone.number_of_another'),
    )
    expect(found).toEqual(rules)
  })

  it('is told with the rule, the firm, the register’s row and how sure the rule is', async () => {
    const [finding] = (await queries.check({ q: 'acmequark-login.com' })).findings
    expect(finding).toMatchObject({
      kind: 'impersonation',
      rule: 'clone.lookalike_host',
      dataset: 'zz_register',
      entity: 'zz_register:acme',
      details: { firm: 'Acmequark Luxembourg S.A.', host: 'acmequark.com' },
    })
    expect(Number(finding?.details.precision)).toBeGreaterThan(0.9)
    expect(finding?.text).not.toContain('!finding')
    expect(finding?.statements.length).toBeGreaterThan(0)
  })
})
