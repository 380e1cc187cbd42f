import { OpenAPIHono } from '@hono/zod-openapi'
import { type Clock, systemClock } from '../base/clock.ts'
import { ipSet } from '../base/ip.ts'
import { type Log, silentLog } from '../base/log.ts'
import type { Metrics } from '../base/metrics.ts'
import type { AlertStream } from '../query/chain.ts'
import type { ChainQueries } from '../query/chain-types.ts'
import type { NewsQueries } from '../query/news-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import type { RegistryQueries } from '../query/registry-types.ts'
import type { Queries } from '../query/types.ts'
import { addAlertStream } from './alert-stream.ts'
import { openApiDocument } from './openapi.ts'
import { ProblemError, problemOf } from './problem.ts'
import type { RateLimiter } from './rate-limit.ts'
import { COMMON_HEADERS, respond, respondProblem, strongEtag } from './respond.ts'
import { chainRoutes } from './route/chain.ts'
import { checkRoutes } from './route/check.ts'
import { entityRoutes } from './route/entity.ts'
import { newsRoutes } from './route/news.ts'
import { NOT_BUILT } from './route/not-built.ts'
import { operateRoutes } from './route/operate.ts'
import { rateRoutes } from './route/rate.ts'
import { registryRoutes } from './route/registry.ts'
import { searchRoutes } from './route/search.ts'
import { sourceRoutes } from './route/source.ts'
import { type ApiEnv, type ApiPorts, addRoute } from './route.ts'

export interface ApiOptions {
  readonly queries: Queries
  /** Absent: questions about rates are answered by the problem `rate.no_data`. */
  readonly rates?: RateQueries | undefined
  /** Absent: questions about firms are answered by the problem `registry.no_data`. */
  readonly registry?: RegistryQueries | undefined
  /** Absent: questions about articles are answered by the problem `news.no_data`. */
  readonly news?: NewsQueries | undefined
  /** Absent: questions about chains are answered by the problem `chain.no_data`. */
  readonly chain?: (ChainQueries & AlertStream) | undefined
  readonly version: string
  readonly clock?: Clock
  readonly log?: Log
  readonly metrics?: Metrics | undefined
  /** Shared with the pages; absent: nobody is limited. */
  readonly limiter?: RateLimiter | undefined
  /** Addresses and networks whose `X-Forwarded-For` counts. */
  readonly trustedProxies?: readonly string[]
}

export const API_ROUTES = [
  ...checkRoutes,
  ...searchRoutes,
  ...entityRoutes,
  ...sourceRoutes,
  ...rateRoutes,
  ...registryRoutes,
  ...newsRoutes,
  ...chainRoutes,
  ...operateRoutes,
]

const OPENAPI_PATH = '/openapi.json'

/** Example: `const response = await createApi({ queries, version }).request('/v1/check?q=…')`. */
export function createApi(options: ApiOptions): OpenAPIHono<ApiEnv> {
  const ports: ApiPorts = {
    queries: options.queries,
    rates: options.rates,
    registry: options.registry,
    news: options.news,
    chain: options.chain,
    version: options.version,
    clock: options.clock ?? systemClock,
    log: options.log ?? silentLog,
    metrics: options.metrics,
    limiter: options.limiter,
    trustedProxies: ipSet(options.trustedProxies ?? []),
  }
  const app = new OpenAPIHono<ApiEnv>()
  for (const declared of API_ROUTES) addRoute(app, declared, ports)
  addAlertStream(app, ports)
  addOpenApi(app, options.version)
  for (const path of NOT_BUILT) {
    const missing = new ProblemError('not_built', 'This part of Custos is not built yet.')
    app.on(['GET', 'POST'], path, () => respondProblem(missing))
  }
  addOtherMethods(app)
  app.notFound(() =>
    respondProblem(new ProblemError('request.not_found', 'There is nothing at this address.')),
  )
  app.onError((error) => {
    if (problemOf(error).status === 500) ports.log.error({ err: error }, 'request failed')
    return respondProblem(error)
  })
  return app
}

/** The document is made once: it changes only with the code. */
function addOpenApi(app: OpenAPIHono<ApiEnv>, version: string): void {
  let body: string | undefined
  let etag = ''
  app.get(OPENAPI_PATH, (c) => {
    if (body === undefined) {
      body = JSON.stringify(openApiDocument(app, version))
      etag = strongEtag(body)
    }
    return respond(
      { body, mediaType: 'application/json', cache: 'short', headers: { etag } },
      { method: c.req.method, ifNoneMatch: c.req.header('if-none-match'), extra: {} },
    )
  })
}

/** Registered last: what no route took with its own method. */
function addOtherMethods(app: OpenAPIHono<ApiEnv>): void {
  const methods = new Map<string, Set<string>>()
  for (const { path, method } of app.routes) {
    methods.set(path, (methods.get(path) ?? new Set()).add(method))
  }
  for (const [path, own] of methods) {
    const allowed = [...own, ...(own.has('GET') ? ['HEAD'] : []), 'OPTIONS']
    const allow = allowed.join(', ')
    const preflight = {
      ...COMMON_HEADERS,
      allow,
      'access-control-allow-methods': allow,
      'access-control-allow-headers': 'content-type, if-none-match',
      'access-control-max-age': '86400',
    }
    app.all(path, (c) => {
      if (c.req.method === 'OPTIONS') {
        return new Response(null, { status: 204, headers: preflight })
      }
      return respondProblem(
        new ProblemError('request.method', `This address takes ${allow}.`, { headers: { allow } }),
      )
    })
  }
}

/** Does this path belong to the API rather than to the pages? */
export function isApiPath(path: string): boolean {
  return path.startsWith('/v1/') || path === '/v1' || API_PATHS.has(path)
}

const API_PATHS: ReadonlySet<string> = new Set([
  OPENAPI_PATH,
  ...newsRoutes.map((declared) => declared.path).filter((path) => path.startsWith('/news/')),
  ...operateRoutes.map((declared) => declared.path),
])
