import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { SIMULATED_CHAIN, type SimulatedBlock, SimulatedChain } from '../../src/chain/simulated.ts'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import type { AlertRow, BlockRef } from '../../src/chain/types.ts'
import { type BookShelf, bookShelf, screeningBookBuilder } from '../../src/model/screening-book.ts'
import { CHAIN_RULES } from '../../src/score/chain/ruleset.ts'
import {
  addressesOf,
  advance,
  bookOf,
  decoded,
  JUDGED_DEPTH,
  sinkOf,
} from '../support/judged-chain.ts'

const SEEDS = Number(process.env.CUSTOS_SIM_SEEDS ?? 40)
const FIRST = Number(process.env.SEED ?? 1)
const STEPS = 40

interface World {
  readonly chain: SimulatedChain
  readonly rng: Rng
  readonly shelf: BookShelf
  readonly folder: string
}

async function inWorld<T>(seed: number, work: (world: World) => Promise<T>): Promise<T> {
  const rng = seededRng(seed)
  const chain = new SimulatedChain(rng)
  chain.mine(10)
  const folder = mkdtempSync(join(tmpdir(), 'custos-alerts-'))
  const shelf = bookShelf(bookOf(addressesOf(chain), rng))
  try {
    return await work({ chain, rng, shelf, folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function live(world: World) {
  const { chain, rng, shelf, folder } = world
  let store = openSqliteChainStore(chainPath(join(folder, 'lived')))
  let sink = sinkOf(store, shelf)
  let at: BlockRef = { number: 0, hash: (chain.at(0) as SimulatedBlock).hash }
  let retracted = 0
  for (let step = 0; step < STEPS; step++) {
    at = await advance(sink, chain, at)
    if (rng() < 0.4) chain.reorganise(1 + intBelow(rng, JUDGED_DEPTH - 1), intBelow(rng, 3))
    else chain.mine(1 + intBelow(rng, 4))
    if (rng() < 0.1) {
      await store.close()
      store = openSqliteChainStore(chainPath(join(folder, 'lived')))
      sink = sinkOf(store, shelf)
    }
  }
  await advance(sink, chain, at)
  const changes = await store.alertChanges(0, 1_000_000)
  retracted = changes.filter(({ alert }) => alert.state === 'retracted').length
  return { store, sink, changes, retracted }
}

async function replayed({ chain, shelf, folder }: World): Promise<string> {
  const path = chainPath(join(folder, 'replayed'))
  const store = openSqliteChainStore(path)
  const genesis = chain.at(0) as SimulatedBlock
  await advance(sinkOf(store, shelf), chain, { number: 0, hash: genesis.hash })
  await store.close()
  return [...dumpChainRows(path)].join('\n')
}

describe('alerts of a chain that is reorganised', () => {
  it(`are those of the canonical chain alone, with every real rule: ${SEEDS} seeds`, async () => {
    let raised = 0
    let retracted = 0
    for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
      await inWorld(seed, async (world) => {
        const lived = await live(world)
        await lived.store.close()
        const dump = [...dumpChainRows(chainPath(join(world.folder, 'lived')))].join('\n')
        expect(dump, `SEED=${seed}`).toBe(await replayed(world))
        raised += lived.changes.filter(({ alert }) => alert.state === 'provisional').length
        retracted += lived.retracted
      })
    }
    // A world in which nothing fires would prove nothing.
    expect(raised).toBeGreaterThan(SEEDS * 10)
    expect(retracted).toBeGreaterThan(SEEDS)
  }, 600_000)

  it('say each change once: raised, then confirmed or retracted, and never a duplicate', async () => {
    await inWorld(7, async (world) => {
      const { store, changes } = await live(world)
      const state = new Map<string, AlertRow['state']>()
      for (const { alert } of changes) {
        const before = state.get(alert.id)
        // A block that is final when it is read has alerts that are confirmed at once.
        const allowed = {
          provisional: [undefined, 'retracted'],
          confirmed: [undefined, 'provisional'],
          retracted: ['provisional'],
        }
        expect(allowed[alert.state]).toContain(before)
        state.set(alert.id, alert.state)
      }
      const final = (await store.state(SIMULATED_CHAIN))?.finalized?.number ?? 0
      for (const alert of await store.alerts({ limit: 100_000 })) {
        if (alert.state === 'retracted') continue
        expect((await store.block(SIMULATED_CHAIN, alert.block))?.hash).toBe(alert.blockHash)
        expect(alert.state).toBe(alert.block <= final ? 'confirmed' : 'provisional')
      }
      await store.close()
    })
  }, 60_000)

  it('cover every block by every rule, without a gap', async () => {
    await inWorld(9, async (world) => {
      const { store } = await live(world)
      const whole = [{ from: 1, to: world.chain.best.number }]
      for (const { id, version } of CHAIN_RULES) {
        expect(await store.coverage(SIMULATED_CHAIN, { rule: id, version }), id).toEqual(whole)
      }
      await store.close()
    })
  }, 60_000)
})

describe('a rewind by the operator', () => {
  it('lifts the halt, takes alerts back, and what follows is as if it had never been', async () => {
    await inWorld(13, async (world) => {
      const { chain } = world
      const { store, sink } = await live(world)
      await sink.halt(SIMULATED_CHAIN, { code: 'chain.deep_reorg', atMs: 1, params: {} })
      const final = (await store.state(SIMULATED_CHAIN))?.finalized?.number ?? 0
      const to = final - 20
      const { orphaned, retracted } = await sink.rewind(SIMULATED_CHAIN, to)
      expect(orphaned.length).toBe(chain.best.number - to)
      expect(retracted.length).toBeGreaterThan(0)
      expect(await sink.halted(SIMULATED_CHAIN)).toBeNull()
      const standing = (await store.alerts({ limit: 100_000 })).filter(
        ({ state, block }) => state !== 'retracted' && block > to,
      )
      expect(standing).toEqual([])

      // What was final is reorganised: the fork that the operator decided on.
      chain.reorganise(JUDGED_DEPTH + 5, 2)
      const hash = (await store.block(SIMULATED_CHAIN, to))?.hash ?? ''
      await advance(sink, chain, { number: to, hash })
      await store.close()
      const dump = [...dumpChainRows(chainPath(join(world.folder, 'lived')))].join('\n')
      expect(dump).toBe(await replayed(world))
    })
  }, 60_000)
})

describe('lists that change', () => {
  const party = (rows: readonly AlertRow[]) =>
    new Set(rows.filter(({ state }) => state !== 'retracted').map(({ id }) => id))

  it('retract what they no longer support, raise what they newly say, and keep the rest', async () => {
    await inWorld(11, async (world) => {
      const { chain, shelf } = world
      const { store, sink } = await live(world)
      const range = { from: 1, to: chain.best.number }
      const signal = new AbortController().signal
      const before = party(await store.alerts({ limit: 100_000 }))
      expect(await sink.rescore(SIMULATED_CHAIN, range, signal)).toBe(chain.best.number)
      expect(party(await store.alerts({ limit: 100_000 }))).toEqual(before)

      const first = shelf.current()
      shelf.replace(screeningBookBuilder({ capacity: 0, seed: [3, 4] }).finish())
      await sink.rescore(SIMULATED_CHAIN, range, signal)
      const without = await store.alerts({ limit: 100_000 })
      const byLists = without.filter(({ rule }) => rule.startsWith('counterparty.'))
      expect(byLists.length).toBeGreaterThan(0)
      expect(byLists.every(({ state }) => state === 'retracted')).toBe(true)

      shelf.replace(first)
      await sink.rescore(SIMULATED_CHAIN, range, signal)
      expect(party(await store.alerts({ limit: 100_000 }))).toEqual(before)
      await store.close()
    })
  }, 120_000)
})

describe('recorded blocks', () => {
  it('that are read twice change nothing', async () => {
    await inWorld(13, async ({ chain, shelf, folder }) => {
      chain.mine(30)
      const path = chainPath(join(folder, 'filled'))
      const store = openSqliteChainStore(path)
      const sink = sinkOf(store, shelf)
      const blocks = chain.canonical.slice(1).map(decoded)
      await sink.fill(SIMULATED_CHAIN, blocks.slice(10, 20))
      await sink.fill(SIMULATED_CHAIN, blocks)
      const once = await store.alertChanges(0, 100_000)
      const dump = [...dumpChainRows(path)].join('\n')
      await sink.fill(SIMULATED_CHAIN, blocks)
      await sink.fill(SIMULATED_CHAIN, blocks.slice(3, 9))
      expect(once.length).toBeGreaterThan(0)
      expect(await store.alertChanges(0, 100_000)).toEqual(once)
      expect([...dumpChainRows(path)].join('\n')).toBe(dump)
      await store.close()
    })
  }, 60_000)
})
