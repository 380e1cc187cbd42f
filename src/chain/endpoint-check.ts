import { bytesToHex } from '../base/bytes.ts'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { bloomOf, keccakText, receiptBytes, rootOf, transactionBytes } from './endpoint-proof.ts'
import { createAddress } from './evm/block.ts'
import { checkHeader } from './evm/header.ts'
import {
  type RpcObject,
  readAddress,
  readAddressOrNull,
  readCount,
  readData,
  readHash,
  readList,
  readObject,
  readQuantity,
} from './evm/value.ts'
import type { ChainId } from './types.ts'

/** What was asked for; a hash where it is known. */
export interface Wanted {
  readonly number: number
  readonly hash: string | null
}

export interface RawBlock {
  readonly block: unknown
  readonly receipts: unknown
  readonly logs: unknown
}

/**
 * Chains that hash as Ethereum does, for certain: here another hash is always a lie. Elsewhere the
 * first block that verifies decides, because some chains hash otherwise and say so nowhere.
 */
const ETHEREUM: ReadonlySet<ChainId> = new Set([
  'eip155:1',
  'eip155:11155111',
  'eip155:17000',
  'eip155:560048',
  'eip155:31337',
  'eip155:10',
  'eip155:8453',
])

/**
 * Checks answers against what was asked and against each other, before anything is decoded. What
 * passes on a chain that hashes as Ethereum does is bound to the block hash: the header by its own
 * hash, transactions and receipts by its roots, and the fields that no root covers (sender, index,
 * created contract) by each other. Throws `chain.block_inconsistent` or `chain.block_malformed`
 * with the field, and `rpc.not_found` where the node has no such block.
 */
export class AnswerCheck {
  readonly #chain: ChainId
  readonly #wantsRoots: boolean
  #isBound: boolean

  /**
   * Without roots a block costs a tenth: header, counts, places and the cross-checks remain, and a
   * node could state another amount. That is for a node that the operator runs.
   */
  constructor(chain: ChainId, options: { readonly roots?: boolean } = {}) {
    this.#chain = chain
    this.#wantsRoots = options.roots ?? true
    this.#isBound = ETHEREUM.has(chain)
  }

  /** True once a header has verified: from then on every block of the chain must. */
  get isBound(): boolean {
    return this.#isBound
  }

  check(raw: RawBlock, wanted: Wanted): void {
    if (raw.block === null || raw.block === undefined) throw notFound(wanted)
    const block = readObject(raw.block, 'block')
    if (readCount(block.number, 'number') !== wanted.number) throw contradicts('number')
    const hash = readHash(block.hash, 'hash')
    if (wanted.hash !== null && hash !== wanted.hash) throw contradicts('hash')
    const header = checkHeader(this.#chain, block)
    if (header === 'verified') this.#isBound = true
    if (header !== 'verified' && this.#isBound) throw contradicts('hash')
    const transactions = readList(
      block.transactions,
      'transactions',
      LIMITS.blockTransactionsMax,
    ).map((tx) => readObject(tx, 'transactions'))
    const encoded = transactions.map((tx, position) => this.#checkTransaction(tx, position))
    this.#checkRoot(block, 'transactionsRoot', () => encoded)
    if (raw.receipts !== null && raw.receipts !== undefined) {
      this.#checkReceipts(block, transactions, raw.receipts)
    } else if (raw.logs !== null && raw.logs !== undefined) {
      this.#checkLogs(block, transactions, raw.logs)
    }
  }

  /** Gives the bytes of the transaction; null: not wanted, or of an unknown type. */
  #checkTransaction(tx: RpcObject, position: number): Uint8Array | null {
    if (!this.#isBound) return null
    this.#checkIndex(tx, position)
    if (!this.#wantsRoots) return null
    const encoded = transactionBytes(tx)
    if (encoded !== null && keccakText(encoded) !== readHash(tx.hash, 'hash')) {
      throw contradicts('hash')
    }
    return encoded
  }

  /** Elsewhere an index may count otherwise; the decoder names it in the coverage. */
  #checkIndex({ transactionIndex }: RpcObject, position: number): void {
    if (transactionIndex === undefined || !this.#isBound) return
    if (readCount(transactionIndex, 'transactionIndex') !== position) {
      throw contradicts('transactionIndex')
    }
  }

  #checkRoot(
    block: RpcObject,
    field: 'transactionsRoot' | 'receiptsRoot',
    items: () => readonly (Uint8Array | null)[],
  ): boolean {
    if (!this.#isBound || !this.#wantsRoots) return false
    const root = rootOf(items())
    if (root !== null && root !== readHash(block[field], field)) throw contradicts(field)
    return root !== null
  }

  #checkReceipts(block: RpcObject, transactions: readonly RpcObject[], value: unknown): void {
    const receipts = readList(value, 'receipts', LIMITS.blockTransactionsMax).map((receipt) =>
      readObject(receipt, 'receipts'),
    )
    // Some chains leave receipts out, always of the same blocks; what is missing is then named in
    // the coverage of the block. Where roots are checked, a missing receipt is a lie.
    const isShort = receipts.length < transactions.length && !this.#isBound
    if (receipts.length !== transactions.length && !isShort) throw contradicts('receipts')
    let logs = 0
    receipts.forEach((receipt, at) => {
      const hash = hashOf(receipt)
      const position = isShort ? transactions.findIndex((tx) => tx.hash === hash) : at
      const tx = transactions[position]
      if (tx === undefined) throw contradicts('transactionHash')
      checkPair(tx, receipt)
      this.#checkIndex(receipt, position)
      for (const item of readList(receipt.logs, 'logs', LIMITS.blockLogsMax)) {
        this.#checkLogPlace(readObject(item, 'logs'), { position, logs })
        logs += 1
      }
    })
    // The root is over logs and filters alike; where it holds, there is nothing left to compare.
    if (this.#checkRoot(block, 'receiptsRoot', () => receipts.map(receiptBytes))) return
    this.#checkBloom(
      block,
      receipts.flatMap(({ logs: list }) => list as RpcObject[]),
    )
  }

  /** Logs are numbered through the block; a few chains count anew in each transaction. */
  #checkLogPlace(log: RpcObject, at: { position: number; logs: number }): void {
    if (!this.#isBound) return
    if (readCount(log.logIndex, 'logIndex') !== at.logs) throw contradicts('logIndex')
    if (readCount(log.transactionIndex, 'transactionIndex') !== at.position) {
      throw contradicts('transactionIndex')
    }
  }

  #checkLogs(block: RpcObject, transactions: readonly RpcObject[], value: unknown): void {
    const logs = readList(value, 'logs', LIMITS.blockLogsMax).map((log) => readObject(log, 'logs'))
    logs.forEach((log, i) => {
      const position = readCount(log.transactionIndex, 'transactionIndex')
      const tx = transactions[position]
      if (tx === undefined || readHash(tx.hash, 'hash') !== hashOf(log)) {
        throw contradicts('transactionHash')
      }
      this.#checkLogPlace(log, { position, logs: i })
    })
    this.#checkBloom(block, logs)
  }

  /** An empty list of logs is the commonest lie: the bloom filter of the header knows better. */
  #checkBloom(block: RpcObject, logs: readonly RpcObject[]): void {
    if (block.logsBloom === undefined || block.logsBloom === null) return
    const stated = readData(block.logsBloom, 'logsBloom').slice(2).toLowerCase()
    const isEmpty = /^0*$/.test(stated)
    const isWrong =
      this.#isBound && this.#wantsRoots
        ? stated !== bytesToHex(bloomOf(logs))
        : logs.length === 0 && !isEmpty
    if (isWrong) throw contradicts('logsBloom')
  }
}

/** What a receipt repeats of its transaction, among it what no root covers. */
function checkPair(tx: RpcObject, receipt: RpcObject): void {
  if (hashOf(receipt) !== readHash(tx.hash, 'hash')) throw contradicts('transactionHash')
  const from = readAddress(tx.from, 'from')
  if (receipt.from !== undefined && readAddress(receipt.from, 'from') !== from) {
    throw contradicts('from')
  }
  const to = readAddressOrNull(tx.to, 'to')
  // A transaction of several calls has no recipient of its own (Tempo's type 0x76).
  if (
    tx.to !== undefined &&
    receipt.to !== undefined &&
    readAddressOrNull(receipt.to, 'to') !== to
  ) {
    throw contradicts('to')
  }
  const created = readAddressOrNull(receipt.contractAddress, 'contractAddress')
  if (created === null || to !== null) return
  const nonce = tx.nonce
  if (nonce !== undefined && created !== createAddress(from, readQuantity(nonce, 'nonce'))) {
    throw contradicts('contractAddress')
  }
}

function hashOf(object: RpcObject): string {
  return readHash(object.transactionHash, 'transactionHash')
}

function contradicts(field: string): AppError {
  return new AppError('chain.block_inconsistent', `The block contradicts itself in "${field}".`, {
    status: 502,
    retryable: true,
    params: { field },
  })
}

function notFound({ number }: Wanted): AppError {
  return new AppError('rpc.not_found', 'The endpoint does not have the block.', {
    status: 502,
    retryable: true,
    params: { number },
  })
}
