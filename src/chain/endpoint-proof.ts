import { bytesToHex } from '../base/bytes.ts'
import { keccak256 } from '../base/keccak.ts'
import { RlpWriter } from './evm/rlp-writer.ts'
import { listRoot } from './evm/trie.ts'
import { malformed, type RpcObject, readCount, readList, readObject } from './evm/value.ts'

/** Types whose encoding is Ethereum's own; other chains add types with more fields. */
const TYPE_MAX = 4
const ITEMS_MAX = 100_000

/** One thread encodes one item at a time. */
const writer = new RlpWriter()

function typeOf(object: RpcObject): number {
  return object.type === undefined || object.type === null ? 0 : readCount(object.type, 'type')
}

/** The bytes of a transaction as they stand in the block, from its JSON; null: another type. */
export function transactionBytes(value: unknown): Uint8Array | null {
  const tx = readObject(value, 'transactions')
  const type = typeOf(tx)
  if (type > TYPE_MAX) return null
  writer.clear()
  writer.quantity(tx.s, 's')
  writer.quantity(tx.r, 'r')
  // EIP-2718 transactions sign with a parity; nodes older than that name it v.
  const parity = type === 0 || tx.yParity === undefined ? 'v' : 'yParity'
  writer.quantity(tx[parity], parity)
  if (type === 4) authorizations(tx.authorizationList)
  if (type === 3) {
    byteList(tx.blobVersionedHashes, 'blobVersionedHashes')
    writer.quantity(tx.maxFeePerBlobGas, 'maxFeePerBlobGas')
  }
  if (type >= 1) accessList(tx.accessList ?? [])
  writer.data(tx.input, 'input')
  writer.quantity(tx.value, 'value')
  writer.data(tx.to ?? '0x', 'to')
  writer.quantity(tx.gas, 'gas')
  if (type < 2) writer.quantity(tx.gasPrice, 'gasPrice')
  else {
    writer.quantity(tx.maxFeePerGas, 'maxFeePerGas')
    writer.quantity(tx.maxPriorityFeePerGas, 'maxPriorityFeePerGas')
  }
  writer.quantity(tx.nonce, 'nonce')
  if (type > 0) writer.quantity(tx.chainId, 'chainId')
  return typed(type)
}

/** EIP-2718: the type stands before the list. */
function typed(type: number): Uint8Array {
  writer.list(0)
  if (type > 0) writer.byte(type)
  return writer.take()
}

function reversed(value: unknown, field: string): readonly unknown[] {
  const list = readList(value, field, ITEMS_MAX)
  return list.length < 2 ? list : list.toReversed()
}

function byteList(value: unknown, field: string): void {
  const { mark } = writer
  for (const item of reversed(value, field)) writer.data(item, field)
  writer.list(mark)
}

function accessList(value: unknown): void {
  const all = writer.mark
  for (const item of reversed(value, 'accessList')) {
    const entry = readObject(item, 'accessList')
    const { mark } = writer
    byteList(entry.storageKeys, 'storageKeys')
    writer.data(entry.address, 'address')
    writer.list(mark)
  }
  writer.list(all)
}

/** EIP-7702. */
function authorizations(value: unknown): void {
  const all = writer.mark
  for (const item of reversed(value, 'authorizationList')) {
    const entry = readObject(item, 'authorizationList')
    const parity = entry.yParity === undefined ? 'v' : 'yParity'
    const { mark } = writer
    writer.quantity(entry.s, 's')
    writer.quantity(entry.r, 'r')
    writer.quantity(entry[parity], parity)
    writer.quantity(entry.nonce, 'nonce')
    writer.data(entry.address, 'address')
    writer.quantity(entry.chainId, 'chainId')
    writer.list(mark)
  }
  writer.list(all)
}

/** The bytes of a receipt as they are hashed (Yellow Paper 4.3.1, EIP-658, EIP-2718). */
export function receiptBytes(value: unknown): Uint8Array | null {
  const receipt = readObject(value, 'receipts')
  const type = typeOf(receipt)
  if (type > TYPE_MAX) return null
  const { logs, logsBloom, status } = receipt
  writer.clear()
  for (const item of reversed(logs, 'logs')) {
    const log = readObject(item, 'logs')
    const { mark } = writer
    writer.data(log.data, 'data')
    byteList(log.topics, 'topics')
    writer.data(log.address, 'address')
    writer.list(mark)
  }
  writer.list(0)
  // Where the root is right the stated filter is too: the root is over it.
  if (logsBloom !== undefined && logsBloom !== null) writer.data(logsBloom, 'logsBloom')
  else writer.bytes(bloomOf(logs as readonly RpcObject[]))
  writer.quantity(receipt.cumulativeGasUsed, 'cumulativeGasUsed')
  if (status !== undefined && status !== null) writer.quantity(status, 'status')
  else writer.data(receipt.root, 'root')
  return typed(type)
}

/** Decoding stops at what is no digit: the length tells, without a look at every character. */
function bytesOf(value: unknown, field: string): Uint8Array {
  if (typeof value !== 'string' || !value.startsWith('0x')) throw malformed(field)
  const decoded = Buffer.from(value.slice(2), 'hex')
  if (2 * decoded.length + 2 !== value.length) throw malformed(field)
  return decoded
}

/** The Merkle root over the given bytes, as a header states it; null: one of them is unknown. */
export function rootOf(items: readonly (Uint8Array | null)[]): string | null {
  const known = items.filter((item) => item !== null)
  return known.length < items.length ? null : `0x${bytesToHex(listRoot(known))}`
}

/** The 2048 bits that logs set: three for each address and each topic (Yellow Paper 4.3.1). */
export function bloomOf(logs: readonly RpcObject[]): Uint8Array {
  const bloom = new Uint8Array(256)
  for (const log of logs) {
    for (const item of [log.address, ...readList(log.topics, 'topics', 4)]) {
      const hash = keccak256(bytesOf(item, 'topics'))
      for (const at of [0, 2, 4]) {
        const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047
        const index = 255 - (bit >> 3)
        bloom[index] = (bloom[index] ?? 0) | (1 << (bit & 7))
      }
    }
  }
  return bloom
}

export function keccakText(data: Uint8Array): string {
  return `0x${bytesToHex(keccak256(data))}`
}
