import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOW, sampleQueries } from '../../test/support/sample-queries.ts'
import { fixedClock } from '../base/clock.ts'
import { createApi } from './app.ts'
import { createRateLimiter, DEFAULT_RATE_LIMIT, rateHeaders } from './rate-limit.ts'

const START = Date.parse(NOW)
const policy = { name: 'default', quota: 100, windowSeconds: 60 }

describe('the rate limit', () => {
  it('lets no window of any position see more than the quota (100,000 arrivals)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 200, maxLength: 200 }),
        fc.integer({ min: 1, max: 200 }),
        (gaps, quota) => {
          const clock = fixedClock(START)
          const limiter = createRateLimiter(
            { remote: { name: 'p', quota, windowSeconds: 60 }, local: undefined },
            clock,
          )
          const accepted: number[] = []
          let ms = START
          for (const gap of gaps) {
            ms += gap
            clock.set(ms)
            if (limiter.take('192.0.2.1', 1)?.isAccepted) accepted.push(ms)
          }
          let oldest = 0
          for (const [n, at] of accepted.entries()) {
            while ((accepted[oldest] ?? at) <= at - 60_000) oldest++
            expect(n - oldest + 1).toBeLessThanOrEqual(quota)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('counts an IPv6 network as one, and two IPv4 neighbours as two', () => {
    const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(START))
    for (let n = 0; n < 50; n++) limiter.take(`2001:db8:0:1::${n.toString(16)}`, 1)
    expect(limiter.take('2001:db8:0:1:ffff::1', 1)?.isAccepted).toBe(false)
    expect(limiter.take('2001:db8:0:2::1', 1)?.isAccepted).toBe(true)
    for (let n = 0; n < 50; n++) limiter.take('192.0.2.1', 1)
    expect(limiter.take('::ffff:192.0.2.1', 1)?.isAccepted).toBe(false)
    expect(limiter.take('192.0.2.2', 1)?.isAccepted).toBe(true)
  })

  it('weighs what costs more, and never locks a costly request out for ever', () => {
    const clock = fixedClock(START)
    const limiter = createRateLimiter({ remote: policy, local: undefined }, clock)
    expect(limiter.take('192.0.2.1', 10_000)?.isAccepted).toBe(true)
    const refused = limiter.take('192.0.2.1', 1)
    expect(refused).toMatchObject({ isAccepted: false, remaining: 0, resetSeconds: 2 })
    clock.set(START + 2_000)
    expect(limiter.take('192.0.2.1', 1)?.isAccepted).toBe(true)
  })

  it('gives nothing for a clock that goes back', () => {
    const clock = fixedClock(START)
    const limiter = createRateLimiter({ remote: policy, local: undefined }, clock)
    for (let n = 0; n < 50; n++) limiter.take('192.0.2.1', 1)
    clock.set(START - 3_600_000)
    expect(limiter.take('192.0.2.1', 1)?.isAccepted).toBe(false)
    clock.set(START)
    expect(limiter.take('192.0.2.1', 1)?.isAccepted).toBe(false)
  })

  it('stays bounded under addresses without end, and lets none of them escape', () => {
    const limiter = createRateLimiter(
      { remote: { name: 'p', quota: 2, windowSeconds: 60 }, local: undefined },
      fixedClock(START),
    )
    const address = (n: number) => `${10 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.1`
    let accepted = 0
    for (let n = 0; n < 100_500; n++) if (limiter.take(address(n), 1)?.isAccepted) accepted++
    expect(accepted).toBe(100_001)
    expect(limiter.take(address(0), 1)?.isAccepted).toBe(false)
  })

  it('limits the machine itself only by its own policy', () => {
    const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(START))
    expect(limiter.take('127.0.0.1', 1)).toBeUndefined()
    expect(limiter.take('::1', 1)).toBeUndefined()
    expect(limiter.take(undefined, 1)).toBeUndefined()
    const own = createRateLimiter(DEFAULT_RATE_LIMIT, fixedClock(START))
    expect(own.take('127.0.0.1', 1)?.policy.name).toBe('local')
  })

  it('writes the headers of the draft', () => {
    const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(START))
    const first = limiter.take('192.0.2.1', 1)
    if (first === undefined) throw new Error('not counted')
    expect(rateHeaders(first)).toEqual({
      'ratelimit-policy': '"default";q=100;w=60',
      ratelimit: '"default";r=49;t=0',
    })
  })
})

describe('an API with a rate limit', () => {
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } })

  it('answers 429 with the time to wait, and probes are never refused', async () => {
    const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(START))
    const api = createApi({ queries: sampleQueries, version: '0', limiter })
    const ask = (path: string) => api.request(path, {}, from('192.0.2.1'))
    for (let n = 0; n < 12; n++) expect((await ask('/v1/search?q=x')).status).toBe(200)
    const third = await ask('/v1/check?q=x')
    expect(third.headers.get('ratelimit')).toBe('"default";r=1;t=0')
    const refused = await ask('/v1/search?q=x')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('4')
    expect(refused.headers.get('ratelimit-policy')).toBe('"default";q=100;w=60')
    expect(await refused.json()).toMatchObject({ code: 'request.rate_limited' })
    expect((await ask('/healthz')).status).toBe(200)
  })

  it('charges a batch by what it asks', async () => {
    const limiter = createRateLimiter({ remote: policy, local: undefined }, fixedClock(START))
    const api = createApi({ queries: sampleQueries, version: '0', limiter })
    const batch = (count: number) =>
      api.request(
        '/v1/check',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ queries: Array.from({ length: count }, () => ({ q: 'x' })) }),
        },
        from('192.0.2.1'),
      )
    expect((await batch(20)).headers.get('ratelimit')).toBe('"default";r=49;t=0')
    expect((await batch(600)).headers.get('ratelimit')).toBe('"default";r=19;t=0')
    expect((await batch(600)).status).toBe(429)
  })
})
