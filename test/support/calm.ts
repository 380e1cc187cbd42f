import { expect } from 'vitest'
import { attribute, type ParsedPage, textOf } from './html.ts'

/**
 * What no question and no data may change in a page: scripts are files of this installation under
 * the hash of their content and hold no text, nothing is framed, no attribute runs or styles, and
 * every link leads here or to http.
 */
export function expectCalm(page: ParsedPage): void {
  for (const element of page.elements) {
    expect(['iframe', 'object', 'embed', 'base', 'img', 'b']).not.toContain(element.tagName)
    if (element.tagName === 'script') {
      expect(attribute(element, 'src')).toMatch(/^\/asset\/[a-z]+\.[0-9a-f]{16}\.js$/)
      expect(textOf(element)).toBe('')
    }
    for (const { name } of element.attrs) expect(name).toMatch(/^(?!on|style$)[a-z][a-zA-Z0-9-]*$/)
    const href = attribute(element, 'href') ?? ''
    expect(href).toMatch(/^(\/(?!\/)|#|https?:\/\/|data:image\/svg\+xml,|$)/)
  }
}
