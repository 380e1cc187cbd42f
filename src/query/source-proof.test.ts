import { afterEach, describe, expect, it } from 'vitest'
import { MemoryLedger } from '../../test/support/memory-ledger.ts'
import { datasetOf, openQueries, WORLD_NOW, type World } from '../../test/support/world.ts'
import { fixedClock } from '../base/clock.ts'
import { createMetrics } from '../base/metrics.ts'
import { type Dataset, datasetSchema } from '../model/dataset.ts'
import type { Run } from '../model/statement.ts'

const LIVE = 'https://authority.example/register.json'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

function dataset(fields: Partial<Dataset>, kind: Dataset['kind'] = 'warnings'): Dataset {
  return datasetSchema.parse({
    ...datasetOf('xx_list', kind, 'issuer', 'XX'),
    live: [{ role: 'list', url: LIVE }],
    ...fields,
  })
}

const SAID = [
  { entity: 'bad', prop: 'schema', value: 'Company' },
  { entity: 'bad', prop: 'name', value: 'Bad Brokers' },
  {
    entity: 'bad',
    prop: 'warning',
    value: { regulator: 'Authority', country: 'XX', kind: 'warning', status: 'in_force' },
  },
]

interface Reading {
  readonly url?: string | null
  readonly gaps?: number
  readonly publishedAt?: string
  readonly at?: string
}

/** A ledger that has read the list so often, each time from there. */
async function read(list: Dataset, readings: readonly Reading[]): Promise<World> {
  const ledger = new MemoryLedger()
  for (const [i, reading] of readings.entries()) {
    const { url = null, gaps = 0, publishedAt = '2026-11-20T00:00:00Z' } = reading
    const at = reading.at ?? `2026-11-21T12:0${i}:00Z`
    const run = ledger.version({
      ...{ dataset: list.name, at, publishedAt, said: SAID, complete: !list.window },
    })
    Object.assign(run, {
      files: run.files.map((file) => ({ ...file, url })),
      // What a version says, not what it changed.
      statements: SAID.length,
      notes: gaps === 0 ? {} : { window_gap: gaps },
    } satisfies Partial<Run>)
  }
  world = await openQueries(ledger, { datasets: [list], clock: fixedClock(WORLD_NOW) })
  return world
}

async function stateOf(list: Dataset, readings: readonly Reading[]) {
  const { queries } = await read(list, readings)
  const [row] = await queries.sources()
  if (row === undefined) throw new Error('one list, one row')
  const verdict = await queries.check({ q: 'Nobody At All' })
  const isNamed = (rows: readonly { dataset: string }[]) =>
    rows.some(({ dataset: name }) => name === list.name)
  const found = await queries.check({ q: 'Bad Brokers' })
  return {
    ...{ state: row.state, reason: row.reason, proven: row.proven, gaps: row.gaps },
    isChecked: isNamed(verdict.checked),
    isNotChecked: isNamed(verdict.notChecked),
    finds: found.findings.map(({ rule, dataset: name }) => `${name} ${rule}`),
  }
}

describe('a connector that has read no live file', () => {
  it('shows what an uploaded file says, and never answers "not listed" from it', async () => {
    const said = await stateOf(dataset({ proven: false }), [{ url: null }])
    expect(said).toMatchObject({ state: 'stale', reason: 'unproven', proven: false })
    expect(said).toMatchObject({ isChecked: false, isNotChecked: true })
    expect(said.finds.length).toBeGreaterThan(0)
  })

  it('is proven by one version from its own live address, and stays so', async () => {
    const readings = [{ url: null }, { url: LIVE }, { url: null }]
    const said = await stateOf(dataset({ proven: false }), readings)
    expect(said).toMatchObject({ state: 'current', reason: null, proven: true, isChecked: true })
  })

  it('was not proven at a time before that version was read', async () => {
    const { queries } = await read(dataset({ proven: false }), [
      { url: null, at: '2026-11-01T00:00:00Z' },
      { url: LIVE, at: '2026-11-21T00:00:00Z' },
    ])
    const then = await queries.check({ q: 'Nobody At All', knownAt: '2026-11-10T00:00:00Z' })
    expect(then.notChecked.find((row) => row.dataset === 'xx_list')?.reason).toBe('unproven')
    const now = await queries.check({ q: 'Nobody At All' })
    expect(now.checked.map((row) => row.dataset)).toContain('xx_list')
  })
})

describe('a list of its newest entries', () => {
  const list = dataset({ window: true, cadence: 'PT1H' })

  it('finds what it holds and never answers "not listed", however young it is', async () => {
    const said = await stateOf(list, [{ url: LIVE }])
    expect(said).toMatchObject({ state: 'stale', reason: 'window', isChecked: false })
    expect(said.isNotChecked).toBe(true)
    expect(said.finds.length).toBeGreaterThan(0)
  })

  it('is stale once it is too old, which is the nearer reason', async () => {
    const old = [{ url: LIVE, publishedAt: '2026-11-01T00:00:00Z' }]
    expect((await stateOf(list, old)).reason).toBe('stale')
  })

  it('says how often it had moved past what was held, and so does /metrics', async () => {
    const said = await stateOf(list, [
      { url: LIVE },
      { url: LIVE, gaps: 1 },
      { url: LIVE, gaps: 1 },
    ])
    expect(said.gaps).toEqual({ count: 2, lastAt: '2026-11-21T12:02:00Z' })
    const metrics = createMetrics('0.0.0')
    metrics.freshness([
      {
        ...{ dataset: 'xx_list', state: said.state, ageSeconds: 172_800 },
        ...{ lastSuccess: 1_795_262_520, gaps: said.gaps.count },
      },
    ])
    const text = await metrics.text()
    expect(text).toContain('custos_dataset_window_gaps{dataset="xx_list"} 2')
    expect(text).toContain('custos_dataset_age_seconds{dataset="xx_list"} 172800')
    expect(text).toContain('custos_dataset_state{dataset="xx_list",state="stale"} 1')
    expect(text).toContain('custos_dataset_last_success_timestamp_seconds{dataset="xx_list"}')
    // A list that is gone leaves no gauge behind.
    metrics.freshness([])
    expect(await metrics.text()).not.toContain('xx_list')
  })
})

describe('the sites of a register', () => {
  async function lookalikes(protectSites: boolean): Promise<readonly string[]> {
    const list = dataset({ protectSites }, 'register')
    const ledger = new MemoryLedger()
    const said = [
      { entity: 'firm', prop: 'name', value: 'Brightwallet' },
      { entity: 'firm', prop: 'website', value: 'brightwallet.com' },
    ]
    const at = '2026-11-21T12:00:00Z'
    ledger.version({ dataset: list.name, at, publishedAt: '2026-11-20T00:00:00Z', said })
    world = await openQueries(ledger, { datasets: [list], clock: fixedClock(WORLD_NOW) })
    const { findings } = await world.queries.check({ q: 'brightwa11et.com' })
    return findings.map(({ rule }) => rule)
  }

  it('are protected against look-alikes', async () => {
    expect(await lookalikes(true)).toEqual([expect.stringMatching(/^lookalike\./)])
  })

  it('are not, where the register holds thousands of small businesses', async () => {
    expect(await lookalikes(false)).toEqual([])
  })
})
