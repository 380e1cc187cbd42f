import { intBelow, type Rng, seededRng } from '../../src/base/rng.ts'
import { decodeEvmBlock } from '../../src/chain/evm/block.ts'
import { SIMULATED_CHAIN, type SimulatedBlock, SimulatedChain } from '../../src/chain/simulated.ts'
import type { ChainStore } from '../../src/chain/store.ts'
import type { BlockRef, ChainBlock } from '../../src/chain/types.ts'
import { ChainSink } from '../../src/ingest/chain-sink.ts'
import {
  type BookShelf,
  bookShelf,
  SCREEN_CLASS as CLASS,
  screeningBookBuilder,
} from '../../src/model/screening-book.ts'
import { CHAIN_RULES } from '../../src/score/chain/ruleset.ts'

/** Simulated chains that are judged by every real rule, against made-up lists. */
export const JUDGED_DEPTH = 8

export function decoded({ block, receipts }: SimulatedBlock): ChainBlock {
  return decodeEvmBlock({ chain: SIMULATED_CHAIN, block, receipts, logs: null, traces: null })
}

/** Every address of a world; which of them lists name is drawn from the seed. */
export function addressesOf(chain: SimulatedChain): readonly string[] {
  const found = new Set<string>()
  for (const block of chain.canonical) {
    for (const { from, to } of decoded(block).transfers) {
      if (from !== null) found.add(from)
      if (to !== null) found.add(to)
    }
  }
  return [...found].sort()
}

export function bookOf(addresses: readonly string[], rng: Rng) {
  const kinds = [CLASS.sanctioned, CLASS.scam, CLASS.mixer, CLASS.exchange, CLASS.drainer]
  const builder = screeningBookBuilder({ capacity: addresses.length, seed: [1, 2] })
  for (const address of addresses) {
    if (rng() < 0.2) builder.add(address, kinds[intBelow(rng, kinds.length)] as number)
  }
  return builder.finish()
}

export function sinkOf(store: ChainStore, shelf: BookShelf): ChainSink {
  return new ChainSink({
    store,
    rules: CHAIN_RULES,
    shelf,
    asset: (_, token) => ({
      symbol: token === null ? 'ETH' : 'TOK',
      decimals: 18,
      large: 10n ** 20n,
    }),
    statementsOf: async (_, address) => [`statement of ${address}`],
  })
}

/** Moves a sink from where it stands to the newest block, in one update, as the head core does. */
export async function advance(
  sink: ChainSink,
  chain: SimulatedChain,
  known: BlockRef,
): Promise<BlockRef> {
  let base = known
  while (chain.at(base.number)?.hash !== base.hash) {
    const gone = chain.byHash(base.hash) as SimulatedBlock
    base = { number: base.number - 1, hash: String(gone.block.parentHash) }
  }
  const blocks = chain.canonical.slice(base.number + 1).map(decoded)
  const final = chain.at(Math.max(0, chain.best.number - JUDGED_DEPTH)) as SimulatedBlock
  const finalizedHead = { number: final.number, hash: final.hash }
  await sink.apply({ chain: SIMULATED_CHAIN, baseHead: base, blocks, finalizedHead })
  return { number: chain.best.number, hash: chain.best.hash }
}

/** One life of a chain, the same for the same seed: blocks, and reorganisations above finality. */
export class JudgedChain {
  readonly chain: SimulatedChain
  readonly shelf: BookShelf
  readonly #rng: Rng

  constructor(seed: number) {
    this.#rng = seededRng(seed)
    this.chain = new SimulatedChain(this.#rng)
    this.chain.mine(10)
    this.shelf = bookShelf(bookOf(addressesOf(this.chain), this.#rng))
  }

  get genesis(): BlockRef {
    return { number: 0, hash: (this.chain.at(0) as SimulatedBlock).hash }
  }

  step(): void {
    const rng = this.#rng
    if (rng() < 0.4) this.chain.reorganise(1 + intBelow(rng, JUDGED_DEPTH - 1), intBelow(rng, 3))
    else this.chain.mine(1 + intBelow(rng, 4))
  }
}
