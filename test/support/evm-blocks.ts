import { intBelow, type Rng } from '../../src/base/rng.ts'
import { EVENT_SIGNATURES } from '../../src/chain/evm/event.ts'
import { eventTopic } from '../../src/chain/evm/keccak.ts'
import { TOPIC } from '../../src/chain/evm/log.ts'

/**
 * Blocks as a node answers them, seeded. Sizes are those of Ethereum's mainnet as measured in the
 * design: 200 transactions, 1.88 logs and about 3.2 kB of JSON each, block and receipts together.
 */
export interface GeneratedBlock {
  readonly block: Record<string, unknown>
  readonly receipts: Record<string, unknown>[]
}

export interface BlockShape {
  readonly number: number
  readonly transactions: number
  /** Addresses that the block's parties are taken from; absent: fresh ones. */
  readonly parties?: readonly string[]
}

export function hexOf(rng: Rng, bytes: number): string {
  let out = ''
  for (let left = bytes; left > 0; left -= 4) {
    const word = Math.floor(rng() * 2 ** 32).toString(16)
    out += word.padStart(8, '0').slice(0, 2 * Math.min(4, left))
  }
  return out
}

const quantity = (value: number | bigint) => `0x${value.toString(16)}`
const pad = (hex: string) => hex.padStart(64, '0')

interface Scene {
  readonly rng: Rng
  readonly party: () => string
  readonly hash: string
  readonly number: string
}

/** One block with its receipts; the same seed and shape give the same block. */
export function generateBlock(rng: Rng, shape: BlockShape): GeneratedBlock {
  const parties = shape.parties
  const party = () =>
    parties === undefined
      ? `0x${hexOf(rng, 20)}`
      : (parties[intBelow(rng, parties.length)] ?? `0x${hexOf(rng, 20)}`)
  const scene = { rng, party, hash: `0x${hexOf(rng, 32)}`, number: quantity(shape.number) }
  const transactions: Record<string, unknown>[] = []
  const receipts: Record<string, unknown>[] = []
  let logIndex = 0
  for (let i = 0; i < shape.transactions; i++) {
    const tx = transactionOf(scene, i)
    const receipt = receiptOf(scene, { tx, index: i, logIndex })
    logIndex += (receipt.logs as unknown[]).length
    transactions.push(tx)
    receipts.push(receipt)
  }
  return { block: headerOf(scene, shape.number, transactions), receipts }
}

function headerOf(scene: Scene, number: number, transactions: readonly unknown[]) {
  const { rng, hash, party } = scene
  return {
    baseFeePerGas: quantity(7_000_000_000 + number),
    difficulty: '0x0',
    extraData: '0x6275696c646572',
    gasLimit: '0x1c9c380',
    gasUsed: '0xf7e9ab',
    hash,
    logsBloom: `0x${hexOf(rng, 256)}`,
    miner: party(),
    mixHash: `0x${hexOf(rng, 32)}`,
    nonce: '0x0000000000000000',
    number: quantity(number),
    parentHash: `0x${hexOf(rng, 32)}`,
    receiptsRoot: `0x${hexOf(rng, 32)}`,
    sha3Uncles: `0x${hexOf(rng, 32)}`,
    size: '0x469a6',
    stateRoot: `0x${hexOf(rng, 32)}`,
    timestamp: quantity(1_700_000_000 + 12 * number),
    transactions,
    transactionsRoot: `0x${hexOf(rng, 32)}`,
    uncles: [],
    withdrawals: [],
    withdrawalsRoot: `0x${hexOf(rng, 32)}`,
  }
}

function transactionOf(scene: Scene, index: number): Record<string, unknown> {
  const { rng, party, hash, number } = scene
  const isPayment = rng() < 0.35
  const words = isPayment ? 0 : 2 + intBelow(rng, 14)
  const isCreation = !isPayment && rng() < 0.01
  return {
    blockHash: hash,
    blockNumber: number,
    from: party(),
    gas: quantity(21_000 + intBelow(rng, 400_000)),
    gasPrice: quantity(10_000_000_000 + intBelow(rng, 2 ** 30)),
    maxPriorityFeePerGas: '0x5f5e100',
    maxFeePerGas: quantity(20_000_000_000 + intBelow(rng, 2 ** 30)),
    hash: `0x${hexOf(rng, 32)}`,
    input: isPayment ? '0x' : `0x${hexOf(rng, 4 + 32 * words)}`,
    nonce: quantity(intBelow(rng, 10_000)),
    to: isCreation ? null : party(),
    transactionIndex: quantity(index),
    value: isPayment || rng() < 0.1 ? quantity(BigInt(`0x1${hexOf(rng, 7)}`)) : '0x0',
    type: '0x2',
    accessList: [],
    chainId: '0x1',
    v: '0x1',
    yParity: '0x1',
    r: `0x${hexOf(rng, 32)}`,
    s: `0x${hexOf(rng, 32)}`,
  }
}

interface ReceiptPlace {
  readonly tx: Record<string, unknown>
  readonly index: number
  readonly logIndex: number
}

function receiptOf(scene: Scene, { tx, index, logIndex }: ReceiptPlace): Record<string, unknown> {
  const { rng, hash, number } = scene
  const failed = rng() < 0.02
  // Payments have no log; the others have 2.9 on average, so that a transaction has 1.88.
  const count = tx.input === '0x' || failed ? 0 : 1 + intBelow(rng, 5)
  const place = { blockHash: hash, blockNumber: number, transactionHash: tx.hash }
  return {
    ...place,
    contractAddress: tx.to === null ? `0x${hexOf(rng, 20)}` : null,
    cumulativeGasUsed: quantity(30_000 * (index + 1)),
    effectiveGasPrice: tx.gasPrice,
    from: tx.from,
    gasUsed: quantity(21_000 + intBelow(rng, 300_000)),
    logs: Array.from({ length: count }, (_, i) => ({
      ...logOf(scene),
      ...place,
      transactionIndex: quantity(index),
      logIndex: quantity(logIndex + i),
      removed: false,
    })),
    logsBloom: `0x${count === 0 ? '0'.repeat(512) : hexOf(rng, 256)}`,
    status: failed ? '0x0' : '0x1',
    to: tx.to,
    transactionIndex: quantity(index),
    type: '0x2',
  }
}

const SWAP_V2 = eventTopic('Swap(address,uint256,uint256,uint256,uint256,address)')
const SYNC = eventTopic('Sync(uint112,uint112)')
const ALL = EVENT_SIGNATURES.flatMap(([signature, layouts]) =>
  layouts.map((layout) => ({ topic: eventTopic(signature), layout })),
)

/** Half of all logs are ERC-20 transfers; the rest is what is found beside them. */
export function logOf({ rng, party }: Pick<Scene, 'rng' | 'party'>): Record<string, unknown> {
  const address = party()
  const who = () => `0x${pad(party().slice(2))}`
  const word = () => pad(hexOf(rng, 1 + intBelow(rng, 16)))
  const log = (topics: string[], words: string[]) => ({
    address,
    topics,
    data: `0x${words.join('')}`,
  })
  const roll = rng()
  if (roll < 0.52) return log([TOPIC.transfer, who(), who()], [word()])
  if (roll < 0.6) return log([TOPIC.approval, who(), who()], ['f'.repeat(64)])
  if (roll < 0.68) return log([SWAP_V2, who(), who()], [word(), word(), word(), word()])
  if (roll < 0.76) return log([SYNC], [word(), word()])
  if (roll < 0.79) return log([TOPIC.transfer, who(), who(), `0x${word()}`], [])
  if (roll < 0.8) return log([TOPIC.single, who(), who(), who()], [word(), word()])
  if (roll < 0.81) {
    const list = [pad('40'), pad('a0'), pad('2'), word(), word(), pad('2'), word(), word()]
    return log([TOPIC.batch, who(), who(), who()], list)
  }
  if (roll < 0.86) {
    const { topic, layout } = ALL[intBelow(rng, ALL.length)] ?? { topic: SYNC, layout: '' }
    const topics = [...layout].filter((mark) => mark === 'x').map(() => `0x${word()}`)
    return log([topic, ...topics], Array.from({ length: layout.length - topics.length }, word))
  }
  const topics = Array.from({ length: 1 + intBelow(rng, 4) }, () => `0x${hexOf(rng, 32)}`)
  return log(topics, Array.from({ length: intBelow(rng, 7) }, word))
}

/** Both answers as a node sends them. */
export function answersOf({ block, receipts }: GeneratedBlock): {
  block: Buffer
  receipts: Buffer
} {
  const answer = (result: unknown) => Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
  return { block: answer(block), receipts: answer(receipts) }
}
