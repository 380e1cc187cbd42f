import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../base/error.ts'
import { compare, decimal, multiply, subtract, toPlain } from '../../model/decimal.ts'
import { type BoardRow, checkedRow } from './board.ts'
import {
  crossPrice,
  type Fee,
  type PurchaseInput,
  priceOfRow,
  purchase,
  spreadOfRow,
} from './fx-purchase.ts'
import { ratio } from './ratio.ts'

const CNY = { code: 'CNY', decimals: 2 }
const USD = { code: 'USD', decimals: 2 }
const JPY = { code: 'JPY', decimals: 0 }
const flat = (amount: string): Fee => ({ kind: 'flat', amount: decimal(amount) })
const share = (percent: string): Fee => ({ kind: 'percent', percent: decimal(percent) })

const usd = checkedRow({
  ...{ currency: 'USD', unit: '100', spotBuy: '718.12', cashBuy: '712.30' },
  ...{ spotSell: '721.30', cashSell: '722.00' },
})
const jpy = checkedRow({ currency: 'JPY', unit: '100', spotBuy: '4.8123', spotSell: '4.8501' })

function input(over: Partial<PurchaseInput> = {}): PurchaseInput {
  return {
    side: 'buy',
    foreign: USD,
    home: CNY,
    price: priceOfRow(usd, 'buy', 'spot'),
    amount: { of: 'quantity', value: decimal('1000') },
    fee: flat('0'),
    mid: ratio(decimal('7.1900')),
    ...over,
  }
}

function texts(result: ReturnType<typeof purchase>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [key, value === null ? null : toPlain(value)]),
  )
}

describe('a purchase of foreign currency', () => {
  it('costs the bank’s selling price, and shows what it takes against the mid', () => {
    expect(texts(purchase(input()))).toEqual({
      quantity: '1000',
      exchanged: '7213',
      fee: '0',
      total: '7213',
      margin: '23',
      marginPercent: '0.32',
      overall: '23',
      overallPercent: '0.32',
    })
  })

  it('adds a fee, flat or as a share rounded up', () => {
    expect(texts(purchase(input({ fee: flat('15.5') })))).toMatchObject({
      fee: '15.5',
      total: '7228.5',
      margin: '23',
      overall: '38.5',
    })
    const small = { of: 'quantity', value: decimal('1.01') } as const
    expect(texts(purchase(input({ fee: share('0.1'), amount: small })))).toMatchObject({
      // 1.01 × 7.213 = 7.28513 → up 7.29; a thousandth of it → up 0.01.
      exchanged: '7.29',
      fee: '0.01',
      total: '7.3',
    })
  })

  it('buys for a budget what is available after the fee, rounded down', () => {
    const budget = { of: 'budget', value: decimal('5000') } as const
    expect(texts(purchase(input({ amount: budget })))).toMatchObject({
      // 5000 / 7.213 = 693.192…
      quantity: '693.19',
      exchanged: '4999.98',
      total: '4999.98',
    })
    const yen = { price: priceOfRow(jpy, 'buy', 'spot'), foreign: JPY, amount: budget, mid: null }
    expect(texts(purchase(input(yen)))).toMatchObject({ quantity: '103090', margin: null })
  })

  it('in banknotes takes the cash price', () => {
    expect(texts(purchase(input({ price: priceOfRow(usd, 'buy', 'cash') })))).toMatchObject({
      total: '7220',
    })
  })
})

describe('a sale of foreign currency', () => {
  const sale = { side: 'sell', price: priceOfRow(usd, 'sell', 'spot') } as const

  it('brings the bank’s buying price, rounded down, and shows the size of the loss', () => {
    expect(texts(purchase(input(sale)))).toMatchObject({
      total: '7181.2',
      margin: '8.8',
      marginPercent: '0.12',
    })
    const fee = flat('20')
    expect(texts(purchase(input({ ...sale, fee })))).toMatchObject({
      total: '7161.2',
      overall: '28.8',
    })
  })

  it('tells how much must be sold for a wanted sum', () => {
    const wanted = { of: 'budget', value: decimal('5000') } as const
    const result = purchase(input({ ...sale, amount: wanted, fee: share('0.5') }))
    expect(compare(result.total, decimal('5000'))).toBeGreaterThanOrEqual(0)
    // 699.77 × 7.1812 → 5025.18 down; half a percent of it → 25.13 up.
    expect(texts(result)).toMatchObject({ quantity: '699.77', total: '5000.05' })
  })

  it('whose fee is above what it brings is refused', () => {
    const one = { of: 'quantity', value: decimal('1') } as const
    for (const side of ['sell', 'buy'] as const) {
      const of = side === 'sell' ? 'quantity' : 'budget'
      const amount = { ...one, of } as const
      const run = () => purchase(input({ ...sale, side, amount, fee: flat('20') }))
      expect(run).toThrow(AppError)
      expect(run).toThrow(/fee/)
    }
  })

  it('better than the mid has a negative margin', () => {
    const mid = ratio(decimal('7.1'))
    expect(texts(purchase(input({ ...sale, mid })))).toMatchObject({
      margin: '-81.2',
      marginPercent: '-1.14',
    })
  })
})

describe('a board', () => {
  it('crosses two currencies in two legs without rounding between them', () => {
    const rows = { foreign: jpy, home: usd }
    const price = crossPrice(rows, 'buy', 'spot')
    const budget = { of: 'budget', value: decimal('100') } as const
    const bought = purchase(input({ foreign: JPY, home: USD, price, amount: budget, mid: null }))
    // 100 × 718.12 / 100 × 100 / 4.8501 = 14806.29…
    expect(toPlain(bought.quantity)).toBe('14806')
    const back = crossPrice(rows, 'sell', 'spot')
    const amount = { of: 'quantity', value: decimal('14806') } as const
    const sold = { side: 'sell', foreign: JPY, home: USD, price: back, amount, mid: null } as const
    // 14806 × 4.8123 / 100 × 100 / 721.30 = 98.78…
    expect(toPlain(purchase(input(sold)).total)).toBe('98.78')
  })

  it('without the price that is asked says which one is missing', () => {
    expect(() => priceOfRow(jpy, 'sell', 'cash')).toThrow(/cash_buy/)
    expect(() => priceOfRow(jpy, 'buy', 'cash')).toThrow(/cash_sell/)
  })

  it('has a spread over its middle', () => {
    const of = (row: BoardRow) => spreadOfRow(row, 'spot')
    // (721.30 − 718.12) / 719.71
    expect(toPlain(of(usd) ?? decimal('9'))).toBe('0.44')
    expect(spreadOfRow(jpy, 'cash')).toBeNull()
  })
})

const cents = fc.bigInt({ min: 1n, max: 10n ** 10n }).map((n) => {
  const text = n.toString().padStart(3, '0')
  return decimal(`${text.slice(0, -2)}.${text.slice(-2)}`)
})
const price = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 8n }), fc.constantFrom('1', '10', '100'))
  .map(([n, unit]) => {
    const text = n.toString().padStart(5, '0')
    return ratio(decimal(`${text.slice(0, -4)}.${text.slice(-4)}`), decimal(unit))
  })
const fee = fc.oneof(
  fc.constantFrom('0', '1', '12.34').map(flat),
  fc.constantFrom('0.01', '0.5', '3', '33.3').map(share),
)
const foreign = fc.constantFrom(USD, JPY, { code: 'KWD', decimals: 3 })

function attempt(over: Partial<PurchaseInput>) {
  try {
    return purchase(input({ ...over, mid: null }))
  } catch (error) {
    if (error instanceof AppError && error.code === 'fx.fee_too_high') return undefined
    throw error
  }
}

describe('whatever the price and the fee', () => {
  it('a purchase never costs more than its budget, and one step more would', () => {
    fc.assert(
      fc.property(cents, price, fee, foreign, (value, p, f, money) => {
        const over = { price: p, fee: f, foreign: money }
        const result = attempt({ ...over, amount: { of: 'budget', value } })
        if (result === undefined) return
        expect(compare(result.total, value)).toBeLessThanOrEqual(0)
        const step = decimal(money.decimals === 0 ? '1' : `0.${'0'.repeat(money.decimals - 1)}1`)
        const more = {
          of: 'quantity',
          value: subtract(result.quantity, multiply(step, decimal('-1'))),
        } as const
        const next = attempt({ ...over, amount: more })
        // A share taken from the budget may leave one cent that rounding cannot spend.
        const slack = f.kind === 'percent' ? decimal('0.02') : decimal('0')
        expect(next && compare(next.total, subtract(value, slack))).toBeGreaterThan(0)
      }),
    )
  })

  it('a sale pays out at least the wanted sum', () => {
    fc.assert(
      fc.property(cents, price, fee, foreign, (value, p, f, money) => {
        const over = { side: 'sell', price: p, fee: f, foreign: money } as const
        const result = attempt({ ...over, amount: { of: 'budget', value } })
        expect(result && compare(result.total, value)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('nobody gains by buying and selling at one board', () => {
    fc.assert(
      fc.property(cents, price, (value, p) => {
        const amount = { of: 'quantity', value } as const
        const bought = attempt({ price: p, amount, fee: flat('0') })
        const sold = attempt({ side: 'sell', price: p, amount, fee: flat('0') })
        if (bought === undefined || sold === undefined) throw new Error('without a fee it can')
        expect(compare(sold.total, bought.total)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
