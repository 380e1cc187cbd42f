import { EVENT, EXTRA_TYPE, HAS, type PackedWriter, TRANSFER, TX } from '../packed.ts'
import { EVENT_KINDS } from '../read.ts'
import type { ChainId } from '../types.ts'
import { EVENT_LAYOUTS, EXTRA_NAMES } from './event.ts'
import { isUnindexedNft, TOPIC } from './log.ts'
import { type Decode, eventRow, rowWriter, writeExtra } from './scan-event.ts'
import { copyHex, copyText, countAt, GIVE_UP, prefixed } from './scan-json.ts'
import {
  arrayAt,
  copy,
  DATA_AT,
  grow,
  hexOf,
  isZero,
  putUint32,
  scratch,
  state,
  TOPICS_AT,
  uint32,
} from './scan-scratch.ts'
import { isWrappedCoin } from './wrapped.ts'

/** Fields of one log in the workspace; two numbers each, where it begins and ends. */
export const LOG = {
  address: 0,
  data: 2,
  index: 4,
  tx: 6,
  blockHash: 8,
  blockNumber: 10,
  topics: 12,
  topicCount: 20,
  txIndex: 21,
  fields: 23,
} as const

export interface LogFields {
  readonly bytes: Uint8Array
  readonly chain: ChainId
  readonly txIndex: number
  readonly count: number
  readonly isFailed: boolean
  /** Position of the transaction's row. */
  readonly txAt: number
}

interface LogWork {
  readonly writer: PackedWriter
  readonly logs: Int32Array
  readonly hash: Uint8Array
  readonly number: number
  readonly lastLog: number
}

interface TopicEntry {
  readonly bytes: Uint8Array
  readonly decode: Decode
}

/** By the first four bytes of the topic; the rest is compared. */
const TOPICS: ReadonlyMap<number, TopicEntry> = new Map(
  (
    [
      [TOPIC.transfer, writeTransfer],
      [TOPIC.approval, writeApproval],
      [TOPIC.single, writeSingle],
      [TOPIC.batch, writeBatch],
      [TOPIC.deposit, writeDeposit],
      [TOPIC.withdrawal, writeWithdrawal],
      ...[...EVENT_LAYOUTS].map(([topic, layouts]) => [topic, rowWriter(layouts)] as const),
    ] as readonly (readonly [string, Decode])[]
  ).map(([topic, decode]) => {
    const bytes = Buffer.from(topic.slice(2), 'hex')
    return [bytes.readUInt32BE(), { bytes, decode }] as const
  }),
)

/**
 * Writes the rows of one transaction: its own value, the contract it made, what its logs say.
 * Answers the index of the last log: they must rise through the block.
 */
export function scanLogRows(work: LogWork, row: LogFields): number {
  const { writer } = work
  if (!row.isFailed) writeOwn(writer, row)
  let last = work.lastLog
  for (let i = 0; i < row.count; i++) {
    const base = i * LOG.fields
    readLog(work, row, base)
    if (state.logIndex <= last) throw GIVE_UP
    last = state.logIndex
    if (row.isFailed || state.topics === 0) continue
    const entry = TOPICS.get(uint32(TOPICS_AT))
    if (entry === undefined || !isTopic(entry.bytes)) continue
    entry.decode(writer, row.chain)
  }
  return last
}

function isTopic(topic: Uint8Array): boolean {
  for (let i = 4; i < 32; i++) if (topic[i] !== scratch[TOPICS_AT + i]) return false
  return true
}

/** Reads and checks all fields of a log into the scratch bytes. */
function readLog(work: LogWork, row: LogFields, base: number): void {
  const { logs } = work
  const { bytes } = row
  copyText(bytes, logs, base + LOG.address, { out: scratch, to: 12, count: 20 })
  const topics = logs[base + LOG.topicCount] as number
  if (topics < 0) throw GIVE_UP
  for (let i = 0; i < topics; i++) {
    const to = TOPICS_AT + 32 * i
    copyText(bytes, logs, base + LOG.topics + 2 * i, { out: scratch, to, count: 32 })
  }
  const start = prefixed(bytes, logs, base + LOG.data)
  const digits = (logs[base + LOG.data + 1] as number) - start
  if ((digits & 1) !== 0) throw GIVE_UP
  if (DATA_AT + digits / 2 > scratch.length) grow(DATA_AT + digits / 2)
  copyHex(bytes, start, scratch, DATA_AT, digits / 2)
  state.topics = topics
  state.dataBytes = digits / 2
  state.txIndex = row.txIndex
  state.logIndex = countAt(bytes, logs, base + LOG.index)
  if (state.logIndex > 0xffffffff) throw GIVE_UP
  checkSame(bytes, logs, base + LOG.tx, work.writer.txs.bytes, row.txAt + TX.hash)
  checkSame(bytes, logs, base + LOG.blockHash, work.hash, 0)
  const number = base + LOG.blockNumber
  if ((logs[number] as number) >= 0 && countAt(bytes, logs, number) !== work.number) throw GIVE_UP
}

const CHECKED = new Uint8Array(32)

function checkSame(
  bytes: Uint8Array,
  fields: Int32Array,
  slot: number,
  other: Uint8Array,
  from: number,
): void {
  if ((fields[slot] as number) < 0) return
  copyText(bytes, fields, slot, { out: CHECKED, to: 0, count: 32 })
  for (let i = 0; i < 32; i++) if (CHECKED[i] !== other[from + i]) throw GIVE_UP
}

function writeOwn(writer: PackedWriter, { txAt, txIndex }: LogFields): void {
  const tx = writer.txs.bytes
  const flags = tx[txAt + TX.flags] as number
  const target = (flags & HAS.to) !== 0 ? TX.to : (flags & HAS.created) !== 0 ? TX.created : -1
  if (!isZero(tx, txAt + TX.value, 32)) {
    const at = writer.transfers.add()
    const out = writer.transfers.bytes
    copy(tx, txAt + TX.value, out, at + TRANSFER.amount, 32)
    copy(tx, txAt + TX.from, out, at + TRANSFER.from, 20)
    if (target !== -1) copy(tx, txAt + target, out, at + TRANSFER.to, 20)
    putUint32(out, at + TRANSFER.txIndex, txIndex)
    out[at + TRANSFER.flags] = HAS.from | HAS.amount | (target === -1 ? 0 : HAS.to)
  }
  if ((flags & HAS.created) === 0) return
  const at = writer.events.add()
  const out = writer.events.bytes
  copy(tx, txAt + TX.created, out, at + EVENT.contract, 20)
  copy(tx, txAt + TX.from, out, at + EVENT.owner, 20)
  copy(tx, txAt + TX.created, out, at + EVENT.spender, 20)
  putUint32(out, at + EVENT.txIndex, txIndex)
  putUint32(out, at + EVENT.extraAt, writer.extras.count)
  out[at + EVENT.kind] = EVENT_KINDS.indexOf('created')
  out[at + EVENT.flags] = HAS.owner | HAS.spender
}

/** A transfer row with the standard, the token and the place of the log; answers its position. */
function transferRow(writer: PackedWriter, standard: number, flags: number): number {
  const at = writer.transfers.add()
  const out = writer.transfers.bytes
  copy(scratch, 12, out, at + TRANSFER.token, 20)
  putUint32(out, at + TRANSFER.txIndex, state.txIndex)
  putUint32(out, at + TRANSFER.logIndex, state.logIndex)
  out[at + TRANSFER.standard] = standard
  out[at + TRANSFER.flags] = flags | HAS.token | HAS.amount | HAS.logIndex
  return at
}

/** Where the three words of a `Transfer` or `Approval` stand; -1 for another shape. */
function threeWords(): number {
  if (state.topics === 4) return TOPICS_AT + 32
  if (state.topics === 3 && state.dataBytes >= 32) return TOPICS_AT + 32
  return state.topics === 1 && state.dataBytes >= 96 ? DATA_AT : -1
}

/** The third word: behind the others, or the first of the data, which follows the topics' room. */
const thirdWord = (first: number) => (state.topics === 3 ? DATA_AT : first + 64)

function isNft(): boolean {
  if (state.topics === 4) return true
  return state.topics === 1 && isUnindexedNft(`0x${hexOf(12, 20)}`)
}

function writeTransfer(writer: PackedWriter): void {
  const first = threeWords()
  if (first === -1) return
  const nft = isNft()
  const both = HAS.from | HAS.to
  const at = transferRow(writer, nft ? 2 : 1, nft ? both | HAS.tokenId : both)
  const out = writer.transfers.bytes
  copy(scratch, first + 12, out, at + TRANSFER.from, 20)
  copy(scratch, first + 44, out, at + TRANSFER.to, 20)
  copy(scratch, thirdWord(first), out, at + (nft ? TRANSFER.tokenId : TRANSFER.amount), 32)
  if (nft) out[at + TRANSFER.amount + 31] = 1
}

function writeSingle(writer: PackedWriter): void {
  if (state.topics !== 4 || state.dataBytes < 64) return
  writeMulti(writer, DATA_AT, DATA_AT + 32)
}

function writeMulti(writer: PackedWriter, id: number, amount: number): void {
  const at = transferRow(writer, 3, HAS.from | HAS.to | HAS.tokenId)
  const out = writer.transfers.bytes
  copy(scratch, TOPICS_AT + 76, out, at + TRANSFER.from, 20)
  copy(scratch, TOPICS_AT + 108, out, at + TRANSFER.to, 20)
  copy(scratch, id, out, at + TRANSFER.tokenId, 32)
  copy(scratch, amount, out, at + TRANSFER.amount, 32)
}

function writeBatch(writer: PackedWriter): void {
  if (state.topics !== 4 || state.dataBytes < 64) return
  const ids = arrayAt(DATA_AT)
  const amounts = arrayAt(DATA_AT + 32)
  if (ids.length < 0 || ids.length !== amounts.length) return
  for (let i = 0; i < ids.length; i++) {
    writeMulti(writer, ids.start + 32 * i, amounts.start + 32 * i)
  }
}

function writeWrapping(writer: PackedWriter, chain: ChainId, isDeposit: boolean): void {
  if (state.topics !== 2 || state.dataBytes < 32) return
  if (!isWrappedCoin(chain, `0x${hexOf(12, 20)}`)) return
  const at = transferRow(writer, 1, isDeposit ? HAS.to : HAS.from)
  const out = writer.transfers.bytes
  const side = isDeposit ? TRANSFER.to : TRANSFER.from
  copy(scratch, TOPICS_AT + 44, out, at + side, 20)
  copy(scratch, DATA_AT, out, at + TRANSFER.amount, 32)
}

function writeDeposit(writer: PackedWriter, chain: ChainId): void {
  writeWrapping(writer, chain, true)
}

function writeWithdrawal(writer: PackedWriter, chain: ChainId): void {
  writeWrapping(writer, chain, false)
}

const APPROVAL = EVENT_KINDS.indexOf('approval')
const TOKEN_ID = EXTRA_NAMES.indexOf('tokenId')

function writeApproval(writer: PackedWriter): void {
  const first = threeWords()
  if (first === -1) return
  const nft = isNft()
  const at = eventRow(writer, APPROVAL)
  const out = writer.events.bytes
  copy(scratch, first + 12, out, at + EVENT.owner, 20)
  copy(scratch, first + 44, out, at + EVENT.spender, 20)
  out[at + EVENT.flags] = HAS.logIndex | HAS.owner | HAS.spender | (nft ? 0 : HAS.amount)
  if (!nft) copy(scratch, thirdWord(first), out, at + EVENT.amount, 32)
  else {
    out[at + EVENT.extraCount] = 1
    writeExtra(writer, { name: TOKEN_ID, type: EXTRA_TYPE.natural, at: thirdWord(first) })
  }
}
