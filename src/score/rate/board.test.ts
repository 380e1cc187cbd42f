import { describe, expect, it } from 'vitest'
import { AppError } from '../../base/error.ts'
import { checkedRow, readBoard } from './board.ts'

const HEADER = 'currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time'

function failure(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a bank’s board', () => {
  it('is read by the names of its columns', () => {
    const rows = readBoard(`${HEADER}\nUSD,100,718.12,712.30,721.30,721.30,2031-03-05 10:30:00\n`)
    expect(rows).toEqual([
      {
        ...{ currency: 'USD', unit: '100', spotBuy: '718.12', cashBuy: '712.30' },
        ...{ spotSell: '721.30', cashSell: '721.30', time: '2031-03-05T10:30:00' },
      },
    ])
    const other = readBoard('TIME,Cash_Sell,CURRENCY,note\n2031.03.05,"721.3",usd,"a, b"\n')
    expect(other).toMatchObject([
      { currency: 'USD', unit: '1', cashSell: '721.3', spotBuy: null, time: '2031-03-05' },
    ])
  })

  it('takes semicolons, tabs, decimal commas, a byte order mark and empty cells', () => {
    const semicolons = `\uFEFF${HEADER.replaceAll(',', ';')}\r\nJPY;100;4,8123;-;4,85;;\r\n\r\n`
    expect(readBoard(semicolons)).toMatchObject([
      { currency: 'JPY', spotBuy: '4.8123', cashBuy: null, spotSell: '4.85', cashSell: null },
    ])
    expect(readBoard(`${HEADER.replaceAll(',', '\t')}\nEUR\t1\t7.8\t\t7.9\t\t`)).toHaveLength(1)
  })

  it.each([
    ['', 'currency'],
    ['USD,100,718,712,721,721,', 'currency'],
    [HEADER, 'no rows'],
    [`${HEADER}\nZZY,1,1,1,1,1,`, 'ISO 4217'],
    [`${HEADER}\nUSD,50,1,1,1,1,`, 'unit'],
    [`${HEADER}\nUSD,1,abc,1,1,1,`, 'spot_buy'],
    [`${HEADER}\nUSD,1,-1,1,1,1,`, 'spot_buy'],
    [`${HEADER}\nUSD,1,0,1,1,1,`, 'spot_buy'],
    [`${HEADER}\nUSD,1,1e3,1,1,1,`, 'spot_buy'],
    [`${HEADER}\nUSD,1,=cmd(),1,1,1,`, 'spot_buy'],
    [`${HEADER}\nUSD,1,,,,,`, 'no price'],
    [`${HEADER}\nUSD,1,1,1,1,1,tomorrow`, 'time'],
    [`${HEADER}\nUSD,1,"1,1,1,1,`, 'quoted'],
    [`${HEADER}\n${'USD,1,1,1,1,1,\n'.repeat(501)}`, 'too many'],
    [`${HEADER}\n${' '.repeat(70_000)}`, 'limit'],
  ])('with a mistake is refused with the line and what is wrong (%#)', (csv, says) => {
    const error = failure(() => readBoard(csv))
    expect(error.code).toBe('fx.bad_board')
    expect(error.message).toContain(says)
    expect(error.status).toBe(400)
  })

  it('whose selling price is below its buying price is refused as such', () => {
    const error = failure(() => readBoard(`${HEADER}\nUSD,100,721.30,712,718.12,721,`))
    expect(error.code).toBe('fx.inverted_board')
    expect(error.params).toMatchObject({ kind: 'spot', buy: '721.30', sell: '718.12', line: 2 })
    const cash = failure(() => checkedRow({ currency: 'USD', cashBuy: '2', cashSell: '1' }))
    expect(cash.params).toMatchObject({ kind: 'cash', line: null })
    expect(checkedRow({ currency: 'USD', spotBuy: '2', spotSell: '2.0' })).toBeDefined()
  })

  it('keeps a time with its zone, and one without it without', () => {
    const time = (text: string) => checkedRow({ currency: 'USD', spotBuy: '1', time: text }).time
    expect(time('2031-03-05T10:30+08:00')).toBe('2031-03-05T10:30+08:00')
    expect(time('2031/03/05 10:30')).toBe('2031-03-05T10:30')
    expect(time('  ')).toBeNull()
    expect(failure(() => time('2031-02-30')).code).toBe('fx.bad_board')
  })
})
