import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { API_ROUTES, createApi } from '../../src/api/app.ts'
import { fakeChain } from '../support/fake-chain.ts'
import { sampleNews } from '../support/sample-news.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'
import { sampleRegistry } from '../support/sample-registry.ts'

const api = createApi({
  queries: sampleQueries,
  rates: sampleRates,
  registry: await sampleRegistry(),
  news: sampleNews,
  chain: { changes: async () => [], head: async () => 0, ...fakeChain() },
  version: '0.0.0',
})

/** Text that has broken parsers before, and text nobody thought of. */
const nasty = fc.oneof(
  fc.constantFrom(
    "' OR 1=1 --",
    '"; DROP TABLE statement; --',
    '../../../etc/passwd',
    '..%2f..%2f',
    '%00',
    '%',
    '%zz',
    '__proto__',
    'constructor',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\u0000',
    '\ud800',
    '\u202egpj.exe',
    '=cmd|calc!A1',
    '-1',
    '1e308',
    'NaN',
    'null',
    'eip155:1:0x',
    'xx_list:1',
    'ab'.repeat(32),
    'fault',
  ),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ maxLength: 3_000 }),
)
const names = [
  ...new Set(API_ROUTES.flatMap((route) => Object.keys(route.query.shape))),
  '__proto__',
  'constructor',
  'nonsense',
]

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

async function isSound(response: Response): Promise<void> {
  const text = await response.text()
  const asked = response.status
  // The sample raises one unexpected fault on purpose: its words must stay inside.
  if (asked >= 500) expect(text).toContain('"code":"internal.error"')
  expect(text).not.toMatch(/SELECT|\/home\/|node_modules|\.ts:\d|at async/)
  if (asked >= 400) {
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const problem = JSON.parse(text) as { type: string; status: number; code: string }
    expect(problem.type).toBe(`/problems/${problem.code}`)
    expect(problem.status).toBe(asked)
  }
}

describe('200 hostile requests for each operation', () => {
  it.each(API_ROUTES.map((route) => [route.method, route.path] as const))(
    '%s %s answers each with an answer or a documented problem',
    async (method, path) => {
      await fc.assert(
        fc.asyncProperty(
          nasty,
          fc.array(fc.tuple(fc.constantFrom(...names), nasty), { maxLength: 4 }),
          fc.oneof(fc.json(), nasty),
          async (id, query, body) => {
            const address = path.replace('{id}', encode(id) || 'x')
            const search = query.map(([name, value]) => `${name}=${encode(value)}`).join('&')
            const response = await api.request(`${address}?${search}`, {
              method: method.toUpperCase(),
              ...(method === 'post'
                ? { body, headers: { 'content-type': 'application/json' } }
                : {}),
            })
            await isSound(response)
          },
        ),
        { numRuns: 200 },
      )
    },
  )

  it('any address at all is an answer or a documented problem', async () => {
    await fc.assert(
      fc.asyncProperty(
        nasty,
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'),
        async (path, method) => {
          const response = await api.request(`/v1/${encodeURI(path.toWellFormed())}`, { method })
          if (method !== 'HEAD' && method !== 'OPTIONS') await isSound(response)
          expect(response.status).toBeLessThan(502)
        },
      ),
      { numRuns: 500 },
    )
  })
})
