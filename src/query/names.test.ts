import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import { openQueries, WORLD_DATASETS, type World } from '../../test/support/world.ts'

/** Invented firms and people, some of one name, in lists of every kind. */
const firm = (entity: string, name: string, country: string, more: readonly Said[] = []) => [
  { entity, prop: 'schema', value: 'Company' },
  { entity, prop: 'name', value: name },
  { entity, prop: 'country', value: country },
  {
    entity,
    prop: 'licence',
    value: {
      ...{ regulator: 'X', country, kind: 'licence', number: null, holder: name, lei: null },
      ...{ status: 'authorised', regulatorWord: 'authorised', services: ['a'], countries: [] },
      ...{ from: '2025-01-01', to: null },
    },
  },
  ...more,
]
const listed = (entity: string, schema: string, names: readonly string[]): Said[] => [
  { entity, prop: 'schema', value: schema },
  ...names.map((value, at) => ({ entity, prop: at === 0 ? 'name' : 'alias', value })),
  { entity, prop: 'listing', value: { list: 'SDN', program: ['X'] } },
]

const WALLET = `0x${'ab12'.repeat(10)}`
const SAID: Readonly<Record<string, readonly Said[]>> = {
  eu_esma_casp: [
    ...firm('kestrel', 'Kestrelbase Europe S.A.', 'LU', [
      { entity: 'kestrel', prop: 'alias', value: 'Kestrelbase' },
      { entity: 'kestrel', prop: 'website', value: 'kestrelbase.example' },
    ]),
    ...firm('marlin', 'Marlinquay S.A.', 'LU'),
    ...firm('harbour', 'Harbourlight Markets GmbH', 'DE'),
    ...firm('harbourfr', 'Harbourlight Markets SAS', 'FR'),
  ],
  us_ofac_sdn: [
    ...listed('1', 'LegalEntity', ['Kestrelbaze Trading']),
    ...listed('2', 'Person', ['Zorvan Qelqandar', 'Зорван Келькандар']),
    ...listed('3', 'Company', ['Harbourlight Markets']),
    { entity: '2', prop: 'birthDate', value: '1970-05-01' },
    { entity: '2', prop: 'nationality', value: 'RU' },
    ...listed('4', 'Company', ['Marlinquay Holding Group']),
    { entity: '2', prop: 'wallet', value: { address: WALLET, currency: 'ETH' } },
  ],
  scamsniffer: [
    {
      entity: 'kestrelbase-login.example',
      prop: 'listed',
      value: { host: 'kestrelbase-login.example' },
    },
  ],
}

let world: World
beforeAll(async () => {
  const ledger = new MemoryLedger()
  let minute = 0
  for (const [dataset, said] of Object.entries(SAID)) {
    const at = `2026-11-21T12:0${minute++}:00Z`
    ledger.version({ dataset, at, publishedAt: '2026-11-20T00:00:00Z', said })
  }
  world = await openQueries(ledger, { datasets: WORLD_DATASETS })
})
afterAll(() => world.close())

describe('a search over lists of every kind', () => {
  const ids = async (params: Parameters<World['queries']['search']>[0]) =>
    (await world.queries.search(params)).results.map(({ id }) => id)

  it('shows a licensed firm before a sanctioned party whose name is only like it', async () => {
    const { results } = await world.queries.search({ q: 'Kestrelbase' })
    expect(results[0]).toMatchObject({ id: 'eu_esma_casp:kestrel', topics: ['fin'] })
    expect(results.map(({ id }) => id)).toContain('us_ofac_sdn:1')
  })

  it('counts for each facet what the other filters leave, and filters by every facet', async () => {
    const q = 'Harbourlight Markets'
    const { facets } = await world.queries.search({ q })
    expect(facets.topic).toEqual([
      { value: 'fin', count: 2 },
      { value: 'sanction', count: 1 },
    ])
    expect(facets.dataset).toContainEqual({
      ...{ value: 'eu_esma_casp', count: 2, title: 'Title of eu_esma_casp' },
    })
    const german = await world.queries.search({ q, country: 'de' })
    expect(german.results.map(({ id }) => id)).toEqual(['eu_esma_casp:harbour'])
    // The country that was chosen keeps its alternatives; the others count what is left.
    expect(german.facets.country.map(({ value }) => value)).toEqual(['DE', 'FR'])
    expect(german.facets.topic).toEqual([{ value: 'fin', count: 1 }])
    expect(await ids({ q, topic: 'sanction' })).toEqual(['us_ofac_sdn:3'])
    expect(await ids({ q, topic: 'fin', country: 'FR' })).toEqual(['eu_esma_casp:harbourfr'])
    expect(await ids({ q, dataset: 'us_ofac_sdn' })).toEqual(['us_ofac_sdn:3'])
    expect(await ids({ q, schema: 'Vessel' })).toEqual([])
  })

  it('says for each result by which feature it stands where it does', async () => {
    const { results } = await world.queries.search({ q: 'Zorvan Kelkandar' })
    const [best] = results
    expect(best?.id).toBe('us_ofac_sdn:2')
    const [why] = Object.values(best?.explanations ?? {})
    expect(why).toMatchObject({ weight: 1, code: expect.any(String) })
    expect(why?.params?.askedOnly).toEqual([])
  })
})

describe('a search with a birth date', () => {
  it('puts a namesake of another year lower, with the reason, and never hides him', async () => {
    const q = 'Zorvan Qelqandar'
    const { results } = await world.queries.search({ q, birthDate: '1991', nationality: 'FR' })
    expect(results[0]).toMatchObject({ id: 'us_ofac_sdn:2', score: 0.7 })
    expect(Object.keys(results[0]?.explanations ?? {})).toEqual(['name', 'country', 'birthYear'])
    const same = await world.queries.search({ q, birthDate: '1970-05', nationality: 'ru' })
    expect(same.results[0]).toMatchObject({ score: 1 })
  })
})

describe('a check of a name', () => {
  it('of a licensed firm is not decided by a sanctioned party whose name is only like it', async () => {
    const { verdict, findings } = await world.queries.check({ q: 'Kestrelbase' })
    expect(verdict).toBe('unknown')
    expect(findings[0]).toMatchObject({ severity: 'positive', entity: 'eu_esma_casp:kestrel' })
    // What is only like it is still told.
    for (const { kind, severity } of findings)
      if (kind === 'sanction') expect(severity).toBe('info')
  })

  it('is danger where a list holds that very name, whatever firm has it too', async () => {
    const { verdict, findings } = await world.queries.check({ q: 'Harbourlight Markets' })
    expect(verdict).toBe('danger')
    expect(findings[0]).toMatchObject({ kind: 'sanction', entity: 'us_ofac_sdn:3' })
  })

  it('is decided by a listed party whose longer name holds every asked word', async () => {
    const { findings } = await world.queries.check({ q: 'Marlinquay' })
    const longer = findings.find(({ entity }) => entity === 'us_ofac_sdn:4')
    expect(longer).toMatchObject({ kind: 'sanction', severity: 'warning' })
  })

  it('of a namesake of another birth year tells him as information, with the reason', async () => {
    const q = 'Zorvan Qelqandar'
    const plain = await world.queries.check({ q })
    expect(plain).toMatchObject({ verdict: 'danger', entities: [{ score: 1 }] })
    const other = await world.queries.check({ q, birthDate: '1991' })
    const [finding] = other.findings
    expect(finding).toMatchObject({ entity: 'us_ofac_sdn:2', severity: 'info' })
    expect(finding?.match.score).toBeLessThan(0.85)
    expect(finding?.match.qualifiers).toEqual({
      birthYear: { score: 1, weight: -0.15, detail: '1991 ≠ 1970' },
    })
    expect(other.entities[0]?.match?.qualifiers).toHaveProperty('birthYear')
    expect(other.verdict).toBe('unknown')
    expect((await world.queries.check({ q, birthDate: '1970-01-05' })).verdict).toBe('danger')
  })

  it('takes nationality and kind for less than the name, and an identifier for more', async () => {
    const q = 'Zorvan Qelqandar'
    const { findings } = await world.queries.check({ q, nationality: 'FR', schema: 'person' })
    expect(findings[0]).toMatchObject({ severity: 'info', match: { score: 0.8 } })
    const firm = await world.queries.check({ q, schema: 'Company' })
    expect(firm.findings[0]?.match.qualifiers).toHaveProperty('schema')
    const wallet = await world.queries.check({ q: WALLET, birthDate: '1991' })
    expect(wallet.verdict).toBe('danger')
    const batch = await world.queries.checkBatch({ queries: [{ q, birthDate: '1991' }, { q }] })
    expect(batch.results.map(({ verdict }) => verdict)).toEqual([
      expect.not.stringMatching('danger'),
      'danger',
    ])
  })

  it('tells how the name matched, word by word', async () => {
    const { findings } = await world.queries.check({ q: 'Qelqandar Zorvan' })
    const sanction = findings.find(({ kind }) => kind === 'sanction')
    expect(sanction?.match).toMatchObject({ method: 'name', likeness: { code: 'other_order' } })
  })
})

describe('completions', () => {
  const lines = async (q: string) =>
    (await world.queries.suggest(q)).map(({ completion }) => completion)

  it('are names that begin so, the well known before the listed', async () => {
    expect((await lines('kestrelba')).slice(0, 2)).toEqual(['Kestrelbase', 'Kestrelbaze Trading'])
    expect((await lines('harb')).slice(0, 2).every((line) => line.includes('Harbourlight'))).toBe(
      true,
    )
  })

  it('reach a word inside a name, another script, and what is misspelt', async () => {
    expect(await lines('qelq')).toContain('Zorvan Qelqandar')
    expect(await lines('Зорв')).toContain('Зорван Келькандар')
    expect(await lines('Harborlight Markets')).toContain('Harbourlight Markets')
  })

  it('are identifiers only where they are known and begin so', async () => {
    expect(await lines('kestrelbase-l')).toContain('kestrelbase-login.example')
    expect(await lines('https://kestrelbase-l')).toContain('kestrelbase-login.example')
    expect(await lines(WALLET.slice(0, 10))).toEqual([WALLET])
    expect(await lines(WALLET.slice(0, 10).toUpperCase().replace('0X', '0x'))).toEqual([WALLET])
    expect(await lines('0xffffff')).toEqual([])
    // A few letters of an address would list the index.
    expect(await lines('0xa')).toEqual([])
  })

  it('are at most eight, nothing for nothing, and never an error', async () => {
    expect(await lines('')).toEqual([])
    expect(await lines('x'.repeat(5_000))).toEqual([])
    for (const q of [
      '  ',
      '%',
      'h:',
      '\u200f\u200f',
      '🙂🙂',
      'a b',
      '\ud800x',
      'é'.repeat(2_048),
    ]) {
      expect((await lines(q)).length).toBeLessThanOrEqual(8)
    }
  })
})
