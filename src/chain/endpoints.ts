import { assert } from '../base/assert.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import { AppError, asAppError } from '../base/error.ts'
import { sleep } from '../base/http-retry.ts'
import { LIMITS } from '../base/limits.ts'
import { type Log, silentLog } from '../base/log.ts'
import { openHttpLink } from '../base/operator-link.ts'
import { Endpoint, type EndpointState } from './endpoint.ts'
import { httpTransport, type RpcTransport } from './rpc.ts'
import { socketTransport } from './rpc-socket.ts'
import type { ChainId } from './types.ts'

export interface EndpointsOptions {
  readonly chain: ChainId
  /** As the operator wrote them, the preferred one first. */
  readonly urls: readonly string[]
  readonly clock?: Clock
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  readonly log?: Log
  /** A message of a subscription that came over a WebSocket. */
  readonly onNotification?: (message: unknown) => void
  /** Replaces the connection, for tests. */
  readonly transportOf?: (url: string) => RpcTransport
}

export interface UseOptions {
  readonly signal: AbortSignal
  /** Spread over all healthy endpoints; else the first healthy one, so that heads are steady. */
  readonly isSpread?: boolean
}

/** The nodes of one chain: whom to ask, and whom not to believe. */
export class Endpoints {
  readonly chain: ChainId
  readonly all: readonly Endpoint[]
  readonly #sleep: (ms: number, signal: AbortSignal) => Promise<void>

  constructor(options: EndpointsOptions) {
    assert(options.urls.length > 0, 'a chain is followed through an endpoint')
    this.chain = options.chain
    this.#sleep = options.sleep ?? sleep
    const notify = options.onNotification
    const transportOf =
      options.transportOf ??
      ((url: string) =>
        /^wss?:/i.test(url) ? socketTransport(url, notify) : httpTransport(openHttpLink(url)))
    const names = options.urls.map(endpointName)
    this.all = options.urls.map(
      (url, i) =>
        new Endpoint({
          chain: options.chain,
          // Two keys of one provider are two endpoints of one host.
          name: nameAt(names, i),
          transport: transportOf(url),
          canNotify: /^wss?:/i.test(url),
          clock: options.clock ?? systemClock,
          sleep: this.#sleep,
          log: options.log ?? silentLog,
        }),
    )
  }

  get states(): readonly EndpointState[] {
    return this.all.map(({ state }) => state)
  }

  /**
   * Does `work` with an endpoint, and with the next one when it fails or contradicts itself, at
   * most `LIMITS.rpcAttemptsMax` times. Throws the last error, or `rpc.no_endpoint` when every
   * endpoint is out of use.
   */
  async use<T>(work: (endpoint: Endpoint) => Promise<T>, options: UseOptions): Promise<T> {
    let last: AppError | undefined
    for (let attempt = 0; attempt < LIMITS.rpcAttemptsMax; attempt += 1) {
      const endpoint = await this.#pick(options, attempt > 0)
      if (endpoint === undefined) break
      endpoint.inFlight += 1
      try {
        const result = await work(endpoint)
        endpoint.succeeded()
        return result
      } catch (cause) {
        if (options.signal.aborted) throw aborted(cause)
        last = asAppError(cause)
        if (last.code === 'internal.error') throw last
        endpoint.failed(last)
      } finally {
        endpoint.inFlight -= 1
      }
    }
    throw last ?? noEndpoint()
  }

  /** The best endpoint that may be asked now; a short pause is waited for once something failed. */
  async #pick(options: UseOptions, mayWait: boolean): Promise<Endpoint | undefined> {
    const usable = this.all.filter(({ waitMs }) => waitMs === 0)
    if (usable.length > 0) {
      if (options.isSpread !== true) return usable[0]
      return usable.toSorted((a, b) => a.inFlight - b.inFlight)[0]
    }
    const next = this.all.toSorted((a, b) => a.waitMs - b.waitMs)[0]
    if (next === undefined || (next.waitMs > PICK_WAIT_MS && !mayWait)) return undefined
    if (next.waitMs > 4 * PICK_WAIT_MS) return undefined
    await this.#sleep(next.waitMs, options.signal).catch((cause: unknown) => {
      throw aborted(cause)
    })
    return next
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((endpoint) => endpoint.close()))
  }
}

/** Waited for rather than reported: the pause after one or two faults. */
const PICK_WAIT_MS = 2_000

/** Host and port. Example: `https://user:key@node.example/v2/key` is `node.example`. */
export function endpointName(url: string): string {
  return URL.parse(url)?.host ?? 'endpoint'
}

function nameAt(names: readonly string[], at: number): string {
  const name = names[at] ?? ''
  const earlier = names.slice(0, at).filter((other) => other === name).length
  return earlier === 0 ? name : `${name} (${earlier + 1})`
}

function aborted(cause: unknown): AppError {
  return new AppError('rpc.aborted', 'The request was given up.', { cause })
}

function noEndpoint(): AppError {
  return new AppError('rpc.no_endpoint', 'No endpoint of the chain can be asked at the moment.', {
    status: 502,
    retryable: true,
  })
}
