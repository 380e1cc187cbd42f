import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { diskFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

const FOLDER = dirname(fileURLToPath(import.meta.url))
const ROLES = ['prim', 'alt', 'add'] as const

describe('us_ofac_cons', () => {
  it('tells the list from the programmes, and claims none that they do not name', async () => {
    const files = ROLES.map((role) => diskFile(role, join(FOLDER, `fixture.${role}.csv`)))
    const { items } = await runCrawl(crawl, files, { dataset: 'us_ofac_cons' })
    const listings = items.filter(({ prop }) => prop === 'listing').map(({ value }) => value)
    expect(listings).toEqual([
      '{"list":"NS-PLC","program":["NS-PLC"]}',
      '{"list":"SSI","program":["RUSSIA-EO14024","UKRAINE-EO13662"]}',
      '{"list":"NS-CMIC","program":["CMIC-EO13959"]}',
      '{"list":"CAPTA","program":["561-Related"]}',
      '{"list":"CONS","program":["RUSSIA-EO14024"]}',
    ])
    expect(listings.join()).not.toContain('SDN')
  })
})

describe.runIf(process.env.CUSTOS_MIRROR)('us_ofac_cons on the recorded files', () => {
  it('reads the version of 2025-12 whole, and notes the ten remarks that are cut', async () => {
    const files = ROLES.map((role) =>
      mirrorFile(role, `sanctions/ofac-sdn/cons_${role}-2025-12.csv.gz`),
    )
    const { items, notes } = await runCrawl(crawl, files, { dataset: 'us_ofac_cons' })
    const having = (prop: string) =>
      new Set(items.filter((item) => item.prop === prop).map(({ entity }) => entity)).size
    expect([having('name'), having('listing'), having('alias')]).toEqual([442, 442, 388])
    expect(notes).toEqual({ remark_cut: 10 })
  })
})
