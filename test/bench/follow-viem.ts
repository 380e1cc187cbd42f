import {
  createPublicClient,
  formatTransactionReceipt,
  http,
  type RpcTransactionReceipt,
} from 'viem'
import { mainnet } from 'viem/chains'

/**
 * viem reading blocks with their receipts from the same node, in the two ways that it has: its own
 * actions (a receipt is asked for by its transaction, sent in batches), and its formatter over the
 * one answer that holds all receipts of a block.
 */
const AT_ONCE = 3

export type ViemWay = 'actions' | 'block receipts'

/** Gives the number of transactions that were read. */
export async function readWithViem(
  url: string,
  numbers: readonly number[],
  way: ViemWay,
): Promise<number> {
  const transport = http(url, { batch: { batchSize: 200, wait: 0 } })
  const client = createPublicClient({ chain: mainnet, transport })
  let read = 0
  const one = async (blockNumber: bigint) => {
    if (way === 'actions') {
      const block = await client.getBlock({ blockNumber, includeTransactions: true })
      const receipts = await Promise.all(
        block.transactions.map(({ hash }) => client.getTransactionReceipt({ hash })),
      )
      read += receipts.length
      return
    }
    const [block, receipts] = await Promise.all([
      client.getBlock({ blockNumber, includeTransactions: true }),
      client.request<{ Parameters: [string]; ReturnType: RpcTransactionReceipt[] }>({
        method: 'eth_getBlockReceipts' as never,
        params: [`0x${blockNumber.toString(16)}`] as never,
      }),
    ])
    read += Math.min(
      block.transactions.length,
      receipts.map((row) => formatTransactionReceipt(row)).length,
    )
  }
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    await Promise.all(numbers.slice(at, at + AT_ONCE).map((number) => one(BigInt(number))))
  }
  return read
}
