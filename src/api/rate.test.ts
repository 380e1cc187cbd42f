import { describe, expect, it } from 'vitest'
import { openRates } from '../../test/support/rate-world.ts'
import { NOW, sampleQueries } from '../../test/support/sample-queries.ts'
import { BOARD_CSV, sampleRates } from '../../test/support/sample-rates.ts'
import { fixedClock } from '../base/clock.ts'
import type { ConvertAnswer, FxPurchaseAnswer, HistoryAnswer } from '../query/rate-types.ts'
import { createApi } from './app.ts'

const api = createApi({
  queries: sampleQueries,
  rates: sampleRates,
  version: '0.0.0',
  clock: fixedClock(NOW),
})

async function got<T>(path: string): Promise<T> {
  const response = await api.request(path)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

const post = (body: unknown) =>
  api.request('/v1/fx-purchase', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

async function bought(body: unknown): Promise<FxPurchaseAnswer> {
  const response = await post(body)
  expect(await response.clone().json()).not.toHaveProperty('code')
  return (await response.json()) as FxPurchaseAnswer
}

/** One euro in dollars by day, from 20 to 27 February. */
const RATES = ['1.1050', '1.1040', '1.1020', '1.1000', '1.1157', '1.1200']

const BUY = { currency: 'USD', with: 'CNY', quantity: '1000' } as const

describe('GET /v1/convert', () => {
  it('answers a fixing of the day with its digits unchanged', async () => {
    const answer = await got<ConvertAnswer>(
      '/v1/convert?amount=100&from=EUR&to=USD&date=2026-02-26',
    )
    expect(answer).toMatchObject({
      ...{ amount: '100', from: 'EUR', to: 'USD', date: '2026-02-26' },
      ...{ quantity: '100', currentRate: '1.1157', available: '111.57' },
      ...{ rate: '1.1157', result: '111.57', method: 'fixing', state: 'current' },
    })
    expect(answer.legs).toMatchObject([
      { base: 'EUR', quote: 'USD', rate: '1.1157', dataset: 'ecb_eurofxref', ageDays: 0 },
    ])
  })

  it('shows 0.00 and the rate before there is an amount', async () => {
    const answer = await got<ConvertAnswer>('/v1/convert?from=EUR&to=USD&date=2026-02-26')
    expect(answer).toMatchObject({ quantity: '0.00', available: '0.00', currentRate: '1.1157' })
  })

  it('carries the last fixing over a weekend, and says so', async () => {
    const answer = await got<ConvertAnswer>('/v1/convert?amount=1&from=EUR&to=USD')
    expect(answer).toMatchObject({ rate: '1.1200', date: '2026-03-01', state: 'carried' })
    expect(answer.legs[0]).toMatchObject({ date: '2026-02-27', ageDays: 2 })
  })

  it('never uses a sheet in quarantine, and names it', async () => {
    const answer = await got<ConvertAnswer>('/v1/convert?amount=1&from=currency_api:btc&to=USD')
    expect(answer.legs.map(({ date }) => date)).toEqual(['2026-02-26'])
    expect(answer.quarantined).toMatchObject([{ dataset: 'currency_api', date: '2026-02-28' }])
  })

  it.each([
    ['from=EUR', 400, 'request.invalid'],
    ['from=EUR&to=', 400, 'request.invalid'],
    ['amount=1&from=EUR&to=USD&on=2026-02-26', 400, 'request.unknown_parameter'],
    ['amount=-1&from=EUR&to=USD', 400, 'rate.bad_amount'],
    ['amount=0&from=EUR&to=USD', 400, 'rate.bad_amount'],
    ['amount=1e30&from=EUR&to=USD', 400, 'rate.bad_amount'],
    ['amount=NaN&from=EUR&to=USD', 400, 'rate.bad_amount'],
    [`amount=${'1'.repeat(41)}&from=EUR&to=USD`, 400, 'rate.bad_amount'],
    ['amount=1&from=EUR&to=USD&date=2026-02-30', 400, 'rate.bad_date'],
    ['amount=1&from=EUR&to=USD&date=2026-03-02', 400, 'rate.future_date'],
    ['amount=1&from=EUR&to=QQQQQ', 404, 'rate.unknown_currency'],
    ['amount=1&from=EUR&to=USD&date=1998-06-01', 404, 'rate.before_currency'],
    ['amount=1&from=EUR&to=USD&date=2001-01-02', 404, 'rate.before_series'],
  ])('refuses %s: %i %s', async (query, status, code) => {
    const response = await api.request(`/v1/convert?${query}`)
    expect(await response.json()).toMatchObject({ status, code, type: `/problems/${code}` })
    expect(response.status).toBe(status)
  })

  it('has an ETag, and is kept by nobody but the asker', async () => {
    const path = '/v1/convert?amount=100&from=EUR&to=USD'
    const { headers } = await api.request(path)
    expect(headers.get('cache-control')).toBe('private, no-cache')
    const again = { headers: { 'if-none-match': headers.get('etag') ?? '' } }
    expect((await api.request(path, again)).status).toBe(304)
  })
})

describe('GET /v1/rates', () => {
  it('lists the rates of one base, of the euro where none is named', async () => {
    const answer = await got<{ base: string; rates: { quote: string; rate: string }[] }>(
      '/v1/rates?date=2026-02-26',
    )
    expect(answer.base).toBe('EUR')
    expect(answer.rates).toContainEqual(expect.objectContaining({ quote: 'USD', rate: '1.1157' }))
    expect(answer.rates.some(({ quote }) => quote.includes(':'))).toBe(false)
  })

  it('gives a history by day, thinned to the points that are asked for', async () => {
    const path = '/v1/rates/EUR/USD/history'
    const whole = await got<HistoryAnswer>(path)
    expect(whole.points.map(({ rate }) => rate)).toEqual(RATES)
    const thin = await got<HistoryAnswer>(`${path}?points=4&from=2026-02-20&to=2026-02-27`)
    expect(thin).toMatchObject({ days: 6, isSampled: true, first: whole.first, last: whole.last })
    expect(thin.points.length).toBeLessThanOrEqual(4)
  })

  it('takes an asset of a publisher’s name in the path', async () => {
    const path = `/v1/rates/${encodeURIComponent('currency_api:btc')}/USD/history`
    expect((await got<HistoryAnswer>(path)).points).toHaveLength(1)
  })

  it.each(['points=3', 'points=1e3', 'points=99999999', 'limit=3'])(
    'refuses a history with %s',
    async (query) => {
      expect((await api.request(`/v1/rates/EUR/USD/history?${query}`)).status).toBe(400)
    },
  )
})

describe('POST /v1/fx-purchase', () => {
  it('answers what a board’s selling price makes of a quantity, and its margin over the mid', async () => {
    const answer = await bought({ ...BUY, side: 'buy', kind: 'spot', board: BOARD_CSV })
    expect(answer).toMatchObject({
      ...{ side: 'buy', kind: 'spot', currency: 'USD', with: 'CNY', quantity: '1000' },
      ...{ unit: '100', currentRate: '721.30', total: '7213.00', available: '1000.00' },
      ...{ fee: '0.00', mid: '7.19', margin: '23.00', marginPercent: '0.32' },
      boardTime: '2026-02-27T10:30:00',
    })
    expect(answer.permalink).toMatch(/^\/tools\/fx-purchase\?q=/)
  })

  it('takes a board as text, as one row, as rows, and as the columns of a file are called', async () => {
    const row = { currency: 'USD', unit: '100', spotSell: '721.30' }
    const snake = { unit: '100', spot_sell: '721.30' }
    for (const board of [row, snake, [row], { rows: [row] }, { csv: BOARD_CSV, name: 'b' }]) {
      expect(await bought({ ...BUY, board })).toMatchObject({ total: '7213.00', unit: '100' })
    }
  })

  it('reads a JSON number digit by digit, never as a float', async () => {
    const row = '{"unit": 100, "spotSell": 721.300000000000000000001}'
    const body = `{"currency":"USD","with":"CNY","quantity":1000000.10,"board":${row}}`
    const answer = await bought(body)
    expect(answer).toMatchObject({
      quantity: '1000000.1',
      currentRate: '721.300000000000000000001',
    })
  })

  it('gives the same answer again by its token', async () => {
    const first = await bought({ ...BUY, board: BOARD_CSV, fee: '0.5%' })
    const again = await bought({ token: first.token })
    const { total, margin, overall, mid, permalink } = first
    expect(again).toMatchObject({ total, margin, overall, mid, permalink })
  })

  it('takes the prices of a dataset that publishes a board', async () => {
    const body = { currency: 'USD', with: 'TRY', quantity: '10', board: { dataset: 'tr_tcmb' } }
    expect(await bought(body)).toMatchObject({ currentRate: '43.18', total: '431.80' })
  })

  it.each([
    [{}, 400, 'request.invalid'],
    [{ currency: 'USD' }, 400, 'request.invalid'],
    [{ ...BUY, side: 'give' }, 400, 'request.invalid'],
    [{ ...BUY, extra: 1 }, 400, 'request.invalid'],
    [{ ...BUY, board: { columns: [] } }, 400, 'request.invalid'],
    [{ ...BUY, board: [] }, 400, 'request.invalid'],
    [{ ...BUY, token: 'x' }, 400, 'request.invalid'],
    [{ token: 'x' }, 400, 'fx.bad_link'],
    [{ ...BUY, budget: '5' }, 400, 'fx.two_amounts'],
    [{ ...BUY, with: 'USD' }, 400, 'fx.same_currency'],
    [{ ...BUY, quantity: '0.001' }, 400, 'fx.too_precise'],
    [{ ...BUY, quantity: '1e3' }, 400, 'rate.bad_amount'],
    [{ ...BUY, fee: '-1' }, 400, 'fx.bad_fee'],
    [{ ...BUY, board: 'nonsense' }, 400, 'fx.bad_board'],
    [{ ...BUY, board: { spotBuy: '7.3', spotSell: '7.2' } }, 400, 'fx.inverted_board'],
    [{ ...BUY, board: { spotBuy: '7.1' } }, 400, 'fx.no_price'],
    [{ ...BUY, board: { currency: 'JPY', spotSell: '5' } }, 400, 'fx.no_row'],
    [{ ...BUY, board: { dataset: 'nowhere' } }, 404, 'fx.unknown_board'],
  ])('refuses %j: %i %s', async (body, status, code) => {
    const response = await post(body)
    expect(await response.json()).toMatchObject({ status, code })
  })
})

describe('an installation without rates', () => {
  it.each([
    ['offers none', async () => undefined],
    ['has read none', async () => (await openRates()).rates],
  ])('says so where it %s', async (_what, open) => {
    const bare = createApi({ queries: sampleQueries, rates: await open(), version: '0.0.0' })
    const response = await bare.request('/v1/convert?amount=1&from=EUR&to=USD')
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ code: 'rate.no_data' })
  })
})
