import { assert } from '../base/assert.ts'
import { LIMITS } from '../base/limits.ts'
import type { Decoder } from './decoder.ts'
import type { Endpoint } from './endpoint.ts'
import { AnswerCheck, type Wanted } from './endpoint-check.ts'
import type { Endpoints } from './endpoints.ts'
import { decodeEvmBlock } from './evm/block.ts'
import { readCount, readHash, readList, readObject } from './evm/value.ts'
import { finalByDepth, finalityOf } from './finality.ts'
import type { BlockSource } from './follow.ts'
import type { Heads } from './head.ts'
import { unpackBlock } from './packed.ts'
import { isUnsupported, type RpcCall, type RpcResult, resultOf } from './rpc.ts'
import type { BlockRef, ChainBlock, ChainId } from './types.ts'

export interface EvmSourceOptions {
  readonly endpoints: Endpoints
  /** Ask for traces too: internal transfers, at many times the cost for the node. */
  readonly traces?: boolean
  /**
   * False for a node that the operator runs and believes: answers are still checked against the
   * question and each other, and headers against their hash, but roots are not computed.
   */
  readonly roots?: boolean
  /**
   * Backfill is decoded in a thread of its own (`decoder.ts`); absent: in the follower's. Sources
   * may share one; whoever made it closes it.
   */
  readonly decoder?: Decoder | undefined
  /** Replaces the rule of `finality.ts`, for chains of one's own. */
  readonly depth?: number | undefined
}

/**
 * Transactions that one request should bring (3 MB for each thousand), requests under way at once
 * (the reader sets the pace, and nothing is read further ahead), and transactions that one change
 * of the store writes. The store holds its thread, so that with two threads changes are small
 * enough for the other one to be given its next answer in time.
 */
const ONE_THREAD = { requestTxs: 4_000, aheadMax: 3, batchTxs: 20_000 }
const TWO_THREADS = { requestTxs: 2_000, aheadMax: 7, batchTxs: 8_000 }

const hexOf = (number: number) => `0x${number.toString(16)}`

/** Blocks of an EVM chain over JSON-RPC, each answer checked before it is decoded. */
export function evmSource(options: EvmSourceOptions): BlockSource {
  const { endpoints } = options
  const { chain } = endpoints
  const finality = finalityOf(chain)
  const depth = options.depth ?? finality.depth
  const isTagged = finality.isTagged && options.depth === undefined
  const reader = new BlockReader(chain, {
    traces: options.traces ?? false,
    roots: options.roots ?? true,
    decoder: options.decoder,
  })
  const pace = options.decoder === undefined ? ONE_THREAD : TWO_THREADS
  const { requestTxs, aheadMax, batchTxs } = pace
  let blocksPerRequest = 8

  async function headsOf(endpoint: Endpoint, signal: AbortSignal): Promise<Heads> {
    await subscribe(endpoint, signal)
    const asksFinal = isTagged && endpoint.hasFinalized
    const calls = [headCall('latest'), ...(asksFinal ? [headCall('finalized')] : [])]
    const [latest, final] = await endpoint.call(calls, signal)
    const best = refIn(resultOf(calls[0] as RpcCall, latest))
    const byDepth = { number: finalByDepth(best.number, depth), hash: null }
    if (final === undefined) return { best, finalized: byDepth }
    if (!final.ok || final.result === null) {
      // A young chain or an old node has no final block to name; the depth rule speaks for it.
      endpoint.hasFinalized = final.ok
      return { best, finalized: byDepth }
    }
    return { best, finalized: refIn(final.result) }
  }

  async function part(from: number, to: BlockRef, signal: AbortSignal) {
    const wanted: Wanted[] = []
    const count = Math.min(blocksPerRequest, to.number - from + 1)
    for (let number = from; number < from + count; number += 1) {
      wanted.push({ number, hash: number === to.number ? to.hash : null })
    }
    return endpoints.use((endpoint) => reader.read(endpoint, wanted, signal), {
      signal,
      isSpread: true,
    })
  }

  /** Parts are read ahead and given in order. */
  async function* parts(from: number, to: BlockRef, signal: AbortSignal) {
    let next = from
    const ahead: Promise<readonly ChainBlock[]>[] = []
    const fill = () => {
      while (ahead.length < aheadMax && next <= to.number) {
        const size = Math.min(blocksPerRequest, to.number - next + 1)
        const asked = part(next, to, signal)
        // Whoever waits for an earlier part must not miss that this one failed.
        asked.catch(() => {})
        ahead.push(asked)
        next += size
      }
    }
    for (fill(); ahead.length > 0; fill()) {
      const blocks = (await ahead.shift()) as readonly ChainBlock[]
      const txs = blocks.reduce((sum, block) => sum + block.transactions.length, 0)
      const ideal = Math.floor((requestTxs * blocks.length) / Math.max(txs, 1))
      blocksPerRequest = Math.max(1, Math.min(ideal, 2 * blocksPerRequest, REQUEST_BLOCKS))
      yield { blocks, txs }
    }
  }

  return {
    chain,
    get endpoints() {
      return endpoints.states
    },
    get servesReceipts() {
      return endpoints.all.some(({ receiptMode }) => receiptMode !== 'logs')
    },
    heads: (signal) => endpoints.use((endpoint) => headsOf(endpoint, signal), { signal }),
    async *range(from, to, signal) {
      assert(from <= to.number, 'a range goes upwards')
      let batch: ChainBlock[] = []
      let txs = 0
      for await (const next of parts(from, to, signal)) {
        batch.push(...next.blocks)
        txs += next.txs
        if (batch.length < LIMITS.chainBatchBlocksMax && txs < batchTxs) continue
        yield batch
        batch = []
        txs = 0
      }
      if (batch.length > 0) yield batch
    },
    async byHash(ref, signal) {
      const [block] = await endpoints.use((endpoint) => reader.read(endpoint, [ref], signal), {
        signal,
      })
      assert(block !== undefined, 'a block that was asked for was read')
      return block
    },
    /** What every other endpoint holds at a number: whether one node lies or the chain forked. */
    async opinions(number, signal) {
      const asked = endpoints.all.map(async (endpoint) => {
        const call = { method: 'eth_getBlockByNumber', params: [hexOf(number), false] }
        try {
          const [result] = await endpoint.call([call], signal)
          return { endpoint: endpoint.name, hash: refIn(resultOf(call, result)).hash }
        } catch {
          return { endpoint: endpoint.name, hash: null }
        }
      })
      return Promise.all(asked)
    },
    distrust(name, error) {
      endpoints.all.find((endpoint) => endpoint.name === name)?.failed(error)
    },
    close: () => endpoints.close(),
  }
}

/** Two calls a block, and no more calls than a batch may have. */
const REQUEST_BLOCKS = Math.floor(LIMITS.rpcBatchMax / 2)

function headCall(tag: string): RpcCall {
  return { method: 'eth_getBlockByNumber', params: [tag, false] }
}

function refIn(value: unknown): BlockRef {
  const block = readObject(value, 'block')
  return { number: readCount(block.number, 'number'), hash: readHash(block.hash, 'hash') }
}

/** News of heads save a wait; without them the follower asks at its own pace. */
async function subscribe(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  if (!endpoint.canNotify || endpoint.isSubscribed) return
  endpoint.isSubscribed = true
  await endpoint.call([{ method: 'eth_subscribe', params: ['newHeads'] }], signal)
}

/** Reads whole blocks from one endpoint and learns which of the ways it serves. */
class BlockReader {
  readonly #chain: ChainId
  readonly #check: AnswerCheck
  readonly #wantsTraces: boolean
  readonly #wantsRoots: boolean
  readonly #decoder: Decoder | undefined

  constructor(
    chain: ChainId,
    wants: {
      readonly traces: boolean
      readonly roots: boolean
      readonly decoder: Decoder | undefined
    },
  ) {
    this.#chain = chain
    this.#check = new AnswerCheck(chain, { roots: wants.roots })
    this.#wantsTraces = wants.traces
    this.#wantsRoots = wants.roots
    this.#decoder = wants.decoder
  }

  async read(
    endpoint: Endpoint,
    wanted: readonly Wanted[],
    signal: AbortSignal,
  ): Promise<readonly ChainBlock[]> {
    const threaded = await this.#inThread(endpoint, wanted, signal)
    if (threaded !== null) return threaded
    const blocks = await this.#blocks(endpoint, wanted, signal)
    const mode = endpoint.receiptMode
    const rest =
      mode === 'block'
        ? blocks.receipts
        : await this.#receiptsOf(endpoint, { wanted, blocks: blocks.blocks }, signal)
    const traces = await this.#traces(endpoint, wanted, signal)
    return wanted.map((want, i) => {
      const block = blocks.blocks[i]
      const isLogs = endpoint.receiptMode === 'logs'
      const receipts = isLogs ? null : (rest[i] ?? null)
      const logs = isLogs ? (rest[i] ?? null) : null
      this.#check.check({ block, receipts, logs }, want)
      return decodeEvmBlock({
        chain: this.#chain,
        block,
        receipts,
        logs,
        traces: traces[i] ?? null,
      })
    })
  }

  /**
   * The same checks and the same decoder, in another thread; null: not by this way. Only where the
   * first answer already is bound to Ethereum's hash, since that is learnt here.
   */
  async #inThread(
    endpoint: Endpoint,
    wanted: readonly Wanted[],
    signal: AbortSignal,
  ): Promise<readonly ChainBlock[] | null> {
    const decoder = this.#decoder
    const isPlain = endpoint.receiptMode === 'block' && !this.#wantsTraces && this.#check.isBound
    const isOneBatch = wanted.length > 1 && 2 * wanted.length <= LIMITS.rpcBatchMax
    if (decoder === undefined || !isPlain || !isOneBatch) return null
    const { blockCalls, receiptCalls } = callsFor(wanted)
    // A node that answers in this order has its answer read in one go.
    const calls = blockCalls.flatMap((call, i) => [call, receiptCalls[i] as RpcCall])
    const raw = await endpoint.callRaw(calls, signal)
    if (raw === null) return null
    const [chain, roots] = [this.#chain, this.#wantsRoots]
    const packed = await decoder.decode({ chain, roots, wanted, ...raw })
    signal.throwIfAborted()
    return packed?.map((rows) => unpackBlock(rows, chain)) ?? null
  }

  async #blocks(endpoint: Endpoint, wanted: readonly Wanted[], signal: AbortSignal) {
    const { blockCalls, receiptCalls: all } = callsFor(wanted)
    const receiptCalls = endpoint.receiptMode === 'block' ? all : []
    const calls = [...blockCalls, ...receiptCalls]
    const results = await endpoint.call(calls, signal)
    const blocks = blockCalls.map((call, i) => resultOf(call, results[i]))
    const answers = results.slice(blockCalls.length)
    if (answers.some(isUnsupported)) {
      endpoint.receiptMode = 'transaction'
      return { blocks, receipts: [] }
    }
    const receipts = receiptCalls.map((call, i) => listOf(resultOf(call, answers[i])))
    return { blocks, receipts }
  }

  /** Receipts one by one, or, where the node serves none, the logs of each block. */
  async #receiptsOf(
    endpoint: Endpoint,
    of: { wanted: readonly Wanted[]; blocks: readonly unknown[] },
    signal: AbortSignal,
  ): Promise<readonly unknown[]> {
    const found: unknown[] = []
    for (const [i, block] of of.blocks.entries()) {
      // A block that is not there is named by the check.
      found.push(block === null ? null : await this.#receiptsOfOne(endpoint, block, signal))
      assert(of.wanted[i] !== undefined, 'a block for each number')
    }
    return found
  }

  async #receiptsOfOne(endpoint: Endpoint, block: unknown, signal: AbortSignal) {
    const { hash, transactions } = readObject(block, 'block')
    if (endpoint.receiptMode === 'transaction') {
      const calls = readList(transactions, 'transactions', LIMITS.blockTransactionsMax).map(
        (tx) => ({
          method: 'eth_getTransactionReceipt',
          params: [readHash(readObject(tx, 'transactions').hash, 'hash')],
        }),
      )
      const results = calls.length === 0 ? [] : await endpoint.call(calls, signal)
      if (!results.some(isUnsupported)) return calls.map((call, i) => resultOf(call, results[i]))
      endpoint.receiptMode = 'logs'
    }
    const call = { method: 'eth_getLogs', params: [{ blockHash: readHash(hash, 'hash') }] }
    const [result] = await endpoint.call([call], signal)
    return listOf(resultOf(call, result))
  }

  /** Optional: a node without traces leaves the coverage of internal transfers false. */
  async #traces(
    endpoint: Endpoint,
    wanted: readonly Wanted[],
    signal: AbortSignal,
  ): Promise<readonly unknown[]> {
    if (!this.#wantsTraces || endpoint.traceMode === 'none') return []
    const calls = wanted.map(({ number }) => traceCall(endpoint.traceMode, number))
    const results = await endpoint.call(calls, signal)
    if (results.some(isUnsupported)) {
      endpoint.traceMode = endpoint.traceMode === 'debug' ? 'parity' : 'none'
      return this.#traces(endpoint, wanted, signal)
    }
    return results.map((result: RpcResult, i) => resultOf(calls[i] as RpcCall, result))
  }
}

function callsFor(wanted: readonly Wanted[]): {
  readonly blockCalls: readonly RpcCall[]
  readonly receiptCalls: readonly RpcCall[]
} {
  return {
    blockCalls: wanted.map(({ number, hash }) =>
      hash === null
        ? { method: 'eth_getBlockByNumber', params: [hexOf(number), true] }
        : { method: 'eth_getBlockByHash', params: [hash, true] },
    ),
    receiptCalls: wanted.map(({ number }) => ({
      method: 'eth_getBlockReceipts',
      params: [hexOf(number)],
    })),
  }
}

function traceCall(mode: Endpoint['traceMode'], number: number): RpcCall {
  return mode === 'debug'
    ? { method: 'debug_traceBlockByNumber', params: [hexOf(number), { tracer: 'callTracer' }] }
    : { method: 'trace_block', params: [hexOf(number)] }
}

/** Some nodes answer null for a block without transactions, all mean an empty list. */
function listOf(value: unknown): unknown {
  return value ?? []
}
