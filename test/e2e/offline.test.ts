import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DownloadFile, DownloadManifest } from '../../src/model/downloads.ts'
import type { DownloadPort } from '../../src/web/app.ts'
import { createWeb } from '../../src/web/web.ts'
import { fakePorts } from '../support/fake-ports.ts'
import { offlineOf, type SignedBundle } from '../support/offline-world.ts'
import { ADDRESS, openWorld, WORLD_DATASETS } from '../support/world.ts'
import { CHROMIUM } from './browser.ts'

/** What the installation offers at the moment: a test puts another bundle in its place. */
class Shelf implements DownloadPort {
  readonly isMaking = false
  #made: SignedBundle
  #bytes: Uint8Array<ArrayBuffer>
  #turn = 0

  constructor(made: SignedBundle) {
    this.#made = made
    this.#bytes = made.bytes
  }

  put(made: SignedBundle, bytes: Uint8Array<ArrayBuffer> = made.bytes): void {
    this.#made = made
    this.#bytes = bytes
    // Another content has another tag, or the browser would not ask for it again.
    this.#turn += 1
  }

  manifest(): DownloadManifest {
    const { content, note, vkey } = this.#made
    const { at, expires, version, addresses, sites, origin } = content
    const bundle = {
      ...this.#file('now.bundle'),
      gzip: this.#file('now.bundle.gz'),
      ...{ at, expires, version, addresses, sites, note, vkey, lists: [] },
    }
    return {
      ...{ format: 1, program: '1', origin, at, seq: version, bundle },
      ...{ data: [], withheld: [], proofs: [] },
    }
  }

  open(name: string) {
    if (!/^now\.bundle(?:\.gz)?$/.test(name)) return undefined
    const body = () => new Response(this.#content(name)).body as ReadableStream
    return { file: this.#file(name), stream: body }
  }

  #content(name: string): Uint8Array<ArrayBuffer> {
    return name.endsWith('.gz') ? new Uint8Array(gzipSync(this.#bytes)) : this.#bytes
  }

  #file(name: string): DownloadFile {
    return { name, bytes: this.#content(name).length, sha256: `${name}-${this.#turn}` }
  }
}

/** One bit of the stored bundle flips, as a failing disk would have it. */
const DAMAGE = `(async () => {
  const done = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result)
  })
  const database = await done(indexedDB.open('custos'))
  const store = () => database.transaction('offline', 'readwrite').objectStore('offline')
  const stored = await done(store().get('bundle'))
  new Uint8Array(stored.bytes)[stored.bytes.byteLength - 3] ^= 4
  await done(store().put(stored, 'bundle'))
  database.close()
})()`

describe.runIf(CHROMIUM)('the offline app in Chromium', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let shelf: Shelf
  let first: SignedBundle
  let server: { readonly url: string; close(): void }
  /** What a newer release appends to its worker. */
  let release = ''
  /** Every request that left the browser, with what it carried. */
  const sent: string[] = []

  beforeAll(async () => {
    const world = await openWorld()
    first = await offlineOf(world, WORLD_DATASETS)
    await world.close()
    shelf = new Shelf(first)
    const app = new Hono()
    const web = createWeb(fakePorts({ downloads: shelf }))
    app.get('/sw.js', async () => {
      const { headers } = await web.request('/sw.js')
      const text = await (await web.request('/sw.js')).text()
      return new Response(text + release, { headers })
    })
    app.mount('/', web.fetch)
    server = await new Promise((resolve) => {
      const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
        resolve({ url: `http://127.0.0.1:${port}`, close: () => void made.close() }),
      )
    })
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: ['--no-sandbox'] })
    context = await browser.newContext()
    context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    page = await context.newPage()
    await page.goto(`${server.url}/de/offline`)
  })

  afterAll(async () => {
    await browser.close()
    server.close()
  })

  const ask = async (q: string) => {
    await page.fill('#oq', q)
    await page.press('#oq', 'Enter')
    await page.locator('.offline .asked', { hasText: q }).waitFor()
    return page.locator('.offline .answer').innerText()
  }
  const take = () => page.locator('[data-act="get"]').click()
  const fault = () => page.locator('[data-part="fault"]').innerText()

  it('gets the lists, proves them, and keeps itself', async () => {
    await take()
    await page.locator('#oq').waitFor()
    expect(await page.locator('[data-part="state"]').innerText()).toContain('custos.test')
    const kept = 'caches.match(location.pathname).then((found) => found !== undefined)'
    await expect.poll(() => page.evaluate(kept)).toBe(true)
  })

  it('asks nobody, also where there is a network', async () => {
    expect(await ask(ADDRESS.sanctioned)).toContain('Gefahr')
    expect(await ask('a.b.evil.top')).toContain('Gefahr')
    await page.waitForTimeout(200)
    expect(sent.length).toBeGreaterThan(3)
    expect(sent.filter((one) => /a1a1|evil/i.test(decodeURIComponent(one)))).toEqual([])
  })

  it('opens and answers with the network cut, in the language of the page', async () => {
    await context.setOffline(true)
    await page.goto(`${server.url}/de/offline`)
    await page.locator('#oq').waitFor()
    expect(await ask(ADDRESS.sanctioned)).toMatch(/Gefahr[\s\S]*Title of us_ofac/)
    expect(await ask('login.polka-evil.com')).toContain('Title of polkadot_phishing')
    // Nobody has reviewed the German words, so the English ones stand beneath them.
    expect(await ask(ADDRESS.unlisted)).toMatch(
      /Unbekannt[\s\S]*nicht unbedenklich[\s\S]*Unknown: Not in the lists/,
    )
    expect(await ask('Ivan Zlodeev')).toMatch(/Unbekannt[\s\S]*nur Adressen und Websites/)
  })

  it('stands in for a page that cannot be reached, and answers what it was asked', async () => {
    await page.goto(`${server.url}/de/check?q=evil.top`)
    await page.locator('.offline .asked', { hasText: 'evil.top' }).waitFor()
    expect(await page.locator('.offline .answer').innerText()).toContain('Gefahr')
    await context.setOffline(false)
  })

  it('offers a newer version of itself, and opens it when it is told to', async () => {
    release = '\n// the next release\n'
    await page.goto(`${server.url}/de/offline`)
    const note = page.locator('[data-part="new-page"]')
    await note.waitFor()
    const opened = page.waitForEvent('load')
    await page.locator('[data-act="reload"]').click()
    await opened
    await page.locator('#oq').waitFor()
    expect(await note.isVisible()).toBe(false)
    expect(await ask('evil.top')).toContain('Gefahr')
  })

  it('never takes an older bundle, a changed one, or one of another key', async () => {
    const { content } = first
    // Announced as newer, so that the app offers it at all; inside it is what it is.
    const older = { ...first, content: { ...content, version: content.version + 9 } }
    const bytes = first.bytes.slice()
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    shelf.put(older, bytes)
    await page.goto(`${server.url}/de/offline`)
    await take()
    await expect.poll(fault).toContain('beschädigt')
    expect(await ask('evil.top')).toContain('Gefahr')
    shelf.put({ ...older, vkey: `${first.vkey.slice(0, -6)}AAAAA=` })
    await page.goto(`${server.url}/de/offline`)
    await take()
    await expect.poll(fault).toContain('Signatur')
    expect(await ask('evil.top')).toContain('Gefahr')
  })

  it('answers nothing from lists that were damaged in the browser, and says so', async () => {
    shelf.put(first)
    await page.evaluate(DAMAGE)
    await page.goto(`${server.url}/de/offline`)
    await expect.poll(fault).toContain('beschädigt')
    expect(await page.locator('#oq').isVisible()).toBe(false)
    await take()
    await page.locator('#oq').waitFor()
    expect(await ask('evil.top')).toContain('Gefahr')
  })
})
