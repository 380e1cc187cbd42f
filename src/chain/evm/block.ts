import { keccak_256 } from '@noble/hashes/sha3.js'
import { hexToBytes } from '../../base/bytes.ts'
import { LIMITS } from '../../base/limits.ts'
import type { BlockCoverage, ChainBlock, ChainId, ChainTransaction, CoverageGap } from '../types.ts'
import { decodeLog, type EvmLog, type LogSink, type TransferPart } from './log.ts'
import { encodeRlp, trimmedBytes } from './rlp.ts'
import { creation, readTraces, type TxTrace } from './trace.ts'
import {
  inconsistent,
  malformed,
  type RpcObject,
  readAddress,
  readAddressOrNull,
  readCount,
  readData,
  readHash,
  readList,
  readObject,
  readQuantity,
} from './value.ts'

/** What a node answered about one block, parsed from JSON and otherwise unread. */
export interface EvmBlockInput {
  readonly chain: ChainId
  /** `eth_getBlockByNumber(n, true)`: with whole transactions. */
  readonly block: unknown
  /** `eth_getBlockReceipts`, or the receipts one by one; null where none were read. */
  readonly receipts: unknown
  /** `eth_getLogs` of the block, for nodes that serve no receipts; null where none were read. */
  readonly logs: unknown
  /** `debug_traceBlockByNumber` with `callTracer`, or `trace_block`; null where none were read. */
  readonly traces: unknown
}

/**
 * Decodes one block. Shapes that cannot be read throw `chain.block_malformed`, and answers that
 * contradict each other throw `chain.block_inconsistent`, each with the field: nothing is returned
 * half decoded. What real nodes leave out (a receipt of a block, an index counted per transaction)
 * is named in `coverage.gaps` instead, so that the caller chooses.
 *
 * Transfers of a transaction stand in the order: its own value, values moved by calls inside it,
 * then what its logs say. Native transfers are those of transactions that are not known to have
 * failed; without a receipt that is unknown and `coverage.receipts` is false. Fees, rewards and
 * withdrawals of validators belong to no transaction and are not transfers here.
 */
export function decodeEvmBlock(input: EvmBlockInput): ChainBlock {
  const block = readObject(input.block, 'block')
  const header = {
    number: readCount(block.number, 'number'),
    hash: readHash(block.hash, 'hash'),
    parent: readHash(block.parentHash, 'parentHash'),
    at: readCount(block.timestamp, 'timestamp'),
  }
  const gaps = new Set<CoverageGap>()
  const raw = readList(block.transactions, 'transactions', LIMITS.blockTransactionsMax)
  const transactions = raw.map((item, position) => readTransaction(item, position, header, gaps))
  const positions = new Map(transactions.map(({ hash }, position) => [hash, position]))
  if (positions.size !== transactions.length) throw inconsistent('transactions')
  const place = { hash: header.hash, number: header.number, positions }
  const receipts = readReceipts(input.receipts, place, gaps)
  const logs = receipts === null ? readLogs(input.logs, place) : null
  const traces =
    input.traces === null || input.traces === undefined
      ? null
      : readTraces(
          input.traces,
          transactions.map(({ hash }) => hash),
        )
  if (traces !== null && traces.size < transactions.length) gaps.add('traces_missing')
  const read: ReadBlock = { chain: input.chain, transactions, receipts, logs, traces }
  return {
    ...header,
    chain: input.chain,
    ...assemble(read, gaps),
    coverage: coverageOf(read, gaps),
  }
}

interface ReadBlock {
  readonly chain: ChainId
  readonly transactions: readonly ReadTransaction[]
  /** By position of the transaction; null: none were read. */
  readonly receipts: readonly (ReadReceipt | undefined)[] | null
  readonly logs: readonly (readonly EvmLog[])[] | null
  readonly traces: ReadonlyMap<string, TxTrace> | null
}

interface BlockPlace {
  readonly hash: string
  readonly number: number
  readonly positions: ReadonlyMap<string, number>
}

interface ReadTransaction {
  readonly hash: string
  readonly from: string
  readonly to: string | null
  readonly value: bigint
  readonly selector: string | null
  readonly nonce: bigint | null
  readonly gas: bigint | null
  /** Calls of a transaction that has several and no `to` of its own (Tempo's type 0x76). */
  readonly calls: readonly { readonly to: string | null; readonly value: bigint }[] | null
}

interface ReadReceipt {
  readonly status: 'success' | 'failed' | null
  /** A state root in place of a status: the block is older than EIP-658. */
  readonly hasRoot: boolean
  readonly gasUsed: bigint | null
  readonly contract: string | null
  readonly logs: readonly EvmLog[]
}

function readTransaction(
  item: unknown,
  position: number,
  block: { readonly hash: string; readonly number: number },
  gaps: Set<CoverageGap>,
): ReadTransaction {
  const tx = readObject(item, 'transactions')
  checkPlace(tx, block)
  const index = tx.transactionIndex
  if (index !== undefined && index !== null && readCount(index, 'transactionIndex') !== position) {
    gaps.add('transaction_index')
  }
  const calls = tx.to === undefined && Array.isArray(tx.calls) ? readCalls(tx.calls) : null
  const first = calls?.[0]
  const input = tx.input ?? tx.data ?? first?.input ?? '0x'
  const data = readData(input, 'input')
  return {
    hash: readHash(tx.hash, 'hash'),
    from: readAddress(tx.from, 'from'),
    to: calls === null ? readAddressOrNull(tx.to, 'to') : (first?.to ?? null),
    value:
      calls === null
        ? readQuantity(tx.value, 'value')
        : calls.reduce((sum, { value }) => sum + value, 0n),
    selector: data.length >= 10 ? data.slice(0, 10).toLowerCase() : null,
    nonce: readOptional(tx, 'nonce'),
    gas: readOptional(tx, 'gas'),
    calls,
  }
}

function readOptional(object: RpcObject, field: string): bigint | null {
  const value = object[field]
  return value === undefined || value === null ? null : readQuantity(value, field)
}

function readCalls(list: readonly unknown[]) {
  return readList(list, 'calls', LIMITS.blockTransactionsMax).map((item) => {
    const call = readObject(item, 'calls')
    return {
      to: readAddressOrNull(call.to, 'to'),
      value: readOptional(call, 'value') ?? 0n,
      input: call.input ?? call.data,
    }
  })
}

/** A transaction, receipt or log that states its block must state this one. */
function checkPlace(
  object: RpcObject,
  block: { readonly hash: string; readonly number: number },
): void {
  const hash = object.blockHash
  if (hash !== undefined && hash !== null && readHash(hash, 'blockHash') !== block.hash) {
    throw inconsistent('blockHash')
  }
  const number = object.blockNumber
  if (number === undefined || number === null) return
  if (readCount(number, 'blockNumber') !== block.number) throw inconsistent('blockNumber')
}

function readReceipts(
  value: unknown,
  block: BlockPlace,
  gaps: Set<CoverageGap>,
): readonly (ReadReceipt | undefined)[] | null {
  if (value === null || value === undefined) return null
  const list = readList(value, 'receipts', LIMITS.blockTransactionsMax)
  const byPosition = new Array<ReadReceipt | undefined>(block.positions.size)
  const budget = { logs: LIMITS.blockLogsMax }
  for (const item of list) {
    const receipt = readObject(item, 'receipts')
    checkPlace(receipt, block)
    const position = block.positions.get(readHash(receipt.transactionHash, 'transactionHash'))
    if (position === undefined || byPosition[position] !== undefined) {
      throw inconsistent('transactionHash')
    }
    const index = receipt.transactionIndex
    if (index !== undefined && readCount(index, 'transactionIndex') !== position) {
      gaps.add('transaction_index')
    }
    byPosition[position] = readReceipt(receipt, position, block, budget)
  }
  if (list.length < block.positions.size) gaps.add('receipts_missing')
  return byPosition
}

function readReceipt(
  receipt: RpcObject,
  txIndex: number,
  block: BlockPlace,
  budget: { logs: number },
): ReadReceipt {
  const status = receipt.status
  const list = readList(receipt.logs ?? [], 'logs', budget.logs)
  budget.logs -= list.length
  const tx = readHash(receipt.transactionHash, 'transactionHash')
  return {
    status: status === undefined || status === null ? null : readStatus(status),
    hasRoot: typeof receipt.root === 'string' && receipt.root.length === 66,
    gasUsed: readOptional(receipt, 'gasUsed'),
    contract: readAddressOrNull(receipt.contractAddress, 'contractAddress'),
    logs: list.map((item) => {
      const log = readObject(item, 'logs')
      checkPlace(log, block)
      const named = log.transactionHash
      if (named !== undefined && named !== null && readHash(named, 'transactionHash') !== tx) {
        throw inconsistent('transactionHash')
      }
      return readLog(log, tx, txIndex)
    }),
  }
}

function readStatus(value: unknown): 'success' | 'failed' {
  const status = readCount(value, 'status')
  if (status > 1) throw malformed('status')
  return status === 1 ? 'success' : 'failed'
}

function readLog(log: RpcObject, tx: string, txIndex: number): EvmLog {
  // A node marks logs of a block that left the chain; such a list is of another moment.
  if (log.removed === true) throw inconsistent('removed')
  return {
    address: readAddress(log.address, 'address'),
    topics: readList(log.topics, 'topics', 4).map((topic) => readHash(topic, 'topics')),
    data: readData(log.data, 'data').slice(2).toLowerCase(),
    tx,
    txIndex,
    logIndex: readLogIndex(log.logIndex),
  }
}

/** A position below 2^32, as rows keep it. */
function readLogIndex(value: unknown): number {
  const index = readCount(value, 'logIndex')
  if (index > 0xffffffff) throw malformed('logIndex')
  return index
}

/** Logs of `eth_getLogs`, by position of the transaction. */
function readLogs(value: unknown, block: BlockPlace): readonly (readonly EvmLog[])[] | null {
  if (value === null || value === undefined) return null
  const byPosition: EvmLog[][] = Array.from(block.positions, () => [])
  for (const item of readList(value, 'logs', LIMITS.blockLogsMax)) {
    const log = readObject(item, 'logs')
    checkPlace(log, block)
    const tx = readHash(log.transactionHash, 'transactionHash')
    const position = block.positions.get(tx)
    if (position === undefined) throw inconsistent('transactionHash')
    byPosition[position]?.push(readLog(log, tx, position))
  }
  return byPosition
}

function assemble(
  read: ReadBlock,
  gaps: Set<CoverageGap>,
): Pick<ChainBlock, 'transactions' | 'transfers' | 'events'> {
  const sink: LogSink = { chain: read.chain, transfers: [], events: [] }
  const seen = new Set<number>()
  const transactions = read.transactions.map((tx, index) => {
    const receipt = read.receipts?.[index]
    const trace = read.traces?.get(tx.hash)
    const status = statusOf(tx, receipt, trace)
    const made = status === 'failed' ? null : createdBy(tx, receipt)
    if (status !== 'failed') {
      addNative(tx, made, index, sink.transfers)
      if (made !== null) sink.events.push(creation(tx.from, made, { tx: tx.hash, txIndex: index }))
      sink.transfers.push(...(trace?.transfers ?? []))
      sink.events.push(...(trace?.created ?? []))
    }
    for (const log of receipt?.logs ?? read.logs?.[index] ?? []) {
      if (seen.has(log.logIndex)) gaps.add('log_index_repeated')
      seen.add(log.logIndex)
      // What a failed transaction logged did not happen.
      if (status !== 'failed') decodeLog(log, sink)
    }
    return transactionOf(tx, index, status, made)
  })
  const transfers = sink.transfers.map((transfer, ordinal) => ({ ordinal, ...transfer }))
  return { transactions, transfers, events: sink.events }
}

/**
 * A receipt says it since Byzantium (EIP-658). Before, a transaction that failed had used up its
 * gas and left no log, so one with gas to spare or with a log had succeeded; the others stay
 * unknown, because a plain payment uses up its gas too.
 */
function statusOf(
  tx: ReadTransaction,
  receipt: ReadReceipt | undefined,
  trace: TxTrace | undefined,
): ChainTransaction['status'] {
  if (receipt?.status != null) return receipt.status
  if (trace !== undefined) return trace.failed ? 'failed' : 'success'
  if (receipt?.hasRoot !== true) return 'unknown'
  if (receipt.logs.length > 0) return 'success'
  if (tx.gas === null || receipt.gasUsed === null) return 'unknown'
  return receipt.gasUsed < tx.gas ? 'success' : 'unknown'
}

/** The contract that a transaction without `to` makes: of its receipt, or of sender and nonce. */
function createdBy(tx: ReadTransaction, receipt: ReadReceipt | undefined): string | null {
  if (tx.to !== null || tx.calls !== null) return null
  if (receipt?.contract != null) return receipt.contract
  return tx.nonce === null ? null : createAddress(tx.from, tx.nonce)
}

/** The address that CREATE gives: the last 20 bytes of keccak(rlp([sender, nonce])). */
export function createAddress(sender: string, nonce: bigint): string {
  const encoded = encodeRlp([hexToBytes(sender.slice(2)), trimmedBytes(nonce)])
  return `0x${Buffer.from(keccak_256(encoded)).toString('hex', 12)}`
}

function addNative(
  tx: ReadTransaction,
  made: string | null,
  txIndex: number,
  transfers: TransferPart[],
): void {
  for (const { to, value } of tx.calls ?? [tx]) {
    if (value === 0n) continue
    transfers.push({
      standard: 'native',
      token: null,
      from: tx.from,
      to: to ?? made,
      amount: value,
      tokenId: null,
      tx: tx.hash,
      txIndex,
      logIndex: null,
      isInternal: false,
    })
  }
}

function transactionOf(
  tx: ReadTransaction,
  index: number,
  status: ChainTransaction['status'],
  created: string | null,
): ChainTransaction {
  const { hash, from, to, value, selector } = tx
  return { hash, index, from, to, value, status, selector, created }
}

function coverageOf(read: ReadBlock, gaps: ReadonlySet<CoverageGap>): BlockCoverage {
  const receipts = read.receipts !== null && !gaps.has('receipts_missing')
  return {
    receipts,
    logs: receipts || read.logs !== null,
    traces: read.traces !== null && !gaps.has('traces_missing'),
    inputs: true,
    ...(gaps.size > 0 && { gaps: [...gaps].sort() }),
  }
}
