import { AppError } from '../../base/error.ts'
import { LIMITS } from '../../base/limits.ts'
import type { ChainBlock, ChainId } from '../types.ts'
import {
  type BitcoinBlock,
  type BitcoinInput,
  type BitcoinOutput,
  type BitcoinTransaction,
  bitcoinFlows,
} from './block.ts'
import { ByteReader, idText, inconsistentBlock, malformedBlock, sha256d } from './bytes.ts'
import { type BitcoinNetwork, bitcoinNetwork } from './network.ts'
import { pushesOf } from './script.ts'

const HEADER_BYTES = 80

interface Piece {
  readonly start: number
  readonly end: number
  readonly hash: string
  readonly parent: string
  /** BIP-34; null in blocks before it. */
  readonly height: number | null
}

/**
 * Blocks from raw bytes: one block alone, or a node's file (`blk…dat`), where each block has the
 * network's magic and its length in front and the order is that of arrival. They are given in
 * ascending order. A block from before BIP-34 does not state its height: it is taken from its
 * links to blocks of the same bytes, the first block of all included, and
 * `chain.block_height_unknown` is thrown where there are none.
 */
export function* decodeBitcoinBlocks(bytes: Uint8Array, chain: ChainId): Generator<ChainBlock> {
  const network = networkOf(chain)
  const pieces = piecesOf(bytes, network)
  const heights = heightsOf(pieces, network)
  const ordered = pieces
    .map((piece) => ({ piece, number: heights.get(piece.hash) }))
    .sort((a, b) => (a.number ?? -1) - (b.number ?? -1))
  for (const { piece, number } of ordered) {
    if (number === undefined) {
      throw new AppError('chain.block_height_unknown', 'The height of a block is not known.', {
        status: 400,
        params: { hash: piece.hash },
      })
    }
    yield bitcoinFlows(readBlock(bytes, piece, number), chain, network)
  }
}

export function networkOf(chain: ChainId): BitcoinNetwork {
  const network = bitcoinNetwork(chain)
  if (network !== undefined) return network
  throw new AppError('chain.recorded_chain', 'Blocks of this form belong to another chain.', {
    status: 400,
    params: { chain },
  })
}

/** Whether the bytes begin with the network's magic, or with a header that meets its target. */
export function isRawBitcoin(bytes: Uint8Array, chain: ChainId): boolean {
  const network = bitcoinNetwork(chain)
  if (network === undefined || bytes.length <= HEADER_BYTES) return false
  if (Buffer.from(bytes.subarray(0, 4)).toString('hex') === network.magic) return true
  return network.isSha256Work && meetsTarget(bytes.subarray(0, HEADER_BYTES))
}

function piecesOf(bytes: Uint8Array, network: BitcoinNetwork): readonly Piece[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.toString('hex', 0, 4) !== network.magic) {
    return [pieceOf(buffer, { start: 0, end: buffer.length, network })]
  }
  const pieces: Piece[] = []
  for (let at = 0; at < buffer.length; ) {
    // A node reserves room in advance: zeros to the end are no block.
    if (buffer[at] === 0 && isZero(buffer.subarray(at))) break
    if (buffer.toString('hex', at, at + 4) !== network.magic) throw malformedBlock('magic')
    if (at + 8 > buffer.length) throw malformedBlock('length')
    const start = at + 8
    const end = start + buffer.readUInt32LE(at + 4)
    if (end > buffer.length) throw malformedBlock('length')
    pieces.push(pieceOf(buffer, { start, end, network }))
    at = end
  }
  return pieces
}

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)

function pieceOf(
  buffer: Buffer,
  { start, end, network }: { start: number; end: number; network: BitcoinNetwork },
): Piece {
  if (end - start <= HEADER_BYTES) throw malformedBlock('header')
  const header = buffer.subarray(start, start + HEADER_BYTES)
  if (network.isSha256Work && !meetsTarget(header)) throw inconsistentBlock('bits')
  const reader = new ByteReader(buffer, start + HEADER_BYTES, end)
  reader.count(60)
  return {
    start,
    end,
    hash: idText(sha256d(header)),
    parent: idText(header.subarray(4, 36)),
    height: header.readInt32LE(0) >= 2 ? heightOf(readTransaction(reader)) : null,
  }
}

/** The hash, as a number, is not above what `bits` states: nobody makes such a header by chance. */
export function meetsTarget(header: Uint8Array): boolean {
  const bits = Buffer.from(header).readUInt32LE(72)
  const mantissa = BigInt(bits & 0x7fffff)
  const exponent = bits >>> 24
  if (mantissa === 0n || exponent > 34 || (bits & 0x800000) !== 0) return false
  const target =
    exponent <= 3 ? mantissa >> BigInt(8 * (3 - exponent)) : mantissa << BigInt(8 * (exponent - 3))
  return BigInt(`0x${idText(sha256d(header))}`) <= target
}

/** The height that the first transaction pushes first; null where it pushes something else. */
function heightOf({ inputs: [input] }: BitcoinTransaction): number | null {
  const script = input?.script ?? new Uint8Array(0)
  const length = script[0] ?? 0
  // Blocks of version 2 that came before the rule was enforced may push anything.
  const [push] = pushesOf(script.subarray(0, 1 + Math.min(length, 5))) ?? []
  if (push === undefined || push.length === 0 || push.length > 4) return null
  const height = Buffer.concat([push, Buffer.alloc(4 - push.length)]).readUInt32LE()
  return height < 2 ** 31 ? height : null
}

function heightsOf(pieces: readonly Piece[], network: BitcoinNetwork): Map<string, number> {
  const heights = new Map<string, number>([[network.genesis, 0]])
  const children = new Map<string, Piece[]>()
  for (const piece of pieces) {
    children.set(piece.parent, [...(children.get(piece.parent) ?? []), piece])
    if (piece.height !== null) heights.set(piece.hash, piece.height)
  }
  const byHash = new Map(pieces.map((piece) => [piece.hash, piece]))
  const waiting = [...heights.keys()]
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    const height = heights.get(hash) ?? 0
    const learn = (other: string, value: number) => {
      if (heights.has(other) || value < 0) return
      heights.set(other, value)
      waiting.push(other)
    }
    for (const child of children.get(hash) ?? []) learn(child.hash, height + 1)
    const own = byHash.get(hash)
    if (own !== undefined) learn(own.parent, height - 1)
  }
  return heights
}

function readBlock(bytes: Uint8Array, piece: Piece, number: number): BitcoinBlock {
  const reader = new ByteReader(bytes, piece.start, piece.end)
  const header = reader.take(HEADER_BYTES)
  const count = reader.count(60)
  if (count > LIMITS.blockTransactionsMax) throw malformedBlock('transactions')
  const transactions = Array.from({ length: count }, () => readTransaction(reader))
  if (reader.at !== piece.end) throw malformedBlock('length')
  return {
    number,
    hash: piece.hash,
    parent: piece.parent,
    at: header.readUInt32LE(68),
    merkleRoot: header.subarray(36, 68),
    transactions,
  }
}

/** One transaction of BIP-144's form, with or without witness. */
export function readTransaction(reader: ByteReader): BitcoinTransaction {
  const start = reader.at
  const version = reader.take(4)
  const hasWitness = reader.bytes[reader.at] === 0 && reader.bytes[reader.at + 1] === 1
  if (hasWitness) reader.take(2)
  const bodyStart = reader.at
  const bare = Array.from({ length: reader.count(41) }, () => readInput(reader))
  const outputs = Array.from({ length: reader.count(9) }, () => readOutput(reader))
  const bodyEnd = reader.at
  const witnesses = hasWitness ? bare.map(() => readWitness(reader)) : null
  const lock = reader.take(4)
  const whole = reader.bytes.subarray(start, reader.at)
  const body = reader.bytes.subarray(bodyStart, bodyEnd)
  const id = sha256d(hasWitness ? Buffer.concat([version, body, lock]) : whole)
  return {
    id,
    witnessId: hasWitness ? sha256d(whole) : id,
    text: idText(id),
    inputs: bare.map((input, i) => ({ ...input, witness: witnesses?.[i] ?? [] })),
    outputs,
  }
}

const NOTHING = '0'.repeat(64)

function readInput(reader: ByteReader): Omit<BitcoinInput, 'witness'> {
  const id = idText(reader.take(32))
  const index = reader.uint32()
  const script = reader.bytesWithLength()
  reader.take(4)
  const isNew = id === NOTHING && index === 0xffffffff
  return { spends: isNew ? null : `${id}:${index}`, script, output: null }
}

function readOutput(reader: ByteReader): BitcoinOutput {
  const amount = reader.uint64()
  return { amount, script: reader.bytesWithLength() }
}

function readWitness(reader: ByteReader): readonly Uint8Array[] {
  return Array.from({ length: reader.count(1) }, () => reader.bytesWithLength())
}
