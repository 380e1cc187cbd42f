import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  firmSaid,
  LEI_A,
  LEI_B,
  licenceRow,
  type RegistryWorld,
  registryWorld,
  warningSaid,
} from '../../test/support/registry-world.ts'

const NAME = 'Nordwind Digital Ltd'
let world: RegistryWorld

const one = (entity: string, holder: string, value: Parameters<typeof licenceRow>[0] = {}) =>
  firmSaid(entity, holder, [licenceRow({ holder, lei: null, ...value })])

beforeAll(async () => {
  world = await registryWorld([
    {
      dataset: 'eu_esma_casp',
      day: '2026-06-28',
      said: [
        ...firmSaid(LEI_A, NAME, [licenceRow()], ['www.nordwind-made-up.com']),
        { entity: LEI_A, prop: 'leiCode', value: LEI_A },
        ...one('ended', 'Endwind Ltd', { to: '2026-03-26', status: 'withdrawn' }),
        ...one('later', 'Laterwind Ltd', { from: '2027-03-01' }),
        ...one('paused', 'Pausewind Ltd', { status: 'suspended' }),
        ...one('mute', 'Mutewind Ltd', { services: [] }),
        ...firmSaid('twin', 'Twinwind Ltd', [licenceRow({ holder: 'Twinwind Ltd', lei: LEI_B })]),
      ],
    },
    {
      dataset: 'eu_esma_other',
      day: '2026-06-28',
      said: one('paper', 'Paperwind Ltd', { kind: 'notification', status: 'registered' }),
    },
    {
      dataset: 'ca_msb',
      day: '2026-11-15',
      said: one('msb', 'Maplewind Inc', {
        ...{ kind: 'registration', status: 'registered', country: 'CA', countries: ['CA'] },
      }),
    },
    {
      dataset: 'us_part',
      day: '2026-11-15',
      said: one('ny', 'Harbourwind Inc', {
        ...{ country: 'US', subdivision: 'US-NY', countries: ['US'], services: [] },
      }),
    },
    {
      dataset: 'jp_unproven',
      day: '2026-11-15',
      said: one('jp', 'Kazewind KK', { country: 'JP', countries: ['JP'], status: 'withdrawn' }),
    },
    {
      dataset: 'eu_esma_ncasp',
      day: '2026-06-28',
      said: [
        ...warningSaid('warned', 'Twinwind Ltd'),
        ...warningSaid('bad', 'Badwind Brokers', { kind: 'ban', country: 'IT' }),
      ],
    },
  ])
})
afterAll(() => world.close())

const ask = (firm: string, country: string, service?: string, asOf?: string) =>
  world.registry.serve({ firm, country, service, asOf })

describe('may this firm serve me', () => {
  it.each([
    [NAME, 'DE', 'a', 'yes', 'covered'],
    [NAME, 'DE', undefined, 'yes', 'covered'],
    [NAME, 'MT', 'c', 'yes', 'covered'],
    [NAME, 'DE', 'b', 'no', 'service_not_covered'],
    [NAME, 'IT', 'a', 'no', 'country_not_covered'],
    [LEI_A, 'FR', 'a', 'yes', 'covered'],
    ['www.nordwind-made-up.com', 'FR', 'a', 'yes', 'covered'],
    [`eu_esma_casp:${LEI_A}`, 'FR', 'a', 'yes', 'covered'],
    [NAME, 'US', 'a', 'no_evidence', 'not_in_register'],
    [NAME, 'BR', 'a', 'no_evidence', 'no_register'],
    ['Endwind Ltd', 'DE', 'a', 'no', 'ended'],
    ['Laterwind Ltd', 'DE', 'a', 'no', 'not_yet'],
    ['Pausewind Ltd', 'DE', 'a', 'no', 'suspended'],
    ['Mutewind Ltd', 'DE', 'a', 'no_evidence', 'service_not_stated'],
    ['Mutewind Ltd', 'DE', undefined, 'yes', 'covered'],
    ['Paperwind Ltd', 'DE', 'a', 'no_evidence', 'notification_only'],
    ['Maplewind Inc', 'CA', undefined, 'no', 'registration_only'],
    ['Harbourwind Inc', 'US', undefined, 'no', 'subdivision_only'],
    ['Harbourwind Inc', 'US-NY', undefined, 'yes', 'covered'],
    ['Harbourwind Inc', 'US-CA', undefined, 'no', 'subdivision_only'],
    ['Kazewind KK', 'JP', undefined, 'no_evidence', 'register_unproven'],
    ['Badwind Brokers', 'IT', undefined, 'no', 'banned'],
    ['Badwind Brokers', 'DE', undefined, 'no_evidence', 'not_in_register'],
    ['Nobody at all', 'DE', undefined, 'no_evidence', 'firm_unknown'],
  ])('%s in %s for %s: %s (%s)', async (firm, country, service, answer, code) => {
    const served = await ask(firm, country, service)
    expect([served.answer, served.reasonCode]).toEqual([answer, code])
    expect(served.reason).not.toContain('serve.reason')
  })

  it('the days of the row decide on other days', async () => {
    expect((await ask('Endwind Ltd', 'DE', 'a', '2026-03-26')).answer).toBe('yes')
    expect((await ask('Endwind Ltd', 'DE', 'a', '2026-03-27')).answer).toBe('no')
    expect((await ask('Laterwind Ltd', 'DE', 'a', '2027-03-01')).answer).toBe('yes')
    expect((await ask(NAME, 'DE', 'a', '2025-05-31')).answer).not.toBe('yes')
  })

  it('age never changes the answer; it is stated', async () => {
    const served = await ask(NAME, 'DE', 'a')
    expect(served).toMatchObject({ answer: 'yes', state: 'stale', registerVersion: '2026-06-28' })
    expect(served.notes.map(({ code }) => code)).toContain('stale')
  })

  it('always says what it is not, and what applies', async () => {
    const codes = async (...asked: Parameters<typeof ask>) =>
      (await ask(...asked)).notes.map(({ code }) => code)
    expect(await codes(NAME, 'DE', 'a')).toEqual(['not_advice', 'own_initiative', 'stale'])
    expect(await codes(NAME, 'DE', 'a', '2026-06-30')).toContain('transition')
    expect(await codes('Maplewind Inc', 'CA')).toEqual(['not_advice', 'registration'])
    expect(await codes('Nobody at all', 'BR')).toEqual(['not_advice'])
    expect(await codes('Harbourwind Inc', 'US')).toContain('subdivision')
  })

  it('gives every firm of one name, each with its own answer', async () => {
    const served = await ask('Twinwind Ltd', 'FR', 'a')
    expect(served.firms.map(({ answer }) => answer).sort()).toEqual(['no', 'yes'])
    expect(new Set(served.firms.map(({ id }) => id)).size).toBe(2)
  })

  it('refuses what is no country and no service', async () => {
    await expect(ask(NAME, 'Germany')).rejects.toMatchObject({ code: 'serve.bad_country' })
    await expect(ask(NAME, 'DE', 'k')).rejects.toMatchObject({ code: 'serve.bad_service' })
    await expect(ask(' ', 'DE')).rejects.toMatchObject({ code: 'query.empty' })
  })

  it('reads EL as Greece', async () => {
    expect((await ask(NAME, 'EL', 'a')).country).toBe('GR')
  })
})

describe('a firm that is licensed in one country and warned about in another', () => {
  it('is shown with both, and the stricter decides there', async () => {
    const said = [
      ...firmSaid('both', 'Bothwind Ltd', [licenceRow({ countries: ['DE', 'MT'] })]),
      ...warningSaid('both', 'Bothwind Ltd', { country: 'FR' }).slice(1),
    ]
    const small = await registryWorld([{ dataset: 'eu_esma_casp', day: '2026-06-28', said }])
    const { registry } = small
    expect(await registry.serve({ firm: 'Bothwind Ltd', country: 'DE' })).toMatchObject({
      answer: 'yes',
    })
    const there = await registry.serve({ firm: 'Bothwind Ltd', country: 'FR' })
    expect(there).toMatchObject({ answer: 'no', reasonCode: 'warned' })
    expect(there.licences.map(({ kind }) => kind)).toEqual(['warning', 'licence'])
    const firm = await registry.firm('eu_esma_casp:both')
    expect(firm?.label.label).toBe('warned')
    expect(firm?.label.also.map(({ label }) => label)).toEqual(['over_operation', 'regulated'])
    expect(firm?.notes.map(({ code }) => code)).toContain('sources_disagree')
    const check = await small.queries.check({ q: 'Bothwind Ltd' })
    expect(check.label?.label).toBe('warned')
    expect(check.licences.map(({ kind }) => kind).sort()).toEqual(['licence', 'warning'])
    await small.close()
  })
})
