import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Log } from '../base/log.ts'
import { seededRng } from '../base/rng.ts'
import { Endpoints } from './endpoints.ts'
import { Follower, type FollowOptions, type FollowProgress } from './follow.ts'
import { evmSource } from './follow-evm.ts'
import { storeSink } from './follow-sink.ts'
import { BLOCKS } from './read.ts'
import type { RpcTransport } from './rpc.ts'
import { NO_FAULTS, SIMULATED_CHAIN, SimulatedChain, simulatedNode } from './simulated.ts'
import { chainPath, openSqliteChainStore } from './store/sqlite.ts'

const DEPTH = 5

function chainOf(blocks: number, seed = 3): SimulatedChain {
  const chain = new SimulatedChain(seededRng(seed))
  chain.mine(blocks)
  return chain
}

/** Nodes by name, one store, and a clock that only sleeping moves. */
function setup(nodes: Record<string, RpcTransport>, options: Partial<FollowOptions> = {}) {
  const store = openSqliteChainStore(chainPath(mkdtempSync(join(tmpdir(), 'custos-follow-'))))
  const clock = { ms: 0, nowMs: () => clock.ms }
  const sleep = async (ms: number) => {
    clock.ms += ms
    await null
  }
  const logged: { message: string; fields: Readonly<Record<string, unknown>> }[] = []
  const write = (fields: Readonly<Record<string, unknown>>, message: string) =>
    logged.push({ message, fields })
  const log: Log = { info: write, warn: write, error: write }
  const endpoints = new Endpoints({
    chain: SIMULATED_CHAIN,
    urls: Object.keys(nodes).map((name) => `http://${name}`),
    clock,
    sleep,
    log,
    transportOf: (url) => nodes[url.slice(7)] as RpcTransport,
  })
  const end = new AbortController()
  const seen: FollowProgress[] = []
  const until = { test: (_progress: FollowProgress) => false }
  const follower = new Follower({
    source: evmSource({ endpoints, depth: DEPTH }),
    sink: storeSink(store),
    clock,
    sleep,
    log,
    onProgress: (progress) => {
      seen.push(progress)
      if (until.test(progress)) end.abort()
      if (seen.length > 20_000) throw new Error('never came to an end')
    },
    ...options,
  })
  const run = async (test: (progress: FollowProgress) => boolean) => {
    until.test = test
    await follower.run(end.signal)
  }
  return { store, endpoints, follower, run, seen, logged, clock }
}

const node = (chain: SimulatedChain, options: Partial<Parameters<typeof simulatedNode>[0]> = {}) =>
  simulatedNode({ chain, rng: seededRng(9), faults: NO_FAULTS, ...options })

describe('following a chain', () => {
  it('fills in from the first block wanted and follows the head, without a gap', async () => {
    const chain = chainOf(40)
    const world = setup({ a: node(chain) }, { from: 3 })
    await world.run(
      ({ head, backfill }) =>
        head?.number === 40 && backfill !== null && backfill.done === backfill.total,
    )
    expect(await world.store.coverage(SIMULATED_CHAIN, BLOCKS)).toEqual([{ from: 3, to: 40 }])
    expect(world.follower.progress.backfill).toMatchObject({ done: 33, total: 33, secondsLeft: 0 })
    expect((await world.store.state(SIMULATED_CHAIN))?.finalized?.number).toBe(35)
    await world.store.close()
  })

  it('stops at the last block wanted, above finality and below it', async () => {
    for (const to of [38, 20]) {
      const world = setup({ a: node(chainOf(40)) }, { from: 10, to })
      await world.run(() => false)
      const coverage = await world.store.coverage(SIMULATED_CHAIN, BLOCKS)
      expect(coverage).toEqual([{ from: 10, to }])
      expect(world.follower.progress.state).toBe('done')
      await world.store.close()
    }
  })

  it('reads receipts one by one, or logs alone, where a node serves nothing better', async () => {
    const chain = chainOf(12)
    for (const [methods, coverage] of [
      [{ blockReceipts: false }, { receipts: true, logs: true }],
      [
        { blockReceipts: false, receipts: false },
        { receipts: false, logs: true },
      ],
    ] as const) {
      const world = setup({ a: node(chain, { methods }) }, { from: 1, to: 12 })
      await world.run(() => false)
      const block = await world.store.block(SIMULATED_CHAIN, 12)
      expect(block?.coverage).toMatchObject(coverage)
      expect(block?.hash).toBe(chain.best.hash)
      await world.store.close()
    }
  })

  it('completes blocks that came without receipts when a node serves them', async () => {
    const chain = chainOf(12)
    const poor = node(chain, { methods: { blockReceipts: false, receipts: false } })
    const world = setup({ a: poor }, { from: 1, to: 12 })
    await world.run(() => false)
    expect((await world.store.state(SIMULATED_CHAIN))?.rereads).toBe(12)
    chain.mine(1)
    const rich = setup({ a: node(chain) }, { from: 1, sink: storeSink(world.store) })
    const poorBlocks = async () => (await world.store.state(SIMULATED_CHAIN))?.rereads
    let left: number | undefined
    await rich.run(() => {
      void poorBlocks().then((count) => {
        left = count
      })
      return left === 0
    })
    expect((await world.store.block(SIMULATED_CHAIN, 12))?.coverage.receipts).toBe(true)
    await Promise.all([world.store.close(), rich.store.close()])
  })

  it('waits for a node that falls behind, and never rewinds to it', async () => {
    const chain = chainOf(20)
    const faults = { ...NO_FAULTS, lagMax: 4 }
    const world = setup({ a: node(chain, { faults }) }, { from: 10 })
    let polls = 0
    await world.run(({ head }) => {
      polls += 1
      return head?.number === 20 && polls > 40
    })
    expect(world.seen.some(({ state }) => state === 'waiting')).toBe(true)
    expect((await world.store.state(SIMULATED_CHAIN))?.orphaned).toBe(0)
    await world.store.close()
  })

  it('says that a chain stalls when no block comes', async () => {
    const world = setup({ a: node(chainOf(20)) })
    await world.run(({ state }) => state === 'stalled')
    expect(world.clock.ms).toBeLessThan(61_000)
    expect(world.logged.map(({ message }) => message)).toContain(
      'no new block: the chain or its endpoints stall',
    )
    await world.store.close()
  })

  it('halts on a fork below finality, stays halted, and goes on after a rewind', async () => {
    const chain = chainOf(30)
    const world = setup({ a: node(chain) }, { from: 20 })
    await world.run(({ head }) => head?.number === 30)
    chain.reorganise(DEPTH + 3, 2)
    const follow = () =>
      new Follower({
        source: evmSource({ endpoints: world.endpoints, depth: DEPTH }),
        sink: storeSink(world.store),
        clock: world.clock,
        sleep: async (ms) => {
          world.clock.ms += ms
        },
        log: { info() {}, warn() {}, error() {} },
        to: 32,
      })
    const never = new AbortController().signal
    await expect(follow().run(never)).rejects.toMatchObject({ code: 'chain.deep_reorg' })
    expect((await world.store.state(SIMULATED_CHAIN))?.halted?.code).toBe('chain.deep_reorg')
    await expect(follow().run(never)).rejects.toMatchObject({ code: 'chain.halted' })
    await world.store.rewind(SIMULATED_CHAIN, 21)
    await follow().run(never)
    expect((await world.store.block(SIMULATED_CHAIN, 32))?.hash).toBe(chain.best.hash)
    expect((await world.store.block(SIMULATED_CHAIN, 23))?.hash).toBe(chain.at(23)?.hash)
    await world.store.close()
  })

  it('names the one node that tells of another past, and goes on with the others', async () => {
    const chain = chainOf(30)
    const other = chainOf(34, 8)
    const nodes = { liar: node(chain), honest: node(chain) }
    const world = setup({
      liar: { ...nodes.liar, send: (calls, signal) => swap(calls, signal) },
      honest: nodes.honest,
    })
    let isLying = false
    const lies = node(other)
    const swap: RpcTransport['send'] = (calls, signal) =>
      (isLying ? lies : nodes.liar).send(calls, signal)
    await world.run(({ head, endpoints }) => {
      if (head?.number === 30 && !isLying) {
        isLying = true
        chain.mine(3)
      }
      return head?.number === 33 && (endpoints[0]?.lies ?? 0) > 0
    })
    const { halted, head } = (await world.store.state(SIMULATED_CHAIN)) ?? {}
    expect(halted).toBeNull()
    expect(head?.hash).toBe(chain.best.hash)
    const named = world.logged.filter(({ fields }) => fields.code === 'chain.deep_reorg')
    expect(named.some(({ fields }) => fields.endpoint === 'liar')).toBe(true)
    await world.store.close()
  })

  it('refuses an endpoint of another chain and goes on with the next', async () => {
    const chain = chainOf(15)
    const world = setup(
      { wrong: node(chain, { chainId: 5 }), right: node(chain) },
      { from: 9, to: 15 },
    )
    await world.run(() => false)
    expect(world.endpoints.states).toMatchObject([
      { name: 'wrong', health: 'refused', lastError: { code: 'rpc.chain_id' } },
      { name: 'right', health: 'healthy' },
    ])
    await world.store.close()
  })

  it('stops clearly when the disk is full, with nothing torn', async () => {
    const chain = chainOf(600)
    const path = chainPath(mkdtempSync(join(tmpdir(), 'custos-full-')))
    const small = openSqliteChainStore(path, { pagesMax: 60 })
    const world = setup({ a: node(chain) }, { from: 0, sink: storeSink(small) })
    await expect(world.run(() => false)).rejects.toMatchObject({ code: 'chain.store_full' })
    const state = await small.state(SIMULATED_CHAIN)
    const ranges = await small.coverage(SIMULATED_CHAIN, BLOCKS)
    const covered = ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    expect(covered).toBe(state?.blocks ?? 0)
    await small.close()
    const large = openSqliteChainStore(path)
    const again = setup({ a: node(chain) }, { from: 0, to: 600, sink: storeSink(large) })
    await again.run(() => false)
    expect(await large.coverage(SIMULATED_CHAIN, BLOCKS)).toEqual([{ from: 0, to: 600 }])
    await Promise.all([large.close(), world.store.close(), again.store.close()])
  })
})
