import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError } from '../../src/base/error.ts'
import { silentLog } from '../../src/base/log.ts'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { Endpoints } from '../../src/chain/endpoints.ts'
import { decodeEvmBlock } from '../../src/chain/evm/block.ts'
import { Follower } from '../../src/chain/follow.ts'
import { evmSource } from '../../src/chain/follow-evm.ts'
import { type Judge, storeSink } from '../../src/chain/follow-sink.ts'
import {
  NO_FAULTS,
  SIMULATED_CHAIN,
  SimulatedChain,
  type SimulatedFaults,
  simulatedNode,
} from '../../src/chain/simulated.ts'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { dumpChainRows } from '../../src/chain/store/sqlite-dump.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import type { AlertRow, ChainBlock, ChainTransfer } from '../../src/chain/types.ts'

/** Blocks that may be undone in the simulated world. */
export const DEPTH = 8

/** A rule that fires now and then and depends on nothing but the block. */
export const thirds: Judge = {
  rules: [{ rule: 'thirds', version: '1' }],
  alertsOf: (blocks) => blocks.flatMap(alertsIn),
}

function alertsIn(block: ChainBlock): AlertRow[] {
  return block.transfers
    .filter(({ amount }) => (amount ?? 1n) % 3n === 0n)
    .map((transfer) => alertFor(block, transfer, 'thirds'))
}

/** An alert about one transfer; the id depends on the block, as that of every real rule does. */
export function alertFor(block: ChainBlock, transfer: ChainTransfer, rule: string): AlertRow {
  return {
    id: createHash('sha256').update(`${rule}/${block.hash}/${transfer.ordinal}`).digest('hex'),
    state: 'provisional',
    rule,
    ruleVersion: '1',
    severity: 'info',
    chain: block.chain,
    block: block.number,
    blockHash: block.hash,
    tx: transfer.tx,
    logIndex: transfer.logIndex,
    subjects: transfer.to === null ? [] : [`${block.chain}:${transfer.to}`],
    asset: null,
    amount: transfer.amount,
    decimals: null,
    params: {},
    statements: [],
    at: block.at,
    supersedes: null,
  }
}

export interface WorldOptions {
  readonly seed: number
  /** Calls after which the chain stands still, so that following can come to rest. */
  readonly events: number
}

interface World {
  readonly rng: Rng
  readonly chain: SimulatedChain
  readonly faults: readonly SimulatedFaults[]
  readonly storeFault: number
  readonly lostAck: number
  readonly restart: number
  readonly reorg: number
  readonly deepReorg: number
  readonly youngMax: number
}

/** Every odds is itself drawn from the seed, so that calm and wild worlds both occur. */
function worldOf(seed: number): World {
  const rng = seededRng(seed)
  const one = <T>(...options: readonly T[]) => options[intBelow(rng, options.length)] as T
  const chain = new SimulatedChain(rng)
  chain.mine(one(5, 20, 45))
  const faults = Array.from({ length: one(1, 2, 3) }, () => ({
    error: one(0, 0.02, 0.05),
    limited: one(0, 0.02),
    missing: one(0, 0.01),
    lie: one(0, 0.01, 0.03),
    lagMax: one(0, 2, 6),
  }))
  return {
    rng,
    chain,
    faults,
    storeFault: one(0, 0.001),
    lostAck: one(0, 0.02),
    restart: one(0, 0.002, 0.01),
    reorg: one(0, 0.03, 0.1),
    deepReorg: one(0, 0, 0.004),
    youngMax: one(10, 100, 100_000),
  }
}

export interface Outcome {
  readonly dump: string
  readonly expected: string
  /** Hash over every call and every commit, in order. */
  readonly trace: string
  readonly restarts: number
  readonly orphaned: number
  readonly retracted: number
  /** Deep reorganisations after which the operator had to act. */
  readonly halts: number
}

/** Lives one seed to its end, and gives what is stored beside what should be. */
export async function live(options: WorldOptions): Promise<Outcome> {
  const world = worldOf(options.seed)
  const folder = mkdtempSync(join(tmpdir(), 'custos-sim-'))
  const path = chainPath(folder)
  const trace = createHash('sha256')
  const run = {
    left: options.events,
    ms: 0,
    restarts: 0,
    orphaned: 0,
    retracted: 0,
    idle: 0,
    halts: 0,
  }
  // Below what is final from the start, so that both stores begin at the same block.
  const from = intBelow(world.rng, Math.max(2, world.chain.best.number - 2 * DEPTH))
  try {
    for (let isDone = false; !isDone; run.restarts += 1) {
      isDone = await followOnce({ world, path, trace, run, from })
    }
    const dump = [...dumpChainRows(path)].join('\n')
    const expected = await replay(world.chain, { folder, from })
    const { restarts, orphaned, retracted, halts } = run
    return { dump, expected, trace: trace.digest('hex'), restarts, orphaned, retracted, halts }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Run {
  left: number
  ms: number
  restarts: number
  orphaned: number
  retracted: number
  idle: number
  halts: number
}

interface Life {
  readonly world: World
  readonly path: string
  readonly trace: ReturnType<typeof createHash>
  readonly run: Run
  readonly from: number
}

/** One process: from its start to its end or to a restart. True: everything has come to rest. */
async function followOnce({ world, path, trace, run, from }: Life): Promise<boolean> {
  const { chain, rng } = world
  const end = new AbortController()
  const hook = () => {
    if (run.left > 0 && rng() < world.storeFault) throw new Error('the disk coughed')
  }
  const youngMax = world.youngMax
  const store = openSqliteChainStore(path, { hook, youngMax, clock: { nowMs: () => run.ms } })
  const clock = { nowMs: () => run.ms }
  const sleep = async (ms: number) => {
    run.ms += ms
    await null
  }
  const onCall = ({ method, params }: { method: string; params: readonly unknown[] }) => {
    trace.update(`${method} ${JSON.stringify(params)}\n`)
    run.left -= 1
    if (run.left > 0) evolve(world)
    if (run.left > 0 && rng() < world.restart) end.abort()
    if (run.left < -200_000) throw new Error('the simulation does not come to rest')
  }
  const quiet = (faults: SimulatedFaults) => (run.left > 0 ? faults : NO_FAULTS)
  const endpoints = new Endpoints({
    chain: SIMULATED_CHAIN,
    urls: world.faults.map((_, i) => `http://node${i}`),
    clock,
    sleep,
    log: silentLog,
    transportOf: (url) => {
      const faults = world.faults[Number(url.at(-1))] ?? NO_FAULTS
      const wild = simulatedNode({ chain, rng, faults, finalDepth: DEPTH, onCall })
      const calm = simulatedNode({ chain, rng, faults: NO_FAULTS, finalDepth: DEPTH, onCall })
      return {
        send: (calls, signal) => (quiet(faults) === faults ? wild : calm).send(calls, signal),
        close: async () => {},
      }
    },
  })
  const follower = new Follower({
    source: evmSource({ endpoints, depth: DEPTH }),
    sink: losing(store, { world, trace, run }),
    clock,
    sleep,
    log: silentLog,
    from,
    onProgress: ({ head, finalized, backfill }) => {
      const isAtRest =
        head?.hash === chain.best.hash &&
        finalized?.number === Math.max(0, chain.best.number - DEPTH) &&
        (backfill === null || backfill.done === backfill.total)
      run.idle = run.left <= 0 && isAtRest ? run.idle + 1 : 0
      if (run.idle > 3) end.abort()
    },
  })
  try {
    await follower.run(end.signal)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'chain.deep_reorg') throw error
    run.halts += 1
    await operatorRewinds(store, { chain, path, run })
  }
  await store.close().catch(() => {})
  return run.idle > 3
}

/** What the manual says: rewind below the fork, or begin anew when nothing stored is right. */
async function operatorRewinds(
  store: ChainStore,
  { chain, path, run }: { chain: SimulatedChain; path: string; run: Run },
): Promise<void> {
  run.left = Math.min(run.left, 0)
  const head = (await store.state(SIMULATED_CHAIN))?.head?.number ?? 0
  for (let number = head; number >= 0; number -= 1) {
    const stored = await store.block(SIMULATED_CHAIN, number)
    if (stored === undefined || stored.hash !== chain.at(number)?.hash) continue
    const applied = await store.rewind(SIMULATED_CHAIN, number)
    run.orphaned += applied.orphaned.length
    return
  }
  await store.close()
  rmSync(dirname(path), { recursive: true })
}

/** A sink whose answers are lost now and then, after the change was kept. */
function losing(store: ChainStore, { world, trace, run }: Pick<Life, 'world' | 'trace' | 'run'>) {
  const sink = storeSink(store, thirds, (applied) => {
    trace.update(`${applied.blocks} ${applied.orphaned.length} ${applied.retracted.length}\n`)
    run.orphaned += applied.orphaned.length
    run.retracted += applied.retracted.length
  })
  const lose = () => {
    if (run.left <= 0 || world.rng() >= world.lostAck) return
    throw new AppError('chain.store_failed', 'The answer was lost.')
  }
  return {
    ...sink,
    apply: async (update: Parameters<typeof sink.apply>[0]) => {
      await sink.apply(update)
      lose()
    },
    fill: async (chain: string, blocks: readonly ChainBlock[]) => {
      await sink.fill(chain, blocks)
      lose()
    },
  }
}

/** The chain goes on, forks within its depth, or leaps ahead. */
function evolve({ chain, rng, reorg, deepReorg }: World): void {
  const dice = rng()
  if (rng() < deepReorg && chain.best.number > 3 * DEPTH) {
    chain.reorganise(DEPTH + intBelow(rng, DEPTH), 1)
    return
  }
  if (dice < 0.1) chain.mine(1 + intBelow(rng, 2))
  else if (dice < 0.1 + reorg) {
    const depth = 1 + intBelow(rng, Math.min(DEPTH - 2, chain.best.number - 1))
    chain.reorganise(depth, intBelow(rng, 2))
  } else if (dice > 0.998) chain.mine(DEPTH + intBelow(rng, 20))
}

/** The canonical chain alone, from its first block to its last, into a store of its own. */
export async function replay(
  chain: SimulatedChain,
  at: { folder: string; from: number },
): Promise<string> {
  const path = join(at.folder, 'replay', 'chain.sqlite')
  const store = openSqliteChainStore(path)
  const blocks = decoded(chain).slice(at.from)
  const first = blocks[0] as ChainBlock
  const top = blocks.at(-1) as ChainBlock
  const final = blocks.find(({ number }) => number === top.number - DEPTH) ?? first
  await store.apply({
    update: {
      chain: SIMULATED_CHAIN,
      baseHead: { number: first.number - 1, hash: first.parent },
      blocks,
      finalizedHead: { number: final.number, hash: final.hash },
    },
    alerts: await thirds.alertsOf(blocks),
    rules: thirds.rules,
  })
  await store.close()
  return [...dumpChainRows(path)].join('\n')
}

export function decoded(chain: SimulatedChain): readonly ChainBlock[] {
  return chain.canonical.map(({ block, receipts }) =>
    decodeEvmBlock({ chain: SIMULATED_CHAIN, block, receipts, logs: null, traces: null }),
  )
}
