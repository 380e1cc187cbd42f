import { UndirectedGraph } from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'

export interface Neighbour {
  readonly id: string
  readonly caption: string
  readonly schema: string
  readonly via: string
  readonly value: string
  readonly topics: readonly string[]
}

export type Tone = 'self' | 'danger' | 'warning' | 'entity' | 'key'

/** What a point is; its place is the layout's. */
export interface Point {
  x: number
  y: number
  readonly kind: 'entity' | 'key'
  readonly label: string
  readonly schema: string
  readonly topics: readonly string[]
  readonly tone: Tone
}

export type Points = UndirectedGraph<Point>

/** Written as CommonJS and typed as a module: when it runs, the import is the function itself. */
const layout = forceAtlas2 as unknown as typeof forceAtlas2.default

/** More points are a cloud, and no map. */
const POINTS_MAX = 400
const ROUNDS = 240

export function createPoints(): Points {
  return new UndirectedGraph<Point>()
}

export function entityKey(id: string): string {
  return `e:${id}`
}

/** Adds an entity; one that is there stays as it is. */
export function addEntity(
  points: Points,
  one: Pick<Neighbour, 'id' | 'caption' | 'schema' | 'topics'>,
  tone: Tone,
): string {
  const key = entityKey(one.id)
  if (!points.hasNode(key)) {
    const { caption: label, schema, topics } = one
    points.addNode(key, { ...placeOf(key), kind: 'entity', label, schema, topics, tone })
  }
  return key
}

/**
 * Adds what an entity shares. The shared identifier is a point of its own between the two: it is
 * what the lists say, and the bond is what a reader may conclude.
 */
export function addNeighbours(points: Points, of: string, all: readonly Neighbour[]): void {
  for (const one of all) {
    if (points.order >= POINTS_MAX) return
    const key = `k:${one.via}:${one.value}`
    if (!points.hasNode(key)) {
      const at = placeOf(key)
      const { value: label, via: schema } = one
      points.addNode(key, { ...at, kind: 'key', label, schema, topics: [], tone: 'key' })
    }
    const other = addEntity(points, one, toneOf(one.topics))
    for (const end of [of, other]) if (!points.hasEdge(end, key)) points.addEdge(end, key)
  }
}

function toneOf(topics: readonly string[]): Tone {
  if (topics.includes('sanction') || topics.includes('crime.fraud')) return 'danger'
  return topics.includes('reg.warn') ? 'warning' : 'entity'
}

/** The same points lie in the same places on every visit: nothing here is random. */
export function arrange(points: Points): void {
  if (points.order < 2) return
  layout.assign(points, {
    iterations: ROUNDS,
    settings: { ...layout.inferSettings(points), adjustSizes: false, gravity: 1.5 },
  })
}

/** A first place from the name alone (FNV-1a, 32 bits). */
function placeOf(key: string): { x: number; y: number } {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0
  }
  const angle = (hash / 0x1_0000_0000) * 2 * Math.PI
  const radius = 1 + ((hash >>> 8) % 97) / 97
  return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
}
