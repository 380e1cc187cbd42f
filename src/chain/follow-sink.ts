import type { BlockSink } from './follow.ts'
import { BLOCKS, type RuleRef } from './read.ts'
import type { Applied, ChainStore } from './store.ts'
import type { AlertRow, BlockRef, ChainBlock, ChainId } from './types.ts'

export interface Judge {
  readonly rules: readonly RuleRef[]
  /** Pure: the same block and the same lists give the same alerts. */
  alertsOf(blocks: readonly ChainBlock[]): readonly AlertRow[] | Promise<readonly AlertRow[]>
}

/** Judges nothing: blocks are stored, and the coverage names no rule. */
export const NO_RULES: Judge = { rules: [], alertsOf: () => [] }

/** Judges blocks and commits them with their alerts and coverage in one change of the store. */
export function storeSink(
  store: ChainStore,
  judge: Judge = NO_RULES,
  onApplied: (applied: Applied) => void = () => {},
): BlockSink {
  const commitOf = async (chain: ChainId, blocks: readonly ChainBlock[]) => ({
    chain,
    blocks,
    alerts: await judge.alertsOf(blocks),
    rules: judge.rules,
  })
  /** What lacks receipts may be completed later, by an endpoint that serves them. */
  const queuePoor = async (chain: ChainId, blocks: readonly ChainBlock[]) => {
    const poor = blocks.filter(({ coverage }) => !coverage.receipts)
    if (poor.length === 0) return
    const numbers = poor.map(({ number }) => number)
    await store.queueReread(chain, numbers, 'receipts')
  }
  return {
    async apply(update) {
      const { chain, blocks } = update
      const alerts = await judge.alertsOf(blocks)
      onApplied(await store.apply({ update, alerts, rules: judge.rules }))
      await queuePoor(chain, blocks)
    },
    async fill(chain, blocks) {
      onApplied(await store.fill(await commitOf(chain, blocks)))
      await queuePoor(chain, blocks)
    },
    async restate(chain, blocks) {
      onApplied(await store.restate(await commitOf(chain, blocks)))
    },
    async rereads(chain, limit) {
      const refs: BlockRef[] = []
      for (const { number } of await store.rereads(chain, limit)) {
        const block = await store.block(chain, number)
        if (block !== undefined) refs.push({ number, hash: block.hash })
      }
      return refs
    },
    hot: (chain) => store.hot(chain),
    gaps: (chain, range) => store.gaps(chain, BLOCKS, range),
    halt: (chain, halt) => store.halt(chain, halt),
    halted: async (chain) => (await store.state(chain))?.halted ?? null,
  }
}
