import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectCalm } from '../../test/support/calm.ts'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { fakeRates } from '../../test/support/fake-rates.ts'
import { attribute, type ParsedPage, parsePage, textOf } from '../../test/support/html.ts'
import { LOCALES } from '../i18n/locales.ts'
import type { RateQueries } from '../query/rate-types.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts())
const BOARD = 'currency,unit,spot_buy,spot_sell\nUSD,100,716.50,721.30\n'

async function read(path: string, app = web): Promise<ParsedPage> {
  return parsePage(await (await app.request(path)).text())
}

/** The three fields of a page, by their plain digits. */
function fieldsOf(page: ParsedPage): readonly string[] {
  const answer = page.elements.find((e) => attribute(e, 'id') === 'answer')
  const inside = new Set(answer === undefined ? [] : flat(answer))
  return page.all('data').flatMap((e) => (inside.has(e) ? [attribute(e, 'value') ?? ''] : []))
}

function flat(element: ParsedPage['elements'][number]): unknown[] {
  return element.childNodes.flatMap((node) => ('tagName' in node ? [node, ...flat(node)] : []))
}

function post(body: string, headers: Record<string, string> = {}) {
  return web.request('/en/tools/fx-purchase', {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    },
  })
}

describe('the three fields', () => {
  it.each(LOCALES)('hold the same plain digits in %s', async (locale) => {
    const page = await read(`/${locale}/tools/rates?amount=10000&from=EUR&to=USD`)
    expect(fieldsOf(page)).toEqual(['10000', '1.1157', '11157.00'])
  })

  it.each(['token', 'rates', 'fx-purchase'])('say 0.00 before there is input: %s', async (name) => {
    expect(fieldsOf(await read(`/en/tools/${name}`)).at(-1)).toBe('0.00')
  })

  it('stand on the front page three times, each in a form that needs no script', async () => {
    const page = await read('/en/')
    const forms = page.all('form').map((form) => attribute(form, 'action'))
    expect(forms).toEqual(
      expect.arrayContaining(['/en/tools/token', '/en/tools/rates', '/en/tools/fx-purchase']),
    )
    expect(page.all('dt').filter((term) => textOf(term) === 'Available').length).toBe(3)
  })

  it('are nowhere where the installation has no calculators', async () => {
    const { rates: _, ...rest } = fakePorts()
    const app = createWeb(rest)
    expect((await app.request('/en/tools/rates')).status).toBe(404)
    expect(await (await app.request('/en/')).text()).not.toContain('/tools/')
  })
})

describe('a front page', () => {
  it('waits for no rates, and breaks with none', async () => {
    const never = new Promise<never>(() => undefined)
    const rates: RateQueries = {
      ...fakeRates(),
      convert: () => never,
      table: () => Promise.reject(new Error('broken')),
    }
    const response = await createWeb(fakePorts({ rates })).request('/de/')
    expect(response.status).toBe(200)
  })
})

describe('the page of exchange rates', () => {
  it.each(LOCALES)('draws 27 years in less than 64 KB, uncompressed: %s', async (locale) => {
    const path = `/${locale}/tools/rates?from=EUR&to=USD&range=all&fav=EUR-USD,USD-CNY`
    const text = await (await web.request(path)).text()
    expect(Buffer.byteLength(text)).toBeLessThan(64_000)
    const points = parsePage(text)
      .all('table')
      .find((table) => attribute(table, 'class') === 'points')
    expect(points && flat(points).length).toBeGreaterThan(900)
  })

  it('turns a pair round, and keeps the pairs of the address', async () => {
    const page = await read('/en/tools/rates?from=EUR&to=USD&fav=USD-CNY')
    const links = page.all('a').map((a) => attribute(a, 'href'))
    expect(links).toContain('/en/tools/rates?from=USD&to=EUR&fav=USD-CNY')
    expect(links).toContain('/en/tools/rates?from=EUR&to=USD&fav=USD-CNY%2CEUR-USD')
  })
})

describe('what is wrong with a question', () => {
  it.each(LOCALES)('stands beside its field, read with it: %s', async (locale) => {
    const page = await read(`/${locale}/tools/rates?amount=1,234`)
    const amount = page.elements.find((e) => attribute(e, 'id') === 'amount')
    expect(amount && attribute(amount, 'aria-invalid')).toBe('true')
    expect(amount && attribute(amount, 'value')).toBe('1,234')
    const error = page.elements.find((e) => attribute(e, 'id') === 'amount-error')
    expect(error && textOf(error)).toContain('1.234 / 1234')
  })

  it('offers what an ambiguous symbol may mean as links that answer', async () => {
    const page = await read('/en/tools/token?from=DUP&to=EUR&amount=2')
    const links = page.all('a').map((a) => attribute(a, 'href') ?? '')
    const choice = links.find((link) => link.includes('fake_api%3Adup-one'))
    expect((await web.request(choice ?? '')).status).toBe(200)
  })

  it('is an error page where the installation itself fails', async () => {
    const rates: RateQueries = {
      ...fakeRates(),
      convert: () => Promise.reject(new Error('the store is gone: /secret')),
    }
    const response = await createWeb(fakePorts({ rates })).request('/en/tools/rates')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('/secret')
  })
})

describe('a board that is pasted', () => {
  const form = new URLSearchParams({ currency: 'USD', with: 'CNY', amount: '1000', board: BOARD })

  it('is answered by a link that opens the calculation', async () => {
    const response = await post(form.toString())
    expect(response.status).toBe(303)
    const link = response.headers.get('location') ?? ''
    expect(link).toMatch(/^\/en\/tools\/fx-purchase\?q=/)
    expect(fieldsOf(await read(link))).toEqual(['1000', '721.30', '1000.00'])
  })

  it('keeps what was pasted where it cannot be read', async () => {
    const bad = new URLSearchParams({
      currency: 'USD',
      with: 'CNY',
      board: 'no board\n</textarea>',
    })
    const response = await post(bad.toString())
    expect(response.status).toBe(400)
    const area = parsePage(await response.text()).all('textarea')[0]
    expect(area && textOf(area).trim()).toBe('no board\n</textarea>')
  })

  it.each([
    ['from a foreign page', form.toString(), { 'sec-fetch-site': 'cross-site' }, 403],
    ['of another kind', form.toString(), { 'content-type': 'multipart/form-data' }, 413],
    ['that is too large', `board=${'a'.repeat(70_000)}`, {}, 413],
    ['with more than 16 KB of CSV', `currency=USD&with=CNY&board=${'a'.repeat(20_000)}`, {}, 400],
  ])('%s is refused', async (_, body, headers, status) => {
    expect((await post(body, headers as Record<string, string>)).status).toBe(status)
  })
})

const HOSTILE = fc.oneof(
  fc.constantFrom(
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '</textarea><svg onload=alert(1)>',
    'javascript:alert(1)',
    'constructor',
    '__proto__',
    '\u202e</bdi><script>',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', '=', '-', ',', ':', 'a', '\0') }),
)

/** Every text of an answer is replaced but the codes and days that the program itself writes. */
function poisoned(text: string): RateQueries {
  const kept =
    /^(?:id|date|from|to|state|kind|method|role|asOf|knownAt|code|base|quote|side|permalink)$/
  const walk = (node: unknown, name: string): unknown => {
    if (typeof node === 'string') return kept.test(name) ? node : text
    if (Array.isArray(node)) return node.map((item) => walk(item, name))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item, key)]))
  }
  const rates = fakeRates()
  const wrap =
    <A extends readonly unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> =>
      walk(await ask(...args), '') as R
  return {
    ...rates,
    convert: wrap(rates.convert),
    fxPurchase: wrap(rates.fxPurchase),
    history: wrap(rates.history),
    table: wrap(rates.table),
    choices: wrap(rates.choices),
    boards: wrap(rates.boards),
    currencies: wrap(rates.currencies),
  }
}

const NAMES =
  'amount from to date since until range fav q offset knownAt currency with fee unit spotBuy ' +
  'spotSell cashBuy cashSell time source board side kind by home name'

describe('hostile input and data', () => {
  it('are only ever text, and never a fault of the program', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, fc.constantFrom('en', 'ar'), async (text, locale) => {
        for (const part of [NAMES.split(' '), ['amount', 'fav', 'time', 'name'], ['q']]) {
          const query = new URLSearchParams(part.map((name): [string, string] => [name, text]))
          for (const name of ['token', 'rates', 'fx-purchase']) {
            const response = await web.request(`/${locale}/tools/${name}?${query}`)
            expect([name, response.status < 500]).toEqual([name, true])
            expectCalm(parsePage(await response.text()))
          }
        }
        const app = createWeb(fakePorts({ rates: poisoned(text) }))
        for (const path of [
          '',
          'tools/token',
          'tools/rates?fav=EUR-USD',
          'tools/fx-purchase?amount=1',
        ]) {
          const response = await app.request(`/${locale}/${path}`)
          expect([path, response.status]).toEqual([path, 200])
          expectCalm(parsePage(await response.text()))
        }
      }),
      { numRuns: 25 },
    )
  })
})
