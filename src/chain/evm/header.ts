import { bytesToHex } from '../../base/bytes.ts'
import { keccak256 } from '../../base/keccak.ts'
import type { ChainId } from '../types.ts'
import { encodeRlp, type Rlp, trimmedBytes } from './rlp.ts'
import {
  inconsistent,
  type RpcObject,
  readCount,
  readData,
  readHash,
  readObject,
  readQuantity,
} from './value.ts'

/** `unsupported`: the chain does not hash its headers as Ethereum does, or adds fields of its own. */
export type HeaderCheck = 'verified' | 'mismatch' | 'unsupported'

/**
 * Chains whose block hash is that of another consensus, by CAIP-2: Cosmos-EVM chains answer the
 * hash of the Tendermint header, Substrate ones that of their own, Tempo's header has more fields.
 */
const OTHER_HASH: ReadonlySet<string> = new Set([
  'eip155:25', // Cronos
  'eip155:338', // Cronos testnet
  'eip155:9000', // Evmos testnet
  'eip155:9001', // Evmos
  'eip155:2222', // Kava
  'eip155:7700', // Canto
  'eip155:1329', // Sei
  'eip155:964', // Bittensor
  'eip155:945', // Bittensor testnet
  'eip155:988', // Stable
  'eip155:2201', // Stable testnet
  'eip155:4217', // Tempo
  'eip155:42429', // Tempo testnet
  'eip155:42431', // Tempo Moderato
  'eip155:1284', // Moonbeam
  'eip155:1285', // Moonriver
  'eip155:42220', // Celo before its second layer
  'eip155:324', // zkSync Era
])

/** Chains whose headers are known to hash as Ethereum's: there, another hash is a false block. */
const SAME_HASH: ReadonlySet<string> = new Set(
  [1, 10, 56, 100, 130, 137, 999, 1337, 8453, 17000, 31337, 42161, 560048, 11155111].map(
    (id) => `eip155:${id}`,
  ),
)

/**
 * Throws `chain.block_inconsistent` where the chain hashes as Ethereum does and the stated hash is
 * another; true where it was recomputed, false where that says nothing (`hash_unverified`).
 */
export function isHeaderProven(chain: ChainId, value: unknown): boolean {
  const check = checkHeader(chain, value)
  if (check === 'mismatch' && SAME_HASH.has(chain)) throw inconsistent('hash')
  return check === 'verified'
}

/** Fields that Ethereum added to its header, in order; a header has a leading part of them. */
const LATER = [
  ['baseFeePerGas', 'quantity'],
  ['withdrawalsRoot', 'hash'],
  ['blobGasUsed', 'quantity'],
  ['excessBlobGas', 'quantity'],
  ['parentBeaconBlockRoot', 'hash'],
  ['requestsHash', 'hash'],
] as const

/**
 * Recomputes the hash of a header from its fields (Yellow Paper 4.3; EIP-1559, 4895, 4844, 4788,
 * 7685) and compares it with the stated one. A chain that is not known to hash otherwise and gives
 * another hash is a `mismatch`: the caller knows whether the chain is Ethereum-like.
 */
export function checkHeader(chain: ChainId, value: unknown): HeaderCheck {
  if (OTHER_HASH.has(chain)) return 'unsupported'
  const block = readObject(value, 'block')
  if (block.mixHash === undefined || block.nonce === undefined) return 'unsupported'
  return headerHash(block) === readHash(block.hash, 'hash') ? 'verified' : 'mismatch'
}

/** The hash of a header in the shape of JSON-RPC. */
export function headerHash(block: RpcObject): string {
  const hash = (field: string) => bytesOf(readHash(block[field], field))
  const data = (field: string) => bytesOf(readData(block[field], field))
  const quantity = (field: string) => trimmedBytes(readQuantity(block[field], field))
  const fields: Rlp[] = [
    hash('parentHash'),
    hash('sha3Uncles'),
    data('miner'),
    hash('stateRoot'),
    hash('transactionsRoot'),
    hash('receiptsRoot'),
    data('logsBloom'),
    quantity('difficulty'),
    trimmedBytes(BigInt(readCount(block.number, 'number'))),
    quantity('gasLimit'),
    quantity('gasUsed'),
    quantity('timestamp'),
    data('extraData'),
    hash('mixHash'),
    data('nonce'),
  ]
  for (const [field, kind] of LATER) {
    if (block[field] === undefined || block[field] === null) break
    fields.push(kind === 'hash' ? hash(field) : quantity(field))
  }
  return `0x${bytesToHex(keccak256(encodeRlp(fields)))}`
}

export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text.slice(2), 'hex')
}
