import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API_ROUTES } from '../../src/api/app.ts'
import { createWeb } from '../../src/web/web.ts'
import { fakePorts } from '../support/fake-ports.ts'
import { attribute, parsePage } from '../support/html.ts'
import { FAKE_PAGES, FIRM_PAGES } from '../support/pages.ts'
import { sampleNews } from '../support/sample-news.ts'
import { sampleWorld } from '../support/sample-registry.ts'

/** Each would be seen in the answer if one hole were not escaped: as a tag, an attribute, a scheme. */
const HOSTILE: readonly string[] = [
  '"><probe-tag x>',
  "' onprobe='1",
  '" onprobe="1" ',
  '</title></textarea></script><probe-tag>',
  'javascript:probe()',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/en/\r\nset-cookie: probe=1',
  '__proto__',
  '\u0000\ud800\u202e',
  '-1',
  '9'.repeat(400),
  'eip155:1:0x\u0000',
  '%',
  'a'.repeat(2_100),
]
const WORST = `"'><probe-tag onprobe="1">//evil.example`

let web: ReturnType<typeof createWeb>
let close = async () => {}
let routes: readonly { readonly method: string; readonly path: string }[] = []
const names = new Set<string>(['__proto__', 'constructor', 'nonsense', 'lang', 'back', 'next'])

beforeAll(async () => {
  const { queries, registry, close: end } = await sampleWorld()
  close = end
  web = createWeb(fakePorts({ queries, registry, news: sampleNews }))
  routes = web.routes.filter(({ method }) => method === 'GET' || method === 'POST')
  for (const route of API_ROUTES) for (const name of Object.keys(route.query.shape)) names.add(name)
  // Whatever a form or a link of any page asks is a parameter of some page.
  for (const path of [...FAKE_PAGES, ...FIRM_PAGES]) {
    const page = parsePage(await (await web.request(`/en${path}`)).text())
    for (const element of page.elements) {
      if (/^(?:input|select|textarea|button)$/.test(element.tagName)) {
        names.add(attribute(element, 'name') ?? 'q')
      }
      const link = attribute(element, 'href') ?? ''
      if (!link.startsWith('/')) continue
      for (const name of new URL(link, 'http://x').searchParams.keys()) names.add(name)
    }
  }
})

afterAll(() => close())

const encoded = (text: string) => encodeURIComponent(text.toWellFormed())

/** The address of a route, every part of it that a reader may write replaced. */
function addressOf(path: string, value: string): string {
  return path
    .replace(/:locale\{[^}]*\}/, 'en')
    .replace(/:[a-z]+(?:\{[^}]*\})?/g, () => encoded(value) || 'x')
    .replaceAll('*', encoded(value))
}

async function expectSound(address: string, response: Response): Promise<void> {
  const text = await response.text()
  const where = address.slice(0, 200)
  expect([where, response.status < 500]).toEqual([where, true])
  expect([where, /<probe-tag|['"]\s?onprobe=/i.test(text)]).toEqual([where, false])
  expect([where, /(?:href|action|src|content)="(?:javascript:|\/\/|\/\\)/i.test(text)]).toEqual([
    where,
    false,
  ])
  const location = response.headers.get('location')
  if (location !== null) expect(location).toMatch(/^\/(?![/\\])/)
  expect(response.headers.get('set-cookie')).toBeNull()
}

describe('every page with every parameter', () => {
  it('is a list that finds new pages and new parameters by itself', () => {
    expect(routes.length).toBeGreaterThan(25)
    for (const name of ['q', 'asOf', 'knownAt', 'country', 'cursor', 'by', 'a', 'b', 'amount']) {
      expect(names).toContain(name)
    }
  })

  it.each(HOSTILE)('takes %j everywhere at once, and only as text', async (value) => {
    const query = [...names].map((name) => `${encoded(name)}=${encoded(value)}`).join('&')
    for (const { method, path } of routes) {
      if (method !== 'GET') continue
      for (const address of [addressOf(path, value), addressOf(path, 'x')]) {
        const asked = `${address}?${query}`
        await expectSound(`${path} ${value}`, await web.request(asked))
      }
    }
  })

  it.each([WORST, '-1', '__proto__'])('takes %j beside what it is there for', async (value) => {
    for (const path of [...FAKE_PAGES, ...FIRM_PAGES]) {
      const asked = new Set(new URL(path, 'http://x').searchParams.keys())
      const others = [...names].filter((name) => !asked.has(name))
      const query = others.map((name) => `${encoded(name)}=${encoded(value)}`).join('&')
      const response = await web.request(`/de${path}${path.includes('?') ? '&' : '?'}${query}`)
      await expectSound(path, response)
    }
  })

  it('takes the worst in each parameter alone', async () => {
    for (const { method, path } of routes) {
      if (method !== 'GET' || !path.startsWith('/:locale')) continue
      for (const name of names) {
        const asked = `${addressOf(path, 'x')}?${encoded(name)}=${encoded(WORST)}`
        await expectSound(asked, await web.request(asked))
      }
    }
  })

  it.each(HOSTILE)('takes %j in every field of every form', async (value) => {
    const body = [...names].map((name) => `${encoded(name)}=${encoded(value)}`).join('&')
    for (const { method, path } of routes) {
      if (method !== 'POST') continue
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
        'sec-fetch-site': 'same-origin',
      }
      const address = addressOf(path, 'x')
      await expectSound(address, await web.request(address, { method, body, headers }))
    }
  })

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/en//evil.example/',
    '/en/%5cevil/',
  ])('is never a way to another site: %s', async (path) => {
    await expectSound(path, await web.request(`http://custos.example${path}`))
  })
})
