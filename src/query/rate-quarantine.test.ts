import { describe, expect, it } from 'vitest'
import { market, openRates, sheetSaid } from '../../test/support/rate-world.ts'

describe('a bad published day', () => {
  const codes = Array.from({ length: 30 }, (_, i) => `tok${i}`)
  const currencies = ['EUR', 'JPY', 'GBP', 'CHF', 'CAD', 'AUD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK']
  const good = (day: string, i = 0) =>
    market(day, {
      ...Object.fromEntries(codes.map((code, n) => [code, `0.0${n + 11}${i}`])),
      ...Object.fromEntries(currencies.map((code, n) => [code, `${n + 1}.1${i}`])),
      btc: `0.00001${i}`,
    })
  /** Crypto rates inverted and a third of all codes missing. */
  const bad = (day: string) =>
    market(day, {
      ...Object.fromEntries(codes.slice(0, 20).map((code, n) => [code, `${90 - n}.5`])),
      ...Object.fromEntries(currencies.slice(0, 7).map((code, n) => [code, `${n + 1}.12`])),
      btc: '99000',
    })

  it('is quarantined, shown as such, and the last good one stays live', async () => {
    const world = await openRates({
      currency_api: [good('2031-03-06'), good('2031-03-07', 1), bad('2031-03-08')],
    })
    const asked = { amount: '1', from: 'BTC', to: 'USD' } as const
    const answer = await world.rates.convert(asked)
    expect(answer).toMatchObject({
      state: 'carried',
      legs: [{ date: '2031-03-07', ageDays: 3 }],
      quarantined: [{ dataset: 'currency_api', date: '2031-03-08', isWhole: true }],
    })
    expect(answer.quarantined[0]?.reasons.map(({ code }) => code)).toContain('inverted')
    expect(await world.rates.quarantined()).toHaveLength(1)
    expect((await world.rates.table({})).quarantined).toHaveLength(1)
    await world.tell('currency_api', [good('2031-03-09', 2)])
    const later = await world.rates.convert(asked)
    expect(later).toMatchObject({ legs: [{ date: '2031-03-09' }], quarantined: [] })
    const history = await world.rates.history({ base: 'BTC', quote: 'USD' })
    expect(history.points.map(({ date }) => date)).toEqual([
      '2031-03-06',
      '2031-03-07',
      '2031-03-09',
    ])
    expect(history.quarantined).toMatchObject([{ date: '2031-03-08' }])
    await world.close()
  })

  it('of one rate holds that rate only', async () => {
    const spike = good('2031-03-08', 2)
    const value = spike.value as { quotes: Record<string, string> }
    const wrong = { ...spike, value: { ...value, quotes: { ...value.quotes, EUR: '0.0007' } } }
    const world = await openRates({
      currency_api: [good('2031-03-06'), good('2031-03-07', 1), wrong],
    })
    const euro = await world.rates.convert({ amount: '1', from: 'USD', to: 'EUR' })
    expect(euro).toMatchObject({
      legs: [{ date: '2031-03-07' }],
      quarantined: [{ isWhole: false, held: [{ code: 'EUR', reason: 'moved', rate: '0.0007' }] }],
    })
    const other = await world.rates.convert({ amount: '1', from: 'USD', to: 'GBP' })
    expect(other).toMatchObject({ legs: [{ date: '2031-03-08' }], quarantined: [] })
    await world.close()
  })

  it('is never a sheet without meaning: what is no sheet is left out', async () => {
    const world = await openRates({
      currency_api: [
        good('2031-03-07'),
        { entity: 'USD:2031-03-08', prop: 'sheet', value: { base: 'USD' } },
        sheetSaid({
          ...{ base: 'USD', day: '2031-03-09', kind: 'market', direction: 'base_in_quote' },
          quotes: { EUR: '0' },
        }),
      ],
    })
    const answer = await world.rates.convert({ amount: '1', from: 'USD', to: 'EUR' })
    expect(answer.legs).toMatchObject([{ date: '2031-03-07' }])
    await world.close()
  })
})
