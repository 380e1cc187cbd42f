import { describe, expect, it } from 'vitest'
import { fakePorts } from '../../../test/support/fake-ports.ts'
import { attribute, type Element, parsePage, textOf } from '../../../test/support/html.ts'
import { createWeb } from '../web.ts'

const web = createWeb(fakePorts())

async function menuOf(path: string, app = web) {
  const page = parsePage(await (await app.request(`/en${path}`)).text())
  const nav = page.all('nav').find((element) => attribute(element, 'id') === 'menu')
  const inside = (element: Element): boolean =>
    element === nav ||
    ('tagName' in (element.parentNode ?? {}) && inside(element.parentNode as Element))
  return { page, links: page.all('a').filter(inside) }
}

describe('the head of a page', () => {
  it.each([
    ['/', 'Check'],
    ['/check?q=x', 'Check'],
    ['/search?q=x', 'Search'],
    ['/method', 'Method'],
    ['/tools/token', 'Calculators'],
  ])('marks where %s belongs', async (path, name) => {
    const { links } = await menuOf(path)
    const here = links.filter((link) => attribute(link, 'aria-current') === 'page')
    expect(here.map(textOf)).toEqual([name])
  })

  it('names only pages that this installation has', async () => {
    const { queries, version } = fakePorts()
    const names = async (app = web) => (await menuOf('/', app)).links.map(textOf)
    expect(await names()).toEqual(expect.arrayContaining(['Alerts', 'Calculators']))
    const bare = await names(createWeb({ queries, version }))
    expect(bare).toEqual(expect.arrayContaining(['Check', 'Search', 'Sources', 'Method']))
    expect(bare.join()).not.toMatch(/Alerts|Calculators|News|Rankings|Regulators|Compare/)
  })

  it('opens its menu without a script: button and list name each other', async () => {
    const { page } = await menuOf('/')
    const targets = page.all('button').map((button) => attribute(button, 'popovertarget'))
    expect(targets.filter((target) => target === 'menu')).toHaveLength(2)
  })

  it('offers the palette only where a script runs that opens it', async () => {
    const opens = async (path: string) =>
      (await menuOf(path)).page
        .all('button')
        .filter((button) => attribute(button, 'data-aid') === 'palette').length
    expect(await opens('/')).toBe(1)
    expect(await opens('/method')).toBe(0)
  })
})
