import type { ChainEventKind } from '../types.ts'
import { eventTopic } from './keccak.ts'

/**
 * The events that are no transfer, as a table: one row is one signature, the layouts in which it
 * is found (`x` indexed, `.` in the data, one letter a word), and what its words mean. A layout is
 * chosen by the number of topics, because old contracts forgot `indexed` and later ones added it.
 * Positions count words of the parameter list, a fixed array being as many words as it has members.
 */
interface EventRow {
  readonly kind: ChainEventKind
  readonly signature: string
  readonly layouts: readonly string[]
  readonly owner?: number
  readonly spender?: number
  readonly amount?: number
  readonly extra?: Readonly<Record<string, number>>
  /** Fixed amount: a revoked allowance is 0. */
  readonly fixedAmount?: bigint
  /** Word whose sign, or whose members' signs, tell liquidity added from removed. */
  readonly turn?: { readonly delta: number; readonly isList: boolean }
}

const V2 = { amount0In: 1, amount1In: 2, amount0Out: 3, amount1Out: 4 } as const
const V3 = { sender: 0, amount0: 2, amount1: 3, sqrtPriceX96: 4, liquidity: 5, tick: 6 } as const

const ROWS: readonly EventRow[] = [
  // Uniswap V2 and its forks: Sushi, Pancake V2, QuickSwap; Solidly's and Aerodrome's pools.
  {
    kind: 'swap',
    signature: 'Swap(address,uint256,uint256,uint256,uint256,address)',
    layouts: ['x....x'],
    owner: 5,
    extra: { sender: 0, ...V2 },
  },
  {
    kind: 'swap',
    signature: 'Swap(address,address,uint256,uint256,uint256,uint256)',
    layouts: ['xx....'],
    owner: 1,
    extra: { sender: 0, amount0In: 2, amount1In: 3, amount0Out: 4, amount1Out: 5 },
  },
  {
    kind: 'liquidity_added',
    signature: 'Mint(address,uint256,uint256)',
    layouts: ['x..'],
    owner: 0,
    extra: { amount0: 1, amount1: 2 },
  },
  {
    kind: 'liquidity_removed',
    signature: 'Burn(address,uint256,uint256,address)',
    layouts: ['x..x'],
    owner: 3,
    extra: { sender: 0, amount0: 1, amount1: 2 },
  },
  {
    kind: 'liquidity_removed',
    signature: 'Burn(address,address,uint256,uint256)',
    layouts: ['xx..'],
    owner: 1,
    extra: { sender: 0, amount0: 2, amount1: 3 },
  },
  {
    kind: 'pool_created',
    signature: 'PairCreated(address,address,address,uint256)',
    layouts: ['xx..'],
    spender: 2,
    extra: { token0: 0, token1: 1 },
  },
  {
    kind: 'pool_created',
    signature: 'PairCreated(address,address,bool,address,uint256)',
    layouts: ['xx...'],
    spender: 3,
    extra: { token0: 0, token1: 1, stable: 2 },
  },
  {
    kind: 'pool_created',
    signature: 'PoolCreated(address,address,bool,address,uint256)',
    layouts: ['xxx..'],
    spender: 3,
    extra: { token0: 0, token1: 1, stable: 2 },
  },
  // Uniswap V3 and its forks; Pancake V3 adds two protocol fees, Algebra leaves the fee out.
  {
    kind: 'swap',
    signature: 'Swap(address,address,int256,int256,uint160,uint128,int24)',
    layouts: ['xx.....'],
    owner: 1,
    extra: V3,
  },
  {
    kind: 'swap',
    signature: 'Swap(address,address,int256,int256,uint160,uint128,int24,uint128,uint128)',
    layouts: ['xx.......'],
    owner: 1,
    extra: V3,
  },
  {
    kind: 'liquidity_added',
    signature: 'Mint(address,address,int24,int24,uint128,uint256,uint256)',
    layouts: ['.xxx...'],
    owner: 1,
    extra: { sender: 0, tickLower: 2, tickUpper: 3, liquidity: 4, amount0: 5, amount1: 6 },
  },
  {
    kind: 'liquidity_removed',
    signature: 'Burn(address,int24,int24,uint128,uint256,uint256)',
    layouts: ['xxx...'],
    owner: 0,
    extra: { tickLower: 1, tickUpper: 2, liquidity: 3, amount0: 4, amount1: 5 },
  },
  {
    kind: 'pool_created',
    signature: 'PoolCreated(address,address,uint24,int24,address)',
    layouts: ['xxx..'],
    spender: 4,
    extra: { token0: 0, token1: 1, fee: 2 },
  },
  {
    kind: 'pool_created',
    signature: 'Pool(address,address,address)',
    layouts: ['xx.'],
    spender: 2,
    extra: { token0: 0, token1: 1 },
  },
  // Uniswap V4: one manager, a pool is an identifier.
  {
    kind: 'swap',
    signature: 'Swap(bytes32,address,int128,int128,uint160,uint128,int24,uint24)',
    layouts: ['xx......'],
    owner: 1,
    extra: { pool: 0, amount0: 2, amount1: 3, sqrtPriceX96: 4, liquidity: 5, tick: 6, fee: 7 },
  },
  {
    kind: 'liquidity_added',
    signature: 'ModifyLiquidity(bytes32,address,int24,int24,int256,bytes32)',
    layouts: ['xx....'],
    owner: 1,
    extra: { pool: 0, tickLower: 2, tickUpper: 3, liquidity: 4 },
    turn: { delta: 4, isList: false },
  },
  {
    kind: 'pool_created',
    signature: 'Initialize(bytes32,address,address,uint24,int24,address,uint160,int24)',
    layouts: ['xxx.....'],
    extra: { pool: 0, token0: 1, token1: 2, fee: 3, hooks: 5 },
  },
  // Balancer V2: one vault.
  {
    kind: 'swap',
    signature: 'Swap(bytes32,address,address,uint256,uint256)',
    layouts: ['xxx..'],
    extra: { pool: 0, tokenIn: 1, tokenOut: 2, amountIn: 3, amountOut: 4 },
  },
  {
    kind: 'liquidity_added',
    signature: 'PoolBalanceChanged(bytes32,address,address[],int256[],uint256[])',
    layouts: ['xx...'],
    owner: 1,
    extra: { pool: 0 },
    turn: { delta: 3, isList: true },
  },
  {
    kind: 'pool_created',
    signature: 'PoolRegistered(bytes32,address,uint8)',
    layouts: ['xx.'],
    spender: 1,
    extra: { pool: 0 },
  },
  ...curveRows(),
  // ApprovalForAll of ERC-721 and ERC-1155.
  {
    kind: 'approval_for_all',
    signature: 'ApprovalForAll(address,address,bool)',
    layouts: ['xx.', '...'],
    owner: 0,
    spender: 1,
    amount: 2,
  },
  // Permit2.
  {
    kind: 'permit2',
    signature: 'Approval(address,address,address,uint160,uint48)',
    layouts: ['xxx..'],
    owner: 0,
    spender: 2,
    amount: 3,
    extra: { token: 1, expiration: 4 },
  },
  {
    kind: 'permit2',
    signature: 'Permit(address,address,address,uint160,uint48,uint48)',
    layouts: ['xxx...'],
    owner: 0,
    spender: 2,
    amount: 3,
    extra: { token: 1, expiration: 4, nonce: 5 },
  },
  {
    kind: 'permit2',
    signature: 'Lockdown(address,address,address)',
    layouts: ['x..'],
    owner: 0,
    spender: 2,
    fixedAmount: 0n,
    extra: { token: 1 },
  },
  ...issuerRows(),
]

/** Curve's first pools (int128 positions), its crypto pools (uint256), and 2 to 4 coins each. */
function curveRows(): readonly EventRow[] {
  const exchange = (name: string, position: string): EventRow => ({
    kind: 'swap',
    signature: `${name}(address,${position},uint256,${position},uint256)`,
    layouts: ['x....'],
    owner: 0,
    extra: { soldId: 1, sold: 2, boughtId: 3, bought: 4 },
  })
  const amounts = (coins: number) =>
    Object.fromEntries(Array.from({ length: coins }, (_, i) => [`amount${i}`, i + 1]))
  const pooled = (coins: number): readonly EventRow[] => {
    const list = `uint256[${coins}]`
    const row = (kind: ChainEventKind, name: string, types: string, words: number): EventRow => ({
      kind,
      signature: `${name}(address,${types})`,
      layouts: [`x${'.'.repeat(words)}`],
      owner: 0,
      extra: amounts(coins),
    })
    const [added, removed] = ['liquidity_added', 'liquidity_removed'] as const
    return [
      row(added, 'AddLiquidity', `${list},${list},uint256,uint256`, 2 * coins + 2),
      row(added, 'AddLiquidity', `${list},uint256,uint256`, coins + 2),
      row(removed, 'RemoveLiquidity', `${list},${list},uint256`, 2 * coins + 1),
      row(removed, 'RemoveLiquidity', `${list},uint256`, coins + 1),
      row(removed, 'RemoveLiquidityImbalance', `${list},${list},uint256,uint256`, 2 * coins + 2),
    ]
  }
  const one = (types: string, words: number): EventRow => ({
    kind: 'liquidity_removed',
    signature: `RemoveLiquidityOne(address,${types})`,
    layouts: [`x${'.'.repeat(words)}`],
    owner: 0,
    extra: { shares: 1 },
  })
  return [
    exchange('TokenExchange', 'int128'),
    exchange('TokenExchange', 'uint256'),
    exchange('TokenExchangeUnderlying', 'int128'),
    ...[2, 3, 4].flatMap(pooled),
    one('uint256,uint256', 2),
    one('uint256,uint256,uint256', 3),
  ]
}

/** USDT (first and later contracts), USDC and those that follow it, Paxos's tokens. */
function issuerRows(): readonly EventRow[] {
  const one = (kind: ChainEventKind, name: string): EventRow => ({
    kind,
    signature: `${name}(address)`,
    layouts: ['x', '.'],
    owner: 0,
  })
  const destroyed = (name: string): EventRow => ({
    kind: 'destroyed_funds',
    signature: `${name}(address,uint256)`,
    layouts: ['x.', '..'],
    owner: 0,
    amount: 1,
  })
  return [
    ...['AddedBlackList', 'BlockPlaced', 'Blacklisted', 'FreezeAddress', 'AddressFrozen'].map(
      (name) => one('freeze', name),
    ),
    ...['RemovedBlackList', 'BlockReleased', 'UnBlacklisted', 'UnfreezeAddress'].map((name) =>
      one('unfreeze', name),
    ),
    one('unfreeze', 'AddressUnfrozen'),
    destroyed('DestroyedBlackFunds'),
    destroyed('DestroyedBlockedFunds'),
    one('destroyed_funds', 'FrozenAddressWiped'),
  ]
}

export type WordType = 'address' | 'uint' | 'int' | 'bytes32' | 'bool' | 'dynamic'

/** Where a word stands: topic `1…3`, or `-1 - n` for word n of the data. */
export type WordPlace = number

export interface EventLayout {
  readonly row: EventRow
  readonly types: readonly WordType[]
  readonly places: readonly WordPlace[]
  readonly dataWords: number
}

function wordTypes(signature: string): readonly WordType[] {
  const list = signature.slice(signature.indexOf('(') + 1, -1).split(',')
  return list.flatMap((type): readonly WordType[] => {
    if (type.endsWith('[]')) return ['dynamic']
    const array = /^(\w+)\[(\d+)\]$/.exec(type)
    const base = array?.[1] ?? type
    return new Array(Number(array?.[2] ?? 1)).fill(base.replace(/^(u?int)\d+$/, '$1'))
  })
}

function layoutOf(row: EventRow, layout: string): EventLayout {
  let topic = 1
  let word = 0
  const places = [...layout].map((mark) => (mark === 'x' ? topic++ : -1 - word++))
  return { row, types: wordTypes(row.signature), places, dataWords: word }
}

/** First topic -> number of topics -> layout. */
export const EVENT_LAYOUTS: ReadonlyMap<string, readonly (EventLayout | undefined)[]> = new Map(
  ROWS.map((row) => {
    const byTopics: (EventLayout | undefined)[] = []
    for (const layout of row.layouts) {
      byTopics[1 + [...layout].filter((mark) => mark === 'x').length] = layoutOf(row, layout)
    }
    return [eventTopic(row.signature), byTopics]
  }),
)

/** Every signature of the table with its layouts, for tests against another decoder. */
export const EVENT_SIGNATURES: readonly (readonly [string, readonly string[]])[] = ROWS.map(
  ({ signature, layouts }) => [signature, layouts],
)

/** Names of the values in `ChainEvent.extra`; packed rows write their positions. */
export const EXTRA_NAMES: readonly string[] = [
  ...new Set(['tokenId', ...ROWS.flatMap(({ extra = {} }) => Object.keys(extra))]),
]
