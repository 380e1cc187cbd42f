import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import type { Outline } from './outline.ts'

/** A letter in units of the font, y upwards, and how far the next one stands. */
export interface Glyph {
  readonly outline: Outline
  readonly advance: number
}

export interface Font {
  readonly unitsPerEm: number
  /** Undefined: the font has no such letter. */
  glyph(codePoint: number): Glyph | undefined
}

export type Weight = '400' | '700'

const PACKAGE = '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible'
const SUBSETS = ['latin', 'latin-ext'] as const
const fonts = new Map<Weight, Font>()

/** The one typeface of the pictures, whose 0 and O, l and I cannot be confused. Read when first asked. */
export function fontOf(weight: Weight): Font {
  const known = fonts.get(weight)
  if (known !== undefined) return known
  const { resolve } = createRequire(import.meta.url)
  const faces = SUBSETS.map((subset) =>
    readWoff(readFileSync(resolve(`${PACKAGE}-${subset}-${weight}-normal.woff`))),
  )
  const font: Font = {
    unitsPerEm: faces[0]?.unitsPerEm ?? 1_000,
    glyph: (codePoint) => {
      for (const face of faces) {
        const glyph = face.glyph(codePoint)
        if (glyph !== undefined) return glyph
      }
      return undefined
    },
  }
  fonts.set(weight, font)
  return font
}

/** A font with TrueType outlines in WOFF 1.0: the tables of the font, each compressed by itself. */
export function readWoff(file: Buffer): Font {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('the font is no WOFF file')
  const tables = new Map<string, Buffer>()
  const count = file.readUInt16BE(12)
  for (let at = 44; at < 44 + count * 20; at += 20) {
    const offset = file.readUInt32BE(at + 4)
    const packed = file.subarray(offset, offset + file.readUInt32BE(at + 8))
    const isPacked = packed.length < file.readUInt32BE(at + 12)
    tables.set(file.toString('latin1', at, at + 4), isPacked ? inflateSync(packed) : packed)
  }
  return new TrueType(tables)
}

/** Composite letters (é) are made of simple ones; more levels than this are a damaged file. */
const PARTS_DEPTH_MAX = 4
/** Straight pieces of one curve of a letter. */
const CURVE_STEPS = 5

/** Outlines of the OpenType tables cmap (format 4), hmtx, loca and glyf. */
class TrueType implements Font {
  readonly unitsPerEm: number
  readonly #tables: ReadonlyMap<string, Buffer>
  readonly #ids: ReadonlyMap<number, number>
  readonly #glyphs = new Map<number, Glyph>()

  constructor(tables: ReadonlyMap<string, Buffer>) {
    this.#tables = tables
    this.unitsPerEm = this.#table('head').readUInt16BE(18)
    this.#ids = readCmap(this.#table('cmap'))
  }

  glyph(codePoint: number): Glyph | undefined {
    const known = this.#glyphs.get(codePoint)
    if (known !== undefined) return known
    const id = this.#ids.get(codePoint)
    if (id === undefined) return undefined
    const glyph = { outline: this.#outline(id, 0), advance: this.#advance(id) }
    this.#glyphs.set(codePoint, glyph)
    return glyph
  }

  #table(tag: string): Buffer {
    const table = this.#tables.get(tag)
    if (table === undefined) throw new Error(`the font has no table "${tag}"`)
    return table
  }

  #advance(id: number): number {
    const count = this.#table('hhea').readUInt16BE(34)
    return this.#table('hmtx').readUInt16BE(Math.min(id, count - 1) * 4)
  }

  #outline(id: number, depth: number): Outline {
    const loca = this.#table('loca')
    const isLong = this.#table('head').readInt16BE(50) === 1
    const offset = (at: number) =>
      isLong ? loca.readUInt32BE(at * 4) : loca.readUInt16BE(at * 2) * 2
    const data = this.#table('glyf').subarray(offset(id), offset(id + 1))
    if (data.length === 0 || depth > PARTS_DEPTH_MAX) return []
    return data.readInt16BE(0) >= 0 ? readSimple(data) : this.#composite(data, depth)
  }

  /** Parts that are moved and not turned, as in every accented letter (flags of `glyf`). */
  #composite(data: Buffer, depth: number): Outline {
    const contours: (readonly number[])[] = []
    for (let at = 10, flags = 0x20; (flags & 0x20) !== 0; ) {
      flags = data.readUInt16BE(at)
      const isWide = (flags & 1) !== 0
      const dx = isWide ? data.readInt16BE(at + 4) : data.readInt8(at + 4)
      const dy = isWide ? data.readInt16BE(at + 6) : data.readInt8(at + 5)
      for (const contour of this.#outline(data.readUInt16BE(at + 2), depth + 1)) {
        contours.push(contour.map((value, place) => value + (place % 2 === 0 ? dx : dy)))
      }
      const scale = (flags & 8) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0
      at += (isWide ? 8 : 6) + scale
    }
    return contours
  }
}

/** Segments of format 4: ranges of code points, each with an offset or a list of glyphs. */
function readCmap(table: Buffer): ReadonlyMap<number, number> {
  const ids = new Map<number, number>()
  const start = table.readUInt32BE(8)
  if (table.readUInt16BE(start) !== 4) throw new Error('the font has no cmap of format 4')
  const size = table.readUInt16BE(start + 6)
  for (let at = 0; at < size; at += 2) {
    const last = table.readUInt16BE(start + 14 + at)
    const first = table.readUInt16BE(start + 16 + size + at)
    const delta = table.readUInt16BE(start + 16 + size * 2 + at)
    const place = start + 16 + size * 3 + at
    const range = table.readUInt16BE(place)
    for (let code = first; code <= last && code < 0xffff; code += 1) {
      const raw = range === 0 ? code : table.readUInt16BE(place + range + (code - first) * 2)
      const id = range !== 0 && raw === 0 ? 0 : (raw + delta) & 0xffff
      if (id !== 0) ids.set(code, id)
    }
  }
  return ids
}

interface GlyphPoint {
  readonly x: number
  readonly y: number
  readonly isOn: boolean
}

/** Flags, then all x, then all y, as differences (OpenType, `glyf`, simple glyph description). */
function readSimple(data: Buffer): Outline {
  const count = data.readInt16BE(0)
  const ends = Array.from({ length: count }, (_, at) => data.readUInt16BE(10 + at * 2))
  const total = (ends.at(-1) ?? -1) + 1
  let at = 10 + count * 2
  at += 2 + data.readUInt16BE(at)
  const flags: number[] = []
  while (flags.length < total) {
    const flag = data.readUInt8(at++)
    const times = (flag & 8) === 0 ? 1 : data.readUInt8(at++) + 1
    for (let time = 0; time < times; time += 1) flags.push(flag)
  }
  const axis = (short: number, same: number) => {
    let value = 0
    return flags.map((flag) => {
      if ((flag & short) !== 0)
        value += (flag & same) !== 0 ? data.readUInt8(at++) : -data.readUInt8(at++)
      else if ((flag & same) === 0) {
        value += data.readInt16BE(at)
        at += 2
      }
      return value
    })
  }
  const xs = axis(2, 16)
  const ys = axis(4, 32)
  return ends.map((end, index) => {
    const from = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1
    const points: GlyphPoint[] = []
    for (let place = from; place <= end; place += 1) {
      points.push({ x: xs[place] ?? 0, y: ys[place] ?? 0, isOn: ((flags[place] ?? 0) & 1) !== 0 })
    }
    return flattened(points)
  })
}

/** Between two control points lies an unwritten point of the curve: their middle. */
function flattened(points: readonly GlyphPoint[]): readonly number[] {
  const whole: GlyphPoint[] = []
  points.forEach((point, at) => {
    const before = points.at(at - 1) ?? point
    if (!point.isOn && !before.isOn) whole.push(middle(before, point))
    whole.push(point)
  })
  const start = whole.findIndex((point) => point.isOn)
  const turned = [...whole.slice(start), ...whole.slice(0, start), whole[start]]
  const out: number[] = []
  let pen = turned[0]
  for (let at = 1; at < turned.length; at += 1) {
    const point = turned[at]
    if (point === undefined || pen === undefined) break
    if (point.isOn) out.push(point.x, point.y)
    else {
      const end = turned[++at] ?? point
      for (let step = 1; step <= CURVE_STEPS; step += 1) {
        const t = step / CURVE_STEPS
        const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
        out.push(a * pen.x + b * point.x + c * end.x, a * pen.y + b * point.y + c * end.y)
      }
      pen = end
      continue
    }
    pen = point
  }
  return out
}

function middle(a: GlyphPoint, b: GlyphPoint): GlyphPoint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, isOn: true }
}
