import { createMap, hasWebGl, type MapWords } from './map/map.ts'
import type { Neighbour } from './map/points.ts'

/**
 * The map of connections, fetched when a reader asks for it. It is drawn from the list that stands
 * behind it; where it cannot be drawn, the list says the same.
 */
export function explore(host: HTMLElement): void {
  const { id, caption, schema, base } = host.dataset
  const words = wordsOf(host.dataset.words)
  if (id === undefined || !hasWebGl()) {
    const text = document.createElement('p')
    text.className = 'hint'
    text.setAttribute('role', 'status')
    text.textContent = words.failed
    host.replaceChildren(text)
    return
  }
  const opener = [...host.children]
  const stage = createMap({
    words,
    base: base ?? '/entity/',
    self: { id, caption: caption ?? id, schema: schema ?? '' },
    neighbours: listed(host),
    close: () => {
      host.replaceChildren(...opener)
      host.querySelector('button')?.focus()
    },
  })
  host.replaceChildren(stage.element)
  stage.start()
}

/** What the list on the page already says. */
function listed(host: HTMLElement): readonly Neighbour[] {
  const items = host.parentElement?.querySelectorAll<HTMLElement>('li[data-id]') ?? []
  return [...items].map((item) => ({
    id: item.dataset.id ?? '',
    caption: item.querySelector('a')?.textContent ?? '',
    schema: item.dataset.schema ?? '',
    via: item.dataset.via ?? '',
    value: item.dataset.value ?? '',
    topics: (item.dataset.topics ?? '').split(' ').filter((topic) => topic !== ''),
  }))
}

function wordsOf(text: string | undefined): MapWords {
  const words = { hint: '', shared: '', failed: '', close: '', zoomIn: '', zoomOut: '', whole: '' }
  const none = { ...words, schemas: {}, topics: {} }
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    return typeof read === 'object' && read !== null ? { ...none, ...read } : none
  } catch {
    return none
  }
}
