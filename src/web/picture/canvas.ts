import type { Contour, Outline } from './outline.ts'

/** Red, green and blue in one number: `0xrrggbb`. */
export type Colour = number

/** Steps from one colour to another at an edge: so a picture of few inks has few colours. */
const SHADES = 15

/**
 * A picture of filled outlines with smooth edges. Each edge adds to the pixels it crosses the area
 * that lies to its right, with its sign; the running sum along a row is then the share of each
 * pixel that the outline covers. What lies outside of the picture is not drawn.
 */
export class Canvas {
  readonly width: number
  readonly height: number
  /** One colour for each pixel, row by row. */
  readonly pixels: Uint32Array
  readonly #sums: Float32Array

  constructor(width: number, height: number, ground: Colour) {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height).fill(ground)
    this.#sums = new Float32Array((width + 2) * height)
  }

  rectangle(x: number, y: number, width: number, height: number, ink: Colour): void {
    this.fill([[x, y, x + width, y, x + width, y + height, x, y + height]], ink)
  }

  fill(outline: Outline, ink: Colour): void {
    const box = boxOf(outline)
    const left = Math.max(0, Math.floor(box.left))
    const right = Math.min(this.width, Math.ceil(box.right) + 1)
    const top = Math.max(0, Math.floor(box.top))
    const bottom = Math.min(this.height, Math.ceil(box.bottom) + 1)
    if (left >= right || top >= bottom) return
    for (const contour of outline) this.#edges(contour)
    for (let y = top; y < bottom; y += 1) this.#paintRow(y, left, right, ink)
  }

  #edges(contour: Contour): void {
    const { length } = contour
    for (let at = 0; at < length; at += 2) {
      const next = at + 2 === length ? 0 : at + 2
      this.#edge(contour[at] ?? 0, contour[at + 1] ?? 0, contour[next] ?? 0, contour[next + 1] ?? 0)
    }
  }

  #edge(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return
    const sign = y0 < y1 ? 1 : -1
    const [topX, topY, endX, endY] = sign > 0 ? [x0, y0, x1, y1] : [x1, y1, x0, y0]
    const slope = (endX - topX) / (endY - topY)
    const from = Math.max(0, topY)
    const to = Math.min(this.height, endY)
    let x = topX + slope * (from - topY)
    for (let row = Math.floor(from); row < to; row += 1) {
      const high = Math.min(row + 1, to) - Math.max(row, from)
      const nextX = x + slope * high
      this.#piece(row, x, nextX, high * sign)
      x = nextX
    }
  }

  /** The part of an edge in one row: `height` with its sign, from one x to the other. */
  #piece(row: number, x0: number, x1: number, height: number): void {
    const left = clamp(Math.min(x0, x1), this.width)
    const right = clamp(Math.max(x0, x1), this.width)
    const sums = this.#sums
    const start = row * (this.width + 2)
    const first = Math.floor(left)
    const last = Math.floor(right)
    if (first === last) {
      const covered = height * (1 - ((left + right) / 2 - first))
      sums[start + first] = (sums[start + first] ?? 0) + covered
      sums[start + first + 1] = (sums[start + first + 1] ?? 0) + height - covered
      return
    }
    const perPixel = height / (right - left)
    let before = 0
    for (let pixel = first; pixel <= last; pixel += 1) {
      const [from, to] = [Math.max(left, pixel), Math.min(right, pixel + 1)]
      const part = perPixel * (to - from)
      const covered = part * (pixel + 1 - (from + to) / 2)
      sums[start + pixel] = (sums[start + pixel] ?? 0) + covered + before
      before = part - covered
    }
    sums[start + last + 1] = (sums[start + last + 1] ?? 0) + before
  }

  #paintRow(y: number, left: number, right: number, ink: Colour): void {
    const start = y * (this.width + 2)
    let sum = 0
    for (let x = left; x <= right; x += 1) {
      sum += this.#sums[start + x] ?? 0
      this.#sums[start + x] = 0
      const shade = Math.round(Math.min(1, Math.abs(sum)) * SHADES)
      if (shade === 0 || x >= this.width) continue
      const at = y * this.width + x
      this.pixels[at] = shade === SHADES ? ink : blend(this.pixels[at] ?? 0, ink, shade / SHADES)
    }
  }
}

function blend(under: Colour, over: Colour, share: number): Colour {
  const channel = (shift: number) => {
    const from = (under >> shift) & 255
    return Math.round(from + (((over >> shift) & 255) - from) * share) << shift
  }
  return channel(16) | channel(8) | channel(0)
}

function clamp(x: number, width: number): number {
  return Math.min(Math.max(x, 0), width)
}

function boxOf(outline: Outline): { left: number; right: number; top: number; bottom: number } {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }
  for (const contour of outline) {
    for (let at = 0; at < contour.length; at += 2) {
      const [x = 0, y = 0] = [contour[at], contour[at + 1]]
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
    }
  }
  return box
}
