/** A closed line of points, `[x0, y0, x1, y1, …]`; the last is joined to the first. */
export type Contour = readonly number[]
/** What one colour fills: contours that turn the other way cut holes (non-zero winding). */
export type Outline = readonly Contour[]

/** Straight pieces of one curve: below a quarter of a pixel from the curve at the sizes drawn. */
const CURVE_STEPS = 10
const TOKEN = /[a-z]|[-+]?(?:\d*\.\d+|\d+)/gi
const ARGUMENTS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, a: 7, z: 0 }

interface Pen {
  x: number
  y: number
  contour: number[]
}

/**
 * The path data of SVG (SVG 2, 9.3) as contours, in the commands that the marks use: M L H V C A Z
 * in both cases. Throws for any other: a mark that is drawn in part would be another mark.
 */
export function outlineOf(path: string): Outline {
  const tokens = path.match(TOKEN) ?? []
  const contours: number[][] = []
  const pen: Pen = { x: 0, y: 0, contour: [] }
  let command = ''
  for (let at = 0; at < tokens.length; ) {
    if (/[a-z]/i.test(tokens[at] ?? '')) command = tokens[at++] ?? ''
    const name = command.toLowerCase()
    const count = ARGUMENTS[name]
    if (count === undefined) throw new Error(`the path command "${command}" is not drawn`)
    const args = tokens.slice(at, at + count).map(Number)
    at += count
    if (args.length < count || args.some(Number.isNaN)) throw new Error('the path ends too early')
    const isRelative = command === name
    if (name === 'm') {
      pen.contour = []
      contours.push(pen.contour)
      // Further pairs after a move are lines (SVG 2, 9.3.3).
      command = isRelative ? 'l' : 'L'
    }
    if (name === 'z') {
      pen.x = pen.contour[0] ?? 0
      pen.y = pen.contour[1] ?? 0
      pen.contour = []
    } else draw(pen, name, args, isRelative)
  }
  return contours
}

function draw(pen: Pen, name: string, args: readonly number[], isRelative: boolean): void {
  const [dx, dy] = isRelative ? [pen.x, pen.y] : [0, 0]
  const last = (back: number) => args[args.length - back] ?? 0
  const end = {
    x: name === 'v' ? pen.x : (name === 'h' ? last(1) : last(2)) + dx,
    y: name === 'h' ? pen.y : last(1) + dy,
  }
  if (name === 'c') {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = args
    cubic(pen, [x1 + dx, y1 + dy, x2 + dx, y2 + dy], end)
  } else if (name === 'a') arc(pen, args, end)
  else pen.contour.push(end.x, end.y)
  pen.x = end.x
  pen.y = end.y
}

interface Point {
  readonly x: number
  readonly y: number
}

function cubic(pen: Pen, [x1, y1, x2, y2]: [number, number, number, number], end: Point): void {
  for (let step = 1; step <= CURVE_STEPS; step += 1) {
    const t = step / CURVE_STEPS
    const u = 1 - t
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    pen.contour.push(
      a * pen.x + b * x1 + c * x2 + d * end.x,
      a * pen.y + b * y1 + c * y2 + d * end.y,
    )
  }
}

/** From two ends to the centre: SVG 2, appendix B.2.4. The marks use circles: one radius, no turn. */
function arc(pen: Pen, args: readonly number[], end: Point): void {
  const [rx = 0, , , large = 0, sweep = 0] = args
  const half = { x: (pen.x - end.x) / 2, y: (pen.y - end.y) / 2 }
  const square = half.x * half.x + half.y * half.y
  const radius = Math.max(rx, Math.sqrt(square))
  const turn = large === sweep ? -1 : 1
  const share = turn * Math.sqrt(Math.max(0, radius * radius - square) / square || 0)
  const centre = {
    x: share * half.y + (pen.x + end.x) / 2,
    y: -share * half.x + (pen.y + end.y) / 2,
  }
  const from = Math.atan2(pen.y - centre.y, pen.x - centre.x)
  let sweepBy = Math.atan2(end.y - centre.y, end.x - centre.x) - from
  if (sweep === 1 && sweepBy < 0) sweepBy += 2 * Math.PI
  if (sweep === 0 && sweepBy > 0) sweepBy -= 2 * Math.PI
  const steps = Math.max(4, Math.ceil(Math.abs(sweepBy) * CURVE_STEPS))
  for (let step = 1; step <= steps; step += 1) {
    const angle = from + (sweepBy * step) / steps
    pen.contour.push(centre.x + radius * Math.cos(angle), centre.y + radius * Math.sin(angle))
  }
}

export interface Ring {
  readonly centre: number
  readonly radius: number
  readonly width: number
  /** Lengths of one dash and one gap along the ring; absent: a whole ring. */
  readonly dash?: readonly [number, number]
}

/** A circle drawn as a line, whole or dashed; the first dash begins at the right, as in SVG. */
export function ringOf({ centre, radius, width, dash }: Ring): Outline {
  const [inner, outer] = [radius - width / 2, radius + width / 2]
  if (dash === undefined) {
    return [circle(centre, outer, 0, 2 * Math.PI), circle(centre, inner, 2 * Math.PI, 0)]
  }
  const [on, off] = dash
  const count = Math.floor((2 * Math.PI * radius) / (on + off))
  const angle = on / radius
  return Array.from({ length: count }, (_, at) => {
    const from = (at * 2 * Math.PI) / count
    return [
      ...circle(centre, outer, from, from + angle),
      ...circle(centre, inner, from + angle, from),
    ]
  })
}

function circle(centre: number, radius: number, from: number, to: number): Contour {
  const steps = Math.max(8, Math.ceil(Math.abs(to - from) * 16))
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = from + ((to - from) * step) / steps
    return [centre + radius * Math.cos(angle), centre + radius * Math.sin(angle)]
  }).flat()
}

/** The outline made larger and then moved. */
export function placed(outline: Outline, x: number, y: number, scale: number): Outline {
  return outline.map((contour) =>
    contour.map((value, at) => value * scale + (at % 2 === 0 ? x : y)),
  )
}
