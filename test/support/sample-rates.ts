import { fixedClock } from '../../src/base/clock.ts'
import type { RateQueries } from '../../src/query/rate-types.ts'
import { ecb, market, openRates, type RateWorld, sheetSaid } from './rate-world.ts'
import { NOW } from './sample-queries.ts'

const TOLD_AT = '2026-02-28T08:00:00Z'

/** Rates of invented sheets, with the clock of the other sample answers. */
export const sampleWorld: RateWorld = await openRates({}, { now: NOW, clock: fixedClock(NOW) })
await sampleWorld.tell(
  'ecb_eurofxref',
  [
    ecb('2026-02-20', { USD: '1.1050' }),
    ecb('2026-02-23', { USD: '1.1040' }),
    ecb('2026-02-24', { USD: '1.1020' }),
    ecb('2026-02-25', {
      USD: '1.1000',
      CNY: '7.9000',
      JPY: '160.00',
      GBP: '0.8500',
      CHF: '0.9500',
    }),
    ecb('2026-02-26', {
      USD: '1.1157',
      CNY: '8.0000',
      JPY: '161.00',
      GBP: '0.8510',
      CHF: '0.9510',
    }),
    ecb('2026-02-27', {
      USD: '1.1200',
      CNY: '8.0528',
      JPY: '162.00',
      GBP: '0.8520',
      CHF: '0.9520',
    }),
  ],
  TOLD_AT,
)
const tokens = { EUR: '0.89', GBP: '0.76', JPY: '144.5', CNY: '7.19', CHF: '0.85' }
await sampleWorld.tell(
  'currency_api',
  [
    market('2026-02-26', { ...tokens, btc: '0.00001', eth: '0.0004' }),
    // One bad day: what it says of most currencies is the inverse.
    market('2026-02-28', {
      ...{ EUR: '1.1235', GBP: '1.3157', JPY: '0.00692', CNY: '0.13908', CHF: '1.1764' },
      ...{ btc: '100000', eth: '2500' },
    }),
  ],
  TOLD_AT,
)
await sampleWorld.tell(
  'tr_tcmb',
  [
    sheetSaid({
      ...{ base: 'TRY', day: '2026-02-27', kind: 'board', direction: 'quote_in_base' },
      quotes: {
        USD: { unit: '1', buy: '43.10', sell: '43.18', cashBuy: '43.07', cashSell: '43.25' },
        EUR: { unit: '1', buy: '48.30', sell: '48.39', cashBuy: '48.27', cashSell: '48.46' },
      },
    }),
  ],
  TOLD_AT,
)

export const sampleRates: RateQueries = sampleWorld.rates

export const BOARD_CSV = `currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time
USD,100,718.20,712.30,721.30,721.30,2026-02-27 10:30:00
JPY,100,4.92,4.77,4.96,4.96,2026-02-27 10:30:00
`
