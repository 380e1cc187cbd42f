import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly gzip: Uint8Array<ArrayBuffer>
}

/** The style sheet, read once; its address changes with its content, so it never expires. */
const style = readFileSync(new URL('./style.css', import.meta.url))
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
