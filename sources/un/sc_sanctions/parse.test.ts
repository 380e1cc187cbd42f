import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { diskFile, memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { namesIn } from './alias.ts'
import { crawl } from './parse.ts'

const FIXTURE = join(dirname(fileURLToPath(import.meta.url)), 'fixture.list.xml')

const run = (file: Parameters<typeof runCrawl>[1][number]) =>
  runCrawl(crawl, [file], { dataset: 'un_sc_sanctions' })

describe('un_sc_sanctions', () => {
  it('takes its date and version from the list itself', async () => {
    const { published, version } = await run(diskFile('list', FIXTURE))
    expect([published, version]).toEqual(['2030-02-03T00:00:04.005Z', '2030-02-03T00:00:04.005Z'])
  })

  it('says of each entry that it is listed, under which regime, number and day', async () => {
    const { items } = await run(diskFile('list', FIXTURE))
    const said = (key: string, prop: string) =>
      items.filter((i) => i.entity.endsWith(key) && i.prop === prop).map((i) => i.value)
    expect(said('1000001', 'listing')).toEqual([
      '{"authorityId":"SLi.001","list":"UN List","program":["Sampleland"]}',
    ])
    expect(said('1000001', 'listingDate')).toEqual(['2012-12-31'])
    expect(said('1000002', 'listingDate')).toEqual(['2015-04-07'])
    expect(said('1000001', 'name')).toEqual(['ABDUL MUSTAR EXAMPLI'])
    expect(said('1000001', 'birthDate')).toEqual(['1965-12-28', '1966', '1955', '1958', '1973-11'])
    expect(said('1000001', 'previousName')).toEqual(['Abdul the Elder'])
    expect(said('1000001', 'weakAlias')).toEqual(['Abu Muster', 'Абу Мустер'])
    expect(said('1000002', 'weakAlias')).toEqual(['SFE'])
  })

  it('refuses another XML file, and a list without entries', async () => {
    const other = memoryFile('list', 'a.xml', '<?xml version="1.0"?><rss><ENTITY/></rss>')
    await expect(run(other)).rejects.toMatchObject({ code: 'source.malformed' })
    const empty = memoryFile('list', 'a.xml', '<CONSOLIDATED_LIST dateGenerated="2030-01-01"/>')
    await expect(run(empty)).rejects.toMatchObject({ code: 'source.empty' })
  })
})

describe('namesIn', () => {
  const names = (cell: string) => namesIn(cell).map(({ name }) => name)

  it.each([
    ['A Name', ['A Name']],
    ['Azim Mustar; Azim Moster', ['Azim Mustar', 'Azim Moster']],
    ['Mohammed S b) M. Javad S', ['Mohammed S', 'M. Javad S']],
    ['حسن مثال (Hassan Mithal; Hasan Mithal)', ['حسن مثال', 'Hassan Mithal', 'Hasan Mithal']],
    ['Jin Mustan (金铁三)', ['Jin Mustan', '金铁三']],
    ['Amir M (original script: Амир М)', ['Amir M', 'Амир М']],
    [
      'Sample Front (SF) (جبهة (original script); Other Front)',
      ['Sample Front', 'SF', 'جبهة', 'Other Front'],
    ],
    ['مثال (Ansar in Libya (AIL))', ['مثال', 'Ansar in Libya', 'AIL']],
    ['Leader (Hong Kong) International', ['Leader (Hong Kong) International']],
    ['Foundation (KENYA)', ['Foundation']],
    ['Abdel X (false identity, number 6910275240086)', ['Abdel X']],
    ['Safia X, born 1 Jan. 1953 (passport 03825239)', ['Safia X']],
    ['(Sheikh) Musa', ['(Sheikh) Musa']],
    ['A (B', ['A (B']],
    [';', [';']],
  ])('finds the names in %j', (cell, expected) => {
    expect(names(cell)).toEqual(expected)
  })

  it('takes hostile brackets in a moment', () => {
    const startedMs = performance.now()
    for (const cell of [
      '('.repeat(2_000),
      'а(b'.repeat(600),
      `${'a('.repeat(600)}${')'.repeat(600)}`,
    ]) {
      expect(names(cell).length).toBeGreaterThan(0)
    }
    expect(performance.now() - startedMs).toBeLessThan(2_000)
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('un_sc_sanctions on the recorded file', () => {
  it('reads every entry with its name, listing and day, and notes what it cannot read', async () => {
    const file = mirrorFile('list', 'sanctions/un/UN_consolidated-2026-02-27.xml.gz')
    const { items, rows, published, notes } = await run(file)
    const having = (prop: string) =>
      new Set(items.filter((item) => item.prop === prop).map(({ entity }) => entity)).size
    expect(rows).toBe(1003)
    for (const prop of ['schema', 'name', 'listing', 'listingDate']) expect(having(prop)).toBe(1003)
    expect(items.filter((i) => i.prop === 'schema' && i.value === 'Person')).toHaveLength(730)
    expect(published).toBe('2026-02-27T00:00:09.554Z')
    expect(notes).toEqual({ country_unknown: 2, date_unreadable: 3 })
  })
})
