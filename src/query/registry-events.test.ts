import { describe, expect, it } from 'vitest'
import type { Said } from '../../test/support/memory-ledger.ts'
import {
  firmSaid,
  LEI_A,
  LEI_B,
  licenceRow,
  registryWorld,
  warningSaid,
} from '../../test/support/registry-world.ts'

const NAME = 'Nordwind Digital Ltd'
const key = (lei: string) => `${lei}:nordwind-digital`

/** The events between two versions of the register. */
async function changed(before: readonly Said[], after: readonly Said[], dataset = 'eu_esma_casp') {
  const world = await registryWorld([
    { dataset, day: '2026-01-05', said: before },
    { dataset, day: '2026-01-12', said: after },
  ])
  const { events } = await world.registry.changes({})
  await world.close()
  return events
}

const other = firmSaid('x', 'Somebody Else S.A.', [
  licenceRow({ holder: 'Somebody Else S.A.', lei: LEI_B }),
])
const firm = (value = {}, lei = LEI_A, name = NAME) => [
  ...firmSaid(
    key(lei),
    name,
    [licenceRow({ lei, holder: name, ...value })],
    ['www.nordwind-made-up.com'],
  ),
  ...other,
]

describe('what two versions of a register differ in', () => {
  it('a first version is a baseline and changes nothing', async () => {
    const world = await registryWorld([
      { dataset: 'eu_esma_casp', day: '2026-01-05', said: firm() },
    ])
    expect((await world.registry.changes({})).events).toEqual([])
    await world.close()
  })

  it('tells a licence that came, with the row and both versions', async () => {
    const [event, ...rest] = await changed(other, firm())
    expect(rest).toEqual([])
    expect(event).toMatchObject({
      ...{ kind: 'licence_granted', day: '2026-01-12', effective: '2025-06-01', before: null },
      ...{ version: '2026-01-12', previousVersion: '2026-01-05', firm: { caption: NAME } },
    })
    expect(event?.after?.licence?.holder).toBe(NAME)
    expect(event?.text).toContain(NAME)
  })

  it.each([
    ['a country that went', { countries: ['DE', 'MT'] }, 'licence_reduced', { countries: ['FR'] }],
    ['a service that went', { services: ['a'] }, 'licence_reduced', { services: ['c'] }],
    ['a country that came', { countries: ['DE', 'FR', 'IT', 'MT'] }, 'licence_extended', {}],
  ])('tells %s', async (_what, value, kind, removed) => {
    const events = await changed(firm(), firm(value))
    expect(events.map((event) => event.kind)).toEqual([kind])
    expect(events[0]).toMatchObject({ removed })
    expect([events[0]?.before?.statement, events[0]?.after?.statement]).toEqual(
      events[0]?.statements,
    )
  })

  it('tells an end date as withdrawn, with the day', async () => {
    const events = await changed(firm(), firm({ to: '2026-01-10', status: 'withdrawn' }))
    expect(events).toMatchObject([{ kind: 'licence_withdrawn', effective: '2026-01-10' }])
  })

  it('a row that vanished is missing, under review, and never withdrawn', async () => {
    const events = await changed(firm(), other)
    expect(events.map((event) => event.kind)).toEqual(['licence_missing'])
  })

  it('a row that had ended may leave without a word', async () => {
    expect(await changed(firm({ to: '2026-01-01', status: 'withdrawn' }), other)).toEqual([])
  })

  it('tells a row that came back as returned, not as granted', async () => {
    const world = await registryWorld([
      { dataset: 'eu_esma_casp', day: '2026-01-05', said: firm() },
      { dataset: 'eu_esma_casp', day: '2026-01-12', said: other },
      { dataset: 'eu_esma_casp', day: '2026-01-19', said: firm() },
    ])
    const { events } = await world.registry.changes({})
    expect(events.map((event) => event.kind)).toEqual(['licence_returned', 'licence_missing'])
    await world.close()
  })

  it.each([
    ['a renamed authority', firm({ regulator: 'Authority under a new name' })],
    ['a corrected LEI', firm({}, LEI_B)],
    ['a corrected name', firm({}, LEI_A, 'Nordwind Digital Limited')],
    ['a service cell that could not be read', firm({ services: [] })],
    ['a country cell that was lost', firm({ countries: ['MT'] })],
    ['other words for the same', firm({ regulatorWord: 'notified' })],
  ])('%s is no licence lost or granted', async (_what, after) => {
    expect(await changed(firm(), after)).toEqual([])
    expect(await changed(after, firm())).toEqual([])
  })

  it('a row under a corrected name and LEI is one row by state and day', async () => {
    const moved = [
      ...firmSaid(key(LEI_B), NAME, [licenceRow({ lei: LEI_B })], ['www.nordwind-made-up.com']),
      ...other,
    ]
    expect(await changed(firm(), moved)).toEqual([])
  })

  it('a defect of the cell that has less explains the difference', async () => {
    const quality = { code: 'service_unreadable', field: 'ac_serviceCode', original: '??' }
    const broken = [
      ...firm({ services: ['a'] }),
      { entity: key(LEI_A), prop: 'quality', value: quality },
    ]
    expect(await changed(firm(), broken)).toEqual([])
  })

  it('a registration is told as one', async () => {
    const row = { kind: 'registration', status: 'registered' }
    const events = await changed(other, firm(row))
    expect(events.map((event) => event.kind)).toEqual(['registration_granted'])
  })

  it('a white paper is no event', async () => {
    expect(await changed(other, firm({ kind: 'notification', status: 'registered' }))).toEqual([])
  })

  it('tells a site that moved, and no move within one domain', async () => {
    const at = (site: string) => [...firmSaid(key(LEI_A), NAME, [licenceRow()], [site]), ...other]
    expect(await changed(at('www.nordwind-made-up.com'), at('app.nordwind-made-up.com'))).toEqual(
      [],
    )
    const events = await changed(at('www.nordwind-made-up.com'), at('nordwind-other.com'))
    expect(events.map((event) => event.kind)).toEqual(['domain_moved'])
    expect(events[0]?.before?.websites).toEqual(['www.nordwind-made-up.com'])
    expect(events[0]?.after?.websites).toEqual(['nordwind-other.com'])
  })

  it('tells warnings that came, were lifted and vanished', async () => {
    const list = 'eu_esma_ncasp'
    const base = warningSaid('z', 'Base Case Ltd')
    const warned = [...base, ...warningSaid('w', 'Badwind Ltd')]
    const lifted = [
      ...base,
      ...warningSaid('w', 'Badwind Ltd', { status: 'lifted', to: '2026-01-10' }),
    ]
    expect((await changed(base, warned, list)).map(({ kind }) => kind)).toEqual([
      'warning_published',
    ])
    expect((await changed(warned, lifted, list)).map(({ kind }) => kind)).toEqual([
      'warning_lifted',
    ])
    expect((await changed(warned, base, list)).map(({ kind }) => kind)).toEqual(['warning_missing'])
  })
})
