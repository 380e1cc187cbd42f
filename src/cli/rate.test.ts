import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeCli, fakeCli } from '../../test/support/fake-cli.ts'
import { openRates } from '../../test/support/rate-world.ts'
import { BOARD_CSV } from '../../test/support/sample-rates.ts'
import { widthOf } from './terminal.ts'

let open: FakeCli[] = []
afterEach(() => {
  for (const cli of open) cli.dispose()
  open = []
})

/** A command line whose folder holds a board. */
function started(...options: Parameters<typeof fakeCli>): FakeCli {
  const cli = fakeCli(...options)
  open.push(cli)
  writeFileSync(join(cli.folder, 'board.csv'), BOARD_CSV)
  return cli
}
const run = (...argv: string[]) => started().run(...argv)

describe('custos convert', () => {
  it('prints the three fields, how the rate came about, and its source with date and age', async () => {
    const { code, out, err } = await run('convert', '100', 'EUR', 'USD', '--date', '2026-02-26')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^100 EUR = 111\.57 USD {2}26 February 2026\n/)
    expect(out).toMatch(
      /PC\(S\) +100 EUR\n +Current Rate +1\.1157 USD for 1 EUR\n +Available +111\.57 USD/,
    )
    expect(out).toContain('digits, unchanged')
    expect(out).toMatch(
      /1 EUR = 1\.1157 USD +× +2026-02-26 +same day +current\n {2}Rates of ecb_eurofxref/,
    )
    for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(100)
  })

  it('says in a sentence that a rate is carried', async () => {
    const { out } = await run('convert', '1', 'EUR', 'USD')
    expect(out).toContain('Carried: no rate of the day itself')
    expect(out).toContain('27 February 2026 (2 days old)')
  })

  it('names a sheet in quarantine, and why', async () => {
    const { out } = await run('convert', '1', 'currency_api:btc', 'USD')
    expect(out).toContain('In quarantine, not used')
    expect(out).toContain('Rates of currency_api, sheet of 28 February 2026')
  })

  it('reads a number as the language writes it', async () => {
    const { out } = await run('convert', '1.234,56', 'EUR', 'USD', '--lang', 'de')
    expect(out).toMatch(/^1234\.56 EUR/)
  })

  it.each([
    [['1,234', 'EUR', 'USD', '--lang', 'xx-'], '--lang'],
    [['0', 'EUR', 'USD'], 'rate.bad_amount'],
    [['1e30', 'EUR', 'USD'], 'rate.bad_amount'],
    [['1', 'EUR', 'USD', '--date', '2026-02-30'], '--date takes a day'],
    [['1', 'EUR', 'USD', '--date', '2026-03-02'], 'rate.future_date'],
    [['1', 'EUR'], 'custos convert needs AMOUNT FROM TO'],
  ])('exits 2 for what is written wrongly: %j', async (argv, hint) => {
    const { code, out, err } = await run('convert', ...argv)
    expect(err).toContain(hint)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  it('exits 1 for what is not known here', async () => {
    const { code, out, err } = await run('convert', '1', 'EUR', 'QQQQQ')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('[rate.unknown_currency]')
  })

  it('says what to do where no rates have been read', async () => {
    const { rates } = await openRates()
    const { code, err } = await started({ rates }).run('convert', '1', 'EUR', 'USD')
    expect(code).toBe(1)
    expect(err).toContain('one sync')
  })
})

describe('custos fx-buy', () => {
  const buy = (...argv: string[]) => run('fx-buy', '1000', 'USD', '--with', 'CNY', ...argv)

  it('prints cost, board, hidden margin, and the link that opens it again', async () => {
    const { code, out } = await buy('--board', 'board.csv', '--fee', '0.5%')
    expect(code).toBe(0)
    expect(out).toMatch(/^1000\.00 USD for 7249\.07 CNY {2}bought, transfer\n/)
    expect(out).toMatch(/Current Rate +721\.30 CNY for 100 USD/)
    expect(out).toContain('Board · board.csv · 2026-02-27T10:30:00')
    expect(out).toMatch(/Hidden margin +23\.00 CNY \(0\.32 %\)/)
    expect(out).toContain('/tools/fx-purchase?q=')
  })

  it('takes the bank’s buying price for a sale in banknotes', async () => {
    const { out } = await buy('--board', 'board.csv', '--side', 'sell', '--kind', 'cash')
    expect(out).toMatch(/^1000\.00 USD brings 7123\.00 CNY {2}sold, banknotes\n/)
    expect(out).toContain('the bank buys, banknotes')
  })

  it('spends no more than the budget, fee included', async () => {
    const { out } = await run(
      ...['fx-buy', '7249.07', 'USD', '--with', 'CNY', '--budget'],
      ...['--board', 'board.csv', '--fee', '0.5%'],
    )
    expect(out).toMatch(/Available +1000\.00 USD/)
  })

  it('takes the board of a dataset by name', async () => {
    const { out } = await run('fx-buy', '10', 'USD', '--with', 'TRY', '--board', 'tr_tcmb')
    expect(out).toContain('10.00 USD for 431.80 TRY')
  })

  it('calculates by the market mid without a board, and says so', async () => {
    expect((await buy()).out).toContain('No board was given')
  })

  it.each([
    [['1000', 'USD'], 'needs --with'],
    [['1000', 'USD', '--with', 'CNY', '--side', 'both'], 'buy or sell'],
    [['1000', 'USD', '--with', 'CNY', '--kind', 'gold'], 'spot or cash'],
    [['1000', 'USD', '--with', 'CNY', '--home', 'CNY'], '--board'],
    [['1000', 'CHF', '--with', 'CNY', '--board', 'board.csv'], 'fx.no_row'],
    [['1000', 'USD', '--with', 'USD'], 'fx.same_currency'],
  ])('exits 2 for what is written wrongly: %j', async (argv, hint) => {
    const { code, out, err } = await run('fx-buy', ...argv)
    expect(err).toContain(hint)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  it('exits 1 for a board that is not there, without its path', async () => {
    const { code, err } = await buy('--board', './none.csv')
    expect(code).toBe(1)
    expect(err).toBe('custos: ./none.csv cannot be read. [file.unreadable]\n')
  })
})
