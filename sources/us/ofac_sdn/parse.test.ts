import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { SourceItem } from '../../../src/model/statement.ts'
import { diskFile, memoryFile, mirrorFile, runCrawl } from '../../../test/support/crawl.ts'
import { crawl } from './parse.ts'

const FOLDER = dirname(fileURLToPath(import.meta.url))
const CSV = ['prim', 'alt', 'add', 'comments'] as const

function fixture(role: string, extension = 'csv') {
  return diskFile(role, join(FOLDER, `fixture.${role}.${extension}`))
}

function keyOf({ entity, prop, value, original }: SourceItem): string {
  return [entity, prop, value, original ?? ''].join(' | ')
}

function about(items: readonly SourceItem[], key: string): readonly string[] {
  return items
    .filter(({ entity }) => entity === `us_ofac_sdn:${key}`)
    .map((item) => keyOf(item).replace(`us_ofac_sdn:${key} | `, ''))
}

const run = (files: Parameters<typeof runCrawl>[1]) =>
  runCrawl(crawl, files, { dataset: 'us_ofac_sdn' })

describe('us_ofac_sdn', () => {
  it('says the same of an entry in either form, but for what one of them lacks', async () => {
    const csv = await run(CSV.map((role) => fixture(role)))
    const advanced = await run([fixture('advanced', 'xml')])
    for (const key of ['101', '202', '303']) {
      const fromCsv = new Set(about(csv.items, key))
      const fromAdvanced = new Set(about(advanced.items, key))
      const onlyAdvanced = [...fromAdvanced].filter((said) => !fromCsv.has(said))
      // Only that form gives days of listing and other scripts.
      for (const said of onlyAdvanced) expect(said).toMatch(/^listingDate |^alias \| \P{ASCII}/u)
      // The fixture of that form leaves these four out.
      const onlyCsv = [...fromCsv].filter((said) => !fromAdvanced.has(said))
      for (const said of onlyCsv) expect(said).toMatch(/lei_checksum|IMO|all offices|OLD EXAMPLE/)
    }
  })

  it('adds to the delimited files what only the advanced form knows, and nothing twice', async () => {
    const csv = await run(CSV.map((role) => fixture(role)))
    const both = await run([...CSV.map((role) => fixture(role)), fixture('advanced', 'xml')])
    const before = new Set(csv.items.map(keyOf))
    const added = both.items.filter((item) => !before.has(keyOf(item)))
    expect(
      added.filter(({ entity }) => entity !== 'us_ofac_sdn:909').map(({ prop }) => prop),
    ).toEqual(['alias', 'listingDate', 'listingDate', 'listingDate'])
    expect(about(both.items, '909')).toContain(
      'name | Erika MUSTERMANN GARCIA | MUSTERMANN GARCIA, Erika',
    )
    expect(about(both.items, '909')).toContain('listingDate | 2030-01-02 | ')
  })

  it('takes the list’s own day from the advanced form, and the older one of two', async () => {
    const files = [fixture('advanced', 'xml')]
    expect((await run(files)).published).toBe('2030-02-03T00:00:00Z')
    const older = '2029-01-01T00:00:00Z'
    const dated = await runCrawl(crawl, files, { dataset: 'us_ofac_sdn', publishedAt: older })
    expect(dated.published).toBe(older)
  })

  it('gives no day of listing from delimited files: a directive’s day is a note', async () => {
    const { items } = await run(CSV.map((role) => fixture(role)))
    expect(items.some(({ prop }) => prop === 'listingDate')).toBe(false)
    expect(about(items, '202')).toContain(
      'notes | Listing Date (EO 14024 Directive 3): 24 Feb 2022 | ',
    )
  })

  it('joins a remark with its overflow, also where the cut goes through an address', async () => {
    const { items } = await run(CSV.map((role) => fixture(role)))
    const wallet = '{"address":"TG4MR2rfVKkK9Wn1dZvHyC9Z6vTcKkoE4Y","currency":"TRX"}'
    expect(about(items, '202')).toContain(`wallet | ${wallet} | `)
  })

  it('leaves out the end of a remark that is cut and not continued, and says so', async () => {
    const { items, notes } = await run([fixture('prim'), fixture('alt'), fixture('add')])
    expect(notes.remark_cut).toBe(2)
    expect(about(items, '202').join('\n')).not.toContain('Digital Currency Addres |')
    expect(about(items, '505')).toContain(
      'quality | {"code":"remark_cut","field":"notes","original":"Registration Numbe"} | ',
    )
  })

  it('says without the primary file who is listed, under aliases and without a name', async () => {
    const files = ['alt', 'add', 'comments', 'wallets'].map((role) => fixture(role))
    const { items } = await run(files)
    expect(items.some(({ prop }) => prop === 'name')).toBe(false)
    expect(about(items, '808')).toEqual([
      'schema | LegalEntity | ',
      'listing | {"list":"SDN"} | ',
      'alias | Otto NEWMAN | NEWMAN, Otto',
      'alias | NEWMAN SHIPPING, S.A. | ',
    ])
    // The first segment of an overflow is cut; only an address whose currency is whole is read.
    expect(about(items, '707').join('\n')).not.toContain('pQ5cut')
    expect(about(items, '717')).toContain(
      'wallet | {"address":"bc1q0c592y6stu9qxp945gvl63wdyuvjhwe9ztlazz","currency":"XBT"} | ',
    )
    for (const { entity } of items) {
      expect(items.filter((i) => i.entity === entity && i.prop === 'schema')).toHaveLength(1)
    }
  })

  it('refuses an empty primary file, and takes an empty overflow with a note', async () => {
    const empty = (role: string) => memoryFile(role, `${role}.csv`, '\u001A')
    const others = [fixture('alt'), fixture('add')]
    await expect(run([empty('prim'), ...others])).rejects.toMatchObject({ code: 'source.empty' })
    const { notes } = await run([fixture('prim'), ...others, empty('comments')])
    expect(notes.comments_empty).toBe(1)
  })

  it('names the missing file when there is none', async () => {
    await expect(run([])).rejects.toMatchObject({ code: 'source.file_missing' })
  })
})

const SDN = 'sanctions/ofac-sdn'

describe.runIf(process.env.CUSTOS_MIRROR)('us_ofac_sdn on the recorded files', () => {
  it('reads the complete version of 2021: every entry with its name and listing', async () => {
    const { items, rows, notes } = await run([
      mirrorFile('prim', `${SDN}/sdn-2021-07.csv.gz`),
      mirrorFile('alt', `${SDN}/alt-2021-07.csv.gz`),
      mirrorFile('add', `${SDN}/add-2021-07.csv.gz`),
      mirrorFile('comments', `${SDN}/sdn_comments-2021-07.csv.gz`),
    ])
    const having = (prop: string) =>
      new Set(items.filter((item) => item.prop === prop).map(({ entity }) => entity)).size
    expect(having('name')).toBe(8976)
    expect(having('listing')).toBe(8976)
    expect(having('wallet')).toBe(15)
    expect(rows).toBe(8976 + 11910 + 13837 + 5)
    expect(notes.row_malformed).toBeUndefined()
    expect(notes.remark_cut).toBeUndefined()
  })

  it('reads the incomplete version of 2025 with every address of the overflow', async () => {
    const { items } = await run([
      mirrorFile('alt', `${SDN}/alt-2025-12.csv.gz`),
      mirrorFile('add', `${SDN}/add-2025-12.csv.gz`),
      mirrorFile('comments', `${SDN}/sdn_comments-2025-12.csv.gz`),
      mirrorFile('wallets', 'sanctions/ofac-crypto/sdn_comments-2025-12-addresses.csv'),
    ])
    const wallets = items.filter(({ prop }) => prop === 'wallet')
    const ofFile = new Set(wallets.filter(({ row }) => row.startsWith('wallets#')).map(keyOf))
    const ofComments = new Set(wallets.filter(({ row }) => row.startsWith('comments#')).map(keyOf))
    expect(ofFile.size).toBe(366)
    for (const said of ofFile) expect(ofComments.has(said)).toBe(true)
    // Three more stand in the cut first segments, whole.
    expect(ofComments.size).toBe(369)
    expect(items.some(({ prop }) => prop === 'name')).toBe(false)
  })
})
