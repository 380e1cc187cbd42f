import type { ChainTransfer } from '../../chain/types.ts'
import { isStopped } from './stop.ts'
import { type ChainRule, ofTransfer, type RuleContext, type RuleFinding } from './types.ts'
import { isNobody } from './window.ts'

/** Hex digits that must agree at each end (VOCABULARY §12). */
const ENDS_MIN = 4
/** More than this is a payment, not bait: a thousandth of a coin or token with 18 decimals. */
const DUST = 10n ** 15n
const DUST_SMALL_DECIMALS = 10_000n
/** Counterparties that are compared: an exchange has millions, and nobody copies from its history. */
const COMPARED_MAX = 2_000

export interface Alike {
  readonly leading: number
  readonly trailing: number
}

/** Equal hex digits at both ends of two different addresses; undefined below four at either. */
export function lookAlike(a: string, b: string): Alike | undefined {
  if (a === b || a.length !== b.length || !a.startsWith('0x') || !b.startsWith('0x'))
    return undefined
  let leading = 0
  while (a[2 + leading] === b[2 + leading]) leading += 1
  let trailing = 0
  while (a[a.length - 1 - trailing] === b[b.length - 1 - trailing]) trailing += 1
  return leading >= ENDS_MIN && trailing >= ENDS_MIN ? { leading, trailing } : undefined
}

/** Transfers that can be bait: of nothing, or of next to nothing. */
function isBait(transfer: ChainTransfer, decimals: number | undefined): boolean {
  const { standard, amount } = transfer
  if (standard !== 'erc20' && standard !== 'native') return false
  if (amount === null) return false
  if (amount === 0n) return standard === 'erc20'
  return amount <= (decimals !== undefined && decimals < 12 ? DUST_SMALL_DECIMALS : DUST)
}

interface Bait {
  readonly transfer: ChainTransfer
  /** In whose history the bait is laid. */
  readonly victim: string
  readonly lure: string
}

/**
 * Both ends of a bait: a zero transfer in the victim's own name goes out to the look-alike, dust
 * comes in from it.
 */
function baits({ block, parties, asset }: Omit<RuleContext, 'past'>): readonly Bait[] {
  const senders = new Map(block.transactions.map((tx) => [tx.hash, tx.from]))
  return block.transfers.flatMap((transfer): Bait[] => {
    const { from, to, tx, amount } = transfer
    if (from === null || to === null || isNobody(from) || isNobody(to)) return []
    if (!isBait(transfer, asset(transfer.token)?.decimals)) return []
    if (isStopped(parties.classesOf(from)) || isStopped(parties.classesOf(to))) return []
    // Whoever signed moved something of his own: bait out of a name is laid by somebody else.
    if (amount === 0n) return senders.get(tx) === from ? [] : [{ transfer, victim: from, lure: to }]
    return [{ transfer, victim: to, lure: from }]
  })
}

export const poisoning: ChainRule = {
  id: 'poisoning.look_alike',
  version: '1',
  summary: 'Bait in an address’s history looks like somebody whom it deals with.',
  needsHistory: true,
  wants: (context) => ({ counterparties: baits(context).map(({ victim }) => victim) }),
  run(context) {
    const found: RuleFinding[] = []
    for (const { transfer, victim, lure } of baits(context)) {
      const best = context.past
        .counterparties(victim)
        .slice(0, COMPARED_MAX)
        .flatMap((known) => {
          const alike = lookAlike(known, lure)
          return alike === undefined ? [] : [{ known, sum: alike.leading + alike.trailing }]
        })
        .sort((a, b) => b.sum - a.sum || (a.known < b.known ? -1 : 1))[0]
      if (best === undefined) continue
      found.push({
        severity: 'danger',
        ...ofTransfer(transfer),
        subjects: [lure, victim],
        params: { lure, victim, known: best.known, digits: String(best.sum) },
        causes: [],
      })
    }
    return found
  },
}
