import { describe, expect, it } from 'vitest'
import { runCrawl } from '../../test/support/crawl.ts'
import {
  type Cells,
  HEADER,
  LEI,
  read,
  register,
  row,
  values,
} from '../../test/support/esma-rows.ts'
import { crawl as casp } from './esma_casp/parse.ts'

describe('a row whose cells are out of place', () => {
  const COLUMNS = HEADER.split(',')
  const full: Cells = {
    ...row,
    ae_commercial_name: 'Alpha',
    ae_address: 'Rue Exemple 7',
    ae_website: 'https://alpha-exchange.example.com',
    ac_comments: 'none',
    ac_lastupdate: '01/06/2026',
  }
  /** The row as a program writes it that does not quote. */
  const line = (cells: Cells) => COLUMNS.map((column) => cells[column] ?? '').join(',')
  const readLine = (text: string) =>
    runCrawl(casp, [register(`${HEADER}\r\n${text}\r\n`)], {
      dataset: 'eu_esma_casp',
      publishedAt: '2026-06-28T00:00:00Z',
    })

  it.each([
    ['ae_competentAuthority', 'Example Authority, of Example (EXA)'],
    ['ae_lei_name', 'Alpha Exchange, S.A.'],
    ['ae_address', 'Rue Exemple 7, 1234 Exempleville, Luxembourg'],
    ['ac_comments', 'notified, under Art. 60'],
  ])(
    'is read as it was meant, with a note, when a comma in %s was not quoted',
    async (column, cell) => {
      const { items, notes, rows } = await readLine(line({ ...full, [column]: cell }))
      expect(rows).toBe(1)
      expect(notes).toEqual({ columns_realigned: 1 })
      expect(values(items, 'quality').map((q) => JSON.parse(q).code)).toEqual(['columns_realigned'])
      expect(items[0]?.entity).toBe(`eu_esma_casp:${LEI}:alpha-exchange`)
      expect(JSON.parse(values(items, 'licence')[0] ?? '')).toMatchObject({
        status: 'authorised',
        services: ['a'],
        countries: ['DE', 'LU'],
        from: '2025-06-20',
      })
    },
  )

  it.each([
    ['a cell more, and no way to tell where', line({ ...full, ae_lei: 'none,at,all,of,it,LEI' })],
    ['a cell too few', line(full).replace('Example Authority (EXA),', '')],
    ['services where dates are', line({ ...full, ac_serviceCode: '20/06/2025' })],
  ])('grants nothing, is noted and is not lost: %s', async (_what, text) => {
    const { items, notes, rows } = await readLine(text)
    expect(rows).toBe(1)
    expect(notes.columns_shifted).toBe(1)
    expect(JSON.parse(values(items, 'licence')[0] ?? '').status).toBe('unverified')
    expect(values(items, 'quality').map((q) => JSON.parse(q).code)).toContain('columns_shifted')
  })

  it('is no row with an empty cell more at its end', async () => {
    expect((await readLine(`${line(full)},,`)).notes).toEqual({})
  })

  it('tells a date of the past that lies ahead, and no end date that does', async () => {
    const ahead = { ac_authorisationNotificationDate: '01/02/2031', ac_lastupdate: '02/02/2031' }
    const { items, notes } = await read([
      { ...full, ...ahead, ac_authorisationEndDate: '01/01/2032' },
    ])
    expect(notes).toEqual({ date_in_future: 2 })
    expect(values(items, 'quality').map((q) => JSON.parse(q).original)).toEqual(
      Object.values(ahead),
    )
    expect(JSON.parse(values(items, 'licence')[0] ?? '')).toMatchObject({ from: '2031-02-01' })
  })
})

describe('a row that is corrected is the same row', () => {
  /** What identifies a permission across versions, docs/VOCABULARY.md. */
  async function key(cells: Cells) {
    const { items } = await read([{ ...row, ...cells }])
    const said = JSON.parse(values(items, 'licence')[0] ?? '')
    return { entity: items[0]?.entity, holder: said.holder, country: said.country, from: said.from }
  }

  it.each([
    ['a renamed authority', { ae_competentAuthority: 'Example Authority of Markets (EXAM)' }],
    ['EL for GR', { ae_homeMemberState: 'EL' }, { ae_homeMemberState: 'GR' }],
    ['a service cell that lost its letter', { ac_serviceCode: 'providing custody' }],
    ['another spelling of the name', { ae_lei_name: 'ALPHA EXCHANGE SA' }],
    ['an added end date', { ac_authorisationEndDate: '01/05/2026' }],
  ])('keeps its record: %s', async (_what, change, before: Cells = {}) => {
    expect((await key(change)).entity).toBe((await key(before)).entity)
  })

  it('has another record with a corrected LEI, and the same holder, home state and day', async () => {
    const broken = await key({ ae_lei: 'EXMP00ALPHAEXCHNG175' })
    const corrected = await key({})
    expect(broken.entity).not.toBe(corrected.entity)
    expect({ ...broken, entity: '' }).toEqual({ ...corrected, entity: '' })
  })
})
