import { CHAIN } from './chain.ts'

/** What a payment link names, without amounts and messages. */
export interface PaymentTarget {
  readonly text: string
  /** The chain that the link is for, where its scheme or a number in it tells. */
  readonly chain?: string
  /** `token`: the text is the contract of the token that is to be sent. */
  readonly role: 'recipient' | 'token'
}

/** Schemes of payment links, by the chain of their coin; null: the address tells. */
const SCHEMES: ReadonlyMap<string, string | null> = new Map([
  ['bitcoin', CHAIN.bitcoin],
  ['litecoin', CHAIN.litecoin],
  ['dogecoin', CHAIN.dogecoin],
  ['dash', CHAIN.dash],
  ['zcash', CHAIN.zcash],
  ['bitcoingold', null],
  ['bitcoinsv', CHAIN.bitcoinSv],
  ['verge', CHAIN.verge],
  ['ethereum', null],
  ['tron', CHAIN.tron],
  ['trx', CHAIN.tron],
  ['ripple', CHAIN.xrp],
  ['xrp', CHAIN.xrp],
  ['xrpl', CHAIN.xrp],
  ['monero', CHAIN.monero],
  ['cardano', CHAIN.cardano],
  ['web+cardano', CHAIN.cardano],
  ['stellar', CHAIN.stellar],
  ['web+stellar', CHAIN.stellar],
  ['algorand', CHAIN.algorand],
  ['solana', CHAIN.solana],
  ['ton', CHAIN.ton],
  ['tezos', CHAIN.tezos],
  ['polkadot', CHAIN.polkadot],
  ['kusama', CHAIN.kusama],
  ['substrate', null],
  ['cosmos', CHAIN.cosmosHub],
])

/** EIP-3770: short names of chains before an address. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['eth', 'eip155:1'],
  ['oeth', 'eip155:10'],
  ['bnb', 'eip155:56'],
  ['gno', 'eip155:100'],
  ['matic', 'eip155:137'],
  ['pol', 'eip155:137'],
  ['ftm', 'eip155:250'],
  ['zksync', 'eip155:324'],
  ['base', 'eip155:8453'],
  ['arb1', 'eip155:42161'],
  ['avax', 'eip155:43114'],
  ['linea', 'eip155:59144'],
  ['scr', 'eip155:534352'],
])

const URI = /^([a-z][a-z0-9+.-]{1,15}):(?:\/\/)?(.+)$/isu
/** The shortest address in use, of the XRP Ledger, has 25 characters. */
const ACCOUNT_CHARS_MIN = 24
const EVM = /^0x[0-9a-f]{40}$/iu

/**
 * Reads a payment link: BIP-21 and its relatives, EIP-681, Solana Pay, SEP-7, `ton://transfer/`,
 * and EIP-3770's `arb1:0x…`. An EIP-681 token transfer gives the recipient first and the token after
 * it. Undefined for any other text, CAIP-10 among them.
 *
 *     readPaymentUri('ethereum:0xA…@137?value=1')  // recipient 0xA… on eip155:137
 */
export function readPaymentUri(text: string): PaymentTarget[] | undefined {
  const [, schemeText, rest] = URI.exec(text) ?? []
  if (schemeText === undefined || rest === undefined) return undefined
  const scheme = schemeText.toLowerCase()
  if (scheme === 'bitcoincash') return readCashLink(rest)
  const short = SHORT_NAMES.get(scheme)
  if (short !== undefined && EVM.test(rest)) {
    return [{ text: rest, chain: short, role: 'recipient' }]
  }
  const chain = SCHEMES.get(scheme)
  if (chain === undefined) return undefined
  if (scheme === 'ethereum') return readEip681(rest)
  const [path = '', query = ''] = split(rest, '?')
  const destination = parameter(query, 'destination') ?? parameter(query, 'address')
  const target = destination ?? lastSegment(path)
  if (!isAccount(target)) return undefined
  return [{ text: target, role: 'recipient', ...(chain !== null && { chain }) }]
}

/** The prefix is part of a cash address; a link adds parameters to it. */
function readCashLink(rest: string): PaymentTarget[] | undefined {
  const [body, query] = split(rest, '?')
  if (query === '' || !isAccount(body)) return undefined
  return [{ text: body, chain: CHAIN.bitcoinCash, role: 'recipient' }]
}

/** `Ripple: a company` is a text, `cosmos:cosmoshub-4` a chain, `solana:5eykt…:F…` a CAIP-10. */
function isAccount(text: string): boolean {
  return text.length >= ACCOUNT_CHARS_MIN && !/[\s:]/u.test(text)
}

/** EIP-681: `[pay-]target[@chain][/function][?parameters]`. */
function readEip681(rest: string): PaymentTarget[] | undefined {
  const [head = '', query = ''] = split(rest.replace(/^pay-/iu, ''), '?')
  const [target = '', call = ''] = split(head, '/')
  const [account = '', chainId = ''] = split(target, '@')
  // EIP-681 allows an ENS name for the address.
  if (!isAccount(account) && !/^[^\s:]+\.eth$/iu.test(account)) return undefined
  const on = /^\d{1,15}$/u.test(chainId) ? { chain: `eip155:${Number(chainId)}` } : {}
  const recipient = parameter(query, 'address')
  if (call.toLowerCase() === 'transfer' && recipient !== undefined && recipient !== '') {
    return [
      { text: recipient, role: 'recipient', ...on },
      { text: account, role: 'token', ...on },
    ]
  }
  return [{ text: account, role: 'recipient', ...on }]
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function parameter(query: string, name: string): string | undefined {
  return new URLSearchParams(query.split('#', 1)[0]).get(name) ?? undefined
}

/** `ton://transfer/<address>`, `solana:<address>`. */
function lastSegment(path: string): string {
  return path.replace(/\/+$/u, '').split('/').at(-1) ?? ''
}
