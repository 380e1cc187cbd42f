import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import type { Asset } from './manifest.ts'

/** The scripts that a page may declare, by the name of their file in `web/island/`. */
const ISLANDS = ['live', 'aids', 'graph', 'offline'] as const
export type IslandName = (typeof ISLANDS)[number]

/** What the recogniser takes from Node and from the suffix list, small enough for a browser. */
const SHIMS = Object.fromEntries(
  [
    ['node:net', 'net'],
    ['node:url', 'url'],
    ['tldts', 'tldts'],
  ].map(([name, file]) => [
    name,
    fileURLToPath(new URL(`../island/shim/${file}.ts`, import.meta.url)),
  ]),
)

interface Built {
  readonly path: string
  readonly asset: Asset
}

const built = new Map<IslandName, Built>()

/**
 * Bundled and minified at the first page that needs it (some 20 ms, once a process): no build
 * step, and an installation whose pages need no script never makes one.
 */
function build(name: IslandName): Built {
  const known = built.get(name)
  if (known !== undefined) return known
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../island/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    alias: SHIMS,
  })
  const bytes = new Uint8Array(outputFiles[0]?.contents ?? [])
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const asset = {
    type: 'text/javascript; charset=utf-8',
    bytes,
    gzip: new Uint8Array(gzipSync(bytes, { level: 9 })),
  }
  const made = { path: `/asset/${name}.${digest}.js`, asset }
  built.set(name, made)
  return made
}

/** The address changes with the content, so it never expires. */
export function islandPath(name: IslandName): string {
  return build(name).path
}

/** The script at exactly this path; undefined: none is there. */
export function islandAsset(path: string): Asset | undefined {
  const name = ISLANDS.find((one) => path.startsWith(`/asset/${one}.`) && path.endsWith('.js'))
  if (name === undefined) return undefined
  const made = build(name)
  return made.path === path ? made.asset : undefined
}
