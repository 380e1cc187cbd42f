import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ASK, FIRM_ID } from '../support/fake-verdicts.ts'
import { CHROMIUM, serveFake } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const check = (q: string) => `/en/check?q=${encodeURIComponent(q)}`
const FIRM = `/en/entity/${encodeURIComponent(FIRM_ID)}`
/** Drawn by the processor: a machine without a graphics card draws the map as well. */
const GL = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

let browser: Browser
let server: Awaited<ReturnType<typeof serveFake>>

describe.runIf(CHROMIUM !== undefined)('the aids of a page', () => {
  beforeAll(async () => {
    server = await serveFake()
    browser = await chromium.launch({
      ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }),
      args: GL,
    })
  })

  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  it('find a page, a name and a question by the keyboard alone', async () => {
    const { page, context } = await opened('/en/')
    await suggesting(page)
    await page.locator('h1').click()
    await page.keyboard.press('/')
    const field = page.getByRole('combobox', { name: 'Find or check' })
    await expectFocus(page, 'INPUT')
    await page.keyboard.type('merid')
    await page.getByRole('option', { name: 'Meridian Custody' }).waitFor()
    expect(await serious(page, 'dialog')).toEqual([])
    // The first choice asks what was typed, the next is the completion.
    expect(await marked(page)).toContain('Check “merid”')
    await page.keyboard.press('ArrowDown')
    expect(await marked(page)).toContain('Meridian Custody')
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('method')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/en/method')
    await context.close()
  })

  it('leave a slash in a field alone, and stay closed for who switched the key off', async () => {
    const { page, context } = await opened('/en/')
    await page.locator('#q').fill('')
    await page.locator('#q').press('/')
    expect(await page.locator('#q').inputValue()).toBe('/')
    await page.getByRole('button', { name: 'Find or check' }).click()
    await page.getByLabel('The key / opens this').uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await page.locator('h1').click()
    await page.keyboard.press('/')
    expect(await page.locator('dialog[open]').count()).toBe(0)
    await context.close()
  })

  it('complete the box, and ask what was chosen', async () => {
    const { page, context } = await opened('/en/')
    await suggesting(page)
    await page.locator('#q').pressSequentially('mer')
    await page.getByRole('option', { name: 'Meridian Custody' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/en\/check\?q=Meridian\+Custody/)
    await context.close()
  })

  it('keep the last checks in the browser, show them, and forget them when told', async () => {
    const { page, context } = await opened(check(ASK.danger))
    await page.goto(`${server.url}${check(ASK.firm)}`)
    await page.goto(`${server.url}/en/`)
    const shown = page.locator('.recent a')
    expect(await shown.allTextContents()).toEqual([ASK.firm, ASK.danger])
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    expect(await shown.count()).toBe(0)
    await page.reload()
    expect(await page.locator('.recent').textContent()).toContain('None yet')
    await context.close()
  })

  it('do without a storage that is switched off', async () => {
    const context = await browser.newContext()
    await context.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new Error('off') } })",
    )
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${server.url}${check(ASK.danger)}`)
    await page.goto(`${server.url}/en/`)
    expect(await page.locator('.recent').textContent()).toContain('None yet')
    await page.keyboard.press('/')
    await page.locator('dialog[open]').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('copy the whole identifier, and move nothing while they appear', async () => {
    const { page, context } = await opened(check(ASK.danger))
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.locator('.asked button.copy').first().focus()
    await page.keyboard.press('Enter')
    await page.getByText('Copied').waitFor({ state: 'attached' })
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(ASK.danger)
    const shift = await page.evaluate<number>(
      `new Promise((done) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => done(sum), 100)
      })`,
    )
    expect(shift).toBeLessThan(0.001)
    await context.close()
  })

  it('draw the map of connections, walked and closed by the keyboard', async () => {
    const { page, context } = await opened(FIRM)
    await page.route('**/v1/entities/*/adjacent*', (route) =>
      route.fulfill({ json: { entities: [NEIGHBOUR] } }),
    )
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    await page.getByRole('button', { name: 'Explore the connections' }).press('Enter')
    await page.locator('.map canvas').first().waitFor()
    const chosen = page.locator('.map .chosen')
    const first = await chosen.textContent()
    const seen = new Set([first])
    for (const key of [
      'ArrowLeft',
      'ArrowUp',
      'ArrowRight',
      'ArrowDown',
      'ArrowDown',
      'ArrowLeft',
    ]) {
      await page.keyboard.press(key)
      await page.keyboard.press('Enter')
      seen.add(await chosen.textContent())
    }
    expect(seen.size).toBeGreaterThan(2)
    expect(await serious(page, '.map')).toEqual([])
    await page.getByRole('button', { name: 'Close', exact: true }).last().press('Enter')
    await page.getByRole('button', { name: 'Explore the connections' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  it('leave the list where the map cannot be drawn', async () => {
    const context = await browser.newContext()
    await context.addInitScript('HTMLCanvasElement.prototype.getContext = () => null')
    const page = await context.newPage()
    await page.goto(`${server.url}${FIRM}`)
    await page.getByRole('button', { name: 'Explore the connections' }).click()
    await page.getByText('This browser cannot draw the map').waitFor()
    expect(await page.locator('.relations li').count()).toBeGreaterThan(1)
    await context.close()
  })

  it('are not missed: without scripts the menu opens and no dead button is shown', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    })
    const page = await context.newPage()
    await page.goto(`${server.url}${FIRM}`)
    for (const dead of ['.finder', 'x-graph button', 'button.copy', '.recent']) {
      expect(await page.locator(dead).locator('visible=true').count()).toBe(0)
    }
    const menu = page.getByRole('navigation', { name: 'Pages' })
    expect(await menu.count()).toBe(0)
    await page.getByRole('button', { name: 'Menu' }).press('Enter')
    await menu.getByRole('link', { name: 'Method' }).click()
    await page.waitForURL('**/en/method')
    await context.close()
  })

  it('weigh less than 6 KB, and the map less than 70 KB, compressed', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}${FIRM}`)
    const paths = await page.evaluate<string[]>(
      `[document.querySelector('script[src*="aids"]').src, document.querySelector('x-graph').dataset.src]`,
    )
    const sizes = await Promise.all(
      paths.map(async (path) => {
        const url = new URL(path, server.url)
        const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } })
        return Number(response.headers.get('content-length') ?? (await size(url)))
      }),
    )
    expect(sizes[0]).toBeLessThan(6_000)
    expect(sizes[1]).toBeLessThan(70_000)
    await page.close()
  })
})

const NEIGHBOUR = {
  id: 'xx_list:far',
  caption: 'Far Relation',
  schema: 'Person',
  dataset: 'xx_list',
  topics: ['sanction'],
  via: 'wallet',
  value: '0x0000000000000000000000000000000000000001',
}

async function size(url: URL): Promise<number> {
  const { gzipSync } = await import('node:zlib')
  return gzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer())).byteLength
}

async function opened(path: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 844 } })
  const page = await context.newPage()
  await page.goto(`${server.url}${path}`)
  return { page, context }
}

/** The program's interface is another server's: here it knows one name. */
async function suggesting(page: Page): Promise<void> {
  await page.route('**/v1/suggest*', (route) =>
    route.fulfill({
      json: { results: [{ completion: 'Meridian Custody', caption: 'Meridian Custody' }] },
    }),
  )
}

async function marked(page: Page): Promise<string> {
  return (await page.locator('[role="option"][aria-selected="true"]').textContent()) ?? ''
}

async function expectFocus(page: Page, tag: string): Promise<void> {
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe(tag)
}

async function serious(page: Page, part: string): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{
    violations: readonly { id: string; impact: string; nodes: readonly { html: string }[] }[]
  }>(`axe.run('${part}', { resultTypes: ['violations'] })`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
}
