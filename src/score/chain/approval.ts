import type { ChainEvent } from '../../chain/types.ts'
import { SCREEN_CLASS as CLASS } from '../../model/screening-book.ts'
import { isStopped } from './stop.ts'
import type { ChainRule, RuleFinding } from './types.ts'

/** Half of what 256 bits hold: wallets write "unlimited" as all ones, some tokens as 2^96 - 1. */
const UNLIMITED = 2n ** 95n
const HARMFUL =
  CLASS.drainer | CLASS.scam | CLASS.phishing | CLASS.stolen | CLASS.exploit | CLASS.sanctioned

function isUnlimited({ kind, amount }: ChainEvent): boolean {
  if (amount === null) return false
  return kind === 'approval_for_all' ? amount > 0n : amount >= UNLIMITED
}

function isApproval({ kind }: ChainEvent): boolean {
  return kind === 'approval' || kind === 'approval_for_all' || kind === 'permit2'
}

/** A spender may take what its owner holds, and is listed, or was made minutes ago. */
export const drainerApproval: ChainRule = {
  id: 'approval.drainer',
  version: '1',
  summary: 'A listed or brand-new contract may spend everything that an address holds of a token.',
  run({ block, parties, window }) {
    const fresh = new Set(
      block.events.flatMap((event) => (event.kind === 'created' ? (event.spender ?? []) : [])),
    )
    const found: RuleFinding[] = []
    for (const [ordinal, event] of block.events.entries()) {
      const { owner, spender, amount } = event
      if (!isApproval(event) || owner === null || spender === null) continue
      if (amount === null || amount === 0n) continue
      const bits = parties.classesOf(spender)
      const isListed = (bits & HARMFUL) !== 0
      if (!isListed && (!isUnlimited(event) || isStopped(bits))) continue
      const made = window.createdBy(spender)
      // Its maker may trust a new contract: it is his own.
      const isFresh = (fresh.has(spender) || made !== undefined) && made?.creator !== owner
      if (!isListed && !isFresh) continue
      found.push({
        severity: isListed ? 'danger' : 'warning',
        tx: event.tx,
        logIndex: event.logIndex,
        ordinal,
        subjects: [spender, owner],
        token: event.kind === 'permit2' ? (event.extra.token ?? event.contract) : event.contract,
        amount,
        params: { spender, owner, why: isListed ? 'listed' : 'fresh' },
        causes: isListed ? [spender] : [],
      })
    }
    return found
  },
}
