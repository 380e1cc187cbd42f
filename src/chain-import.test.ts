import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sinkOf } from '../test/support/judged-chain.ts'
import { seededRng } from './base/rng.ts'
import { SIMULATED_CHAIN, SimulatedChain } from './chain/simulated.ts'
import { chainPath, openSqliteChainStore } from './chain/store/sqlite.ts'
import { importFile } from './chain-import.ts'
import { bookShelf, SCREEN_CLASS, screeningBookBuilder } from './model/screening-book.ts'

const BLOCKS = 12
let folder: string
let store: ReturnType<typeof openSqliteChainStore>
let chain: SimulatedChain

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custos-import-'))
  store = openSqliteChainStore(chainPath(folder))
  chain = new SimulatedChain(seededRng(8))
  chain.mine(BLOCKS - 1)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const signal = new AbortController().signal

/** The sink with every party of the chain's transactions on a made-up list. */
function judged() {
  const parties = new Set(
    chain.canonical.flatMap(({ block }) =>
      (block.transactions as { from: string }[]).map(({ from }) => from.toLowerCase()),
    ),
  )
  const builder = screeningBookBuilder({ capacity: parties.size, seed: [1, 2] })
  for (const address of parties) builder.add(address, SCREEN_CLASS.scam)
  return sinkOf(store, bookShelf(builder.finish()))
}

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const recorded = (withReceipts = true) =>
  chain.canonical.map(({ block, receipts }) => (withReceipts ? { block, receipts } : block))
const read = (path: string, sink = judged()) =>
  importFile({ store, sink, signal }, SIMULATED_CHAIN, path)

describe('recorded blocks of a file', () => {
  it('come in judged, and a second reading of the same file adds nothing', async () => {
    const path = file('blocks.json', JSON.stringify(recorded()))
    const first = await read(path)
    expect(first).toMatchObject({ blocks: BLOCKS, stored: BLOCKS, from: 0, to: BLOCKS - 1 })
    expect(first).toMatchObject({ error: null, missing: ['traces'] })
    expect(first.alerts).toBeGreaterThan(0)
    const again = await read(path)
    expect(again).toMatchObject({ blocks: BLOCKS, stored: 0, alerts: 0, error: null })
    expect((await store.state(SIMULATED_CHAIN))?.alerts).toBe(first.alerts)
  })

  it('come in packed and in any order, and say what they lack', async () => {
    const lines = recorded(false)
      .reverse()
      .map((block) => JSON.stringify(block))
    const row = await read(file('blocks.jsonl.gz', gzipSync(lines.join('\n'))))
    expect(row).toMatchObject({ blocks: BLOCKS, stored: BLOCKS, error: null })
    expect(row.missing).toEqual(['logs', 'receipts', 'traces'])
  })

  it('what is whole before a fault counts, and the fault has a code', async () => {
    const lines = recorded().map((row) => JSON.stringify(row))
    const row = await read(file('cut.jsonl', `${lines.slice(0, 5).join('\n')}\n{"block": 7`))
    expect(row.error?.code).toMatch(/^chain\./)
    expect(row.stored).toBe(row.blocks)
    expect((await store.state(SIMULATED_CHAIN))?.blocks ?? 0).toBe(row.stored)
  })

  it.each([
    ['nothing', ''],
    ['a page', '<html>Sign in</html>'],
    ['noise', Buffer.from([0xff, 0x00, 0x13, 0x37])],
    ['another thing', JSON.stringify({ hello: 'world' })],
  ])('%s is refused with a code, and nothing is stored', async (_, bytes) => {
    const row = await read(file('bad.json', bytes))
    expect(row.error?.code).toMatch(/^chain\./)
    expect(await store.state(SIMULATED_CHAIN)).toBeUndefined()
  })

  it('a file that is not there is told as such, without its place on the machine', async () => {
    const row = await read(join(folder, 'none.json'))
    expect(row.error?.code).toBe('chain.recorded_unreadable')
    expect(row.error?.message).not.toContain(folder)
  })
})
