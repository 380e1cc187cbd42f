import type { AddressReading } from './address/reading.ts'
import { addressKey, readAddress } from './address.ts'
import { CAIP_NAMESPACES, CHAIN_ALIASES, CHAIN_OF_SLUG, CHAIN_OF_SYMBOL } from './chain.ts'

/** CAIP-2: `namespace:reference`. */
const CHAIN_ID = '([-a-z0-9]{3,8}):([-_a-zA-Z0-9]{1,32})'
const CAIP2 = new RegExp(`^${CHAIN_ID}$`)
/** CAIP-10: the account takes letters, digits, `-`, `.` and `%`; all else is percent-encoded. */
const CAIP10 = new RegExp(`^${CHAIN_ID}:([-.%a-zA-Z0-9]{1,128})$`)
/** CAIP-19: asset namespace and reference, then perhaps one token of a collection. */
const CAIP19 = new RegExp(
  `^${CHAIN_ID}/([-a-z0-9]{3,8}):([-.%a-zA-Z0-9]{1,128})(?:/([-.%a-zA-Z0-9]{1,78}))?$`,
)

export interface Caip2 {
  readonly namespace: string
  readonly reference: string
  /** The whole id, in Custos' spelling where a chain has several. */
  readonly chain: string
}

export interface Caip10 {
  readonly chain: string
  /** As the ledger writes it: percent-encoding undone. */
  readonly account: string
}

export interface Caip19 {
  readonly chain: string
  /** `erc20`, `slip44`, `token` … */
  readonly namespace: string
  readonly reference: string
  readonly tokenId?: string
}

/** One chain, one spelling: a few chains have two CAIP-2 ids in use. */
export function canonicalChain(chain: string): string {
  return CHAIN_ALIASES.get(chain) ?? chain
}

export function parseCaip2(text: string): Caip2 | undefined {
  const [, namespace, reference] = CAIP2.exec(text) ?? []
  if (namespace === undefined || reference === undefined) return undefined
  return { namespace, reference, chain: canonicalChain(text) }
}

export function parseCaip10(text: string): Caip10 | undefined {
  const [, namespace, reference, encoded] = CAIP10.exec(text) ?? []
  const account = encoded === undefined ? undefined : decode(encoded)
  if (account === undefined) return undefined
  return { chain: canonicalChain(`${namespace}:${reference}`), account }
}

export function parseCaip19(text: string): Caip19 | undefined {
  const [, chainNamespace, chainReference, namespace, encoded, token] = CAIP19.exec(text) ?? []
  const reference = encoded === undefined ? undefined : decode(encoded)
  const tokenId = token === undefined ? undefined : decode(token)
  if (namespace === undefined || reference === undefined) return undefined
  if (token !== undefined && tokenId === undefined) return undefined
  const chain = canonicalChain(`${chainNamespace}:${chainReference}`)
  return { chain, namespace, reference, ...(tokenId !== undefined && { tokenId }) }
}

export function formatCaip2(id: Pick<Caip2, 'namespace' | 'reference'>): string {
  return `${id.namespace}:${id.reference}`
}

export function formatCaip10(id: Caip10): string {
  return `${id.chain}:${encode(id.account)}`
}

export function formatCaip19(id: Caip19): string {
  const asset = `${id.chain}/${id.namespace}:${encode(id.reference)}`
  return id.tokenId === undefined ? asset : `${asset}/${encode(id.tokenId)}`
}

/**
 * The one spelling of an account under which Custos stores it: CAIP requires none. EVM and bech32
 * in lower case, base58 as it is, TON in its raw form.
 */
export function caip10Key(id: Caip10): string {
  const key = addressKey(id.account)
  // The key of a Substrate account is its public key, which is no account text of any chain.
  const account = key.startsWith('ss58:') ? id.account.trim() : key
  return formatCaip10({ chain: canonicalChain(id.chain), account })
}

/** The subject of a reading: its account on its likeliest chain, or its key where none is known. */
export function subjectOf(reading: AddressReading): string {
  const [chain] = reading.chains
  if (chain === undefined) return reading.key
  if (reading.family === 'evm') return `${chain}:${reading.key}`
  // The key of a Bitcoin Cash address is Bitcoin's spelling; the subject keeps the chain's own.
  const keepsText = reading.family === 'bitcoin_cash' || reading.family === 'litecoin'
  return keepsText
    ? formatCaip10({ chain, account: reading.address })
    : caip10Key({ chain, account: reading.address })
}

/** The one spelling of an asset: its contract as `addressKey` spells it, lower case on EVM. */
export function caip19Key(id: Caip19): string {
  const reference = isAddressNamespace(id.namespace) ? addressKey(id.reference) : id.reference
  return formatCaip19({ ...id, chain: canonicalChain(id.chain), reference })
}

/** True where the reference of an asset is a contract's address; `slip44` counts coins. */
export function isAddressNamespace(namespace: string): boolean {
  return namespace !== 'slip44'
}

/** `host:8080/a:b` has the shape of an asset; only known namespaces are taken as meant. */
export function isKnownNamespace(chain: string): boolean {
  return CAIP_NAMESPACES.has(chain.slice(0, chain.indexOf(':')))
}

/** The chain whose coin a currency code names; `undefined` for tokens that live on several. */
export function chainOfSymbol(symbol: string): string | undefined {
  return CHAIN_OF_SYMBOL.get(symbol.trim().toUpperCase())
}

/** The chain that DefiLlama calls so; `undefined` when Custos does not know it. */
export function chainOfSlug(slug: string): string | undefined {
  return CHAIN_OF_SLUG.get(slug.trim().toLowerCase())
}

/**
 * The chain of a listed address. A symbol names a currency and no chain (VOCABULARY §13), so the
 * form of the address decides, and the symbol only chooses among the chains that the form allows.
 * A form without a checksum that the symbol contradicts proves nothing: then the symbol decides.
 *
 *     chainOf({ symbol: 'USDT', address: 'TR7NH…' })  // 'tron:0x2b6653dc'
 *     chainOf({ symbol: 'BSC', address: '0x…' })      // 'eip155:56'
 */
export function chainOf(p: { symbol?: string; address: string }): string | undefined {
  const bySymbol = p.symbol === undefined ? undefined : chainOfSymbol(p.symbol)
  const readings = readAddress(p.address)
  if (bySymbol === undefined) return readings[0]?.chains[0]
  const allowed = readings.some(
    (r) => r.chains.includes(bySymbol) || (r.family === 'evm' && bySymbol.startsWith('eip155:')),
  )
  if (allowed) return bySymbol
  const sure = readings.find((r) => r.checksum === 'ok' || r.family === 'evm')
  return sure?.chains[0] ?? bySymbol
}

/** Characters outside CAIP-10's set, among them the `_` of base64url and the `:` of raw TON. */
function encode(text: string): string {
  return text.replace(/[^-.a-zA-Z0-9]/gu, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}

/** Undefined for a broken escape: the text is then no account. */
function decode(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
