/**
 * Contracts that wrap a chain's own coin one to one, by chain. Their `Deposit` and `Withdrawal`
 * create and destroy tokens without a `Transfer`, as WETH9 of 2017 does.
 */
const WRAPPED: Readonly<Record<string, readonly string[]>> = {
  'eip155:1': ['0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2'],
  'eip155:10': ['0x4200000000000000000000000000000000000006'],
  'eip155:25': ['0x5c7f8a570d578ed84e63fdfa7b1ee72deae1ae23'],
  'eip155:56': ['0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c'],
  'eip155:100': ['0xe91d153e0b41518a2ce8dd3d7944fa863463a97d'],
  'eip155:130': ['0x4200000000000000000000000000000000000006'],
  'eip155:137': ['0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270'],
  'eip155:250': ['0x21be370d5312f44cb42ce377bc9b8a0cef1a4c83'],
  'eip155:324': ['0x5aea5775959fbc2557cc8789bc1bf90a239d9a91'],
  'eip155:8453': ['0x4200000000000000000000000000000000000006'],
  'eip155:42161': ['0x82af49447d8a07e3bd95bd0d56f35241523fbab1'],
  'eip155:43114': ['0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7'],
  'eip155:59144': ['0xe5d7c2a44ffddf6b295a15c148167daaaf5cf34f'],
  'eip155:81457': ['0x4300000000000000000000000000000000000004'],
  'eip155:534352': ['0x5300000000000000000000000000000000000004'],
}

const KEYS: ReadonlySet<string> = new Set(
  Object.entries(WRAPPED).flatMap(([chain, list]) => list.map((address) => chain + address)),
)

export function isWrappedCoin(chain: string, address: string): boolean {
  return KEYS.has(chain + address)
}
