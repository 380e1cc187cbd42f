import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeChain, type ServedBlock } from './follow-chain.ts'

/**
 * A node that replays a chain from memory, for the follower's bench: started by `fork`, with the
 * shape as its arguments, and tells its port when the blocks are made. It does nothing but find
 * bytes and send them.
 */
const [seed, first, count, transactions] = process.argv.slice(2, 6).map(Number) as [
  number,
  number,
  number,
  number,
]
const token = process.argv[6]
const FINAL_DEPTH = 64

const blocks = new Map<string, ServedBlock>()
const list: ServedBlock[] = []
/** Byte range of every receipt, for clients that ask for one after the other. */
const receipts = new Map<string, Buffer>()
for (const block of makeChain({ seed, first, blocks: count, transactions, token })) {
  blocks.set(block.hash, block)
  list.push(block)
}

function blockAt(tag: unknown): ServedBlock | undefined {
  if (tag === 'latest') return list.at(-1)
  if (tag === 'finalized') return list.at(-1 - Math.min(FINAL_DEPTH, list.length - 1))
  return list[Number(tag) - first]
}

/** Receipts by hash of the first blocks, cut apart when one is asked for. */
function receiptOf(hash: string): Buffer | undefined {
  for (let at = 0; !receipts.has(hash) && at < list.length; at += 1) {
    const block = list[at] as ServedBlock
    if (receipts.has(block.hash)) continue
    receipts.set(block.hash, block.receipts)
    for (const row of JSON.parse(block.receipts.toString()) as { transactionHash: string }[]) {
      receipts.set(row.transactionHash, Buffer.from(JSON.stringify(row)))
    }
  }
  return receipts.get(hash)
}

/** Logs of a range: every log of a chain of transfers is of the one token that is asked for. */
function logsOf({ fromBlock, toBlock }: { fromBlock: string; toBlock: string }): Buffer {
  const logs: unknown[] = []
  for (let number = Number(fromBlock); number <= Number(toBlock); number += 1) {
    const rows = list[number - first]?.receipts.toString() ?? '[]'
    for (const row of JSON.parse(rows) as { logs: unknown[] }[]) logs.push(...row.logs)
  }
  return Buffer.from(JSON.stringify(logs))
}

function resultOf(method: string, params: readonly unknown[]): Buffer | undefined {
  if (method === 'eth_chainId') return Buffer.from('"0x1"')
  if (method === 'eth_getTransactionReceipt') return receiptOf(String(params[0]))
  if (method === 'eth_getLogs') return logsOf(params[0] as Parameters<typeof logsOf>[0])
  const block = method === 'eth_getBlockByHash' ? blocks.get(String(params[0])) : blockAt(params[0])
  if (method === 'eth_getBlockReceipts') return block?.receipts
  return params[1] === true ? block?.block : block?.bare
}

interface Call {
  readonly id: number
  readonly method: string
  readonly params?: readonly unknown[]
}

function answer({ id, method, params }: Call): Buffer[] {
  const result = resultOf(method, params ?? []) ?? Buffer.from('null')
  return [Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":`), result, Buffer.from('}')]
}

const COMMA = Buffer.from(',')

function answers(body: unknown): Buffer[] {
  if (!Array.isArray(body)) return answer(body as Call)
  const parts = (body as Call[]).flatMap((call, i) => [
    ...(i === 0 ? [] : [COMMA]),
    ...answer(call),
  ])
  return [Buffer.from('['), ...parts, Buffer.from(']')]
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const parts = answers(JSON.parse(Buffer.concat(chunks).toString()))
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': length })
    for (const part of parts) response.write(part)
    response.end()
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const bytes = list.reduce((sum, { block, receipts: rows }) => sum + block.length + rows.length, 0)
  process.send?.({ port: (server.address() as AddressInfo).port, bytes })
})
process.on('disconnect', () => process.exit(0))
