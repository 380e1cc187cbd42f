import { describe, expect, it } from 'vitest'
import { NOW, sampleQueries } from '../../test/support/sample-queries.ts'
import { fixedClock } from '../base/clock.ts'
import { createApi } from './app.ts'
import { createRateLimiter } from './rate-limit.ts'
import { type Fetch, gateway } from './serve.ts'

const PROXY = '10.0.0.1'
const policy = { name: 'default', quota: 20, windowSeconds: 60 }

function started() {
  const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(NOW))
  const trustedProxies = [PROXY]
  const api = createApi({ queries: sampleQueries, version: '0', limiter, trustedProxies })
  const web: Fetch = (request) => new Response(`page ${new URL(request.url).pathname}`)
  const fetch = gateway({ api: api.fetch, web, limiter, trustedProxies })
  return (path: string, headers: Record<string, string> = {}, peer = '192.0.2.1') =>
    fetch(new Request(`http://custos.example${path}`, { headers }), {
      incoming: { socket: { remoteAddress: peer } },
    })
}

describe('one address for API and pages', () => {
  it.each([
    ['/v1/check?q=danger', 'application/json'],
    ['/v1/nothing', 'application/problem+json'],
    ['/openapi.json', 'application/json'],
    ['/healthz', 'application/json'],
    ['/en/check?q=/v1/check', 'text/plain;charset=UTF-8'],
    ['/', 'text/plain;charset=UTF-8'],
    ['/?next=/v1/check', 'text/plain;charset=UTF-8'],
    ['/en/../v1/sources', 'application/json'],
    ['//v1/check', 'text/plain;charset=UTF-8'],
    ['/%76%31/check', 'text/plain;charset=UTF-8'],
  ])('%s is answered as %s', async (path, mediaType) => {
    expect((await started()(path)).headers.get('content-type')).toBe(mediaType)
  })

  it('has one quota for both, by the client behind a trusted proxy', async () => {
    const ask = started()
    const one = { 'x-forwarded-for': '198.51.100.1' }
    for (let n = 0; n < 5; n++) expect((await ask('/en/', one, PROXY)).status).toBe(200)
    const refused = await ask('/en/', one, PROXY)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('12')
    expect((await ask('/v1/sources', one, PROXY)).status).toBe(429)
    expect((await ask('/en/', { 'x-forwarded-for': '198.51.100.2' }, PROXY)).status).toBe(200)
    expect((await ask('/healthz', one, PROXY)).status).toBe(200)
  })
})
