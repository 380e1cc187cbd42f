import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { sampleQueries } from '../support/sample-queries.ts'

/**
 * API6:2023 Unrestricted Access to Sensitive Business Flows. What is sensitive here is who asks
 * about whom: a question is not kept by caches, is not logged, and does not show in metrics.
 */
const logged: unknown[] = []
const log = {
  info: (...entry: unknown[]) => void logged.push(entry),
  warn: (...entry: unknown[]) => void logged.push(entry),
  error: (...entry: unknown[]) => void logged.push(entry),
}
const labels: unknown[] = []
const api = createApi({
  queries: sampleQueries,
  version: '0.0.0',
  log,
  metrics: {
    request: (...entry) => void labels.push(entry),
    limited: () => {},
    datasets: () => {},
    ledger: () => {},
    freshness: () => {},
    chains: () => {},
    contentType: 'text/plain',
    text: async () => '',
  },
})

describe('who asks about whom stays between the two', () => {
  it.each([
    '/v1/check?q=secret-person',
    '/v1/check?q=secret-person&asOf=2024-01-01',
    '/v1/check?q=secret-person&nonsense=1',
    '/v1/check?q=secret-person&asOf=never',
    '/v1/search?q=secret-person',
    '/v1/search?q=secret-person&limit=9999',
    '/v1/suggest?q=secret-person',
    '/v1/entities/xx_list:secret-person',
    '/v1/entities/xx_list:secret-person/timeline',
    '/v1/entities/nobody:secret-person',
    '/v1/changes?entity=secret-person',
    '/v1/nothing/secret-person',
  ])('%s', async (path) => {
    logged.length = 0
    labels.length = 0
    const response = await api.request(path)
    expect(response.headers.get('cache-control')).toMatch(/private|no-store|no-cache/)
    expect(JSON.stringify(logged)).not.toContain('secret-person')
    expect(JSON.stringify(labels)).not.toContain('secret-person')
    expect(JSON.stringify([...response.headers])).not.toContain('secret-person')
  })

  it('an unexpected fault is logged without the question', async () => {
    logged.length = 0
    expect((await api.request('/v1/check?q=fault&lang=de')).status).toBe(500)
    expect(logged).toHaveLength(1)
    expect(JSON.stringify(logged)).not.toContain('lang=de')
  })
})
