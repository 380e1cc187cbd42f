import { AppError } from '../../src/base/error.ts'
import type { RegistryQueries } from '../../src/query/registry-types.ts'

async function refuse(): Promise<never> {
  throw new AppError('registry.no_data', 'This installation offers no registry.', { status: 503 })
}

/** An installation that was asked for something else: every question about firms fails. */
export const noRegistry: RegistryQueries = {
  warm: async () => {},
  serve: refuse,
  firm: refuse,
  compare: refuse,
  licences: refuse,
  regulators: refuse,
  regulator: refuse,
  rankings: refuse,
  changes: refuse,
}
