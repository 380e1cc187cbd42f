import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/base/encode.ts'
import type { SourceItem } from '../../src/model/statement.ts'
import { statementId } from '../../src/model/statement.ts'
import type { Crawl, InputFile } from '../../src/source/crawl.ts'
import { csvRecords } from '../../src/source/parse/csv.ts'
import { memoryFile, mirrorFile, runCrawl } from '../../test/support/crawl.ts'
import {
  type Cells,
  csv,
  HEADER,
  LEI,
  read,
  register,
  row,
  values,
} from '../../test/support/esma-rows.ts'
import { crawl as art } from './esma_art/parse.ts'
import { crawl as casp } from './esma_casp/parse.ts'
import { crawl as emt } from './esma_emt/parse.ts'
import { crawl as ncasp } from './esma_ncasp/parse.ts'
import { crawl as other } from './esma_other/parse.ts'

async function licence(cells: Cells, publishedAt?: string | null) {
  const { items } = await read([{ ...row, ...cells }], publishedAt)
  return JSON.parse(values(items, 'licence')[0] ?? 'null')
}

function idsOf(dataset: string, items: readonly SourceItem[]): ReadonlySet<string> {
  return new Set(items.map(({ row: _, from, to, ...said }) => statementId({ dataset, ...said })))
}

describe('a row of the register of providers', () => {
  it('is a licence with services, countries and the home state, which always counts', async () => {
    expect(await licence({})).toEqual({
      regulator: 'Example Authority (EXA)',
      country: 'LU',
      kind: 'licence',
      number: null,
      holder: 'Alpha Exchange S.A.',
      lei: LEI,
      status: 'authorised',
      regulatorWord: 'authorised or notified (the file does not say)',
      services: ['a'],
      countries: ['DE', 'LU'],
      from: '2025-06-20',
      to: null,
    })
  })

  it('is withdrawn from its end date on, by the version’s own day', async () => {
    const end = { ac_authorisationEndDate: '26/03/2026' }
    expect(await licence(end)).toMatchObject({ status: 'withdrawn', to: '2026-03-26' })
    expect(await licence(end, '2026-03-25T00:00:00Z')).toMatchObject({ status: 'authorised' })
    expect(await licence(end, '2026-03-26T00:00:00Z')).toMatchObject({ status: 'withdrawn' })
    // A version without a date cannot show that the end lies ahead.
    expect(await licence(end, null)).toMatchObject({ status: 'withdrawn' })
  })

  it('never becomes friendlier because its end date cannot be read', async () => {
    expect(await licence({ ac_authorisationEndDate: 'end of 2026' })).toMatchObject({
      status: 'unverified',
      to: null,
    })
    expect(await licence({ ac_authorisationEndDate: 'n/a' })).toMatchObject({
      status: 'authorised',
    })
  })

  it.each(['2025-06-20', '06/20/2025', '31/02/2025', '20.06.2025', '20/06/25'])(
    'keeps a date in another form as a note, and guesses nothing: %s',
    async (date) => {
      const { items, notes } = await read([{ ...row, ac_authorisationNotificationDate: date }])
      expect(JSON.parse(values(items, 'licence')[0] ?? '')).toMatchObject({ from: null })
      const field = 'ac_authorisationNotificationDate'
      expect(values(items, 'quality')).toEqual([
        canonicalJson({ code: 'date_unreadable', field, original: date }),
      ])
      expect(notes).toEqual({ date_unreadable: 1 })
    },
  )

  it('gives no value for a cell that U+FFFD broke, but keeps names', async () => {
    const broken = { ae_address: 'Stra\uFFFDe 7', ae_lei_name: 'Alpha \uFFFDstra S.A.' }
    const { items } = await read([{ ...row, ...broken }])
    expect(values(items, 'address')).toEqual([])
    expect(values(items, 'name')).toEqual(['Alpha \uFFFDstra S.A.'])
    expect(values(items, 'quality').map((q) => JSON.parse(q))).toEqual([
      { code: 'replacement_character', field: 'ae_lei_name', original: broken.ae_lei_name },
      { code: 'replacement_character', field: 'ae_address', original: broken.ae_address },
    ])
  })

  it.each([
    ['9.60E+19', 'lei_invalid'],
    ['EXMP00ALPHAEXCHNG175', 'lei_invalid'],
    ['EXMP00ALPHAEXCHNG17', 'lei_invalid'],
    ['EXMP00ALPHAEXCHNG1744', 'lei_invalid'],
    ['', 'lei_missing'],
  ])('never makes an identifier of a broken LEI: %j', async (lei, code) => {
    const { items, notes } = await read([{ ...row, ae_lei: lei }])
    expect(values(items, 'leiCode')).toEqual([])
    expect(notes).toEqual({ [code]: 1 })
    expect(items[0]?.entity).toBe('eu_esma_casp:LU:alpha-exchange:2025-06-20')
  })

  it.each([
    ['country_code_eu', 'ae_homeMemberState', 'EL'],
    ['country_code_eu', 'ac_serviceCode_cou', 'DE|EL'],
    ['service_without_letter', 'ac_serviceCode', 'providing custody | transfer services'],
    ['line_break', 'ae_address', 'Rue Exemple 7\nLuxembourg'],
    ['line_break', 'ae_lei_name', 'Alpha\r\nExchange S.A.'],
    ['website_unreadable', 'ae_website', 'see the brochure'],
    ['website_repaired', 'ae_website', 'https.//alpha-exchange.com'],
  ])('shows on the row that the register wrote %s in %s', async (code, column, cell) => {
    const { items, notes } = await read([{ ...row, [column]: cell }])
    expect(notes).toEqual({ [code]: 1 })
    const [note] = values(items, 'quality').map((q) => JSON.parse(q))
    expect(note).toMatchObject({ code, field: column })
    expect(values(items, 'licence')).toHaveLength(1)
  })

  it('repairs a trailing dot and spaces of an LEI, and says so', async () => {
    const { items, notes } = await read([{ ...row, ae_lei: ` ${LEI.toLowerCase()} . ` }])
    expect(values(items, 'leiCode')).toEqual([LEI])
    expect(notes).toEqual({ lei_repaired: 1 })
  })

  it('keeps two unrelated firms under one LEI apart, and two rows of one firm together', async () => {
    const { items } = await read([
      row,
      { ...row, ae_lei_name: 'ALPHA EXCHANGE SA', ac_serviceCode: 'j' },
      { ...row, ae_lei_name: 'Carbon Zulu Corporation' },
    ])
    expect([...new Set(items.map((item) => item.entity))]).toEqual([
      `eu_esma_casp:${LEI}:alpha-exchange`,
      `eu_esma_casp:${LEI}:carbon-zulu`,
    ])
    expect(values(items, 'licence')).toHaveLength(3)
  })

  it('derives a missing home state from the LEI’s country, marked', async () => {
    const { items, notes } = await read([{ ...row, ae_homeMemberState: '' }])
    expect(values(items, 'country')).toEqual(['LU'])
    expect(notes).toEqual({ country_derived: 1 })
  })

  it('reads Greece by its EU code and keeps the word of the register', async () => {
    const { items } = await read([{ ...row, ae_homeMemberState: 'EL', ac_serviceCode_cou: '' }])
    expect(items.filter((item) => item.prop === 'country')).toMatchObject([
      { value: 'GR', original: 'EL' },
    ])
    expect(JSON.parse(values(items, 'licence')[0] ?? '')).toMatchObject({ countries: ['GR'] })
  })

  it('does not change when services, countries and spaces are spelled in another way', async () => {
    const one = {
      ac_serviceCode: 'a. providing custody|j. transfer services',
      ac_serviceCode_cou: 'EL|DE',
    }
    const other = { ac_serviceCode: 'transfer service | custody', ac_serviceCode_cou: 'DE | GR | ' }
    expect(await licence(one)).toEqual(await licence(other))
  })
})

describe('brands and sites', () => {
  it.each([
    ['Alpha|AlphaPro', ['Alpha', 'AlphaPro']],
    ['Alpha, AlphaPro, alpha.com', ['Alpha', 'AlphaPro', 'alpha.com']],
    ['Alpha  / Alpha Push', ['Alpha', 'Alpha Push']],
    ['Alpha Pay, UAB', ['Alpha Pay, UAB']],
    ['Alpha, Beta & Co. KG', ['Alpha, Beta & Co. KG']],
    ['alpha.top - alpha.net', ['alpha.top', 'alpha.net']],
    ['Alpha - Beta', ['Alpha - Beta']],
    ['Alpha Exchange S.A.', []],
    ['n/a', []],
  ])('splits the brands of one cell: %j', async (cell, brands) => {
    const { items } = await read([{ ...row, ae_commercial_name: cell }])
    expect(values(items, 'alias')).toEqual(brands)
    for (const alias of items.filter((item) => item.prop === 'alias')) {
      expect(alias.original).toBe(brands.length > 1 ? cell.replace(/\s+/g, ' ') : undefined)
    }
  })

  it('splits the sites of both columns, each once, and keeps the cell', async () => {
    const { items } = await read([
      {
        ...row,
        ae_website: 'https://alpha-example.com/en | app.alpha-example.com',
        ae_website_platform: 'https://app.alpha-example.com/\nhttps.//pay.alpha-example.com',
      },
    ])
    expect(values(items, 'website')).toEqual([
      'alpha-example.com/en',
      'app.alpha-example.com',
      'pay.alpha-example.com',
    ])
    expect(items.find((item) => item.prop === 'website')?.original).toBe(
      'https://alpha-example.com/en | app.alpha-example.com',
    )
  })

  it('keeps a cell without a site as a note', async () => {
    const { items, notes } = await read([{ ...row, ae_website: ' 75012 Paris' }])
    expect(values(items, 'website')).toEqual([])
    expect(notes).toEqual({ website_unreadable: 1 })
  })
})

describe('the file', () => {
  it('is read by column name, in any order, and notes the columns that it does not know', async () => {
    const header = `surprise,${HEADER.split(',').reverse().join(',')},`
    const { items, notes } = await runCrawl(casp, [register(csv([row], header))])
    expect(values(items, 'name')).toEqual(['Alpha Exchange S.A.'])
    expect(notes).toEqual({ column_unknown: 1 })
  })

  it.each([
    ['<!DOCTYPE html><html></html>', 'source.html_instead'],
    ['', 'source.empty'],
    ['a,b,c\r\n1,2,3\r\n', 'source.malformed'],
    [`${HEADER}\r\n"broken off`, 'source.malformed'],
    ['\uFFFD'.repeat(500), 'source.encoding'],
  ])('is refused with a stable code when it is not the register', async (text, code) => {
    await expect(runCrawl(casp, [register(text)])).rejects.toMatchObject({ code })
  })

  it('may be a header and nothing else: nobody is in the register', async () => {
    const header =
      'ae_competentAuthority,ae_homeMemberState,ae_lei_name,ae_lei,ae_credit_institution'
    const { items, rows } = await runCrawl(art, [register(`${header},wp_lastupdate\r\n`)])
    expect({ items, rows }).toEqual({ items: [], rows: 0 })
    // A header that is broken off is no register of nobody.
    await expect(runCrawl(art, [register(`${header},wp_last`)])).rejects.toMatchObject({
      code: 'source.malformed',
    })
  })

  it('is refused when it is another of the five registers', async () => {
    for (const crawl of [ncasp, emt, art, other]) {
      await expect(runCrawl(crawl, [register(csv([row]))])).rejects.toMatchObject({
        code: 'source.malformed',
      })
    }
  })

  it.each([
    ['ac_serviceCode', `a${' '.repeat(60_000)}b|${','.repeat(9_000)}x`],
    ['ac_serviceCode', `${','.repeat(16_000)}x`],
    ['ac_comments', 'notified '.repeat(1_800)],
    ['ae_commercial_name', 'a|b, c / d;'.repeat(1_400)],
    ['ae_commercial_name', '|'.repeat(250_000)],
    ['ae_lei_name', 'ag '.repeat(5_000)],
    ['ae_website', `a.com${'/'.repeat(16_000)}x`],
    ['ac_serviceCode_cou', 'QQ|'.repeat(5_000)],
    ['ae_lei', `${'-'.repeat(16_000)}A`],
  ])('is read in time and in bounds with a hostile cell in %s', async (column, cell) => {
    const rows = Array.from({ length: 20 }, () => ({ ...row, [column]: cell }))
    const start = performance.now()
    const { items } = await read(rows)
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(values(items, 'licence')).toHaveLength(20)
    expect(items.length).toBeLessThan(20 * 250)
  })

  it('notes a row that names nobody and gives the others', async () => {
    const { items, rows, notes } = await read([{ ac_serviceCode: 'a' }, row])
    expect(rows).toBe(2)
    expect(notes).toEqual({ row_unreadable: 1 })
    expect(values(items, 'name')).toEqual(['Alpha Exchange S.A.'])
  })
})

const HISTORY = 'regulators/esma-mica/history'
const RECORDED: readonly (readonly [string, Crawl, string, string])[] = [
  ['eu_esma_casp', casp, `${HISTORY}/CASP20251215.csv`, '2025-12-15'],
  ['eu_esma_casp', casp, `${HISTORY}/CASP20260209.csv`, '2026-02-09'],
  ['eu_esma_casp', casp, `${HISTORY}/CASPS-2026-06-28.csv`, '2026-06-28'],
  ['eu_esma_ncasp', ncasp, `${HISTORY}/NCASP20260209.csv`, '2026-02-09'],
  ['eu_esma_emt', emt, `${HISTORY}/EMT20260209.csv`, '2026-02-09'],
  ['eu_esma_other', other, `${HISTORY}/OTHER20260129.csv`, '2026-01-29'],
  ['eu_esma_other', other, `${HISTORY}/OTHER20260209.csv`, '2026-02-09'],
  ['eu_esma_art', art, `${HISTORY}/ART20260209.csv`, '2026-02-09'],
  ['eu_esma_art', art, 'regulators/esma-mica/esma-artzz-snapshot-2026-08-21.csv', '2026-08-21'],
]

/** The same file with its rows in another order, by a fixed multiplier. */
async function reordered(file: InputFile): Promise<InputFile> {
  const records: string[] = []
  for await (const { raw } of csvRecords(file)) records.push(`${raw.replace(/\r?\n$/, '')}\r\n`)
  const [header = '', ...rows] = records
  const step = 7919
  const order = rows.map((_, i) => rows[(i * step) % rows.length] ?? '')
  return memoryFile(
    'register',
    file.name,
    header + (new Set(order).size < rows.length ? rows.reverse() : order).join(''),
  )
}

describe.runIf(process.env.CUSTOS_MIRROR)('the recorded registers', () => {
  it.each(RECORDED)(
    '%s of %2$s: no row is lost, each row is a licence or a warning',
    async (dataset, crawl, path, day) => {
      const publishedAt = `${day}T00:00:00Z`
      const { items, rows, notes } = await runCrawl(crawl, [mirrorFile('register', path)], {
        dataset,
        publishedAt,
      })
      const grants = items.filter((item) => item.prop === 'licence' || item.prop === 'warning')
      expect(grants).toHaveLength(rows)
      expect(new Set(grants.map((item) => item.row)).size).toBe(rows)
      expect(new Set(items.map((item) => item.entity)).size).toBeLessThanOrEqual(rows)
      expect(notes.service_unreadable).toBeUndefined()
      expect(notes.row_unreadable).toBeUndefined()
      for (const grant of grants.map((item) => JSON.parse(item.value))) {
        if (grant.services !== undefined && grant.kind === 'licence') {
          expect(grant.services.length).toBeGreaterThan(0)
          expect(grant.countries).toContain(grant.country)
        }
      }
    },
  )

  it.each(RECORDED)(
    '%s of %2$s: rows in another order say the same',
    async (dataset, crawl, path, day) => {
      const options = { dataset, publishedAt: `${day}T00:00:00Z` }
      const file = mirrorFile('register', path)
      const one = await runCrawl(crawl, [file], options)
      const other = await runCrawl(crawl, [await reordered(file)], options)
      expect(idsOf(dataset, other.items)).toEqual(idsOf(dataset, one.items))
    },
  )

  it('is withdrawn where the end date has passed, and nowhere else', async () => {
    const { items } = await runCrawl(
      casp,
      [mirrorFile('register', `${HISTORY}/CASPS-2026-06-28.csv`)],
      {
        dataset: 'eu_esma_casp',
        publishedAt: '2026-06-28T00:00:00Z',
      },
    )
    const licences = values(items, 'licence').map((value) => JSON.parse(value))
    const ended = licences.filter((l) => l.to !== null)
    expect(ended.length).toBeGreaterThan(0)
    expect(licences.filter((l) => l.status === 'withdrawn')).toEqual(ended)
  })
})
