import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { sleep } from '../../src/base/http-retry.ts'
import { silentLog } from '../../src/base/log.ts'
import { intBelow, seededRng } from '../../src/base/rng.ts'
import { Endpoints } from '../../src/chain/endpoints.ts'
import { type BlockSink, Follower } from '../../src/chain/follow.ts'
import { evmSource } from '../../src/chain/follow-evm.ts'
import { storeSink } from '../../src/chain/follow-sink.ts'
import { BLOCKS } from '../../src/chain/read.ts'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import type { ChainBlock } from '../../src/chain/types.ts'
import {
  bookShelf,
  SCREEN_CLASS as CLASS,
  screeningBookBuilder,
} from '../../src/model/screening-book.ts'
import { type Anvil, hasAnvil, startAnvil } from '../support/anvil.ts'
import { alertFor } from '../support/chain-world.ts'
import { sinkOf } from '../support/judged-chain.ts'

const CHAIN = 'eip155:31337'
const DEPTH_MAX = 64
/** 200 of depth 1 to 64 in the nightly run. */
const REORGS = Number(process.env.CUSTOS_ANVIL_REORGS ?? 64)

/** Every transfer raises an alert, so that one that outlives its block would be seen. */
const always = {
  rules: [{ rule: 'always', version: '1' }],
  alertsOf: (blocks: readonly ChainBlock[]) =>
    blocks.flatMap((block) => block.transfers.map((t) => alertFor(block, t, 'always'))),
}

async function pay(node: Anvil, accounts: readonly string[], i: number): Promise<void> {
  const [from, to] = [accounts[i % accounts.length], accounts[(i + 1) % accounts.length]]
  await node.rpc('eth_sendTransaction', [{ from, to, value: `0x${(i + 1).toString(16)}` }])
}

interface FollowOptions {
  readonly url?: string
  readonly pollMs?: number
  /** Default: every transfer raises an alert. */
  readonly sinkOf?: (store: ChainStore) => BlockSink
}

async function follow(node: Anvil, options: FollowOptions = {}) {
  const path = chainPath(mkdtempSync(join(tmpdir(), 'custos-anvil-')))
  const store = openSqliteChainStore(path)
  const endpoints: Endpoints = new Endpoints({
    chain: CHAIN,
    urls: [options.url ?? node.url],
    onNotification: () => follower.wake(),
  })
  const end = new AbortController()
  const follower = new Follower({
    source: evmSource({ endpoints, depth: DEPTH_MAX + 1, traces: true }),
    sink: options.sinkOf?.(store) ?? storeSink(store, always),
    clock: systemClock,
    sleep,
    log: silentLog,
    from: 0,
    pollMs: options.pollMs ?? 5,
  })
  const running = follower.run(end.signal)
  const caughtUp = async () => {
    for (;;) {
      const head = await node.rpc<{ hash: string }>('eth_getBlockByNumber', ['latest', false])
      const stored = (await store.state(CHAIN))?.head
      if (stored?.hash === head.hash) return head.hash
      await Promise.race([running, sleep(2, end.signal)])
    }
  }
  const stop = async () => {
    end.abort()
    await running
    await endpoints.close()
  }
  const dump = () => [...dumpChainRows(path)].join('\n')
  return { store, caughtUp, stop, dump }
}

const TITLE = hasAnvil ? 'a real node' : 'a real node: @foundry-rs/anvil is not installed'

describe(TITLE, () => {
  it.runIf(hasAnvil)('is followed over a WebSocket, woken by its news of heads', async () => {
    const node = await startAnvil()
    try {
      const accounts = await node.rpc<string[]>('eth_accounts')
      // Asked for heads once in ten minutes: what comes sooner comes by news.
      const url = node.url.replace('http:', 'ws:')
      const { store, caughtUp, stop } = await follow(node, { url, pollMs: 600_000 })
      await caughtUp()
      for (let i = 0; i < 5; i += 1) {
        await pay(node, accounts, i)
        await node.rpc('evm_mine')
        await caughtUp()
      }
      const block = await store.block(CHAIN, 5)
      expect(block).toMatchObject({ transfers: 1, coverage: { receipts: true, traces: true } })
      await stop()
      await store.close()
    } finally {
      await node.stop()
    }
  })

  it.runIf(hasAnvil)(
    `${REORGS} of depth 1 to ${DEPTH_MAX}: no alert outlives its block, none comes twice`,
    async () => {
      const node = await startAnvil()
      try {
        const accounts = await node.rpc<string[]>('eth_accounts')
        for (let i = 0; i < 80; i += 1) {
          await pay(node, accounts, i)
          await node.rpc('evm_mine')
        }
        const { store, caughtUp, stop } = await follow(node)
        const ruled = await follow(node, { sinkOf: byRealRules(accounts) })
        await caughtUp()
        await ruled.caughtUp()
        const rng = seededRng(64)
        for (let i = 0; i < REORGS; i += 1) {
          const depth = i < DEPTH_MAX ? i + 1 : 1 + intBelow(rng, DEPTH_MAX)
          await node.rpc('anvil_reorg', [depth, []])
          await pay(node, accounts, 100 + i)
          await node.rpc('evm_mine')
          await caughtUp()
          await ruled.caughtUp()
        }
        // One round of payments that nothing undoes: every list has its say.
        for (let i = 0; i < accounts.length; i += 1) await pay(node, accounts, i)
        await node.rpc('evm_mine')
        await caughtUp()
        await ruled.caughtUp()
        await check(node, store)
        await checkRuled(node, ruled, byRealRules(accounts))
        await stop()
        await store.close()
      } finally {
        await node.stop()
      }
    },
    180_000,
  )
})

/** The product's own rules, with some of the node's accounts on made-up lists. */
function byRealRules(accounts: readonly string[]) {
  const listed = [CLASS.scam, CLASS.mixer, CLASS.sanctioned]
  const builder = screeningBookBuilder({ capacity: listed.length, seed: [3, 4] })
  for (const [i, classes] of listed.entries()) builder.add(String(accounts[2 * i + 1]), classes)
  const shelf = bookShelf(builder.finish())
  return (store: ChainStore) => sinkOf(store, shelf)
}

/** Whoever lived through the reorganisations holds what a newcomer reads, alerts included. */
async function checkRuled(
  node: Anvil,
  lived: Awaited<ReturnType<typeof follow>>,
  sink: ReturnType<typeof byRealRules>,
): Promise<void> {
  const fresh = await follow(node, { sinkOf: sink })
  await fresh.caughtUp()
  // What lies below the head is filled in beside it.
  while ((await fresh.store.coverage(CHAIN, BLOCKS))[0]?.from !== 0)
    await sleep(5, AbortSignal.timeout(30_000))
  await fresh.stop()
  await lived.stop()
  const standing = await fresh.store.alerts({ limit: 10_000 })
  const rules = standing.map(({ rule }) => rule)
  for (const kind of ['scam', 'mixer', 'sanctioned'])
    expect(rules).toContain(`counterparty.${kind}`)
  const gone = await lived.store.alerts({ state: 'retracted', limit: 10_000 })
  expect(gone.length).toBeGreaterThan(REORGS / 4)
  // A newcomer meets the head before its past: whose first coins were a mixer's is another question
  // then (docs/method/chain-rules.md).
  const early = standing.filter(({ rule }) => rule === 'funded.mixer').map(({ id }) => id)
  const isOfBoth = (line: string) => !early.some((id) => line.includes(id))
  expect(lived.dump().split('\n').filter(isOfBoth)).toEqual(
    fresh.dump().split('\n').filter(isOfBoth),
  )
  await fresh.store.close()
  await lived.store.close()
}

/** What is stored is what the node has, and the alerts that stand are those of its blocks. */
async function check(node: Anvil, store: ReturnType<typeof openSqliteChainStore>): Promise<void> {
  const state = await store.state(CHAIN)
  const head = state?.head?.number ?? 0
  expect(await store.coverage(CHAIN, BLOCKS)).toEqual([{ from: 0, to: head }])
  expect(state?.orphaned).toBeGreaterThan(DEPTH_MAX)
  let transfers = 0
  const standing = new Set<string>()
  for (let number = 0; number <= head; number += 1) {
    const block = await node.rpc<{ hash: string; transactions: { value: string }[] }>(
      'eth_getBlockByNumber',
      [`0x${number.toString(16)}`, true],
    )
    expect((await store.block(CHAIN, number))?.hash).toBe(block.hash)
    transfers += block.transactions.filter(({ value }) => value !== '0x0').length
    standing.add(block.hash)
  }
  expect(state?.transfers).toBe(transfers)
  expect(state?.alerts).toBe(transfers)
  for (const retracted of await store.alerts({ state: 'retracted', limit: 10_000 })) {
    expect(standing.has(retracted.blockHash)).toBe(false)
  }
  const changes = await store.alertChanges(0, 100_000)
  const last = new Map<string, string>()
  for (const { alert } of changes) {
    expect(last.get(alert.id)).not.toBe(alert.state)
    last.set(alert.id, alert.state)
  }
}
