import { describe, expect, it } from 'vitest'
import { API_ROUTES, createApi } from '../../src/api/app.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'

/**
 * API5:2023 Broken Function Level Authorization. What an operator does, the command line does:
 * nothing that writes can be reached over HTTP.
 */
const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })

describe('nothing that writes is reachable', () => {
  it.each([
    '/v1/sync',
    '/v1/rebuild',
    '/v1/export',
    '/v1/config',
    '/v1/doctor',
    '/v1/init',
    '/v1/admin',
    '/admin',
    '/v1/sources/us_ofac_sdn/sync',
    '/v1/entities/xx_list:1/delete',
    '/v1/log/append',
    '/debug',
    '/.env',
    '/custos.config.json',
    '/data/custos.db',
  ])('%s', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await api.request(path, { method })).status).toBe(404)
    }
  })

  it.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND', 'LOCK'])('no route takes %s', async (method) => {
    for (const { path } of API_ROUTES) {
      const response = await api.request(path.replace('{id}', 'xx_list:1'), { method })
      expect(response.status).toBe(405)
    }
  })

  it('a header or parameter cannot turn a read into another method', async () => {
    const headers = { 'x-http-method-override': 'POST', 'x-method-override': 'POST' }
    const response = await api.request('/v1/check?q=danger', { headers })
    expect(await response.json()).toMatchObject({ verdict: 'danger' })
    expect((await api.request('/v1/check?q=danger&_method=POST')).status).toBe(400)
  })

  it('the only routes that are not a GET are questions too long for an address', () => {
    const others = API_ROUTES.filter(({ method }) => method !== 'get')
    expect(others.map(({ path }) => path)).toEqual(['/v1/check', '/v1/fx-purchase'])
  })
})
