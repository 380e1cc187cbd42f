import { describe, expect, it } from 'vitest'
import { sampleQueries } from '../../test/support/sample-queries.ts'
import { readBatch } from './batch.ts'
import { createWeb } from './web.ts'

const web = createWeb({ queries: sampleQueries, version: '0.0.0' })

function post(fields: Record<string, string | File>, headers: Record<string, string> = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  return web.request('/en/batch', {
    method: 'POST',
    body,
    headers: { 'content-length': '500', 'sec-fetch-site': 'same-origin', ...headers },
  })
}

describe('a list of questions', () => {
  it('is one a line, commas and all', () => {
    const { lines } = readBatch('Acme, Inc.\r\n\r\n  0xAB \n"Beta, Ltd"\n')
    expect(lines).toEqual([{ q: 'Acme, Inc.' }, { q: '0xAB' }, { q: 'Beta, Ltd' }])
  })

  it('is a column of a table whose first line names it, with the country beside it', () => {
    const text = 'Note;Address;Country\nfirst;0xAB;DE\nsecond;"a;b";Germany\n;;\n'
    expect(readBatch(text).lines).toEqual([{ q: '0xAB', country: 'DE' }, { q: 'a;b' }])
  })

  it('says that it was longer than what is answered, and drops nothing silently', () => {
    const long = readBatch('x\n'.repeat(1_001))
    expect([long.lines.length, long.isCut]).toEqual([1_000, true])
    expect(readBatch('x\n'.repeat(1_000)).isCut).toBe(false)
    expect(readBatch(`query\n${'x\n'.repeat(1_001)}`).isCut).toBe(true)
    expect(readBatch(`query\n${'x\n'.repeat(1_000)}`).isCut).toBe(false)
  })
})

describe('the page of a list', () => {
  it('answers each question in the order asked, with its verdict in words', async () => {
    const response = await post({ list: 'first.example\n0xAB' })
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text.indexOf('>first.example<')).toBeGreaterThan(0)
    expect(text.indexOf('0xAB', text.indexOf('<tbody>'))).toBeGreaterThan(
      text.indexOf('first.example', text.indexOf('<tbody>')),
    )
  })

  it('gives the same as CSV, one row a question', async () => {
    const response = await post({ list: 'first.example\n=cmd', format: 'csv' })
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
    const rows = (await response.text()).trim().split('\r\n')
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatch(/^\uFEFF?query,kind,verdict,coverage,reason/)
    expect(rows[2]?.startsWith("'=cmd")).toBe(true)
  })

  it('is put into another order and narrowed by the form itself, and ignores other words', async () => {
    const asked = async (fields: Record<string, string>) => {
      const text = await (await post({ list: 'b.example\na.example\nc.example', ...fields })).text()
      return [...text.slice(text.indexOf('<tbody>')).matchAll(/>([abc])\.example</g)].map(
        ([, q]) => q,
      )
    }
    expect(await asked({})).toEqual(['b', 'a', 'c'])
    expect(await asked({ sort: 'query' })).toEqual(['a', 'b', 'c'])
    expect(await asked({ sort: '-query' })).toEqual(['c', 'b', 'a'])
    expect(await asked({ sort: '__proto__', only: 'constructor' })).toEqual(['b', 'a', 'c'])
    const kept = ['danger', 'warning', 'unknown', 'no_adverse_evidence'].map((only) =>
      asked({ only }),
    )
    expect((await Promise.all(kept)).flat().sort()).toEqual(['a', 'b', 'c'])
  })

  it('takes a file in place of the text', async () => {
    const file = new File(['domain\nfrom.example\n'], 'list.csv', { type: 'text/csv' })
    expect(await (await post({ list: '', file })).text()).toContain('from.example')
  })

  it('says that nothing was asked, refuses foreign forms and what is too large', async () => {
    expect((await post({ list: ' \n' })).status).toBe(400)
    expect((await post({ list: 'x' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post({ list: 'x' }, { 'content-length': '2000000' })).status).toBe(413)
    expect((await web.request('/en/batch')).status).toBe(200)
  })
})
