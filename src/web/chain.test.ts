import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { expectCalm } from '../../test/support/calm.ts'
import {
  alert,
  BLOCK,
  CHAIN,
  fakeChain,
  STRANGER,
  TOKEN,
  TX,
  transfer,
  WALLET,
} from '../../test/support/fake-chain.ts'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { ASK, FIRM_ID } from '../../test/support/fake-verdicts.ts'
import { attribute, parsePage, textOf } from '../../test/support/html.ts'
import { hasKey } from '../i18n/catalogue.ts'
import { LOCALES, localeFacts } from '../i18n/locales.ts'
import { CHAIN_RULES } from '../score/chain/ruleset.ts'
import { ALERT_RULES } from './chain.ts'
import { createWeb } from './web.ts'

const web = createWeb(fakePorts())
const encode = encodeURIComponent
const address = `/address/${encode(WALLET)}`

const PAGES: readonly (readonly [string, number])[] = [
  ['/alerts', 200],
  ['/alerts?state=retracted&rule=liquidity.pulled', 200],
  ['/alerts?before=9', 200],
  ['/alerts?before=x', 400],
  [`/chain/${encode(CHAIN)}`, 200],
  ['/chain/eip155:5', 404],
  [`/block/${encode(CHAIN)}/${BLOCK}`, 200],
  [`/block/${encode(CHAIN)}/999`, 404],
  [`/tx/${encode(CHAIN)}/${TX}`, 200],
  [`/tx/${encode(CHAIN)}/0x00`, 404],
  [address, 200],
  [`${address}?currency=EUR&direction=in`, 200],
  [`/address/${encode(STRANGER)}`, 200],
  ['/address/nonsense', 404],
  [`/token/${encode(TOKEN)}`, 200],
  [`/token/${TOKEN}`, 200],
  [`/token/${encode(`${CHAIN}/erc20:0x01`)}`, 200],
]

describe.each(LOCALES)('every page about chains in %s', (locale) => {
  it.each(PAGES)('%s answers %i', async (path, status) => {
    const response = await web.request(`/${locale}${path}`)
    const page = parsePage(await response.text())
    const text = page.all('body').map(textOf).join('')
    expect([response.status, page.errors]).toEqual([status, []])
    expect(attribute(page.all('html')[0]!, 'dir')).toBe(localeFacts(locale).dir)
    expect(page.all('h1').length).toBe(1)
    const ids = page.elements.map((e) => attribute(e, 'id')).filter((id) => id !== undefined)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const labelled = new Set(page.all('label').map((label) => attribute(label, 'for')))
    for (const field of [...page.all('input'), ...page.all('select')]) {
      expect(labelled).toContain(attribute(field, 'id'))
    }
    // A message without its value, a key without a message, a value that was not written.
    expect(text).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object|NaN|\b(?:chain|alerts?)\.[a-z_]+/)
  })
})

describe('scripts', () => {
  it('are files of this installation, which its policy allows alone; a page that is read has none', async () => {
    const live = await web.request('/en/alerts')
    const scripts = parsePage(await live.text()).all('script')
    expect(scripts.map((script) => attribute(script, 'src'))).toEqual([
      expect.stringMatching(/^\/asset\/aids\.[0-9a-f]{16}\.js$/),
      expect.stringMatching(/^\/asset\/live\.[0-9a-f]{16}\.js$/),
    ])
    const policy = live.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'; connect-src 'self'")
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    for (const path of ['/method', '/sources', '/changes', '/api', '/nowhere']) {
      const calm = await web.request(`/en${path}`)
      expect(calm.headers.get('content-security-policy')).not.toMatch(/script-src|connect-src/)
      expect(parsePage(await calm.text()).all('script')).toEqual([])
    }
  })

  it('are served under the address of their content, at most 45 KB compressed a page', async () => {
    let total = 0
    const page = parsePage(await (await web.request('/en/alerts')).text())
    for (const element of page.all('script')) {
      const src = attribute(element, 'src') ?? ''
      const script = await web.request(src)
      expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(script.headers.get('cache-control')).toContain('immutable')
      const bytes = new Uint8Array(await script.arrayBuffer())
      expect(bytes.byteLength).toBeGreaterThan(500)
      total += gzipSync(bytes).byteLength
      expect(new TextDecoder().decode(bytes)).not.toMatch(/innerHTML|insertAdjacentHTML|eval\(/)
      expect((await web.request(src.replace(/[0-9a-f]{16}/, '0'.repeat(16)))).status).toBe(404)
    }
    expect(total).toBeLessThan(45_000)
  })
})

describe('the page of alerts', () => {
  it('says the state of each alert in words, also of one that was taken back', async () => {
    const text = await (await web.request('/en/alerts')).text()
    expect(text).toMatch(/class="alert a-retracted"/)
    expect(text).toMatch(/label-tag">retracted</)
  })

  it('can be asked for every rule that there is, each with a name', () => {
    expect([...ALERT_RULES]).toEqual(CHAIN_RULES.map(({ id }) => id).sort())
    for (const rule of ALERT_RULES) expect(hasKey(`alert.rule.${rule}`)).toBe(true)
  })

  it('does not exist where no chain can be asked about, nor does its link', async () => {
    const { chain: _, ...ports } = fakePorts()
    const app = createWeb(ports)
    expect((await app.request('/en/alerts')).status).toBe(404)
    expect(await (await app.request('/en/')).text()).not.toContain('/en/alerts')
  })
})

describe('the page of an address', () => {
  it('links the CSV of its transfers and shows the worth of a priced one', async () => {
    const text = await (await web.request(`/en${address}`)).text()
    expect(text).toContain(`/v1/addresses/${encode(WALLET)}/transfers?format=csv`)
    expect(text).not.toContain('Value on its day')
    const rates = fakePorts().rates!
    const asked: unknown[] = []
    const priced = createWeb(
      fakePorts({
        rates: {
          ...rates,
          convert: async (params) => {
            asked.push(params)
            return {
              ...(await rates.convert({ from: 'EUR', to: 'USD', amount: '2' })),
              available: '9.87',
            }
          },
        },
      }),
    )
    const valued = await (await priced.request(`/en${address}?currency=EUR`)).text()
    expect(valued).toContain('Value on its day')
    expect(valued).toContain('9.87')
    expect(asked).toContainEqual(
      expect.objectContaining({ from: TOKEN, to: 'EUR', amount: '1.25' }),
    )
  })

  it('of which nothing is held says so, with the way to a node and the explorer', async () => {
    const text = await (await web.request(`/en/address/${encode(STRANGER)}`)).text()
    expect(text).toContain('https://explorer.example/address/0xa1')
    expect(text).toContain('&quot;rpc&quot;')
    expect(text).toContain('class="answer v-unknown"')
  })
})

describe('the page of a token', () => {
  it('words what its code can do as present, never as a judgement', async () => {
    const text = await (await web.request(`/en/token/${encode(TOKEN)}`)).text()
    expect(text).toContain('present in code')
    expect(text.toLowerCase()).not.toMatch(/scam|fraud|honeypot/)
    // 1000000500000 of a token with six decimals.
    expect(text).toContain('1,000,000.5')
  })
})

describe('data of a chain', () => {
  it('is only ever text', async () => {
    const evil = '"><script>alert(1)</script>'
    const app = createWeb(
      fakePorts({
        chain: fakeChain({
          alerts: async () => ({
            alerts: [alert({ text: evil, subjects: [evil], chain: evil, tx: evil })],
            head: 1,
            nextBefore: null,
            asOf: alert().at,
          }),
          transfers: async () => ({
            address: WALLET,
            transfers: [transfer({ symbol: evil, from: evil, asset: evil, tx: evil })],
            nextCursor: null,
            asOf: alert().at,
          }),
        }),
      }),
    )
    for (const path of ['/alerts?before=2', address]) {
      const page = parsePage(await (await app.request(`/en${path}`)).text())
      expectCalm(page)
    }
  })
})

describe('a data folder of made-up data', () => {
  it.each(LOCALES)('says so on every page (%s)', async (locale) => {
    const demo = createWeb(fakePorts({ isDemo: true }))
    for (const path of ['/', '/alerts', address, '/nowhere', `/check?q=${ASK.danger}`]) {
      expect(await (await demo.request(`/${locale}${path}`)).text()).toContain('<p class="demo"')
    }
    expect(await (await web.request(`/${locale}/`)).text()).not.toContain('<p class="demo"')
  })
})

describe('ways in', () => {
  it('a verdict about an address leads to its page on each followed chain of its family', async () => {
    const text = await (await web.request(`/en/check?q=${ASK.danger}`)).text()
    expect(text).toContain(`/en/address/${encode(`${CHAIN}:${ASK.danger}`)}`)
  })

  it('the front page names the chains with their head and the alerts of the last hour', async () => {
    const page = parsePage(await (await web.request('/en/')).text())
    const text = page.all('main').map(textOf).join('')
    expect(text).toMatch(/Demo chain.*1,207/s)
    expect(text).toMatch(/4 alerts in the last hour/)
  })

  it('a host has an address of its own that leads to its verdict', async () => {
    const response = await web.request('/de/domain/shop.example')
    expect(response.headers.get('location')).toBe('/de/check?q=shop.example')
    expect((await web.request('/domain/shop.example')).status).toBe(302)
  })
})

describe('the feed of an entity', () => {
  const ask = async (app = web) => {
    const response = await app.request(`/en/entity/${encode(FIRM_ID)}/feed.xml`)
    expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
    return response.text()
  }

  it('is RSS whose entries keep their guid from one reading to the next', async () => {
    const [one, two] = [await ask(), await ask()]
    const guids = [...one.matchAll(/<guid isPermaLink="false">([^<]+)<\/guid>/g)].map((m) => m[1])
    expect(guids.length).toBeGreaterThan(0)
    expect(new Set(guids).size).toBe(guids.length)
    expect(two).toBe(one)
    expect(one).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<rss version="2.0"/)
  })

  it('of an entity that nobody names is not there', async () => {
    expect((await web.request('/en/entity/nobody/feed.xml')).status).toBe(404)
  })
})
