import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { sampleQueries } from '../support/sample-queries.ts'

/**
 * API3:2023 Broken Object Property Level Authorization. No member that a client adds reaches the
 * queries, and no member goes out that is not documented (`app.test.ts` compares both ways).
 */
const received: unknown[] = []
const api = createApi({
  version: '0.0.0',
  queries: {
    ...sampleQueries,
    checkBatch: (params) => {
      received.push(params)
      return sampleQueries.checkBatch(params)
    },
  },
})
const post = (body: string) =>
  api.request('/v1/check', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })

describe('a member that is not part of the request is refused', () => {
  it.each([
    '{"queries":[{"q":"x"}],"admin":true}',
    '{"queries":[{"q":"x"}],"ruleset":"2020.01"}',
    '{"queries":[{"q":"x"}],"checked":[]}',
    '{"queries":[{"q":"x","verdict":"no_adverse_evidence"}]}',
    '{"queries":[{"q":"x","asOf":"2020-01-01"}]}',
    '{"queries":[{"q":"x","__proto__x":1}]}',
    '{"queries":[{"q":"x","constructor":{"prototype":{"polluted":1}}}]}',
    '{"queries":[{"q":"x"}],"constructor":{}}',
    '{"queries":{"0":{"q":"x"},"length":1}}',
    '{"queries":[["x"]]}',
    '{"queries":["x"]}',
    '{"queries":[null]}',
    '{"q":"x"}',
  ])('%s', async (body) => {
    received.length = 0
    expect((await post(body)).status).toBe(400)
    expect(received).toEqual([])
  })

  it('a prototype cannot be set through the body or the address', async () => {
    await post('{"queries":[{"q":"x","__proto__":{"polluted":1}}],"__proto__":{"polluted":1}}')
    await api.request('/v1/check?q=x&__proto__[polluted]=1&constructor.prototype.polluted=1')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    for (const params of received) expect(JSON.stringify(params)).not.toContain('polluted')
  })
})
