import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import {
  ADDRESS,
  openQueries,
  openWorld,
  WORLD_DATASETS,
  type World,
} from '../../test/support/world.ts'
import { parseCoverage } from './coverage.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('a search', () => {
  it('ranks entities and gives the reason for each score', async () => {
    const { results, facets } = await world.queries.search({ q: 'Usama Qasim' })
    expect(results[0]).toMatchObject({ id: 'un_sc_sanctions:7', schema: 'Person' })
    expect(Object.values(results[0]?.explanations ?? {})[0]).toMatchObject({ weight: 1 })
    expect(facets.dataset).toMatchObject([{ value: 'un_sc_sanctions', count: 1 }])
    expect(facets.topic).toEqual([{ value: 'sanction', count: 1 }])
  })

  it('finds an entity by what identifies it, too', async () => {
    const { results } = await world.queries.search({ q: ADDRESS.attacker })
    expect(results[0]).toMatchObject({ id: 'defihacklabs:bridge', caption: 'Somebridge', score: 1 })
  })

  it('filters by schema, country, dataset and topic', async () => {
    const search = async (more: object) =>
      (await world.queries.search({ q: 'Goodfirm', ...more })).results.map(({ id }) => id)
    expect(await search({})).toEqual(['eu_esma_casp:goodfirm', 'graphsense_actors:goodfirm'])
    expect(await search({ schema: 'Company' })).toEqual(['eu_esma_casp:goodfirm'])
    expect(await search({ country: 'lu' })).toEqual(['eu_esma_casp:goodfirm'])
    expect(await search({ dataset: 'graphsense_actors' })).toEqual(['graphsense_actors:goodfirm'])
    expect(await search({ topic: 'fin' })).toEqual(['eu_esma_casp:goodfirm'])
    expect(await search({ topic: 'sanction' })).toEqual([])
  })

  it('refuses a limit or a cursor that it did not give', async () => {
    for (const limit of [0, -1, 501, 1.5]) {
      await expect(world.queries.search({ q: 'x', limit })).rejects.toMatchObject({
        code: 'query.bad_limit',
      })
    }
    for (const cursor of ['', 'x', 'AAAA', 'a'.repeat(200)]) {
      await expect(world.queries.search({ q: 'x', cursor })).rejects.toMatchObject({
        code: 'query.bad_cursor',
        status: 400,
      })
    }
  })

  it('visits every row once across its pages, also when a version comes between them', async () => {
    const ledger = new MemoryLedger()
    const firms = (count: number): Said[] =>
      Array.from({ length: count }, (_, i) => ({
        ...{
          entity: `f${i}`,
          prop: 'name',
          value: `Sunrise Harbour ${String.fromCharCode(97 + i)}`,
        },
      }))
    const base = { dataset: 'eu_esma_casp', publishedAt: '2026-11-01T00:00:00Z' }
    ledger.version({ ...base, at: '2026-11-01T01:00:00Z', said: firms(23) })
    const small = await openQueries(ledger, { datasets: WORLD_DATASETS })
    const all = await small.queries.search({ q: 'Sunrise Harbour', limit: 100 })
    expect(all.results.length).toBe(23)
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 20; page++) {
      const answer = await small.queries.search({ q: 'Sunrise Harbour', limit: 5, cursor })
      seen.push(...answer.results.map(({ id }) => id))
      if (answer.nextCursor === null) break
      cursor = answer.nextCursor
      const at = `2026-11-02T01:0${page}:00Z`
      ledger.version({ ...base, publishedAt: at, at, said: firms(24 + page) })
      await small.refresh()
    }
    expect(seen).toEqual(all.results.map(({ id }) => id))
    await small.close()
  })

  it('completes what is typed', async () => {
    const found = await world.queries.suggest('goodf')
    expect(found.map(({ caption }) => caption)).toContain('Goodfirm Digital Assets S.A.')
    expect(await world.queries.suggest('g')).toEqual([])
    expect(await world.queries.suggest('\u200b\u200b')).toEqual([])
  })
})

describe('an entity', () => {
  it('is shown with every statement behind it, each with its proof', async () => {
    const entity = await world.queries.entity('us_ofac_sdn:1')
    expect(entity).toMatchObject({
      ...{ caption: 'Ivan Petrovich ZLODEEV', schema: 'Person', isLive: true },
      ...{ listedAt: '2023-05-01', aliases: ['Иван Злодеев', 'The Wolf'] },
    })
    expect(entity?.wallets).toEqual([
      { address: ADDRESS.sanctioned, currency: 'ETH', query: ADDRESS.sanctioned },
    ])
    expect(entity?.statements.length).toBe(8)
    for (const statement of entity?.statements ?? []) {
      expect(statement).toMatchObject({ run: 'run-1', version: '2026-11-20', isLive: true })
      const row = await world.queries.row(statement.id)
      expect(row).toMatchObject({ statement: statement.id, text: statement.row })
    }
  })

  it('is undefined when nobody ever named it, or had not by then', async () => {
    expect(await world.queries.entity('us_ofac_sdn:404')).toBeUndefined()
    expect(await world.queries.entity('us_ofac_sdn:1', { knownAt: '2020-01-01' })).toBeUndefined()
    expect(await world.queries.timeline('x')).toBeUndefined()
    expect(await world.queries.adjacent('x')).toBeUndefined()
    expect(await world.queries.row('f'.repeat(64))).toBeUndefined()
    expect(await world.queries.row('no hash')).toBeUndefined()
  })

  it('knows who shares a wallet or a site with it', async () => {
    expect(await world.queries.adjacent('us_ofac_sdn:1')).toEqual([
      expect.objectContaining({ id: 'us_ofac_crypto:ETH:a', via: 'wallet' }),
    ])
    const near = await world.queries.adjacent('graphsense_actors:goodfirm')
    // goodfirm.com and www.goodfirm.com are two keys: only the same site joins.
    expect(near).toEqual([])
  })

  it('has a timeline of versions and of the dates that the source gives', async () => {
    const ledger = new MemoryLedger()
    const dataset = 'us_ofac_sdn'
    const version = (day: string, said: readonly Said[]) =>
      ledger.version({ dataset, at: `${day}T06:00:00Z`, publishedAt: `${day}T00:00:00Z`, said })
    const name = { entity: 'z', prop: 'name', value: 'Zed' }
    const listing = { entity: 'z', prop: 'listing', value: { list: 'SDN', program: ['A'] } }
    const dated = { entity: 'z', prop: 'listingDate', value: '2020-02-02' }
    version('2026-10-01', [name, listing, dated])
    version('2026-10-08', [{ ...name, value: 'Zedd' }, listing, dated])
    version('2026-10-15', [{ entity: 'other', prop: 'name', value: 'Other' }])
    const small = await openQueries(ledger, { datasets: WORLD_DATASETS })
    const events = (await small.queries.timeline('us_ofac_sdn:z')) ?? []
    expect(events.map(({ day, kind, before, after }) => [day, kind, before, after])).toEqual([
      ['2020-02-02', 'source_date', null, '2020-02-02'],
      ['2026-10-01', 'listed', null, '{"list":"SDN","program":["A"]}'],
      ['2026-10-08', 'changed', 'Zed', 'Zedd'],
      ['2026-10-15', 'delisted', '{"list":"SDN","program":["A"]}', null],
    ])
    expect(events[2]).toMatchObject({ observedAt: '2026-10-08T06:00:00Z', version: '2026-10-08' })
    const entity = await small.queries.entity('us_ofac_sdn:z')
    expect(entity).toMatchObject({ isLive: false, caption: 'Zedd' })
    const then = await small.queries.entity('us_ofac_sdn:z', { asOf: '2026-10-02' })
    expect(then).toMatchObject({ isLive: true })
    expect(then?.statements.filter((s) => s.prop === 'name').map((s) => s.value)).toEqual(['Zed'])
    await small.close()
  })
})

describe('the feed of changes', () => {
  it('leaves out baselines, pages by sequence and tells withdrawals', async () => {
    const ledger = new MemoryLedger()
    const listed = (host: string): Said => ({ entity: host, prop: 'listed', value: { host } })
    const version = (dataset: string, day: string, hosts: readonly string[]) =>
      ledger.version({
        ...{ dataset, at: `${day}T06:00:00Z`, publishedAt: `${day}T00:00:00Z` },
        said: hosts.map(listed),
      })
    version('scamsniffer', '2026-11-01', ['a.com', 'b.com', 'c.com'])
    version('polkadot_phishing', '2026-11-02', ['x.com'])
    version('scamsniffer', '2026-11-03', ['a.com', 'd.com', 'e.com'])
    const small = await openQueries(ledger, { datasets: WORLD_DATASETS })
    const all = await small.queries.changes({ since: 0 })
    expect(all.changes.map(({ seq, op, value }) => [seq, op, JSON.parse(value).host])).toEqual([
      [5, 'assert', 'd.com'],
      [6, 'assert', 'e.com'],
      [7, 'retract', 'b.com'],
      [8, 'retract', 'c.com'],
    ])
    const first = await small.queries.changes({ since: 0, limit: 3 })
    const rest = await small.queries.changes({ since: first.next, limit: 3 })
    expect([...first.changes, ...rest.changes]).toEqual(all.changes)
    expect(await small.queries.changes({ since: rest.next })).toMatchObject({
      changes: [],
      next: 8,
      head: 8,
    })
    const own = await small.queries.changes({ since: 0, entity: 'scamsniffer:b.com' })
    expect(own.changes.map(({ seq }) => seq)).toEqual([7])
    for (const since of [-1, 0.5, Number.NaN]) {
      await expect(small.queries.changes({ since })).rejects.toMatchObject({
        code: 'query.bad_since',
      })
    }
    await small.close()
  })
})

describe('the sources and the figures', () => {
  it('give every dataset its state, age and counts', async () => {
    const rows = await world.queries.sources()
    expect(rows.length).toBe(WORLD_DATASETS.length)
    expect(rows.find(({ dataset }) => dataset === 'us_ofac_sdn')).toMatchObject({
      ...{ state: 'current', reason: null, ageSeconds: 205_200, version: '2026-11-20' },
      counts: { entities: 2, statements: 11, versions: 1 },
    })
  })

  it('tell how the last attempt failed while the last good version speaks', async () => {
    const failing = await openWorld({ attempts: { scamsniffer: 'failed' } })
    const row = (await failing.queries.sources()).find((r) => r.dataset === 'scamsniffer')
    expect(row).toMatchObject({
      ...{ state: 'failed', version: '2026-11-20', lastAttemptAt: '2026-11-22T08:00:00Z' },
      lastError: { code: 'source.unreachable' },
    })
    await failing.close()
  })

  it('count statements, entities, identifiers and states', async () => {
    const stats = await world.queries.stats()
    expect(stats.statements).toBe(world.ledger.statementRows.length)
    expect(stats.events).toBe(world.ledger.eventRows.length)
    expect(stats.datasets.current).toBe(WORLD_DATASETS.length)
    expect(stats.identifiers).toBe(await world.index.identifiers())
    expect(stats.entities).toBeGreaterThan(20)
    expect(await world.queries.checkpoint()).toEqual(stats.checkpoint)
  })

  it('name the licences that a register changed in the last week', async () => {
    const ledger = new MemoryLedger()
    const row = (status: string): Said => ({
      ...{ entity: 'f', prop: 'licence' },
      value: { holder: 'F', kind: 'licence', status },
    })
    const dataset = 'eu_esma_casp'
    const version = (day: string, status: string) =>
      ledger.version({
        ...{ dataset, at: `${day}T06:00:00Z`, publishedAt: `${day}T00:00:00Z` },
        said: [row(status)],
      })
    version('2026-10-01', 'pending')
    version('2026-10-08', 'authorised')
    version('2026-11-20', 'suspended')
    const small = await openQueries(ledger, { datasets: WORLD_DATASETS })
    const { licenceChanges } = await small.queries.stats()
    expect(licenceChanges.map(({ op, value }) => `${op} ${JSON.parse(value).status}`)).toEqual([
      'retract authorised',
      'assert suspended',
    ])
    await small.close()
  })
})

describe('coverage rules', () => {
  it('are refused when a kind requires what is not defined', () => {
    const kind = { consults: [], requires: ['nothing'] }
    const kinds = ['address', 'transaction', 'domain', 'url', 'token', 'licence', 'lei', 'name']
    expect(() =>
      parseCoverage({
        ...{ ruleset: 'x', adverse: [], requirements: {}, regimes: {}, authorities: [] },
        ...{ registers: { groups: {}, of: {} }, titles: {} },
        kinds: Object.fromEntries(kinds.map((name) => [name, kind])),
      }),
    ).toThrow(/not defined/)
  })
})
