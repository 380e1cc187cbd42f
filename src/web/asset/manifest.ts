import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
}

const FOLDER = new URL('./css/', import.meta.url)

/**
 * The style sheet in its layers, from tokens to print: the files of `css/` in the order of the
 * number that their name starts with, read once. Its address changes with its content, so it
 * never expires.
 */
const style = Buffer.concat(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => readFileSync(new URL(name, FOLDER))),
)
const digest = createHash('sha256').update(style).digest('hex').slice(0, 16)

export const STYLE_PATH = `/asset/style.${digest}.css`

/** Every file that is served, by its exact path; nothing else is ever read from the disk. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  [
    STYLE_PATH,
    {
      type: 'text/css; charset=utf-8',
      bytes: new Uint8Array(style),
      gzip: new Uint8Array(gzipSync(style, { level: 9 })),
    },
  ],
])
