import { performance } from 'node:perf_hooks'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import type { ChainBlock, ChainTransfer } from '../../src/chain/types.ts'
import { hexOf } from '../support/evm-blocks.ts'

const CHAIN = 'eip155:10'
const PER_BLOCK = 1_000
const BLOCKS_A_COMMIT = 20
const PEOPLE = 400_000
/** Every tenth transfer is one of these: an exchange's page must open as well as anybody's. */
const BUSY = 20
const PAGE = 100
const LOOKS = 3_000

/** Stores transfers, one a transaction, then opens pages of random parties. */
export async function measureHistory(store: ChainStore, transfers: number): Promise<string> {
  const rng = seededRng(5)
  const people = Array.from({ length: PEOPLE }, () => `0x${hexOf(rng, 20)}`)
  const tokens = people.slice(0, 500)
  const someone = () => people[rng() < 0.1 ? intBelow(rng, BUSY) : intBelow(rng, PEOPLE)] as string
  let parent = `0x${hexOf(rng, 32)}`
  const cpu = process.cpuUsage()
  for (let number = 1; number * PER_BLOCK <= transfers; ) {
    const blocks: ChainBlock[] = []
    for (; blocks.length < BLOCKS_A_COMMIT && number * PER_BLOCK <= transfers; number += 1) {
      const hash = `0x${hexOf(rng, 32)}`
      const rows: ChainTransfer[] = Array.from({ length: PER_BLOCK }, (_, ordinal) => ({
        ordinal,
        standard: 'erc20',
        token: tokens[intBelow(rng, tokens.length)] as string,
        from: someone(),
        to: someone(),
        amount: BigInt(1 + intBelow(rng, 1e9)),
        tokenId: null,
        tx: `0x${hexOf(rng, 32)}`,
        txIndex: ordinal,
        logIndex: ordinal,
        isInternal: false,
      }))
      const coverage = { receipts: true, logs: true, traces: false, inputs: true }
      const transactions = rows.map(({ tx, from, token }, index) => ({
        hash: tx,
        index,
        from,
        to: token,
        value: 0n,
        status: 'success' as const,
        selector: '0xa9059cbb',
        created: null,
      }))
      const at = 1_700_000_000 + 2 * number
      const header = { chain: CHAIN, number, hash, parent, at, coverage }
      blocks.push({ ...header, transactions, transfers: rows, events: [] })
      parent = hash
    }
    await store.fill({ chain: CHAIN, blocks, alerts: [], rules: [] })
  }
  const { user, system } = process.cpuUsage(cpu)
  const perSecond = Math.round((1e6 * transfers) / (user + system))
  const [quiet, busy] = [
    await pages(store, () => people[BUSY + intBelow(rng, PEOPLE - BUSY)] as string),
    await pages(store, () => people[intBelow(rng, BUSY)] as string),
  ]
  return (
    `history of an address, ${transfers.toLocaleString('en')} transfers stored ` +
    `(${perSecond.toLocaleString('en')} a cpu second): ${textOf(quiet)}; ` +
    `newest ${PAGE} of the busiest: ${textOf(busy)}`
  )
}

type Pages = Awaited<ReturnType<typeof pages>>

const textOf = ({ p50, p99, cpu }: Pages) =>
  `p50 ${p50} ms, p99 ${p99} ms, ${cpu} ms of the processor`

/** By the clock, and the mean by the processor, in which other work on the machine does not count. */
async function pages(store: ChainStore, whose: () => string) {
  const times: number[] = []
  const before = process.cpuUsage()
  for (let i = 0; i < LOOKS; i += 1) {
    const address = whose()
    const start = performance.now()
    await store.transfersOf(CHAIN, address, { limit: PAGE })
    times.push(performance.now() - start)
  }
  const { user, system } = process.cpuUsage(before)
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.floor(share * times.length)] ?? 0).toFixed(3)
  return { p50: at(0.5), p99: at(0.99), cpu: ((user + system) / 1000 / LOOKS).toFixed(3) }
}
