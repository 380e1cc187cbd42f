import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoDataset, demoWorld } from '../../test/support/demo-source.ts'
import type { Fetched, Fetcher, PostRequest } from '../base/http.ts'
import { type Dataset, datasetSchema, isProven } from '../model/dataset.ts'
import { sync } from './sync.ts'

const SEARCH = 'https://authority.example/search'

function searched(): Dataset {
  return datasetSchema.parse({
    ...demoDataset,
    mirror: [],
    proven: false,
    live: [
      {
        ...{ role: 'list', url: SEARCH },
        post: { body: 'ds=1', contentType: 'application/x-www-form-urlencoded', idempotent: true },
      },
    ],
  })
}

/** Answers each question with the next text, and notes what it was asked. */
function fakeFetcher(texts: string[]) {
  const asked: { readonly url: string; readonly request: PostRequest }[] = []
  const answer = (text: string): Fetched => ({
    ...{ status: 'fresh', etag: '"1"', lastModified: null, contentType: null, finalUrl: SEARCH },
    body: (async function* () {
      yield Buffer.from(text)
    })(),
  })
  const fetcher: Fetcher = {
    async get() {
      throw new Error('the list is answered to a POST only')
    },
    async post(url, request) {
      asked.push({ url, request })
      return answer(texts.shift() ?? '')
    },
    async close() {},
  }
  return { asked, fetcher }
}

describe('a list that is answered to a POST', () => {
  it('is asked as its entry says, is proven by the answer, and read again only when it changed', async () => {
    const world = demoWorld()
    const source = world.ports.catalogue.get('demo')
    if (source === undefined) throw new Error('the demo has one source')
    const dataset = searched()
    const catalogue = new Map([['demo', { ...source, dataset }]])
    const one = 'a.example\nb.example\n'
    const { asked, fetcher } = fakeFetcher([one, one, 'a.example\nb.example\nc.example\n'])
    const read = async () => {
      world.clock.set(world.clock.nowMs() + 60_000)
      const [row] = await sync({ ...world.ports, catalogue, fetcher }, ['demo'], {})
      return row
    }
    expect(await read()).toMatchObject({ state: 'ok', added: 2 })
    expect(asked[0]).toMatchObject({
      url: SEARCH,
      request: { body: 'ds=1', contentType: 'application/x-www-form-urlencoded', idempotent: true },
    })
    expect(isProven(dataset, await world.ledger.runs('demo'))).toBe(true)
    expect(await read()).toMatchObject({ state: 'unchanged', versions: 0 })
    expect(await read()).toMatchObject({ state: 'ok', added: 1 })
    expect(asked).toHaveLength(3)
  })

  it('is recorded like any other, for a machine without a network', async () => {
    const world = demoWorld()
    const source = world.ports.catalogue.get('demo')
    if (source === undefined) throw new Error('the demo has one source')
    const catalogue = new Map([['demo', { ...source, dataset: searched() }]])
    const record = mkdtempSync(join(tmpdir(), 'custos-record-'))
    const { fetcher } = fakeFetcher(['a.example\nb.example\n'])
    await sync({ ...world.ports, catalogue, fetcher }, ['demo'], { record })
    const other = demoWorld()
    const [row] = await sync({ ...other.ports, catalogue }, ['demo'], { mirror: record })
    expect(row).toMatchObject({ state: 'ok', added: 2 })
    // A recording of the live address is a live file: somebody's own is not.
    expect(isProven(searched(), await other.ledger.runs('demo'))).toBe(true)
  })
})

describe('a date that a list gives itself', () => {
  it('is not taken when it lies in the future: such a version would govern only then', async () => {
    const world = demoWorld()
    const source = world.ports.catalogue.get('demo')
    if (source === undefined) throw new Error('the demo has one source')
    const crawl = await source.crawl()
    const dated = async () =>
      async function* (ctx: Parameters<typeof crawl>[0]) {
        ctx.setPublished('2099-01-01T00:00:00Z')
        yield* crawl(ctx)
      }
    const catalogue = new Map([['demo', { ...source, crawl: dated }]])
    world.write('demo/list-2026-01-01.txt', 'a.example\nb.example\n')
    await sync({ ...world.ports, catalogue }, ['demo'], { mirror: world.mirror })
    const [run] = await world.ledger.runs('demo')
    expect(run).toMatchObject({
      publishedAt: '2026-01-01T00:00:00Z',
      notes: { published_in_future: 1 },
    })
  })
})
