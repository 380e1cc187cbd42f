import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RegistryWorld } from '../../test/support/registry-world.ts'
import { firmSaid, LEI_A, licenceRow, registryWorld } from '../../test/support/registry-world.ts'
import { joinStatement } from '../model/join.ts'
import { exchangeKey } from '../model/key.ts'

const FIRM = `eu_esma_casp:${LEI_A}`
const actor = (entity: string, name: string, categories: readonly string[]) => [
  { entity, prop: 'schema', value: 'Organization' },
  { entity, prop: 'name', value: name },
  { entity, prop: 'actor', value: { categories, defilama_ids: ['nordwind-cex'] } },
]
const wallet = (slug: string, address: string, label: string) => ({
  entity: `ethereum:${address}`,
  prop: 'tag',
  value: { actor: slug, address, currency: 'ETH', label },
})
const address = (n: number) => `0x${String(n).repeat(40)}`

async function worldWith(categories: readonly string[], slug: string, label: string) {
  const join = joinStatement({
    kind: 'sameAs',
    left: 'custos_regulators:nordwind',
    right: FIRM,
    author: 'custos',
    reason: 'domain',
    value: 'nordwind.example',
    score: 1,
  })
  const value = JSON.parse(join.value)
  return registryWorld([
    {
      dataset: 'eu_esma_casp',
      day: '2026-02-09',
      said: firmSaid(LEI_A, 'Nordwind Digital Ltd', [licenceRow()]),
    },
    // The only pack of actors of this small world.
    {
      dataset: 'custos_regulators',
      day: '2026-02-09',
      said: actor('nordwind', 'Nordwind', categories),
    },
    { dataset: 'us_part', day: '2026-02-09', said: [wallet(slug, address(1), label)] },
    {
      dataset: 'custos_joins',
      day: '2026-02-10',
      said: [{ entity: join.entity.slice('custos_joins:'.length), prop: join.prop, value }],
    },
  ])
}

describe('reserve wallets of a firm', () => {
  let world: RegistryWorld
  beforeAll(async () => {
    world = await worldWith(['exchange'], 'Nordwind-CEX', 'Nordwind proof-of-reserve wallet')
  })
  afterAll(() => world.close())

  it('count for the firm whose actor names the exchange of the other list, and are cited', async () => {
    const firm = await world.registry.firm(FIRM)
    const input = firm?.score.inputs.find(({ rule }) => rule === 'technology.reserves')
    expect(input?.statements).toHaveLength(1)
    expect(firm?.score.indexes.technology).toBeGreaterThan(0)
    const [row] = (await world.registry.rankings({ by: 'score' })).rows
    expect([row?.firm.id, row?.score]).toEqual([firm?.id, firm?.score.value])
  })

  it.each([
    ['a wallet that is no reserve', ['exchange'], 'nordwind', 'Nordwind hot wallet'],
    ['another exchange', ['exchange'], 'nordwind-us', 'Nordwind US proof-of-reserve wallet'],
    ['an exchange whose name is only like the id', ['exchange'], 'nord-wind', 'Nord Wind reserve'],
    ['an actor that is no exchange', ['gambling'], 'nordwind', 'Nordwind proof-of-reserve wallet'],
  ] as const)('say nothing from %s', async (_, categories, slug, label) => {
    const other = await worldWith(categories, slug, label)
    const firm = await other.registry.firm(FIRM)
    expect(firm?.members.length).toBe(2)
    expect(firm?.score.indexes.technology).toBeNull()
    await other.close()
  })

  it('meet under one spelling of the exchange', () => {
    expect(['Nordwind-CEX', 'nordwind_cex', ' nordwind'].map(exchangeKey)).toEqual(
      Array(3).fill('nordwind'),
    )
    expect(exchangeKey('cex')).toBe('cex')
  })
})
