import { type Aid, checkHref, made } from './words.ts'

const KEY = 'custos.recent'
const KEPT_MAX = 12
const SHOWN_MAX = 5
/** A question of the box is at most so long. */
const CHARS_MAX = 2_048

/** The last questions of this browser, newest first; empty where it keeps nothing. */
export function recent(): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    if (!Array.isArray(read)) return []
    return read
      .filter((q): q is string => typeof q === 'string' && q !== '' && q.length <= CHARS_MAX)
      .slice(0, KEPT_MAX)
  } catch {
    return []
  }
}

export function remember(q: string): void {
  const others = recent().filter((known) => known !== q)
  try {
    localStorage.setItem(KEY, JSON.stringify([q, ...others].slice(0, KEPT_MAX)))
  } catch {
    // Storage is switched off or full: then nothing is remembered, and nothing else changes.
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // Nothing was kept.
  }
}

/** Fills the line of the front page. Its room is there before, so that nothing moves. */
export function showRecent(aid: Aid): void {
  const line = document.querySelector<HTMLElement>('.recent')
  const list = line?.querySelector('ul')
  if (line === null || list === null || list === undefined) return
  const known = recent().slice(0, SHOWN_MAX)
  line.classList.add('on')
  line.querySelector('button')?.remove()
  if (known.length === 0) {
    list.replaceChildren(made('li', 'none', aid.words('none')))
    return
  }
  list.replaceChildren(
    ...known.map((q) => {
      const link = made('a', '', q)
      link.href = checkHref(aid, q)
      link.dir = 'auto'
      link.title = q
      const item = made('li')
      item.append(link)
      return item
    }),
  )
  const clear = made('button', 'plain-button', aid.words('clear'))
  clear.type = 'button'
  clear.addEventListener('click', () => {
    forget()
    showRecent(aid)
    aid.say(aid.words('none'))
  })
  line.append(clear)
}
