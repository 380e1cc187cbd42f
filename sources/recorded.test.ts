import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Crawl, InputFile } from '../src/source/crawl.ts'
import { rowText } from '../src/source/parse/locator.ts'
import { mirrorFile, runCrawl } from '../test/support/crawl.ts'
import { crawl as varaFines } from './ae/vara_fines/parse.ts'
import { crawl as nbctf } from './il/nbctf/parse.ts'
import { crawl as lbIllegal } from './lt/lb_illegal/parse.ts'

const MIRROR = process.env.CUSTOS_MIRROR ?? ''

/** The newest recorded file of this name; undefined where the folder has none. */
function recorded(folder: string, name: RegExp): string | undefined {
  const path = join(MIRROR, folder)
  if (MIRROR === '' || !existsSync(path)) return undefined
  const file = readdirSync(path)
    .filter((own) => name.test(own))
    .sort()
    .at(-1)
  return file === undefined ? undefined : `${folder}/${file}`
}

async function read(crawl: Crawl, files: readonly InputFile[]) {
  const result = await runCrawl(crawl, files, { dataset: 'list' })
  const values = (prop: string) =>
    result.items.filter((item) => item.prop === prop).map(({ value }) => value)
  return { ...result, values, entities: new Set(result.items.map(({ entity }) => entity)) }
}

const SITES = recorded('regulators/other', /^lt-illegal-websites.*\.csv$/)
const FINES = recorded('regulators/other', /^vara-fines-register-.*\.csv$/)
const WALLETS = recorded('sanctions/il', /^il-nbctf-wallets.*\.csv$/)
const ORDERS = recorded('sanctions/il', /^il-nbctf-releases.*\.csv$/)

describe('recorded lists', () => {
  it.runIf(SITES)('reads each site of the Bank of Lithuania, and shows its row', async () => {
    const file = mirrorFile('list', SITES ?? '')
    const { rows, values, items, entities } = await read(lbIllegal, [file])
    expect(rows).toBeGreaterThan(50)
    expect(values('warning')).toHaveLength(entities.size)
    expect(entities.size).toBeGreaterThan(rows * 0.9)
    const sited = new Set(
      items.filter(({ prop }) => prop === 'website').map(({ entity }) => entity),
    )
    expect(sited.size / entities.size).toBeGreaterThan(0.95)
    for (const name of values('name')) {
      expect(name).not.toMatch(/nenurodyt|,,|https?:/iu)
    }
    for (const { row, entity } of items.slice(0, 50)) {
      const text = (await rowText(file, row)) ?? ''
      expect(text.toLowerCase()).toContain(entity.split(':')[1]?.slice(0, 8).toLowerCase())
    }
  })

  it.runIf(FINES)("reads each measure of Dubai's regulator with its day", async () => {
    const { rows, values, notes } = await read(varaFines, [mirrorFile('fines', FINES ?? '')])
    expect(notes).toEqual({})
    expect(rows).toBeGreaterThan(15)
    const warnings = values('warning').map((json) => JSON.parse(json) as Record<string, string>)
    expect(warnings.length).toBeGreaterThanOrEqual(rows)
    for (const { date, kind, infringement, measure } of warnings) {
      expect(kind).toBe('enforcement')
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/)
      expect(infringement).toBeTruthy()
      expect(measure).toBeTruthy()
    }
  })

  it.runIf(WALLETS && ORDERS)(
    'reads each wallet of the orders, and nothing but wallets',
    async () => {
      const { rows, values, entities, notes } = await read(nbctf, [
        mirrorFile('wallets', WALLETS ?? ''),
        mirrorFile('orders', ORDERS ?? ''),
      ])
      const wallets = values('wallet').map((json) => JSON.parse(json) as { address: string })
      const skipped = notes.row_without_address ?? 0
      expect(skipped).toBeLessThan(rows / 20)
      expect(values('schema').every((schema) => schema === 'CryptoWallet')).toBe(true)
      // One order may name a wallet twice, for two currencies.
      expect(wallets.length).toBeGreaterThanOrEqual(entities.size)
      for (const { address } of wallets) expect(address).toMatch(/^[A-Za-z0-9]{25,128}$/)
      // The list of orders tells the day of most of them.
      expect(values('listingDate').length).toBeGreaterThan(entities.size / 2)
      for (const day of values('listingDate')) expect(day).toMatch(/^20\d\d-\d\d-\d\d$/)
    },
  )
})
