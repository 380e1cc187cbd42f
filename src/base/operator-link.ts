import { Agent, WebSocket } from 'undici'
import { AppError } from './error.ts'

/** One answer over HTTP, with its whole body. */
export interface LinkAnswer {
  readonly status: number
  /** As the server wrote it: seconds or a date. */
  readonly retryAfter: string | null
  readonly body: Buffer
}

export interface LinkRequest {
  readonly body: string
  readonly timeoutMs: number
  readonly bytesMax: number
  readonly signal?: AbortSignal | undefined
}

/**
 * A connection to an endpoint that the operator wrote into the configuration: a node, on this
 * machine, in a private network or anywhere. Addresses that data or users name never come here;
 * they go through `http.ts`, which refuses private ones. Redirects are not followed.
 */
export interface HttpLink {
  /** Throws `link.network`, `link.timeout`, `link.too_large` or `link.aborted`. */
  post(request: LinkRequest): Promise<LinkAnswer>
  close(): Promise<void>
}

export interface SocketLink {
  send(text: string): void
  close(): void
}

export interface SocketHandlers {
  onOpen(): void
  onText(text: string): void
  /** Called once, also when the connection was never made. */
  onClose(): void
}

/** Connections kept to one endpoint: enough for a backfill, few enough for a small node. */
const CONNECTIONS_MAX = 8

/** Example: `openHttpLink('http://127.0.0.1:8545').post({ body, timeoutMs, bytesMax })`. */
export function openHttpLink(url: string): HttpLink {
  const target = new URL(url)
  const agent = new Agent({ connections: CONNECTIONS_MAX, maxHeaderSize: 32_768 })
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'custos',
  }
  if (target.username !== '' || target.password !== '') {
    const user = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`
    headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`
  }
  return {
    async post({ body, timeoutMs, bytesMax, signal }) {
      const deadline = AbortSignal.timeout(timeoutMs)
      const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal])
      try {
        const response = await agent.request({
          origin: target.origin,
          path: `${target.pathname}${target.search}`,
          method: 'POST',
          headers,
          body,
          signal: either,
          // The deadline bounds the whole answer, also one that comes in drops.
          headersTimeout: 0,
          bodyTimeout: 0,
        })
        const retryAfter = response.headers['retry-after']
        return {
          status: response.statusCode,
          retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
          body: await wholeBody(response.body, bytesMax),
        }
      } catch (cause) {
        throw explain(cause, { isTimeout: deadline.aborted, isAborted: signal?.aborted === true })
      }
    },
    close: () => agent.destroy(),
  }
}

async function wholeBody(body: AsyncIterable<Buffer>, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > bytesMax) {
      throw new AppError('link.too_large', 'The answer is larger than allowed.', {
        status: 502,
        params: { bytesMax },
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function explain(cause: unknown, is: { isTimeout: boolean; isAborted: boolean }): AppError {
  if (cause instanceof AppError) return cause
  if (is.isAborted) return new AppError('link.aborted', 'The request was given up.', { cause })
  if (is.isTimeout) {
    return new AppError('link.timeout', 'The endpoint took too long.', { status: 504, cause })
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'
  return new AppError('link.network', 'The endpoint cannot be reached.', {
    status: 502,
    params: { code: code.slice(0, 48) },
    cause,
  })
}

/** Opens a WebSocket to a configured endpoint; faults end in `onClose`. */
export function openSocketLink(url: string, handlers: SocketHandlers): SocketLink {
  const socket = new WebSocket(url)
  let isClosed = false
  const close = () => {
    if (isClosed) return
    isClosed = true
    handlers.onClose()
  }
  socket.addEventListener('open', () => handlers.onOpen())
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') handlers.onText(data)
  })
  socket.addEventListener('error', close)
  socket.addEventListener('close', close)
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close() {
      socket.close()
      close()
    },
  }
}
