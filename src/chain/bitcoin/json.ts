import { LIMITS } from '../../base/limits.ts'
import type { ChainBlock, ChainId } from '../types.ts'
import {
  type BitcoinInput,
  type BitcoinOutput,
  type BitcoinTransaction,
  bitcoinFlows,
} from './block.ts'
import { ByteReader, idBytes, idText, inconsistentBlock, malformedBlock, sha256d } from './bytes.ts'
import { networkOf, readTransaction } from './raw.ts'

type Member = Readonly<Record<string, unknown>>

function objectOf(value: unknown, field: string): Member {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformedBlock(field)
  }
  return value as Member
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw malformedBlock(field)
  return value
}

function hexOf(value: unknown, field: string): Buffer {
  const text = textOf(value, field)
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) throw malformedBlock(field)
  return Buffer.from(text, 'hex')
}

function countOf(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw malformedBlock(field)
  }
  return value
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > LIMITS.blockTransactionsMax)
    throw malformedBlock(field)
  return value
}

/**
 * A block as `getblock` answers it with verbosity 2 or 3. The header's hash is recomputed from its
 * fields, ids from `hex` where the answer has it, and the Merkle root from the ids. With verbosity
 * 3 each input names the output that it spends, so amounts of inputs are known.
 */
export function decodeGetblock(value: unknown, chain: ChainId): ChainBlock {
  const network = networkOf(chain)
  const block = objectOf(value, 'block')
  const hash = textOf(block.hash, 'hash')
  if (idText(sha256d(headerOf(block))) !== hash) throw inconsistentBlock('hash')
  const transactions = listOf(block.tx, 'tx').map(transactionOf)
  const parent = block.previousblockhash
  return bitcoinFlows(
    {
      number: countOf(block.height, 'height'),
      hash,
      // The first block has none.
      parent: parent === undefined ? '0'.repeat(64) : textOf(parent, 'previousblockhash'),
      at: countOf(block.time, 'time'),
      merkleRoot: idBytes(textOf(block.merkleroot, 'merkleroot'), 'merkleroot'),
      transactions,
    },
    chain,
    network,
  )
}

function headerOf(block: Member): Uint8Array {
  const header = Buffer.alloc(80)
  const version = block.version
  if (typeof version !== 'number' || !Number.isInteger(version)) throw malformedBlock('version')
  header.writeUInt32LE(version >>> 0, 0)
  const parent = block.previousblockhash
  if (parent !== undefined) {
    header.set(idBytes(textOf(parent, 'previousblockhash'), 'previousblockhash'), 4)
  }
  header.set(idBytes(textOf(block.merkleroot, 'merkleroot'), 'merkleroot'), 36)
  header.writeUInt32LE(word(block.time, 'time'), 68)
  const bits = hexOf(block.bits, 'bits')
  if (bits.length !== 4) throw malformedBlock('bits')
  header.writeUInt32LE(bits.readUInt32BE(), 72)
  header.writeUInt32LE(word(block.nonce, 'nonce'), 76)
  return header
}

function word(value: unknown, field: string): number {
  const count = countOf(value, field)
  if (count > 0xffffffff) throw malformedBlock(field)
  return count
}

function transactionOf(item: unknown): BitcoinTransaction {
  const tx = objectOf(item, 'tx')
  const text = textOf(tx.txid, 'txid')
  const inputs = listOf(tx.vin, 'vin').map(inputOf)
  const id = idBytes(text, 'txid')
  const hash = tx.hash === undefined ? null : idBytes(textOf(tx.hash, 'hash'), 'hash')
  if (tx.hex !== undefined) {
    const reader = new ByteReader(hexOf(tx.hex, 'hex'))
    const raw = readTransaction(reader)
    if (raw.text !== text || reader.at !== reader.end) throw inconsistentBlock('txid')
    if (raw.inputs.length !== inputs.length) throw inconsistentBlock('vin')
    return {
      ...raw,
      inputs: raw.inputs.map((input, i) => ({ ...input, output: inputs[i]?.output ?? null })),
    }
  }
  const outputs = listOf(tx.vout, 'vout').map(outputOf)
  return { id, witnessId: hash, text, inputs, outputs }
}

function inputOf(item: unknown): BitcoinInput {
  const input = objectOf(item, 'vin')
  const witness = listOf(input.txinwitness ?? [], 'txinwitness').map((part) =>
    hexOf(part, 'txinwitness'),
  )
  if (input.coinbase !== undefined) {
    return { spends: null, script: hexOf(input.coinbase, 'coinbase'), witness, output: null }
  }
  const id = textOf(input.txid, 'txid')
  return {
    spends: `${id}:${countOf(input.vout, 'vout')}`,
    script: hexOf(objectOf(input.scriptSig, 'scriptSig').hex, 'scriptSig'),
    witness,
    output: input.prevout === undefined ? null : outputOf(input.prevout),
  }
}

function outputOf(item: unknown): BitcoinOutput {
  const output = objectOf(item, 'vout')
  const script = objectOf(output.scriptPubKey, 'scriptPubKey')
  return { amount: amountOf(output.value), script: hexOf(script.hex, 'scriptPubKey') }
}

/**
 * Coins with eight decimals, which a JSON number holds exactly up to 90 million coins: the nearest
 * number to a decimal of 16 digits prints as that decimal again.
 */
function amountOf(value: unknown): bigint {
  if (typeof value !== 'number' || !(value >= 0 && value <= 90_000_000)) {
    throw malformedBlock('value')
  }
  const text = value.toFixed(8)
  if (Number(text) !== value) throw malformedBlock('value')
  return BigInt(text.replace('.', ''))
}
