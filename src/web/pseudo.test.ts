import { beforeAll, describe, expect, it, vi } from 'vitest'

// The made languages exist only where they are asked for, before the catalogue is read.
vi.hoisted(() => {
  process.env.CUSTOS_PSEUDO_LOCALES = '1'
})

import { fakePorts } from '../../test/support/fake-ports.ts'
import { attribute, type Element, parsePage } from '../../test/support/html.ts'
import { FAKE_PAGES, FIRM_PAGES } from '../../test/support/pages.ts'
import { sampleNews } from '../../test/support/sample-news.ts'
import { sampleWorld } from '../../test/support/sample-registry.ts'
import { createWeb } from './web.ts'

/** Names, and what every language writes in these letters. */
const SAME_EVERYWHERE =
  /Custos|UTC|CSV|JSON|LEI|GET|POST|OpenAPI|Global blockchain supervision and query platform/g
const ENGLISH = /[A-Za-z]{3,}/
/** Elements whose text is data or code. */
const DATA: ReadonlySet<string> = new Set(['bdi', 'code', 'pre', 'script', 'style', 'template'])
const SPOKEN = ['aria-label', 'title', 'placeholder', 'alt'] as const
/** Members that the desks write from the catalogue: of real desks they are no data. */
const SENTENCES: ReadonlySet<string> = new Set(['summary', 'reason', 'text', 'note', 'label'])

/** Every text that a port has answered: what stands on a page and was not told is no data. */
function told(found: Set<string>, except: ReadonlySet<string>) {
  const walk = (node: unknown, name: string): void => {
    if (typeof node === 'string' && node.length > 1 && !except.has(name)) found.add(node)
    if (node instanceof Map) for (const item of node.values()) walk(item, name)
    else if (typeof node === 'object' && node !== null) {
      for (const [key, item] of Object.entries(node)) {
        if (!Array.isArray(node)) found.add(key)
        walk(item, Array.isArray(node) ? name : key)
      }
    }
  }
  return <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const ask: unknown = Reflect.get(target, name)
        if (typeof ask !== 'function') return ask
        return (...args: readonly unknown[]) => {
          const answer: unknown = Reflect.apply(ask, target, args)
          if (!(answer instanceof Promise)) return answer
          return answer.then((value: unknown) => {
            walk(value, '')
            return value
          })
        }
      },
    })
}

let apps: Readonly<Record<'fake' | 'firms', ReturnType<typeof createWeb>>>
const data = { fake: new Set<string>(), firms: new Set<string>() }

beforeAll(async () => {
  const { queries, registry, close } = await sampleWorld()
  const fake = fakePorts({ news: sampleNews })
  const listen = told(data.fake, new Set())
  const listenReal = told(data.firms, SENTENCES)
  apps = {
    fake: createWeb({
      ...fake,
      queries: listen(fake.queries),
      news: listen(sampleNews),
      ...(fake.rates === undefined ? {} : { rates: listen(fake.rates) }),
      ...(fake.chain === undefined ? {} : { chain: listen(fake.chain) }),
    }),
    firms: createWeb(fakePorts({ queries: listenReal(queries), registry: listenReal(registry) })),
  }
  return close
})

function isData(element: Element): boolean {
  for (let at: Element | null = element; at !== null; ) {
    if (DATA.has(at.tagName)) return true
    if (at.tagName !== 'html' && attribute(at, 'lang') !== undefined) return true
    at = at.parentNode !== null && 'tagName' in at.parentNode ? at.parentNode : null
  }
  return false
}

/** What a reader sees or hears of a page that is neither data nor from the catalogue. */
function leftOver(html: string, known: ReadonlySet<string>): readonly string[] {
  const longest = [...known]
    .filter((text) => ENGLISH.test(text))
    .sort((a, b) => b.length - a.length)
  const found: string[] = []
  const look = (text: string) => {
    // A value in a sentence is isolated, a long one is cut in the middle.
    let rest = text.replace(SAME_EVERYWHERE, '').replace(/\S*…\S*/g, '')
    for (let before = ''; before !== rest; ) {
      before = rest
      rest = rest.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')
    }
    const cut = text.endsWith('…') ? text.slice(0, -1) : undefined
    if (cut !== undefined && longest.some((value) => value.includes(cut))) return
    for (const value of longest) {
      if (!ENGLISH.test(rest)) return
      rest = rest.replaceAll(value, '')
    }
    if (ENGLISH.test(rest)) found.push(text.trim())
  }
  for (const element of parsePage(html).elements) {
    if (isData(element)) continue
    for (const node of element.childNodes) if ('value' in node) look(node.value)
    for (const name of SPOKEN) look(attribute(element, name) ?? '')
  }
  return [...new Set(found)]
}

describe.each([
  ...FAKE_PAGES.map((path) => ['fake', path] as const),
  ...FIRM_PAGES.map((path) => ['firms', path] as const),
])('%s: %s', (app, path) => {
  it.each(['en-XA', 'ar-XB'])('takes every word from the catalogue: %s', async (locale) => {
    const response = await apps[app].request(`/${locale}${path}`)
    const text = await response.text()
    expect(text).toContain(`<html lang="${locale}"`)
    const asked = new URL(path, 'http://custos.example').searchParams.values()
    expect(leftOver(text, new Set([...data[app], ...asked]))).toEqual([])
  })
})

describe('the search for words left in English', () => {
  const page = (body: string) => `<!doctype html><html lang="en-XA"><title>-</title>${body}`

  it('finds a word that was written into a page, seen or spoken', () => {
    expect(leftOver(page('<p>[Åļļ] and more</p>'), new Set())).toEqual(['[Åļļ] and more'])
    expect(leftOver(page('<i aria-label="Close">×</i>'), new Set())).toEqual(['Close'])
  })

  it('takes no offence at data', () => {
    const known = new Set(['Example Bank'])
    expect(
      leftOver(page('<p>Example Bank: <bdi>any name</bdi> \u2068told\u2069</p>'), known),
    ).toEqual([])
  })
})
