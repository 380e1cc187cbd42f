import type { ImportRow } from './alert/watch-types.ts'
import { AppError, asAppError } from './base/error.ts'
import { readRecorded } from './chain/recorded.ts'
import type { ChainStore } from './chain/store.ts'
import type { ChainBlock, ChainId } from './chain/types.ts'
import type { ChainSink } from './ingest/chain-sink.ts'

/** Blocks and transactions that one change of the store writes. */
const BATCH_BLOCKS = 100
const BATCH_TXS = 20_000
const PARTS = ['receipts', 'logs', 'traces', 'inputs'] as const

export interface ImportPorts {
  readonly store: ChainStore
  readonly sink: ChainSink
  readonly signal: AbortSignal
}

interface Tally {
  blocks: number
  transactions: number
  transfers: number
  from: number | null
  to: number | null
  missing: Set<string>
}

/**
 * Recorded blocks of one file into the store, judged as they go in. What is stored already stays,
 * so a file may be read twice. Never throws: a fault is in the row, and the blocks before it count.
 */
export async function importFile(
  ports: ImportPorts,
  chain: ChainId,
  file: string,
): Promise<ImportRow> {
  const startedMs = performance.now()
  const before = await ports.store.state(chain)
  const tally: Tally = {
    blocks: 0,
    transactions: 0,
    transfers: 0,
    from: null,
    to: null,
    missing: new Set(),
  }
  let error: ImportRow['error'] = null
  try {
    for await (const batch of batches(readRecorded(file, chain))) {
      ports.signal.throwIfAborted()
      await ports.sink.fill(chain, batch)
      for (const block of batch) count(tally, block)
    }
  } catch (cause) {
    const { code, message } = asAppError(isMissing(cause) ? unreadable(cause) : cause)
    error = { code, message }
  }
  const after = await ports.store.state(chain)
  const { missing, ...counts } = tally
  return {
    file,
    ...counts,
    missing: [...missing].sort(),
    stored: (after?.blocks ?? 0) - (before?.blocks ?? 0),
    alerts: (after?.alerts ?? 0) - (before?.alerts ?? 0),
    error,
    ms: Math.round(performance.now() - startedMs),
  }
}

function count(tally: Tally, block: ChainBlock): void {
  tally.blocks += 1
  tally.transactions += block.transactions.length
  tally.transfers += block.transfers.length
  tally.from = Math.min(tally.from ?? block.number, block.number)
  tally.to = Math.max(tally.to ?? block.number, block.number)
  const isBitcoin = block.chain.startsWith('bip122:')
  for (const part of PARTS) {
    // A chain family lacks only what it has: inputs belong to Bitcoin, the rest to EVM chains.
    if ((part === 'inputs') !== isBitcoin) continue
    if (part === 'logs' && block.coverage.receipts) continue
    if (!block.coverage[part]) tally.missing.add(part)
  }
}

/** Stretches of blocks of which each is the parent of the next. */
async function* batches(blocks: AsyncIterable<ChainBlock>): AsyncGenerator<readonly ChainBlock[]> {
  let batch: ChainBlock[] = []
  let txs = 0
  for await (const block of blocks) {
    const last = batch.at(-1)
    const isNext = last === undefined || last.hash === block.parent
    if (!isNext || batch.length >= BATCH_BLOCKS || txs >= BATCH_TXS) {
      yield batch
      batch = []
      txs = 0
    }
    batch.push(block)
    txs += block.transactions.length
  }
  if (batch.length > 0) yield batch
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && 'syscall' in cause
}

function unreadable(cause: unknown): Error {
  return new AppError('chain.recorded_unreadable', 'The file cannot be read.', { cause })
}
