import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'

/**
 * API1:2023 Broken Object Level Authorization. Everything here is public, so no id may lead to
 * anything but the object it names: not to a file, another table, or another route.
 */
const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })

describe('an id leads to the object that it names or to nothing', () => {
  it.each([
    '../sources',
    '..%2Fsources',
    '%2e%2e%2fsources',
    '..%252Fsources',
    '/etc/passwd',
    'file:///etc/passwd',
    'C:\\windows\\win.ini',
    "xx' OR '1'='1",
    'xx" UNION SELECT 1',
    'xx;PRAGMA database_list',
    '*',
    '%',
    '_',
    '..',
    '.',
    '0',
    '-1',
    'null',
    'undefined',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ])('%s', async (id) => {
    for (const tail of ['', '/statements', '/timeline', '/adjacent']) {
      const response = await api.request(`/v1/entities/${encodeURIComponent(id)}${tail}`)
      expect([400, 404]).toContain(response.status)
      expect(await response.json()).toHaveProperty('code')
    }
  })

  it.each(['AB'.repeat(32), 'ab'.repeat(31), `${'ab'.repeat(32)}00`, `${'ab'.repeat(31)}zz`])(
    'a statement id has one spelling: %s',
    async (id) => {
      expect((await api.request(`/v1/statements/${id}/row`)).status).toBe(400)
    },
  )
})
