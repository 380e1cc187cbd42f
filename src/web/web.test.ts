import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { fakeQueries } from '../../test/support/fake-queries.ts'
import { fakeRates } from '../../test/support/fake-rates.ts'
import { ASK, FIRM_ID, ODD_ID } from '../../test/support/fake-verdicts.ts'
import { attribute, parsePage, textOf } from '../../test/support/html.ts'
import { LOCALES, localeFacts } from '../i18n/locales.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts())
const fresh = createWeb(
  fakePorts({ queries: fakeQueries({ fresh: true }), rates: fakeRates({ fresh: true }) }),
)
const check = (q: string) => `/check?q=${encodeURIComponent(q)}`

interface Asked {
  readonly path: string
  readonly status: number
  readonly app?: typeof web
}

/** Each kind of page, and each state that a page can be in. */
const PAGES: readonly Asked[] = [
  { path: '/', status: 200 },
  { path: '/', status: 200, app: fresh },
  ...Object.values(ASK)
    .filter((q) => q !== ASK.fault && q !== ASK.tooLong)
    .map((q) => ({ path: check(q), status: 200 })),
  { path: check(ASK.fresh), status: 200, app: fresh },
  {
    path: `${check(ASK.delisted)}&asOf=2024-01-01&knownAt=2024-02-01T00:00:00Z&country=DE`,
    status: 200,
  },
  { path: check(ASK.tooLong), status: 400 },
  { path: check(ASK.fault), status: 500 },
  { path: '/check', status: 400 },
  { path: '/search', status: 200 },
  { path: '/search?q=meridian', status: 200 },
  { path: '/search?q=meridian&schema=Company&country=LU', status: 200 },
  { path: '/search?q=nobody', status: 200 },
  { path: `/entity/${encodeURIComponent(FIRM_ID)}`, status: 200 },
  { path: `/entity/${encodeURIComponent(ODD_ID)}`, status: 200 },
  { path: `/entity/${encodeURIComponent(FIRM_ID)}/row/abc`, status: 200 },
  { path: '/entity/nobody', status: 404 },
  { path: '/sources', status: 200 },
  { path: '/sources', status: 200, app: fresh },
  { path: '/changes', status: 200 },
  { path: `/changes?entity=${encodeURIComponent(FIRM_ID)}`, status: 200 },
  { path: '/changes?before=1048203', status: 200 },
  { path: '/changes?before=x', status: 400 },
  { path: '/method', status: 200 },
  { path: '/download', status: 200 },
  { path: '/offline', status: 200 },
  { path: '/api', status: 200 },
  { path: '/design', status: 200 },
  { path: '/tools/token', status: 200 },
  { path: '/tools/token', status: 200, app: fresh },
  { path: '/tools/token?from=fake_api:eth&to=EUR&amount=2&q=token&offset=25', status: 200 },
  { path: '/tools/token?from=DUP', status: 400 },
  { path: '/tools/rates', status: 200 },
  { path: '/tools/rates', status: 200, app: fresh },
  { path: '/tools/rates?amount=100&range=all&fav=EUR-USD,USD-QQQQ,broken', status: 200 },
  { path: '/tools/rates?since=2026-01-01&until=2025-01-01', status: 200 },
  { path: '/tools/rates?amount=1,234', status: 400 },
  { path: '/tools/rates?from=EUR&to=NOPE&date=2030-01-01', status: 400 },
  { path: '/tools/fx-purchase', status: 200 },
  { path: '/tools/fx-purchase', status: 200, app: fresh },
  { path: '/tools/fx-purchase?amount=1000&spotSell=721.30&unit=100&with=CNY', status: 200 },
  { path: '/tools/fx-purchase?q=broken', status: 400 },
  { path: '/nowhere', status: 404 },
]

describe.each(LOCALES)('every page in %s', (locale) => {
  it.each(PAGES)('$path answers $status', async ({ path, status, app = web }) => {
    const response = await app.request(`/${locale}${path}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-language')).toBe(locale)
    const page = parsePage(await response.text())
    expect(page.errors).toEqual([])
    const root = page.all('html')[0]
    expect(root && attribute(root, 'lang')).toBe(locale)
    expect(root && attribute(root, 'dir')).toBe(localeFacts(locale).dir)
    expect(page.all('h1').length).toBe(1)
    expect(scriptsOf(page).filter((src) => !ISLAND.test(src))).toEqual([])
    if (READING.test(path)) expect(scriptsOf(page)).toEqual([])
    expectUniqueIds(page)
    expectLabels(page)
    expectReferences(page)
    const text = page.all('body').map(textOf).join('')
    // A message without its value, a value that was not written, an object in place of a text.
    expect(text).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object|NaN/)
  })
})

/** A script is a file of this installation, and never a text in the page. */
const ISLAND = /^\/asset\/[a-z]+\.[0-9a-f]{16}\.js $/
/** Pages that are only read hold no script at all. */
const READING = /^\/(?:news|method|sources|changes|api|nowhere)(?:[/?]|$)/

function scriptsOf(page: ReturnType<typeof parsePage>): readonly string[] {
  return page.all('script').map((script) => `${attribute(script, 'src')} ${textOf(script)}`)
}

function expectUniqueIds(page: ReturnType<typeof parsePage>): void {
  const ids = page.elements.map((e) => attribute(e, 'id')).filter((id) => id !== undefined)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
}

function expectLabels(page: ReturnType<typeof parsePage>): void {
  const labelled = new Set(page.all('label').map((label) => attribute(label, 'for')))
  for (const field of [...page.all('input'), ...page.all('select'), ...page.all('textarea')]) {
    if (attribute(field, 'type') === 'hidden') continue
    expect(labelled).toContain(attribute(field, 'id'))
  }
}

function expectReferences(page: ReturnType<typeof parsePage>): void {
  const ids = new Set(page.elements.map((e) => attribute(e, 'id')))
  for (const element of page.elements) {
    for (const name of ['aria-labelledby', 'aria-describedby', 'for']) {
      const target = attribute(element, name)
      for (const id of target?.split(' ') ?? []) expect(ids).toContain(id)
    }
    const href = attribute(element, 'href')
    if (href?.startsWith('#')) expect(ids).toContain(href.slice(1))
  }
}

describe('the links of the pages', () => {
  it('all lead to a page that exists', async () => {
    const seen = new Set<string>()
    const queue = PAGES.filter(({ status }) => status === 200).map(({ path }) => `/en${path}`)
    const broken: string[] = []
    while (queue.length > 0) {
      const path = queue.pop() ?? ''
      if (seen.has(path) || seen.size > 500) continue
      seen.add(path)
      const response = await web.request(path)
      // Neighbours of the fake firm have no page of their own in the fake.
      if (response.status !== 200 && !/meridian$|eu_esma_emt|graphsense/.test(path)) {
        broken.push(`${response.status} ${path}`)
      }
      if (!(response.headers.get('content-type') ?? '').includes('html')) continue
      for (const link of parsePage(await response.text()).all('a')) {
        const target = (attribute(link, 'href') ?? '').replace(/#.*/, '')
        if (/^\/(en|asset|method)\//.test(target)) queue.push(target)
      }
    }
    expect(broken).toEqual([])
    expect(seen.size).toBeGreaterThan(40)
  })

  it('of the language switch keep the page and the question', async () => {
    const page = parsePage(
      await (await web.request(`/de${check('a&b "c"')}&asOf=2024-01-01`)).text(),
    )
    const arabic = page.all('a').find((a) => attribute(a, 'hreflang') === 'ar')
    const href = arabic && attribute(arabic, 'href')
    expect(href).toBe('/ar/check?q=a%26b%20%22c%22&asOf=2024-01-01')
    const alternates = page.all('link').map((link) => attribute(link, 'hreflang'))
    expect(alternates).toEqual(expect.arrayContaining(['en', 'zh-Hans', 'ar', 'de', 'x-default']))
  })

  it('to the outside name no place that was asked from, and never run anything', async () => {
    const page = parsePage(
      await (await web.request(`/en/entity/${encodeURIComponent(ODD_ID)}`)).text(),
    )
    for (const link of page.all('a')) {
      const href = attribute(link, 'href') ?? ''
      expect(href).not.toMatch(/^\s*javascript:/i)
      if (/^https?:/.test(href)) expect(attribute(link, 'rel')).toMatch(/noopener noreferrer/)
    }
  })
})

describe('the language of a first visit', () => {
  it.each([
    ['ar-EG,ar;q=0.9', '/', '/ar/'],
    ['zh-TW', '/', '/zh-Hant/'],
    [undefined, '/', '/en/'],
    ['de', '/check?q=x%2Fy', '/de/check?q=x%2Fy'],
    ['de', '/entity/a%2Fb', '/de/entity/a%2Fb'],
  ])('%s asking %s is sent to %s', async (header, path, target) => {
    const headers: Record<string, string> =
      header === undefined ? {} : { 'accept-language': header }
    const response = await web.request(path, { headers })
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(target)
    expect(response.headers.get('vary')).toBe('Accept-Language')
  })

  it('is answered in that language also where nothing is', async () => {
    const response = await web.request('/nowhere', { headers: { 'accept-language': 'de' } })
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Hier ist nichts')
  })

  it('needs one slash, and takes one that is too many', async () => {
    expect((await web.request('/de')).headers.get('location')).toBe('/de/')
    expect((await web.request('/de/sources/?a=1')).headers.get('location')).toBe('/de/sources?a=1')
    expect((await web.request('/de//evil.example/')).headers.get('location')).toMatch(/^\/de\//)
  })
})

describe('an entity’s address', () => {
  it('reaches the entity whatever characters its id holds', async () => {
    const response = await web.request(`/en/entity/${encodeURIComponent(ODD_ID)}`)
    expect(await response.text()).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
})

describe('a fault', () => {
  it('shows a page without what went wrong inside, and is told to the operator', async () => {
    const faults: string[] = []
    const app = createWeb(fakePorts({ onFault: (error) => faults.push(error.code) }))
    const response = await app.request(`/en${check(ASK.fault)}`)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/secret|store is gone|\bat .*\.ts/)
    expect(faults).toEqual(['internal.error'])
  })

  it('of the counters themselves still gives a page', async () => {
    const broken = { ...fakeQueries(), stats: async () => Promise.reject(new Error('no store')) }
    const response = await createWeb(fakePorts({ queries: broken })).request('/ar/')
    expect(response.status).toBe(500)
    expect(parsePage(await response.text()).all('h1').length).toBe(1)
  })

  it('of the reader keeps the question in the box', async () => {
    const text = await (await web.request(`/en${check(ASK.tooLong)}`)).text()
    const box = parsePage(text)
      .all('input')
      .find((input) => attribute(input, 'name') === 'q')
    expect(box && attribute(box, 'value')).toBe(ASK.tooLong)
    expect(text).toContain('query.too_long')
  })
})

describe('the style sheet', () => {
  it('is served under the address of its content, for ever', async () => {
    const page = parsePage(await (await web.request('/en/')).text())
    const link = page.all('link').find((l) => attribute(l, 'rel') === 'stylesheet')
    const path = (link && attribute(link, 'href')) ?? ''
    const plain = await web.request(path)
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(plain.headers.get('content-type')).toBe('text/css; charset=utf-8')
    const packed = await web.request(path, { headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
  })

  it.each([
    '/asset/style.css',
    '/asset/..%2f..%2fpackage.json',
    '/asset/%2e%2e/manifest.ts',
    '/asset/manifest.ts',
    '/asset/',
    '/method/../package.json',
    '/method/%2e%2e%2fpackage.json',
    '/method/unknown.md',
  ])('is the only file: %s is not served', async (path) => {
    const response = await web.request(path, { redirect: 'manual' })
    expect([404, 302]).toContain(response.status)
    expect(await response.text()).not.toContain('"dependencies"')
  })

  it('has method documents beside it, as they are', async () => {
    const response = await web.request('/method/verdict.md')
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe('# How a verdict is made\n')
  })
})
