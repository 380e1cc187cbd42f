/**
 * Base58, bech32, hex, cashaddr with its prefix, TON's base64url: what every address is written in.
 * The shortest listed form (a Ripple account) has 25 characters, the longest (a Cardano Byron
 * address) 103; 64 hex digits (a Monero view of things that OFAC listed) are kept as they are.
 */
const ADDRESS = /^(?:[a-z]{2,16}:)?[A-Za-z0-9][A-Za-z0-9_-]{23,127}$/
const HEX_ACCOUNT = /^0x[0-9a-f]{40}$/i

/**
 * False for a text that cannot be an address of any chain: a word, a sentence, markup, a formula.
 * Checksums are not looked at: what an authority lists is kept, odd ones too.
 */
export function couldBeAddress(text: string): boolean {
  if (/^0x/i.test(text)) return /^0x(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)
  // Letters alone in one case are words; an address mixes cases or holds digits.
  return ADDRESS.test(text) && (/[0-9]/.test(text) || (/[a-z]/.test(text) && /[A-Z]/.test(text)))
}

/** EVM accounts in lower case: lists change the case of one account from version to version. */
export function canonicalAddress(text: string): string {
  return HEX_ACCOUNT.test(text) ? text.toLowerCase() : text
}
