/** Names of exchanges that are not their slug with capital letters. */
const NAMES: Readonly<Record<string, string>> = {
  '21-co': '21.co',
  'bing-cex': 'BingX',
  bitmex: 'BitMEX',
  bydfi: 'BYDFi',
  'cex-io': 'CEX.IO',
  coindcx: 'CoinDCX',
  coinw: 'CoinW',
  'crypto-com': 'Crypto.com',
  exmo: 'EXMO',
  'gate-us': 'Gate US',
  htx: 'HTX',
  kucoin: 'KuCoin',
  latoken: 'LATOKEN',
  'mexc-cex': 'MEXC',
  nbx: 'NBX',
  'binance-us': 'Binance US',
  okcoin: 'OKCoin',
  okex: 'OKX',
  okx: 'OKX',
  osl: 'OSL',
  'osl-hk': 'OSL Hong Kong',
  p2pb2b: 'P2PB2B',
  tothemoon: 'ToTheMoon',
  'valr-cex': 'VALR',
  'weex-cex': 'WEEX',
  'woo-cex': 'WOO X',
}

const names = new Map(Object.entries(NAMES))

/** The exchange's name as people write it: from the table, else the slug in capital letters. */
export function exchangeName(slug: string): string {
  const found = names.get(slug.toLowerCase())
  if (found !== undefined) return found
  return slug
    .replace(/-cex$/i, '')
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
