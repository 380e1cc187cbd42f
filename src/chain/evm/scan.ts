import { LIMITS } from '../../base/limits.ts'
import { HAS, HEAD, PACKED, packBlock, TX } from '../packed.ts'
import type { ChainId } from '../types.ts'
import { type AnswerBytes, decodeAnswers } from './answers.ts'
import {
  ABSENT,
  copyHex,
  copyText,
  countAt,
  GIVE_UP,
  HEX,
  JsonScan,
  NULL,
  prefixed,
  wordAt,
} from './scan-json.ts'
import { LOG, type LogFields, scanLogRows } from './scan-log.ts'
import type { ScanProof } from './scan-proof.ts'
import {
  B,
  BLOCK,
  ENVELOPE,
  L_LENGTHS,
  LOG_SHAPE,
  R,
  R_LENGTHS,
  RECEIPT,
  T,
  T_LENGTHS,
  TRANSACTION,
} from './scan-shape.ts'

import { larger, Workspace } from './scan-work.ts'

/**
 * Decodes the bytes of two answers into packed rows (`chain/packed.ts`). The bytes are scanned
 * without making strings or objects; answers with anything unusual in them take the slow path
 * through `JSON.parse`, so that both give the same rows and the same errors.
 */
export function packAnswers(input: AnswerBytes): Buffer {
  return scanAnswers(input) ?? packBlock(decodeAnswers(input))
}

const work = new Workspace()

/** Where the parts of a block stand, for what is read of its header besides. */
export interface BlockSpan {
  readonly start: number
  /** The list of transactions, brackets included. */
  readonly listStart: number
  readonly listEnd: number
  readonly end: number
}

/** Reads the block at the place of the scan; its receipts have to come next. */
export function scanBlockHere(scan: JsonScan, proof: ScanProof): BlockSpan {
  work.writer.clear()
  work.proof = proof
  return scanBlock(scan)
}

/** Reads the receipts of that block, and gives its packed rows. */
export function scanReceiptsHere(scan: JsonScan, block: Uint8Array, chain: ChainId): Buffer {
  scanReceipts(scan, { chain, block })
  return rowsOf(block)
}

export const scannedNumber = () => work.number
export const scannedHash = () => work.hash

function rowsOf(block: Uint8Array): Buffer {
  const at = countAt(block, work.block, B.at)
  // Receipts with their logs, no traces; EVM chains have no inputs that could be unknown.
  return work.writer.finish(work.number, at, 1 + 2 + 8)
}

/** Packed rows, or null where the answers take the slow path. */
export function scanAnswers({ chain, block, receipts }: AnswerBytes): Buffer | null {
  try {
    work.writer.clear()
    work.proof = undefined
    const [blockScan, receiptScan] = [new JsonScan(block), new JsonScan(receipts)]
    envelope(blockScan, () => scanBlock(blockScan))
    envelope(receiptScan, () => scanReceipts(receiptScan, { chain, block }))
    return rowsOf(block)
  } catch (reason) {
    if (reason === GIVE_UP) return null
    throw reason
  }
}

/** Calls `read` on the result of an answer; what follows it must end the answer. */
function envelope(scan: JsonScan, read: () => void): void {
  let results = 0
  let member = 0
  scan.expect(0x7b)
  if (scan.isEmpty(0x7d)) throw GIVE_UP
  do {
    const slot = scan.key(ENVELOPE, member++)
    if (slot === 1) throw GIVE_UP
    if (slot === 0) {
      results += 1
      read()
    } else scan.skip()
  } while (scan.more(0x7d))
  if (results !== 1 || !Number.isNaN(scan.peek() ?? Number.NaN)) throw GIVE_UP
}

function scanBlock(scan: JsonScan): BlockSpan {
  const { bytes } = scan
  const { block, writer, hash } = work
  block.fill(ABSENT)
  let [lists, listStart, listEnd, member] = [0, 0, 0, 0]
  scan.expect(0x7b)
  const start = scan.at - 1
  if (scan.isEmpty(0x7d)) throw GIVE_UP
  do {
    const slot = scan.key(BLOCK, member++)
    if (slot === 4) {
      lists += 1
      scan.peek()
      listStart = scan.at
      scanTransactions(scan)
      listEnd = scan.at
    } else if (slot >= 0) scan.field(block, 2 * slot)
    else scan.skip()
  } while (scan.more(0x7d))
  const end = scan.at
  if (lists !== 1) throw GIVE_UP
  work.number = countAt(bytes, block, B.number)
  copyText(bytes, block, B.hash, { out: hash, to: 0, count: 32 })
  writer.head.set(hash, HEAD.hash)
  copyText(bytes, block, B.parent, { out: writer.head, to: HEAD.parent, count: 32 })
  writeTransactions(bytes)
  return { start, listStart, listEnd, end }
}

function scanTransactions(scan: JsonScan): void {
  work.txCount = 0
  scan.expect(0x5b)
  if (scan.isEmpty(0x5d)) return
  do {
    const base = work.txCount * T.fields
    if (work.txCount >= LIMITS.blockTransactionsMax) throw GIVE_UP
    if (base + T.fields > work.txs.length) work.txs = larger(work.txs)
    work.txCount += 1
    const { txs } = work
    txs.fill(ABSENT, base, base + T.fields)
    scan.expect(0x7b)
    txs[base + T.object] = scan.at - 1
    if (scan.isEmpty(0x7d)) throw GIVE_UP
    scanTransaction(scan, base)
    txs[base + T.object + 1] = scan.at
  } while (scan.more(0x5d))
}

function scanTransaction(scan: JsonScan, base: number): void {
  const { txs } = work
  let member = 0
  do {
    const slot = scan.key(TRANSACTION, member++)
    if (slot === -1) {
      scan.skip()
      continue
    }
    // Several calls in one transaction: the slow path knows them.
    if (slot === 10) throw GIVE_UP
    const length = T_LENGTHS[slot] as number
    if (length > 0) scan.sized(txs, base + 2 * slot, length)
    else if (slot === 4) scan.hex(txs, base + 2 * slot)
    else if (slot === 20) scan.span(txs, base + 2 * slot)
    else scan.field(txs, base + 2 * slot)
  } while (scan.more(0x7d))
}

/** A stated block must be this one; compared by the bytes of the hash. */
function checkPlace(
  bytes: Uint8Array,
  fields: Int32Array,
  { hash, number }: { hash: number; number: number },
): void {
  if ((fields[hash] as number) >= 0) checkHash(bytes, fields, hash)
  if ((fields[number] as number) >= 0 && countAt(bytes, fields, number) !== work.number) {
    throw GIVE_UP
  }
}

function checkHash(bytes: Uint8Array, fields: Int32Array, slot: number): void {
  equalHash(bytes, fields, slot, work.hash, 0)
}

/** The 32 bytes of a text are those of `other` at `from`. */
function equalHash(
  bytes: Uint8Array,
  fields: Int32Array,
  slot: number,
  other: Uint8Array,
  from: number,
): void {
  const start = prefixed(bytes, fields, slot)
  if ((fields[slot + 1] as number) - start !== 64) throw GIVE_UP
  for (let i = 0, at = start; i < 32; i++, at += 2) {
    const high = HEX[bytes[at] as number] as number
    const low = HEX[bytes[at + 1] as number] as number
    if (high > 15 || low > 15 || ((high << 4) | low) !== other[from + i]) throw GIVE_UP
  }
}

/** Whether a quantity is one, where it stands. */
function checkQuantity(bytes: Uint8Array, fields: Int32Array, slot: number): void {
  if ((fields[slot] as number) < 0) return
  SCRATCH.fill(0)
  wordAt(bytes, fields, slot, SCRATCH_PLACE)
}
const SCRATCH = new Uint8Array(32)
const SCRATCH_PLACE = { out: SCRATCH, to: 0 } as const

function writeTransactions(bytes: Uint8Array): void {
  const { txs, txCount, seen } = work
  const rows = work.writer.txs
  seen.clear()
  for (let i = 0; i < txCount; i++) {
    const base = i * T.fields
    const at = rows.add()
    const out = rows.bytes
    checkPlace(bytes, txs, { hash: base + T.blockHash, number: base + T.blockNumber })
    const index = txs[base + T.index] as number
    if (index >= 0 && countAt(bytes, txs, base + T.index) !== i) throw GIVE_UP
    copyText(bytes, txs, base + T.hash, { out, to: at + TX.hash, count: 32 })
    // Two hashes that share four bytes are rare enough for the slow path to compare.
    const short = out.readUInt32BE(at + TX.hash + 14)
    if (seen.has(short)) throw GIVE_UP
    seen.set(short, i)
    copyText(bytes, txs, base + T.from, { out, to: at + TX.from, count: 20 })
    wordAt(bytes, txs, base + T.value, { out, to: at + TX.value })
    let flags = 0
    if ((txs[base + T.to] as number) >= 0) {
      copyText(bytes, txs, base + T.to, { out, to: at + TX.to, count: 20 })
      flags = HAS.to
    }
    if (selector(bytes, txs, { slot: base + T.input, out, to: at + TX.selector })) {
      flags |= HAS.selector
    }
    out[at + TX.flags] = flags
    checkQuantity(bytes, txs, base + T.nonce)
    checkQuantity(bytes, txs, base + T.gas)
    work.proof?.transaction({ bytes, fields: txs, base, rows: out, row: at, position: i })
  }
}

/** The first four bytes of the input, which was checked when it was read. */
function selector(
  bytes: Uint8Array,
  fields: Int32Array,
  { slot, out, to }: { slot: number; out: Uint8Array; to: number },
): boolean {
  const start = prefixed(bytes, fields, slot)
  const digits = (fields[slot + 1] as number) - start
  if ((digits & 1) !== 0) throw GIVE_UP
  if (digits < 8) return false
  copyHex(bytes, start, out, to, 4)
  return true
}

interface OfBlock {
  readonly chain: ChainId
  /** The bytes in which the transactions stand. */
  readonly block: Uint8Array
}

function scanReceipts(scan: JsonScan, { chain, block }: OfBlock): void {
  const { bytes } = scan
  work.lastLog = -1
  let position = 0
  scan.expect(0x5b)
  if (!scan.isEmpty(0x5d)) {
    do {
      if (position >= work.txCount) throw GIVE_UP
      const logs = scanReceipt(scan)
      writeReceipt({ bytes, chain, block, position, logs })
      position += 1
    } while (scan.more(0x5d))
  }
  if (position !== work.txCount) throw GIVE_UP
}

/** Reads one receipt into the workspace; answers the number of its logs. */
function scanReceipt(scan: JsonScan): number {
  const { receipt } = work
  const lengths = work.proof?.receiptLengths ?? R_LENGTHS
  receipt.fill(ABSENT)
  let logs = -1
  let member = 0
  scan.expect(0x7b)
  if (scan.isEmpty(0x7d)) throw GIVE_UP
  do {
    const slot = scan.key(RECEIPT, member++)
    if (slot === 7) {
      if (logs !== -1) throw GIVE_UP
      logs = scanLogs(scan)
    } else if (slot >= 0) scan.sized(receipt, 2 * slot, lengths[slot] as number)
    else scan.skip()
  } while (scan.more(0x7d))
  if (logs === -1) throw GIVE_UP
  return logs
}

function scanLogs(scan: JsonScan): number {
  let count = 0
  scan.expect(0x5b)
  if (scan.isEmpty(0x5d)) return 0
  do {
    const base = count * LOG.fields
    if (base + LOG.fields > work.logs.length) work.logs = larger(work.logs)
    count += 1
    scanLog(scan, base)
  } while (scan.more(0x5d))
  return count
}

function scanLog(scan: JsonScan, base: number): void {
  const { logs } = work
  logs.fill(ABSENT, base, base + LOG.fields)
  logs[base + LOG.topicCount] = -1
  let member = 0
  scan.expect(0x7b)
  if (scan.isEmpty(0x7d)) throw GIVE_UP
  do {
    const slot = scan.key(LOG_SHAPE, member++)
    if (slot === 6) scanTopics(scan, base)
    // A log that was removed belongs to another answer.
    else if (slot === 7) scan.expectFalse()
    else if (slot === 8) scan.field(logs, base + LOG.txIndex)
    else if (slot >= 0) scan.sized(logs, base + 2 * slot, L_LENGTHS[slot] as number)
    else scan.skip()
  } while (scan.more(0x7d))
}

function scanTopics(scan: JsonScan, base: number): void {
  const { logs } = work
  if (logs[base + LOG.topicCount] !== -1) throw GIVE_UP
  let count = 0
  scan.expect(0x5b)
  if (!scan.isEmpty(0x5d)) {
    do {
      if (count === 4) throw GIVE_UP
      scan.sized(logs, base + LOG.topics + 2 * count, 66)
      count += 1
    } while (scan.more(0x5d))
  }
  logs[base + LOG.topicCount] = count
}

interface ReceiptRow extends OfBlock {
  readonly bytes: Uint8Array
  readonly position: number
  readonly logs: number
}

function writeReceipt({ bytes, chain, block, position, logs }: ReceiptRow): void {
  const { receipt, writer } = work
  const at = position * PACKED.tx
  const out = writer.txs.bytes
  equalHash(bytes, receipt, R.tx, out, at + TX.hash)
  checkPlace(bytes, receipt, { hash: R.blockHash, number: R.blockNumber })
  const index = receipt[R.index] as number
  if (index === NULL || (index >= 0 && countAt(bytes, receipt, R.index) !== position)) throw GIVE_UP
  checkQuantity(bytes, receipt, R.gasUsed)
  const status = countAt(bytes, receipt, R.status)
  if (status > 1) throw GIVE_UP
  const isFailed = status === 0
  out[at + TX.status] = isFailed ? 1 : 0
  const flags = out[at + TX.flags] as number
  const hasTo = (flags & HAS.to) !== 0
  if ((receipt[R.contract] as number) >= 0) {
    // The place is used only by a transaction that made a contract; else it is cleared again.
    copyText(bytes, receipt, R.contract, { out, to: at + TX.created, count: 20 })
    if (hasTo || isFailed) out.fill(0, at + TX.created, at + TX.created + 20)
    else out[at + TX.flags] = flags | HAS.created
  } else if (!hasTo && !isFailed) throw GIVE_UP
  const row: LogFields = { bytes, chain, txIndex: position, count: logs, isFailed, txAt: at }
  work.lastLog = scanLogRows(work, row)
  if (work.proof === undefined) return
  const common = { rows: out, row: at, position }
  const tx = { ...common, bytes: block, fields: work.txs, base: position * T.fields }
  work.proof.receipt({ ...common, bytes, fields: receipt, base: 0 }, tx, work.logs, logs)
}
