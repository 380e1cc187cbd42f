import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'

/**
 * API2:2023 Broken Authentication. There are no accounts: no credential may change an answer,
 * be asked for, set, or repeated.
 */
const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })

describe('credentials mean nothing here', () => {
  it.each([
    { authorization: 'Bearer ey.ey.x' },
    { authorization: 'Basic YWRtaW46YWRtaW4=' },
    { authorization: 'bearer' },
    { authorization: 'Digest username="admin"' },
    { cookie: 'session=1' },
    { cookie: 'admin=true; role=root' },
    { 'x-api-key': 'secret' },
    { 'x-auth-token': 'secret' },
    { 'x-user': 'admin' },
    { 'x-remote-user': 'admin' },
    { 'proxy-authorization': 'Basic YTph' },
    { 'x-forwarded-user': 'admin' },
  ])('%j', async (headers) => {
    const plain = await api.request('/v1/check?q=danger')
    const other = await api.request('/v1/check?q=danger', { headers })
    expect(await other.text()).toBe(await plain.text())
    expect(other.headers.get('www-authenticate')).toBeNull()
    expect(other.headers.get('set-cookie')).toBeNull()
    expect(JSON.stringify([...other.headers])).not.toMatch(/secret|admin|session=/)
  })

  it('a key in the address is refused, so that none is ever written there', async () => {
    for (const name of ['key', 'api_key', 'apikey', 'token', 'access_token']) {
      expect((await api.request(`/v1/check?q=x&${name}=secret`)).status).toBe(400)
    }
  })
})
