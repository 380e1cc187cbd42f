import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../../src/base/clock.ts'
import { sleep } from '../../../src/base/http-retry.ts'
import { silentLog } from '../../../src/base/log.ts'
import { threadDecoder } from '../../../src/chain/decoder.ts'
import { Endpoints } from '../../../src/chain/endpoints.ts'
import { Follower } from '../../../src/chain/follow.ts'
import { evmSource } from '../../../src/chain/follow-evm.ts'
import { openSqliteChainStore } from '../../../src/chain/store/sqlite.ts'
import { ChainSink } from '../../../src/ingest/chain-sink.ts'
import { bookShelf, emptyScreeningBook } from '../../../src/model/screening-book.ts'
import { CHAIN_RULES } from '../../../src/score/chain/ruleset.ts'

/**
 * The same chain of ERC-20 transfers through Ponder with its default store and through the follower
 * with SQLite, one after the other, from the same replaying node.
 *
 * Ponder is installed by npm into a temporary folder (or taken from the folder that is named), and
 * is no dependency of this project. Fairness: Ponder runs any handler, serves GraphQL and asks for
 * the logs of one contract; the follower reads whole blocks with receipts, checks their roots,
 * runs every rule, and stores transactions, transfers and the index of addresses.
 * Run with: node test/bench/ponder/run.ts [folder with node_modules/ponder] [blocks]
 */
const VERSION = '0.16.10'
const FIRST = 20_000_000
const TRANSACTIONS = 200
const BLOCKS = Number(process.argv[3] ?? 500)
/** Blocks above the measured ones, so that all of these are final for both. */
const ABOVE = 150
const TOKEN = `0x${'70'.repeat(20)}`
/** Ponder waits for its first question much longer on a busy machine. */
const PATIENCE_MS = 600_000

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Ponder asks for the block below its first one, which must be there. */
const APP: Readonly<Record<string, string>> = {
  'ponder.config.ts': `import { createConfig } from 'ponder'
const abi = [{ type: 'event', name: 'Transfer', inputs: [
  { name: 'from', type: 'address', indexed: true },
  { name: 'to', type: 'address', indexed: true },
  { name: 'amount', type: 'uint256', indexed: false }] }] as const
  export default createConfig({
  chains: { main: { id: 1, rpc: process.env.NODE_URL } },
  contracts: { Token: { chain: 'main', abi, address: '${TOKEN}',
    startBlock: ${FIRST + 1}, endBlock: ${FIRST + BLOCKS} } },
})`,
  'ponder.schema.ts': `import { index, onchainTable } from 'ponder'
export const transfer = onchainTable('transfer', (t) => ({
  id: t.text().primaryKey(), from: t.hex().notNull(), to: t.hex().notNull(),
  amount: t.bigint().notNull(), block: t.bigint().notNull() }),
  (table) => ({ sender: index().on(table.from), receiver: index().on(table.to) }))`,
  'src/index.ts': `import { ponder } from 'ponder:registry'
import { transfer } from 'ponder:schema'
ponder.on('Token:Transfer', async ({ event, context }) => {
  const { from, to, amount } = event.args
  await context.db.insert(transfer).values({ id: event.id, from, to, amount, block: event.block.number })
})`,
  'src/api/index.ts': `import { Hono } from 'hono'
  export default new Hono()`,
}

function install(): string {
  const named = process.argv[2]
  const folder = named ?? mkdtempSync(join(tmpdir(), 'custos-ponder-'))
  for (const [path, text] of Object.entries(APP)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  if (!existsSync(join(folder, 'node_modules', 'ponder'))) {
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const wanted = [`ponder@${VERSION}`, 'viem@2', 'hono@4']
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd: folder })
  }
  rmSync(join(folder, '.ponder'), { recursive: true, force: true })
  return folder
}

async function startNode(): Promise<{ url: string; process: ChildProcess }> {
  const file = fileURLToPath(new URL('../follow-node.ts', import.meta.url))
  const shape = [11, FIRST, BLOCKS + ABOVE, TRANSACTIONS, TOKEN].map(String)
  const child = fork(file, shape, { execArgv: [] })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { url: `http://127.0.0.1:${port}`, process: child }
}

/** Milliseconds from the first line about its chain to the end of its history. */
async function runPonder(folder: string, url: string): Promise<{ ms: number; wholeMs: number }> {
  const bin = join(folder, 'node_modules', 'ponder', 'dist', 'esm', 'bin', 'ponder.js')
  const start = performance.now()
  const args = [bin, 'start', '--schema', 'bench', '--log-format', 'json', '--port', '42999']
  const env = { PATH: process.env.PATH ?? '', NODE_URL: url, PONDER_TELEMETRY_DISABLED: 'true' }
  const child = spawn(process.execPath, args, { cwd: folder, env })
  const timer = setTimeout(() => child.kill(), PATIENCE_MS)
  let begun = 0
  let tail = ''
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      tail = `${tail}\n${line}`.slice(-2_000)
      if (process.env.PONDER_LOG !== undefined) say(line)
      if (begun === 0 && /backfill|sync|historical/i.test(line)) begun = performance.now()
      if (
        /Completed (?:historical indexing|indexing|all historical|backfill indexing)/i.test(line)
      ) {
        return { ms: performance.now() - begun, wholeMs: performance.now() - start }
      }
    }
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
  throw new Error(`Ponder ended before its history was complete:${tail}`)
}

async function runFollower(url: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-bench-'))
  const store = openSqliteChainStore(join(folder, 'chain.sqlite'))
  const endpoints = new Endpoints({ chain: 'eip155:1', urls: [url] })
  const decoder = threadDecoder()
  const source = evmSource({ endpoints, decoder })
  const sink = new ChainSink({
    store,
    rules: CHAIN_RULES,
    shelf: bookShelf(emptyScreeningBook()),
    asset: () => undefined,
    statementsOf: async () => [],
  })
  const parts = { source, sink, clock: systemClock, sleep, log: silentLog }
  const start = performance.now()
  const follower = new Follower({ ...parts, from: FIRST, to: FIRST + BLOCKS - 1 })
  await follower.run(new AbortController().signal)
  const ms = performance.now() - start
  const stored = (await store.state('eip155:1'))?.transfers ?? 0
  if (stored !== BLOCKS * TRANSACTIONS) throw new Error(`${stored} transfers are stored`)
  await decoder.close()
  await source.close()
  await store.close()
  rmSync(folder, { recursive: true })
  return ms
}

async function main(): Promise<void> {
  const folder = install()
  const events = BLOCKS * TRANSACTIONS
  const node = await startNode()
  const rate = (ms: number) => `${Math.round((1000 * events) / ms).toLocaleString('en')} events/s`
  try {
    say(
      `${BLOCKS} blocks of ${TRANSACTIONS} ERC-20 transfers, load average ${loadavg()[0]?.toFixed(2)}`,
    )
    const ours = await runFollower(node.url)
    say(`follower, SQLite           ${rate(ours)}`)
    const ponder = await runPonder(folder, node.url)
    say(`Ponder ${VERSION}, PGlite     ${rate(ponder.ms)}, ${rate(ponder.wholeMs)} with its start`)
    say(
      `follower is ${(ponder.ms / ours).toFixed(1)} times that, load average ${loadavg()[0]?.toFixed(2)}`,
    )
  } finally {
    node.process.kill()
  }
}

await main()
