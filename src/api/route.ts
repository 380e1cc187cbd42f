import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Clock } from '../base/clock.ts'
import type { IpSet } from '../base/ip.ts'
import type { Log } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { AlertStream } from '../query/chain.ts'
import type { ChainQueries } from '../query/chain-types.ts'
import type { NewsQueries } from '../query/news-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import type { RegistryQueries } from '../query/registry-types.ts'
import type { Queries } from '../query/types.ts'
import { acceptable } from './accept.ts'
import { readJson } from './body.ts'
import { clientIp } from './client-ip.ts'
import { invalid, singleValues } from './params.ts'
import { ProblemError, problemOf } from './problem.ts'
import { type RateLimiter, rateHeaders } from './rate-limit.ts'
import { type Answer, respond, respondProblem } from './respond.ts'
import { problem } from './schema/answer.ts'

/** What the adapter gives: the peer's address. Absent for a request inside the process. */
export interface ApiEnv {
  readonly Bindings: { readonly incoming?: { readonly socket?: { remoteAddress?: string } } }
}

export interface ApiPorts {
  readonly queries: Queries
  readonly rates: RateQueries | undefined
  readonly registry: RegistryQueries | undefined
  readonly news: NewsQueries | undefined
  readonly chain: (ChainQueries & AlertStream) | undefined
  readonly version: string
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics | undefined
  readonly limiter: RateLimiter | undefined
  readonly trustedProxies: IpSet
}

interface RouteRequest<Q, P, B> {
  readonly query: Q
  readonly params: P
  readonly body: B
  readonly method: string
  /** The offered media type that the client prefers. */
  readonly mediaType: string
  /** Charges the client for work that is known only now; throws `request.rate_limited`. */
  charge(cost: number): void
}

/** One operation, declared once: schema, documentation and function. */
export interface Route<
  Q extends z.ZodObject = z.ZodObject,
  P extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
> {
  readonly method: 'get' | 'post'
  /** OpenAPI form: `/v1/entities/{id}`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly query: Q
  readonly params?: P
  readonly body?: B
  /** True: numbers of the body are read as they are written, digit by digit, never as floats. */
  readonly hasExactNumbers?: boolean
  readonly answer: z.ZodType
  /** First the default; others by `Accept`. */
  readonly mediaTypes?: readonly string[]
  /** Units of the rate limit; 0: never limited (probes of the operator). */
  readonly cost: number
  /** True: the last parameter takes the rest of the address, slashes included. */
  readonly isRest?: boolean
  /** True: an id that lives under another one now answers 308. */
  readonly canMove?: boolean
  /** Statuses of problems beside 400, 406, 429 and 500. */
  readonly problems?: readonly number[]
  readonly handle: (
    request: RouteRequest<z.output<Q>, z.output<P>, z.output<B>>,
    ports: ApiPorts,
  ) => Promise<Answer>
}

/** A declared route whose own types are checked, as one of many. */
export function route<Q extends z.ZodObject, P extends z.ZodObject, B extends z.ZodType>(
  declared: Route<Q, P, B>,
): Route {
  return declared as unknown as Route
}

const JSON_ONLY = ['application/json'] as const

export function addRoute(app: OpenAPIHono<ApiEnv>, declared: Route, ports: ApiPorts): void {
  app.openAPIRegistry.registerPath(documented(declared))
  const named = declared.path.replaceAll(/\{(\w+)\}/g, ':$1')
  const path = declared.isRest === true ? `${named}{.+}` : named
  const known = Object.keys(declared.query.shape)
  app.on(declared.method.toUpperCase(), path, (c) => run(c, declared, known, ports))
}

async function run(
  c: Context<ApiEnv>,
  declared: Route,
  known: readonly string[],
  ports: ApiPorts,
): Promise<Response> {
  const startedMs = performance.now()
  const ip = clientIp(
    c.env?.incoming?.socket?.remoteAddress,
    c.req.header('x-forwarded-for'),
    ports.trustedProxies,
  )
  const extra: Record<string, string> = {}
  const charge = (cost: number) => Object.assign(extra, taken(ports, ip, cost))
  let response: Response
  try {
    if (declared.cost > 0) charge(declared.cost)
    const offered = declared.mediaTypes ?? JSON_ONLY
    const mediaType = acceptable(c.req.header('accept'), offered)
    if (mediaType === undefined) {
      throw new ProblemError('request.not_acceptable', `Available is ${offered.join(', ')}.`)
    }
    const query = parse(declared.query, singleValues(c.req.queries(), known))
    const params = declared.params === undefined ? {} : parse(declared.params, c.req.param())
    const json = declared.body === undefined ? {} : await readJson(c.req.raw, declared)
    const body = declared.body === undefined ? {} : parse(declared.body, json)
    const method = c.req.method
    const request = { query, params, body, method, mediaType, charge }
    const answer = await declared.handle(request as never, ports)
    const ifNoneMatch = c.req.header('if-none-match')
    response = respond(answer, { method, ifNoneMatch, extra })
  } catch (error) {
    const failure = error instanceof RateLimited ? error.problem : error
    if (error instanceof RateLimited) Object.assign(extra, error.headers)
    if (problemOf(failure).status === 500) ports.log.error({ err: failure }, 'request failed')
    response = respondProblem(failure, extra)
  }
  const seconds = (performance.now() - startedMs) / 1_000
  ports.metrics?.request(c.req.method, declared.path, response.status, seconds)
  return response
}

class RateLimited extends Error {
  readonly problem: ProblemError
  readonly headers: Record<string, string>

  constructor(headers: Record<string, string>) {
    super('rate limited')
    this.problem = new ProblemError('request.rate_limited', 'Too many requests; wait a little.')
    this.headers = headers
  }
}

function taken(ports: ApiPorts, ip: string | undefined, cost: number): Record<string, string> {
  const answer = ports.limiter?.take(ip, cost)
  if (answer === undefined) return {}
  const headers = rateHeaders(answer)
  if (answer.isAccepted) return headers
  ports.metrics?.limited(answer.policy.name)
  throw new RateLimited(headers)
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw invalid(parsed.error)
  return parsed.data
}

/** The route as @hono/zod-openapi's registry wants it. */
function documented(
  declared: Route,
): Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0] {
  const statuses = [400, 406, 429, 500, ...(declared.problems ?? [])]
  const content = Object.fromEntries(
    (declared.mediaTypes ?? JSON_ONLY).map((type) => [
      type,
      { schema: type.startsWith('text/') ? z.string() : declared.answer },
    ]),
  )
  const isEtag = declared.method === 'get' && declared.cost > 0
  return {
    method: declared.method,
    path: declared.path,
    tags: [declared.tag],
    summary: declared.summary,
    request: {
      query: declared.query,
      ...(declared.params === undefined ? {} : { params: declared.params }),
      ...(declared.body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: declared.body } } } }),
    },
    responses: {
      200: { description: 'The answer.', content },
      ...(isEtag ? { 304: { description: 'Not modified since `If-None-Match`.' } } : {}),
      ...(declared.canMove === true
        ? { 308: { description: 'Merged: the entity lives at `Location` now.' } }
        : {}),
      ...Object.fromEntries(
        statuses.sort().map((status) => [
          status,
          {
            description: 'A problem (RFC 9457).',
            content: { 'application/problem+json': { schema: problem } },
          },
        ]),
      ),
    },
  }
}
