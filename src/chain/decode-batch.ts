import { AnswerCheck, type Wanted } from './endpoint-check.ts'
import { decodeEvmBlock } from './evm/block.ts'
import { packBlock } from './packed.ts'
import { matchBatch, type RpcCall, resultOf } from './rpc.ts'
import type { ChainId } from './types.ts'

/** One answer to a batch: a block for each of `wanted`, then the receipts of each. */
export interface BatchBytes {
  readonly chain: ChainId
  readonly roots: boolean
  readonly wanted: readonly Wanted[]
  /** Ids of the calls, in the order of the calls. */
  readonly ids: readonly number[]
  readonly body: Uint8Array
}

/**
 * Reads, checks, decodes and packs the blocks of one answer, as the slow path does, with the same
 * code. Null for anything that is not whole and well: the slow path then asks again, and what is
 * wrong is named there and nowhere else.
 */
export function decodeBatch(batch: BatchBytes): readonly Uint8Array[] | null {
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
      const block = resultOf(CALL, results[i])
      const receipts = resultOf(CALL, results[wanted.length + i])
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
