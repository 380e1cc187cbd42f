import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { API_ROUTES, createApi } from '../../src/api/app.ts'
import { PROBLEMS } from '../../src/api/problem.ts'
import { NOT_BUILT } from '../../src/api/route/not-built.ts'
import { sampleQueries } from '../support/sample-queries.ts'
import { sampleRates } from '../support/sample-rates.ts'

/**
 * API9:2023 Improper Inventory Management. The route table, the OpenAPI document and the list of
 * problems are the inventory; nothing answers beside them.
 */
const api = createApi({ queries: sampleQueries, rates: sampleRates, version: '0.0.0' })
const errors = readFileSync(new URL('../../docs/operate/errors.md', import.meta.url), 'utf8')

describe('the inventory is whole', () => {
  it('every path that answers is declared, reserved, or the document itself', async () => {
    const document: unknown = await (await api.request('/openapi.json')).json()
    const paths = Object.keys((document as { paths: Record<string, unknown> }).paths)
    const declared = paths.map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
    expect(declared.length).toBeGreaterThanOrEqual(API_ROUTES.length - 1)
    const known = new Set([...declared, ...NOT_BUILT, '/openapi.json'])
    // A parameter that may hold slashes is written with its pattern.
    const answering = api.routes.map(({ path }) => path.replaceAll(/\{[^}]*\}/g, ''))
    expect([...new Set(answering)].filter((path) => !known.has(path))).toEqual([])
  })

  it.each(Object.keys(PROBLEMS))('the problem %s is documented', (code) => {
    expect(errors).toContain(`| \`${code}\` `)
  })

  it.each(['/v0/check', '/v2/check', '/check', '/api/v1/check', '/V1/CHECK', '/v1/Check'])(
    'there is no second or older way in: %s',
    async (path) => {
      expect((await api.request(`${path}?q=x`)).status).toBe(404)
    },
  )

  it('each operation says what it does', () => {
    for (const { summary, tag } of API_ROUTES) {
      expect(summary.length).toBeGreaterThan(10)
      expect(tag).not.toBe('')
    }
  })
})
