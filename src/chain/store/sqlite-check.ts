import { AppError } from '../../base/error.ts'
import type { BlockRef, ChainBlock, ChainId } from '../types.ts'
import type { ChainRow } from './sqlite-reader.ts'

/** Of a chain that is only filled in, every block is final. */
export function finalOf({ final }: ChainRow): number {
  return final ?? Number.MAX_SAFE_INTEGER
}

/** The caller links blocks before it stores them; here that is checked once more. */
export function checkBlocks(chain: ChainId, blocks: readonly ChainBlock[], base?: BlockRef): void {
  let previous = base
  for (const block of blocks) {
    const isChild =
      previous === undefined ||
      (block.parent === previous.hash && block.number === previous.number + 1)
    if (!isChild || block.chain !== chain) throw notConnected(block.number)
    previous = block
  }
}

export function notConnected(number: number): AppError {
  return new AppError('chain.not_connected', 'The blocks do not fit to those that are stored.', {
    params: { number },
  })
}
