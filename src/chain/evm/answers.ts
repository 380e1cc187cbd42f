import { AppError } from '../../base/error.ts'
import type { ChainBlock, ChainId } from '../types.ts'
import { decodeEvmBlock } from './block.ts'

/** The bytes of two answers of a node: `eth_getBlockByNumber(n, true)`, `eth_getBlockReceipts`. */
export interface AnswerBytes {
  readonly chain: ChainId
  readonly block: Uint8Array
  readonly receipts: Uint8Array
}

/** The slow path, and the oracle of the fast one. Throws as `decodeEvmBlock` does. */
export function decodeAnswers({ chain, block, receipts }: AnswerBytes): ChainBlock {
  return decodeEvmBlock({
    chain,
    block: resultOf(block),
    receipts: resultOf(receipts),
    logs: null,
    traces: null,
  })
}

function resultOf(bytes: Uint8Array): unknown {
  let answer: unknown
  try {
    answer = JSON.parse(Buffer.from(bytes).toString())
  } catch (cause) {
    throw badAnswer(cause)
  }
  if (typeof answer !== 'object' || answer === null || !('result' in answer)) throw badAnswer(null)
  if ('error' in answer && answer.error !== null) throw badAnswer(answer.error)
  return answer.result
}

function badAnswer(cause: unknown): AppError {
  return new AppError('chain.block_malformed', 'The answer of the node holds no result.', {
    status: 502,
    retryable: true,
    params: { field: 'result' },
    cause,
  })
}
