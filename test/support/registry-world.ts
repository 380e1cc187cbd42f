import { type Clock, fixedClock } from '../../src/base/clock.ts'
import type { Json } from '../../src/base/encode.ts'
import { hasKey, message } from '../../src/i18n/catalogue.ts'
import { applyEvents } from '../../src/index/indexer.ts'
import { openSqliteIndex } from '../../src/index/store/sqlite.ts'
import { buildView, ViewHolder } from '../../src/index/view.ts'
import type { Dataset } from '../../src/model/dataset.ts'
import { createQueries } from '../../src/query/queries.ts'
import { createRegistryQueries } from '../../src/query/registry.ts'
import type { RegistryQueries } from '../../src/query/registry-types.ts'
import { SessionKeeper } from '../../src/query/session-keeper.ts'
import type { Queries } from '../../src/query/types.ts'
import { MemoryLedger, type MemoryVersion, type Said } from './memory-ledger.ts'
import { datasetOf, WORLD_NOW } from './world.ts'

/** LEIs that pass ISO 7064 and belong to nobody. */
export const LEI_A = '529900T8BM49AURSDO55'
export const LEI_B = '5493001KJTIIGC8Y1R12'

/** A row of the small register: every member may be given another value. */
export function licenceRow(value: Readonly<Record<string, Json>> = {}): Said['value'] {
  return {
    ...{ regulator: 'Example Authority (EXA)', country: 'MT', kind: 'licence', number: null },
    ...{ holder: 'Nordwind Digital Ltd', lei: LEI_A, status: 'authorised' },
    ...{ regulatorWord: 'authorised', services: ['a', 'c'], countries: ['DE', 'FR', 'MT'] },
    ...{ from: '2025-06-01', to: null },
    ...value,
  }
}

/** A firm of the register with its name, sites and rows. */
export function firmSaid(
  entity: string,
  name: string,
  rows: readonly Said['value'][],
  sites: readonly string[] = [],
): Said[] {
  return [
    { entity, prop: 'schema', value: 'Company' },
    { entity, prop: 'name', value: name },
    ...sites.map((value) => ({ entity, prop: 'website', value })),
    ...rows.map((value) => ({ entity, prop: 'licence', value })),
  ]
}

export function warningSaid(
  entity: string,
  name: string,
  value: Readonly<Record<string, Json>> = {},
): Said[] {
  return [
    { entity, prop: 'name', value: name },
    {
      entity,
      prop: 'warning',
      value: {
        ...{ regulator: 'Second Authority', country: 'FR', kind: 'warning' },
        ...{ status: 'in_force', date: '2026-03-01', ...value },
      },
    },
  ]
}

export const REGISTRY_DATASETS: readonly Dataset[] = [
  datasetOf('eu_esma_casp', 'register', 'issuer', 'EU'),
  datasetOf('eu_esma_other', 'register', 'issuer', 'EU'),
  datasetOf('eu_esma_ncasp', 'warnings', 'issuer', 'EU'),
  datasetOf('ca_msb', 'register', 'issuer', 'CA'),
  datasetOf('us_part', 'register', 'issuer', 'US'),
  { ...datasetOf('jp_unproven', 'register', 'issuer', 'JP'), proven: false },
  datasetOf('custos_regulators', 'actors', 'transcription'),
  datasetOf('custos_joins', 'actors', 'transcription'),
]

export interface RegistryWorld {
  readonly registry: RegistryQueries
  readonly queries: Queries
  close(): Promise<void>
}

/** List versions in the order in which they were read, as an installation that answers. */
export async function registryWorld(
  versions: readonly (Pick<MemoryVersion, 'dataset' | 'said'> & {
    readonly day: string
    readonly complete?: boolean
  })[],
  clock: Clock = fixedClock(WORLD_NOW),
): Promise<RegistryWorld> {
  const ledger = new MemoryLedger()
  for (const [i, { day, ...version }] of versions.entries()) {
    const at = new Date(Date.parse('2026-11-01T00:00:00Z') + i * 60_000).toISOString()
    ledger.version({ ...version, at, publishedAt: `${day}T00:00:00Z` })
  }
  const index = openSqliteIndex(':memory:')
  await applyEvents(ledger, index)
  const datasets = new Map(REGISTRY_DATASETS.map((dataset) => [dataset.name, dataset]))
  const view = new ViewHolder(await buildView({ ledger, index, datasets }))
  const ports = {
    ...{ ledger, index, view, datasets, clock },
    message: (lang: string, key: string, params: Readonly<Record<string, string | number>>) =>
      hasKey(key) ? message(lang, key, params) : key,
  }
  const shared = { ...ports, keeper: new SessionKeeper(ports) }
  return {
    registry: createRegistryQueries(shared),
    queries: createQueries({ ...shared, readRow: async () => undefined, version: '0' }),
    close: () => index.close(),
  }
}
