import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWeb } from '../../src/web/web.ts'
import { alert } from '../support/fake-chain.ts'
import { fakePorts } from '../support/fake-ports.ts'
import { CHROMIUM } from './browser.ts'

/** One reader of the stream; what is sent reaches it as an event of the server. */
interface Listener {
  send(event: unknown): void
}

describe.runIf(CHROMIUM)('the live page in Chromium', () => {
  let browser: Browser
  let page: Page
  let url = ''
  let close = () => {}
  const asked: URL[] = []
  const listeners: Listener[] = []

  beforeAll(async () => {
    const app = new Hono()
    app.get('/v1/alerts/stream', (c) => {
      asked.push(new URL(c.req.url))
      const encoder = new TextEncoder()
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(encoder.encode(': open\n\n'))
          listeners.push({
            send: (event) => {
              const text = typeof event === 'string' ? event : JSON.stringify(event)
              controller.enqueue(encoder.encode(`id: 13\nevent: alert\ndata: ${text}\n\n`))
            },
          })
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    })
    app.mount('/', createWeb(fakePorts()).fetch)
    await new Promise<void>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
        url = `http://127.0.0.1:${port}`
        resolve()
      })
      close = () => {
        if ('closeAllConnections' in server) server.closeAllConnections()
        server.close()
      }
    })
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] })
    page = await browser.newPage()
    await page.goto(`${url}/de/alerts`)
  })

  afterAll(async () => {
    await browser.close()
    close()
  })

  const send = (event: unknown) => listeners.at(-1)?.send(event)
  const row = (id: string) => page.locator(`[id="a-${id}"]`)

  it('asks for what came after the list that it shows, in the language of the page', async () => {
    await expect.poll(() => listeners.length).toBe(1)
    expect(asked[0]?.searchParams.get('since')).toBe('12')
    expect(asked[0]?.searchParams.get('lang')).toBe('de')
  })

  it('puts an alert that arrives at the top, as text with its links', async () => {
    const id = 'b7'.repeat(32)
    const evil = '<img src=x onerror="document.title=1"> & mehr'
    send(alert({ id, text: evil, block: 4_711, change: 13 }))
    await row(id).waitFor()
    expect(await page.locator('.alerts > li').first().getAttribute('id')).toBe(`a-${id}`)
    expect(await row(id).innerText()).toContain(evil)
    expect(await row(id).locator('img').count()).toBe(0)
    expect(await row(id).locator('svg').count()).toBe(1)
    expect(await row(id).innerText()).toContain('vorläufig')
    const links = await row(id)
      .locator('a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
    expect(links).toEqual([
      '/de/block/eip155%3A31337/4711',
      expect.stringMatching(/^\/de\/tx\/eip155%3A31337\/0x7a/),
      expect.stringMatching(/^\/de\/address\/eip155%3A31337%3A0x0+c3$/),
      expect.stringMatching(/^\/de\/address\/eip155%3A31337%3A0x0+a1$/),
    ])
  })

  it('marks a retracted one in its place, and keeps it readable', async () => {
    const id = 'a1'.repeat(32)
    const before = await page.locator('.alerts > li').count()
    send(alert({ id, state: 'retracted', change: 14 }))
    await expect.poll(() => row(id).getAttribute('class')).toBe('alert a-retracted')
    expect(await row(id).locator('.label-tag').innerText()).toBe('zurückgenommen')
    expect(await page.locator('.alerts > li').count()).toBe(before)
    // The block is another one now: only its hash still leads to what is kept of it.
    expect(await row(id).locator('a.num').getAttribute('href')).toMatch(/\/block\/.*\/0x3b/)
    expect(await row(id).locator('a[href*="/tx/"]').count()).toBe(0)
  })

  it('is not changed by an event that is no alert', async () => {
    const before = await page.locator('.alerts').innerHTML()
    for (const event of ['not json', '{}', '[]', '{"id": 5}', 'null']) send(event)
    send({ ...alert({ id: 'c9'.repeat(32) }), state: 'x y' })
    send(alert({ id: 'd2'.repeat(32), state: 'confirmed' }))
    await row('d2'.repeat(32)).waitFor()
    expect(await row('c9'.repeat(32)).count()).toBe(0)
    await row('d2'.repeat(32)).evaluate((item) => item.remove())
    expect(await page.locator('.alerts').innerHTML()).toBe(before)
  })

  it('breaks no rule of its own policy', async () => {
    const second = await browser.newPage()
    const complaints: string[] = []
    second.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await second.goto(`${url}/en/alerts`)
    await expect.poll(() => listeners.length).toBe(2)
    expect(complaints).toEqual([])
    await second.close()
  })

  it('reads the same without script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const calm = await context.newPage()
    await calm.goto(`${url}/en/alerts`)
    expect(await calm.locator('.alerts > li').count()).toBe(4)
    await context.close()
  })
})
