import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// The made languages show what is too long before a translator does.
vi.hoisted(() => {
  process.env.CUSTOS_PSEUDO_LOCALES = '1'
})

import { LOCALES } from '../../src/i18n/locales.ts'
import { fakeQueries } from '../support/fake-queries.ts'
import { ASK, FIRM_ID } from '../support/fake-verdicts.ts'
import { FAKE_PAGES, FIRM_PAGES } from '../support/pages.ts'
import { sampleNews } from '../support/sample-news.ts'
import { NORD, SOUTH, sampleWorld } from '../support/sample-registry.ts'
import { CHROMIUM, serveFake } from './browser.ts'
import { CLIPPED, MOVING, SMALL_TARGETS } from './look.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const check = (q: string) => `/check?q=${encodeURIComponent(q)}`
const ALL: readonly string[] = [...FAKE_PAGES, ...FIRM_PAGES]
/** Pages that hold every kind of part, for what has to be looked at in every language. */
const SOME: readonly string[] = [
  '/',
  check(ASK.danger),
  check(ASK.firm),
  `/entity/${encodeURIComponent(FIRM_ID)}`,
  '/sources',
  '/tools/rates?amount=100&range=all&fav=EUR-USD',
  '/alerts',
  `/compare?a=${encodeURIComponent(NORD)}&b=${encodeURIComponent(SOUTH)}`,
]
/** One language of each kind of script; the rest differ in words alone. */
const SCRIPTS: readonly string[] = ['zh-Hans', 'hi', 'th', 'ja'].filter((tag) =>
  LOCALES.includes(tag),
)

/** Every page in one browser, on a machine that does other things as well. */
const LONG_MS = 240_000

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
      serveFake({ news: sampleNews }),
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

  /** Serious faults of a page as it is shown now. */
  async function axeFaults(page: Page, path: string, rules?: readonly string[]): Promise<string[]> {
    const only = rules === undefined ? '' : `, runOnly: ${JSON.stringify(rules)}`
    const { violations } = await page.evaluate<AxeResult>(
      `axe.run(document, { resultTypes: ['violations']${only} })`,
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
  }

  it.each([
    ['en', 390, ALL],
    ['ar', 1280, ALL],
    ...SCRIPTS.map((tag) => [tag, 390, SOME] as const),
  ] as const)(
    'has no serious fault for assistive technology in either scheme: %s, %d px',
    async (locale, width, paths) => {
      const context = await contextOf(width, 'light')
      const page = await context.newPage()
      const faults: string[] = []
      for (const path of paths) {
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(`${baseOf(path)}/${locale}${path}`)
        await page.evaluate(AXE)
        faults.push(...(await axeFaults(page, path)))
        // The schemes differ in nothing but their colours, which no direction changes.
        if (locale === 'ar' && !SOME.includes(path)) continue
        await page.emulateMedia({ colorScheme: 'dark' })
        faults.push(...(await axeFaults(page, `${path} (dark)`, ['color-contrast'])))
      }
      expect(faults).toEqual([])
      await context.close()
    },
    LONG_MS,
  )

  it.each([
    ['en', ALL, [320, 390, 640, 1280]],
    ['en-XA', ALL, [390]],
    ['ar-XB', ALL, [390]],
    ...LOCALES.filter((tag) => tag !== 'en').map((tag) => [tag, SOME, [320, 390]] as const),
  ] as const)(
    'cuts nothing off, never scrolls sideways, and says nothing to the console: %s',
    async (locale, paths, widths) => {
      const faults: string[] = []
      const context = await contextOf(390, 'light')
      const page = await context.newPage()
      page.on('console', (line) => {
        // Chromium itself reports the status of an error page.
        if (!line.text().includes('Failed to load resource')) faults.push(line.text())
      })
      for (const path of paths) {
        await page.goto(`${baseOf(path)}/${locale}${path}`)
        // A width of 640 is that of a window of 1280 at twice the size (WCAG 2.2, 1.4.4).
        for (const width of widths) {
          await page.setViewportSize({ width, height: 844 })
          for (const fault of await page.evaluate<string[]>(CLIPPED)) {
            faults.push(`${width} px ${path}: ${fault}`)
          }
        }
      }
      expect(faults).toEqual([])
      await context.close()
    },
    LONG_MS,
  )

  it('has targets of 24 pixels for a finger, and moves nothing for who asked for no movement', async () => {
    const faults: string[] = []
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    for (const path of ALL) {
      await page.goto(`${baseOf(path)}/en${path}`)
      for (const small of await page.evaluate<string[]>(SMALL_TARGETS)) {
        faults.push(`${path}: ${small}`)
      }
      for (const moving of await page.evaluate<string[]>(MOVING)) {
        faults.push(`${path} moves: ${moving}`)
      }
    }
    expect([...new Set(faults)]).toEqual([])
    await context.close()
  })

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
