import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'

const deflated = promisify(deflate)
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Bit depth 8, colour type 3 (palette), and no interlacing (PNG, 11.2.1). */
const FORMAT = [8, 3, 0, 0, 0]
/** Colours of one palette. */
const COLOURS_MAX = 256

/** Pixels of `0xrrggbb` as a PNG (ISO/IEC 15948). The compression runs beside the event loop. */
export async function pngOf(
  pixels: Uint32Array,
  width: number,
  height: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set(FORMAT, 8)
  const palette = new Map<number, number>()
  // Each row begins with its filter: 0, none, as palettes compress best (PNG, 12.7).
  const rows = Buffer.alloc((width + 1) * height)
  let last = -1
  let place = 0
  for (let y = 0, at = 0; y < height; y += 1) {
    at += 1
    for (let x = 0; x < width; x += 1, at += 1) {
      const colour = pixels[y * width + x] ?? 0
      if (colour !== last) place = palette.get(colour) ?? added(palette, colour)
      last = colour
      rows[at] = place
    }
  }
  const data = await deflated(rows, { level: 6 })
  const colours = Buffer.alloc(palette.size * 3)
  for (const [colour, at] of palette) colours.writeUIntBE(colour, at * 3, 3)
  return new Uint8Array(
    Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      chunk('PLTE', colours),
      chunk('IDAT', data),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** A new place in the palette; where it is full, the place of the nearest colour. */
function added(palette: Map<number, number>, colour: number): number {
  if (palette.size < COLOURS_MAX) {
    palette.set(colour, palette.size)
    return palette.size - 1
  }
  let best = 0
  let nearest = Number.POSITIVE_INFINITY
  for (const [known, at] of palette) {
    const away = distance(known, colour)
    if (away < nearest) [best, nearest] = [at, away]
  }
  return best
}

function distance(a: number, b: number): number {
  return [16, 8, 0].reduce((sum, shift) => {
    const difference = ((a >> shift) & 255) - ((b >> shift) & 255)
    return sum + difference * difference
  }, 0)
}

/** Length, name, content, and the checksum of the last two (PNG, 5.3). */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
