import { performance } from 'node:perf_hooks'
import { ecb, market, openRates } from '../../test/support/rate-world.ts'

/**
 * Loading 27 years of fixings and two of a market, converting, drawing a chart. Invented rates.
 * Run with: node src/query/rates.bench.ts
 */
const DAYS = 7_000
const MARKET_DAYS = 700
const ROUNDS = 5
const CONVERSIONS = 5_000
const DAY_MS = 86_400_000
const FIRST_MS = Date.parse('1999-01-04T00:00:00Z')

const CODES =
  `USD JPY GBP CHF CAD AUD SEK NOK DKK PLN CZK HUF RON TRY ZAR BRL CNY HKD IDR ILS INR KRW
MXN MYR NZD PHP SGD THB ISK AED`.split(/\s+/)

const dayOf = (n: number) => new Date(FIRST_MS + n * DAY_MS).toISOString().slice(0, 10)

/** Digits that move a little each day. */
const rateOf = (i: number, n: number) => `${(i % 9) + 1}.${String(1000 + ((n * 7 + i * 13) % 900))}`

async function main(): Promise<void> {
  const fixings = Array.from({ length: DAYS }, (_, n) =>
    ecb(dayOf(n), Object.fromEntries(CODES.map((code, i) => [code, rateOf(i, n)]))),
  )
  const tokens = Array.from({ length: 300 }, (_, i) => `tok${i}`)
  const markets = Array.from({ length: MARKET_DAYS }, (_, n) =>
    market(dayOf(DAYS - MARKET_DAYS + n), {
      ...Object.fromEntries(tokens.map((code, i) => [code, rateOf(i, n)])),
      ...{ EUR: '0.9012', btc: '0.00001234' },
    }),
  )
  const world = await openRates(
    { ecb_eurofxref: fixings, currency_api: markets },
    { now: `${dayOf(DAYS - 1)}T12:00:00Z` },
  )
  const rates = DAYS * CODES.length + MARKET_DAYS * (tokens.length + 2)
  const rows = [`load ${rates} rates: ${(await timed(() => world.rates.warm())).toFixed(0)} ms`]
  for (const [from, to] of [
    ['EUR', 'USD'],
    ['USD', 'JPY'],
    ['BTC', 'CHF'],
    ['DEM', 'FRF'],
  ] as const) {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const ms = await timed(async () => {
        for (let i = 0; i < CONVERSIONS; i++) await world.rates.convert({ amount: '100', from, to })
      })
      best = Math.min(best, (ms * 1000) / CONVERSIONS)
    }
    rows.push(`convert ${from} ${to}: ${best.toFixed(1)} µs`)
  }
  const chart = () => world.rates.history({ base: 'GBP', quote: 'JPY' })
  rows.push(`27-year chart, first: ${(await timed(chart)).toFixed(1)} ms`)
  rows.push(`27-year chart, again: ${(await timed(chart)).toFixed(1)} ms`)
  rows.push(
    `table of assets: ${(await timed(() => world.rates.table({ limit: 300 }))).toFixed(1)} ms`,
  )
  rows.push(
    `all rates of a base: ${(await timed(() => world.rates.rates({ base: 'EUR' }))).toFixed(1)} ms`,
  )
  process.stdout.write(`${rows.join('\n')}\n`)
  await world.close()
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

await main()
