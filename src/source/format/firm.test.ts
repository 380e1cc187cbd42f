import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFile, runCrawl } from '../../../test/support/crawl.ts'
import { canonicalJson } from '../../base/encode.ts'
import type { FieldRow } from './fields.ts'
import type { FirmMap } from './firm.ts'
import { firmsOf, fixed } from './firm.ts'
import { namesOf } from './names.ts'
import { licence, statusBy, warning } from './sayings.ts'

const WARNING = warning({
  regulator: fixed('Example Authority'),
  country: fixed('AT'),
  date: { of: 'date', forms: ['iso'] },
  reason: 'reason',
})

const MAP: FirmMap = {
  names: (row) => namesOf(row.get('name')),
  aliases: 'alias',
  websites: ['website'],
  country: 'country',
  leiCode: 'lei',
  address: 'address',
  says: [WARNING],
}

function row(fields: Readonly<Record<string, string>>, i = 0): FieldRow {
  return { row: `list#record:${i + 2}`, get: (field) => fields[field] ?? '', links: () => [] }
}

async function read(rows: readonly Readonly<Record<string, string>>[], map: FirmMap = MAP) {
  async function* given() {
    for (const [i, fields] of rows.entries()) yield row(fields, i)
  }
  const { items, notes } = await runCrawl(
    (ctx) => firmsOf(ctx, given(), map),
    [memoryFile('list', 'list.csv', 'x')],
    { dataset: 'list' },
  )
  const values = (prop: string) =>
    items.filter((item) => item.prop === prop).map(({ value }) => value)
  return { items, notes, values, keys: [...new Set(items.map(({ entity }) => entity))] }
}

describe('firmsOf', () => {
  it('says the name, the further names, the site and the warning, each once', async () => {
    const { items, values } = await read([
      {
        name: 'Example  Trade',
        alias: 'Example Trade',
        website: 'https://www.example-trade.com/ and https://www.example-trade.com',
        country: 'Austria',
        date: '2030-01-02',
        reason: 'No licence',
      },
    ])
    expect(values('name')).toEqual(['Example Trade'])
    expect(values('alias')).toEqual([])
    expect(values('website')).toEqual(['www.example-trade.com'])
    expect(values('country')).toEqual(['AT'])
    expect(values('warning').map((json) => JSON.parse(json))).toEqual([
      {
        regulator: 'Example Authority',
        country: 'AT',
        kind: 'warning',
        status: 'in_force',
        date: '2030-01-02',
        reason: 'No licence',
      },
    ])
    expect(new Set(items.map((item) => canonicalJson({ ...item }))).size).toBe(items.length)
  })

  it('tells rows of one name apart by their day, and joins what is the same', async () => {
    const { keys } = await read([
      { name: 'Example', date: '2030-01-02' },
      { name: 'EXAMPLE', date: '2030-01-02' },
      { name: 'Example', date: '2030-05-06' },
      { name: 'Example' },
    ])
    expect(keys).toEqual([
      'list:example:2030-01-02',
      'list:example:2030-05-06',
      'list:example:undated',
    ])
  })

  it('takes a row without a name by its site, and a name that is a site as one', async () => {
    const { keys, values } = await read([
      { website: 'example-coin.com' },
      { name: 'https://example-pay.io/' },
      { name: 'Example / example-x.org' },
    ])
    expect(keys).toHaveLength(3)
    expect(values('name')).toEqual(['example-coin.com', 'example-pay.io', 'Example'])
    expect(values('website')).toEqual(['example-coin.com', 'example-pay.io', 'example-x.org'])
  })

  it('leaves out cells that mean "none"', async () => {
    const { values } = await read(
      [{ name: 'Example', alias: 'N/A', website: '-', country: 'unknown', address: 'keine' }],
      { ...MAP, blank: /^keine$/ },
    )
    for (const prop of ['alias', 'website', 'country', 'address', 'quality']) {
      expect(values(prop), prop).toEqual([])
    }
  })

  it('notes a row that names nobody, and gives it no statement', async () => {
    const { items, notes } = await read([{ reason: 'of whom?' }, { name: ' - ' }])
    expect(items).toEqual([])
    expect(notes).toEqual({ row_unreadable: 2 })
  })

  it.each([
    ['date_unreadable', { date: 'soon' }],
    ['country_unreadable', { country: 'Ruritania' }],
    ['lei_invalid', { lei: '529900T8BM49AURSDO56' }],
    ['website_unreadable', { website: 'see the brochure' }],
    ['replacement_character', { alias: 'Caf\uFFFD' }],
    ['cell_too_long', { address: 'x'.repeat(20_000) }],
  ])('makes %s a note on the row and a statement, and keeps the row', async (code, fields) => {
    const { values, notes } = await read([{ name: 'Example', ...fields }])
    expect(notes).toEqual({ [code]: 1 })
    expect(values('quality').map((json) => JSON.parse(json).code)).toEqual([code])
    expect(values('name')).toEqual(['Example'])
    expect(values('warning')).toHaveLength(1)
  })

  it('keeps keys short, and different ones different', async () => {
    const long = 'Example '.repeat(80)
    const { keys } = await read([{ name: `${long}A` }, { name: `${long}B` }])
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(key.length).toBeLessThanOrEqual(130)
  })

  it('reads any row without failing, and never with an empty value', async () => {
    const cell = fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' }))
    const fields = fc.record({ name: cell, alias: cell, website: cell, country: cell, date: cell })
    await fc.assert(
      fc.asyncProperty(fields, async (given) => {
        const { items } = await read([given])
        for (const { value, entity } of items) {
          expect(value.trim()).not.toBe('')
          expect(entity).toMatch(/^list:./)
        }
      }),
    )
  })
})

describe('licence', () => {
  const MAP_OF_REGISTER: FirmMap = {
    key: 'number',
    names: 'name',
    says: [
      licence({
        regulator: 'Example Authority',
        country: 'AE',
        subdivision: 'AE-DU',
        kind: 'licence',
        word: 'status',
        status: statusBy([
          [/revoked/i, 'revoked'],
          [/^active$/i, 'authorised'],
        ]),
        number: 'number',
        services: 'services',
        from: { of: 'from', forms: ['iso'] },
      }),
    ],
  }

  it("keeps the regulator's word beside the status, and the place that the register governs", async () => {
    const { values } = await read(
      [{ name: 'Example', number: '7', status: 'Active', services: 'a; b, a', from: '2030-01-02' }],
      MAP_OF_REGISTER,
    )
    expect(values('licence').map((json) => JSON.parse(json))).toEqual([
      {
        regulator: 'Example Authority',
        country: 'AE',
        subdivision: 'AE-DU',
        kind: 'licence',
        number: '7',
        holder: 'Example',
        lei: null,
        status: 'authorised',
        regulatorWord: 'Active',
        services: ['a', 'b'],
        countries: ['AE'],
        from: '2030-01-02',
        to: null,
      },
    ])
  })

  it('never reads a word that it does not know as an authorisation', async () => {
    const { values } = await read([{ name: 'Example', status: 'Inactive' }], MAP_OF_REGISTER)
    expect(values('licence').map((json) => JSON.parse(json).status)).toEqual(['unverified'])
  })
})
