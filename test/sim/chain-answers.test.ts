import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/base/error.ts'
import type { HttpLink } from '../../src/base/operator-link.ts'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { Endpoints } from '../../src/chain/endpoints.ts'
import { evmSource } from '../../src/chain/follow-evm.ts'
import { httpTransport } from '../../src/chain/rpc.ts'
import { SIMULATED_CHAIN, type SimulatedBlock, SimulatedChain } from '../../src/chain/simulated.ts'
import { chainPath, openSqliteChainStore } from '../../src/chain/store/sqlite.ts'
import { type Answers, MUTATORS, type Mutator } from '../support/rpc-mutators.ts'

const TIMES = 200

/** Blocks with something to spoil: several transactions, and several logs. */
function richBlocks(): readonly SimulatedBlock[] {
  const chain = new SimulatedChain(seededRng(4))
  chain.mine(200)
  return chain.canonical.filter(
    ({ receipts }) =>
      receipts.length > 1 &&
      receipts.filter(({ logs }) => (logs as unknown[]).length > 0).length > 1,
  )
}

/** A node that always answers about one block, each time spoilt anew. */
function spoiltLink(block: SimulatedBlock, mutate: Mutator | null, rng: Rng): HttpLink {
  return {
    async post({ body }) {
      const asked = JSON.parse(body) as { id: number; method: string }[] | { id: number }
      if (!Array.isArray(asked)) {
        const answer = { jsonrpc: '2.0', id: asked.id, result: '0x7a69' }
        return { status: 200, retryAfter: null, body: Buffer.from(JSON.stringify(answer)) }
      }
      const answers = structuredClone({ block: block.block, receipts: block.receipts })
      const wire = { answers: answers as unknown as Answers, ids: asked.map(({ id }) => id), rng }
      const text = (mutate ?? honest)(wire)
      return { status: 200, retryAfter: null, body: Buffer.from(text) }
    },
    async close() {},
  }
}

const honest: Mutator = ({ answers, ids }) =>
  JSON.stringify([
    { jsonrpc: '2.0', id: ids[0], result: answers.block },
    { jsonrpc: '2.0', id: ids[1], result: answers.receipts },
  ])

async function read(block: SimulatedBlock, mutate: Mutator | null, rng: Rng) {
  const clock = { ms: 0, nowMs: () => clock.ms }
  const endpoints = new Endpoints({
    chain: SIMULATED_CHAIN,
    urls: ['http://node'],
    clock,
    sleep: async (ms) => {
      clock.ms += ms
    },
    transportOf: () => httpTransport(spoiltLink(block, mutate, rng)),
  })
  const source = evmSource({ endpoints })
  const ref = { number: block.number, hash: block.hash }
  for await (const batch of source.range(block.number, ref, new AbortController().signal)) {
    return batch
  }
  throw new Error('nothing was read')
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

describe('bad answers of a node', () => {
  const blocks = richBlocks()
  const unhandled: unknown[] = []
  process.on('unhandledRejection', (reason) => unhandled.push(reason))

  it('an honest answer is taken', async () => {
    for (const block of blocks.slice(0, 20)) {
      const [decoded] = await read(block, null, seededRng(1))
      expect(decoded).toMatchObject({ number: block.number, hash: block.hash })
      expect(decoded?.transactions).toHaveLength(block.receipts.length)
    }
  })

  const names = Object.keys(MUTATORS)

  it(`${names.length} ways to be wrong, ${TIMES} times each: no row, a stable code`, async () => {
    expect(names.length * TIMES).toBeGreaterThanOrEqual(10_000)
    const store = openSqliteChainStore(chainPath(mkdtempSync(join(tmpdir(), 'custos-answers-'))))
    const codes = new Map<string, Set<string>>()
    const before = heapBytes()
    for (const [i, name] of names.entries()) {
      const rng = seededRng(1_000 + i)
      const seen = new Set<string>()
      codes.set(name, seen)
      for (let time = 0; time < TIMES; time += 1) {
        const block = blocks[intBelow(rng, blocks.length)] as SimulatedBlock
        try {
          const batch = await read(block, MUTATORS[name] as Mutator, rng)
          await store.fill({ chain: SIMULATED_CHAIN, blocks: batch, alerts: [], rules: [] })
          seen.add('taken')
        } catch (error) {
          seen.add(error instanceof AppError ? error.code : `thrown: ${String(error)}`)
        }
      }
    }
    const wrong = [...codes].filter(([, seen]) =>
      [...seen].some((code) => !/^(?:rpc|chain)\.[a-z_]+$/.test(code)),
    )
    expect(wrong.map(([name, seen]) => `${name}: ${[...seen].join(', ')}`)).toEqual([])
    expect(await store.state(SIMULATED_CHAIN)).toBeUndefined()
    expect(unhandled).toEqual([])
    expect(heapBytes() - before).toBeLessThan(20_000_000)
    await store.close()
  }, 300_000)
})
