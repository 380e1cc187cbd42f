/** Forms of addresses that Custos checks (VOCABULARY §5); `other` is matched by its exact text. */
export type AddressFamily =
  | 'evm'
  | 'bitcoin'
  | 'litecoin'
  | 'dogecoin'
  | 'dash'
  | 'zcash'
  | 'bitcoin_gold'
  | 'bitcoin_sv'
  | 'bitcoin_cash'
  | 'verge'
  | 'tron'
  | 'xrp'
  | 'monero'
  | 'cardano'
  | 'substrate'
  | 'stellar'
  | 'algorand'
  | 'ton'
  | 'tezos'
  | 'cosmos'
  | 'multiversx'
  | 'solana'
  | 'hedera'
  | 'hex_account'
  | 'public_key'
  | 'other'

/**
 * `ok`: the text carries a checksum and it holds. `mismatch`: it carries one and it does not, so a
 * character is probably wrong. `none`: the form carries none.
 */
export type Checksum = 'ok' | 'mismatch' | 'none'

/** One way to read a text as an address. */
export interface AddressReading {
  readonly family: AddressFamily
  /** The form inside the family: `p2pkh`, `p2wsh`, `subaddress`, `x_address` … */
  readonly variant: string
  /** CAIP-2 ids of chains on which the text is an address, the likeliest first; may be empty. */
  readonly chains: readonly string[]
  /** Canonical display form: EIP-55 for EVM, lower case for bech32, else as written. */
  readonly address: string
  /** The look-up key, as `addressKey` gives it for what is listed. */
  readonly key: string
  readonly checksum: Checksum
}
