import { assert } from '../base/assert.ts'
import { EXTRA_NAMES } from './evm/event.ts'
import { addressText } from './packed-texts.ts'
import { EVENT_KINDS } from './read.ts'
import type {
  ChainBlock,
  ChainEvent,
  ChainId,
  ChainTransaction,
  ChainTransfer,
  TransferStandard,
} from './types.ts'

/**
 * One decoded block of an EVM chain in bytes: rows of fixed width, so that a thread can hand it to
 * another without copying objects, and so that it can be scored where it lies. What is absent is
 * zero and has no flag. Numbers are big-endian; amounts have 32 bytes.
 *
 *     header | transactions | transfers | events | named values of events
 */
export const PACKED = { header: 96, tx: 136, transfer: 136, event: 112, extra: 34 } as const

/** Positions in the header. */
export const HEAD = { number: 0, at: 8, hash: 16, parent: 48, counts: 80 } as const
export const TX = {
  hash: 0,
  value: 32,
  from: 64,
  to: 84,
  created: 104,
  selector: 124,
  status: 128,
  flags: 129,
} as const
export const TRANSFER = {
  amount: 0,
  tokenId: 32,
  token: 64,
  from: 84,
  to: 104,
  txIndex: 124,
  logIndex: 128,
  standard: 132,
  flags: 133,
} as const
export const EVENT = {
  amount: 0,
  contract: 32,
  owner: 52,
  spender: 72,
  txIndex: 92,
  logIndex: 96,
  extraAt: 100,
  extraCount: 104,
  kind: 105,
  flags: 106,
} as const
/** Bits of `flags`: which of the fields are there. */
export const HAS = {
  to: 1,
  created: 2,
  selector: 4,
  token: 8,
  from: 16,
  amount: 32,
  tokenId: 64,
  logIndex: 128,
  owner: 1,
  spender: 2,
} as const
/** How a named value is written: an address, a natural number, a negative one, 32 bytes. */
export const EXTRA_TYPE = { address: 0, natural: 1, negative: 2, bytes: 3 } as const

export const STANDARDS: readonly TransferStandard[] = [
  'native',
  'erc20',
  'erc721',
  'erc1155',
  'utxo',
]
/** Added to the standard of a transfer that only a trace tells. */
export const INTERNAL = 8
export const STATUSES = ['success', 'failed', 'unknown'] as const

/** A growing row buffer, used again for each block. */
export class RowBuffer {
  bytes: Buffer
  length = 0
  count = 0
  readonly #width: number

  constructor(width: number, rows: number) {
    this.#width = width
    this.bytes = Buffer.alloc(width * rows)
  }

  clear(): void {
    this.length = 0
    this.count = 0
  }

  /** Position of a new row of zeros. */
  add(): number {
    const at = this.length
    this.length += this.#width
    this.count += 1
    if (this.length > this.bytes.length) {
      const larger = Buffer.alloc(this.bytes.length * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.bytes.fill(0, at, this.length)
    return at
  }

  /** Takes back the last row. */
  drop(): void {
    this.length -= this.#width
    this.count -= 1
  }
}

/** Rows of the block that is being written. */
export class PackedWriter {
  readonly head = Buffer.alloc(PACKED.header)
  readonly txs = new RowBuffer(PACKED.tx, 256)
  readonly transfers = new RowBuffer(PACKED.transfer, 512)
  readonly events = new RowBuffer(PACKED.event, 256)
  readonly extras = new RowBuffer(PACKED.extra, 512)

  clear(): void {
    this.head.fill(0)
    this.txs.clear()
    this.transfers.clear()
    this.events.clear()
    this.extras.clear()
  }

  /** `cover` is the coverage as bits: receipts 1, logs 2, traces 4, inputs 8. */
  finish(number: number, at: number, cover: number): Buffer {
    const { head, txs, transfers, events, extras } = this
    head.writeDoubleBE(number, HEAD.number)
    head.writeDoubleBE(at, HEAD.at)
    head.writeUInt32BE(txs.count, HEAD.counts)
    head.writeUInt32BE(transfers.count, HEAD.counts + 4)
    head.writeUInt32BE(events.count, HEAD.counts + 8)
    head.writeUInt32BE(cover, HEAD.counts + 12)
    return Buffer.concat([
      head,
      ...[txs, transfers, events, extras].map((part) => part.bytes.subarray(0, part.length)),
    ])
  }
}

const NAME_ID: ReadonlyMap<string, number> = new Map(EXTRA_NAMES.map((name, i) => [name, i]))

/** Packs a decoded block; gaps of its coverage are not kept. Addresses must be those of EVM. */
export function packBlock(block: ChainBlock): Buffer {
  const writer = new PackedWriter()
  writer.head.write(block.hash.slice(2), HEAD.hash, 'hex')
  writer.head.write(block.parent.slice(2), HEAD.parent, 'hex')
  for (const tx of block.transactions) packTransaction(writer.txs, tx)
  for (const transfer of block.transfers) packTransfer(writer.transfers, transfer)
  for (const event of block.events) packEvent(writer, event)
  const { receipts, logs, traces, inputs } = block.coverage
  const cover = (receipts ? 1 : 0) + (logs ? 2 : 0) + (traces ? 4 : 0) + (inputs ? 8 : 0)
  return writer.finish(block.number, block.at, cover)
}

function putHex(bytes: Buffer, at: number, text: string | null): boolean {
  if (text === null) return false
  bytes.write(text.slice(2), at, 'hex')
  return true
}

function putWord(bytes: Buffer, at: number, value: bigint | null): boolean {
  if (value === null) return false
  bytes.write(BigInt.asUintN(256, value).toString(16).padStart(64, '0'), at, 'hex')
  return true
}

function packTransaction(rows: RowBuffer, tx: ChainTransaction): void {
  const at = rows.add()
  const { bytes } = rows
  assert(tx.from !== null, 'a transaction of a node has a sender')
  putHex(bytes, at + TX.hash, tx.hash)
  putHex(bytes, at + TX.from, tx.from)
  putWord(bytes, at + TX.value, tx.value)
  bytes[at + TX.status] = STATUSES.indexOf(tx.status)
  bytes[at + TX.flags] =
    (putHex(bytes, at + TX.to, tx.to) ? HAS.to : 0) |
    (putHex(bytes, at + TX.created, tx.created) ? HAS.created : 0) |
    (putHex(bytes, at + TX.selector, tx.selector) ? HAS.selector : 0)
}

function packTransfer(rows: RowBuffer, transfer: ChainTransfer): void {
  const at = rows.add()
  const { bytes } = rows
  bytes.writeUInt32BE(transfer.txIndex, at + TRANSFER.txIndex)
  bytes.writeUInt32BE(transfer.logIndex ?? 0, at + TRANSFER.logIndex)
  bytes[at + TRANSFER.standard] =
    STANDARDS.indexOf(transfer.standard) + (transfer.isInternal ? INTERNAL : 0)
  bytes[at + TRANSFER.flags] =
    (putHex(bytes, at + TRANSFER.token, transfer.token) ? HAS.token : 0) |
    (putHex(bytes, at + TRANSFER.from, transfer.from) ? HAS.from : 0) |
    (putHex(bytes, at + TRANSFER.to, transfer.to) ? HAS.to : 0) |
    (putWord(bytes, at + TRANSFER.amount, transfer.amount) ? HAS.amount : 0) |
    (putWord(bytes, at + TRANSFER.tokenId, transfer.tokenId) ? HAS.tokenId : 0) |
    (transfer.logIndex === null ? 0 : HAS.logIndex)
}

function packEvent({ events, extras }: PackedWriter, event: ChainEvent): void {
  const at = events.add()
  const { bytes } = events
  putHex(bytes, at + EVENT.contract, event.contract)
  bytes.writeUInt32BE(event.txIndex, at + EVENT.txIndex)
  bytes.writeUInt32BE(event.logIndex ?? 0, at + EVENT.logIndex)
  bytes.writeUInt32BE(extras.count, at + EVENT.extraAt)
  bytes[at + EVENT.kind] = EVENT_KINDS.indexOf(event.kind)
  bytes[at + EVENT.flags] =
    (putHex(bytes, at + EVENT.owner, event.owner) ? HAS.owner : 0) |
    (putHex(bytes, at + EVENT.spender, event.spender) ? HAS.spender : 0) |
    (putWord(bytes, at + EVENT.amount, event.amount) ? HAS.amount : 0) |
    (event.logIndex === null ? 0 : HAS.logIndex)
  const named = Object.entries(event.extra)
  bytes[at + EVENT.extraCount] = named.length
  for (const [name, text] of named) {
    const own = extras.add()
    extras.bytes[own] = NAME_ID.get(name) ?? 255
    extras.bytes[own + 1] = extraType(text)
    if (text.startsWith('0x')) extras.bytes.write(text.slice(2).padStart(64, '0'), own + 2, 'hex')
    else putWord(extras.bytes, own + 2, BigInt(text))
  }
}

function extraType(text: string): number {
  if (text.startsWith('0x')) return text.length === 42 ? EXTRA_TYPE.address : EXTRA_TYPE.bytes
  return text.startsWith('-') ? EXTRA_TYPE.negative : EXTRA_TYPE.natural
}

/** The block that was packed. */
export function unpackBlock(packed: Uint8Array, chain: ChainId): ChainBlock {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  const hex = (at: number, length: number) => `0x${bytes.toString('hex', at, at + length)}`
  const count = (i: number) => bytes.readUInt32BE(HEAD.counts + 4 * i)
  const txStart = PACKED.header
  const transferStart = txStart + count(0) * PACKED.tx
  const eventStart = transferStart + count(1) * PACKED.transfer
  const extraStart = eventStart + count(2) * PACKED.event
  const hashes = Array.from({ length: count(0) }, (_, i) => hex(txStart + i * PACKED.tx, 32))
  const read = { bytes, hex, hashes, extraStart }
  const cover = count(3)
  return {
    chain,
    number: bytes.readDoubleBE(HEAD.number),
    hash: hex(HEAD.hash, 32),
    parent: hex(HEAD.parent, 32),
    at: bytes.readDoubleBE(HEAD.at),
    transactions: hashes.map((_, i) => unpackTransaction(read, txStart + i * PACKED.tx, i)),
    transfers: Array.from({ length: count(1) }, (_, i) =>
      unpackTransfer(read, transferStart + i * PACKED.transfer, i),
    ),
    events: Array.from({ length: count(2) }, (_, i) =>
      unpackEvent(read, eventStart + i * PACKED.event),
    ),
    coverage: {
      receipts: (cover & 1) !== 0,
      logs: (cover & 2) !== 0,
      traces: (cover & 4) !== 0,
      inputs: (cover & 8) !== 0,
    },
  }
}

interface Reading {
  readonly bytes: Buffer
  readonly hex: (at: number, length: number) => string
  readonly hashes: readonly string[]
  readonly extraStart: number
}

/** Most amounts fit a double: the long way round is for those that do not. */
function wordAt(bytes: Buffer, at: number): bigint {
  for (let i = at; i < at + 24; i += 4) {
    if (bytes.readUInt32BE(i) !== 0) return BigInt(`0x${bytes.toString('hex', at, at + 32)}`)
  }
  return bytes.readBigUInt64BE(at + 24)
}

function unpackTransaction({ bytes, hex, hashes }: Reading, at: number, index: number) {
  const flags = bytes[at + TX.flags] ?? 0
  const has = (bit: number) => (flags & bit) !== 0
  return {
    hash: hashes[index] ?? '',
    index,
    from: addressText(bytes, at + TX.from),
    to: has(HAS.to) ? addressText(bytes, at + TX.to) : null,
    value: wordAt(bytes, at + TX.value),
    status: STATUSES[bytes[at + TX.status] ?? 2] ?? 'unknown',
    selector: has(HAS.selector) ? hex(at + TX.selector, 4) : null,
    created: has(HAS.created) ? addressText(bytes, at + TX.created) : null,
  }
}

function unpackTransfer({ bytes, hashes }: Reading, at: number, ordinal: number) {
  const flags = bytes[at + TRANSFER.flags] ?? 0
  const has = (bit: number) => (flags & bit) !== 0
  const standard = bytes[at + TRANSFER.standard] ?? 0
  const txIndex = bytes.readUInt32BE(at + TRANSFER.txIndex)
  return {
    ordinal,
    standard: STANDARDS[standard % INTERNAL] ?? 'native',
    token: has(HAS.token) ? addressText(bytes, at + TRANSFER.token) : null,
    from: has(HAS.from) ? addressText(bytes, at + TRANSFER.from) : null,
    to: has(HAS.to) ? addressText(bytes, at + TRANSFER.to) : null,
    amount: has(HAS.amount) ? wordAt(bytes, at + TRANSFER.amount) : null,
    tokenId: has(HAS.tokenId) ? wordAt(bytes, at + TRANSFER.tokenId) : null,
    tx: hashes[txIndex] ?? '',
    txIndex,
    logIndex: has(HAS.logIndex) ? bytes.readUInt32BE(at + TRANSFER.logIndex) : null,
    isInternal: standard >= INTERNAL,
  }
}

function unpackEvent({ bytes, hashes, extraStart }: Reading, at: number): ChainEvent {
  const flags = bytes[at + EVENT.flags] ?? 0
  const has = (bit: number) => (flags & bit) !== 0
  const txIndex = bytes.readUInt32BE(at + EVENT.txIndex)
  const extra: Record<string, string> = {}
  const first = extraStart + bytes.readUInt32BE(at + EVENT.extraAt) * PACKED.extra
  for (let i = 0; i < (bytes[at + EVENT.extraCount] ?? 0); i++) {
    const own = first + i * PACKED.extra
    extra[EXTRA_NAMES[bytes[own] ?? 0] ?? ''] = extraText(bytes, own)
  }
  return {
    kind: EVENT_KINDS[bytes[at + EVENT.kind] ?? 0] ?? 'approval',
    contract: addressText(bytes, at + EVENT.contract),
    owner: has(HAS.owner) ? addressText(bytes, at + EVENT.owner) : null,
    spender: has(HAS.spender) ? addressText(bytes, at + EVENT.spender) : null,
    amount: has(HAS.amount) ? wordAt(bytes, at + EVENT.amount) : null,
    extra,
    tx: hashes[txIndex] ?? '',
    txIndex,
    logIndex: has(HAS.logIndex) ? bytes.readUInt32BE(at + EVENT.logIndex) : null,
  }
}

function extraText(bytes: Buffer, at: number): string {
  const word = at + 2
  switch (bytes[at + 1]) {
    case EXTRA_TYPE.address:
      return addressText(bytes, word + 12)
    case EXTRA_TYPE.bytes:
      return `0x${bytes.toString('hex', word, word + 32)}`
    case EXTRA_TYPE.negative:
      return String(BigInt.asIntN(256, wordAt(bytes, word)))
    default:
      return String(wordAt(bytes, word))
  }
}
