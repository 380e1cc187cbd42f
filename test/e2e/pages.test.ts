import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCALES } from '../../src/i18n/locales.ts'
import { BLOCK, CHAIN, STRANGER, TOKEN, TX, WALLET } from '../support/fake-chain.ts'
import { fakeQueries } from '../support/fake-queries.ts'
import { ASK, FIRM_ID } from '../support/fake-verdicts.ts'
import { NORD, SOUTH, sampleWorld } from '../support/sample-registry.ts'
import { CHROMIUM, serveFake } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const check = (q: string) => `/check?q=${encodeURIComponent(q)}`
const firm = `/entity/${encodeURIComponent(FIRM_ID)}`
const PAGES = [
  '/',
  check(ASK.danger),
  `${check(ASK.delisted)}&asOf=2024-01-01`,
  check(ASK.firm),
  check(ASK.disputed),
  check(ASK.many),
  check(ASK.clean),
  check(ASK.fault),
  firm,
  `${firm}/row/abc`,
  '/search?q=meridian',
  '/search?q=nobody',
  '/sources',
  '/changes',
  '/method',
  '/download',
  '/api',
  '/design',
  '/tools/token',
  '/tools/token?from=DUP&amount=1',
  '/tools/rates?amount=100&range=all&fav=EUR-USD',
  '/tools/fx-purchase?amount=1000&currency=USD&with=CNY&unit=100&spotSell=721.30',
  '/alerts',
  `/chain/${encodeURIComponent(CHAIN)}`,
  `/block/${encodeURIComponent(CHAIN)}/${BLOCK}`,
  `/tx/${encodeURIComponent(CHAIN)}/${TX}`,
  `/address/${encodeURIComponent(WALLET)}?currency=EUR`,
  `/address/${encodeURIComponent(STRANGER)}`,
  `/token/${encodeURIComponent(TOKEN)}`,
  '/nowhere',
] as const
/** Pages about firms and who supervises them, from a small registry of their own. */
const FIRM_PAGES: readonly string[] = [
  '/regulators',
  '/regulators/mt-exa',
  '/rankings',
  '/rankings?by=newly_licensed',
  '/rankings?by=newly_warned',
  '/compare',
  `/compare?a=${encodeURIComponent(NORD)}&b=${encodeURIComponent(SOUTH)}`,
  `/entity/${encodeURIComponent(NORD)}?country=DE&service=a`,
  '/check?q=Nordwind+Digital&country=FR',
  '/check?q=Badwind+Brokers&country=FR',
]
const ALL: readonly string[] = [...PAGES, ...FIRM_PAGES]

/** The server that knows the page. */
function baseOf(path: string): string {
  return FIRM_PAGES.includes(path) ? firmUrl : url
}

let browser: Browser
let url = ''
let freshUrl = ''
let firmUrl = ''
const closers: (() => Promise<void>)[] = []

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

describe.runIf(CHROMIUM !== undefined)('every page in a real browser', () => {
  beforeAll(async () => {
    const { queries, registry, close } = await sampleWorld()
    const [full, fresh, firms] = await Promise.all([
      serveFake(),
      serveFake({ queries: fakeQueries({ fresh: true }) }),
      serveFake({ queries, registry }),
    ])
    closers.push(close, full.close, fresh.close, firms.close)
    url = full.url
    firmUrl = firms.url
    freshUrl = fresh.url
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: ['--no-sandbox'],
    })
    closers.push(() => browser.close())
  })

  afterAll(async () => {
    for (const close of closers.reverse()) await close()
  })

  it.each([
    ['en', 390, 'light'],
    ['en', 1280, 'dark'],
    ['ar', 390, 'dark'],
    ['ar', 1280, 'light'],
  ] as const)(
    'has no serious fault for assistive technology: %s, %d px, %s',
    async (locale, width, scheme) => {
      const context = await contextOf(width, scheme)
      const page = await context.newPage()
      const faults: string[] = []
      for (const path of ALL) {
        await page.goto(`${baseOf(path)}/${locale}${path}`)
        await page.evaluate(AXE)
        const { violations } = await page.evaluate<AxeResult>(
          "axe.run(document, { resultTypes: ['violations'] })",
        )
        for (const { id, impact, nodes } of violations) {
          if (impact === 'serious' || impact === 'critical') {
            faults.push(`${path} ${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
          }
        }
      }
      expect(faults).toEqual([])
      await context.close()
    },
  )

  it.each(LOCALES)(
    'never scrolls sideways as a whole, nor says anything to the console: %s',
    async (locale) => {
      const faults: string[] = []
      for (const width of locale === 'en' ? [320, 390, 1280] : [320, 390]) {
        const context = await contextOf(width, 'light')
        const page = await context.newPage()
        page.on('console', (line) => {
          // Chromium itself reports the status of an error page.
          if (!line.text().includes('Failed to load resource')) faults.push(line.text())
        })
        for (const path of ALL) {
          await page.goto(`${baseOf(path)}/${locale}${path}`)
          const over = await page.evaluate<number>(
            'document.scrollingElement.scrollWidth - document.documentElement.clientWidth',
          )
          if (over > 0) faults.push(`${width} px ${path}: ${over} px too wide`)
        }
        await context.close()
      }
      expect(faults).toEqual([])
    },
  )

  it('reads the same with scripts switched off, and asks by the keyboard alone', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${url}/en/`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('#q').focus()
    await page.keyboard.type(ASK.danger)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/en\/check\?q=/)
    expect(await page.locator('h1 .word').textContent()).toBe('Danger')
    await page.getByRole('link', { name: 'The row as written' }).first().click()
    expect(await page.locator('pre.row').textContent()).toContain('Custody')
    await context.close()
  })

  it('gives the whole identifier when a cut one is copied', async () => {
    const context = await contextOf(390, 'light')
    const page = await context.newPage()
    await page.goto(`${url}/en/`)
    const cut = page.locator('.examples .cut').first()
    const copied = await page.evaluate<string>("document.querySelector('.examples .cut').innerText")
    expect(copied).toBe(ASK.danger)
    const shown = (await cut.boundingBox())?.width ?? 999
    expect(shown).toBeLessThan(300)
    await context.close()
  })

  it('keeps the order of the verdict at both widths, and uses the room at 1280', async () => {
    for (const width of [390, 1280]) {
      const context = await contextOf(width, 'light')
      const page = await context.newPage()
      await page.goto(`${url}/en${check(ASK.firm)}`)
      const boxes = await Promise.all(
        ['why', 'checked', 'who', 'changed', 'now'].map(async (id) => {
          const box = await page.locator(`section[aria-labelledby="${id}"]`).boundingBox()
          return { top: box?.y ?? -1, width: box?.width ?? -1 }
        }),
      )
      const [why, checked, ...rest] = boxes
      const below = [why, ...(width === 390 ? [checked] : []), ...rest].map((box) => box?.top ?? -1)
      expect(below).toEqual([...below].sort((a, b) => a - b))
      if (width === 1280) expect(checked?.top).toBe(why?.top)
      await context.close()
    }
  })

  it('says the answer on the first screen of a telephone', async () => {
    const context = await contextOf(390, 'light')
    const page = await context.newPage()
    await page.goto(`${url}/en${check(ASK.danger)}`)
    const box = await page.locator('h1').boundingBox()
    expect((box?.y ?? 9_999) + (box?.height ?? 0)).toBeLessThan(600)
    await context.close()
  })

  it('folds the lists to one line where most were never read', async () => {
    const context = await contextOf(1280, 'light')
    const page = await context.newPage()
    await page.goto(`${freshUrl}/en${check(ASK.fresh)}`)
    expect(await page.locator('.checked tbody tr:visible').count()).toBe(2)
    await page.locator('.checked details summary').click()
    expect(await page.locator('.checked tbody tr:visible').count()).toBeGreaterThan(9)
    await context.close()
  })

  async function contextOf(width: number, colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
    return await browser.newContext({ viewport: { width, height: 844 }, colorScheme })
  }
})
