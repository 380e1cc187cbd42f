import { beforeAll, describe, expect, it } from 'vitest'
import { BLOCK, CHAIN, fakeChain, TOKEN, TX, WALLET } from '../../test/support/fake-chain.ts'
import { type OpenApi, type Operation, violations } from '../../test/support/json-schema.ts'
import { ARTICLE, sampleNews } from '../../test/support/sample-news.ts'
import { CHECKPOINT, ENTITY, NOW, sampleQueries } from '../../test/support/sample-queries.ts'
import { BOARD_CSV, sampleRates } from '../../test/support/sample-rates.ts'
import { NORD, SOUTH, sampleRegistry } from '../../test/support/sample-registry.ts'
import { fixedClock } from '../base/clock.ts'
import { createMetrics } from '../base/metrics.ts'
import type { VerdictValue } from '../model/verdict.ts'
import type { Queries } from '../query/types.ts'
import { API_ROUTES, createApi, isApiPath } from './app.ts'
import { NOT_BUILT } from './route/not-built.ts'

const HASH = 'ab'.repeat(32)
const api = createApi({
  queries: sampleQueries,
  rates: sampleRates,
  registry: await sampleRegistry(),
  news: sampleNews,
  chain: { changes: async () => [], head: async () => 0, ...fakeChain() },
  version: '0.0.0',
  clock: fixedClock(NOW),
  metrics: createMetrics('0.0.0'),
})

const post = (body: string, headers: Record<string, string> = {}) =>
  api.request('/v1/check', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })

const purchase = (members: Readonly<Record<string, unknown>>) =>
  api.request('/v1/fx-purchase', {
    method: 'POST',
    body: JSON.stringify({ currency: 'USD', with: 'CNY', ...members }),
    headers: { 'content-type': 'application/json' },
  })

/** One good question for each operation; the test below fails when an operation has none. */
const GOOD: Readonly<Record<string, () => Response | Promise<Response>>> = {
  'get /v1/check': () => api.request('/v1/check?q=danger%20one&country=de&lang=de&asOf=2024-01-01'),
  'post /v1/check': () => post('{"queries":[{"q":"danger"},{"q":""},{"q":"x","country":"de"}]}'),
  'get /v1/search': () => api.request('/v1/search?q=example&limit=5&country=LU'),
  'get /v1/suggest': () => api.request('/v1/suggest?q=ex'),
  'get /v1/entities/{id}': () => api.request('/v1/entities/xx_list:1'),
  'get /v1/entities/{id}/statements': () => api.request('/v1/entities/xx_list:1/statements'),
  'get /v1/entities/{id}/timeline': () => api.request('/v1/entities/xx_list:1/timeline'),
  'get /v1/entities/{id}/adjacent': () => api.request('/v1/entities/xx_list:1/adjacent'),
  'get /v1/statements/{id}/row': () => api.request(`/v1/statements/${HASH}/row`),
  'get /v1/sources': () => api.request('/v1/sources'),
  'get /v1/changes': () => api.request('/v1/changes?since=3'),
  'get /v1/checkpoint': () => api.request('/v1/checkpoint'),
  'get /v1/rates': () => api.request('/v1/rates?base=USD&date=2026-02-27&scope=all'),
  'get /v1/rates/{base}/{quote}/history': () =>
    api.request('/v1/rates/EUR/USD/history?from=2026-02-20&points=4'),
  'get /v1/convert': () => api.request('/v1/convert?amount=100&from=CHF&to=currency_api:btc'),
  'post /v1/fx-purchase': () => purchase({ quantity: '1000', board: BOARD_CSV, fee: '0.5%' }),
  'get /v1/serve': () => api.request('/v1/serve?firm=Nordwind&country=DE&service=a'),
  'get /v1/firms/{id}': () => api.request(`/v1/firms/${encodeURIComponent(NORD)}`),
  'get /v1/compare': () => api.request(`/v1/compare?a=Nordwind&b=${encodeURIComponent(SOUTH)}`),
  'get /v1/licences': () => api.request('/v1/licences?country=DE&limit=3'),
  'get /v1/regulators': () => api.request('/v1/regulators'),
  'get /v1/regulators/{code}': () => api.request('/v1/regulators/mt-exa'),
  'get /v1/rankings': () => api.request('/v1/rankings?by=newly_licensed'),
  'get /v1/registry/changes': () => api.request('/v1/registry/changes?kind=licence'),
  'get /v1/news': () => api.request('/v1/news?type=acquisition&limit=5'),
  'get /v1/news/{id}': () => api.request(`/v1/news/${ARTICLE.id}`),
  'get /news/feed.xml': () => api.request('/news/feed.xml'),
  'get /news/feed.json': () => api.request('/news/feed.json?topic=Tech'),
  'get /v1/chains': () => api.request('/v1/chains'),
  'get /v1/blocks/{chain}/{n}': () => api.request(`/v1/blocks/${CHAIN}/${BLOCK}?limit=5`),
  'get /v1/tx/{chain}/{hash}': () => api.request(`/v1/tx/${CHAIN}/${TX}?lang=de`),
  'get /v1/addresses/{caip10}': () => api.request(`/v1/addresses/${WALLET}`),
  'get /v1/addresses/{caip10}/transfers': () =>
    api.request(`/v1/addresses/${WALLET}/transfers?direction=in`),
  'get /v1/addresses/{caip10}/counterparties': () =>
    api.request(`/v1/addresses/${WALLET}/counterparties`),
  'get /v1/tokens/{caip19}': () => api.request(`/v1/tokens/${TOKEN}`),
  'get /v1/alerts': () => api.request('/v1/alerts?state=provisional'),
  'get /v1/alerts/stream': () => api.request('/v1/alerts/stream'),
  'get /healthz': () => api.request('/healthz'),
  'get /readyz': () => api.request('/readyz'),
  'get /metrics': () => api.request('/metrics'),
}

let document: OpenApi

beforeAll(async () => {
  document = (await (await api.request('/openapi.json')).json()) as OpenApi
})

async function undocumented(operation: Operation, response: Response): Promise<readonly string[]> {
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? ''
  const schema = operation.responses[response.status]?.content?.[mediaType]?.schema
  if (schema === undefined) return [`${response.status} ${mediaType} is not documented`]
  const value: unknown = mediaType.endsWith('json') ? await response.json() : await response.text()
  return violations(document, schema, value)
}

describe('the OpenAPI document', () => {
  it('is version 3.1 and holds every operation of the route table', () => {
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(operations.sort()).toEqual(
      [...API_ROUTES.map((r) => `${r.method} ${r.path}`), 'get /v1/alerts/stream'].sort(),
    )
    expect(operations).toEqual(Object.keys(GOOD).sort())
  })

  it.each(API_ROUTES.map((r) => [r.method, r.path] as const))(
    'describes exactly what %s %s answers',
    async (method, path) => {
      const response = await GOOD[`${method} ${path}`]?.()
      const operation = document.paths[path]?.[method]
      if (response === undefined || operation === undefined) throw new Error('no such operation')
      expect(response.status).toBe(200)
      expect(await undocumented(operation, response)).toEqual([])
    },
  )

  it.each(API_ROUTES.map((r) => [r.method, r.path] as const))(
    'describes the problems of %s %s: wrong parameter, wrong form',
    async (method, path) => {
      const operation = document.paths[path]?.[method]
      if (operation === undefined) throw new Error('no such operation')
      const address = path.replaceAll(/\{\w+\}/g, HASH)
      const init = {
        method: method.toUpperCase(),
        ...(method === 'post'
          ? { body: '{}', headers: { 'content-type': 'application/json' } }
          : {}),
      }
      const wrong = await api.request(`${address}?nonsense=1`, init)
      expect(wrong.status).toBe(400)
      expect(await undocumented(operation, wrong)).toEqual([])
      const form = await api.request(address, {
        ...init,
        headers: { ...init.headers, accept: 'image/png' },
      })
      expect(form.status).toBe(406)
      expect(await undocumented(operation, form)).toEqual([])
    },
  )

  it.each(['danger', 'warning', 'no_adverse_evidence', 'unknown'] satisfies VerdictValue[])(
    'describes a verdict %s',
    async (value) => {
      const word = value === 'no_adverse_evidence' ? 'clean' : value
      const response = await api.request(`/v1/check?q=${word}`)
      expect(await response.clone().json()).toMatchObject({ verdict: value, query: word })
      const operation = document.paths['/v1/check']?.get
      if (operation === undefined) throw new Error('no such operation')
      expect(await undocumented(operation, response)).toEqual([])
    },
  )
})

describe('what is asked', () => {
  const asked: unknown[] = []
  const listening = createApi({
    version: '0.0.0',
    queries: new Proxy(sampleQueries, {
      get: (target, name: keyof Queries) => (params: never, more: never) => {
        asked.push([name, params, more])
        return target[name](params, more)
      },
    }),
  })

  it.each([
    [
      '/v1/check?q=a%2Bb+c&country=de&service=a&asOf=2024-02-29&knownAt=2024-03-01T12:00:00Z&lang=zh-Hans',
      [
        'check',
        {
          q: 'a+b c',
          country: 'DE',
          service: 'a',
          asOf: '2024-02-29',
          knownAt: '2024-03-01T12:00:00Z',
          lang: 'zh-Hans',
        },
        undefined,
      ],
    ],
    ['/v1/check?q=%E4%B8%AD%E6%96%87', ['check', { q: '中文' }, undefined]],
    [
      '/v1/search?q=x&limit=500&cursor=abc',
      ['search', { q: 'x', limit: 500, cursor: 'abc' }, undefined],
    ],
    [
      `/v1/entities/${encodeURIComponent('xx_list:a/b?c#d%2F é')}?asOf=2024-01-01`,
      ['entity', 'xx_list:a/b?c#d%2F é', { asOf: '2024-01-01' }],
    ],
    ['/v1/changes', ['changes', { since: 0 }, undefined]],
    [
      '/v1/changes?since=12&entity=xx:1&limit=3',
      ['changes', { since: 12, entity: 'xx:1', limit: 3 }, undefined],
    ],
  ])('reaches the query as written: %s', async (path, call) => {
    asked.length = 0
    expect((await listening.request(path)).status).toBe(200)
    expect(asked).toEqual([call])
  })

  it.each([
    ['/v1/check', 'request.invalid'],
    ['/v1/check?q=', 'query.empty'],
    ['/v1/check?q=%20%09', 'query.empty'],
    [`/v1/check?q=${'x'.repeat(2_049)}`, 'query.too_long'],
    ['/v1/check?q=a&q=b', 'request.repeated_parameter'],
    ['/v1/check?q=a&asof=2024-01-01', 'request.unknown_parameter'],
    ['/v1/check?q=a&asOf=2024-02-30', 'request.invalid'],
    ['/v1/check?q=a&asOf=yesterday', 'request.invalid'],
    ['/v1/check?q=a&asOf=2024-01-01T12:00:00', 'request.invalid'],
    ['/v1/check?q=a&asOf=2024-01-01T25:00:00Z', 'request.invalid'],
    ['/v1/check?q=a&country=DEU', 'request.invalid'],
    ['/v1/check?q=a&service=k', 'request.invalid'],
    ['/v1/check?q=a&lang=x', 'request.invalid'],
    ['/v1/search?q=a&limit=0', 'request.invalid'],
    ['/v1/search?q=a&limit=501', 'request.invalid'],
    ['/v1/search?q=a&limit=1e2', 'request.invalid'],
    ['/v1/changes?since=-1', 'request.invalid'],
    ['/v1/changes?since=99999999999999999999', 'request.invalid'],
    ['/v1/entities/xx_list:1/statements?cursor=abc', 'request.invalid'],
    ['/v1/entities/xx_list:1/statements?cursor=-1', 'request.invalid'],
    ['/v1/statements/zz/row', 'request.invalid'],
    ['/v1/check?q=refused', 'query.unreadable'],
  ])('is refused with a reason: %s', async (path, code) => {
    const response = await api.request(path)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ type: `/problems/${code}`, code, status: 400 })
  })

  it('takes the longest allowed query', async () => {
    expect((await api.request(`/v1/check?q=${'x'.repeat(2_048)}`)).status).toBe(200)
  })
})

describe('a batch', () => {
  it('answers in order, and one bad query never fails the others', async () => {
    const response = await post('{"queries":[{"q":"danger"},{"q":" "},{"q":"clean"}]}')
    const answer = (await response.json()) as { results: { verdict: string }[] }
    expect(answer.results.map((result) => result.verdict)).toEqual([
      'danger',
      'unknown',
      'no_adverse_evidence',
    ])
  })

  it.each([
    ['{"queries":[]}', 200, undefined],
    [
      JSON.stringify({ queries: Array.from({ length: 1_000 }, () => ({ q: 'x' })) }),
      200,
      undefined,
    ],
    [
      JSON.stringify({ queries: Array.from({ length: 1_001 }, () => ({ q: 'x' })) }),
      413,
      'query.batch_too_large',
    ],
    ['{"queries":[{"q":1}]}', 400, 'request.invalid'],
    ['{"queries":[{"query":"x"}]}', 400, 'request.invalid'],
    ['{"queries":{}}', 400, 'request.invalid'],
    ['[]', 400, 'request.invalid'],
    ['null', 400, 'request.invalid'],
    ['', 400, 'request.not_json'],
    ['{"queries":[', 400, 'request.not_json'],
  ])('%.60s → %i', async (body, status, code) => {
    const response = await post(body)
    expect(response.status).toBe(status)
    if (code !== undefined) expect(await response.json()).toMatchObject({ code })
  })
})

describe('entities', () => {
  it('pages through the statements, each exactly once', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const next = cursor === null ? '' : `&cursor=${cursor}`
      const response = await api.request(`/v1/entities/xx_list:1/statements?limit=99${next}`)
      const page = (await response.json()) as {
        statements: { id: string }[]
        nextCursor: string | null
      }
      seen.push(...page.statements.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(ENTITY.statements.map(({ id }) => id))
  })

  it('sends a merged id to its new place, with the same tail', async () => {
    const old = encodeURIComponent('xx_list:old/merged?#%')
    const moved = encodeURIComponent('xx_list:new/ä?#%')
    for (const tail of ['', '/statements']) {
      const response = await api.request(`/v1/entities/${old}${tail}`)
      expect(response.status).toBe(308)
      expect(response.headers.get('location')).toBe(`/v1/entities/${moved}${tail}`)
    }
  })

  it.each(['', '/statements', '/timeline', '/adjacent'])(
    'answers 404 for an entity nobody named, at %s',
    async (tail) => {
      const response = await api.request(`/v1/entities/nobody:1${tail}`)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'entity.unknown' })
    },
  )
})

describe('HTTP', () => {
  it('answers HEAD like GET, without the body', async () => {
    const response = await api.request('/v1/sources', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('etag')).toMatch(/^W\/"/)
    expect(await response.text()).toBe('')
  })

  it.each([
    ['DELETE', '/v1/check', 'GET, POST, HEAD, OPTIONS'],
    ['PUT', '/v1/sources', 'GET, HEAD, OPTIONS'],
    ['POST', '/v1/entities/a', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('names what an address takes: %s %s', async (method, path, allow) => {
    const response = await api.request(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allow)
    expect(await response.json()).toMatchObject({ code: 'request.method' })
  })

  it('answers a preflight for any site', async () => {
    const response = await api.request('/v1/check', { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-methods')).toContain('POST')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it.each(['/v1', '/v1/', '/v1/nothing', '/nowhere', '/v1/check/more', '/v1//check'])(
    'has nothing at %s',
    async (path) => {
      const response = await api.request(path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'request.not_found' })
    },
  )

  it.each(NOT_BUILT)('says that %s is not built yet', async (path) => {
    const response = await api.request(path.replaceAll(/:\w+/g, 'x'))
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ type: '/problems/not_built', code: 'not_built' })
  })

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/*;q=0.1', 'application/json'],
    ['text/plain', 'text/plain; charset=utf-8'],
    ['application/json;q=0.5, text/plain', 'text/plain; charset=utf-8'],
    ['text/html, */*;q=0.1', 'application/json'],
  ])('gives the form that is asked for: Accept %s', async (accept, expected) => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept }
    const response = await api.request('/v1/checkpoint', { headers })
    expect(response.headers.get('content-type')).toBe(expected)
    if (expected.startsWith('text')) expect(await response.text()).toBe(CHECKPOINT.note)
  })

  it('knows its own paths among the pages', () => {
    const own = ['/v1/check', '/v1', '/healthz', '/readyz', '/metrics', '/openapi.json']
    expect(own.filter((path) => !isApiPath(path))).toEqual([])
    expect(['/', '/v10', '/en/check', '/api', '/metrics/x'].filter(isApiPath)).toEqual([])
  })
})

describe('caching', () => {
  it.each(['/v1/sources', '/v1/entities/xx_list:1', '/openapi.json', '/v1/check?q=danger'])(
    'answers 304 without a body while %s is unchanged',
    async (path) => {
      const first = await api.request(path)
      const etag = first.headers.get('etag') ?? ''
      for (const tag of [etag, `"other", ${etag}`, '*', etag.replace('W/', '')]) {
        const again = await api.request(path, { headers: { 'if-none-match': tag } })
        expect(again.status).toBe(304)
        expect(again.headers.get('etag')).toBe(etag)
        expect(await again.text()).toBe('')
      }
      const other = await api.request(path, { headers: { 'if-none-match': '"other"' } })
      expect(other.status).toBe(200)
    },
  )

  it('has one tag for an answer at two moments, and another when a list has gone stale', async () => {
    const tagAt = async (asOf: string, ageSeconds: number, state: 'current' | 'stale') => {
      const other = createApi({
        version: '0.0.0',
        queries: {
          ...sampleQueries,
          check: async (params) => {
            const verdict = await sampleQueries.check(params)
            const checked = verdict.checked.map((row) => ({ ...row, ageSeconds, state }))
            return { ...verdict, asOf, knownAt: asOf, checked }
          },
        },
      })
      return (await other.request('/v1/check?q=danger')).headers.get('etag')
    }
    const first = await tagAt('2026-03-01T12:00:00Z', 10, 'current')
    expect(await tagAt('2026-03-01T12:00:05Z', 15, 'current')).toBe(first)
    expect(await tagAt('2026-03-01T12:00:05Z', 15, 'stale')).not.toBe(first)
  })

  it('lets nobody but the asker keep what was asked', async () => {
    const cacheOf = async (path: string) => (await api.request(path)).headers.get('cache-control')
    expect(await cacheOf('/v1/check?q=danger')).toBe('private, no-cache')
    expect(await cacheOf('/v1/search?q=danger')).toBe('private, no-cache')
    expect(await cacheOf('/v1/sources')).toBe('public, no-cache')
    expect(await cacheOf('/healthz')).toBe('no-store')
    expect(await cacheOf('/v1/nothing')).toBe('no-store')
  })
})

describe('operations', () => {
  it('is not ready while the stores do not answer, and says so without their words', async () => {
    const broken = createApi({
      version: '0.0.0',
      queries: {
        ...sampleQueries,
        stats: async () => {
          throw new Error('disk I/O error in /var/lib/custos.db')
        },
      },
    })
    const response = await broken.request('/readyz')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.text()).not.toContain('/var/lib')
    expect((await broken.request('/healthz')).status).toBe(200)
  })

  it('counts requests by declared route, never by what was asked', async () => {
    await api.request('/v1/entities/xx_list:secret-thing')
    const text = await (await api.request('/metrics')).text()
    expect(text).toContain('route="/v1/entities/{id}"')
    expect(text).not.toContain('secret-thing')
    expect(text).toContain('custos_datasets{state="failed"} 1')
    expect(text).toContain('custos_statements 250')
  })

  it('answers an empty ledger with a problem of its own', async () => {
    const empty = createApi({
      version: '0.0.0',
      queries: { ...sampleQueries, checkpoint: async () => null },
    })
    const response = await empty.request('/v1/checkpoint')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'ledger.empty' })
  })
})
