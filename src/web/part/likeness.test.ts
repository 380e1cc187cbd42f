import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../../test/support/fake-ports.ts'
import { parsePage, textOf } from '../../../test/support/html.ts'
import { createWeb } from '../web.ts'

const web = createWeb(fakePorts())
const words = async (path: string) => {
  const page = parsePage(await (await web.request(path)).text())
  const [body] = page.all('body')
  if (body === undefined) throw new Error('a page has a body')
  return textOf(body)
    .replace(/[\u2066-\u2069]/gu, '')
    .replace(/\s+/gu, ' ')
}

describe('how a name matched', () => {
  it('is told word by word, and what only one side has', async () => {
    const text = await words('/en/search?q=meridian')
    expect(text).toContain('meridien ≈ meridian 93%')
    expect(text).toContain('only in your text: north')
    expect(text).toContain('only in the listed name: holding')
  })

  it('is told in the language of the page', async () => {
    const text = await words('/de/search?q=meridian')
    expect(text).toContain('nur in Ihrem Text: north')
    expect(text).not.toContain('close to')
  })
})

describe('the filters of a search', () => {
  it('keep each other, and can each be taken off', async () => {
    const path = '/en/search?q=meridian&schema=Company&topic=fin'
    const html = await (await web.request(path)).text()
    expect(html).toContain('/en/search?q=meridian&amp;schema=Company&amp;country=LU&amp;topic=fin')
    expect(html).toContain('"/en/search?q=meridian&amp;topic=fin"')
    expect(html).toContain('"/en/search?q=meridian&amp;schema=Company"')
  })
})
