import type { AssetFacts } from './types.ts'

/** What a list says of a token; the first of several lists, in the order of their names, speaks. */
export interface TokenFacts {
  readonly symbol: string
  readonly decimals: number
}

interface Coin extends TokenFacts {
  /** Whole coins that count as a large amount. */
  readonly large: bigint
}

const coin = (symbol: string, large: bigint, decimals = 18): Coin => ({ symbol, decimals, large })

/** Chains whose coin is worth what ether is: a thousand of them are millions. */
const ETHER = coin('ETH', 1_000n)

/** The coins of chains, with the amount that counts as large (docs/method/chain-rules.md). */
const COINS: Readonly<Record<string, Coin>> = {
  'eip155:1': ETHER,
  'eip155:10': ETHER,
  'eip155:8453': ETHER,
  'eip155:42161': ETHER,
  'eip155:42170': ETHER,
  'eip155:59144': ETHER,
  'eip155:534352': ETHER,
  'eip155:324': ETHER,
  'eip155:11155111': ETHER,
  'eip155:17000': ETHER,
  'eip155:31337': ETHER,
  'eip155:31338': ETHER,
  'eip155:56': coin('BNB', 3_000n),
  'eip155:100': coin('xDAI', 1_000_000n),
  'eip155:137': coin('POL', 2_000_000n),
  'eip155:43114': coin('AVAX', 50_000n),
  'bip122:000000000019d6689c085ae165831e93': coin('BTC', 100n, 8),
  'bip122:12a765e31ffd4059bada1e25190f6e98': coin('LTC', 20_000n, 8),
  'bip122:1a91e3dace36e2be3bf030a65679fe82': coin('DOGE', 10_000_000n, 8),
}

/** Symbols under which token lists carry coins that are kept at one dollar. */
const DOLLARS: ReadonlySet<string> = new Set(
  `USDT USDC USDC.E USDBC DAI USDS USDE FDUSD PYUSD TUSD BUSD USDP GUSD LUSD FRAX CRVUSD GHO USDD
  USD0 RLUSD USDT0 USD₮0 USD₮ XDAI WXDAI`.split(/\s+/),
)
const DOLLARS_LARGE = 1_000_000n

/** Wrapped coins count as the coin. */
const WRAPPED: Readonly<Record<string, bigint>> = {
  WETH: 1_000n,
  WBTC: 100n,
  CBBTC: 100n,
  WBNB: 3_000n,
}

/** Facts of a chain's own coin; undefined for a chain that the table does not have. */
export function coinFacts(chain: string): AssetFacts | undefined {
  const known = COINS[chain]
  if (known === undefined) return undefined
  const { symbol, decimals, large } = known
  return { symbol, decimals, large: large * 10n ** BigInt(decimals) }
}

/** Facts of a token as lists have it. An amount is large only where its worth is known by symbol. */
export function tokenFacts({ symbol, decimals }: TokenFacts): AssetFacts {
  const upper = symbol.toUpperCase()
  const whole = DOLLARS.has(upper) ? DOLLARS_LARGE : WRAPPED[upper]
  return { symbol, decimals, large: whole === undefined ? null : whole * 10n ** BigInt(decimals) }
}
