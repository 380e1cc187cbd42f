import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { AdaptiveRate } from './endpoint-rate.ts'
import { type RawAnswer, type RpcCall, type RpcResult, type RpcTransport, resultOf } from './rpc.ts'
import type { ChainId } from './types.ts'

export type EndpointHealth = 'unknown' | 'healthy' | 'failing' | 'lying' | 'refused'

export interface EndpointState {
  /** Host and port: paths and credentials hold keys. */
  readonly name: string
  readonly health: EndpointHealth
  readonly perSecond: number
  readonly requests: number
  readonly failures: number
  /** Answers that contradicted themselves, the question or the chain. */
  readonly lies: number
  readonly lastError: { readonly code: string; readonly atMs: number } | null
}

export interface EndpointParts {
  readonly chain: ChainId
  readonly name: string
  readonly transport: RpcTransport
  /** Its connection can carry news: a WebSocket. */
  readonly canNotify?: boolean
  readonly clock: Clock
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly log: Log
}

/** A fault is waited out a second, then two, four and so on. */
const PAUSE_MS = 1_000
const PAUSE_MS_MAX = 60_000
/** Another chain's node stays another chain's node until somebody changes the configuration. */
const REFUSED_MS = 600_000

/** How a node serves what receipts say; learnt from its answers, best first. */
export type ReceiptMode = 'block' | 'transaction' | 'logs'

/** One node of one chain: its rate, its health, and what it can do. */
export class Endpoint {
  readonly name: string
  readonly #parts: EndpointParts
  readonly #rate: AdaptiveRate
  receiptMode: ReceiptMode = 'block'
  traceMode: 'debug' | 'parity' | 'none' = 'debug'
  hasFinalized = true
  isSubscribed = false
  inFlight = 0
  #isVerified = false
  #health: EndpointHealth = 'unknown'
  #usableMs = 0
  #streak = 0
  #requests = 0
  #failures = 0
  #lies = 0
  #lastError: EndpointState['lastError'] = null

  constructor(parts: EndpointParts) {
    assert(parts.name !== '', 'an endpoint has a name')
    this.name = parts.name
    this.#parts = parts
    this.#rate = new AdaptiveRate(parts.clock, parts.sleep)
  }

  get canNotify(): boolean {
    return this.#parts.canNotify ?? false
  }

  /** Milliseconds until it may be asked again; 0: now. */
  get waitMs(): number {
    return Math.max(0, this.#usableMs - this.#parts.clock.nowMs())
  }

  get state(): EndpointState {
    return {
      name: this.name,
      health: this.#health,
      perSecond: Math.round(this.#rate.perSecond * 10) / 10,
      requests: this.#requests,
      failures: this.#failures,
      lies: this.#lies,
      lastError: this.#lastError,
    }
  }

  /** Calls in batches, after the endpoint has shown that it serves this chain. */
  async call(calls: readonly RpcCall[], signal: AbortSignal): Promise<readonly RpcResult[]> {
    if (!this.#isVerified) await this.#verify(signal)
    const results: RpcResult[] = []
    for (let at = 0; at < calls.length; at += LIMITS.rpcBatchMax) {
      results.push(...(await this.#send(calls.slice(at, at + LIMITS.rpcBatchMax), signal)))
    }
    return results
  }

  /** The bytes of the answer to one batch; null: it has to be asked by `call`. */
  async callRaw(calls: readonly RpcCall[], signal: AbortSignal): Promise<RawAnswer | null> {
    const { sendRaw } = this.#parts.transport
    if (sendRaw === undefined) return null
    if (!this.#isVerified) await this.#verify(signal)
    await this.#rate.take(1, signal)
    this.#requests += 1
    return sendRaw(calls, signal)
  }

  async #send(calls: readonly RpcCall[], signal: AbortSignal): Promise<readonly RpcResult[]> {
    await this.#rate.take(1, signal)
    this.#requests += 1
    return this.#parts.transport.send(calls, signal)
  }

  /** EIP-695. A node of another chain would be believed for as long as its blocks link up. */
  async #verify(signal: AbortSignal): Promise<void> {
    const call = { method: 'eth_chainId', params: [] }
    const [result] = await this.#send([call], signal)
    const id = resultOf(call, result)
    const stated = typeof id === 'string' && /^0x[0-9a-f]{1,16}$/i.test(id) ? BigInt(id) : null
    if (stated === null || `eip155:${stated}` !== this.#parts.chain) {
      throw new AppError('rpc.chain_id', 'The endpoint serves another chain.', {
        status: 502,
        params: { chain: stated === null ? null : `eip155:${stated}` },
      })
    }
    this.#isVerified = true
  }

  succeeded(): void {
    this.#rate.answered()
    this.#streak = 0
    this.#health = 'healthy'
    this.#usableMs = 0
  }

  /** Notes a fault and stays out of use for a while; a lie is named in the log. */
  failed(cause: unknown): void {
    const error = asAppError(cause)
    const { clock, log, chain } = this.#parts
    this.#failures += 1
    this.#streak += 1
    this.#lastError = { code: error.code, atMs: clock.nowMs() }
    const { retryAfter } = error.params
    if (error.code === 'rpc.rate_limited') {
      this.#rate.refused(typeof retryAfter === 'string' ? retryAfter : null)
    }
    // One contradiction may be a reorganisation between two answers; two in a row are none.
    const mayBeRace = error.code === 'chain.block_inconsistent' && this.#streak === 1
    const isLie = error.code.startsWith('chain.') && !mayBeRace
    const isRefused = error.code === 'rpc.chain_id'
    if (isLie) this.#lies += 1
    this.#health = isRefused ? 'refused' : isLie ? 'lying' : 'failing'
    const pauseMs = Math.min(PAUSE_MS * 2 ** Math.min(this.#streak - 1, 6), PAUSE_MS_MAX)
    this.#usableMs = clock.nowMs() + (isRefused ? REFUSED_MS : pauseMs)
    this.isSubscribed = false
    // The connection may lead to another node now.
    if (!isLie) this.#isVerified = false
    const fields = { chain, endpoint: this.name, code: error.code, params: error.params }
    if (isLie || isRefused) log.error(fields, 'an endpoint contradicts itself or the chain')
    else log.warn(fields, 'an endpoint failed')
  }

  close(): Promise<void> {
    return this.#parts.transport.close()
  }
}
