import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { fixedClock } from '../../src/base/clock.ts'
import { fakeCli } from '../support/fake-cli.ts'
import { NOW, sampleQueries } from '../support/sample-queries.ts'
import { BOARD_CSV, sampleRates } from '../support/sample-rates.ts'

it.each([
  [
    ['check', 'danger one', '--as-of', '2024-01-01', '--lang', 'de'],
    '/v1/check?q=danger+one&asOf=2024-01-01&lang=de',
  ],
  [['search', 'example', '--limit', '5'], '/v1/search?q=example&limit=5'],
  [['entity', 'xx_list:1'], '/v1/entities/xx_list:1'],
  [['sources'], '/v1/sources'],
  [['log', 'checkpoint'], '/v1/checkpoint'],
  [
    ['convert', '1.234,56', 'EUR', 'USD', '--date', '2026-02-26', '--lang', 'de'],
    '/v1/convert?amount=1.234,56&from=EUR&to=USD&date=2026-02-26&lang=de',
  ],
  [
    ['convert', '2', 'currency_api:btc', 'JPY'],
    '/v1/convert?amount=2&from=currency_api:btc&to=JPY',
  ],
])('custos %j --json prints exactly what GET %s answers', async (argv, path) => {
  const cli = fakeCli()
  const api = createApi({
    queries: sampleQueries,
    rates: sampleRates,
    version: '0.0.0',
    clock: fixedClock(NOW),
  })
  const { out, err } = await cli.run(...argv, '--json')
  cli.dispose()
  expect(out).toBe(`${await (await api.request(path)).text()}\n`)
  expect(err).toBe('')
})

it('custos fx-buy --json prints exactly what POST /v1/fx-purchase answers', async () => {
  const cli = fakeCli()
  writeFileSync(join(cli.folder, 'board.csv'), BOARD_CSV)
  const argv = ['fx-buy', '1000', 'USD', '--with', 'CNY', '--board', 'board.csv', '--fee', '0.5%']
  const { out } = await cli.run(...argv, '--json')
  cli.dispose()
  const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })
  const board = { csv: BOARD_CSV, name: 'board.csv' }
  const response = await api.request('/v1/fx-purchase', {
    method: 'POST',
    body: JSON.stringify({ currency: 'USD', with: 'CNY', quantity: '1000', fee: '0.5%', board }),
    headers: { 'content-type': 'application/json' },
  })
  expect(out).toBe(`${await response.text()}\n`)
})
