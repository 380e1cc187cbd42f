import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ecb, market, national, openRates, type RateWorld } from '../../test/support/rate-world.ts'
import type { ConvertAnswer } from './rate-types.ts'

/** Friday, Monday and Wednesday before the tenth of March 2031. */
const ECB = [
  ecb('2031-03-05', { USD: '1.1000', JPY: '160.00', GBP: '0.8600', RUB: '90' }),
  ecb('2031-03-06', { USD: '1.1050', JPY: '161.50', GBP: '0.8610' }),
  ecb('2031-03-07', { USD: '1.1110', JPY: '162.00', GBP: '0.8620' }),
]
const MARKET = [
  market('2031-03-08', { EUR: '0.9000', JPY: '145.0', AED: '3.6725', btc: '0.00001', wen: '7' }),
  market('2031-03-09', {
    ...{ EUR: '0.9010', JPY: '145.5', AED: '3.6725', btc: '0.0000125', wen: '7.5' },
    ...{ usdt: '1.0005', XAU: '0.0004' },
  }),
]
const token = (asset: string, symbol: string) => ({
  entity: asset,
  prop: 'token',
  value: { asset, symbol, name: `${symbol} coin`, chain: asset.split('/')[0] ?? '' },
})
const USDT_A = `eip155:1/erc20:0x${'a1'.repeat(20)}`
const USDT_B = `eip155:56/erc20:0x${'b2'.repeat(20)}`
const UNPRICED = `eip155:1/erc20:0x${'c3'.repeat(20)}`

describe('a conversion', () => {
  let world: RateWorld
  const convert = (
    amount: string,
    from: string,
    to: string,
    date?: string,
  ): Promise<ConvertAnswer> => world.rates.convert({ amount, from, to, date })
  const codeOf = async (...asked: Parameters<typeof convert>) => {
    const error: unknown = await convert(...asked).catch((e: unknown) => e)
    return (error as { code?: string }).code
  }

  beforeAll(async () => {
    world = await openRates({
      ecb_eurofxref: ECB,
      currency_api: MARKET,
      tokenlists: [token(USDT_A, 'USDT'), token(USDT_B, 'USDT'), token(UNPRICED, 'NIX')],
    })
  })
  afterAll(() => world.close())

  it('is answered by the fixing of that day, digits unchanged, with its source and age', async () => {
    const answer = await convert('100', 'EUR', 'USD', '2031-03-05')
    expect(answer).toMatchObject({
      amount: '100',
      from: 'EUR',
      to: 'USD',
      date: '2031-03-05',
      quantity: '100',
      currentRate: '1.1000',
      available: '110.00',
      rate: '1.1000',
      result: '110.00',
      method: 'fixing',
      state: 'current',
      asOf: '2031-03-05T23:59:59.999Z',
    })
    expect(answer.legs).toMatchObject([
      {
        ...{ base: 'EUR', quote: 'USD', rate: '1.1000', dataset: 'ecb_eurofxref' },
        ...{ date: '2031-03-05', ageDays: 0, state: 'current' },
        ...{ title: 'Rates of ecb_eurofxref', observedAt: '2031-03-09T08:00:00Z' },
      },
    ])
    expect(answer.legs[0]?.statement).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is carried over a weekend, and says so', async () => {
    const answer = await convert('1', 'EUR', 'USD', '2031-03-09')
    expect(answer.legs).toMatchObject([{ date: '2031-03-07', ageDays: 2, state: 'carried' }])
    expect(answer.state).toBe('carried')
  })

  it('goes both ways by the same published rate', async () => {
    const answer = await convert('111.10', 'USD', 'EUR', '2031-03-07')
    expect(answer).toMatchObject({ result: '100.00', unrounded: '100' })
    expect(answer.legs).toMatchObject([{ base: 'EUR', rate: '1.1110', operation: 'divide' }])
  })

  it('of an asset shows both legs, each with its own source', async () => {
    const answer = await convert('0.5', 'BTC', 'GBP', '2031-03-09')
    expect(answer).toMatchObject({
      from: 'currency_api:btc',
      method: 'mixed',
      // 0.5 / 0.0000125 / 1.1110 × 0.8620
      result: '31035.10',
      assets: { from: { asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0' } },
    })
    expect(answer.legs.map(({ dataset, date }) => [dataset, date])).toEqual([
      ['currency_api', '2031-03-09'],
      ['ecb_eurofxref', '2031-03-07'],
      ['ecb_eurofxref', '2031-03-07'],
    ])
    const back = await convert('1', 'EUR', 'bip122:000000000019d6689c085ae165831e93/slip44:0')
    expect(back).toMatchObject({ to: 'currency_api:btc', result: '0.0000138875' })
  })

  it('rounds by the minor unit, and keeps what rounding took', async () => {
    expect(await convert('1', 'USD', 'JPY', '2031-03-09')).toMatchObject({
      result: '146',
      unrounded: '145.814581458145814581458145815',
    })
    expect(await convert('0.001', 'JPY', 'EUR', '2031-03-07')).toMatchObject({ result: '0.00' })
  })

  it('of a retired currency goes through the euro by its fixed rate', async () => {
    expect(await convert('1.95583', 'DEM', 'EUR')).toMatchObject({
      result: '1.00',
      method: 'fixed',
      legs: [{ quote: 'DEM', rate: '1.95583', dataset: 'Council Regulation (EC) No 2866/98' }],
    })
    const answer = await convert('100', 'FRF', 'USD', '2031-03-07')
    expect(answer.legs.map(({ dataset }) => dataset)).toEqual([
      'Council Regulation (EC) No 2866/98',
      'ecb_eurofxref',
    ])
    // 100 / 6.55957 × 1.1110
    expect(answer.result).toBe('16.94')
  })

  it('before there is input shows 0.00 and the rate', async () => {
    const answer = await world.rates.convert({ from: 'EUR', to: 'USD', date: '2031-03-07' })
    expect(answer).toMatchObject({ quantity: '0.00', available: '0.00', currentRate: '1.1110' })
  })

  it.each([
    ['-5', 'negative'],
    ['0', 'zero'],
    ['1e30', 'exponent'],
    ['1,234', 'ambiguous'],
    ['ten', 'not_a_number'],
    ['9'.repeat(41), 'too_long'],
  ])('of %s is refused with the reason', async (amount, fault) => {
    await expect(convert(amount, 'EUR', 'USD')).rejects.toMatchObject({
      code: 'rate.bad_amount',
      status: 400,
      params: { fault },
    })
  })

  it('of forty decimals is exact', async () => {
    const amount = `0.${'1'.repeat(40)}`
    const answer = await convert(amount, 'EUR', 'USD', '2031-03-05')
    expect(answer.amount).toBe(amount)
    // 1.1000 × 0.111…1 with no digit lost.
    expect(answer.unrounded).toBe(`0.1${'2'.repeat(39)}1`)
  })

  it('reads the amount by the reader’s language', async () => {
    const asked = { amount: '1.234,50', from: 'EUR', to: 'EUR', lang: 'de' }
    expect(await world.rates.convert(asked)).toMatchObject({ amount: '1234.5', result: '1234.50' })
  })

  it('of what nobody knows, or that has no rate then, says why', async () => {
    expect(await codeOf('1', 'ZZY', 'EUR')).toBe('rate.unknown_currency')
    expect(await codeOf('1', '', 'EUR')).toBe('rate.unknown_currency')
    expect(await codeOf('1', 'constructor', 'EUR')).toBe('rate.unknown_currency')
    expect(await codeOf('1', 'currency_api:__proto__', 'EUR')).toBe('rate.unknown_currency')
    expect(await codeOf('1', 'x'.repeat(5000), 'EUR')).toBe('rate.unknown_currency')
    expect(await codeOf('1', 'EUR', 'USD', '2031-13-01')).toBe('rate.bad_date')
    expect(await codeOf('1', 'EUR', 'USD', '2031-03-11')).toBe('rate.future_date')
    expect(await codeOf('1', 'GBP', 'USD', '2031-03-04')).toBe('rate.before_series')
    expect(await codeOf('1', 'EUR', 'USD', '1998-12-31')).toBe('rate.before_currency')
    expect(await codeOf('1', 'ZWD', 'USD')).toBe('rate.retired')
    expect(await codeOf('1', 'NOK', 'USD')).toBe('rate.none')
    expect(await codeOf('1', 'currency_api:usdt', 'EUR', '2031-03-08')).toBe('rate.before_series')
  })

  it('by a symbol that names several assets offers them, and chooses none', async () => {
    const error: unknown = await convert('1', 'usdt', 'EUR').catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'rate.ambiguous', params: { count: 3 } })
    expect((error as { params: { choices: string } }).params.choices.split(' ')).toEqual([
      'currency_api:usdt',
      USDT_A,
      USDT_B,
    ])
    expect(await world.rates.choices('USDT')).toMatchObject([
      { id: 'currency_api:usdt', isPriced: true },
      { id: USDT_A, isPriced: false, dataset: 'tokenlists' },
      { id: USDT_B },
    ])
    expect(await convert('1', 'currency_api:usdt', 'USD', '2031-03-09')).toMatchObject({
      from: 'currency_api:usdt',
    })
  })

  it('by a publisher’s name that nobody else has is that publisher’s', async () => {
    expect(await convert('7.5', 'WEN', 'USD', '2031-03-09')).toMatchObject({
      from: 'currency_api:wen',
      result: '1.00',
      assets: { from: { asset: null, symbol: 'WEN' } },
    })
  })

  it('by a contract that nobody prices names what is priced under its symbol', async () => {
    expect(await codeOf('1', UNPRICED, 'EUR')).toBe('rate.not_priced')
    expect(await codeOf('1', 'NIX', 'EUR')).toBe('rate.not_priced')
    await expect(convert('1', USDT_A, 'EUR')).rejects.toMatchObject({
      code: 'rate.not_priced',
      params: { choices: 'currency_api:usdt' },
    })
  })

  it('names the datasets that said nothing of the day', async () => {
    const { notChecked } = await convert('1', 'EUR', 'USD', '2031-03-06')
    expect(notChecked).toMatchObject([
      { dataset: 'currency_api', state: 'never_fetched', reason: 'no_version_that_old' },
      { dataset: 'tr_tcmb', state: 'never_fetched', reason: 'not_synced' },
      { dataset: 'pl_nbp' },
      { dataset: 'ca_boc' },
      { dataset: 'no_norges' },
    ])
  })

  it('lists what can be converted, with its days', async () => {
    const rows = await world.rates.currencies('de')
    const row = (id: string) => rows.find((one) => one.id === id)
    expect(row('USD')).toMatchObject({ name: 'US-Dollar', numeric: '840', minorUnit: 2 })
    expect(row('HRK')).toMatchObject({ until: '2022-12-31', successor: { units: '7.53450' } })
    expect(row('currency_api:btc')).toMatchObject({
      name: 'Bitcoin',
      datasets: [{ dataset: 'currency_api', from: '2031-03-08', to: '2031-03-09' }],
    })
    expect(row('RUB')?.datasets).toEqual([
      { dataset: 'ecb_eurofxref', from: '2031-03-05', to: '2031-03-05' },
    ])
  })

  it('has every rate of a base on a day', async () => {
    const answer = await world.rates.rates({ base: 'EUR', date: '2031-03-09' })
    const rate = (quote: string) => answer.rates.find((row) => row.quote === quote)
    expect(rate('USD')).toMatchObject({ rate: '1.1110', dataset: 'ecb_eurofxref', ageDays: 2 })
    expect(rate('AED')).toMatchObject({ dataset: 'currency_api', date: '2031-03-09' })
    expect(rate('currency_api:btc')).toBeUndefined()
    const assets = await world.rates.rates({ base: 'EUR', date: '2031-03-09', scope: 'assets' })
    expect(assets.rates.map(({ quote }) => quote)).toContain('currency_api:btc')
  })

  it('has a table of assets with the change since the sheet before', async () => {
    const table = await world.rates.table({ quote: 'USD', date: '2031-03-09' })
    expect(table.rows[0]).toMatchObject({
      asset: { id: 'currency_api:btc', name: 'Bitcoin' },
      price: '80000',
      previousPrice: '100000',
      changePercent: '-20.00',
      date: '2031-03-09',
      previousDate: '2031-03-08',
      ageDays: 0,
    })
    const gold = table.rows.find((row) => row.asset.id === 'XAU')
    expect(gold).toMatchObject({ price: '2500', previousPrice: null, changePercent: null })
    expect((await world.rates.table({ q: 'bitc' })).rows).toHaveLength(1)
    expect((await world.rates.table({ limit: 1, offset: 1 })).rows).toHaveLength(1)
  })
})

describe('rates over time', () => {
  it('need one sync: without any the answer says so', async () => {
    const world = await openRates()
    const asked = world.rates.convert({ amount: '1', from: 'EUR', to: 'USD' })
    await expect(asked).rejects.toMatchObject({ code: 'rate.no_data', status: 503 })
    expect(await world.rates.currencies()).not.toHaveLength(0)
    await world.close()
  })

  it('keep every vintage: a corrected sheet is used from then on, and the old one is found again', async () => {
    const world = await openRates({ ecb_eurofxref: ECB })
    const asked = { amount: '100', from: 'EUR', to: 'USD', date: '2031-03-07' } as const
    expect(await world.rates.convert(asked)).toMatchObject({ result: '111.10' })
    const corrected = [...ECB.slice(0, 2), ecb('2031-03-07', { USD: '1.1112', JPY: '162.00' })]
    await world.tell('ecb_eurofxref', corrected, '2031-03-09T20:00:00Z', true)
    expect(await world.rates.convert(asked)).toMatchObject({
      result: '111.12',
      legs: [{ observedAt: '2031-03-09T20:00:00Z' }],
    })
    const before = await world.rates.convert({ ...asked, knownAt: '2031-03-09T12:00:00Z' })
    expect(before).toMatchObject({ result: '111.10', knownAt: '2031-03-09T12:00:00Z' })
    await world.close()
  })

  it('take the later word also where the publisher never withdraws', async () => {
    const world = await openRates({ currency_api: MARKET })
    await world.tell('currency_api', [market('2031-03-09', { EUR: '0.9444', btc: '0.0000125' })])
    const answer = await world.rates.convert({ amount: '1', from: 'USD', to: 'EUR' })
    expect(answer.rate).toBe('0.9444')
    await world.close()
  })

  it('end with their series: a currency that a publisher dropped is not carried for ever', async () => {
    const later = ['2031-03-20', '2031-04-04', '2031-04-18', '2031-05-02'].map((day) =>
      ecb(day, { USD: '1.1', JPY: '160', GBP: '0.86' }),
    )
    const options = { now: '2031-05-05T12:00:00Z' }
    const world = await openRates({ ecb_eurofxref: [...ECB, ...later] }, options)
    const rub = (date: string) => world.rates.convert({ amount: '1', from: 'EUR', to: 'RUB', date })
    expect(await rub('2031-03-21')).toMatchObject({ state: 'stale', legs: [{ ageDays: 16 }] })
    await expect(rub('2031-04-20')).rejects.toMatchObject({
      code: 'rate.none',
      params: { last: '2031-03-05', next: null },
    })
    await world.close()
  })

  it('stay live when the publisher goes silent, marked as stale', async () => {
    const world = await openRates({ ecb_eurofxref: ECB }, { now: '2032-03-10T12:00:00Z' })
    const answer = await world.rates.convert({ amount: '1', from: 'EUR', to: 'USD' })
    expect(answer).toMatchObject({ state: 'stale', rate: '1.1110', legs: [{ ageDays: 369 }] })
    expect(answer.notChecked).toMatchObject([
      { dataset: 'ecb_eurofxref', state: 'stale', version: '2031-03-07' },
      ...Array(5).fill({}),
    ])
    await world.close()
  })

  it('are blended from four publishers where nobody fixes the pair', async () => {
    const day = '2031-03-07'
    const world = await openRates({
      ecb_eurofxref: [ecb(day, { CHF: '0.95', SEK: '11.00' })],
      currency_api: [market(day, { CHF: '0.86', SEK: '9.98' })],
      ca_boc: [national('CAD', day, { CHF: '1.65', SEK: '0.1425' })],
      no_norges: [
        national('NOK', day, {
          CHF: { unit: '100', mid: '1140' },
          SEK: { unit: '100', mid: '98' },
        }),
      ],
    })
    const answer = await world.rates.convert({ amount: '100', from: 'CHF', to: 'SEK', date: day })
    expect(answer.method).toBe('consensus')
    expect(answer.legs).toMatchObject([{ dataset: 'consensus', base: 'CHF', quote: 'SEK' }])
    const roles = answer.publishers.map(({ dataset, role }) => `${dataset} ${role}`)
    expect(roles.sort()).toEqual([
      'ca_boc used',
      'currency_api used',
      'ecb_eurofxref used',
      'no_norges used',
    ])
    await world.close()
  })
})
