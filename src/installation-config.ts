import { AppError } from './base/error.ts'
import type { Config } from './cli/config.ts'
import type { Dataset } from './model/dataset.ts'

/** Settings that are named and not built: an answer from another store than asked would mislead. */
export function refuseReserved(config: Config): void {
  const key =
    config.databaseUrl !== null ? 'databaseUrl' : config.chainUrl !== null ? 'chainUrl' : ''
  if (key === '') return
  throw new AppError('not_built', `The setting ${key} is reserved and not built yet.`, {
    status: 501,
    params: { key },
  })
}

/** The operator's choice over the sources' own default. */
export function enabledBy(
  config: Config,
  datasets: ReadonlyMap<string, Dataset>,
): Map<string, Dataset> {
  for (const name of [...config.enable, ...config.disable]) {
    if (datasets.has(name)) continue
    throw new AppError('config.invalid', `There is no dataset "${name}".`, { params: { name } })
  }
  return new Map(
    [...datasets].map(([name, dataset]) => {
      const enabled =
        (dataset.enabled || config.enable.includes(name)) && !config.disable.includes(name)
      return [name, { ...dataset, enabled }]
    }),
  )
}
