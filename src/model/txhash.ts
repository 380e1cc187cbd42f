import { decodeBase58 } from './address/encodings.ts'
import { CHAIN, EVM_MAJOR_CHAINS } from './chain.ts'

/** One way to read a text as the id of a transaction. */
export interface TxReading {
  /** `evm`: 0x and 64 hex digits · `hash`: 64 hex digits · `solana`: base58 of 64 bytes. */
  readonly form: 'evm' | 'hash' | 'solana'
  /** CAIP-2 ids of chains that write their transactions so, the likeliest first. */
  readonly chains: readonly string[]
  /** As the form writes it: hex in lower case. */
  readonly hash: string
  readonly key: string
}

const HASH = /^(?:0[xX])?([0-9a-fA-F]{64})$/
/** 64 bytes are 64 to 88 characters of base58; a signature that begins with zeros is not seen. */
const SOLANA_CHARS_MIN = 86
const SOLANA_CHARS_MAX = 88

const HASH_CHAINS = [
  CHAIN.bitcoin,
  CHAIN.tron,
  CHAIN.xrp,
  CHAIN.litecoin,
  CHAIN.dogecoin,
  CHAIN.bitcoinCash,
  CHAIN.monero,
  CHAIN.cardano,
  CHAIN.stellar,
  CHAIN.cosmosHub,
  'eip155:1',
]
/** The XRP Ledger and Cosmos print their hashes in capitals, the others do not. */
const CAPITAL_CHAINS: readonly string[] = [CHAIN.xrp, CHAIN.cosmosHub]

/**
 * The look-up key of a transaction: 64 hex digits in lower case without `0x`, a Solana signature as
 * it is, anything else its own trimmed text.
 */
export function txKey(text: string): string {
  const t = text.trim()
  return HASH.exec(t)?.[1]?.toLowerCase() ?? t
}

/** Undefined when the text has no form of a transaction id. */
export function readTxHash(text: string): TxReading | undefined {
  const t = text.trim()
  const digits = HASH.exec(t)?.[1]
  if (digits !== undefined) {
    const key = digits.toLowerCase()
    if (digits !== t) return { form: 'evm', chains: EVM_MAJOR_CHAINS, hash: `0x${key}`, key }
    const chains =
      digits === key || digits !== digits.toUpperCase()
        ? HASH_CHAINS
        : [...CAPITAL_CHAINS, ...HASH_CHAINS.filter((chain) => !CAPITAL_CHAINS.includes(chain))]
    return { form: 'hash', chains, hash: key, key }
  }
  if (t.length < SOLANA_CHARS_MIN || t.length > SOLANA_CHARS_MAX) return undefined
  if (decodeBase58(t)?.length !== 64) return undefined
  return { form: 'solana', chains: [CHAIN.solana], hash: t, key: t }
}
