import { createHash } from 'node:crypto'
import type { Canvas } from './canvas.ts'
import { pngOf } from './png.ts'

/** Pictures that are kept: about 600 of them. */
const BYTES_MAX = 16_777_216
/** Pictures that are made at once; who comes later waits, and is refused when too many do. */
const MAKING_MAX = 64

export type Png = Uint8Array<ArrayBuffer>

export interface PictureStore {
  /** The picture of a card; undefined: too many are being made now. */
  png(etag: string, draw: () => Canvas): Promise<Png | undefined>
}

/** The name of a card by all that is drawn on it: the same words are the same picture. */
export function etagOf(card: object): string {
  return `"${createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 32)}"`
}

/**
 * Pictures by what is on them, the longest unasked one forgotten first. Each is drawn once however
 * many ask for it, and one after the other, with a turn of the event loop between two.
 */
export function createPictureStore(bytesMax = BYTES_MAX): PictureStore {
  const kept = new Map<string, Png>()
  const making = new Map<string, Promise<Png>>()
  let bytes = 0
  let last: Promise<unknown> = Promise.resolve()

  function keep(etag: string, png: Png): void {
    kept.set(etag, png)
    bytes += png.length
    for (const [oldest, { length }] of kept) {
      if (bytes <= bytesMax) break
      kept.delete(oldest)
      bytes -= length
    }
  }

  async function make(etag: string, before: Promise<unknown>, draw: () => Canvas): Promise<Png> {
    await before.catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    const { pixels, width, height } = draw()
    const png = await pngOf(pixels, width, height)
    keep(etag, png)
    return png
  }

  return {
    async png(etag, draw) {
      const known = kept.get(etag)
      if (known !== undefined) {
        kept.delete(etag)
        kept.set(etag, known)
        return known
      }
      const running = making.get(etag)
      if (running !== undefined) return running
      if (making.size >= MAKING_MAX) return undefined
      const made = make(etag, last, draw).finally(() => making.delete(etag))
      making.set(etag, made)
      last = made
      return made
    },
  }
}
