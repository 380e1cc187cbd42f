import { expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { fixedClock } from '../../src/base/clock.ts'
import { fakeCli } from '../support/fake-cli.ts'
import { NOW, sampleQueries } from '../support/sample-queries.ts'

it.each([
  [
    ['check', 'danger one', '--as-of', '2024-01-01', '--lang', 'de'],
    '/v1/check?q=danger+one&asOf=2024-01-01&lang=de',
  ],
  [['search', 'example', '--limit', '5'], '/v1/search?q=example&limit=5'],
  [['entity', 'xx_list:1'], '/v1/entities/xx_list:1'],
  [['sources'], '/v1/sources'],
  [['log', 'checkpoint'], '/v1/checkpoint'],
])('custos %j --json prints exactly what GET %s answers', async (argv, path) => {
  const cli = fakeCli()
  const api = createApi({ queries: sampleQueries, version: '0.0.0', clock: fixedClock(NOW) })
  const { out, err } = await cli.run(...argv, '--json')
  cli.dispose()
  expect(out).toBe(`${await (await api.request(path)).text()}\n`)
  expect(err).toBe('')
})
