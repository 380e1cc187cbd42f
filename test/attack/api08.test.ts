import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import type { RunningServer } from '../../src/api/serve.ts'
import { exchange, startApi, statusOf } from '../support/api-server.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'

/**
 * API8:2023 Security Misconfiguration. Errors keep what is inside to themselves; the server does
 * not introduce itself; methods and origins are what the routes declare.
 */
let server: RunningServer
const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })

beforeAll(async () => {
  server = await startApi()
})
afterAll(async () => {
  await server.close()
})

describe('a fault keeps its words inside', () => {
  it.each([
    new Error('SELECT * FROM secret WHERE path = /var/lib/custos'),
    new TypeError("Cannot read properties of undefined (reading 'x')"),
    Object.assign(new Error('SQLITE_CORRUPT: /data/custos.db'), { code: 'SQLITE_CORRUPT' }),
    Object.assign(new Error('secret'), { status: 200 }),
    Object.assign(new Error('secret'), { status: 404, expose: true }),
    'a thrown text with /var/lib/secret',
    { secret: '/var/lib' },
    null,
    undefined,
    42,
  ])('%s', async (fault) => {
    const broken = createApi({
      version: '0.0.0',
      queries: {
        ...sampleQueries,
        async check() {
          throw fault
        },
      },
    })
    const response = await broken.request('/v1/check?q=x')
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      type: '/problems/internal.error',
      title: 'Something went wrong',
      status: 500,
      detail: 'Something went wrong inside Custos.',
      code: 'internal.error',
    })
  })
})

describe('the server', () => {
  it('does not introduce itself', async () => {
    const { headers } = await fetch(`${server.url}v1/check?q=x`)
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-response-time')).toBeNull()
  })

  it.each([
    'TRACE /v1/check HTTP/1.1\r\nhost: x\r\nsecret: y\r\n\r\n',
    'CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: x\r\nsecret: y\r\n\r\n',
    'GET http://127.0.0.1:22/ HTTP/1.1\r\nhost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /v1/check?q=x HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  ])('has no use for %j', async (bytes) => {
    const text = await exchange(server.port, bytes)
    expect(text).not.toContain('secret: y')
    expect(statusOf(text)).not.toBe(101)
    expect(statusOf(text)).toBeLessThan(500)
  })

  it('never allows a site to send the visitor’s credentials', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost']) {
      const { headers } = await api.request('/v1/check?q=x', { headers: { origin } })
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})
