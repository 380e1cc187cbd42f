import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { AppError } from '../base/error.ts'
import { LIMITS } from '../base/limits.ts'
import { decodeGetblock } from './bitcoin/json.ts'
import { bitcoinNetwork } from './bitcoin/network.ts'
import { decodeBitcoinBlocks, isRawBitcoin } from './bitcoin/raw.ts'
import { decodeEvmBlock } from './evm/block.ts'
import { isHeaderProven } from './evm/header.ts'
import { decodeRlpBlocks, isRlpBlock, otherChain } from './evm/rlp-block.ts'
import type { ChainBlock, ChainId } from './types.ts'

function unknownFormat(): AppError {
  return new AppError('chain.recorded_format', 'The file has no form of block that Custos reads.', {
    status: 400,
  })
}

/**
 * Blocks of a recorded file, in the order of the file (raw Bitcoin files: in the order of heights).
 * Forms, each plain or compressed by gzip:
 *
 * - JSON: a block as a node answers it, or `{block, receipts, logs?, traces?}`; one, an array of
 *   them, or one a line; for Bitcoin what `getblock` answers with verbosity 2 or 3;
 * - RLP blocks of Ethereum and its relatives, as bytes or as hex text;
 * - raw Bitcoin blocks, as bytes, as hex text, or as a node's `blk…dat`.
 *
 * Throws `chain.recorded_format` for anything else, `chain.recorded_chain` for a block of another
 * chain, `chain.recorded_header` for rows that came without their block, `chain.recorded_too_large`,
 * and what the decoders throw. Blocks before the failing one have been given by then.
 */
export async function* readRecorded(
  source: string | Uint8Array,
  chain: ChainId,
): AsyncGenerator<ChainBlock> {
  const raw = typeof source === 'string' ? await readFile(source) : source
  const bytes = unzipped(raw)
  if (isRawBitcoin(bytes, chain)) {
    yield* decodeBitcoinBlocks(bytes, chain)
    return
  }
  const first = firstByte(bytes)
  if (first === 0x7b || first === 0x5b) {
    for (const value of jsonValues(bytes)) yield blockOfJson(value, chain)
    return
  }
  const own = bytesOfHex(bytes) ?? bytes
  if (bitcoinNetwork(chain) !== undefined) {
    if (!isRawBitcoin(own, chain)) throw unknownFormat()
    yield* decodeBitcoinBlocks(own, chain)
    return
  }
  if (!isRlpBlock(own)) throw unknownFormat()
  yield* decodeRlpBlocks(own, chain)
}

function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMITS.sourceBytesMax })
  } catch (cause) {
    throw new AppError('chain.recorded_too_large', 'The file cannot be unpacked within limits.', {
      status: 400,
      cause,
    })
  }
}

/** The first byte that is no white space and no byte-order mark. */
function firstByte(bytes: Uint8Array): number {
  return bytes.find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte)) ?? 0
}

/** Hex text with or without `0x`, in lines or not, as bytes; undefined where it is none. */
function bytesOfHex(bytes: Uint8Array): Uint8Array | undefined {
  // A binary file shows itself within its first bytes.
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  if (!/^\s*(?:0x)?[0-9a-fA-F\s]+$/.test(head) || bytes.length > LIMITS.recordedTextMax) {
    return undefined
  }
  const text = Buffer.from(bytes).toString('latin1').replaceAll(/\s+/g, '').replace(/^0x/, '')
  const whole = Buffer.from(text, 'hex')
  return whole.length * 2 === text.length && text !== '' ? whole : undefined
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(
      Buffer.from(bytes)
        .toString()
        .replace(/^\uFEFF/, ''),
    )
  } catch (cause) {
    throw new AppError('chain.recorded_format', 'The file is no JSON.', { status: 400, cause })
  }
}

/** One value, the members of an array, or one value a line. */
function* jsonValues(bytes: Uint8Array): Generator<unknown> {
  if (isLines(bytes)) {
    for (let at = 0; at < bytes.length; ) {
      const found = bytes.indexOf(0x0a, at)
      const end = found === -1 ? bytes.length : found
      const line = bytes.subarray(at, end)
      if (firstByte(line) !== 0) yield parsed(line)
      at = end + 1
    }
    return
  }
  if (bytes.length > LIMITS.recordedTextMax) {
    throw new AppError(
      'chain.recorded_too_large',
      'The file is too large to be read as one value.',
      {
        status: 400,
        params: { bytesMax: LIMITS.recordedTextMax },
      },
    )
  }
  const value = parsed(bytes)
  if (Array.isArray(value)) yield* value
  else yield value
}

/** A first line that is JSON by itself, with something behind it, makes the file one of lines. */
function isLines(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(0x0a)
  if (end <= 0 || firstByte(bytes.subarray(end)) === 0) return false
  try {
    JSON.parse(
      Buffer.from(bytes.subarray(0, end))
        .toString()
        .replace(/^\uFEFF/, ''),
    )
    return true
  } catch {
    return false
  }
}

type Member = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a node answered, with or without the envelope of JSON-RPC. */
function bare(value: unknown): unknown {
  return isObject(value) && 'jsonrpc' in value && 'result' in value ? value.result : value
}

function blockOfJson(value: unknown, chain: ChainId): ChainBlock {
  const answer = bare(value)
  if (!isObject(answer)) throw unknownFormat()
  if (bitcoinNetwork(chain) !== undefined) {
    const block = bare(answer.block ?? answer)
    if (!isObject(block) || !('tx' in block)) throw unknownFormat()
    return decodeGetblock(block, chain)
  }
  const block = bare(answer.block ?? answer)
  if (!isObject(block) || !Array.isArray(block.transactions)) {
    if (!('traces' in answer || 'receipts' in answer)) throw unknownFormat()
    throw new AppError('chain.recorded_header', 'The file has rows of a block without the block.', {
      status: 400,
    })
  }
  checkChain(block.transactions, chain)
  const own = block === answer ? {} : answer
  const decoded = decodeEvmBlock({
    chain,
    block,
    receipts: bare(own.receipts) ?? null,
    logs: bare(own.logs) ?? null,
    traces: bare(own.traces) ?? null,
  })
  if (isHeaderProven(chain, block)) return decoded
  const { coverage } = decoded
  const gaps = [...(coverage.gaps ?? []), 'hash_unverified' as const].sort()
  return { ...decoded, coverage: { ...coverage, gaps } }
}

/**
 * Refuses a block whose transactions are all signed for one other chain. Transactions of the
 * system carry numbers that are no chain's, beyond what a chain may have (EIP-2294).
 */
function checkChain(transactions: readonly unknown[], chain: ChainId): void {
  const ids = new Set<number>()
  for (const tx of transactions) {
    const id = isObject(tx) ? Number(tx.chainId ?? Number.NaN) : Number.NaN
    if (Number.isSafeInteger(id) && id > 0) ids.add(id)
  }
  const [only] = ids
  if (ids.size === 1 && only !== undefined && chain !== `eip155:${only}`) throw otherChain(chain)
}
