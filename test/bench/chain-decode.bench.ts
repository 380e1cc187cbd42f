import { randomBytes } from 'node:crypto'
import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import {
  createPublicClient,
  custom,
  formatTransactionReceipt,
  type RpcTransactionReceipt,
} from 'viem'
import { mainnet } from 'viem/chains'
import { seededRng } from '../../src/base/rng.ts'
import { decodeAnswers } from '../../src/chain/evm/answers.ts'
import { packAnswers, scanAnswers } from '../../src/chain/evm/scan.ts'
import { packBlock, unpackBlock } from '../../src/chain/packed.ts'
import { scorePacked } from '../../src/chain/packed-score.ts'
import {
  SCREEN_CLASS,
  type ScreeningBook,
  screeningBookBuilder,
} from '../../src/model/screening-book.ts'
import { answersOf, generateBlock } from '../support/evm-blocks.ts'

/**
 * Decoding and scoring blocks from bytes, one core, against a book of five million addresses, with
 * the limit (`JSON.parse` alone) and viem's own reading of the same bytes in the same run. Times
 * are of the processor, because other work on the machine must not count.
 * Run with: node test/bench/chain-decode.bench.ts [blocks] [entries]
 */
const CHAIN = 'eip155:1'
const TRANSACTIONS = 200
const BLOCKS = Number(process.argv[2] ?? 100)
const ENTRIES = Number(process.argv[3] ?? 5_000_000)
const ROUNDS = 5
/** Blocks of this seed are those of every run. */
const SEED = 7

interface Answers {
  readonly block: Buffer
  readonly receipts: Buffer
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Best of the rounds: noise only adds. */
async function perSecond(run: (answers: Answers) => unknown, all: readonly Answers[]) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = cpuMs()
    for (const answers of all) await run(answers)
    best = Math.min(best, cpuMs() - start)
  }
  return (all.length * TRANSACTIONS * 1000) / best
}

function blocks(): readonly Answers[] {
  const rng = seededRng(SEED)
  return Array.from({ length: BLOCKS }, (_, i) =>
    answersOf(generateBlock(rng, { number: 20_000_000 + i, transactions: TRANSACTIONS })),
  )
}

/** Random addresses, and one party of each block, so that some rows are hits. */
function book(all: readonly Answers[]): { book: ScreeningBook; buildMs: number } {
  const bytes = randomBytes(20 * ENTRIES)
  const builder = screeningBookBuilder({ capacity: ENTRIES + all.length, seed: [1, 2] })
  const known = all.map(
    (answers) => decodeAnswers({ chain: CHAIN, ...answers }).transactions[0]?.from ?? '0x',
  )
  // Texts are made by whoever reads the index: their time is no part of building.
  const texts = Array.from(
    { length: ENTRIES },
    (_, i) => `0x${bytes.toString('hex', 20 * i, 20 * i + 20)}`,
  )
  const start = cpuMs()
  for (const text of texts) builder.add(text, SCREEN_CLASS.scam)
  for (const address of known) builder.add(address, SCREEN_CLASS.mixer)
  const made = builder.finish()
  return { book: made, buildMs: cpuMs() - start }
}

type Request = (call: { method: string; params?: unknown }) => Promise<unknown>

const clientOf = (request: Request) =>
  createPublicClient({ chain: mainnet, transport: custom({ request }) })

/** viem's own actions: the block, and one receipt after the other, since it has none for all. */
async function viemActions({ block, receipts }: Answers): Promise<number> {
  const rows = receiptTexts(receipts)
  const client = clientOf(async ({ method, params }) => {
    if (method !== 'eth_getTransactionReceipt') return JSON.parse(block.toString()).result
    return JSON.parse((rows.get((params as [string])[0]) ?? '').toString())
  })
  const read = await client.getBlock({ blockNumber: 1n, includeTransactions: true })
  const list = await Promise.all(
    read.transactions.map(({ hash }) => client.getTransactionReceipt({ hash })),
  )
  return list.length
}

const receiptCache = new Map<Buffer, ReadonlyMap<string, Buffer>>()

/** Receipts as a node sends them one by one; cut apart before the time is taken. */
function receiptTexts(receipts: Buffer): ReadonlyMap<string, Buffer> {
  const known = receiptCache.get(receipts)
  if (known !== undefined) return known
  const list = JSON.parse(receipts.toString()).result as RpcTransactionReceipt[]
  const rows = new Map(
    list.map((row) => [row.transactionHash as string, Buffer.from(JSON.stringify(row))]),
  )
  receiptCache.set(receipts, rows)
  return rows
}

/** viem's formatters over one answer with all receipts: less than it does by its own actions. */
async function viemFormatters({ block, receipts }: Answers): Promise<number> {
  const client = clientOf(async () => JSON.parse(block.toString()).result)
  const read = await client.getBlock({ blockNumber: 1n, includeTransactions: true })
  const list = JSON.parse(receipts.toString()).result as RpcTransactionReceipt[]
  return read.transactions.length + list.map((row) => formatTransactionReceipt(row)).length
}

function lookups(found: ScreeningBook): number {
  const words = new Uint32Array(randomBytes(20 * 1_000_000).buffer.slice(0, 20_000_000))
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = cpuMs()
    for (let i = 0; i < words.length; i += 5) {
      found.classesOfWords(
        words[i] as number,
        words[i + 1] as number,
        words[i + 2] as number,
        words[i + 3] as number,
        words[i + 4] as number,
      )
    }
    best = Math.min(best, cpuMs() - start)
  }
  return words.length / 5 / best / 1000
}

async function main(): Promise<void> {
  const all = blocks()
  const bytes = all.reduce((sum, { block, receipts }) => sum + block.length + receipts.length, 0)
  const { book: found, buildMs } = book(all)
  const scanned = all.filter((answers) => scanAnswers({ chain: CHAIN, ...answers }) !== null).length
  const parse = await perSecond(({ block, receipts }) => {
    JSON.parse(block.toString())
    JSON.parse(receipts.toString())
  }, all)
  const scan = await perSecond(
    (answers) => scorePacked(packAnswers({ chain: CHAIN, ...answers }), found),
    all,
  )
  const oracle = await perSecond(
    (answers) => scorePacked(packBlock(decodeAnswers({ chain: CHAIN, ...answers })), found),
    all,
  )
  const objects = await perSecond((answers) => decodeAnswers({ chain: CHAIN, ...answers }), all)
  const whole = await perSecond((answers) => {
    const packed = packAnswers({ chain: CHAIN, ...answers })
    scorePacked(packed, found)
    unpackBlock(packed, CHAIN)
  }, all)
  for (const { receipts } of all) receiptTexts(receipts)
  const viem = await perSecond(viemActions, all)
  const formatters = await perSecond(viemFormatters, all)
  const head = latency(all, found)
  const rate = (value: number) => `${Math.round(value).toLocaleString('en')} tx/s`
  const rows = [
    `${all.length} blocks of ${TRANSACTIONS} transactions, ${Math.round(bytes / all.length / TRANSACTIONS)} B a transaction, ${scanned} without the slow path`,
    `load average ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
    `JSON.parse alone (the limit of objects)   ${rate(parse)}`,
    `scan + score + rows                       ${rate(scan)}`,
    `scan + score + rows + objects for a store ${rate(whole)}`,
    `JSON.parse + decode                       ${rate(objects)}`,
    `JSON.parse + decode + score + rows        ${rate(oracle)}`,
    `viem, getBlock + getTransactionReceipt    ${rate(viem)}   scan is ${(scan / viem).toFixed(1)} times that`,
    `viem, formatters over whole answers       ${rate(formatters)}   scan is ${(scan / formatters).toFixed(1)} times that`,
    `one block at the head, bytes to hits      ${head.toFixed(2)} ms (median)`,
    `book of ${found.count.toLocaleString('en')}: built in ${Math.round(buildMs)} ms, ${(found.memory.byteLength / found.count).toFixed(1)} B an entry, ${lookups(found).toFixed(1)} M look-ups/s of strangers`,
    `resident memory ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  ]
  process.stdout.write(`${rows.join('\n')}\n`)
}

function latency(all: readonly Answers[], found: ScreeningBook): number {
  const times = all.map((answers) => {
    const start = performance.now()
    scorePacked(packAnswers({ chain: CHAIN, ...answers }), found)
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

await main()
