interface Hovered {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly label?: string | null
}

/** The name of a point on the ground of the page, in both schemes: Sigma's own box is white. */
export function drawHover(
  context: CanvasRenderingContext2D,
  { x, y, size, label }: Hovered,
  { labelSize, labelFont }: { readonly labelSize: number; readonly labelFont: string },
): void {
  const style = getComputedStyle(document.documentElement)
  context.beginPath()
  context.arc(x, y, size + 3, 0, 2 * Math.PI)
  context.lineWidth = 2
  context.strokeStyle = style.getPropertyValue('--focus').trim()
  context.stroke()
  if (typeof label !== 'string' || label === '') return
  context.font = `600 ${labelSize}px ${labelFont}`
  const width = context.measureText(label).width
  context.fillStyle = style.getPropertyValue('--ground').trim()
  context.fillRect(x + size + 4, y - labelSize / 2 - 5, width + 10, labelSize + 10)
  context.fillStyle = style.getPropertyValue('--ink').trim()
  context.fillText(label, x + size + 9, y + labelSize / 3)
}
