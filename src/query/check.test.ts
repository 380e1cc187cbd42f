import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryLedger, type Said } from '../../test/support/memory-ledger.ts'
import {
  ADDRESS,
  datasetOf,
  openQueries,
  openWorld,
  WORLD_DATASETS,
  WORLD_LEI,
  type World,
} from '../../test/support/world.ts'
import { fixedClock } from '../base/clock.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const check = (q: string, more: object = {}) => world.queries.check({ q, ...more })
const rules = async (q: string, more: object = {}) =>
  (await check(q, more)).findings.map(({ rule, dataset }) => `${rule} ${dataset}`)

describe('an address', () => {
  it('on a sanctions list is danger, in every spelling of the same bytes', async () => {
    const upper = `0x${ADDRESS.sanctioned.slice(2).toUpperCase()}`
    for (const q of [ADDRESS.sanctioned, upper, `eip155:1:${ADDRESS.sanctioned}`]) {
      const verdict = await check(q)
      expect(verdict.verdict).toBe('danger')
      expect(verdict.findings[0]).toMatchObject({ kind: 'sanction', rule: 'sanction.listed' })
    }
  })

  it('names the listed party behind a wallet, with the date that the list gives', async () => {
    const { findings, entities } = await check(ADDRESS.sanctioned)
    const sdn = findings.find(({ dataset }) => dataset === 'us_ofac_sdn')
    expect(sdn).toMatchObject({ listedAt: '2023-05-01', caption: 'Ivan Petrovich ZLODEEV' })
    expect(entities.map(({ id }) => id)).toEqual(['us_ofac_sdn:1'])
  })

  it('that the newest list lacks is no sanction now, and a tag that repeats it informs', async () => {
    const verdict = await check(ADDRESS.delisted)
    expect(verdict.verdict).toBe('no_adverse_evidence')
    expect(verdict.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'sanction.delisted info',
      'label.sanction_outdated info',
    ])
    expect(verdict.findings[0]).toMatchObject({ state: 'withdrawn', endedAt: '2026-02-01' })
  })

  it('was a sanction on a day on which list versions held it', async () => {
    const verdict = await check(ADDRESS.delisted, { asOf: '2024-01-01' })
    expect(verdict).toMatchObject({ verdict: 'danger', asOf: '2024-01-01T23:59:59.999Z' })
    expect(verdict.findings[0]).toMatchObject({
      ...{ kind: 'sanction', state: 'active', listedAt: null, firstVersion: '2023-01-10' },
    })
  })

  it('keeps a tag of an authority a warning while that authority was not read', async () => {
    const alone = await openWorld({ read: ['graphsense_tags'] })
    const { findings } = await alone.queries.check({ q: ADDRESS.delisted })
    expect(findings[0]).toMatchObject({
      kind: 'label',
      rule: 'label.sanction',
      severity: 'warning',
    })
    await alone.close()
  })

  it('of an exchange is a label, of an attacker a danger, of an unlisted one nothing', async () => {
    expect((await check(ADDRESS.exchange)).findings[0]).toMatchObject({ severity: 'info' })
    expect((await check(ADDRESS.attacker)).verdict).toBe('danger')
    expect((await check(ADDRESS.unlisted)).findings).toEqual([])
  })

  it('is not yet an attacker before the month of the incident', async () => {
    expect((await check(ADDRESS.attacker, { asOf: '2026-04-30' })).findings).toEqual([])
  })

  it('without findings stays unknown while the EU and UK lists were not read', async () => {
    const read = WORLD_DATASETS.map(({ name }) => name).filter(
      (name) => !/^(eu_fsf|gb_)/.test(name),
    )
    const most = await openWorld({ read, has: read })
    const { verdict, coverage, notChecked } = await most.queries.check({ q: ADDRESS.unlisted })
    expect({ verdict, coverage }).toEqual({ verdict: 'unknown', coverage: 'partial' })
    const gap = { state: 'never_fetched', reason: 'no_connector', required: true }
    for (const dataset of ['eu_fsf', 'gb_fcdo_sl']) {
      expect(notChecked).toContainEqual(expect.objectContaining({ dataset, ...gap }))
    }
    await most.close()
  })
})

describe('a host', () => {
  it('below a listed one is covered, one above it never is', async () => {
    expect((await check('deep.below.evil.top')).verdict).toBe('danger')
    expect(await rules('ipfs.io')).toEqual([])
    expect(await rules('ipfs.io/ipfs/badbadbad')).toEqual(['phishing.listed polkadot_phishing'])
  })

  it('that is protected is not blamed for an entry with www in front', async () => {
    const verdict = await check('goodfirm.com')
    expect(verdict.findings.map(({ rule }) => rule)).toContain('host.www_listed')
    expect(verdict.verdict).not.toBe('danger')
  })

  it('that one source allows and another blocks shows both, and the stricter decides', async () => {
    const verdict = await check('mixed.io')
    expect(verdict.verdict).toBe('danger')
    expect(await rules('mixed.io')).toEqual([
      'phishing.listed scamsniffer',
      'host.allow polkadot_phishing',
    ])
  })

  it('that its own source allows is not blocked by that source', async () => {
    const verdict = await check('own.io')
    expect(verdict.findings.map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual([
      'host.allow active',
      'host.block_allowed disputed',
    ])
    expect(verdict.verdict).toBe('no_adverse_evidence')
  })

  it('of the registrable domain of a warned site is warned of, a platform is not', async () => {
    expect((await check('badbrokers.com')).verdict).toBe('warning')
    expect((await check('login.badbrokers.com')).verdict).toBe('warning')
    expect((await check('t.me')).findings).toEqual([])
    expect((await check('t.me/badchannel')).verdict).toBe('warning')
    expect((await check('t.me/otherchannel')).findings).toEqual([])
  })

  it('of a sanctioned party is danger', async () => {
    expect((await check('zlodeev-exchange.example.com')).verdict).toBe('danger')
  })

  it('that looks like a protected one is a warning of its own', async () => {
    const { verdict, findings } = await check('metavvallet.io')
    expect(verdict).toBe('warning')
    expect(findings[0]).toMatchObject({ kind: 'impersonation', dataset: 'metamask_phishing' })
  })
})

describe('a name', () => {
  it.each([
    ['Usama bin Qasim', 'danger'],
    ['Osama bin Kasim', 'danger'],
    ['Qasim, Usama', 'danger'],
    ['Usama Mohammed Awad bin Kassim', 'danger'],
    ['Иван Злодеев', 'danger'],
    ['Ivan Petrovic Zlodeyev', 'danger'],
    ['Garantia Trading', 'warning'],
  ])('%s is found in the spelling that was asked', async (q, expected) => {
    const { verdict, findings } = await check(q)
    expect(verdict).toBe(expected)
    expect(findings[0]).toMatchObject({ kind: 'sanction', rule: 'sanction.name' })
    expect(findings[0]?.match.score).toBeGreaterThanOrEqual(0.85)
  })

  it('of a list with partial prohibitions is a warning that says what is prohibited', async () => {
    const { verdict, findings } = await check('Sectoral Oil Works')
    expect(verdict).toBe('warning')
    expect(findings[0]?.details.prohibits).toMatch(/debt/)
  })

  it('that is only like a listed one is shown and decides nothing', async () => {
    const { verdict, findings, entities } = await check('Qasim Brothers Bakery')
    expect(findings).toEqual([])
    expect(verdict).toBe('unknown')
    expect(entities.every(({ score }) => score < 0.85)).toBe(true)
  })

  it('by which a list knows somebody only weakly is no finding', async () => {
    const { findings, entities } = await check('The Wolf')
    expect(findings).toEqual([])
    expect(entities[0]).toMatchObject({ id: 'us_ofac_sdn:1', score: 0.8 })
  })

  it('always says that ownership by listed persons was not checked', async () => {
    const { notChecked } = await check('Nobody At All Here')
    expect(notChecked).toContainEqual(
      expect.objectContaining({ reason: 'ofac_50_percent_rule', required: false }),
    )
  })
})

describe('a firm', () => {
  it.each([WORLD_LEI, 'Goodfirm', 'goodfirm.com'])(
    'is found by %s, with its licence',
    async (q) => {
      const { licences, firms, summary } = await check(q)
      expect(licences).toEqual([expect.objectContaining({ status: 'authorised', country: 'LU' })])
      expect(firms).toEqual([expect.objectContaining({ id: 'eu_esma_casp:goodfirm' })])
      expect(summary).toBe('Licensed in Luxembourg under MiCA.')
    },
  )

  it('says first that it is licensed, then that sanctions were not checked', async () => {
    const fresh = await openWorld({ read: ['eu_esma_casp'] })
    const { summary, verdict } = await fresh.queries.check({ q: WORLD_LEI })
    expect(summary).toBe('Licensed in Luxembourg under MiCA; sanctions not checked.')
    expect(verdict).toBe('unknown')
    await fresh.close()
  })

  it('with a licence that does not cover what was asked is told so', async () => {
    expect(await rules(WORLD_LEI, { country: 'DE', service: 'a' })).toEqual([
      'licence.authorised eu_esma_casp',
    ])
    expect(await rules(WORLD_LEI, { country: 'US' })).toEqual(['licence.not_covering eu_esma_casp'])
    expect(await rules(WORLD_LEI, { country: 'LU', service: 'j' })).toEqual([
      'licence.not_covering eu_esma_casp',
    ])
  })

  it('that vanished from its register is unverified, never silently gone', async () => {
    const ledger = new MemoryLedger()
    const said = [
      { entity: 'x', prop: 'name', value: 'Vanishing Firm' },
      {
        entity: 'x',
        prop: 'licence',
        value: { holder: 'Vanishing Firm', kind: 'licence', status: 'authorised', country: 'LU' },
      },
    ]
    const other = [{ entity: 'y', prop: 'name', value: 'Staying Firm' }]
    const dataset = 'eu_esma_casp'
    ledger.version({
      dataset,
      at: '2026-11-01T00:00:00Z',
      publishedAt: '2026-11-01T00:00:00Z',
      said,
    })
    ledger.version({
      ...{ dataset, at: '2026-11-10T00:00:00Z', publishedAt: '2026-11-10T00:00:00Z', said: other },
    })
    const small = await openQueries(ledger, { datasets: WORLD_DATASETS })
    const now = await small.queries.check({ q: 'Vanishing Firm' })
    expect(now.findings[0]).toMatchObject({ rule: 'licence.unverified', state: 'withdrawn' })
    expect(now.licences[0]).toMatchObject({ status: 'unverified' })
    const then = await small.queries.check({ q: 'Vanishing Firm', asOf: '2026-11-05' })
    expect(then.findings[0]).toMatchObject({ rule: 'licence.authorised', state: 'active' })
    await small.close()
  })
})

describe('the starter', () => {
  it('speaks, worded as the starter, until the official list was read', async () => {
    const fresh = await openWorld({ read: ['custos_starter'] })
    const { findings, verdict } = await fresh.queries.check({ q: ADDRESS.starter })
    expect(verdict).toBe('danger')
    expect(findings[0]).toMatchObject({
      rule: 'starter.sanction.listed',
      text: 'Custos starter, from a list as of 20 June 2025: listed.',
      sourceUrl: 'https://list.example/',
    })
    await fresh.close()
    expect(await rules(ADDRESS.starter)).toEqual(['starter.superseded custos_starter'])
  })

  it('is not replaced by an official list that is older than the row', async () => {
    const old = await openWorld({
      read: ['custos_starter', 'us_ofac_sdn'],
      publishedAt: { us_ofac_sdn: '2021-07-01T00:00:00Z' },
    })
    expect((await old.queries.check({ q: ADDRESS.starter })).verdict).toBe('danger')
    await old.close()
  })
})

describe('the two times', () => {
  it('are refused when they are no day and no instant with a zone', async () => {
    for (const bad of ['yesterday', '2026-02-30', '2026-11-20T10:00:00', '', '2026']) {
      await expect(check('evil.top', { asOf: bad })).rejects.toMatchObject({
        code: 'query.bad_time',
        status: 400,
      })
      await expect(check('evil.top', { knownAt: bad })).rejects.toMatchObject({
        code: 'query.bad_time',
      })
    }
  })

  it('mean the end of a bare day, UTC', async () => {
    const { asOf } = await check('evil.top', { asOf: '2026-11-21' })
    expect(asOf).toBe('2026-11-21T23:59:59.999Z')
  })

  it('tell what this instance would have said before it was told', async () => {
    const before = await check('evil.top', { knownAt: '2026-11-21T11:59:59Z' })
    expect(before).toMatchObject({ verdict: 'unknown', findings: [], checkpoint: null })
    const after = await check('evil.top', { knownAt: '2026-11-21T23:00:00Z' })
    expect(after.verdict).toBe('danger')
    expect(after.checkpoint).not.toBeNull()
  })

  it('give a source date its right and say what no version of that day tells', async () => {
    const { findings, notChecked } = await check('Usama bin Qasim', { asOf: '2010-06-01' })
    expect(findings[0]).toMatchObject({ kind: 'sanction', state: 'active', listedAt: '2001-01-25' })
    expect(notChecked.find(({ dataset }) => dataset === 'un_sc_sanctions')).toMatchObject({
      state: 'never_fetched',
      reason: 'no_version_that_old',
    })
    expect((await check('Usama bin Qasim', { asOf: '2000-01-01' })).findings).toEqual([])
  })

  it('let a dated history answer for days before its version', async () => {
    const { findings } = await check('evil.top', { asOf: '2025-06-01' })
    expect(findings[0]).toMatchObject({ state: 'active', firstVersion: '2025-03-03' })
    expect((await check('evil.top', { asOf: '2025-03-02' })).findings).toEqual([])
  })

  it('never take a version back by an older one or an incomplete one', async () => {
    const ledger = new MemoryLedger()
    const one = [{ entity: 'a', prop: 'listed', value: { host: 'a-evil.com' } }]
    const two = [{ entity: 'b', prop: 'listed', value: { host: 'b-evil.com' } }]
    const base = { dataset: 'scamsniffer', publishedAt: '2026-11-01T00:00:00Z' }
    ledger.version({ ...base, at: '2026-11-01T01:00:00Z', said: one })
    ledger.version({
      ...{ dataset: 'scamsniffer', publishedAt: '2026-11-10T00:00:00Z', complete: false },
      ...{ at: '2026-11-10T01:00:00Z', said: two },
    })
    const datasets = [datasetOf('scamsniffer', 'phishing', 'publisher')]
    const small = await openQueries(ledger, { datasets, clock: fixedClock('2026-11-11T00:00:00Z') })
    const a = await small.queries.check({ q: 'a-evil.com' })
    const b = await small.queries.check({ q: 'b-evil.com' })
    expect([a.verdict, b.verdict]).toEqual(['danger', 'danger'])
    // The complete version governs; the newer entry names its own.
    expect(a.findings[0]?.listVersion).toBe('2026-11-01')
    expect(b.findings[0]?.listVersion).toBe('2026-11-10')
    expect(
      [...a.checked, ...a.notChecked].find((row) => row.dataset === 'scamsniffer'),
    ).toMatchObject({ version: '2026-11-01', ageSeconds: 10 * 86_400 })
    await small.close()
  })
})

describe('the book of keys', () => {
  it('changes no answer: it only spares look-ups', async () => {
    const plain = await openWorld({ withBook: false })
    for (const q of [...Object.values(ADDRESS), 'evil.top', 'goodfirm.com', 'Goodfirm', 'own.io']) {
      expect(await plain.queries.check({ q })).toEqual(await check(q))
    }
    await plain.close()
  })
})

describe('a view', () => {
  it('is replaced whole, and answers of the old one are not mixed with the new', async () => {
    const moving = await openWorld()
    expect((await moving.queries.check({ q: 'new-evil.com' })).verdict).toBe('no_adverse_evidence')
    moving.ledger.version({
      ...{ dataset: 'scamsniffer', at: '2026-11-22T08:59:00Z' },
      publishedAt: '2026-11-22T00:00:00Z',
      said: [{ entity: 'n', prop: 'listed', value: { host: 'new-evil.com' } }],
    })
    expect((await moving.queries.check({ q: 'new-evil.com' })).verdict).toBe('no_adverse_evidence')
    await moving.refresh()
    expect((await moving.queries.check({ q: 'new-evil.com' })).verdict).toBe('danger')
    // A complete version that lacks an entry ends it.
    expect((await moving.queries.check({ q: 'evil.top' })).findings[0]).toMatchObject({
      ...{ state: 'withdrawn', rule: 'phishing.delisted', endedAt: '2026-11-22' },
    })
    const { changes } = await moving.queries.changes({ since: 0 })
    expect(changes.map(({ op, value }) => `${op} ${value}`)).toContain(
      'assert {"host":"new-evil.com"}',
    )
    expect(changes.filter(({ op }) => op === 'retract').length).toBe(4)
    await moving.close()
  })

  it('knows a site to protect as soon as a list names it, and forgets one that is gone', async () => {
    const moving = await openWorld()
    const rule = async () =>
      (await moving.queries.check({ q: 'brandnewvvallet.io' })).findings[0]?.rule
    const version = async (day: string, said: readonly Said[]) => {
      const publishedAt = `${day}T00:00:00Z`
      moving.ledger.version({
        dataset: 'metamask_phishing',
        at: `${day}T08:00:00Z`,
        publishedAt,
        said,
      })
      await moving.refresh()
    }
    expect(await rule()).toBeUndefined()
    const value = { host: 'brandnewwallet.io', tolerance: 2 }
    await version('2026-11-21', [{ entity: 'protect:b', prop: 'protect', value }])
    expect(await rule()).toBe('lookalike.homoglyph')
    await version('2026-11-22', [{ entity: 'x', prop: 'listed', value: { host: 'x-evil.io' } }])
    expect(await rule()).toBeUndefined()
    await moving.close()
  })
})
