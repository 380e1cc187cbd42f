import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { datasetOf, englishMessage } from '../../test/support/world.ts'
import { systemClock } from '../base/clock.ts'
import { canonicalJson } from '../base/encode.ts'
import { intBelow, type Rng, seededRng } from '../base/rng.ts'
import { bookPath, loadBook, writeBook } from '../index/book-file.ts'
import { applyEvents, rebuild } from '../index/indexer.ts'
import { indexPath, openSqliteIndex, openSqliteIndexReader } from '../index/store/sqlite.ts'
import { buildView, ViewHolder } from '../index/view.ts'
import type { NewEvent } from '../ledger/read.ts'
import { ledgerPaths, openSqliteLedger } from '../ledger/store/sqlite.ts'
import { SqliteLedgerReader } from '../ledger/store/sqlite-reader.ts'
import type { Dataset } from '../model/dataset.ts'
import { statementId } from '../model/statement.ts'
import { createQueries } from './queries.ts'

/**
 * Full verdicts over a million identifiers, nine in ten without a hit, and names apart; also the
 * index work of those statements and the start of a reader. A synthetic ledger is written first and
 * read by a process of its own, so that the memory is a server's and not the writer's. Run with:
 * node src/query/check.bench.ts [FOLDER]   (a folder that exists already is measured as it is)
 */
const STATEMENTS = Number(process.env.CUSTOS_BENCH_STATEMENTS ?? 1_000_000)
const NAMES = 40_000
const QUERIES = 100_000
const HIT_EVERY = 10
const NAME_SECONDS = 4
const DAY = '2026-11-20'
const AT = `${DAY}T00:00:00Z`

const DATASETS: readonly Dataset[] = [
  datasetOf('scamsniffer', 'phishing', 'publisher'),
  datasetOf('polkadot_phishing', 'phishing', 'publisher'),
  datasetOf('graphsense_tags', 'labels', 'publisher'),
  datasetOf('us_ofac_sdn', 'sanctions', 'issuer', 'US'),
]

type Entry = readonly [entity: string, prop: string, value: string]

const hex = (rng: Rng, digits: number) =>
  Array.from({ length: digits }, () => '0123456789abcdef'[intBelow(rng, 16)]).join('')
const WORDS = 'alpha river stone garden bright coffee studio north metal paper cloud happy'.split(
  ' ',
)
const word = (rng: Rng) => WORDS[intBelow(rng, WORDS.length)] ?? ''
const host = (rng: Rng) => `${word(rng)}-${word(rng)}${intBelow(rng, 1e9).toString(36)}.com`
const address = (rng: Rng) => `0x${hex(rng, 40)}`

/** The entry of a number is the same in the writing and in the reading process. */
function entryOf(i: number): Entry {
  const rng = seededRng(i)
  if (i % 2 === 0) {
    const own = host(rng)
    return [own, 'listed', canonicalJson({ host: own })]
  }
  const own = address(rng)
  const concepts = i % 10 === 1 ? ['scam'] : ['exchange']
  const tag = { address: own, currency: 'ETH', label: `label ${i % 1000}`, concepts }
  return [`ETH:${own}`, 'tag', canonicalJson({ ...tag, confidence: 'service_data' })]
}

function nameOf(i: number): string {
  const rng = seededRng(i + 77)
  const letter = (letters: string) => letters[intBelow(rng, letters.length)] ?? ''
  const syllable = () => letter('bcdfghjklmnprstvwz') + letter('aeiou') + letter('bdklmnrst  ')
  const part = () => Array.from({ length: 2 + intBelow(rng, 2) }, () => syllable().trim()).join('')
  return Array.from({ length: 2 + intBelow(rng, 3) }, part).join(' ')
}

async function* events(dataset: string, entries: Iterable<Entry>): AsyncIterable<NewEvent[]> {
  let batch: NewEvent[] = []
  for (const [key, prop, value] of entries) {
    const fields = { dataset, entity: `${dataset}:${key}`, prop, value }
    const statement = { id: statementId(fields), ...fields }
    batch.push({ op: 'assert', statement, effective: DAY, row: 'list#line:1' })
    if (batch.length < 1_000) continue
    yield batch
    batch = []
  }
  yield batch
}

function* entries(dataset: string): Iterable<Entry> {
  if (dataset === 'us_ofac_sdn') {
    for (let i = 0; i < NAMES; i++) {
      yield [`${i}`, 'name', nameOf(i)]
      yield [`${i}`, 'listing', canonicalJson({ list: 'SDN', program: ['X'] })]
    }
    return
  }
  const first = dataset === 'graphsense_tags' ? 1 : 0
  const half = dataset === 'polkadot_phishing' ? 1_000 : STATEMENTS
  for (let i = first; i < half; i += 2) yield entryOf(i)
}

async function write(folder: string): Promise<void> {
  const ledger = openSqliteLedger(folder, { origin: 'bench' })
  for (const [i, { name }] of DATASETS.entries()) {
    const run = {
      ...{ id: `bench-${i}`, dataset: name, version: DAY, publishedAt: AT, declaredAt: AT },
      ...{ fetchedAt: AT, url: null, sha256: '0'.repeat(64), bytes: 0, rows: 0, statements: 0 },
      ...{ complete: true, files: [], notes: {}, at: `${DAY}T0${i}:00:00Z` },
    }
    await ledger.append({
      ...{ id: run.id, dataset: name, at: run.at },
      events: events(name, entries(name)),
      seal: () => run,
    })
  }
  const index = openSqliteIndex(indexPath(folder))
  const applied = await timed(() => applyEvents(ledger, index))
  const rebuilt = await timed(() => rebuild(ledger, index))
  const booked = await timed(() => writeBook(index, bookPath(folder), 12_345))
  say('events indexed', `${applied.value} in ${seconds(applied.ms)}`)
  say('rebuilt', seconds(rebuilt.ms))
  say('book', `${booked.value.count} identifiers in ${seconds(booked.ms)}`)
  await index.close()
  await ledger.close()
}

async function measure(folder: string): Promise<void> {
  const started = performance.now()
  const ledger = new SqliteLedgerReader(ledgerPaths(folder))
  const index = openSqliteIndexReader(indexPath(folder))
  const datasets = new Map(DATASETS.map((dataset) => [dataset.name, dataset]))
  const book = loadBook(bookPath(folder), await index.seq())
  const view = new ViewHolder(await buildView({ ledger, index, datasets, book }))
  const queries = createQueries({
    ...{ ledger, index, view, datasets, clock: systemClock, message: englishMessage },
    ...{ readRow: async () => undefined, version: 'bench' },
  })
  say('reader ready', `${(performance.now() - started).toFixed(0)} ms`)
  const rng = seededRng(9)
  const asked = Array.from({ length: QUERIES }, (_, i) =>
    i % HIT_EVERY === 0 ? listed(rng) : clean(rng),
  )
  await queries.warm()
  for (const q of asked.slice(0, 5_000)) await queries.check({ q })
  const latency = new Float64Array(QUERIES)
  let found = 0
  const from = performance.now()
  for (const [i, q] of asked.entries()) {
    const before = performance.now()
    found += (await queries.check({ q })).findings.length
    latency[i] = performance.now() - before
  }
  const perSecond = (QUERIES / (performance.now() - from)) * 1000
  latency.sort()
  const at = (share: number) => (latency[Math.floor(QUERIES * share)] ?? 0).toFixed(3)
  say('verdicts/s', `${perSecond.toFixed(0)} (${found} findings)`)
  say('p50, p99, p99.9 ms', `${at(0.5)}, ${at(0.99)}, ${at(0.999)}`)
  const batch = Array.from({ length: 1_000 }, () => ({ q: clean(rng) }))
  const batched = await timed(() => queries.checkBatch({ queries: batch }))
  say('batch of 1,000', `${batched.ms.toFixed(1)} ms`)
  say('names/s', await names(async (q) => (await queries.check({ q })).findings.length))
  say('memory', `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  await index.close()
  await ledger.close()
}

function listed(rng: Rng): string {
  const [entity] = entryOf(intBelow(rng, STATEMENTS))
  return entity.replace(/^ETH:/, '')
}

function clean(rng: Rng): string {
  const own = seededRng(intBelow(rng, 1e9) + STATEMENTS)
  switch (intBelow(rng, 6)) {
    case 0:
      return host(own)
    case 1:
      return `https://www.${host(own)}/path/${hex(own, 4)}`
    case 2:
      return `0x${hex(own, 64)}`
    case 3:
      return `eip155:1:${address(own)}`
    default:
      return address(own)
  }
}

/** Half of the names are listed ones with a letter changed, half are of nobody. */
async function names(check: (q: string) => Promise<number>): Promise<string> {
  const rng = seededRng(4)
  const until = performance.now() + NAME_SECONDS * 1000
  let asked = 0
  let found = 0
  while (performance.now() < until) {
    const name = nameOf(asked % 2 === 0 ? intBelow(rng, NAMES) : NAMES + asked)
    const at = 1 + intBelow(rng, name.length - 1)
    if ((await check(`${name.slice(0, at)}e${name.slice(at + 1)}`)) > 0) found += 1
    asked += 1
  }
  return `${(asked / NAME_SECONDS).toFixed(0)} (${((found / asked) * 100).toFixed(0)} % with a finding)`
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const from = performance.now()
  const value = await work()
  return { value, ms: performance.now() - from }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function say(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(20)} ${figure}\n`)
}

const [given, role] = process.argv.slice(2)
if (role === 'measure' && given !== undefined) {
  await measure(given)
} else {
  say('cores', `${availableParallelism()}`)
  const folder = given ?? mkdtempSync(join(tmpdir(), 'custos-bench-'))
  if (!existsSync(ledgerPaths(folder).database)) await write(folder)
  const self = fileURLToPath(import.meta.url)
  execFileSync(process.execPath, [self, folder, 'measure'], { stdio: 'inherit' })
  if (given === undefined) rmSync(folder, { recursive: true, force: true })
}
