import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectCalm } from '../../test/support/calm.ts'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { attribute, parsePage, textOf } from '../../test/support/html.ts'
import { firmSaid, licenceRow, type RegistryWorld } from '../../test/support/registry-world.ts'
import { NORD, SOUTH, sampleWorld } from '../../test/support/sample-registry.ts'
import { LOCALES, localeFacts } from '../i18n/locales.ts'
import { createWeb } from './web.ts'

const encode = encodeURIComponent
const BAD = 'eu_esma_ncasp:bad'
/** What a register may hold, since its publisher copies what firms write. */
const HOSTILE_NAME = '"><img src=x onerror=alert(1)> Widgets'

const PAGES: readonly (readonly [string, number])[] = [
  ['/regulators', 200],
  ['/regulators?country=mt', 200],
  ['/regulators?country=zz', 200],
  ['/regulators/mt-exa', 200],
  ['/regulators/nobody', 404],
  ['/rankings', 200],
  ['/rankings?by=newly_licensed', 200],
  ['/rankings?by=newly_warned&country=FR', 200],
  ['/rankings?by=nonsense&country=zz', 200],
  ['/rankings?asOf=2026-03-01', 200],
  ['/rankings?asOf=tomorrow', 400],
  ['/compare', 200],
  ['/compare?a=Nordwind', 200],
  ['/compare?a=Nordwind&b=Southwind', 200],
  [`/compare?a=${encode(NORD)}&b=${encode(BAD)}`, 200],
  ['/compare?a=Nordwind&b=Nobody+Whatsoever', 404],
  [`/entity/${encode(NORD)}`, 200],
  [`/entity/${encode(NORD)}?country=DE&service=a`, 200],
  [`/entity/${encode(NORD)}?country=Deutschland`, 200],
  [`/entity/${encode(NORD)}?country=DE&service=zz`, 200],
  [`/entity/${encode(NORD)}?asOf=2026-03-01`, 200],
  [`/entity/${encode(BAD)}`, 200],
  ['/changes', 200],
  ['/changes?kind=licence_reduced&country=MT', 200],
  ['/check?q=Nordwind+Digital&country=DE&service=a', 200],
  ['/check?q=Badwind+Brokers&country=FR', 200],
]

let world: RegistryWorld
let web: ReturnType<typeof createWeb>

beforeAll(async () => {
  const hostile = firmSaid('hostile', HOSTILE_NAME, [
    licenceRow({ holder: HOSTILE_NAME, lei: null, regulator: HOSTILE_NAME, from: '2026-01-01' }),
  ])
  world = await sampleWorld([
    ...hostile,
    {
      entity: 'hostile',
      prop: 'quality',
      value: { code: 'website_unreadable', field: 'ae_website', original: HOSTILE_NAME },
    },
  ])
  web = createWeb(fakePorts({ queries: world.queries, registry: world.registry }))
})
afterAll(() => world.close())

async function pageOf(path: string, locale = 'en') {
  const response = await web.request(`/${locale}${path}`)
  const page = parsePage(await response.text())
  const text = page.all('body').map(textOf).join(' ').replaceAll(/\s+/g, ' ')
  return { status: response.status, page, text }
}

describe.each(LOCALES)('every page about firms and supervisors in %s', (locale) => {
  it.each(PAGES)('%s answers %i', async (path, expected) => {
    const { status, page, text } = await pageOf(path, locale)
    expect([status, page.errors]).toEqual([expected, []])
    expect(attribute(page.all('html')[0]!, 'dir')).toBe(localeFacts(locale).dir)
    expect(page.all('h1').length).toBe(1)
    expectCalm(page)
    const ids = page.elements.map((e) => attribute(e, 'id')).filter((id) => id !== undefined)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const labelled = new Set(page.all('label').map((label) => attribute(label, 'for')))
    for (const field of [...page.all('input'), ...page.all('select')]) {
      if (attribute(field, 'type') === 'hidden') continue
      expect(labelled).toContain(attribute(field, 'id'))
    }
    // A message without its value, a key without a message, a value that was not written.
    expect(text).not.toMatch(
      /\{[a-zA-Z]+\}|undefined|\[object|NaN|\b(?:firm|serve|compare|rankings|regulators|quality)\.[a-z_]+/,
    )
  })
})

describe('the page of a firm', () => {
  it('has label, score with its lines, the answer that was asked for, and what changed', async () => {
    const { page, text } = await pageOf(`/entity/${encode(NORD)}?country=DE&service=a`)
    for (const id of ['standing', 'serve', 'register-changes']) {
      expect(page.elements.some((e) => attribute(e, 'id') === id)).toBe(true)
    }
    const served = page.elements.find((e) => attribute(e, 'class')?.startsWith('served'))
    expect(served && attribute(served, 'class')).toBe('served s-yes')
    expect(served && textOf(served)).toContain('not legal advice')
    expect(text).toContain('Licence reduced')
    expect(text).toMatch(/no longer names France/)
  })

  it('says no where the newest version holds the firm without the country', async () => {
    const { page } = await pageOf(`/entity/${encode(NORD)}?country=FR&service=a`)
    expect(page.elements.some((e) => attribute(e, 'class') === 'served s-no')).toBe(true)
  })

  it('stands without an answer where the country is none, and says what is wrong', async () => {
    const { page } = await pageOf(`/entity/${encode(NORD)}?country=Deutschland`)
    expect(page.elements.some((e) => attribute(e, 'class')?.startsWith('served'))).toBe(false)
    expect(page.elements.some((e) => attribute(e, 'class') === 'fault')).toBe(true)
  })

  it('shares one row of the table between places with the same answers', async () => {
    const { page } = await pageOf(`/entity/${encode(SOUTH)}`)
    const matrix = page.elements.find((e) => attribute(e, 'class') === 'matrix')
    const heads = page.elements.filter((e) => attribute(e, 'scope') === 'row')
    expect(matrix).toBeDefined()
    const places = heads.map(textOf).filter((head) => head.includes('Germany'))
    expect(places[0]).toContain('France')
  })
})

describe('the verdict of a firm', () => {
  it('shows label, score and the answer for the asked country', async () => {
    const { page, text } = await pageOf('/check?q=Nordwind+Digital&country=DE&service=a')
    expect(page.elements.some((e) => attribute(e, 'class') === 'served s-yes')).toBe(true)
    expect(text).toContain('Regulated')
    expect(text).toMatch(/Score: [\d.]+ \/ 10/)
  })

  it('of a warned firm says where to turn', async () => {
    const { text } = await pageOf('/check?q=Badwind+Brokers&country=FR')
    expect(text).toContain('Warned about')
    expect(text).toContain('Where fraud is reported in France')
  })
})

describe('comparison', () => {
  it('answers for the places of both firms: a place that only one row names is a no', async () => {
    const { page } = await pageOf(`/compare?a=${encode(NORD)}&b=${encode(SOUTH)}`)
    const cells = page.elements.filter((e) => attribute(e, 'class') === 'plain both').map(textOf)
    expect(cells.some((cell) => /Nordwind[^:]*: No\..*Southwind[^:]*: Yes\./s.test(cell))).toBe(
      true,
    )
    expect(cells.some((cell) => cell.includes('No evidence'))).toBe(false)
  })
})

describe('what is asked and what registers hold', () => {
  const WORDS = fc.oneof(
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "'-alert(1)-'",
      'javascript:alert(1)',
      '../../etc/passwd',
      '\u0000',
      'eu_esma_casp:',
      '%00',
      '[object Object]',
      '9'.repeat(400),
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  const PATHS = ['/regulators', '/rankings', '/compare', '/changes', `/entity/${encode(NORD)}`]
  const NAMES = 'country service by cursor kind entity a b q asOf knownAt lang'.split(' ')

  it('is only ever text, in every parameter, and never a fault of the program', async () => {
    await fc.assert(
      fc.asyncProperty(WORDS, fc.constantFrom(...PATHS), fc.constantFrom(...NAMES), expectText),
      { numRuns: 250 },
    )
    for (const path of ['/regulators/%3Cscript%3E', '/regulators/%00', '/regulators/%2e%2e']) {
      expect((await web.request(`/en${path}`)).status).toBeLessThan(500)
    }
  })

  async function expectText(word: string, path: string, name: string): Promise<void> {
    const response = await web.request(`/en${path}?${new URLSearchParams({ [name]: word })}`)
    expect([path, name, response.status < 500]).toEqual([path, name, true])
    if (response.status >= 300 && response.status < 400) return
    const page = parsePage(await response.text())
    // A parser names characters that HTML does not like; they are text all the same.
    const errors = page.errors.filter((error) => !/^[a-z-]*(?:character|surrogate)/.test(error))
    expect(errors).toEqual([])
    expectCalm(page)
  }

  it('is text on every page that names the firm', async () => {
    const entity = `/entity/${encode('eu_esma_casp:hostile')}`
    const paths = [
      '/rankings?by=newly_licensed',
      '/changes',
      entity,
      `/compare?a=Nordwind&b=${encode('eu_esma_casp:hostile')}`,
    ]
    for (const path of paths) {
      const { page, text, status } = await pageOf(path)
      expect([path, status, page.errors, page.all('img')]).toEqual([path, 200, [], []])
      expect(text).toContain('<img src=x')
    }
  })
})
