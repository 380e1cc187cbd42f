import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { systemClock } from '../../src/base/clock.ts'
import { sleep } from '../../src/base/http-retry.ts'
import { silentLog } from '../../src/base/log.ts'
import { openHttpLink } from '../../src/base/operator-link.ts'
import { threadDecoder } from '../../src/chain/decoder.ts'
import { AnswerCheck } from '../../src/chain/endpoint-check.ts'
import { Endpoints } from '../../src/chain/endpoints.ts'
import { decodeEvmBlock } from '../../src/chain/evm/block.ts'
import { packAnswers } from '../../src/chain/evm/scan.ts'
import { Follower } from '../../src/chain/follow.ts'
import { evmSource } from '../../src/chain/follow-evm.ts'
import { scorePacked } from '../../src/chain/packed-score.ts'
import { openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import { ChainSink } from '../../src/ingest/chain-sink.ts'
import {
  type BookShelf,
  bookShelf,
  openScreeningBook,
  type ScreeningBook,
} from '../../src/model/screening-book.ts'
import { CHAIN_RULES } from '../../src/score/chain/ruleset.ts'
import { makeChain } from './follow-chain.ts'
import { measureHistory } from './follow-history.ts'
import { readWithViem, type ViemWay } from './follow-viem.ts'

/**
 * Following end to end: a process replays a chain in the size of Ethereum's over HTTP, the follower
 * checks, decodes, judges and stores it with everything that pages read, on the same two cores.
 * Next to each rate by the clock stands the rate by the processor time of this process, because
 * other work on the machine must not count; the replaying node has a share of the cores too.
 * Run with: node test/bench/chain-follow.bench.ts [blocks] [book entries] [history transfers]
 */
const CHAIN = 'eip155:1'
const FIRST = 20_000_000
const TRANSACTIONS = 200
const [BLOCKS, ENTRIES, HISTORY] = [600, 5_000_000, 2_000_000].map((usual, i) =>
  Number(process.argv[2 + i] ?? usual),
) as [number, number, number]
/** viem needs fewer: its rate is stable sooner than its patience. */
const PEER_BLOCKS = 40
const HEAD_BLOCKS = 60
const SEED = 11

const say = (text: string) => process.stdout.write(`${text}\n`)
const figure = (value: number) => Math.round(value).toLocaleString('en')

interface Took {
  readonly ms: number
  readonly cpuMs: number
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const start = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 }
}

const rates = (count: number, { ms, cpuMs }: Took) =>
  `${figure((1000 * count) / ms)} tx/s by the clock, ${figure((1000 * count) / cpuMs)} a cpu second`

async function startNode(): Promise<{ url: string; bytes: number; process: ChildProcess }> {
  const file = fileURLToPath(new URL('follow-node.ts', import.meta.url))
  const child = fork(file, [SEED, FIRST, BLOCKS, TRANSACTIONS].map(String), { execArgv: [] })
  const [message] = (await once(child, 'message')) as [{ port: number; bytes: number }]
  return { url: `http://127.0.0.1:${message.port}`, bytes: message.bytes, process: child }
}

interface Built {
  readonly book: ScreeningBook
  readonly ms: number
  readonly cpuMs: number
}

/** A worker whose addresses are ready; `build` starts its clock. */
async function bookWorker(): Promise<{ build: () => Promise<Built> }> {
  const worker = new Worker(new URL('follow-book.ts', import.meta.url), { workerData: ENTRIES })
  await once(worker, 'message')
  return {
    async build() {
      worker.postMessage('go')
      const [built] = (await once(worker, 'message')) as [
        { memory: SharedArrayBuffer; ms: number; cpuMs: number },
      ]
      await worker.terminate()
      return { book: openScreeningBook(built.memory), ms: built.ms, cpuMs: built.cpuMs }
    },
  }
}

function sinkOf(store: ChainStore, shelf: BookShelf): ChainSink {
  return new ChainSink({
    store,
    rules: CHAIN_RULES,
    shelf,
    asset: () => undefined,
    statementsOf: async () => [],
  })
}

async function follow(url: string, folder: string, shelf: BookShelf, threads: 1 | 2) {
  const store = openSqliteChainStore(join(folder, `follow${threads}.sqlite`))
  const decoder = threads === 2 ? threadDecoder() : undefined
  const source = evmSource({ endpoints: new Endpoints({ chain: CHAIN, urls: [url] }), decoder })
  const follower = new Follower({
    source,
    sink: sinkOf(store, shelf),
    clock: systemClock,
    sleep,
    log: silentLog,
    from: FIRST,
    to: FIRST + BLOCKS - 1,
  })
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 100)
  const took = await timed(() => follower.run(new AbortController().signal))
  clearInterval(timer)
  const state = await store.state(CHAIN)
  say(`end to end, ${threads} thread(s)    ${rates(BLOCKS * TRANSACTIONS, took)}`)
  say(
    `  stored ${figure(state?.transactions ?? 0)} transactions, ${figure(state?.transfers ?? 0)} transfers, ` +
      `${figure(state?.alerts ?? 0)} alerts; peak ${Math.round(peak / 1e6)} MB resident`,
  )
  await decoder?.close()
  await source.close()
  await store.close()
}

/** Checking and decoding over HTTP without a store, both ways, and viem over the same node. */
async function readers(url: string, shelf: BookShelf): Promise<void> {
  const count = Math.min(BLOCKS, PEER_BLOCKS)
  const numbers = Array.from({ length: count }, (_, i) => FIRST + i)
  const txs = count * TRANSACTIONS
  const signal = new AbortController().signal
  const source = evmSource({ endpoints: new Endpoints({ chain: CHAIN, urls: [url] }) })
  const viem = async (way: ViemWay) => {
    await readWithViem(url, numbers.slice(0, 5), way)
    return timed(() => readWithViem(url, numbers, way))
  }
  const link = openHttpLink(url)
  const scan = () => scanAll(link, numbers, shelf.current())
  await scan()
  const scanned = await timed(scan)
  const last = (await source.opinions(FIRST + count - 1, signal))[0]?.hash ?? ''
  const range = async () => {
    let read = 0
    const to = { number: FIRST + count - 1, hash: last }
    for await (const batch of source.range(FIRST, to, signal)) read += batch.length
    return read
  }
  await range()
  const checked = await timed(range)
  const actions = await viem('actions')
  const whole = await viem('block receipts')
  const times = (peer: Took, ours: Took) => (peer.cpuMs / ours.cpuMs).toFixed(1)
  say(`read over HTTP: scan, score ${rates(txs, scanned)}`)
  say(`read, check roots, decode   ${rates(txs, checked)}`)
  say(
    `viem, its own actions       ${rates(txs, actions)}: scan ${times(actions, scanned)} x, with all checks ${times(actions, checked)} x`,
  )
  say(
    `viem, eth_getBlockReceipts  ${rates(txs, whole)}: scan ${times(whole, scanned)} x, with all checks ${times(whole, checked)} x`,
  )
  await link.close()
  await source.close()
}

async function scanAll(
  link: ReturnType<typeof openHttpLink>,
  numbers: readonly number[],
  book: ScreeningBook,
): Promise<void> {
  const ask = (method: string, params: unknown[]) =>
    link.post({
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      timeoutMs: 60_000,
      bytesMax: 1e8,
    })
  const one = async (number: number) => {
    const tag = `0x${number.toString(16)}`
    const [block, receipts] = await Promise.all([
      ask('eth_getBlockByNumber', [tag, true]),
      ask('eth_getBlockReceipts', [tag]),
    ])
    scorePacked(packAnswers({ chain: CHAIN, block: block.body, receipts: receipts.body }), book)
  }
  for (let at = 0; at < numbers.length; at += 3) {
    await Promise.all(numbers.slice(at, at + 3).map(one))
  }
}

/** From the bytes of two answers to stored alerts, block by block; meanwhile a book is built. */
async function head(folder: string, shelf: BookShelf): Promise<void> {
  const store = openSqliteChainStore(join(folder, 'head.sqlite'))
  const sink = sinkOf(store, shelf)
  const check = new AnswerCheck(CHAIN)
  const blocks = [
    ...makeChain({ seed: 3, first: FIRST, blocks: 3 * HEAD_BLOCKS, transactions: TRANSACTIONS }),
  ]
  const worker = await bookWorker()
  const [first, ...rest] = blocks
  if (first === undefined) return
  let base = { number: first.number, hash: first.hash }
  const final = base
  const apply = async (served: (typeof blocks)[number]) => {
    const start = performance.now()
    const block: unknown = JSON.parse(served.block.toString())
    const receipts: unknown = JSON.parse(served.receipts.toString())
    check.check({ block, receipts, logs: null }, served)
    const decoded = decodeEvmBlock({ chain: CHAIN, block, receipts, logs: null, traces: null })
    await sink.apply({ chain: CHAIN, baseHead: base, blocks: [decoded], finalizedHead: final })
    base = { number: served.number, hash: served.hash }
    return performance.now() - start
  }
  const alone: number[] = []
  for (const block of rest.slice(0, HEAD_BLOCKS)) alone.push(await apply(block))
  say(`head, bytes to alerts       ${spread(alone.slice(20))}`)
  const building = worker.build()
  let built: Built | undefined
  void building.then((done) => {
    built = done
  })
  const beside: number[] = []
  for (const block of rest.slice(HEAD_BLOCKS)) {
    if (built !== undefined) break
    beside.push(await apply(block))
    await sleep(1, new AbortController().signal)
  }
  const { book, ms, cpuMs } = await building
  const start = performance.now()
  shelf.replace(book)
  const swapMs = performance.now() - start
  say(
    `book of ${figure(book.count)}: built beside in ${figure(ms)} ms (cpu ${figure(cpuMs)}), replaced in ${swapMs.toFixed(3)} ms`,
  )
  say(`  ${beside.length} blocks meanwhile: ${spread(beside)}`)
  await store.close()
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, p90 ${at(0.9)} ms, longest ${at(1)} ms`
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-bench-'))
  const load = () => loadavg().map((value) => value.toFixed(2))
  say(`load average ${load().join(' ')}`)
  const shelf = bookShelf((await (await bookWorker()).build()).book)
  const node = await startNode()
  say(`${BLOCKS} blocks of ${TRANSACTIONS}, ${figure(node.bytes / BLOCKS / TRANSACTIONS)} B each`)
  try {
    await follow(node.url, folder, shelf, 1)
    await follow(node.url, folder, shelf, 2)
    await readers(node.url, shelf)
    node.process.kill()
    await head(folder, shelf)
    const store = openSqliteChainStore(join(folder, 'history.sqlite'))
    say(await measureHistory(store, HISTORY))
    await store.close()
    say(`load average ${load().join(' ')}`)
  } finally {
    node.process.kill()
    rmSync(folder, { recursive: true })
  }
}

await main()
