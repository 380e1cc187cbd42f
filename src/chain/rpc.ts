import { assert } from '../base/assert.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import type { HttpLink, LinkAnswer } from '../base/operator-link.ts'

/** One call of JSON-RPC 2.0. */
export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** What an endpoint answered to one call: a result, unread, or an error of its own. */
export type RpcResult =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: number; readonly message: string }

/** Carries calls to one endpoint. Throws `rpc.*`; errors of single calls are results. */
export interface RpcTransport {
  send(calls: readonly RpcCall[], signal: AbortSignal): Promise<readonly RpcResult[]>
  /** The answer to a batch as it came; null: this transport or endpoint has no such thing. */
  sendRaw?(calls: readonly RpcCall[], signal: AbortSignal): Promise<RawAnswer | null>
  close(): Promise<void>
}

export interface RawAnswer {
  /** Ids of the calls, in their order. */
  readonly ids: readonly number[]
  readonly body: Uint8Array
}

/** Codes of JSON-RPC and of EIP-1474 that say: too many requests. */
const LIMITED = new Set([-32005, -32029, 429])
/** The method is not there, or not for this user. */
const NO_METHOD = new Set([-32601, -32004])
const NO_METHOD_TEXT =
  /method not (?:found|supported|available|allowed)|does not exist|unsupported/i
const LIMITED_TEXT = /rate limit|too many requests|exceeded.*(?:quota|capacity|limit)|throttl/i

/** JSON-RPC over HTTP, in batches; an endpoint that refuses batches is asked call by call. */
export function httpTransport(link: HttpLink, timeoutMs: number = LIMITS.rpcTimeoutMs) {
  let nextId = 1
  let takesBatches = true

  const requestsOf = (calls: readonly RpcCall[]) =>
    calls.map(({ method, params }) => {
      nextId += 1
      return { jsonrpc: '2.0', id: nextId, method, params }
    })

  async function exchange(body: unknown, signal: AbortSignal): Promise<unknown> {
    const answer = await post(link, { body: JSON.stringify(body), timeoutMs, signal })
    return parseAnswer(answer)
  }

  async function send(calls: readonly RpcCall[], signal: AbortSignal) {
    assert(calls.length > 0, 'a request has a call')
    assert(calls.length <= LIMITS.rpcBatchMax, 'a batch has a limit')
    const requests = requestsOf(calls)
    if (calls.length > 1 && takesBatches) {
      const answer = await exchange(requests, signal)
      if (Array.isArray(answer)) return matchBatch(requests, answer)
      // An error in place of a list: the endpoint takes one call at a time.
      const refusal = readResult(answer)
      if (refusal.ok) throw badAnswer('batch')
      if (isLimited(refusal)) throw limited(null)
      takesBatches = false
    }
    const results: RpcResult[] = []
    for (const request of requests) {
      const answer = await exchange(request, signal)
      results.push(...matchBatch([request], [answer]))
    }
    return results
  }

  async function sendRaw(calls: readonly RpcCall[], signal: AbortSignal) {
    assert(calls.length <= LIMITS.rpcBatchMax, 'a batch has a limit')
    if (!takesBatches || calls.length < 2) return null
    const requests = requestsOf(calls)
    const answer = await post(link, { body: JSON.stringify(requests), timeoutMs, signal })
    if (answer.status === 429) throw limited(answer.retryAfter)
    if (answer.status !== 200) return null
    return { ids: requests.map(({ id }) => id), body: answer.body }
  }

  const transport: RpcTransport = { send, sendRaw, close: () => link.close() }
  return transport
}

async function post(
  link: HttpLink,
  request: { body: string; timeoutMs: number; signal: AbortSignal },
): Promise<LinkAnswer> {
  try {
    return await link.post({ ...request, bytesMax: LIMITS.rpcAnswerBytesMax })
  } catch (cause) {
    throw fromLink(cause)
  }
}

/** The faults of a connection, in the words of an endpoint. */
export function fromLink(cause: unknown): AppError {
  const code = cause instanceof AppError ? cause.code : ''
  const options = { status: 502, retryable: true, cause }
  if (code === 'link.timeout') {
    return new AppError('rpc.timeout', 'The endpoint took too long.', options)
  }
  if (code === 'link.too_large') {
    return new AppError('rpc.too_large', 'The answer of the endpoint is too large.', options)
  }
  if (code === 'link.aborted') {
    return new AppError('rpc.aborted', 'The request was given up.', { cause })
  }
  return new AppError('rpc.network', 'The endpoint cannot be reached.', options)
}

/** An answer over HTTP as JSON; pages of people and of proxies are told apart from nodes. */
function parseAnswer({ status, retryAfter, body }: LinkAnswer): unknown {
  if (status === 429) throw limited(retryAfter)
  const isError = status < 200 || status > 299
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch (cause) {
    // Some nodes write an error as JSON with a status of 4xx or 5xx; a page is no such thing.
    if (isError) throw badStatus(status, retryAfter)
    throw new AppError('rpc.not_json', 'The endpoint answered with something that is no JSON.', {
      status: 502,
      retryable: true,
      params: { bytes: body.length },
      cause,
    })
  }
  if (isError && !Array.isArray(parsed) && !isErrorObject(parsed)) {
    throw badStatus(status, retryAfter)
  }
  return parsed
}

function isErrorObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'error' in value && 'jsonrpc' in value
}

/** Each request's own answer: the order is the endpoint's to choose, the ids are not. */
export function matchBatch(
  requests: readonly { readonly id: number }[],
  answers: readonly unknown[],
): readonly RpcResult[] {
  if (answers.length !== requests.length) throw badAnswer('count')
  const byId = new Map<number, RpcResult>()
  for (const answer of answers) {
    const id = idOf(answer)
    if (byId.has(id)) throw badAnswer('id')
    byId.set(id, readResult(answer))
  }
  return requests.map(({ id }) => {
    const result = byId.get(id)
    if (result === undefined) throw badAnswer('id')
    return result
  })
}

function idOf(answer: unknown): number {
  const id = typeof answer === 'object' && answer !== null && 'id' in answer ? answer.id : undefined
  if (typeof id !== 'number') throw badAnswer('id')
  return id
}

function readResult(answer: unknown): RpcResult {
  if (typeof answer !== 'object' || answer === null) throw badAnswer('shape')
  const { error, result } = answer as { error?: unknown; result?: unknown }
  if (error !== undefined && error !== null) {
    if (typeof error !== 'object') throw badAnswer('error')
    const { code, message } = error as { code?: unknown; message?: unknown }
    return {
      ok: false,
      code: typeof code === 'number' && Number.isSafeInteger(code) ? code : 0,
      message: typeof message === 'string' ? message.slice(0, 200) : '',
    }
  }
  if (result === undefined) throw badAnswer('result')
  return { ok: true, result }
}

export function isLimited(result: RpcResult): boolean {
  return !result.ok && (LIMITED.has(result.code) || LIMITED_TEXT.test(result.message))
}

export function isUnsupported(result: RpcResult): boolean {
  return !result.ok && (NO_METHOD.has(result.code) || NO_METHOD_TEXT.test(result.message))
}

/** The result of a call that has to have one; a limit and a missing method keep their own code. */
export function resultOf(call: RpcCall, result: RpcResult | undefined): unknown {
  if (result === undefined) throw badAnswer('count')
  if (result.ok) return result.result
  if (isLimited(result)) throw limited(null)
  const { method } = call
  if (isUnsupported(result)) {
    throw new AppError('rpc.method', `The endpoint does not serve ${method}.`, {
      status: 502,
      params: { method },
    })
  }
  throw new AppError('rpc.error', `The endpoint answered ${method} with an error.`, {
    status: 502,
    retryable: true,
    params: { method, code: result.code },
  })
}

function badAnswer(part: string): AppError {
  return new AppError('rpc.answer', 'The endpoint answered with something that is no JSON-RPC.', {
    status: 502,
    retryable: true,
    params: { part },
  })
}

function badStatus(status: number, retryAfter: string | null): AppError {
  return new AppError('rpc.status', `The endpoint answered with status ${status}.`, {
    status: 502,
    // What is forbidden stays so; what failed inside the server may work next time.
    retryable: status >= 500 || status === 408,
    params: { status, retryAfter },
  })
}

function limited(retryAfter: string | null): AppError {
  return new AppError('rpc.rate_limited', 'The endpoint asks for fewer requests.', {
    status: 502,
    retryable: true,
    params: { retryAfter },
  })
}
