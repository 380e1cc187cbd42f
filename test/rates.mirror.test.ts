import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../src/base/clock.ts'
import { silentLog } from '../src/base/log.ts'
import { applyEvents } from '../src/index/indexer.ts'
import { openSqliteIndex, type SqliteIndex } from '../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../src/index/view.ts'
import { datasetsOf, loadCatalogue } from '../src/ingest/catalogue.ts'
import { sync } from '../src/ingest/sync.ts'
import type { SyncOptions, SyncRow } from '../src/ingest/types.ts'
import { unpacked } from '../src/ingest/unpack.ts'
import { openSqliteLedger, type SqliteLedger } from '../src/ledger/store/sqlite.ts'
import { type RateSheet, readSheet } from '../src/model/rate-sheet.ts'
import type { RateQueries } from '../src/query/rate-types.ts'
import { createRateQueries } from '../src/query/rates.ts'

const MIRROR = process.env.CUSTOS_MIRROR
const NOW = '2026-11-22T09:00:00Z'

const LOAD_MS_MAX = 10_000
const RATES_MIN = 230_000
const CONVERT_US_MAX = 50
const CHART_BYTES_MAX = 60_000
const CHART_MS_MAX = 30
const DAY_MS = 86_400_000

/** An installation that reads recorded files, and nothing else. */
class Recorded {
  readonly folder = mkdtempSync(join(tmpdir(), 'custos-rates-'))
  readonly ledger: SqliteLedger = openSqliteLedger(join(this.folder, 'data'))
  readonly index: SqliteIndex = openSqliteIndex(':memory:')
  readonly catalogue = loadCatalogue()
  readonly datasets = datasetsOf(this.catalogue)
  readonly clock = fixedClock(NOW)
  #holder: ViewHolder | undefined
  #rates: RateQueries | undefined

  async sync(name: string, options: SyncOptions): Promise<SyncRow> {
    const { ledger, catalogue, clock, folder } = this
    const ports = { ledger, catalogue, clock, log: silentLog, fetcher: undefined, folder }
    const [row] = await sync(ports, [name], options)
    if (row === undefined) throw new Error('one dataset, one row')
    return row
  }

  async follow(): Promise<RateQueries> {
    const { ledger, index, datasets, clock } = this
    await applyEvents(ledger, index)
    const view = await buildView({ ledger, index, datasets, previous: this.#holder?.current() })
    if (this.#holder === undefined) this.#holder = new ViewHolder(view)
    else this.#holder.swap(view)
    this.#rates ??= createRateQueries({ ledger, index, view: this.#holder, datasets, clock })
    return this.#rates
  }

  async sheets(dataset: string): Promise<RateSheet[]> {
    const live = await this.ledger.live(dataset)
    const rows = await this.ledger.statements(live.map(({ sid }) => sid))
    return rows.map(({ value }) => readSheet(value)).filter((sheet) => sheet !== undefined)
  }

  async close(): Promise<void> {
    await this.index.close()
    await this.ledger.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The file of the ECB as text, read by nothing of the product but the unpacker. */
async function ecbTable(): Promise<{ header: string[]; rows: string[][] }> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of unpacked(join(MIRROR ?? '', 'rates/ecb-eurofxref-hist.zip'))) {
    text += decoder.decode(chunk, { stream: true })
  }
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  return { header, rows }
}

const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)

describe.runIf(MIRROR !== undefined)('recorded rates', () => {
  let world: Recorded
  let rates: RateQueries
  const mirror = MIRROR ?? ''

  beforeAll(async () => {
    world = new Recorded()
    const rows = [
      await world.sync('ecb_eurofxref', { mirror }),
      await world.sync('currency_api', { mirror }),
    ]
    for (const row of rows) expect(row).toMatchObject({ state: 'ok', retracted: 0, error: null })
    rates = await world.follow()
  }, 120_000)
  afterAll(() => world.close())

  it('are more than 230,000 and loaded in less than ten seconds', async () => {
    const all = [...(await world.sheets('ecb_eurofxref')), ...(await world.sheets('currency_api'))]
    const count = all.reduce((sum, sheet) => sum + Object.keys(sheet.quotes).length, 0)
    expect(count).toBeGreaterThanOrEqual(RATES_MIN)
    const startedMs = performance.now()
    await rates.warm()
    expect(performance.now() - startedMs).toBeLessThan(LOAD_MS_MAX)
  })

  it('of the ECB are reproduced to the digit on ten dates, every currency', async () => {
    const { header, rows } = await ecbTable()
    const dates = Array.from(
      { length: 10 },
      (_, i) => rows[Math.floor((i * (rows.length - 1)) / 9)],
    )
    let compared = 0
    for (const row of dates) {
      const date = row?.[0] ?? ''
      for (const [i, code] of header.entries()) {
        const cell = row?.[i] ?? ''
        if (i === 0 || code === '' || cell === 'N/A' || cell === '') continue
        const answer = await rates.convert({ amount: '1', from: 'EUR', to: code, date })
        expect(answer.rate, `${date} ${code}`).toBe(cell)
        expect(answer.legs).toMatchObject([{ dataset: 'ecb_eurofxref', date, ageDays: 0 }])
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(250)
  })

  it('have a history of 27 years that fits a page', async () => {
    const asked = { base: 'EUR', quote: 'USD' } as const
    const whole = await rates.history({ ...asked, points: 20_000 })
    expect(whole.days).toBeGreaterThan(6_900)
    expect(whole).toMatchObject({ isSampled: false, first: { date: '1999-01-04', rate: '1.1789' } })
    let bestMs = Number.POSITIVE_INFINITY
    for (let i = 0; i < 5; i++) {
      const startedMs = performance.now()
      const chart = await rates.history(asked)
      bestMs = Math.min(bestMs, performance.now() - startedMs)
      expect(chart.points.length).toBeLessThanOrEqual(500)
      expect(JSON.stringify(chart.points).length).toBeLessThan(CHART_BYTES_MAX)
    }
    expect(bestMs).toBeLessThan(CHART_MS_MAX)
  })

  it('convert in less than fifty microseconds', async () => {
    for (const [from, to] of [
      ['EUR', 'USD'],
      ['USD', 'JPY'],
      ['BTC', 'CHF'],
    ] as const) {
      let best = Number.POSITIVE_INFINITY
      for (let round = 0; round < 5; round++) {
        // Time of the processor: what else the machine does is no part of it.
        const started = process.cpuUsage()
        for (let i = 0; i < 1_000; i++)
          await rates.convert({ amount: '100', from, to, date: '2026-04-10' })
        const { user, system } = process.cpuUsage(started)
        best = Math.min(best, (user + system) / 1_000)
      }
      expect(best, `${from} ${to}`).toBeLessThan(CONVERT_US_MAX)
    }
  })

  it('of the npm packages are the same statements as the recorded files', async () => {
    const row = await world.sync('currency_api', { offline: true })
    expect(row).toMatchObject({ state: 'ok', added: 0, retracted: 0, error: null })
    expect(row.unchanged).toBeGreaterThan(0)
  })

  it('with a doubtful quote are reported: each is far from those beside it', async () => {
    const doubtful = await rates.quarantined()
    // No recorded day is wrong as a whole; some have rates of other assets under a currency's code.
    expect(doubtful.filter(({ isWhole }) => isWhole)).toEqual([])
    expect(doubtful.filter(({ dataset }) => dataset === 'ecb_eurofxref')).toEqual([])
    const turned = doubtful.flatMap(({ date, held }) => held.map((one) => ({ date, ...one })))
    expect(turned.length).toBeGreaterThan(0)
    const sheets = (await world.sheets('currency_api')).sort((a, b) => (a.day < b.day ? -1 : 1))
    for (const { date, code, rate } of turned.filter((one) => !one.code.includes(':'))) {
      const has = ({ quotes }: RateSheet) => quotes[code] !== undefined
      const near = [
        sheets.findLast((sheet) => sheet.day < date && has(sheet)),
        sheets.find((sheet) => sheet.day > date && has(sheet)),
      ].map((sheet) => Number(sheet?.quotes[code] ?? rate))
      const jumps = near.map((n) => Math.max(n / Number(rate), Number(rate) / n))
      expect(Math.max(...jumps), `${date} ${code} ${rate}`).toBeGreaterThan(1.5)
    }
  })

  it('of a constructed bad day are quarantined, and the last good ones stay live', async () => {
    const sheets = await world.sheets('currency_api')
    const newest = sheets.reduce((a, b) => (b.day > a.day ? b : a))
    const day = dayAfter(newest.day)
    const bad: Record<string, number> = {}
    for (const [i, [code, rate]] of Object.entries(newest.quotes).entries()) {
      // A third is missing; of the rest, what is no currency is upside down.
      if (i % 3 === 0 || typeof rate !== 'string') continue
      bad[code.toLowerCase()] = code === code.toLowerCase() ? 1 / Number(rate) : Number(rate)
    }
    const folder = join(world.folder, 'bad')
    mkdirSync(join(folder, 'rates/currency-api'), { recursive: true })
    const name = `usd-${day.replaceAll('-0', '-').replaceAll('-', '.')}.json`
    writeFileSync(join(folder, 'rates/currency-api', name), JSON.stringify({ date: day, usd: bad }))
    const before = await rates.convert({ amount: '1', from: 'BTC', to: 'USD' })
    expect(await world.sync('currency_api', { mirror: folder })).toMatchObject({
      added: 1,
      retracted: 0,
    })
    rates = await world.follow()
    const after = await rates.convert({ amount: '1', from: 'BTC', to: 'USD' })
    expect(after.rate).toBe(before.rate)
    expect(after.legs).toMatchObject([{ date: newest.day, state: 'stale' }])
    expect(after.quarantined).toMatchObject([{ dataset: 'currency_api', date: day, isWhole: true }])
    const codes = after.quarantined[0]?.reasons.map(({ code }) => code)
    expect(codes).toEqual(['missing_currencies', 'inverted'])
  })
})
