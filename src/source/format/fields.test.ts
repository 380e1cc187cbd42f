import { describe, expect, it } from 'vitest'
import { memoryFile, runCrawl } from '../../../test/support/crawl.ts'
import { workbook } from '../../../test/support/workbook.ts'
import type { CrawlContext, InputFile } from '../crawl.ts'
import { rowText } from '../parse/locator.ts'
import { feedFields } from './feed.ts'
import type { FieldRow } from './fields.ts'
import { csvColumns, csvFields, filledDown, xlsxFields } from './fields.ts'
import { jsonFields } from './json_list.ts'
import { pageItems, pageTable } from './page_list.ts'
import { scriptFields } from './script_list.ts'

/** The fields of each row, and what is shown of it, through one reader. */
async function read(
  files: InputFile | readonly InputFile[],
  reader: (ctx: CrawlContext) => AsyncIterable<FieldRow>,
  fields: readonly string[],
) {
  const given = Array.isArray(files) ? (files as readonly InputFile[]) : [files as InputFile]
  const rows: (readonly string[])[] = []
  const places: string[] = []
  const links: (readonly string[])[] = []
  const result = await runCrawl(async function* (ctx) {
    for await (const row of reader(ctx)) {
      rows.push(fields.map((field) => row.get(field)))
      links.push(row.links(fields[0] ?? ''))
      places.push(row.row)
    }
    yield* []
  }, given)
  const shown = await Promise.all(
    places.map((place) => {
      const file = given.find(({ role }) => place.startsWith(`${role}#`))
      return file === undefined ? undefined : rowText(file, place)
    }),
  )
  return { rows, links, shown, counted: result.rows, notes: result.notes }
}

const csv = (text: string) => memoryFile('list', 'list.csv', text)
const COLUMNS = { name: /^(?:name|firm)\b/i, site: /web/i }

describe('csvFields', () => {
  const reader = (ctx: CrawlContext) =>
    csvFields(ctx, { role: 'list', required: ['Name', 'Site'], known: ['Extra'] })

  it('reads columns by their names, wherever they stand', async () => {
    const { rows, shown, notes } = await read(
      csv('Site,New,Name\na.example,1,"A, Inc."\n'),
      reader,
      ['Name', 'Site', 'Missing'],
    )
    expect(rows).toEqual([['A, Inc.', 'a.example', '']])
    expect(shown).toEqual(['a.example,1,"A, Inc."'])
    expect(notes).toEqual({ column_unknown: 1 })
  })

  it('refuses a list without a row: it would withdraw everybody', async () => {
    await expect(read(csv('Name,Site\n'), reader, [])).rejects.toMatchObject({
      code: 'source.empty',
    })
  })
})

describe('csvColumns', () => {
  const reader = (ctx: CrawlContext) =>
    csvColumns(ctx, { role: 'list', columns: COLUMNS, required: ['name', 'site'] })

  it('finds the header below titles, whatever its columns are called this year', async () => {
    const text = 'List of firms\n\nFirm  name,Web site\nA,a.example\n,\nB,b.example\n'
    const { rows } = await read(csv(text), reader, ['name', 'site'])
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['B', 'b.example'],
    ])
  })

  it('refuses a file whose columns are others', async () => {
    await expect(read(csv('Nom,Adresse\nA,b\n'), reader, [])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('xlsxFields', () => {
  const reader = (ctx: CrawlContext) =>
    xlsxFields(ctx, { role: 'list', columns: COLUMNS, required: ['name', 'site'] })

  it('reads each sheet below its own header, and notes a sheet without one', async () => {
    const bytes = workbook([
      {
        name: 'One',
        rows: [['Title'], ['Name', 'Website'], ['A', 'a.example'], ['Name', 'Website'], ['B']],
      },
      { name: 'Notes', rows: [['Nothing here']] },
      {
        name: 'Two',
        rows: [
          ['Web', 'Name'],
          ['c.example', 'C'],
        ],
      },
    ])
    const { rows, shown, notes } = await read(memoryFile('list', 'list.xlsx', bytes), reader, [
      'name',
      'site',
    ])
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['B', ''],
      ['C', 'c.example'],
    ])
    expect(shown[2]).toBe('c.example\tC')
    expect(notes).toEqual({ sheet_without_header: 1 })
  })

  it('refuses a workbook without the header', async () => {
    const bytes = workbook([
      {
        name: 'One',
        rows: [
          ['A', 'B'],
          ['1', '2'],
        ],
      },
    ])
    await expect(read(memoryFile('list', 'l.xlsx', bytes), reader, [])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })

  it('repeats what merged cells mean', async () => {
    const text = 'Name,Web\nA,a.example\n,b.example\nC,\n'
    const merged = (ctx: CrawlContext) =>
      filledDown(csvColumns(ctx, { role: 'list', columns: COLUMNS, required: ['name'] }), ['name'])
    const { rows } = await read(csv(text), merged, ['name', 'site'])
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['A', 'b.example'],
      ['C', ''],
    ])
  })
})

describe('jsonFields', () => {
  const pages = (...values: readonly unknown[]) =>
    values.map((value, i) => memoryFile(`page${i + 1}`, `p${i}.json`, JSON.stringify(value)))
  const reader = (ctx: CrawlContext) =>
    jsonFields(ctx, {
      roles: ['page1', 'page2'],
      path: ['response', 'docs'],
      total: ['response', 'numFound'],
      required: ['name'],
    })
  const answer = (numFound: number, ...docs: readonly unknown[]) => ({
    response: { numFound, docs },
  })

  it('reads members, members of members and lists, over all pages of a list', async () => {
    const { rows, notes, shown } = await read(
      pages(
        answer(3, { name: 'A', tags: ['x', 'y'], title: { text: 'T' }, n: 1, on: true }, 7),
        answer(3, { name: 'B', tags: [] }, { name: 'C' }),
      ),
      reader,
      ['name', 'tags', 'title.text', 'n', 'on'],
    )
    expect(rows).toEqual([
      ['A', 'x\ny', 'T', '1', 'true'],
      ['B', '', '', '', ''],
      ['C', '', '', '', ''],
    ])
    expect(notes).toEqual({ record_unreadable: 1 })
    expect(shown[1]).toContain('"name": "B"')
  })

  it.each([
    ['an answer that was cut at a page', [answer(5, { name: 'A' })], 'source.malformed'],
    ['another shape', [{ docs: [] }], 'source.malformed'],
    ['an empty list', [answer(0)], 'source.empty'],
  ])('refuses %s', async (_name, values, code) => {
    await expect(read(pages(...values), reader, [])).rejects.toMatchObject({ code })
  })
})

const page = (body: string) => memoryFile('list', 'page.html', `<html><body>${body}</body></html>`)
const BASE = 'https://a.example/list'

describe('pageTable', () => {
  const reader = (ctx: CrawlContext) =>
    pageTable(ctx, { role: 'list', base: BASE, columns: COLUMNS, required: ['name', 'site'] })

  it('reads the tables with the columns of the list and no other', async () => {
    const { rows, links, shown } = await read(
      page(
        '<table><tr><td>Menu</td></tr></table>' +
          '<table><thead><tr><th>Website</th><th>Name</th></tr></thead>' +
          '<tbody><tr><td>a.example</td><td><a href="/a">A</a></td></tr><tr><td></td><td> </td></tr></tbody></table>' +
          '<table><tr><td><b>Name</b></td><td>Web</td></tr><tr><td>B</td><td>b.example</td></tr></table>',
      ),
      reader,
      ['name', 'site'],
    )
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['B', 'b.example'],
    ])
    expect(links[0]).toEqual(['https://a.example/a'])
    expect(shown[0]).toBe('<tr><td>a.example</td><td><a href="/a">A</a></td></tr>')
  })

  it('reads cells that reach over several rows or columns in each of them', async () => {
    const { rows } = await read(
      page(
        '<table><tr><th>Name</th><th>No</th><th>Web</th></tr>' +
          '<tr><td rowspan="2">A</td><td>1</td><td>a.example</td></tr>' +
          '<tr><td>2</td><td>b.example</td></tr><tr><td colspan="2">C</td><td>c.example</td></tr></table>',
      ),
      reader,
      ['name', 'site'],
    )
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['A', 'b.example'],
      ['C', 'c.example'],
    ])
  })

  it('reads a table inside a layout once, and cells that name their column', async () => {
    const { rows, counted } = await read(
      page(
        '<table><tr><td><table><tr><th>Name</th><th>Web</th></tr><tr><td>A</td><td>a.example</td></tr></table></td></tr></table>' +
          '<table><tr><td data-label="Website">b.example</td><td data-label="Name">B</td></tr></table>',
      ),
      reader,
      ['name', 'site'],
    )
    expect(rows).toEqual([
      ['A', 'a.example'],
      ['B', 'b.example'],
    ])
    expect(counted).toBe(2)
  })

  it.each([
    ['a page that was built anew', '<div>Name Web</div>', 'source.malformed'],
    ['a table without a row', '<table><tr><th>Name</th><th>Web</th></tr></table>', 'source.empty'],
  ])('refuses %s', async (_name, body, code) => {
    await expect(read(page(body), reader, [])).rejects.toMatchObject({ code })
  })

  it('is not held up by a cell that wants to reach over millions of rows', async () => {
    const wide = '<td rowspan="999999999" colspan="999999999">A</td>'
    const body = `<table><tr><th>Name</th><th>Web</th></tr>${`<tr>${wide}</tr>`.repeat(200)}</table>`
    const { rows } = await read(page(body), reader, ['name'])
    expect(rows.length).toBe(200)
  })
})

describe('pageItems', () => {
  const reader = (ctx: CrawlContext) =>
    pageItems(ctx, {
      role: 'list',
      base: BASE,
      item: 'li.entry',
      fields: { name: 'h3', link: 'a', all: '.' },
      required: ['name'],
    })

  it('reads entries by their selectors and leaves out what is none', async () => {
    const { rows, shown } = await read(
      page(
        '<ul><li class="entry"><h3>A</h3><a href="x">more</a></li><li class="entry"></li><li><h3>B</h3></li></ul>',
      ),
      reader,
      ['name', 'link', 'all', 'none'],
    )
    expect(rows).toEqual([['A', 'more', 'A\nmore', '']])
    expect(shown).toEqual(['<li class="entry"><h3>A</h3><a href="x">more</a></li>'])
  })

  it('refuses a page without an entry', async () => {
    await expect(read(page('<ul></ul>'), reader, [])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('scriptFields', () => {
  const reader = (ctx: CrawlContext) =>
    scriptFields(ctx, { role: 'list', after: /appData\s*=/, required: ['title'] })

  it('reads data out of a script without running it', async () => {
    const body =
      '<script>var other = {"title": "no"};</script><script>var appData = {"rows": [' +
      '{"title": decode("A &amp; {B}"), "n": 2}, {"title": run(}, {"x": 1}]};</script>'
    const { rows, notes, shown } = await read(page(body), reader, ['title', 'n'])
    expect(rows).toEqual([['A &amp; {B}', '2']])
    expect(notes).toEqual({ record_unreadable: 2 })
    expect(shown).toEqual(['{"title": decode("A &amp; {B}"), "n": 2}'])
  })

  it('refuses a page whose scripts hold other things', async () => {
    await expect(read(page('<script>var a</script>'), reader, [])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })
})

describe('feedFields', () => {
  const feed = (channel: string) =>
    memoryFile('feed', 'rss.xml', `<rss version="2.0"><channel>${channel}</channel></rss>`)

  it('reads items, marked sections and all categories', async () => {
    const { rows } = await read(
      feed(
        '<title>Feed</title><item><title><![CDATA[A & B]]></title><category>x</category><category>y</category></item>',
      ),
      feedFields,
      ['title', 'category', 'link'],
    )
    expect(rows).toEqual([['A & B', 'x\ny', '']])
  })

  it('refuses a feed without an item', async () => {
    await expect(read(feed('<title>Feed</title>'), feedFields, [])).rejects.toMatchObject({
      code: 'source.empty',
    })
  })
})
