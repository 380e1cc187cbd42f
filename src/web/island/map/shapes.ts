import { NodePointProgram, type NodeProgramType } from 'sigma/rendering'
import type { Point } from './points.ts'

/**
 * Shapes as distances from their edge, in the square of a point (-0.5 to 0.5, y downwards): the
 * circle's own line of the shader is replaced, and all else stays Sigma's.
 */
const CIRCLE = 'radius - length(m)'
const SHAPES = {
  square: '0.42 - max(abs(m.x), abs(m.y))',
  diamond: 'radius - (abs(m.x) + abs(m.y))',
  triangle: 'min(0.38 - m.y, (m.y + 0.5) * 0.56 - abs(m.x))',
} as const

function shaped(distance: string): NodeProgramType<Point> {
  return class extends NodePointProgram<Point> {
    override getDefinition() {
      const definition = super.getDefinition()
      const source = definition.FRAGMENT_SHADER_SOURCE.replace(CIRCLE, distance)
      return { ...definition, FRAGMENT_SHADER_SOURCE: source }
    }
  }
}

export const PROGRAMS = {
  circle: NodePointProgram<Point>,
  square: shaped(SHAPES.square),
  diamond: shaped(SHAPES.diamond),
  triangle: shaped(SHAPES.triangle),
}

/** As in the drawing of the page: a person is a diamond, a wallet a square, an event a triangle. */
export function shapeOf({ kind, schema }: Pick<Point, 'kind' | 'schema'>): keyof typeof PROGRAMS {
  if (kind === 'key') return 'circle'
  if (schema === 'Person') return 'diamond'
  if (schema === 'CryptoWallet') return 'square'
  return schema === 'Event' || schema === 'Document' ? 'triangle' : 'circle'
}
