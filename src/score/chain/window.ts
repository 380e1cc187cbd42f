import { assert } from '../../base/assert.ts'
import type { BlockRef, ChainBlock } from '../../chain/types.ts'
import { SCREEN_CLASS as CLASS } from '../../model/screening-book.ts'
import type { PartyBook } from './types.ts'

/** What rules remember of a block: small, so that a thousand of them are held. */
export interface BlockSummary extends BlockRef {
  readonly at: number
  /** Contract → its creator. */
  readonly created: ReadonlyMap<string, string | null>
  /** Pool → the two tokens. */
  readonly pools: ReadonlyMap<string, readonly string[]>
  /** `pool token` → amount put in. */
  readonly added: ReadonlyMap<string, bigint>
  /** `token receiver` → amount made out of nothing. */
  readonly minted: ReadonlyMap<string, bigint>
  /** `token` of outflows from exchanges → amount and number of transfers. */
  readonly outflow: ReadonlyMap<string, { readonly amount: bigint; readonly count: number }>
  /** `sender token` → amounts sent. */
  readonly sent: ReadonlyMap<string, readonly bigint[]>
}

/** Blocks that are remembered: an hour or more on Ethereum, minutes on the fastest chains. */
export const WINDOW_BLOCKS = 1_000
/** Amounts of one sender that one block contributes: structuring is a handful. */
const SENT_MAX = 64

const ZERO = '0x0000000000000000000000000000000000000000'

export function isNobody(address: string | null): boolean {
  return address === null || address === ZERO
}

export function coin(token: string | null): string {
  return token ?? 'native'
}

export function summarise(block: ChainBlock, parties: PartyBook): BlockSummary {
  const created = new Map<string, string | null>()
  const pools = new Map<string, readonly string[]>()
  const added = new Map<string, bigint>()
  for (const { kind, contract, owner, spender, extra } of block.events) {
    if (kind === 'created' && spender !== null) created.set(spender, owner)
    if (kind === 'pool_created' && spender !== null) {
      pools.set(
        spender,
        [extra.token0, extra.token1].filter((token) => token !== undefined),
      )
    }
    if (kind === 'liquidity_added') {
      for (const [name, amount] of liquidity(extra)) add(added, `${contract} ${name}`, amount)
    }
  }
  return {
    ...flows(block, parties),
    number: block.number,
    hash: block.hash,
    at: block.at,
    created,
    pools,
    added,
  }
}

/** `amount0` and `amount1` of a liquidity event, as far as it states them. */
export function liquidity(
  extra: Readonly<Record<string, string>>,
): readonly (readonly ['amount0' | 'amount1', bigint])[] {
  return (['amount0', 'amount1'] as const).flatMap((name) => {
    const text = extra[name]
    return text !== undefined && /^\d+$/.test(text) ? [[name, BigInt(text)] as const] : []
  })
}

function flows(block: ChainBlock, parties: PartyBook) {
  const minted = new Map<string, bigint>()
  const outflow = new Map<string, { amount: bigint; count: number }>()
  const sent = new Map<string, bigint[]>()
  for (const { standard, from, to, token, amount } of block.transfers) {
    if (amount === null || amount === 0n || standard === 'erc721' || standard === 'erc1155')
      continue
    if (isNobody(from)) {
      if (standard === 'erc20' && to !== null) add(minted, `${token} ${to}`, amount)
      continue
    }
    const key = `${from} ${coin(token)}`
    const amounts = sent.get(key)
    if (amounts === undefined) sent.set(key, [amount])
    else if (amounts.length < SENT_MAX) amounts.push(amount)
    const isOut = (parties.classesOf(from ?? '') & CLASS.exchange) !== 0
    if (!isOut || (parties.classesOf(to ?? '') & CLASS.exchange) !== 0) continue
    const known = outflow.get(coin(token))
    outflow.set(coin(token), {
      amount: (known?.amount ?? 0n) + amount,
      count: (known?.count ?? 0) + 1,
    })
  }
  return { minted, outflow, sent }
}

function add(map: Map<string, bigint>, key: string, amount: bigint): void {
  map.set(key, (map.get(key) ?? 0n) + amount)
}

/**
 * The blocks below the judged one. It is rewound with the chain, so that what a removed block said
 * is forgotten, and can be made anew from stored blocks.
 */
export class ChainWindow {
  readonly #blocks: BlockSummary[] = []

  get blocks(): readonly BlockSummary[] {
    return this.#blocks
  }

  get head(): BlockRef | undefined {
    return this.#blocks.at(-1)
  }

  /** The next block of the same chain; after a gap nothing older can be used. */
  push(summary: BlockSummary): void {
    const head = this.#blocks.at(-1)
    if (head !== undefined && head.number + 1 !== summary.number) {
      assert(summary.number > head.number, 'a window grows upwards')
      this.#blocks.length = 0
    }
    this.#blocks.push(summary)
    if (this.#blocks.length > WINDOW_BLOCKS) this.#blocks.shift()
  }

  /** Forgets every block above `base`; false when `base` is not the block that was held there. */
  rewind(base: BlockRef): boolean {
    while ((this.#blocks.at(-1)?.number ?? -1) > base.number) this.#blocks.pop()
    const head = this.#blocks.at(-1)
    if (head === undefined || head.hash === base.hash) return true
    this.#blocks.length = 0
    return false
  }

  /** Creator of a contract that a remembered block made; undefined where none did. */
  createdBy(
    contract: string,
  ): { readonly creator: string | null; readonly block: number } | undefined {
    for (let i = this.#blocks.length - 1; i >= 0; i--) {
      const block = this.#blocks[i] as BlockSummary
      const creator = block.created.get(contract)
      if (creator !== undefined) return { creator, block: block.number }
    }
    return undefined
  }

  hasPool(pool: string): boolean {
    return this.#blocks.some((block) => block.pools.has(pool))
  }

  /** Sum of a map of amounts over the remembered blocks. */
  sum(of: 'added' | 'minted', key: string): bigint {
    let sum = 0n
    for (const block of this.#blocks) sum += block[of].get(key) ?? 0n
    return sum
  }
}
