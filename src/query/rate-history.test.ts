import { describe, expect, it } from 'vitest'
import { ecb, market, openRates } from '../../test/support/rate-world.ts'

const day = (n: number) =>
  new Date(Date.UTC(2030, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)
/** A rate for each of some days, up and down, with one low and one high. */
const ECB = Array.from({ length: 400 }, (_, i) =>
  ecb(day(i), {
    USD: i === 123 ? '0.9001' : i === 321 ? '1.3999' : `1.1${String(i % 100).padStart(2, '0')}0`,
    JPY: `15${i % 10}.00`,
    HRK: '7.5',
  }),
)

describe('the history of a pair', () => {
  it('has the published digits of every day, oldest first', async () => {
    const world = await openRates({ ecb_eurofxref: ECB.slice(0, 3) })
    const history = await world.rates.history({ base: 'EUR', quote: 'USD' })
    expect(history.points).toEqual([
      { date: '2030-01-01', rate: '1.1000', dataset: 'ecb_eurofxref' },
      { date: '2030-01-02', rate: '1.1010', dataset: 'ecb_eurofxref' },
      { date: '2030-01-03', rate: '1.1020', dataset: 'ecb_eurofxref' },
    ])
    expect(history).toMatchObject({ days: 3, isSampled: false, changePercent: '0.18' })
    const cross = await world.rates.history({ base: 'USD', quote: 'JPY' })
    expect(cross.points[0]?.rate).toBe('136.3636364')
    await world.close()
  })

  it('is thinned out to the points asked, and keeps first, last, lowest and highest', async () => {
    const world = await openRates({ ecb_eurofxref: ECB })
    const history = await world.rates.history({ base: 'EUR', quote: 'USD', points: 20 })
    expect(history.points.length).toBeLessThanOrEqual(20)
    expect(history.points.length).toBeGreaterThan(16)
    expect(history).toMatchObject({
      ...{ days: 400, isSampled: true },
      low: { rate: '0.9001', date: day(123) },
      high: { rate: '1.3999', date: day(321) },
      first: { date: day(0) },
      last: { date: day(399) },
    })
    const dates = history.points.map(({ date }) => date)
    for (const n of [0, 123, 321, 399]) expect(dates).toContain(day(n))
    expect(dates).toEqual(dates.toSorted())
    const range = { base: 'EUR', quote: 'USD', from: day(10), to: day(19) }
    expect((await world.rates.history(range)).points).toHaveLength(10)
    await world.close()
  })

  it('is of the fixing where there is one, and of the market beyond it', async () => {
    const world = await openRates({
      ecb_eurofxref: [ecb('2031-02-05', { USD: '1.1' }), ecb('2031-02-07', { USD: '1.2' })],
      currency_api: [
        market('2031-02-07', { EUR: '0.5' }),
        market('2031-02-08', { EUR: '0.5' }),
        market('2031-02-25', { EUR: '0.8' }),
      ],
    })
    const { points, sources } = await world.rates.history({ base: 'EUR', quote: 'USD' })
    // The eighth is a day on which the fixing of the seventh is carried.
    expect(points.map(({ date, rate }) => `${date} ${rate}`)).toEqual([
      '2031-02-05 1.1',
      '2031-02-07 1.2',
      '2031-02-25 1.25',
    ])
    expect(sources).toMatchObject([
      { dataset: 'ecb_eurofxref', from: '2031-02-05', to: '2031-02-07', days: 2 },
      { dataset: 'currency_api', days: 1 },
    ])
    await world.close()
  })

  it('of a retired currency goes on through its successor at the fixed rate', async () => {
    const world = await openRates({
      ecb_eurofxref: [
        ecb('2022-12-30', { HRK: '7.5365', USD: '1.0666' }),
        ecb('2023-01-02', { USD: '1.0683' }),
      ],
    })
    const { points } = await world.rates.history({ base: 'USD', quote: 'HRK' })
    expect(points.map(({ rate }) => rate)).toEqual([
      // 7.5365 / 1.0666, then 7.53450 / 1.0683
      '7.065910369',
      '7.052794159',
    ])
    await world.close()
  })

  it('asks for a range that exists, and says what is wrong with another', async () => {
    const world = await openRates({ ecb_eurofxref: ECB.slice(0, 3) })
    const code = async (over: { from?: string; to?: string; quote?: string }) => {
      const asked = world.rates.history({ base: 'EUR', quote: 'USD', ...over })
      return ((await asked.catch((e: unknown) => e)) as { code?: string }).code
    }
    expect(await code({ from: '2030-01-03', to: '2030-01-01' })).toBe('rate.bad_range')
    expect(await code({ from: 'soon' })).toBe('rate.bad_date')
    expect(await code({ quote: 'NOK' })).toBe('rate.none')
    const empty = await world.rates.history({ base: 'EUR', quote: 'USD', from: '2030-06-01' })
    expect(empty).toMatchObject({
      ...{ points: [], low: null, changePercent: null },
      available: { from: '2030-01-01', to: '2030-01-03' },
    })
    await world.close()
  })
})
