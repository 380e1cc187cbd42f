import type { Clock } from '../base/clock.ts'
import type { ChainReader } from '../chain/read.ts'
import type { ChainBlock, ChainId } from '../chain/types.ts'
import type { ChainOverview } from './chain-types.ts'
import type { MessagePort } from './render.ts'
import type { SessionKeeper } from './session-keeper.ts'
import type { Queries } from './types.ts'

/** What the follower of a chain says of itself. */
export interface FollowState {
  readonly state: Exclude<ChainOverview['state'], 'stored'>
  readonly backfill: ChainOverview['backfill']
}

/** What a node was asked about a token: what it did not answer is null. */
export interface NodeToken {
  readonly name: string | null
  readonly symbol: string | null
  readonly decimals: number | null
  readonly supply: bigint | null
  /** Lower-case hex of the code; `0x` for an address without any. */
  readonly code: string
  readonly proxy: { readonly kind: string; readonly implementation: string } | null
  /** Code of the implementation; null where there is no proxy. */
  readonly implementationCode: string | null
  readonly owner: string | null
}

export interface NodeAccount {
  readonly balance: bigint
  readonly isContract: boolean
  readonly transactions: number
  readonly block: number
}

/** A node of one chain, asked on demand, with limits and timeouts of its own. Answers are checked. */
export interface ChainNode {
  /** By number or hash; undefined where the node has none. */
  block(ref: number | string): Promise<ChainBlock | undefined>
  /** The block of a transaction; undefined where the node has none, or it waits to be mined. */
  blockOf(tx: string): Promise<ChainBlock | undefined>
  account(address: string): Promise<NodeAccount>
  token(address: string): Promise<NodeToken>
  /** Newest final block, by the rule of the chain. */
  finalized(): Promise<number>
}

export interface ChainQueryPorts {
  /** Undefined while the data folder has no chain rows. */
  readonly reader: () => ChainReader | undefined
  readonly check: Queries['check']
  readonly keeper: SessionKeeper
  readonly clock: Clock
  readonly message: MessagePort
  /** Undefined where no endpoint is configured, or nothing may be contacted. */
  readonly node: (chain: ChainId) => ChainNode | undefined
  readonly following: () => ReadonlyMap<ChainId, FollowState>
  /** Calls back when alerts may have changed; gives what ends that. Absent: it is looked for. */
  readonly onAlerts?: ((listener: () => void) => () => void) | undefined
}
