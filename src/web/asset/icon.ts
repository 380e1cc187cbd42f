import { crc32, deflateSync } from 'node:zlib'

/**
 * The sign of Custos as PNG, drawn from the same numbers as the mark in the page (`part/mark.ts`):
 * a keyhole in a rounded square of 32 units. Made when it is first asked for, some 30 ms a size.
 */
const UNITS = 32
const RADIUS = 7
const BODY = [0x1d, 0x4f, 0x86] as const
const HOLE = [0xff, 0xff, 0xff] as const
/** Samples of one pixel in each direction: edges become soft. */
const SAMPLES = 4
/** A launcher may cut a maskable icon to a circle of 80 %; the keyhole stays well inside. */
const MASKABLE_SHARE = 0.78

interface Point {
  readonly x: number
  readonly y: number
}

function isInBody({ x, y }: Point): boolean {
  const away = (v: number) => Math.max(RADIUS - v, v - (UNITS - RADIUS), 0)
  return Math.hypot(away(x), away(y)) <= RADIUS
}

/** The circle of `M16 7a5.4 5.4 …` and the wedge below it, `12 25h8`. */
function isInHole({ x, y }: Point): boolean {
  if (Math.hypot(x - 16, y - 12.4) <= 5.4) return true
  if (y < 17 || y > 25) return false
  const half = 2.7 + (1.3 * (y - 17.1)) / 7.9
  return Math.abs(x - 16) <= half
}

/** A square icon; `isMaskable` fills the corners, because the launcher cuts its own shape. */
export function iconPng(size: number, isMaskable: boolean): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(size * (1 + 4 * size))
  for (let row = 0; row < size; row++) {
    const at = row * (1 + 4 * size)
    for (let column = 0; column < size; column++) {
      rows.set(pixel(size, isMaskable, column, row), at + 1 + 4 * column)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  // Eight bits a channel, colour with alpha.
  head.set([8, 6], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(rows, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  )
}

/** Red, green, blue and alpha of one pixel: the share of its samples in each part. */
function pixel(size: number, isMaskable: boolean, column: number, row: number): readonly number[] {
  const scale = UNITS / size / (isMaskable ? MASKABLE_SHARE : 1)
  const place = (v: number) => (v - size / 2) * scale + UNITS / 2
  let body = 0
  let hole = 0
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = place(column + ((i % SAMPLES) + 0.5) / SAMPLES)
    const y = place(row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES)
    if (isInHole({ x, y })) hole += 1
    else if (isMaskable || isInBody({ x, y })) body += 1
  }
  const all = body + hole
  if (all === 0) return [0, 0, 0, 0]
  const mix = BODY.map((value, i) => Math.round((value * body + (HOLE[i] ?? 0) * hole) / all))
  return [...mix, Math.round((255 * all) / (SAMPLES * SAMPLES))]
}

function chunk(kind: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const made = Buffer.alloc(8 + named.length)
  made.writeUInt32BE(content.length, 0)
  named.copy(made, 4)
  made.writeUInt32BE(crc32(named), 4 + named.length)
  return made
}
