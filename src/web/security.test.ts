import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectCalm } from '../../test/support/calm.ts'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { fakeQueries } from '../../test/support/fake-queries.ts'
import { ASK, FIRM_ID } from '../../test/support/fake-verdicts.ts'
import { parsePage } from '../../test/support/html.ts'
import type { Queries } from '../query/types.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts())

/** Texts that break out of markup where one hole is not escaped. */
const HOSTILE = fc.oneof(
  fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    '</title><svg onload=alert(1)>',
    'javascript:alert(1)',
    '--><b>',
    '&lt;script&gt;',
    '{"a":"<script>"}',
    '{"constructor":["<b>"],"toString":{"valueOf":"<script>"},"role":"__proto__"}',
    'constructor',
    '__proto__',
    '\u202e\u2067</bdi><script>',
    '{{7*7}}',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', ' ', 'o', 'n', 'a', '\0') }),
)

/** What the page may be made of: anything else was made by the text. */
/** Every text that data can bring is replaced; states, kinds and dates stay what they are. */
function poison<T>(value: T, text: string): T {
  const kept = new RegExp(
    '^(?:id|dataset|state|severity|kind|verdict|coverage|status|role|op|asOf|knownAt|at|day|' +
      '.*At|.*Version|effective|statements?|checksum)$',
  )
  const walk = (node: unknown, name: string): unknown => {
    if (typeof node === 'string') return kept.test(name) ? node : text
    if (Array.isArray(node)) return node.map((item) => walk(item, name))
    if (typeof node !== 'object' || node === null) return node
    // The names of details come from data as well.
    const named = (key: string) => (name === 'details' || name === 'explanations' ? text : key)
    return Object.fromEntries(
      Object.entries(node).map(([key, item]) => [named(key), walk(item, key)]),
    )
  }
  return walk(value, '') as T
}

function poisoned(text: string): Queries {
  const queries = fakeQueries()
  const wrap = <A extends readonly unknown[], R>(ask: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => poison(await ask(...args), text)
  }
  return {
    ...queries,
    check: wrap(queries.check),
    search: wrap(queries.search),
    entity: wrap(queries.entity),
    timeline: wrap(queries.timeline),
    adjacent: wrap(queries.adjacent),
    row: wrap(queries.row),
    sources: wrap(queries.sources),
    changes: wrap(queries.changes),
    stats: wrap(queries.stats),
  }
}

describe('a hostile question', () => {
  it('is only ever text, on every page that shows it', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, fc.constantFrom('en', 'ar'), async (q, locale) => {
        const query = new URLSearchParams({ q, asOf: q, knownAt: q, country: q, entity: q })
        for (const path of ['/check', '/search', '/changes', '/nowhere']) {
          const response = await web.request(`/${locale}${path}?${query}`)
          expect(response.status).toBeLessThan(500)
          expectCalm(parsePage(await response.text()))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('hostile data', () => {
  it('is only ever text, wherever a page shows it', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, async (text) => {
        const app = createWeb(fakePorts({ queries: poisoned(text) }))
        const entity = `/en/entity/${encodeURIComponent(FIRM_ID)}`
        const paths = [
          '/en/',
          '/en/sources',
          '/en/changes',
          '/en/search?q=a',
          entity,
          `${entity}/row/a`,
        ]
        for (const q of [ASK.danger, ASK.firm, ASK.disputed]) paths.push(`/en/check?q=${q}`)
        for (const path of paths) {
          const response = await app.request(path)
          expect([path, response.status]).toEqual([path, 200])
          expectCalm(parsePage(await response.text()))
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('the headers of every answer', () => {
  it.each([
    '/en/',
    '/en/nowhere',
    '/',
    '/asset/x',
    `/en/check?q=${ASK.fault}`,
    '/method/verdict.md',
  ])('forbid scripts, frames and sniffing: %s', async (path) => {
    const { headers } = await web.request(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })

  it('keep what was asked out of shared caches', async () => {
    const { headers } = await web.request(`/en/check?q=${ASK.danger}`)
    expect(headers.get('cache-control')).toBe('private, no-cache')
  })
})

describe('the button that reads the lists', () => {
  const form = (back: string, headers: Record<string, string> = {}, started: string[] = []) => {
    const app = createWeb(fakePorts({ startSync: async () => void started.push('started') }))
    const body = new URLSearchParams({ back }).toString()
    return app.request('http://custos.example/de/sync', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
        host: 'custos.example',
        origin: 'http://custos.example',
        ...headers,
      },
    })
  }

  it('starts a sync and returns to the page', async () => {
    const started: string[] = []
    const response = await form('/de/check?q=a%20b', {}, started)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/de/check?q=a%20b'])
    expect(started).toEqual(['started'])
  })

  it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '/de/\r\nx: y', ''])(
    'never leads away: %j',
    async (back) => {
      expect((await form(back)).headers.get('location')).toBe('/de/sources')
    },
  )

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('refuses a form of another site: %j', async (headers) => {
    const started: string[] = []
    expect((await form('/de/', headers, started)).status).toBe(403)
    expect(started).toEqual([])
  })

  it('refuses a body that is too large or does not say its length', async () => {
    expect((await form('/de/', { 'content-length': '9000' })).status).toBe(413)
    expect((await form('/de/', { 'content-length': 'x' })).status).toBe(413)
  })

  it('is shown only where lists can be read, and starts nothing where they cannot', async () => {
    const { startSync: _, ...ports } = fakePorts()
    const app = createWeb(ports)
    expect(await (await app.request('/en/sources')).text()).not.toContain('/en/sync')
    expect((await app.request('/en/sync', { method: 'POST' })).status).toBe(404)
    expect(await (await web.request('/en/sources')).text()).toContain('/en/sync')
  })

  it('becomes the progress of a sync that runs', async () => {
    const sync = { isRunning: true, done: 3, total: 19, current: '<List>' }
    const app = createWeb(fakePorts({ syncState: () => sync }))
    const text = await (await app.request('/en/sources')).text()
    expect(text).toContain('<progress max="19" value="3"')
    expect(text).not.toContain('/en/sync')
  })
})
