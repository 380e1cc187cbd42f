import { readAddress } from '../../model/address.ts'
import { canonicalAddress, couldBeAddress } from './wallet.ts'

export interface FoundWallet {
  readonly address: string
  /** The symbol that the text gives, else the usual one of the address's family. */
  readonly currency: string
}

/** Only prose that speaks of such things is searched: passports and ship numbers look alike. */
const SPEAKS =
  /\b(?:crypto\w*|virtual currency|digital currenc\w*|wallets?|blockchain|bitcoin|ethereum|tron|BTC|XBT|ETH|TRX|USDT|USDC|LTC|XMR|SOL)\b|仮想通貨|暗号資産/iu

const SYMBOL =
  /\b(XBT|BTC|ETH|USDT|USDC|TRX|LTC|XMR|BCH|BSV|BTG|ETC|ZEC|DASH|XRP|XVG|SOL|BNB|DOGE|ARB|ADA)\b/gu

const USUAL: Readonly<Record<string, string>> = {
  bitcoin: 'XBT',
  evm: 'ETH',
  tron: 'TRX',
  litecoin: 'LTC',
  monero: 'XMR',
  bitcoin_cash: 'BCH',
  zcash: 'ZEC',
  dash: 'DASH',
  dogecoin: 'DOGE',
  xrp: 'XRP',
  cardano: 'ADA',
}

const WALLETS_MAX = 1_000
/** How far before an address the text may name its currency. */
const SYMBOL_REACH = 80

/** Addresses with a checksum that holds, in prose that speaks of virtual currency. */
export function walletsIn(text: string): readonly FoundWallet[] {
  if (!SPEAKS.test(text)) return []
  const found = new Map<string, FoundWallet>()
  for (const match of text.matchAll(/[A-Za-z0-9]{25,128}/g)) {
    const word = match[0]
    if (found.size >= WALLETS_MAX || found.has(word) || !couldBeAddress(word)) continue
    const reading = readAddress(word)[0]
    const usual = reading === undefined ? undefined : USUAL[reading.family]
    if (reading === undefined || usual === undefined) continue
    // An account of Ethereum is told by its form; its checksum is in the case, which lists change.
    if (reading.checksum !== 'ok' && reading.family !== 'evm') continue
    const before = text.slice(Math.max(0, match.index - SYMBOL_REACH), match.index)
    const named = [...before.matchAll(SYMBOL)].at(-1)?.[1]
    found.set(word, { address: canonicalAddress(word), currency: named ?? usual })
  }
  return [...found.values()]
}
