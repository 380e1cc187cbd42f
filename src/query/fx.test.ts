import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ecb, market, openRates, type RateWorld, sheetSaid } from '../../test/support/rate-world.ts'
import { decodeLink, encodeLink } from './fx-link.ts'
import type { BoardInput, FxPurchaseAnswer, FxPurchaseParams } from './rate-types.ts'

const CSV = `currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time
USD,100,718.12,712.30,721.30,721.30,2031-03-07 10:30:00
JPY,100,4.8123,4.66,4.8501,4.8501,2031-03-07 10:30:00
`
const BOARD: BoardInput = { csv: CSV, name: 'Example Bank' }
const ECB = [
  ecb('2031-03-06', { USD: '1.1000', CNY: '7.9000', JPY: '160.00' }),
  ecb('2031-03-07', { USD: '1.1000', CNY: '7.9090', JPY: '161.00' }),
]
const TCMB = [
  sheetSaid({
    ...{ base: 'TRY', day: '2031-03-07', kind: 'board', direction: 'quote_in_base' },
    quotes: {
      USD: { unit: '1', buy: '61.1', sell: '61.2', cashBuy: '61.0', cashSell: '61.3' },
      JPY: { unit: '100', buy: '40.3', sell: '40.6' },
    },
  }),
]

describe('a foreign-exchange purchase', () => {
  let world: RateWorld
  const ask = (over: Partial<FxPurchaseParams> = {}): Promise<FxPurchaseAnswer> =>
    world.rates.fxPurchase({
      ...{ currency: 'USD', with: 'CNY', quantity: '1000', board: BOARD, date: '2031-03-07' },
      ...over,
    })
  const codeOf = async (over: Partial<FxPurchaseParams>) => {
    const error: unknown = await ask(over).catch((e: unknown) => e)
    return (error as { code?: string }).code
  }

  beforeAll(async () => {
    world = await openRates({
      ecb_eurofxref: ECB,
      tr_tcmb: TCMB,
      currency_api: [market('2031-03-07', { EUR: '0.9', btc: '0.00001' })],
    })
  })
  afterAll(() => world.close())

  it('costs the board’s selling price, with the hidden margin against the market mid', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({
      ...{ side: 'buy', kind: 'spot', currency: 'USD', with: 'CNY', quantity: '1000' },
      ...{ unit: '100', currentRate: '721.30', total: '7213.00', available: '1000.00' },
      ...{ fee: '0.00', mid: '7.19', margin: '23.00', marginPercent: '0.32' },
      ...{ board: 'Example Bank', boardTime: '2031-03-07T10:30:00', midDate: '2031-03-07' },
      ...{ exchanged: '7213.00', overall: '23.00', spreadPercent: '0.44', midState: 'current' },
    })
    // The mid is the market's, by its own legs, and never the middle of the board.
    expect(answer.midLegs.map(({ dataset }) => dataset)).toEqual(['ecb_eurofxref', 'ecb_eurofxref'])
    expect(answer.boardLegs).toEqual([
      { currency: 'USD', unit: '100', price: '721.30', side: 'spot_sell' },
    ])
  })

  it('for a budget tells what is available after the fee', async () => {
    expect(await ask({ quantity: undefined, budget: '5000', fee: '15' })).toMatchObject({
      ...{ quantity: '691.11', available: '691.11', exchanged: '4984.98', fee: '15.00' },
      total: '4999.98',
    })
    expect(await ask({ quantity: undefined, budget: '5000', fee: '0.5%' })).toMatchObject({
      ...{ available: '689.74', exchanged: '4975.10', fee: '24.88', total: '4999.98' },
    })
  })

  it('sells at the buying price, by transfer or in banknotes', async () => {
    expect(await ask({ side: 'sell' })).toMatchObject({ total: '7181.20', margin: '8.80' })
    expect(await ask({ side: 'sell', kind: 'cash' })).toMatchObject({
      ...{ currentRate: '712.30', total: '7123.00', marginPercent: '0.93' },
    })
  })

  it('crosses two currencies at one board in two legs', async () => {
    const answer = await ask({ currency: 'JPY', with: 'USD', quantity: undefined, budget: '100' })
    expect(answer).toMatchObject({ available: '14806', unit: '1', spreadPercent: null })
    expect(answer.boardLegs).toEqual([
      { currency: 'USD', unit: '100', price: '718.12', side: 'spot_buy' },
      { currency: 'JPY', unit: '100', price: '4.8501', side: 'spot_sell' },
    ])
  })

  it('takes its prices from rows as typed, or from a board that a dataset gives', async () => {
    const rows = [{ currency: 'usd', unit: '100', spotSell: '721.30' }]
    expect(await ask({ board: { rows } })).toMatchObject({ total: '7213.00', board: null })
    const turkish = { with: 'TRY', board: { dataset: 'tr_tcmb' } } as const
    expect(await ask({ ...turkish, kind: 'cash' })).toMatchObject({
      ...{ total: '61300.00', board: 'Rates of tr_tcmb', boardTime: '2031-03-07', mid: null },
      ...{ margin: null, marginPercent: null },
    })
    const yen = await ask({ ...turkish, currency: 'JPY' })
    expect(yen).toMatchObject({ unit: '100', total: '406.00' })
    expect(yen.boardStatement).toMatch(/^[0-9a-f]{64}$/)
    expect(await world.rates.boards()).toEqual([
      { dataset: 'tr_tcmb', title: 'Rates of tr_tcmb', home: 'TRY', currencies: ['JPY', 'USD'] },
    ])
  })

  it('without a board is at the reference rate', async () => {
    const answer = await ask({ board: undefined })
    expect(answer).toMatchObject({ total: '7190.00', margin: '0.00', board: null, boardLegs: [] })
    expect(await codeOf({ board: undefined, with: 'NOK' })).toBe('rate.none')
  })

  it('before there is input shows the rate and 0.00', async () => {
    expect(await ask({ quantity: '' })).toMatchObject({
      ...{ quantity: '0.00', available: '0.00', total: '0.00', currentRate: '721.30' },
    })
  })

  it('is reopened by its link with the same answer, whatever is published since', async () => {
    const answer = await ask({ fee: '0.25%' })
    expect(answer.permalink).toMatch(/^\/tools\/fx-purchase\?q=[A-Za-z0-9_-]+$/)
    expect(answer.token.length).toBeLessThan(500)
    const corrected = [ECB[0], ecb('2031-03-07', { USD: '1.2000', CNY: '9.9', JPY: '1' })]
    await world.tell(
      'ecb_eurofxref',
      corrected.filter((s) => s !== undefined),
      undefined,
      true,
    )
    expect(await ask({ fee: '0.25%' })).not.toMatchObject({ mid: answer.mid })
    const again = await world.rates.fxPurchase({ token: answer.token })
    expect({ ...again, notChecked: [] }).toEqual({
      ...answer,
      notChecked: [],
      knownAt: again.knownAt,
    })
    // And once more from the link of the reopened one.
    expect(again.token).toBe(answer.token)
  })

  it('of an asset and without a board is reopened, too', async () => {
    const asked = { currency: 'BTC', with: 'EUR', quantity: '0.5', board: undefined } as const
    const answer = await ask(asked)
    expect(answer).toMatchObject({ currency: 'currency_api:btc', available: '0.50' })
    const again = await world.rates.fxPurchase({ token: answer.token })
    expect(again).toMatchObject({ total: answer.total, mid: answer.mid, midLegs: answer.midLegs })
  })

  it.each<[string, Partial<FxPurchaseParams>]>([
    ['rate.bad_amount', { quantity: '-5' }],
    ['rate.bad_amount', { quantity: '1e30' }],
    ['fx.too_precise', { quantity: '1000.005' }],
    ['fx.too_precise', { currency: 'JPY', quantity: '100.5' }],
    ['fx.two_amounts', { budget: '100' }],
    ['fx.same_currency', { with: 'USD' }],
    ['fx.no_row', { currency: 'GBP' }],
    ['fx.no_row', { with: 'EUR', board: { csv: CSV, home: 'CNY' } }],
    ['fx.no_price', { board: { rows: [{ currency: 'USD', spotBuy: '7' }] } }],
    ['fx.bad_board', { board: { csv: 'nothing' } }],
    ['fx.bad_board', { board: { csv: CSV, home: 'ZZZ' } }],
    ['fx.bad_board', { board: { csv: `${CSV}USD,100,718,712,721,721,` } }],
    ['fx.inverted_board', { board: { rows: [{ currency: 'USD', spotBuy: '7', spotSell: '6' }] } }],
    ['fx.unknown_board', { board: { dataset: 'nobody' } }],
    ['fx.bad_fee', { fee: '100%' }],
    ['fx.bad_fee', { fee: '-1' }],
    ['fx.bad_fee', { fee: 'some' }],
    ['fx.too_precise', { fee: '0.001' }],
    ['fx.fee_too_high', { side: 'sell', quantity: '1', fee: '500' }],
    ['rate.unknown_currency', { currency: 'ZZY' }],
    ['rate.future_date', { date: '2031-03-11' }],
  ])('is refused with %s and a clear text (%#)', async (code, over) => {
    expect(await codeOf(over)).toBe(code)
  })

  it('by a link that is damaged or names what is not held is refused', async () => {
    const { token } = await ask()
    const damaged = [
      '',
      '!',
      'e30',
      token.slice(1),
      'A'.repeat(5000),
      Buffer.from('[]').toString('base64url'),
    ]
    for (const text of damaged) {
      await expect(world.rates.fxPurchase({ token: text })).rejects.toMatchObject({
        code: 'fx.bad_link',
      })
    }
    const link = decodeLink(token)
    const other = encodeLink({ ...link, sheets: ['ab'.repeat(32)] })
    await expect(world.rates.fxPurchase({ token: other })).rejects.toMatchObject({
      code: 'fx.sheet_missing',
    })
    const inverted = encodeLink({
      ...link,
      rows: link.rows.map((row) => ({ ...row, spotSell: '1' })),
    })
    await expect(world.rates.fxPurchase({ token: inverted })).rejects.toMatchObject({
      code: 'fx.inverted_board',
    })
  })
})
