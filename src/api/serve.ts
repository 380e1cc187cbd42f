import { STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { AppError } from '../base/error.ts'
import { type IpSet, ipSet } from '../base/ip.ts'
import { isApiPath } from './app.ts'
import { clientIp } from './client-ip.ts'
import { ProblemError, problemOf } from './problem.ts'
import { type RateLimiter, rateHeaders } from './rate-limit.ts'
import { COMMON_HEADERS, respondProblem } from './respond.ts'
import type { ApiEnv } from './route.ts'

type Bindings = ApiEnv['Bindings']
/** What a Hono application offers, and all that is asked of one. */
export type Fetch = (request: Request, env: Bindings) => Response | Promise<Response>

interface GatewayOptions {
  readonly api: Fetch
  readonly web: Fetch
  readonly limiter: RateLimiter | undefined
  readonly trustedProxies?: readonly string[]
}

/** A page costs about as much as a handful of verdicts. */
const PAGE_COST = 2

/** One address for API and pages; the pages share the API's rate limit. */
export function gateway(options: GatewayOptions): Fetch {
  const trusted: IpSet = ipSet(options.trustedProxies ?? [])
  return (request, env) => {
    if (isApiPath(pathOf(request.url))) return options.api(request, env)
    const forwardedFor = request.headers.get('x-forwarded-for') ?? undefined
    const ip = clientIp(env?.incoming?.socket?.remoteAddress, forwardedFor, trusted)
    const answer = options.limiter?.take(ip, PAGE_COST)
    if (answer === undefined || answer.isAccepted) return options.web(request, env)
    const limited = new ProblemError('request.rate_limited', 'Too many requests; wait a little.')
    return respondProblem(limited, rateHeaders(answer))
  }
}

function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  if (start < 0) return '/'
  const end = url.slice(start).search(/[?#]/)
  return end < 0 ? url.slice(start) : url.slice(start, start + end)
}

/** A query of 2,048 characters, each of nine bytes once encoded, and the rest of a request. */
const HEADER_BYTES_MAX = 32_768
/** From the first byte to the last of a request: a body of 1 MiB over a slow line. */
const REQUEST_TIMEOUT_MS = 30_000
const HEADERS_TIMEOUT_MS = 10_000
/** Between two requests of one connection; longer than common proxies keep theirs. */
const KEEP_ALIVE_MS = 65_000
/** Half of the file descriptors that a process commonly gets. */
const CONNECTIONS_MAX = 512
/** A shutdown waits so long for answers under way; all of it stays under five seconds. */
const GRACE_MS = 3_000

export interface RunningServer {
  readonly url: string
  readonly port: number
  /** Takes no more, lets answers under way finish, then ends every connection: within 4 s. */
  close(): Promise<void>
}

interface ServeOptions {
  readonly fetch: Fetch
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

/** Listens. Throws `server.port_taken` or `server.cannot_listen`. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: (request, env) => options.fetch(request, env as Bindings),
    serverOptions: {
      maxHeaderSize: HEADER_BYTES_MAX,
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
    },
  })
  if (!('closeIdleConnections' in server)) throw new Error('expected an HTTP/1 server')
  server.maxConnections = CONNECTIONS_MAX
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) =>
    refuseSocket(error.code ?? '', socket),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => reject(cannotListen(error, options)))
    server.listen(options.port, options.host, () => resolve())
  })
  const { port } = server.address() as AddressInfo
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return {
    url: `http://${host}:${port}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        // Connections that fall idle while the others finish are closed as they do.
        const idle = setInterval(() => server.closeIdleConnections(), 50)
        const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS)
        server.close(() => {
          clearInterval(idle)
          clearTimeout(grace)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}

function cannotListen(cause: Error & { code?: string }, options: ServeOptions): AppError {
  const where = { host: options.host, port: options.port }
  if (cause.code === 'EADDRINUSE') {
    return new AppError('server.port_taken', `Port ${options.port} is taken by another program.`, {
      params: where,
      cause,
    })
  }
  const reason = `Cannot listen on ${options.host}, port ${options.port} (${cause.code ?? 'error'}).`
  return new AppError('server.cannot_listen', reason, { params: where, cause })
}

/** Bytes that are no request get a problem too, written by hand: there is no request to answer. */
function refuseSocket(code: string, socket: Socket): void {
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem =
    code === 'HPE_HEADER_OVERFLOW'
      ? new ProblemError('request.headers_too_large', 'The address or the headers are too large.')
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new ProblemError('request.timeout', 'The request did not arrive in time.')
        : new ProblemError('request.malformed', 'This is not an HTTP request.')
  const { headers: _headers, ...rest } = problemOf(problem)
  const body = JSON.stringify(rest)
  const headers = Object.entries({
    ...COMMON_HEADERS,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const { status } = rest
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}\r\n${body}`)
}
