import { parseCaip2, parseCaip10, parseCaip19 } from '../model/caip.ts'
import { CHAIN } from '../model/chain.ts'

export interface ChainAccount {
  readonly chain: string
  /** As the chain writes it. */
  readonly account: string
}

const EVM_ADDRESS = /^0x[0-9a-fA-F]{40}$/
const HASH = /^(?:0x)?[0-9a-fA-F]{64}$/

/** CAIP-10 as chain rows are written; undefined for a text that is none. */
export function chainAccount(caip10: string): ChainAccount | undefined {
  const parsed = parseCaip10(caip10)
  if (parsed === undefined) return undefined
  const { chain, account } = parsed
  if (chain.startsWith('eip155:')) {
    return EVM_ADDRESS.test(account) ? { chain, account: account.toLowerCase() } : undefined
  }
  // Bech32 is written in one case; base58 is case-sensitive.
  const isBech32 = /^[A-Z0-9]+1[A-Z0-9]+$/.test(account) && !/^[13]/.test(account)
  return { chain, account: isBech32 ? account.toLowerCase() : account }
}

export interface ChainAsset {
  readonly chain: string
  /** Null: the chain's own coin. */
  readonly token: string | null
  readonly id: string
}

/** CAIP-19 of a coin or a token; undefined for a text that is none. */
export function chainAsset(caip19: string): ChainAsset | undefined {
  const parsed = parseCaip19(caip19)
  if (parsed === undefined) return undefined
  const { chain, namespace, reference } = parsed
  if (namespace === 'slip44') return { chain, token: null, id: coinId(chain) }
  const found = chainAccount(`${chain}:${reference}`)
  if (found === undefined) return undefined
  return { chain, token: found.account, id: tokenId(chain, found.account) }
}

export function tokenId(chain: string, token: string): string {
  return `${chain}/erc20:${token}`
}

export function coinId(chain: string): string {
  if (chain.startsWith('eip155:')) return `${chain}/slip44:60`
  return `${chain}/slip44:${SLIP44[chain] ?? '0'}`
}

/** SLIP-44 numbers of the coins of chains that are no EVM chain. */
const SLIP44: Readonly<Record<string, string>> = {
  [CHAIN.bitcoin]: '0',
  [CHAIN.litecoin]: '2',
  [CHAIN.dogecoin]: '3',
}

export function chainOf(caip2: string): string | undefined {
  return parseCaip2(caip2)?.chain
}

/** A block's number or hash; undefined for a text that is neither. */
export function blockRef(text: string): number | string | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  return HASH.test(text) ? text.toLowerCase() : undefined
}

/** A transaction's hash as the chain writes it. */
export function txHash(chain: string, text: string): string | undefined {
  if (!HASH.test(text)) return undefined
  const bare = text.toLowerCase().replace(/^0x/, '')
  return chain.startsWith('eip155:') ? `0x${bare}` : bare
}
