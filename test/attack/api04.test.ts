import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { createRateLimiter } from '../../src/api/rate-limit.ts'
import { fixedClock } from '../../src/base/clock.ts'
import { NOW, sampleQueries } from '../support/sample-queries.ts'

/**
 * API4:2023 Unrestricted Resource Consumption. What a request costs is bounded and counted; the
 * bounds on bytes and time are in `limits.test.ts`.
 */
const policy = { name: 'default', quota: 200, windowSeconds: 60 }
const started = () =>
  createApi({
    queries: sampleQueries,
    version: '0.0.0',
    limiter: createRateLimiter({ remote: policy, local: undefined }, fixedClock(NOW)),
  })
const env = { incoming: { socket: { remoteAddress: '192.0.2.1' } } }
const batch = (count: number) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ queries: Array.from({ length: count }, () => ({ q: 'x' })) }),
})

/** How often the route is answered before its client has to wait. */
async function answersOf(path: string, init: RequestInit = {}): Promise<number> {
  const api = started()
  for (let n = 0; n < 1_000; n++) {
    const response = await api.request(path, init, env)
    if (response.status === 429) return n
  }
  return 1_000
}

describe('a client is stopped by what its requests cost', () => {
  it.each([
    ['/v1/check?q=x', {}, 100],
    ['/v1/entities/xx_list:1', {}, 100],
    ['/v1/sources', {}, 100],
    ['/v1/changes', {}, 50],
    ['/v1/suggest?q=x', {}, 50],
    ['/v1/search?q=x', {}, 25],
    ['/v1/check', batch(20), 100],
    ['/v1/check', batch(200), 10],
    ['/v1/check', batch(1_000), 2],
  ])('%s %o: %i answers', async (path, init, expected) => {
    expect(await answersOf(path, init)).toBe(expected)
  })

  it('a refused request is counted too: errors are no free way to ask', async () => {
    expect(await answersOf('/v1/check')).toBe(100)
    expect(await answersOf('/v1/entities/nobody:1')).toBe(100)
  })

  it.each(['501', '1000000', '-1', '0', '1.5', '0x10', '', ' 5'])(
    'a page of %j rows is refused',
    async (limit) => {
      const response = await started().request(`/v1/search?q=x&limit=${encodeURIComponent(limit)}`)
      expect(response.status).toBe(400)
    },
  )

  it('a batch above its limit is refused before anything is asked', async () => {
    let asked = 0
    const api = createApi({
      version: '0.0.0',
      queries: {
        ...sampleQueries,
        checkBatch: (params) => {
          asked++
          return sampleQueries.checkBatch(params)
        },
      },
    })
    expect((await api.request('/v1/check', batch(1_001))).status).toBe(413)
    expect(asked).toBe(0)
    expect((await api.request('/v1/check', batch(1_000))).status).toBe(200)
    expect(asked).toBe(1)
  })
})
