export type Word =
  | 'find'
  | 'check'
  | 'known'
  | 'recent'
  | 'none'
  | 'clear'
  | 'copy'
  | 'copied'
  | 'pages'
  | 'languages'
  | 'slash'

/** What the parts of the island share. */
export interface Aid {
  /** A word of the page's language; `\u0001` stands where the question belongs. */
  readonly words: (word: Word) => string
  /** The path that answers a question. */
  readonly check: string
  readonly copy: DocumentFragment | undefined
  readonly done: DocumentFragment | undefined
  /** Said aloud, and shown nowhere. */
  readonly say: (text: string) => void
}

export function wordsOf(text: string | undefined): Aid['words'] {
  let read: unknown
  try {
    read = JSON.parse(text ?? '{}')
  } catch {
    read = {}
  }
  const words = typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  return (word) => String(words[word] ?? '')
}

export function checkHref(aid: Aid, q: string): string {
  return `${aid.check}?${new URLSearchParams({ q })}`
}

/** An element with a class and a text; never markup. */
export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  if (className !== '') element.className = className
  if (text !== '') element.textContent = text
  return element
}
