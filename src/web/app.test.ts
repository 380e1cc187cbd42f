import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../test/support/fake-ports.ts'
import { parsePage } from '../../test/support/html.ts'
import { LOCALES, localeFacts } from '../i18n/locales.ts'
import type { DownloadManifest } from '../model/downloads.ts'
import type { DownloadPort } from './app.ts'
import { createWeb } from './web.ts'

const file = (name: string, bytes: string) => ({
  name,
  bytes: bytes.length,
  sha256: 'ab'.repeat(32),
})
const CONTENT = new Map([
  ['custos-offline-2026-11-20-7.bundle', 'the bundle'],
  ['custos-offline-2026-11-20-7.bundle.gz', 'packed'],
  ['one_list-2026-11-20-7.csv.gz', 'rows'],
  ['one_list-2026-11-20-7.jsonl.gz', 'lines'],
  ['one_list-2026-11-20-7.parquet', 'columns'],
  ['SHA256SUMS', 'sums'],
])
const of = (name: string) => file(name, CONTENT.get(name) ?? '')
const LICENCE = { id: 'MIT', name: 'MIT License', url: 'https://licence.example/' }
const BUNDLE = {
  ...of('custos-offline-2026-11-20-7.bundle'),
  gzip: of('custos-offline-2026-11-20-7.bundle.gz'),
  ...{ version: 7, at: '2026-11-20T09:00:00Z', expires: '2026-12-20T09:00:00Z' },
  ...{ note: 'note', vkey: 'vkey', addresses: 1_234, sites: 56 },
  lists: [{ dataset: 'one_list', title: 'One <b>list</b>', entries: 9, licence: LICENCE }],
}
const MANIFEST: DownloadManifest = {
  ...{ format: 1, program: '0.1.0', origin: 'custos.test', at: BUNDLE.at, seq: 7, bundle: BUNDLE },
  data: [
    {
      ...{
        dataset: 'one_list',
        title: 'One <b>list</b>',
        authority: 'Authority',
        kind: 'phishing',
      },
      licence: { ...LICENCE, redistribute: true },
      ...{ version: '1', publishedAt: BUNDLE.at, statements: 9, seq: 7 },
      files: {
        csv: of('one_list-2026-11-20-7.csv.gz'),
        jsonl: of('one_list-2026-11-20-7.jsonl.gz'),
        parquet: of('one_list-2026-11-20-7.parquet'),
      },
    },
  ],
  withheld: [{ dataset: 'closed', title: 'A closed list', licence: 'GPL' }],
  proofs: [of('SHA256SUMS')],
}
const downloads: DownloadPort = {
  isMaking: false,
  manifest: () => MANIFEST,
  open: (name) => {
    const content = CONTENT.get(name)
    if (content === undefined) return undefined
    return { file: of(name), stream: () => new Response(content).body as ReadableStream }
  },
}
const web = createWeb(fakePorts({ downloads }))
const bare = createWeb(fakePorts())
const get = (path: string, headers: Record<string, string> = {}, app = web) =>
  app.request(`http://custos.test${path}`, { headers })

describe('the web manifest', () => {
  it.each(LOCALES)('lets the app be installed in %s', async (locale) => {
    const answer = await get(`/${locale}/app.webmanifest`)
    expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/)
    const manifest = (await answer.json()) as Record<string, unknown>
    expect(manifest).toMatchObject({
      ...{ lang: localeFacts(locale).intl, dir: localeFacts(locale).dir, scope: '/' },
      ...{ start_url: `/${locale}/`, display: 'standalone' },
      share_target: { action: `/${locale}/check`, method: 'GET', params: { text: 'q' } },
    })
    const shortcuts = manifest.shortcuts as { url: string }[]
    expect(shortcuts[0]?.url).toBe(`/${locale}/offline`)
  })

  it('names icons that are there, in the sizes that it says', async () => {
    const { icons } = (await (await get('/en/app.webmanifest')).json()) as {
      icons: { src: string; sizes: string; purpose: string }[]
    }
    expect(icons.map(({ purpose }) => purpose)).toContain('maskable')
    for (const { src, sizes } of icons) {
      const png = Buffer.from(await (await get(src)).arrayBuffer())
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes)
    }
    expect(icons.some(({ sizes }) => sizes === '512x512')).toBe(true)
  })

  it('draws the sign: white inside, blue around it, nothing in the corner unless maskable', async () => {
    const pixel = async (name: string, x: number, y: number) => {
      const png = Buffer.from(await (await get(`/icon/${name}`)).arrayBuffer())
      const size = png.readUInt32BE(16)
      const rows = inflateSync(png.subarray(png.indexOf('IDAT') + 4))
      const at = Math.floor(y * size) * (1 + 4 * size) + 1 + 4 * Math.floor(x * size)
      return [...rows.subarray(at, at + 4)]
    }
    const [white, blue] = [
      [255, 255, 255, 255],
      [0x1d, 0x4f, 0x86, 255],
    ]
    expect(await pixel('192.png', 0.5, 0.4)).toEqual(white)
    expect(await pixel('192.png', 0.1, 0.5)).toEqual(blue)
    expect(await pixel('192.png', 0, 0)).toEqual([0, 0, 0, 0])
    expect(await pixel('maskable-192.png', 0, 0)).toEqual(blue)
  })
})

describe('the service worker', () => {
  it('stands at the root, is asked for anew, and may ask this installation alone', async () => {
    const answer = await get('/sw.js')
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'")
    const text = await answer.text()
    expect(text).toMatch(/\/asset\/offline\.[0-9a-f]{16}\.js/)
    expect(text).toMatch(/\/asset\/style\.[0-9a-f]{16}\.css/)
  })

  it('keeps a page that holds nothing of who asked for it, nor of what was asked', async () => {
    const plain = await (await get('/de/offline')).text()
    const asked = await (await get('/de/offline?q=evil.top')).text()
    expect(plain).not.toMatch(/evil\.top/)
    expect(asked.replaceAll('?q=evil.top', '')).toBe(plain)
  })
})

describe('the offline page', () => {
  it('sends no question by itself: its field has no name and its form no address', async () => {
    const page = parsePage(await (await get('/en/offline')).text())
    expect(JSON.stringify([...page.errors])).toBe('[]')
    const html = await (await get('/en/offline')).text()
    const form = /<form class="box large"[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
    expect(form).not.toMatch(/action=|name=/)
    expect(html).not.toMatch(/\/asset\/aids\./)
  })
})

describe('the files of the download page', () => {
  it('stand there with size, date, hash and licence, and what is left out with its reason', async () => {
    const html = await (await get('/en/download')).text()
    for (const name of CONTENT.keys()) {
      if (!name.endsWith('.bundle.gz')) expect(html).toContain(`/download/${name}`)
    }
    expect(html).toContain('One &lt;b&gt;list&lt;/b&gt;')
    expect(html).toContain('MIT License')
    expect(html).toContain('ab'.repeat(32))
    expect(html).toContain('A closed list')
    expect(html).not.toMatch(/<script/)
  })

  it('are none before something was made, and the page says how to make them', async () => {
    const html = await (await get('/en/download', {}, bare)).text()
    expect(html).toContain('custos export downloads')
    expect((await get('/download/manifest.json', {}, bare)).status).toBe(404)
  })

  it('are sent with their length and tagged by their hash', async () => {
    const answer = await get('/download/one_list-2026-11-20-7.csv.gz')
    expect(await answer.text()).toBe('rows')
    expect(answer.headers.get('content-length')).toBe('4')
    const etag = answer.headers.get('etag') ?? ''
    expect(etag).toBe(`"${'ab'.repeat(32)}"`)
    const again = await get('/download/one_list-2026-11-20-7.csv.gz', { 'if-none-match': etag })
    expect(again.status).toBe(304)
  })

  it('let a browser unpack the bundle by itself', async () => {
    const path = '/download/custos-offline-2026-11-20-7.bundle'
    const packed = await get(path, { 'accept-encoding': 'gzip, br' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(await packed.text()).toBe('packed')
    const plain = await get(path)
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe('the bundle')
  })

  it.each(['..%2Fledger.sqlite', 'instance-key.pem', 'x', 'manifest.json%00'])(
    'are nothing else: %s is not there',
    async (name) => {
      expect((await get(`/download/${name}`)).status).toBe(404)
    },
  )
})
