import type { WatchRequest, WatchResult } from './alert/watch-types.ts'
import { AppError } from './base/error.ts'
import type { BlockSource } from './chain/follow.ts'
import type { ChainStore } from './chain/store.ts'
import type { AlertRow, ChainBlock } from './chain/types.ts'
import type { ChainLists } from './chain-lists.ts'
import { storedBlock } from './ingest/chain-past.ts'
import { judgeBlock, NO_PAST } from './score/chain/ruleset.ts'
import type { ChainRule } from './score/chain/types.ts'
import { ChainWindow, summarise } from './score/chain/window.ts'

export interface DryRunPorts {
  readonly store: ChainStore
  /** Absent: blocks come from the store. */
  readonly source: BlockSource | undefined
  readonly rules: readonly ChainRule[]
  readonly lists: Pick<ChainLists, 'shelf' | 'asset'>
}

export interface DryRunParams extends Pick<WatchRequest, 'chain' | 'from' | 'to'> {
  readonly signal: AbortSignal
  readonly onAlerts: (alerts: readonly AlertRow[]) => void
}

/**
 * What an operator's rules would say of a range, block by block; nothing is stored. Without a range
 * the newest block is taken, with one end of it that block alone.
 */
export async function dryRun(ports: DryRunPorts, params: DryRunParams): Promise<WatchResult> {
  const { rules, lists } = ports
  const window = new ChainWindow()
  let blocks = 0
  let alerts = 0
  for await (const block of blocksOf(ports, params)) {
    const parties = lists.shelf.current()
    const { chain } = block
    const asset = (token: string | null) => lists.asset(chain, token)
    const found = judgeBlock(rules, { chain, block, parties, asset, window, past: NO_PAST })
    window.push(summarise(block, parties))
    blocks += 1
    alerts += found.length
    if (found.length > 0) {
      params.onAlerts(found.map(({ causes: _, ...draft }) => ({ ...draft, statements: [] })))
    }
    if (params.signal.aborted) break
  }
  return { blocks, alerts }
}

async function* blocksOf(ports: DryRunPorts, params: DryRunParams): AsyncGenerator<ChainBlock> {
  const { source, store } = ports
  const { chain, signal } = params
  if (source === undefined) {
    const head = (await store.state(chain))?.head?.number
    const [newest] = head === undefined ? await store.blocks(chain, { limit: 1 }) : []
    const { from, to } = rangeOf(params, head ?? newest?.number)
    for (let number = from; number <= to; number++) {
      const block = await storedBlock(store, { chain, number })
      if (block !== undefined) yield block
    }
    return
  }
  const { best } = await source.heads(signal)
  const { from, to } = rangeOf(params, best.number)
  const found = (await source.opinions(to, signal)).find(({ hash }) => hash !== null)
  if (found?.hash == null) throw noBlocks()
  for await (const batch of source.range(from, { number: to, hash: found.hash }, signal)) {
    yield* batch
  }
}

function rangeOf({ from, to }: DryRunParams, newest: number | undefined) {
  const last = to ?? from ?? newest
  if (last === undefined) throw noBlocks()
  return { from: from ?? last, to: last }
}

function noBlocks(): AppError {
  return new AppError('chain.no_blocks', 'There is no such block to look at.', { status: 404 })
}
