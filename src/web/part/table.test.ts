import fc from 'fast-check'
import { html } from 'hono/html'
import { describe, expect, it } from 'vitest'
import { expectCalm } from '../../../test/support/calm.ts'
import { attribute, parsePage, textOf } from '../../../test/support/html.ts'
import { createView } from '../view.ts'
import { type Column, table } from './table.ts'

interface Fruit {
  readonly name: string
  readonly weight: number | null
}

const FRUIT: readonly Fruit[] = [
  { name: 'Pear', weight: 3 },
  { name: 'apple', weight: 10 },
  { name: 'Fig', weight: null },
  { name: 'Quince', weight: 3 },
]
const COLUMNS: readonly Column<Fruit>[] = [
  { id: 'name', label: 'Name', cell: ({ name }) => name, rank: ({ name }) => name, isHead: true },
  {
    id: 'weight',
    label: 'Weight',
    cell: ({ weight }) => (weight === null ? '–' : weight),
    rank: ({ weight }) => weight,
    isGreatestFirst: true,
    isFigure: true,
  },
  { id: 'plain', label: 'Plain', cell: () => '' },
]

async function drawn(search: string, rows = FRUIT, rowsMax = 10) {
  const view = createView({
    locale: 'en',
    nowMs: 0,
    path: '/fruit',
    search,
    version: '0',
    stats: undefined,
    baseUrl: '',
    canSync: false,
    hasTools: false,
    hasRegistry: false,
    hasChains: false,
    hasNews: false,
    isDemo: false,
    sync: undefined,
  })
  const facts = { id: 'fruit', label: 'Fruit', rows, columns: COLUMNS, rowsMax }
  const text = await html`${table(view, { ...facts, text: ({ name }: Fruit) => name })}`
  const page = parsePage(`<!doctype html><title>x</title>${text}`)
  const names = page
    .all('th')
    .filter((cell) => attribute(cell, 'scope') === 'row')
    .map(textOf)
  return { page, names }
}

describe('a table', () => {
  it.each([
    ['', ['Pear', 'apple', 'Fig', 'Quince']],
    ['?fruit.sort=name', ['apple', 'Fig', 'Pear', 'Quince']],
    ['?fruit.sort=-name', ['Quince', 'Pear', 'Fig', 'apple']],
    // What has no value stands last in both directions, and equals stay as they came.
    ['?fruit.sort=weight', ['Pear', 'Quince', 'apple', 'Fig']],
    ['?fruit.sort=-weight', ['apple', 'Pear', 'Quince', 'Fig']],
    ['?fruit.find=P', ['Pear', 'apple']],
    ['?fruit.find=p+LE', ['apple']],
    ['?fruit.find=nothing', []],
    // Words that mean nothing are ignored.
    ['?fruit.sort=plain', ['Pear', 'apple', 'Fig', 'Quince']],
    ['?fruit.sort=__proto__&fruit.page=0', ['Pear', 'apple', 'Fig', 'Quince']],
    ['?other.sort=name', ['Pear', 'apple', 'Fig', 'Quince']],
  ])('shows for %j what its address says', async (search, expected) => {
    expect((await drawn(search)).names).toEqual(expected)
  })

  it('says in which order it stands, and a press on the same head turns it round', async () => {
    const { page } = await drawn('?q=1&fruit.sort=name&fruit.page=2')
    const [head] = page.all('th').filter((cell) => attribute(cell, 'aria-sort') !== undefined)
    expect(head && attribute(head, 'aria-sort')).toBe('ascending')
    const links = page.all('a').map((link) => attribute(link, 'href'))
    expect(links).toContain('/en/fruit?q=1&fruit.sort=-name#t-fruit')
    expect(links).toContain('/en/fruit?q=1&fruit.sort=-weight#t-fruit')
  })

  it('is turned page by page; a page beyond its end is its last', async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({ name: `n${at}`, weight: at }))
    const last = await drawn('?fruit.page=99999', many, 10)
    expect(last.names).toEqual(['n20', 'n21', 'n22', 'n23', 'n24'])
    const text = last.page.all('span').map(textOf).join(' ')
    expect(text).toContain('21–25 of 25')
    const links = last.page.all('a').map((link) => attribute(link, 'href'))
    expect(links).toContain('/en/fruit?fruit.page=2#t-fruit')
    expect((await drawn('?fruit.page=2', many, 10)).names).toHaveLength(10)
  })

  it('needs no form where all is seen at once, and keeps the rest of the address in it', async () => {
    expect((await drawn('')).page.all('form')).toHaveLength(0)
    const many = Array.from({ length: 12 }, (_, at) => ({ name: `n${at}`, weight: at }))
    const { page } = await drawn('?country=DE&fruit.page=2&fruit.sort=name', many)
    const hidden = page
      .all('input')
      .filter((input) => attribute(input, 'type') === 'hidden')
      .map((input) => [attribute(input, 'name'), attribute(input, 'value')])
    expect(hidden).toEqual([['country', 'DE']])
  })

  it('takes every address for text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('fruit.sort', 'fruit.find', 'fruit.page', 'x', '"><b>'),
        fc.string({ unit: 'binary', maxLength: 400 }),
        async (name, value) => {
          const { page } = await drawn(`?${new URLSearchParams({ [name]: value })}`)
          expectCalm(page)
        },
      ),
      { numRuns: 200 },
    )
  })
})
