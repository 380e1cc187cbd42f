import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createApi } from '../../src/api/app.ts'
import { createClient } from '../../src/client/client.ts'
import type { Change } from '../../src/query/types.ts'
import { NOW, sampleQueries } from '../support/sample-queries.ts'

const CHANGES: readonly Change[] = Array.from({ length: 25 }, (_, n) => ({
  seq: n + 1,
  op: n % 5 === 0 ? 'retract' : 'assert',
  at: NOW,
  effective: '2026-02-27',
  dataset: 'xx_list',
  entity: `xx_list:${n}`,
  prop: 'name',
  value: 'x',
  statement: 'ab'.repeat(32),
  run: 'run-1',
}))

const api = createApi({
  version: '0.0.0',
  queries: {
    ...sampleQueries,
    async changes({ since }) {
      const changes = CHANGES.filter(({ seq }) => seq > since).slice(0, 10)
      return { changes, next: changes.at(-1)?.seq ?? since, head: 25, asOf: NOW }
    },
  },
})
const client = createClient({
  baseUrl: 'http://custos.example/',
  fetch: async (url, init) => api.request(url.replace('http://custos.example', ''), init),
})

describe('the client', () => {
  it('gives the verdict that the API answers', async () => {
    const verdict = await client.check('danger + one', { asOf: '2024-01-01', lang: 'de' })
    expect(verdict).toEqual(await sampleQueries.check({ q: 'danger + one' }))
  })

  it('gives a batch in order', async () => {
    const { results } = await client.checkBatch([{ q: 'clean' }, { q: '' }, { q: 'danger' }])
    expect(results.map(({ verdict }) => verdict)).toEqual([
      'no_adverse_evidence',
      'unknown',
      'danger',
    ])
  })

  it('follows the changes to the head, each once and in order', async () => {
    const seen: number[] = []
    for await (const { seq } of client.changes(3)) seen.push(seq)
    expect(seen).toEqual(CHANGES.slice(3).map(({ seq }) => seq))
    const none: unknown[] = []
    for await (const change of client.changes(25)) none.push(change)
    expect(none).toEqual([])
  })

  it('throws the problem with its code', async () => {
    await expect(client.check('')).rejects.toMatchObject({ code: 'query.empty', status: 400 })
    await expect(client.get('/v1/nothing')).rejects.toMatchObject({
      code: 'request.not_found',
      status: 404,
    })
  })

  it('throws a plain code when something else answers', async () => {
    const proxied = createClient({
      baseUrl: 'http://custos.example',
      fetch: async () => new Response('<html>Bad gateway</html>', { status: 502 }),
    })
    await expect(proxied.check('x')).rejects.toMatchObject({
      code: 'client.no_problem',
      status: 502,
    })
  })

  it('imports types only, so that it runs in a browser as it is', () => {
    const source = readFileSync(new URL('../../src/client/client.ts', import.meta.url), 'utf8')
    expect(source.match(/^import (?!type )/gm)).toBeNull()
    expect(source).not.toContain('node:')
  })
})
