import type { AlertStream } from '../../src/query/chain.ts'
import type { ChainQueries } from '../../src/query/chain-types.ts'

/** An installation that holds no chain. */
export const noChain: ChainQueries & AlertStream = {
  chains: async () => [],
  chain: async () => undefined,
  explorers: async () => [],
  blocks: async () => [],
  block: async () => undefined,
  transaction: async () => undefined,
  address: async () => undefined,
  transfers: async () => undefined,
  counterparties: async () => undefined,
  token: async () => undefined,
  alerts: async () => ({ alerts: [], head: 0, nextBefore: null, asOf: '2026-03-01T00:00:00Z' }),
  alert: async () => undefined,
  waitForAlert: async () => {},
  changes: async () => [],
  head: async () => 0,
}
