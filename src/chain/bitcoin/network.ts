import { CHAIN } from '../../model/chain.ts'
import type { ChainId } from '../types.ts'

/** What tells one chain of Bitcoin's family from another. */
export interface BitcoinNetwork {
  readonly keyVersion: number
  readonly scriptVersion: number
  /** Null where there is no segregated witness. */
  readonly hrp: string | null
  /** First four bytes of each block in a file of the node. */
  readonly magic: string
  /** Hash of the block at height 0. */
  readonly genesis: string
  /** The header's hash meets its target by double SHA-256; others hash differently for work. */
  readonly isSha256Work: boolean
}

const NETWORKS: Readonly<Record<string, BitcoinNetwork>> = {
  [CHAIN.bitcoin]: {
    keyVersion: 0x00,
    scriptVersion: 0x05,
    hrp: 'bc',
    magic: 'f9beb4d9',
    genesis: '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f',
    isSha256Work: true,
  },
  [CHAIN.bitcoinTestnet]: {
    keyVersion: 0x6f,
    scriptVersion: 0xc4,
    hrp: 'tb',
    magic: '0b110907',
    genesis: '000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943',
    isSha256Work: true,
  },
  [CHAIN.litecoin]: {
    keyVersion: 0x30,
    scriptVersion: 0x32,
    hrp: 'ltc',
    magic: 'fbc0b6db',
    genesis: '12a765e31ffd4059bada1e25190f6e98c99d9714d334efa41a195a7e7e04bfe2',
    isSha256Work: false,
  },
  [CHAIN.dogecoin]: {
    keyVersion: 0x1e,
    scriptVersion: 0x16,
    hrp: null,
    magic: 'c0c0c0c0',
    genesis: '1a91e3dace36e2be3bf030a65679fe821aa1d6ef92e7c9902eb318182c355691',
    isSha256Work: false,
  },
}

/** The network of a chain, or undefined for chains that are not of this family. */
export function bitcoinNetwork(chain: ChainId): BitcoinNetwork | undefined {
  return NETWORKS[chain]
}
