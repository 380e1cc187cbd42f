import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { islandPath } from './islands.ts'
import { type Asset, STYLE_PATH } from './manifest.ts'

/** Where the service worker stands: its folder is what it may answer for. */
export const WORKER_PATH = '/sw.js'

let built: Asset | undefined

/**
 * The service worker with the files that it keeps. Their addresses change with their content, so a
 * new release is a new worker, which browsers notice when they next look.
 */
export function workerAsset(pageDigest: string): Asset {
  if (built !== undefined) return built
  const files = [STYLE_PATH, islandPath('offline'), '/icon/192.png']
  const version = createHash('sha256')
    .update(`${files.join(' ')} ${pageDigest}`)
    .digest('hex')
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('../island/sw.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'silent',
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version.slice(0, 16)) },
  })
  const bytes = new Uint8Array(outputFiles[0]?.contents ?? [])
  built = {
    type: 'text/javascript; charset=utf-8',
    bytes,
    gzip: new Uint8Array(gzipSync(bytes, { level: 9 })),
  }
  return built
}
