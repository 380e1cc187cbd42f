import type { RegistryQueries } from '../../src/query/registry-types.ts'
import type { Said } from './memory-ledger.ts'
import {
  firmSaid,
  LEI_A,
  LEI_B,
  licenceRow,
  type RegistryWorld,
  registryWorld,
  warningSaid,
} from './registry-world.ts'

export const NORD = `eu_esma_casp:${LEI_A}`
export const SOUTH = `eu_esma_casp:${LEI_B}`

const page = (url: string) => ({ url, source: 'https://authority.example/' })
const authority: readonly Said[] = [
  { entity: 'mt-exa', prop: 'name', value: 'Example Authority (EXA)' },
  { entity: 'mt-exa', prop: 'alias', value: 'EXA' },
  { entity: 'mt-exa', prop: 'website', value: 'authority.example' },
  {
    entity: 'mt-exa',
    prop: 'regulator',
    value: {
      ...{ code: 'mt-exa', country: 'MT', source: 'https://authority.example/' },
      register: page('https://authority.example/register'),
      warnings: page('https://authority.example/warnings'),
      permissions: [{ kind: 'licence', word: 'provider', source: 'https://authority.example/' }],
    },
  },
]

const nord = (value = {}) => [
  ...firmSaid(LEI_A, 'Nordwind Digital Ltd', [licenceRow(value)], ['www.nordwind-made-up.com']),
  { entity: LEI_A, prop: 'alias', value: 'Nordwind' },
  { entity: LEI_A, prop: 'leiCode', value: LEI_A },
]
const south = [
  ...firmSaid(LEI_B, 'Southwind S.A.', [
    licenceRow({
      holder: 'Southwind S.A.',
      lei: LEI_B,
      country: 'LU',
      regulator: 'Other Authority',
      from: '2026-06-20',
    }),
  ]),
  { entity: LEI_B, prop: 'leiCode', value: LEI_B },
]

/** Two licensed firms, one of them changed between two versions, a warned one and an authority. */
export async function sampleRegistry(): Promise<RegistryQueries> {
  return (await sampleWorld()).registry
}

/** The same with every question answered; `more` is said by the newest version of the register. */
export function sampleWorld(more: readonly Said[] = []): Promise<RegistryWorld> {
  const warned = warningSaid('bad', 'Badwind Brokers', { date: '2026-05-05' })
  return registryWorld([
    { dataset: 'eu_esma_casp', day: '2026-02-09', said: nord() },
    {
      dataset: 'eu_esma_casp',
      day: '2026-11-16',
      said: [...nord({ countries: ['DE', 'MT'] }), ...south, ...more],
    },
    { dataset: 'eu_esma_ncasp', day: '2026-11-16', said: warned },
    { dataset: 'custos_regulators', day: '2026-11-01', said: authority },
  ])
}
