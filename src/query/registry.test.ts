import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEI_A, LEI_B, type RegistryWorld } from '../../test/support/registry-world.ts'
import { NORD, sampleWorld } from '../../test/support/sample-registry.ts'

let world: RegistryWorld

beforeAll(async () => {
  world = await sampleWorld()
})
afterAll(() => world.close())

describe('the page of a firm', () => {
  it('has the legal name, brands, rows, table, label, score, history and timeline', async () => {
    const firm = await world.registry.firm(NORD)
    expect(firm).toMatchObject({
      ...{ id: NORD, caption: 'Nordwind Digital Ltd', aliases: ['Nordwind'] },
      ...{ websites: ['www.nordwind-made-up.com'], label: { label: 'regulated' } },
    })
    expect(firm?.serve.countries).toEqual(['DE', 'MT'])
    expect(firm?.serve.rows.find(({ country }) => country === 'MT')?.isHome).toBe(true)
    const cells = firm?.serve.rows.flatMap((row) => row.cells.map(({ answer }) => answer))
    expect(cells).toEqual(['yes', 'yes', 'yes', 'yes'])
    expect(firm?.timeline.map(({ kind, basis }) => [kind, basis])).toEqual([
      ['licence_reduced', 'versions'],
      ['licence_granted', 'source_date'],
    ])
    expect(firm?.history[0]).toMatchObject({ day: '2025-06-01', label: 'regulated' })
    expect(firm?.history.at(-1)?.value).toBe(firm?.score.value)
  })

  it('is of the day that is asked', async () => {
    const then = await world.registry.firm(NORD, { asOf: '2026-03-01' })
    expect(then?.serve.countries).toEqual(['DE', 'FR', 'MT'])
    expect(then?.timeline.map(({ kind }) => kind)).toEqual(['licence_granted'])
  })

  it('is undefined for what is no firm', async () => {
    expect(await world.registry.firm('custos_regulators:mt-exa')).toBeUndefined()
    expect(await world.registry.firm('eu_esma_casp:nobody')).toBeUndefined()
  })

  it('cites the directory where it counts the authority’s pages', async () => {
    const firm = await world.registry.firm(NORD)
    const rules = firm?.score.inputs.map(({ rule }) => rule)
    expect(rules).toContain('regulation.warnings')
    expect(rules).not.toContain('regulation.enforcement')
  })
})

describe('rankings', () => {
  it('by score hold the score that the page of the firm tells', async () => {
    const { rows, total, unranked } = await world.registry.rankings({ by: 'score' })
    expect([total, unranked]).toEqual([2, 1])
    for (const row of rows) {
      const firm = await world.registry.firm(row.firm.id)
      expect([row.score, row.label, row.evidence]).toEqual([
        firm?.score.value,
        firm?.label.label,
        firm?.score.evidence,
      ])
      expect(row.firm.caption).toBe(firm?.caption)
    }
  })

  it('by the newest licence and the newest warning', async () => {
    const licensed = await world.registry.rankings({ by: 'newly_licensed' })
    expect(licensed.rows.map(({ day }) => day)).toEqual(['2026-06-20', '2025-06-01'])
    const warned = await world.registry.rankings({ by: 'newly_warned' })
    expect(warned.rows).toMatchObject([
      { rank: 1, firm: { caption: 'Badwind Brokers' }, day: '2026-05-05', label: 'warned' },
    ])
  })

  it('page by page give every firm once', async () => {
    const first = await world.registry.rankings({ limit: 1 })
    const second = await world.registry.rankings({ limit: 1, cursor: first.nextCursor ?? '' })
    expect(second.nextCursor).toBeNull()
    expect(first.rows[0]?.firm.id).not.toBe(second.rows[0]?.firm.id)
    await expect(world.registry.rankings({ cursor: 'x' })).rejects.toMatchObject({
      code: 'query.bad_cursor',
    })
  })

  it('of one country', async () => {
    const { rows } = await world.registry.rankings({ country: 'lu' })
    expect(rows.map(({ firm }) => firm.caption)).toEqual(['Southwind S.A.'])
  })
})

describe('lists of licences', () => {
  it.each([
    [{}, 3],
    [{ kind: 'licence' }, 2],
    [{ country: 'LU' }, 1],
    [{ q: 'southwind' }, 1],
    [{ q: LEI_A }, 1],
    [{ regulator: 'mt-exa' }, 1],
    [{ regulator: 'Second' }, 1],
    [{ status: 'in_force' }, 1],
    [{ service: 'c' }, 2],
    [{ dataset: 'eu_esma_ncasp' }, 1],
    [{ changedSince: '2026-11-16' }, 2],
    [{ changedSince: '2026-11-17' }, 0],
  ])('%o: %i rows', async (params, count) => {
    const { total, licences } = await world.registry.licences(params)
    expect([total, licences.length]).toEqual([count, count])
    for (const { licence } of licences) expect(licence.holder).not.toBe('')
  })

  it('refuse a day that is none', async () => {
    await expect(world.registry.licences({ changedSince: 'today' })).rejects.toMatchObject({
      code: 'query.bad_time',
    })
  })
})

describe('the directory of regulators', () => {
  it('cites every field and counts the rows that name the authority', async () => {
    const { regulators } = await world.registry.regulators()
    expect(regulators).toMatchObject([
      {
        ...{ code: 'mt-exa', rating: null, enforcement: null },
        ...{ counts: { firms: 1, licences: 1, registrations: 0, warnings: 0 } },
      },
    ])
    expect(regulators[0]?.register).toMatchObject({
      value: 'https://authority.example/register',
      source: 'https://authority.example/',
      statement: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('has a page for each, with criteria that nobody rated', async () => {
    const regulator = await world.registry.regulator('mt-exa')
    expect(regulator?.licences.map(({ firm }) => firm.caption)).toEqual(['Nordwind Digital Ltd'])
    expect(regulator?.changes.map(({ kind }) => kind)).toEqual(['licence_reduced'])
    expect(regulator?.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
    expect(regulator?.criteria.every(({ points }) => points === null)).toBe(true)
    expect(await world.registry.regulator('xx-none')).toBeUndefined()
  })
})

describe('two firms side by side', () => {
  it('tell which of them covers what', async () => {
    const both = await world.registry.compare('Nordwind', LEI_B)
    expect(both?.firms.map(({ caption }) => caption)).toEqual([
      'Nordwind Digital Ltd',
      'Southwind S.A.',
    ])
    const france = both?.coverage.find(({ country }) => country === 'FR')
    expect(france?.services.map(({ answers }) => answers)).toEqual([
      // The register that governs the place holds both; the row of the first does not name it.
      ['no', 'yes'],
      ['no', 'yes'],
    ])
    expect(await world.registry.compare('Nordwind', 'nobody at all')).toBeUndefined()
  })
})

describe('the feed of changes', () => {
  it.each([
    [{}, ['licence_granted', 'licence_reduced']],
    [{ kind: 'licence_granted' }, ['licence_granted']],
    [{ kind: 'warning' }, []],
    [{ country: 'LU' }, ['licence_granted']],
    [{ firm: NORD }, ['licence_reduced']],
    [{ since: '2026-11-17' }, []],
  ])('%o: %o', async (params, kinds) => {
    const { events } = await world.registry.changes(params)
    expect(events.map(({ kind }) => kind).sort()).toEqual(kinds)
  })

  it('speaks the asked language', async () => {
    const { events } = await world.registry.changes({ kind: 'licence_reduced', lang: 'de' })
    expect(events[0]?.text).toContain('Frankreich')
  })
})
