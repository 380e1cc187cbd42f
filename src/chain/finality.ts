import { assert } from '../base/assert.ts'
import { LIMITS } from '../base/limits.ts'
import type { ChainId } from './types.ts'

export interface Finality {
  /** Blocks on top of a block before it counts as final. */
  readonly depth: number
  /** The node's own `finalized` block is asked for first; the depth holds where it has none. */
  readonly isTagged: boolean
  /** Usual milliseconds between blocks: what a stall is measured with. */
  readonly blockMs: number
  readonly reason: string
}

const row = (depth: number, blockMs: number, reason: string, isTagged = false): Finality => ({
  depth,
  isTagged,
  blockMs,
  reason,
})

/**
 * When a block is final, per chain. A deeper reorganisation stops that chain and nothing else, so
 * a depth errs on the high side; an alert is provisional for as long.
 */
const ROWS: Readonly<Record<string, Finality>> = {
  'eip155:1': row(
    65,
    12_000,
    'two epochs of 32 slots and one block: what Casper FFG finalises when all is well',
    true,
  ),
  'eip155:11155111': row(65, 12_000, 'the same consensus as Ethereum', true),
  'eip155:17000': row(65, 12_000, 'the same consensus as Ethereum', true),
  'eip155:100': row(65, 5_000, 'the beacon chain of Gnosis, finalised like Ethereum', true),
  'eip155:137': row(
    200,
    2_000,
    'reorganisations of more than a hundred blocks have happened; milestones settle within 200',
  ),
  'eip155:80002': row(200, 2_000, 'the same consensus as Polygon'),
  'eip155:42161': row(
    240,
    250,
    'one minute of blocks: a sequencer that is restarted may repeat that much',
  ),
  'eip155:42170': row(240, 250, 'the same sequencer software as Arbitrum One'),
  'eip155:421614': row(240, 250, 'the same sequencer software as Arbitrum One'),
  'eip155:56': row(30, 750, 'fast finality takes two blocks; thirty outlast its failure'),
  'eip155:10': row(30, 2_000, 'one sequencer; a minute of its blocks'),
  'eip155:8453': row(30, 2_000, 'one sequencer; a minute of its blocks'),
  'bip122:000000000019d6689c085ae165831e93': row(
    12,
    600_000,
    'six confirmations are the custom; twelve outlast every fork since 2013',
  ),
  'bip122:12a765e31ffd4059bada1e25190f6e98': row(
    24,
    150_000,
    'Litecoin: the time of six Bitcoin blocks',
  ),
  'bip122:1a91e3dace36e2be3bf030a65679fe82': row(
    60,
    60_000,
    'Dogecoin: the time of six Bitcoin blocks',
  ),
}

const OTHER_EVM = row(30, 12_000, 'no rule of its own: deeper than any fork of a healthy chain')
const OTHER = row(100, 60_000, 'no rule of its own and an unknown family: the widest margin')

/** The rule of a chain. Example: `finalityOf('eip155:137').depth` is 200. */
export function finalityOf(chain: ChainId): Finality {
  const found = ROWS[chain] ?? (chain.startsWith('eip155:') ? OTHER_EVM : OTHER)
  assert(found.depth > 0, 'every chain has a depth')
  assert(found.depth < LIMITS.chainHotBlocksMax, 'what may be undone fits in memory')
  return found
}

/** The highest number that is final by depth alone; never below the genesis. */
export function finalByDepth(best: number, depth: number): number {
  assert(Number.isSafeInteger(best) && best >= 0, 'a height is a number')
  assert(depth > 0, 'a depth is positive')
  return Math.max(0, best - depth)
}
