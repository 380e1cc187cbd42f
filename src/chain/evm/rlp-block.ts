import { bytesToHex } from '../../base/bytes.ts'
import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { ChainBlock, ChainEvent, ChainId, ChainTransaction, ChainTransfer } from '../types.ts'
import { createAddress } from './block.ts'
import { keccakHex } from './keccak.ts'
import { decodeRlp, encodeRlp, type Rlp, rlpBytes, rlpCount, rlpList, rlpSpan } from './rlp.ts'
import { creation } from './trace.ts'
import { type RawTransaction, readRawTransaction } from './transaction.ts'
import { listRoot } from './trie.ts'

/** Headers have had 15 fields since the first block, and get more at their end. */
const HEADER_ITEMS_MIN = 15

/**
 * Blocks as RLP, one after another: bare (`[header, transactions, uncles, …]`, as `chain.rlp`
 * exports have them) or as they are announced between nodes (`[block, total difficulty]`). The
 * hash is that of the header bytes, the transactions must give the root that the header states,
 * and senders are recovered from signatures. There are no receipts: transfers are native ones of
 * transactions whose outcome is unknown, and the coverage says so.
 *
 * Throws `chain.rlp_malformed`, `chain.transaction_type`, and `chain.block_inconsistent` where the
 * root is another.
 */
export function* decodeRlpBlocks(bytes: Uint8Array, chain: ChainId): Generator<ChainBlock> {
  for (let at = 0; at < bytes.length; ) {
    const { end } = rlpSpan(bytes, at, bytes.length)
    yield blockOf(blockParts(decodeRlp(bytes.subarray(at, end))), chain)
    at = end
  }
}

/** Whether the bytes begin like a block: a list whose first item, or whose first item's, is one. */
export function isRlpBlock(bytes: Uint8Array): boolean {
  try {
    const outer = rlpSpan(bytes, 0, bytes.length)
    return outer.isList && rlpSpan(bytes, outer.start, outer.end).isList
  } catch {
    return false
  }
}

/** The signatures are for another chain than the one that the block is read as. */
export function otherChain(chain: ChainId): AppError {
  return new AppError('chain.recorded_chain', 'The block belongs to another chain.', {
    status: 400,
    params: { chain },
  })
}

function blockParts(item: Rlp): readonly Rlp[] {
  const outer = rlpList(item)
  const first = rlpList(outer[0])
  return first[0] instanceof Uint8Array ? outer : first
}

function blockOf(parts: readonly Rlp[], chain: ChainId): ChainBlock {
  const header = rlpList(parts[0])
  const list = rlpList(parts[1])
  if (header.length < HEADER_ITEMS_MIN || list.length > LIMITS.blockTransactionsMax) {
    throw new AppError('chain.rlp_malformed', 'The bytes are no block.', { status: 400 })
  }
  const raw = list.map((item) => (item instanceof Uint8Array ? item : encodeRlp(item)))
  if (bytesToHex(listRoot(raw)) !== bytesToHex(rlpBytes(header[4], 32))) {
    throw new AppError('chain.block_inconsistent', 'The transactions have another root.', {
      status: 400,
      params: { field: 'transactionsRoot' },
    })
  }
  const read = list.map(readRawTransaction)
  for (const { chainId } of read) {
    if (chainId !== null && `eip155:${chainId}` !== chain) throw otherChain(chain)
  }
  return {
    chain,
    number: rlpCount(header[8]),
    hash: keccakHex(encodeRlp(header)),
    parent: `0x${bytesToHex(rlpBytes(header[0], 32))}`,
    at: rlpCount(header[11]),
    transactions: read.map(transactionOf),
    transfers: transfersOf(read),
    events: createdOf(read),
    coverage: { receipts: false, logs: false, traces: false, inputs: true },
  }
}

function createdBy({ to, from, nonce }: RawTransaction): string | null {
  return to === null && from !== null ? createAddress(from, nonce) : null
}

function transactionOf(tx: RawTransaction, index: number): ChainTransaction {
  const selector = tx.input.length < 4 ? null : `0x${bytesToHex(tx.input.subarray(0, 4))}`
  return {
    hash: tx.hash,
    index,
    from: tx.from,
    to: tx.to,
    value: tx.value,
    status: 'unknown',
    selector,
    created: createdBy(tx),
  }
}

function transfersOf(list: readonly RawTransaction[]): readonly ChainTransfer[] {
  const paying = list.map((tx, txIndex) => ({ tx, txIndex })).filter(({ tx }) => tx.value > 0n)
  return paying.map(({ tx, txIndex }, ordinal) => ({
    ordinal,
    standard: 'native',
    token: null,
    from: tx.from,
    to: tx.to ?? createdBy(tx),
    amount: tx.value,
    tokenId: null,
    tx: tx.hash,
    txIndex,
    logIndex: null,
    isInternal: false,
  }))
}

function createdOf(list: readonly RawTransaction[]): readonly ChainEvent[] {
  return list.flatMap((tx, txIndex) => {
    const made = createdBy(tx)
    if (made === null || tx.from === null) return []
    return [creation(tx.from, made, { tx: tx.hash, txIndex })]
  })
}
