// The whole recorded folder: sync, the same again, with force, verify, second start, rebuild, and
// verdicts over everything that was loaded. Needs CUSTOS_MIRROR. Run: node test/bench/full.bench.ts
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { loadConfig } from '../../src/cli/config.ts'
import { indexPath, openSqliteIndexReader } from '../../src/index/store/sqlite.ts'
import { openInstallation } from '../../src/installation.ts'

const mirror = process.env.CUSTOS_MIRROR
if (mirror === undefined || mirror === '') {
  process.stdout.write('skipped: CUSTOS_MIRROR is not set\n')
  process.exit(0)
}

// The verdicts are asked in a process of their own, so that its memory is that of a reader.
const readerFolder = process.argv[2]
const folder = readerFolder ?? mkdtempSync(join(tmpdir(), 'custos-full-'))
const { config } = loadConfig({
  flags: { data: folder },
  env: { CUSTOS_MIRROR: mirror },
  cwd: folder,
})
/** Figures are reported, never judged; what must be true on any machine fails the run. */
function must(isTrue: boolean, what: string): void {
  if (isTrue) return
  say(`FAILED: ${what}`)
  process.exitCode = 1
}
const say = (text: string) => process.stdout.write(`${text}\n`)
const never = new AbortController().signal

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const value = await work()
  say(`${what.padEnd(44)} ${((performance.now() - started) / 1000).toFixed(2).padStart(8)} s`)
  return value
}

async function dumpHash(): Promise<string> {
  const index = openSqliteIndexReader(indexPath(folder))
  const hash = createHash('sha256')
  for await (const line of index.dump()) hash.update(line).update('\n')
  await index.close()
  return hash.digest('hex')
}

async function syncs(): Promise<void> {
  const installation = await openInstallation(config, 'write', 'bench')
  const { operator, queries } = installation
  const lags: number[] = []
  // What a reader would wait for the event loop while everything is read and committed.
  let last = performance.now()
  const ticker = setInterval(() => {
    const now = performance.now()
    lags.push(now - last - 10)
    last = now
  }, 10)
  const request = { datasets: [], scope: 'all', force: false } as const
  const rows = await timed('sync of the whole recorded folder', () =>
    operator.sync(request, () => {}, never),
  )
  clearInterval(ticker)
  lags.sort((a, b) => a - b)
  const p99 = lags[Math.floor(lags.length * 0.99)] ?? 0
  say(
    `${'event loop lag while syncing, p99 / max'.padEnd(44)} ${p99.toFixed(0)} / ${(lags.at(-1) ?? 0).toFixed(0)} ms`,
  )
  const failed = rows.filter((row) => row.error !== null)
  say(`${'datasets read / failed'.padEnd(44)} ${rows.length - failed.length} / ${failed.length}`)
  for (const row of failed) say(`  ${row.dataset}: ${row.error?.message}`)
  must(failed.length === 0, 'every recorded dataset is read')
  const events = async () => (await queries.stats()).events
  const before = await events()
  await timed('the same again, identical bytes', () => operator.sync(request, () => {}, never))
  await timed('the same with --force', () =>
    operator.sync({ ...request, force: true }, () => {}, never),
  )
  say(`${'events added by those two'.padEnd(44)} ${(await events()) - before}`)
  must((await events()) === before, 'the same files add no event')
  const report = await timed('log verify', () => operator.verifyLog({}, () => {}))
  say(
    `${'statements / events / ok'.padEnd(44)} ${report.statements} / ${report.events} / ${report.ok}`,
  )
  must(report.ok, 'the ledger verifies')
  const first = await dumpHash()
  await timed('rebuild of every index', () => operator.rebuild(() => {}))
  const isSame = first === (await dumpHash())
  say(`${'rebuild identical, byte for byte'.padEnd(44)} ${isSame}`)
  must(isSame, 'a rebuilt index is the same')
  await installation.close()
}

async function secondStart(): Promise<void> {
  const bin = new URL('../../bin/custos.mjs', import.meta.url).pathname
  const started = performance.now()
  const child = spawn(process.execPath, [bin, 'start', '--offline', '--port', '0'], {
    env: { ...process.env, CUSTOS_DATA: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes('serves')) resolve()
    })
    child.on('exit', () => resolve())
  })
  say(
    `${'second start ready'.padEnd(44)} ${((performance.now() - started) / 1000).toFixed(2).padStart(8)} s`,
  )
  child.kill('SIGTERM')
  await new Promise((resolve) => child.on('exit', resolve))
}

/** Nine in ten without a hit: random addresses and hosts among real keys of the index. */
async function verdicts(): Promise<void> {
  const installation = await openInstallation(config, 'read', 'bench')
  const index = openSqliteIndexReader(indexPath(folder))
  const rng = seededRng(42)
  const listed: string[] = []
  for (const key of index.keys()) {
    if (/^a:0x|^a:[13b]|^h:|^l:/.test(key) && rng() < 0.02) listed.push(key.slice(2))
  }
  await index.close()
  const hex = (n: number) =>
    Array.from({ length: n }, () => intBelow(rng, 16).toString(16)).join('')
  const miss = () => (rng() < 0.6 ? `0x${hex(40)}` : `${hex(3)}-shop-${hex(6)}.example.com`)
  const queries = Array.from({ length: 60_000 }, (_, i) =>
    i % 10 === 0 ? (listed[intBelow(rng, listed.length)] ?? '') : miss(),
  )
  for (const q of queries.slice(0, 3_000)) await installation.queries.check({ q })
  const times: number[] = []
  const started = performance.now()
  for (const q of queries) {
    const at = performance.now()
    await installation.queries.check({ q })
    times.push(performance.now() - at)
  }
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  say(
    `${'full verdicts a second, one in ten a hit'.padEnd(44)} ${Math.round(queries.length / seconds)}`,
  )
  say(
    `${'p50 / p99 / max'.padEnd(44)} ${times[30_000]?.toFixed(3)} / ${times[59_400]?.toFixed(3)} / ${times.at(-1)?.toFixed(1)} ms`,
  )
  say(
    `${'memory of the reading process'.padEnd(44)} ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  )
  await installation.close()
}

function inOwnProcess(): Promise<void> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', folder], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', () => resolve()))
}

if (readerFolder !== undefined) await verdicts()
else {
  await syncs()
  await secondStart()
  await inOwnProcess()
  rmSync(folder, { recursive: true, force: true })
}
