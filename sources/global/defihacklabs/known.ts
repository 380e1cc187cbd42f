/**
 * Contracts that everybody uses: coins, wrapped coins, routers and vaults. Where an extracted
 * record names one of them as attacker or attack contract, the extraction took the wrong line, and the
 * accusation is noted and not repeated. Each line is `<EIP-155 id> <address> <what it is>`.
 */
const WELL_KNOWN = `
1 0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2 WETH
1 0xdac17f958d2ee523a2206206994597c13d831ec7 USDT
1 0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48 USDC
1 0x6b175474e89094c44da98b954eedeac495271d0f DAI
1 0x2260fac5e5542a773aa44fbcfedf7c193bc2c599 WBTC
1 0x1f9840a85d5af5bf1d1762f925bdaddc4201f984 UNI
1 0x514910771af9ca656af840dff83e8264ecf986ca LINK
1 0x7fc66500c84a76ad7e9c93437bfc5ac33e2ddae9 AAVE
1 0x9f8f72aa9304c8b593d555f12ef6589cc3a579a2 MKR
1 0x853d955acef822db058eb8505911ed77f175b99e FRAX
1 0xd533a949740bb3306d119cc777fa900ba034cd52 CRV
1 0x7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0 wstETH
1 0x95ad61b0a150d79219dcf64e1e6cc01f0b64c4ce SHIB
1 0x4fabb145d64652a948d72533023f6e7a623c7c53 BUSD
1 0x7a250d5630b4cf539739df2c5dacb4c659f2488d Uniswap V2 router
1 0xe592427a0aece92de3edee1f18e0157c05861564 Uniswap V3 router
1 0xba12222222228d8ba445958a75a0704d566bf2c8 Balancer V2 vault
1 0x000000000022d473030f116ddee9f6b43ac78ba3 Permit2
1 0xca11bde05977b3631167028862be2a173976ca11 Multicall3
10 0x4200000000000000000000000000000000000006 WETH
10 0x4200000000000000000000000000000000000042 OP
10 0x0b2c639c533813f4aa9d7837caf62653d097ff85 USDC
10 0x94b008aa00579c1307b0ef2c499ad98a8ce58e58 USDT
10 0xda10009cbd5d07dd0cecc66161fc93d7c9000da1 DAI
10 0x68f180fcce6836688e9084f035309e29bf0a2095 WBTC
56 0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c WBNB
56 0x55d398326f99059ff775485246999027b3197955 USDT
56 0x8ac76a51cc950d9822d68b83fe1ad97b32cd580d USDC
56 0xe9e7cea3dedca5984780bafc599bd69add087d56 BUSD
56 0x2170ed0880ac9a755fd29b2688956bd959f933f8 ETH
56 0x7130d2a12b9bcbfae4f2634d864a1ee1ce3ead9c BTCB
56 0x1af3f329e8be154074d8769d1ffa4ee058b1dbc3 DAI
56 0x10ed43c718714eb63d5aa57b78b54704e256024e PancakeSwap V2 router
100 0xe91d153e0b41518a2ce8dd3d7944fa863463a97d WXDAI
100 0xddafbb505ad214d7b80b1f830fccc89b60fb7a83 USDC
137 0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270 WMATIC
137 0x7ceb23fd6bc0add59e62ac25578270cff1b9f619 WETH
137 0x3c499c542cef5e3811e1192ce70d8cc03d5c3359 USDC
137 0x2791bca1f2de4661ed88a30c99a7a9449aa84174 USDC.e
137 0xc2132d05d31c914a87c6611c10748aeb04b58e8f USDT
137 0x8f3cf7ad23cd3cadbd9735aff958023239c6a063 DAI
137 0x1bfd67037b42cf73acf2047067bd4f2c47d9bfd6 WBTC
250 0x21be370d5312f44cb42ce377bc9b8a0cef1a4c83 WFTM
8453 0x4200000000000000000000000000000000000006 WETH
8453 0x833589fcd6edb6e08f4c7c32d4f71b54bda02913 USDC
8453 0x50c5725949a6f0c72e6c4a641f24049a917db0cb DAI
8453 0xcbb7c0000ab88b473b1f5afd9ef808440eed33bf cbBTC
8453 0x2ae3f1ec7f1f5012cfeab0185bfc7aa3cf0dec22 cbETH
42161 0x82af49447d8a07e3bd95bd0d56f35241523fbab1 WETH
42161 0xaf88d065e77c8cc2239327c5edb3a432268e5831 USDC
42161 0xfd086bc7cd5c481dcc9c85ebe478a1c0b69fcbb9 USDT
42161 0xda10009cbd5d07dd0cecc66161fc93d7c9000da1 DAI
42161 0x2f2a2543b76a4166549f7aab2e75bef0aefc5b0f WBTC
42161 0x912ce59144191c1204e64559fe8253a0e49e6548 ARB
43114 0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7 WAVAX
43114 0xb97ef9ef8734c71904d8002f8b6bc66dd9c48a6e USDC
43114 0x9702230a8ea53601f5cd2dc00fdbc13d4df4a8c7 USDT
43114 0xd586e7f844cea2f87f50152665bcbc2c279d8d70 DAI.e
59144 0xe5d7c2a44ffddf6b295a15c148167daaaf5cf34f WETH
81457 0x4300000000000000000000000000000000000003 USDB
81457 0x4300000000000000000000000000000000000004 WETH
`

const wellKnown = new Map(
  WELL_KNOWN.trim()
    .split('\n')
    .map((line) => {
      const [, address = '', ...name] = line.split(' ')
      return [address, name.join(' ')]
    }),
)

/** What the contract is, when everybody uses it; the same address on another chain counts too. */
export function wellKnownContract(address: string): string | undefined {
  return wellKnown.get(address.toLowerCase())
}

/** Explorers and the chain whose addresses they show, as EIP-155 id. */
export const CHAIN_OF_EXPLORER: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'etherscan.io': 'eip155:1',
    'ethtx.info': 'eip155:1',
    'optimistic.etherscan.io': 'eip155:10',
    'explorer.optimism.io': 'eip155:10',
    'cronoscan.com': 'eip155:25',
    'bscscan.com': 'eip155:56',
    'gnosisscan.io': 'eip155:100',
    'polygonscan.com': 'eip155:137',
    'sonicscan.org': 'eip155:146',
    'ftmscan.com': 'eip155:250',
    'explorer.zksync.io': 'eip155:324',
    'era.zksync.network': 'eip155:324',
    'moonbeam.moonscan.io': 'eip155:1284',
    'moonscan.io': 'eip155:1284',
    'moonriver.moonscan.io': 'eip155:1285',
    'seiscan.io': 'eip155:1329',
    'mantlescan.info': 'eip155:5000',
    'mantlescan.xyz': 'eip155:5000',
    'basescan.org': 'eip155:8453',
    'base.blockscout.com': 'eip155:8453',
    'arbiscan.io': 'eip155:42161',
    'celoscan.io': 'eip155:42220',
    'snowtrace.io': 'eip155:43114',
    'snowscan.xyz': 'eip155:43114',
    'lineascan.build': 'eip155:59144',
    'berascan.com': 'eip155:80094',
    'blastscan.io': 'eip155:81457',
    'scrollscan.com': 'eip155:534352',
  }),
)

/** Slugs of this list that are no slug of DefiLlama, or mean its EVM side. */
export const CHAIN_OF_FORK: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mainnet: 'eip155:1',
    eth: 'eip155:1',
    avalanche: 'eip155:43114',
    fantom: 'eip155:250',
    sei: 'eip155:1329',
  }),
)
