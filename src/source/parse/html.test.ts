import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFile } from '../../../test/support/crawl.ts'
import { html, linksOf, markupText, rawTextOf, select, selectOne, textOf } from './html.ts'
import { at, rowText } from './locator.ts'

function page(body: string, head = '') {
  return memoryFile(
    'list',
    'page.html',
    `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`,
  )
}

async function texts(body: string, selector: string): Promise<readonly string[]> {
  return select(await html(page(body)), selector).map(textOf)
}

describe('html', () => {
  it('reads a page as browsers do: entities, missing end tags, upper case', async () => {
    const root = await html(page('<TABLE><TR><TD>A &amp; B<TD>caf&eacute;&nbsp;1</TABLE>'))
    expect(select(root, 'td').map(textOf)).toEqual(['A & B', 'café 1'])
  })

  it('keeps the lines of a page and drops what nobody sees', async () => {
    const body =
      '<div>One<br>two <b>three</b><p>four</p><script>five()</script><style>p{}</style></div>'
    expect(await texts(body, 'div')).toEqual(['One\ntwo three\nfour'])
  })

  it.each([
    ['p.a', ['1', '3']],
    ['div p', ['1', '2']],
    ['#main p.a', ['1']],
    ['a[href]', ['4', '5']],
    ['a[href*="/warn/"]', ['4']],
    ['a[href$=pdf]', ['5']],
    ['a[href^="/x"]', ['4']],
    ['a[href="/y.pdf"]', ['5']],
    ['.none', []],
  ])('selects %s', async (selector, expected) => {
    const body =
      '<div id="main"><p class="b a">1</p><p>2</p></div><p class="a">3</p>' +
      '<a href="/x/warn/1">4</a><a href="/y.pdf">5</a>'
    expect(await texts(body, selector)).toEqual(expected)
  })

  it('gives where the page wrote an element', async () => {
    const file = page('<ul><li>Zürich</li><li class="x">Genève</li></ul>')
    const item = selectOne(await html(file), 'li.x')
    const row = at.html('list', item?.start ?? 0, item?.end ?? 0)
    expect(await rowText(file, row)).toBe('<li class="x">Genève</li>')
  })

  it('reads a page in the encoding that it names', async () => {
    const text = '<html><head><meta charset="windows-1252"></head><body><p>Zürich</p></body></html>'
    const file = memoryFile('list', 'page.html', Buffer.from(text, 'latin1'))
    expect(select(await html(file), 'p').map(textOf)).toEqual(['Zürich'])
  })

  it('makes links absolute, and keeps none that leads out of the web', async () => {
    const body =
      '<td><a href="/a">1</a><a href="https://b.example/">2</a><a href="javascript:alert(1)">3</a>' +
      '<a href="http://[">4</a><a href="/a">5</a><a>6</a></td>'
    const root = await html(page(`<table><tr>${body}</tr></table>`))
    const cell = selectOne(root, 'td')
    expect(cell && linksOf(cell, 'https://a.example/list')).toEqual([
      'https://a.example/a',
      'https://b.example/',
    ])
  })

  it('gives the data in a script as it stands', async () => {
    const root = await html(page('<script>var a = "x &amp; y < z";</script>'))
    expect(select(root, 'script').map(rawTextOf)).toEqual(['var a = "x &amp; y < z";'])
  })

  it.each([
    ['a page that breaks off', '<!DOCTYPE html><html><body><table><tr><td>1', 'source.malformed'],
    ['no page', '{"a": 1}', 'source.malformed'],
    ['an empty file', '', 'source.empty'],
    ['a nesting bomb', `<html><body>${'<div>'.repeat(3_000)}</body></html>`, 'source.malformed'],
    ['too long a page', `<html>${' '.repeat(17_000_000)}</body></html>`, 'source.too_large'],
  ])('refuses %s', async (_name, text, code) => {
    await expect(html(memoryFile('list', 'page.html', text))).rejects.toMatchObject({ code })
  })

  it('survives any markup, and its text has no markup left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const plain = markupText(`<b>${text}</b>`)
        expect(plain).toBe(plain.trim())
      }),
    )
    expect(markupText('A &#8211; <b>B</b><br>C')).toBe('A – B\nC')
    expect(markupText(' plain ')).toBe('plain')
  })
})
