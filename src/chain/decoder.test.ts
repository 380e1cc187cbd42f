import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intBelow, seededRng } from '../base/rng.ts'
import { decodeBatch } from './decode-batch.ts'
import { type Decoder, threadDecoder } from './decoder.ts'
import { Endpoints } from './endpoints.ts'
import { evmSource } from './follow-evm.ts'
import { unpackBlock } from './packed.ts'
import type { RpcCall, RpcTransport } from './rpc.ts'
import {
  NO_FAULTS,
  SIMULATED_CHAIN,
  type SimulatedBlock,
  SimulatedChain,
  simulatedNode,
} from './simulated.ts'
import { openSqliteChainStore } from './store/sqlite.ts'
import { dumpChainRows } from './store/sqlite-dump.ts'
import type { ChainBlock } from './types.ts'

const rng = seededRng(17)
const chain = new SimulatedChain(rng)
chain.mine(60)
const signal = new AbortController().signal

/** The node, also answering in bytes as an HTTP transport does; `spoil` changes the bytes. */
function transport(spoil: (body: string) => string, raw: { sent: number }): RpcTransport {
  const node = simulatedNode({ chain, rng, faults: NO_FAULTS, finalDepth: 5 })
  return {
    send: (calls, s) => node.send(calls, s),
    async sendRaw(calls: readonly RpcCall[], s) {
      raw.sent += 1
      const results = await node.send(calls, s)
      const ids = calls.map((_, i) => 100 + i)
      const answers = results.map((result, i) => ({ jsonrpc: '2.0', id: ids[i], ...result }))
      return { ids, body: Buffer.from(spoil(JSON.stringify(answers.toReversed()))) }
    },
    close: async () => {},
  }
}

async function read(decoder: Decoder | undefined, spoil = (body: string) => body) {
  const raw = { sent: 0 }
  const endpoints = new Endpoints({
    chain: SIMULATED_CHAIN,
    urls: ['http://node'],
    transportOf: () => transport(spoil, raw),
  })
  const source = evmSource({ endpoints, decoder, depth: 5 })
  const blocks: ChainBlock[] = []
  const { number, hash } = chain.best
  for await (const batch of source.range(0, { number, hash }, signal)) blocks.push(...batch)
  return { blocks, raw: raw.sent }
}

async function stored(blocks: readonly ChainBlock[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-decoder-'))
  const path = join(folder, 'chain.sqlite')
  const store = openSqliteChainStore(path)
  await store.fill({ chain: SIMULATED_CHAIN, blocks, alerts: [], rules: [] })
  await store.close()
  const dump = [...dumpChainRows(path)].join('\n')
  rmSync(folder, { recursive: true })
  return dump
}

describe('decoding in a thread', () => {
  let decoder: Decoder
  beforeAll(() => {
    decoder = threadDecoder()
  })
  afterAll(() => decoder.close())

  it('gives the blocks, and a store byte by byte, of the path without it', async () => {
    const plain = await read(undefined)
    const threaded = await read(decoder)
    expect(plain.raw).toBe(0)
    expect(threaded.raw).toBeGreaterThan(0)
    expect(threaded.blocks).toEqual(plain.blocks)
    expect(await stored(threaded.blocks)).toBe(await stored(plain.blocks))
  })

  it('falls back to the slow path for answers it cannot read', async () => {
    const plain = await read(undefined)
    const spoilt = await read(decoder, (body) => body.slice(0, -2))
    expect(spoilt.raw).toBeGreaterThan(0)
    expect(spoilt.blocks).toEqual(plain.blocks)
  })

  it('leaves its work to the follower once it is closed', async () => {
    const closed = threadDecoder()
    await closed.close()
    expect((await read(closed)).blocks).toEqual((await read(undefined)).blocks)
  })
})

describe('a batch with changed bytes', () => {
  it('is refused, or gives what the unchanged one gives', () => {
    const wanted = [3, 4].map((number) => ({ number, hash: null }))
    const at = wanted.map(({ number }) => chain.at(number) as SimulatedBlock)
    const text = JSON.stringify(
      at
        .flatMap(({ block, receipts }) => [block, receipts])
        .map((result, id) => ({ jsonrpc: '2.0', id, result })),
    )
    const batch = { chain: SIMULATED_CHAIN, roots: true, wanted, ids: [0, 1, 2, 3] }
    const rowsOf = (body: string) => decodeBatch({ ...batch, body: Buffer.from(body) })
    const blocksOf = (body: string) =>
      rowsOf(body)?.map((rows) => unpackBlock(rows, SIMULATED_CHAIN)) ?? null
    const expected = blocksOf(text)
    expect(expected).toHaveLength(2)
    let refused = 0
    for (let i = 0; i < 2_000; i += 1) {
      const place = intBelow(rng, text.length)
      const digit = '0123456789abcdef,"{}'[intBelow(rng, 20)] ?? '0'
      const found = blocksOf(text.slice(0, place) + digit + text.slice(place + 1))
      if (found === null) refused += 1
      else expect(found).toEqual(expected)
    }
    expect(refused).toBeGreaterThan(1_000)
  })
})
