import { AnswerCheck, type Wanted } from './endpoint-check.ts'
import { decodeEvmBlock } from './evm/block.ts'
import { scanBatch } from './evm/scan-batch.ts'
import { packBlock } from './packed.ts'
import { matchBatch, type RpcCall, resultOf } from './rpc.ts'
import type { ChainId } from './types.ts'

/** One answer to a batch: of each of `wanted` the block, and then its receipts. */
export interface BatchBytes {
  readonly chain: ChainId
  readonly roots: boolean
  readonly wanted: readonly Wanted[]
  /** Ids of the calls, in the order of the calls. */
  readonly ids: readonly number[]
  readonly body: Uint8Array
}

/**
 * Reads, checks, decodes and packs the blocks of one answer, by scanning its bytes where that goes,
 * else through `JSON.parse`. Null for anything that is not whole and well: the follower then asks
 * again, and what is wrong is named there and nowhere else.
 */
export function decodeBatch(batch: BatchBytes): readonly Uint8Array[] | null {
  return scanBatch(batch) ?? parseBatch(batch)
}

/** The same through `JSON.parse`, with the code of the slow path: the oracle of the scanner. */
export function parseBatch(batch: BatchBytes): readonly Uint8Array[] | null {
  try {
    const { chain, roots, wanted, ids, body } = batch
    const parsed: unknown = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    )
    if (!Array.isArray(parsed)) return null
    const results = matchBatch(
      ids.map((id) => ({ id })),
      parsed,
    )
    const check = new AnswerCheck(chain, { roots })
    const packed: Uint8Array[] = []
    for (const [i, want] of wanted.entries()) {
      const block = resultOf(CALL, results[2 * i])
      const receipts = resultOf(CALL, results[2 * i + 1])
      // A node that has no receipts is learnt by the slow path.
      if (receipts === null) return null
      check.check({ block, receipts, logs: null }, want)
      const decoded = decodeEvmBlock({ chain, block, receipts, logs: null, traces: null })
      // Gaps have no place in packed rows.
      if (decoded.coverage.gaps !== undefined) return null
      packed.push(packBlock(decoded))
    }
    return packed
  } catch {
    return null
  }
}

/** Errors are not told from here; their texts need no method. */
const CALL: RpcCall = { method: 'batch', params: [] }
