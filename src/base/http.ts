import { Agent, type Dispatcher } from 'undici'
import { dnsLookup, guardedConnector, type Lookup } from './address-guard.ts'
import { type Clock, systemClock } from './clock.ts'
import { AppError } from './error.ts'
import { boundedBody, drain, isChallenge, peekBytes } from './http-body.ts'
import { describeFailure, isRetryable, retryDelayMs, sleep } from './http-retry.ts'
import { LIMITS } from './limits.ts'
import type { Rng } from './rng.ts'

export interface FetchRequest {
  /** Validators of the copy that is held; both are sent as the server gave them. */
  readonly etag?: string | null | undefined
  /** RFC 3339 instant, as `Fetched.lastModified` gives it. */
  readonly lastModified?: string | null | undefined
  /** Unpacked bytes; default `LIMITS.fetchBytesMax`. */
  readonly bytesMax?: number | undefined
  /** From the first look-up to the last byte, all attempts together. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A question that its server takes as a POST only. It is never conditional. */
export interface PostRequest extends Pick<FetchRequest, 'bytesMax' | 'timeoutMs' | 'signal'> {
  /** Sent as it is, in UTF-8; at most `LIMITS.postBytesMax`. */
  readonly body: string
  readonly contentType: string
  /** True: the question only reads, so a failed one may be asked again at once. */
  readonly idempotent?: boolean | undefined
}

export interface Fetched {
  readonly status: 'fresh' | 'not_modified'
  /**
   * Unpacked bytes, empty when nothing was modified. It must be read to its end or left with
   * `break`. A fault while reading throws `fetch.network`, `fetch.timeout` or `fetch.too_large`.
   */
  readonly body: AsyncIterable<Uint8Array>
  readonly etag: string | null
  /** RFC 3339. */
  readonly lastModified: string | null
  readonly contentType: string | null
  /** After redirects. */
  readonly finalUrl: string
}

/** The only way out: public addresses, bounded in bytes, time, redirects and attempts. */
export interface Fetcher {
  /**
   * Throws `fetch.blocked`, `fetch.private_address`, `fetch.too_large`, `fetch.timeout`,
   * `fetch.status`, `fetch.redirects`, `fetch.network`, `fetch.url` or `fetch.aborted`.
   */
  get(url: string, request?: FetchRequest): Promise<Fetched>
  /**
   * Asks with a body. A redirect is followed only to the same origin and only where it keeps the
   * method (RFC 9110 §15.4.8, §15.4.9): what is sent is told to nobody else. Throws as `get`.
   */
  post(url: string, request: PostRequest): Promise<Fetched>
  close(): Promise<void>
}

export interface FetcherOptions {
  readonly userAgent?: string
  readonly lookup?: Lookup
  readonly clock?: Clock
  readonly rng?: Rng
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>
  readonly attemptsMax?: number
  /** Replaces `PORTS`. */
  readonly ports?: readonly number[]
  /** For tests with local servers only: loopback is reachable on these ports and no others. */
  readonly allowLoopback?: readonly number[]
}

/** Ports on which lists are published; others would make Custos a port scanner for its users. */
const PORTS = [80, 443, 8080, 8443]

/** Looking up a name and connecting; a server that needs longer is down. */
const CONNECT_TIMEOUT_MS = 10_000

interface Attempt {
  readonly agent: Agent
  readonly method: 'GET' | 'POST'
  readonly body: string | null
  readonly headers: Record<string, string>
  readonly isConditional: boolean
  readonly bytesMax: number
  readonly signal: AbortSignal
  readonly ports: readonly number[]
}

/** Example: `const { body } = await createFetcher().get('https://example.org/list.csv')`. */
export function createFetcher(options: FetcherOptions = {}): Fetcher {
  const clock = options.clock ?? systemClock
  const loopbackPorts = options.allowLoopback ?? []
  const ports = [...(options.ports ?? PORTS), ...loopbackPorts]
  const agent = new Agent({
    connect: guardedConnector({
      lookup: options.lookup ?? dnsLookup,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      allowLoopback: loopbackPorts,
    }),
    // The deadline of the whole request bounds both; undici's own would cut long downloads.
    bodyTimeout: 0,
    headersTimeout: 0,
    maxHeaderSize: 32_768,
  })
  const wait = options.sleep ?? sleep
  const attemptsMax = options.attemptsMax ?? LIMITS.fetchAttemptsMax
  const userAgent = options.userAgent ?? 'custos'

  type Limits = Pick<FetchRequest, 'bytesMax' | 'timeoutMs' | 'signal'>
  type Ask = Pick<Attempt, 'method' | 'body' | 'headers' | 'isConditional'>

  async function send(url: string, request: Limits, ask: Ask, triesMax: number): Promise<Fetched> {
    const deadline = deadlineOf(request)
    const bytesMax = request.bytesMax ?? LIMITS.fetchBytesMax
    const attempt: Attempt = { agent, ...ask, bytesMax, signal: deadline.signal, ports }
    for (let tries = 1; ; tries++) {
      try {
        return deadline.guard(await follow(parseUrl(url, ports), attempt))
      } catch (cause) {
        const error = deadline.explain(describeFailure(cause))
        const delayMs = retryDelayMs(error, tries, options.rng ?? Math.random, clock)
        if (tries >= triesMax || !isRetryable(error) || delayMs === undefined) {
          deadline.end()
          throw error
        }
        await wait(delayMs, deadline.signal).catch((aborted: unknown) => {
          deadline.end()
          throw deadline.explain(describeFailure(aborted))
        })
      }
    }
  }

  async function get(url: string, request: FetchRequest = {}): Promise<Fetched> {
    const headers = headersOf(request, userAgent)
    const isConditional = Boolean(request.etag) || Boolean(request.lastModified)
    return send(url, request, { method: 'GET', body: null, headers, isConditional }, attemptsMax)
  }

  async function post(url: string, request: PostRequest): Promise<Fetched> {
    const { body, contentType, idempotent = false, ...limits } = request
    if (Buffer.byteLength(body) > LIMITS.postBytesMax || headerText(contentType) === null) {
      throw new AppError('fetch.url', 'Such a body is not sent.', { status: 400 })
    }
    const headers = { ...headersOf({}, userAgent), 'content-type': contentType }
    const ask = { method: 'POST', body, headers, isConditional: false } as const
    // A question that may do something is never asked twice.
    return send(url, limits, ask, idempotent ? attemptsMax : 1)
  }

  return { get, post, close: () => agent.close() }
}

/** Asks, and follows at most `LIMITS.redirectsMax` redirects; each hop is judged like the first. */
async function follow(start: URL, attempt: Attempt): Promise<Fetched> {
  let url = start
  for (let hops = 0; hops <= LIMITS.redirectsMax; hops++) {
    const response = await attempt.agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: attempt.method,
      body: attempt.body,
      headers: attempt.headers,
      signal: attempt.signal,
    })
    // Leaving a body early emits an error; who reads it still sees every fault.
    response.body.on('error', () => {})
    if (![301, 302, 303, 307, 308].includes(response.statusCode)) {
      return answerOf(url, response, attempt)
    }
    await drain(response.body)
    const target = redirectTarget(url, single(response.headers.location), attempt.ports)
    if (attempt.method === 'POST') refuseTurn(url, target, response.statusCode)
    url = target
  }
  throw new AppError('fetch.redirects', 'The address redirects too often.', {
    status: 502,
    params: { redirectsMax: LIMITS.redirectsMax },
  })
}

async function answerOf(
  url: URL,
  response: Dispatcher.ResponseData,
  attempt: Attempt,
): Promise<Fetched> {
  const { statusCode: status, headers } = response
  const meta = {
    etag: headerText(single(headers.etag)),
    lastModified: instantOfHeader(single(headers['last-modified'])),
    contentType: headerText(single(headers['content-type'])),
    finalUrl: url.href,
  }
  if (status === 304 && attempt.isConditional) {
    await drain(response.body)
    return { status: 'not_modified', body: emptyBody(), ...meta }
  }
  const isHtml = /\bhtml\b/i.test(meta.contentType ?? '')
  if (status !== 200) {
    const start = isHtml ? await peekBytes(response.body) : ''
    response.body.destroy()
    throw statusError(status, isChallenge(headers, start), single(headers['retry-after']))
  }
  const body = boundedBody(response.body, {
    bytesMax: attempt.bytesMax,
    encoding: single(headers['content-encoding']),
    length: single(headers['content-length']),
    refuse: (start) => isHtml && isChallenge(headers, start),
  })
  return { status: 'fresh', body, ...meta }
}

function statusError(status: number, isBlocked: boolean, retryAfter?: string): AppError {
  // 403 and 451 are a decision of the other side, and so is a page that asks to prove a browser.
  if (isBlocked || status === 403 || status === 451) {
    return new AppError('fetch.blocked', `The server refuses this client (HTTP ${status}).`, {
      status: 502,
      params: { status },
    })
  }
  return new AppError('fetch.status', `The server answered HTTP ${status}.`, {
    status: 502,
    retryable: status === 429 || status === 408 || (status >= 500 && status !== 501),
    params: {
      status,
      ...(retryAfter === undefined ? {} : { retryAfter: retryAfter.slice(0, 64) }),
    },
  })
}

function parseUrl(text: string, ports: readonly number[], base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined
  const isPort = url?.port === '' || ports.includes(Number(url?.port))
  const isPlain = url?.username === '' && url.password === ''
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isPlain || !isPort) {
    throw new AppError('fetch.url', 'Only plain http and https addresses are fetched.', {
      status: 400,
    })
  }
  return url
}

function redirectTarget(from: URL, location: string | undefined, ports: readonly number[]): URL {
  if (location === undefined || location.length > LIMITS.queryCharsMax) {
    throw new AppError('fetch.redirects', 'The redirect names no address.', { status: 502 })
  }
  const target = parseUrl(location, ports, from)
  // What began under TLS never goes on in the clear: anyone on the path could write the list.
  if (from.protocol === 'https:' && target.protocol === 'http:') {
    throw new AppError('fetch.redirects', 'The redirect leaves https.', { status: 502 })
  }
  return target
}

/** A body goes only to the server that it was meant for, and stays a POST. */
function refuseTurn(from: URL, to: URL, status: number): void {
  if (from.origin === to.origin && (status === 307 || status === 308)) return
  throw new AppError('fetch.redirects', 'The redirect leads a question with a body elsewhere.', {
    status: 502,
    params: { status },
  })
}

function headersOf(request: FetchRequest, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-encoding': 'gzip, br, deflate',
  }
  const etag = headerText(request.etag ?? undefined)
  if (etag !== null) headers['if-none-match'] = etag
  const modified = new Date(request.lastModified ?? Number.NaN)
  if (!Number.isNaN(modified.getTime())) headers['if-modified-since'] = modified.toUTCString()
  return headers
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** A foreign header is kept and sent back later: only printable ASCII of a sane length. */
function headerText(value: string | undefined): string | null {
  return value !== undefined && /^[\x20-\x7e]{1,255}$/.test(value) ? value : null
}

function instantOfHeader(value: string | undefined): string | null {
  const ms = value === undefined ? Number.NaN : Date.parse(value)
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('.000Z', 'Z')
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

/** One timer over all attempts, redirects and the body. */
function deadlineOf(request: Pick<FetchRequest, 'timeoutMs' | 'signal'>) {
  const timeout = new AbortController()
  const timeoutMs = request.timeoutMs ?? LIMITS.fetchTimeoutMs
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  const signal = request.signal ? AbortSignal.any([timeout.signal, request.signal]) : timeout.signal
  const end = () => clearTimeout(timer)
  const explain = (error: AppError): AppError => {
    if (request.signal?.aborted) {
      return new AppError('fetch.aborted', 'The download was stopped.', { cause: error })
    }
    if (!timeout.signal.aborted) return error
    return new AppError('fetch.timeout', 'The server took too long.', {
      status: 504,
      params: { timeoutMs },
      cause: error,
    })
  }
  async function* timed(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body
    } catch (error) {
      throw explain(describeFailure(error))
    } finally {
      end()
    }
  }
  const guard = (fetched: Fetched): Fetched => {
    if (fetched.status === 'not_modified') end()
    return { ...fetched, body: timed(fetched.body) }
  }
  return { signal, guard, explain, end }
}
