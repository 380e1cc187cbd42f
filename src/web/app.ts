import type { Context, Hono } from 'hono'
import { sha256Hex } from '../base/encode.ts'
import { AppError } from '../base/error.ts'
import { localeFacts } from '../i18n/locales.ts'
import type { DownloadFile, DownloadManifest } from '../model/downloads.ts'
import { iconPng } from './asset/icon.ts'
import type { Asset } from './asset/manifest.ts'
import { WORKER_PATH, workerAsset } from './asset/worker.ts'
import { allowIslands } from './headers.ts'
import { href } from './part/href.ts'
import type { View } from './view.ts'

/** The files of `/download`, as the pages need them. */
export interface DownloadPort {
  readonly isMaking: boolean
  /** Undefined until something was made. */
  manifest(): DownloadManifest | undefined
  /** A file of the manifest; undefined for every other name. */
  open(name: string): { readonly file: DownloadFile; stream(): ReadableStream } | undefined
}

/** Sizes that launchers ask for; `maskable` fills the corners. */
const ICONS = new Map([
  ['180.png', { size: 180, isMaskable: true }],
  ['192.png', { size: 192, isMaskable: false }],
  ['512.png', { size: 512, isMaskable: false }],
  ['maskable-192.png', { size: 192, isMaskable: true }],
  ['maskable-512.png', { size: 512, isMaskable: true }],
])
const icons = new Map<string, Uint8Array<ArrayBuffer>>()

/** A day: an icon changes with a release, and launchers ask for it at every start. */
const ICON_AGE = 'public, max-age=86400'

/** Manifest, icons, service worker and files: what is neither a page nor named by its content. */
export function addApp(
  app: Hono,
  ports: {
    readonly version: string
    readonly downloads: DownloadPort | undefined
    readonly locales: string
    view(c: Context): View
  },
): void {
  app.get(`/:locale{${ports.locales}}/app.webmanifest`, (c) => {
    c.header('content-type', 'application/manifest+json; charset=utf-8')
    c.header('cache-control', 'no-cache')
    return c.body(JSON.stringify(webManifest(ports.view(c))))
  })
  app.get('/icon/:name', (c) => serveIcon(c, c.req.param('name')))
  app.get(WORKER_PATH, (c) => {
    // The worker asks for the page that it keeps; nothing else of the policy is widened.
    allowIslands(c)
    return send(c, workerAsset(ports.version), 'no-cache')
  })
  app.get('/download/manifest.json', (c) => {
    const manifest = ports.downloads?.manifest()
    if (manifest === undefined) throw missing()
    const { text, etag } = documentOf(manifest)
    c.header('etag', etag)
    c.header('cache-control', 'no-cache')
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    c.header('content-type', 'application/json; charset=utf-8')
    return c.body(text)
  })
  app.get('/download/:name', (c) => serveFile(c, ports.downloads, c.req.param('name')))
}

const documents = new WeakMap<DownloadManifest, { text: string; etag: string }>()

/** The manifest as it is sent; a new key changes its tag as well as a new list does. */
function documentOf(manifest: DownloadManifest): { text: string; etag: string } {
  let made = documents.get(manifest)
  if (made === undefined) {
    const text = JSON.stringify(manifest)
    made = { text, etag: `"${sha256Hex(text).slice(0, 32)}"` }
    documents.set(manifest, made)
  }
  return made
}

function webManifest(view: View) {
  const { intl } = localeFacts(view.locale)
  const at = (path: string) => href(view.locale, path)
  const icon = (name: string, purpose: string) => {
    const { size } = ICONS.get(name) ?? { size: 0 }
    return { src: `/icon/${name}`, type: 'image/png', sizes: `${size}x${size}`, purpose }
  }
  const small = [icon('192.png', 'any')]
  return {
    id: '/',
    name: 'Custos',
    short_name: 'Custos',
    description: view.t('layout.platform'),
    lang: intl,
    dir: view.dir,
    start_url: at('/'),
    scope: '/',
    display: 'standalone',
    display_override: ['standalone', 'minimal-ui', 'browser'],
    background_color: '#ffffff',
    theme_color: '#1d4f86',
    categories: ['finance', 'security', 'utilities'],
    icons: [
      icon('192.png', 'any'),
      icon('512.png', 'any'),
      icon('maskable-192.png', 'maskable'),
      icon('maskable-512.png', 'maskable'),
    ],
    shortcuts: [
      { name: view.t('offline.title'), url: at('/offline'), icons: small },
      { name: view.t('nav.check'), url: at('/'), icons: small },
      { name: view.t('nav.batch'), url: at('/batch'), icons: small },
    ],
    // Telephones share a link as text; the first of several `q` is the one that is asked.
    share_target: {
      action: at('/check'),
      method: 'GET',
      params: { title: 'title', text: 'q', url: 'q' },
    },
  }
}

function serveIcon(c: Context, name: string): Response {
  const wanted = ICONS.get(name)
  if (wanted === undefined) throw missing()
  let bytes = icons.get(name)
  if (bytes === undefined) {
    bytes = iconPng(wanted.size, wanted.isMaskable)
    icons.set(name, bytes)
  }
  c.header('content-type', 'image/png')
  c.header('cache-control', ICON_AGE)
  return c.body(bytes)
}

function send(c: Context, asset: Asset, cacheControl: string): Response {
  c.header('content-type', asset.type)
  c.header('cache-control', cacheControl)
  c.header('vary', 'Accept-Encoding')
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(asset.bytes)
  c.header('content-encoding', 'gzip')
  return c.body(asset.gzip)
}

const TYPES: readonly (readonly [string, string])[] = [
  ['.gz', 'application/gzip'],
  ['.parquet', 'application/vnd.apache.parquet'],
  ['.bundle', 'application/octet-stream'],
  ['.sig', 'application/octet-stream'],
  ['.json', 'application/json; charset=utf-8'],
]

/**
 * A file of the manifest, as a stream. The bundle travels compressed where the reader takes it, so
 * that a browser needs no code to unpack it. The tag is the hash of what is sent.
 */
function serveFile(c: Context, downloads: DownloadPort | undefined, name: string): Response {
  const isPacked =
    name.endsWith('.bundle') && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  const packed = isPacked ? downloads?.open(`${name}.gz`) : undefined
  const opened = packed ?? downloads?.open(name)
  if (opened === undefined) throw missing()
  const { file } = opened
  const etag = `"${file.sha256}"`
  c.header('etag', etag)
  c.header('cache-control', 'no-cache')
  c.header('vary', 'Accept-Encoding')
  if (c.req.header('if-none-match') === etag) return c.body(null, 304)
  const type = TYPES.find(([end]) => name.endsWith(end))?.[1] ?? 'text/plain; charset=utf-8'
  c.header('content-type', type)
  c.header('content-disposition', `attachment; filename="${name}"`)
  if (packed !== undefined) c.header('content-encoding', 'gzip')
  c.header('content-length', String(file.bytes))
  // A HEAD asks for what stands above alone, and must open no file.
  return c.req.method === 'HEAD' ? c.body(null) : c.body(opened.stream())
}

function missing(): AppError {
  return new AppError('web.not_found', 'There is no file at this address.', { status: 404 })
}
