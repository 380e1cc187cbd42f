import Sigma from 'sigma'
import { drawHover } from './hover.ts'
import type { Point, Points, Tone } from './points.ts'
import { addEntity, addNeighbours, arrange, createPoints, type Neighbour } from './points.ts'
import { PROGRAMS, shapeOf } from './shapes.ts'

export interface MapWords {
  readonly hint: string
  readonly shared: string
  readonly failed: string
  readonly close: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly whole: string
  readonly schemas: Readonly<Record<string, string>>
  readonly topics: Readonly<Record<string, string>>
}

export interface MapFacts {
  readonly words: MapWords
  /** In front of an encoded id: the page of an entity. */
  readonly base: string
  readonly self: Pick<Neighbour, 'id' | 'caption' | 'schema'>
  readonly neighbours: readonly Neighbour[]
  close(): void
}

/** Where the names of tokens stand for tones, so that both schemes are the page's own. */
const TOKENS: Record<Tone, string> = {
  self: '--accent',
  danger: '--danger',
  warning: '--warning',
  entity: '--unknown',
  key: '--line-strong',
}
const SIZES: Record<Tone, number> = { self: 13, danger: 10, warning: 10, entity: 9, key: 4 }

export function hasWebGl(): boolean {
  const canvas = document.createElement('canvas')
  return (canvas.getContext('webgl2') ?? canvas.getContext('webgl')) !== null
}

/** The map, its buttons and the line that says what is chosen. */
export function createMap(facts: MapFacts): { element: HTMLElement; start(): void } {
  const element = made('div', 'map')
  const stage = made('div', 'stage')
  const bar = made('p', 'bar')
  const status = made('p', 'chosen')
  status.setAttribute('role', 'status')
  stage.tabIndex = 0
  stage.setAttribute('role', 'application')
  stage.setAttribute('aria-label', facts.words.hint)
  stage.dir = 'ltr'
  element.append(stage, bar, status, made('p', 'hint', facts.words.hint))
  return {
    element,
    start: () => {
      const map = new ConnectionMap(facts, stage, status)
      bar.append(
        button('+', () => map.zoom(1 / 1.5), facts.words.zoomIn),
        button('−', () => map.zoom(1.5), facts.words.zoomOut),
        button(facts.words.whole, () => map.reset()),
        button(facts.words.close, () => {
          map.end()
          facts.close()
        }),
      )
      stage.focus()
    },
  }
}

class ConnectionMap {
  readonly #facts: MapFacts
  readonly #status: HTMLElement
  readonly #points: Points = createPoints()
  readonly #sigma: Sigma<Point>
  readonly #asked = new Set<string>()
  readonly #ended = new AbortController()
  #chosen: string

  constructor(facts: MapFacts, stage: HTMLElement, status: HTMLElement) {
    this.#facts = facts
    this.#status = status
    this.#chosen = addEntity(this.#points, { ...facts.self, topics: [] }, 'self')
    this.#asked.add(this.#chosen)
    addNeighbours(this.#points, this.#chosen, facts.neighbours)
    arrange(this.#points)
    this.#sigma = new Sigma<Point>(this.#points, stage, this.#settings())
    this.#sigma.on('clickNode', ({ node }) => this.#choose(node))
    const { signal } = this.#ended
    stage.addEventListener('keydown', (event) => this.#key(event), { signal })
    for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => this.#repaint(), { signal })
    }
    this.#tell()
  }

  end(): void {
    this.#ended.abort()
    this.#sigma.kill()
  }

  zoom(factor: number): void {
    const camera = this.#sigma.getCamera()
    camera.animate({ ratio: camera.ratio * factor }, { duration: this.#duration() })
  }

  reset(): void {
    this.#sigma.getCamera().animatedReset({ duration: this.#duration() })
  }

  #duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200
  }

  #settings() {
    const duration = this.#duration()
    const ink = token('--ink')
    return {
      nodeProgramClasses: PROGRAMS,
      defaultNodeType: 'circle',
      defaultDrawNodeHover: drawHover,
      defaultEdgeColor: token('--line-strong'),
      labelColor: { color: ink },
      labelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 13,
      labelRenderedSizeThreshold: 7,
      labelDensity: 0.5,
      labelGridCellSize: 140,
      stagePadding: 48,
      zoomDuration: duration,
      inertiaDuration: duration,
      minCameraRatio: 0.1,
      maxCameraRatio: 4,
      // A stage that is not laid out yet has no size; it is measured again when it has one.
      allowInvalidContainer: true,
      nodeReducer: (key: string, point: Point) => this.#seen(key, point),
    }
  }

  #seen(key: string, point: Point) {
    const isChosen = key === this.#chosen
    const word = point.topics.map((topic) => this.#facts.words.topics[topic]).find(Boolean)
    return {
      ...point,
      type: shapeOf(point),
      // Said in words as well, so that no colour is needed to know it.
      label: word === undefined ? cut(point.label) : `${cut(point.label)} · ${word}`,
      color: token(TOKENS[point.tone]),
      size: SIZES[point.tone] + (isChosen ? 3 : 0),
      forceLabel: isChosen || point.tone === 'self',
      highlighted: isChosen,
    }
  }

  #repaint(): void {
    this.#sigma.setSetting('labelColor', { color: token('--ink') })
    this.#sigma.setSetting('defaultEdgeColor', token('--line-strong'))
    this.#sigma.refresh()
  }

  #key(event: KeyboardEvent): void {
    const step = STEPS[event.key]
    if (step !== undefined) this.#step(step)
    else if (event.key === 'Enter') this.#choose(this.#chosen)
    else if (event.key === '+') this.zoom(1 / 1.5)
    else if (event.key === '-') this.zoom(1.5)
    else return
    event.preventDefault()
  }

  /** The nearest point in a direction; what lies off to the side counts as further away. */
  #step({ x, y }: { readonly x: number; readonly y: number }): void {
    const from = this.#points.getNodeAttributes(this.#chosen)
    let best: { key: string; far: number } | undefined
    this.#points.forEachNode((key, point) => {
      const [dx, dy] = [point.x - from.x, point.y - from.y]
      const along = dx * x + dy * y
      if (key === this.#chosen || along <= 0) return
      const far = along + 2 * Math.abs(dx * y - dy * x)
      if (best === undefined || far < best.far) best = { key, far }
    })
    if (best === undefined) return
    this.#chosen = best.key
    this.#sigma.refresh({ skipIndexation: true })
    this.#tell()
  }

  async #choose(key: string): Promise<void> {
    this.#chosen = key
    this.#sigma.refresh({ skipIndexation: true })
    this.#tell()
    if (!key.startsWith('e:') || this.#asked.has(key)) return
    this.#asked.add(key)
    const found = await neighboursOf(key.slice(2), this.#ended.signal)
    if (found.length === 0 || this.#ended.signal.aborted) return
    addNeighbours(this.#points, key, found)
    arrange(this.#points)
    this.#tell()
  }

  /** Name, kind and what is said of it, with the way to its page. */
  #tell(): void {
    const { words, base } = this.#facts
    const { kind, label, schema, topics } = this.#points.getNodeAttributes(this.#chosen)
    const said = [
      kind === 'key' ? words.shared : (words.schemas[schema] ?? schema),
      ...topics.map((topic) => words.topics[topic] ?? ''),
    ].filter((word) => word !== '')
    const name = made('bdi', kind === 'key' ? 'id' : '', label)
    if (kind === 'entity') {
      const link = made('a')
      link.href = base + encodeURIComponent(this.#chosen.slice(2))
      link.append(name)
      this.#status.replaceChildren(link, ` · ${said.join(' · ')}`)
    } else {
      this.#status.replaceChildren(name, ` · ${said.join(' · ')}`)
    }
  }
}

/** On the screen up is greater: the drawing's y runs upwards. */
const STEPS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
}

async function neighboursOf(id: string, signal: AbortSignal): Promise<readonly Neighbour[]> {
  try {
    const path = `/v1/entities/${encodeURIComponent(id)}/adjacent?limit=100`
    const response = await fetch(path, { signal })
    if (!response.ok) return []
    const { entities } = (await response.json()) as { entities?: unknown }
    return Array.isArray(entities) ? entities.flatMap(neighbourOf) : []
  } catch {
    return []
  }
}

function neighbourOf(one: Partial<Record<keyof Neighbour, unknown>>): readonly Neighbour[] {
  const texts = [one.id, one.caption, one.schema, one.via, one.value]
  if (!texts.every((text) => typeof text === 'string')) return []
  const topics = Array.isArray(one.topics) ? one.topics.map(String) : []
  return [{ ...(one as unknown as Neighbour), topics }]
}

/** Both ends of a long name tell it apart; the line below the map has the whole. */
function cut(text: string): string {
  return text.length <= 26 ? text : `${text.slice(0, 14)}…${text.slice(-8)}`
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  if (className !== '') element.className = className
  if (text !== '') element.textContent = text
  return element
}

function button(text: string, press: () => void, name = ''): HTMLButtonElement {
  const element = made('button', 'button quiet', text)
  element.type = 'button'
  if (name !== '') element.setAttribute('aria-label', name)
  element.addEventListener('click', press)
  return element
}
