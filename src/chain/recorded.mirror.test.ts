import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type AbiEvent, decodeEventLog, parseAbi } from 'viem'
import { describe, expect, it } from 'vitest'
import { CHAIN } from '../model/chain.ts'
import { ByteReader } from './bitcoin/bytes.ts'
import { bitcoinNetwork } from './bitcoin/network.ts'
import { readTransaction } from './bitcoin/raw.ts'
import { inputAddress } from './bitcoin/reveal.ts'
import { scriptAddress } from './bitcoin/script.ts'
import { decodeAnswers } from './evm/answers.ts'
import { packAnswers } from './evm/scan.ts'
import { readTraces } from './evm/trace.ts'
import { packBlock } from './packed.ts'
import { readRecorded } from './recorded.ts'
import type { ChainBlock } from './types.ts'

const folder = process.env.CUSTOS_MIRROR ?? ''
const blocks = existsSync(join(folder, 'blocks')) ? join(folder, 'blocks') : folder
const named = (sub: string) =>
  folder !== '' && existsSync(join(blocks, sub)) ? readdirSync(join(blocks, sub)) : []

interface RecordedLog {
  readonly topics: readonly `0x${string}`[]
  readonly data: `0x${string}`
  readonly address: string
}
interface Recorded {
  readonly block: { readonly hash: string; readonly transactions: readonly { chainId?: string }[] }
  readonly receipts: readonly { status?: string; logs: readonly RecordedLog[] }[] | null
}

function recorded(file: string): Recorded {
  return JSON.parse(gunzipSync(readFileSync(join(blocks, 'evm-rpc', file))).toString())
}

/** The chain that its transactions are signed for; the first chain where none says. */
function chainOf({ block }: Recorded): string {
  const ids = block.transactions.map(({ chainId }) => Number(chainId ?? Number.NaN))
  return `eip155:${ids.find((id) => Number.isSafeInteger(id)) ?? (ids.some(Number.isNaN) ? 1 : 988)}`
}

async function only(source: AsyncIterable<ChainBlock>): Promise<ChainBlock> {
  for await (const block of source) return block
  throw new Error('the file has a block')
}

const TRANSFERS = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 value)',
])
const NFTS = parseAbi([
  'event Transfer(address indexed from, address indexed to, uint256 indexed id)',
])

/** Transfers of ERC-20 and ERC-721 by viem's decoder. */
function byViem(logs: readonly RecordedLog[]): readonly string[] {
  return logs.flatMap(({ topics, data, address }) => {
    for (const abi of [NFTS, TRANSFERS]) {
      try {
        const { args } = decodeEventLog({
          abi: abi as readonly AbiEvent[],
          topics: topics as [`0x${string}`],
          data,
          strict: true,
        }) as unknown as { args: Record<string, unknown> }
        const { from, to, value, id } = args
        return [[address, from, to, value ?? 1n, id ?? null].join(' ').toLowerCase()]
      } catch {
        // Another event or another layout.
      }
    }
    return []
  })
}

describe.runIf(folder !== '')('recorded blocks of EVM chains', () => {
  it.each(named('evm-rpc'))('%s: transfers are those that viem decodes', async (file) => {
    const data = recorded(file)
    const block = await only(readRecorded(join(blocks, 'evm-rpc', file), chainOf(data)))
    expect(block.hash).toBe(data.block.hash)
    const good = (data.receipts ?? []).filter(({ status }) => status !== '0x0')
    const expected = byViem(good.flatMap(({ logs }) => logs))
    const own = block.transfers
      .filter(
        ({ standard, from, to }) => /^erc(20|721)$/.test(standard) && from !== null && to !== null,
      )
      .map(({ token, from, to, amount, tokenId }) => [token, from, to, amount, tokenId].join(' '))
    expect(own).toEqual(expected)
  })

  it.each(named('evm-rpc'))('%s: the scanner gives what the slow path gives', (file) => {
    const data = recorded(file)
    if (data.receipts === null) return expect(data.block.hash).toMatch(/^0x/)
    const answer = (result: unknown) =>
      Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
    const input = {
      chain: chainOf(data),
      block: answer(data.block),
      receipts: answer(data.receipts),
    }
    expect(packAnswers(input).equals(packBlock(decodeAnswers(input)))).toBe(true)
  })

  it('a chain of RLP blocks is linked, and every sender is recovered', async () => {
    let parent: string | null = null
    for await (const block of readRecorded(
      join(blocks, 'execution-apis-chain', 'chain.rlp.gz'),
      `eip155:${genesisChain()}`,
    )) {
      if (parent !== null) expect(block.parent).toBe(parent)
      parent = block.hash
      expect(block.transactions.every(({ from }) => from !== null)).toBe(true)
    }
    expect(parent).not.toBeNull()
  })

  it.each(named('mev-inspect'))(
    '%s: call traces are read, and what failed moves nothing',
    (file) => {
      const raw = JSON.parse(gunzipSync(readFileSync(join(blocks, 'mev-inspect', file))).toString())
      const traces = raw.traces.map((trace: Record<string, unknown>) => ({
        ...trace,
        transactionHash: trace.transaction_hash,
        traceAddress: trace.trace_address,
      }))
      const hashes = [
        ...new Set(traces.map(({ transactionHash: hash }: Record<string, string>) => hash)),
      ]
      const known = hashes.filter((hash) => hash !== null && hash !== undefined) as string[]
      const read = readTraces(traces, known)
      expect(read.size).toBe(known.length)
      for (const [hash, trace] of read) {
        const own = traces.filter(
          ({ transactionHash }: Record<string, string>) => transactionHash === hash,
        )
        expect(trace.transfers).toHaveLength(movesOf(own))
      }
    },
  )
})

interface Frame {
  readonly type: string
  readonly error: unknown
  readonly traceAddress: readonly number[]
  readonly action: Readonly<Record<string, string>>
}

/** The same count by another way: for each frame, no frame above it and not itself has failed. */
function movesOf(frames: readonly Frame[]): number {
  const dead = frames.filter(({ error }) => error).map(({ traceAddress }) => traceAddress.join())
  const isDead = (path: readonly number[]) =>
    path.some((_, i) => dead.includes(path.slice(0, i).join())) || dead.includes(path.join())
  return frames.filter(({ type, action, traceAddress }) => {
    if (traceAddress.length === 0 || isDead(traceAddress)) return false
    if (type === 'call' && action.callType !== 'call') return false
    return BigInt(action.value ?? action.balance ?? 0) > 0n
  }).length
}

function genesisChain(): number {
  const text = gunzipSync(readFileSync(join(blocks, 'execution-apis-chain', 'genesis.json.gz')))
  return JSON.parse(text.toString()).config.chainId
}

describe.runIf(folder !== '')('recorded blocks of Bitcoin', () => {
  const network = bitcoinNetwork(CHAIN.bitcoin)
  const whole = named('bitcoin').filter((file) => file.endsWith('.blk.gz'))

  it.each(whole)('%s: what an input shows is the address that its output pays to', (file) => {
    const bytes = gunzipSync(readFileSync(join(blocks, 'bitcoin', file)))
    const reader = new ByteReader(bytes, 80)
    const count = reader.count(60)
    const outputs = new Map<string, string | null>()
    let proven = 0
    for (let i = 0; i < count; i++) {
      const tx = readTransaction(reader)
      for (const { spends, script, witness } of tx.inputs) {
        if (spends === null || network === undefined || !outputs.has(spends)) continue
        const shown = inputAddress(script, witness, network)
        if (shown === null) continue
        expect(shown).toBe(outputs.get(spends))
        proven += 1
      }
      for (const [at, { script }] of tx.outputs.entries()) {
        if (network !== undefined) outputs.set(`${tx.text}:${at}`, scriptAddress(script, network))
      }
    }
    expect(proven).toBeGreaterThan(0)
  })

  it.each(named('bitcoin'))('%s: roots and links hold', async (file) => {
    let last: ChainBlock | null = null
    for await (const block of readRecorded(join(blocks, 'bitcoin', file), CHAIN.bitcoin)) {
      if (last !== null) expect([block.parent, block.number]).toEqual([last.hash, last.number + 1])
      last = block
    }
    expect(last?.transactions.length).toBeGreaterThan(0)
  })
})
