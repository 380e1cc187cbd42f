import { bytesToHex } from '../../src/base/bytes.ts'
import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import {
  bloomOf,
  keccakText,
  receiptBytes,
  rootOf,
  transactionBytes,
} from '../../src/chain/endpoint-proof.ts'
import { createAddress } from '../../src/chain/evm/block.ts'
import { headerHash } from '../../src/chain/evm/header.ts'
import { type GeneratedBlock, generateBlock, hexOf } from '../support/evm-blocks.ts'

/**
 * A chain of blocks in the size of Ethereum's (200 transactions, 3.2 kB of JSON each) in which
 * everything fits that a follower checks: hashes of transactions and headers, both roots, filters,
 * links. Only signatures are made up, and nobody asks them.
 *
 * Parties are drawn as on a busy chain: a few contracts in most logs, people who come again, and
 * about one new address for every four transactions.
 */
export interface ChainShape {
  readonly seed: number
  readonly first: number
  readonly blocks: number
  readonly transactions: number
  /** Every transaction is one transfer of this ERC-20 token, and nothing else. */
  readonly token?: string | undefined
}

export interface ServedBlock {
  readonly number: number
  readonly hash: string
  /** The `result` of each answer, as its bytes. */
  readonly block: Buffer
  readonly bare: Buffer
  readonly receipts: Buffer
}

const HOT = 3_000
const PEOPLE = 250_000
const OF_BLOCK = { hot: 40, people: 300, fresh: 50 }

export function* makeChain(shape: ChainShape): Generator<ServedBlock> {
  const rng = seededRng(shape.seed)
  const hot = Array.from({ length: HOT }, () => `0x${hexOf(rng, 20)}`)
  const salt = hexOf(rng, 16)
  let parent = `0x${hexOf(rng, 32)}`
  for (let number = shape.first; number < shape.first + shape.blocks; number += 1) {
    const parties = [
      ...Array.from({ length: OF_BLOCK.hot }, () => skewed(rng, hot)),
      ...Array.from({ length: OF_BLOCK.people }, () => personOf(salt, intBelow(rng, PEOPLE))),
      ...Array.from({ length: OF_BLOCK.fresh }, () => `0x${hexOf(rng, 20)}`),
    ]
    const made = generateBlock(rng, { number, transactions: shape.transactions, parties })
    for (const receipt of made.receipts) {
      for (const log of receipt.logs as { address: string }[]) {
        if (rng() < 0.9) log.address = skewed(rng, hot)
      }
    }
    if (shape.token !== undefined) onlyTransfers(made, shape.token)
    prove(made, parent)
    parent = made.block.hash as string
    yield servedOf(made, number)
  }
}

const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

function onlyTransfers({ block, receipts }: GeneratedBlock, token: string): void {
  const transactions = block.transactions as Record<string, unknown>[]
  receipts.forEach((receipt, i) => {
    const tx = transactions[i] as Record<string, unknown>
    const { blockHash, blockNumber } = tx
    const [to, amount] = [String(transactions.at(-1 - i)?.from), '1'.padStart(64, '0')]
    const word = (address: string) => `0x${address.slice(2).padStart(64, '0')}`
    tx.to = token
    tx.value = '0x0'
    tx.input = `0xa9059cbb${word(to).slice(2)}${amount}`
    const place = { blockHash, blockNumber, transactionIndex: tx.transactionIndex }
    const topics = [TRANSFER, word(String(tx.from)), word(to)]
    const log = { address: token, topics, data: `0x${amount}`, removed: false, ...place }
    receipt.logs = [{ ...log, logIndex: tx.transactionIndex }]
    receipt.to = token
    receipt.status = '0x1'
    receipt.contractAddress = null
  })
}

/** A few take most: the square of an even draw. */
function skewed(rng: Rng, list: readonly string[]): string {
  const at = Math.floor(rng() ** 2 * list.length)
  return list[at] ?? ''
}

const personOf = (salt: string, i: number) => keccakText(Buffer.from(`${salt} ${i}`)).slice(0, 42)

/** Sets every hash, root and filter to what it has to be. */
export function prove({ block, receipts }: GeneratedBlock, parent: string): void {
  const transactions = block.transactions as Record<string, unknown>[]
  block.parentHash = parent
  const encoded = transactions.map(transactionBytes)
  transactions.forEach((tx, i) => {
    tx.hash = keccakText(encoded[i] as Uint8Array)
  })
  receipts.forEach((receipt, i) => {
    const tx = transactions[i] as Record<string, unknown>
    const logs = receipt.logs as Record<string, unknown>[]
    receipt.transactionHash = tx.hash
    receipt.logsBloom = `0x${bytesToHex(bloomOf(logs))}`
    if (tx.to === null) {
      receipt.contractAddress = createAddress(tx.from as string, BigInt(tx.nonce as string))
    }
  })
  const logs = receipts.flatMap((receipt) => receipt.logs as Record<string, unknown>[])
  block.logsBloom = `0x${bytesToHex(bloomOf(logs))}`
  block.transactionsRoot = rootOf(encoded)
  block.receiptsRoot = rootOf(receipts.map(receiptBytes))
  const hash = headerHash(block)
  block.hash = hash
  for (const tx of transactions) tx.blockHash = hash
  receipts.forEach((receipt, i) => {
    receipt.blockHash = hash
    for (const log of receipt.logs as Record<string, unknown>[]) {
      log.blockHash = hash
      log.transactionHash = transactions[i]?.hash
    }
  })
}

function servedOf({ block, receipts }: GeneratedBlock, number: number): ServedBlock {
  const hashes = (block.transactions as { hash: string }[]).map(({ hash }) => hash)
  return {
    number,
    hash: block.hash as string,
    block: Buffer.from(JSON.stringify(block)),
    bare: Buffer.from(JSON.stringify({ ...block, transactions: hashes })),
    receipts: Buffer.from(JSON.stringify(receipts)),
  }
}
