import { existsSync } from 'node:fs'
import { AppError } from './base/error.ts'
import { stderrLog } from './base/log.ts'
import type { FollowProgress } from './chain/follow.ts'
import { onDemandNode } from './chain/node.ts'
import { chainPath } from './chain/store/sqlite.ts'
import { SqliteChainReader } from './chain/store/sqlite-reader.ts'
import type { ChainId } from './chain/types.ts'
import type { Config } from './cli/config.ts'
import type { ChainNode } from './query/chain-ports.ts'

type Node = ReturnType<typeof onDemandNode>

/** What the serving thread holds of chains: the reading connection, nodes, and who follows what. */
export class ChainServing {
  readonly following = new Map<ChainId, FollowProgress>()
  readonly #config: Config
  readonly #nodes = new Map<ChainId, Node | undefined>()
  readonly #listeners = new Set<() => void>()
  #reader: SqliteChainReader | undefined

  constructor(config: Config) {
    this.#config = config
  }

  /** Opened when there is something to open: the first block of any chain makes the file. */
  readonly reader = (): SqliteChainReader | undefined => {
    const path = chainPath(this.#config.data)
    if (this.#reader !== undefined || !existsSync(path)) return this.#reader
    try {
      this.#reader = new SqliteChainReader(path)
    } catch (error) {
      // The file is being made in this moment.
      if (!(error instanceof AppError) || error.code !== 'chain.store_missing') throw error
    }
    return this.#reader
  }

  readonly node = (chain: ChainId): ChainNode | undefined => {
    if (this.#config.offline) return undefined
    if (!this.#nodes.has(chain)) {
      const urls = this.#config.chains[chain]?.rpc ?? []
      const isAsked = urls.length > 0 && chain.startsWith('eip155:')
      const log = stderrLog(this.#config.log)
      this.#nodes.set(chain, isAsked ? onDemandNode({ chain, urls, log }) : undefined)
    }
    return this.#nodes.get(chain)
  }

  readonly onAlerts = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  alertsChanged(): void {
    for (const listener of this.#listeners) listener()
  }

  async close(): Promise<void> {
    for (const node of this.#nodes.values()) await node?.close()
    await this.#reader?.close()
  }
}
