import type { ChainTransfer } from '../../chain/types.ts'
import { SCREEN_CLASS as CLASS } from '../../model/screening-book.ts'
import { isStopped } from './stop.ts'
import { type ChainRule, ofTransfer, type RuleContext, type RuleFinding } from './types.ts'
import { coin, isNobody } from './window.ts'

/** A transfer without value can be made in anybody's name: it says nothing of either party. */
function moves(transfer: ChainTransfer): boolean {
  return transfer.amount === null || transfer.amount > 0n
}

interface Listed {
  readonly bit: number
  readonly severity: RuleFinding['severity']
  /** True: the label of a service is passed over (see `STOP_LIST`). */
  readonly stops: boolean
}

/** One finding for each listed party of each transfer that moves value, once a transaction. */
function listedParties(context: RuleContext, listed: Listed): readonly RuleFinding[] {
  const { block, parties } = context
  const found: RuleFinding[] = []
  const told = new Set<string>()
  for (const transfer of block.transfers) {
    if (!moves(transfer)) continue
    for (const side of ['from', 'to'] as const) {
      const address = transfer[side]
      if (address === null || isNobody(address)) continue
      const bits = parties.classesOf(address)
      if ((bits & listed.bit) === 0 || (listed.stops && isStopped(bits))) continue
      const other = side === 'from' ? transfer.to : transfer.from
      const key = `${transfer.tx} ${address} ${side} ${coin(transfer.token)}`
      if (told.has(key)) continue
      told.add(key)
      found.push({
        severity: listed.severity,
        ...ofTransfer(transfer),
        subjects: other === null ? [address] : [address, other],
        params: { address, side },
        causes: [address],
      })
    }
  }
  return found
}

export const sanctionedCounterparty: ChainRule = {
  id: 'counterparty.sanctioned',
  version: '1',
  summary: 'A party of a transfer is on a sanctions list.',
  run: (context) =>
    listedParties(context, { bit: CLASS.sanctioned, severity: 'danger', stops: false }),
}

export const scamCounterparty: ChainRule = {
  id: 'counterparty.scam',
  version: '1',
  summary: 'A party of a transfer is on a list of scams or of phishing.',
  run: (context) =>
    listedParties(context, {
      bit: CLASS.scam | CLASS.phishing | CLASS.drainer,
      severity: 'danger',
      stops: true,
    }),
}

export const mixerCounterparty: ChainRule = {
  id: 'counterparty.mixer',
  version: '1',
  summary: 'A party of a transfer is labelled as a mixer.',
  run: (context) => listedParties(context, { bit: CLASS.mixer, severity: 'warning', stops: true }),
}

export const stolenFunds: ChainRule = {
  id: 'counterparty.stolen',
  version: '1',
  summary: 'A party of a transfer is named with a known exploit, theft, ransom or terrorism.',
  run: (context) =>
    listedParties(context, {
      bit: CLASS.stolen | CLASS.exploit | CLASS.ransom | CLASS.terrorism,
      severity: 'danger',
      stops: true,
    }),
}

/** The first coins of an address came out of a mixer. */
export const mixerFunded: ChainRule = {
  id: 'funded.mixer',
  version: '1',
  summary: 'The first transfer that an address ever received came from a mixer.',
  wants: ({ block, parties }) => ({
    seen: block.transfers.flatMap(({ from, to }) =>
      from !== null && to !== null && (parties.classesOf(from) & CLASS.mixer) !== 0 ? [to] : [],
    ),
  }),
  run({ block, parties, past }) {
    const found: RuleFinding[] = []
    const received = new Set<string>()
    for (const transfer of block.transfers) {
      const { from, to } = transfer
      if (to === null || !moves(transfer)) continue
      const isFirst = !received.has(to)
      received.add(to)
      if (!isFirst || from === null || past.hasSeen(to)) continue
      const bits = parties.classesOf(from)
      if ((bits & CLASS.mixer) === 0 || isStopped(bits) || isStopped(parties.classesOf(to)))
        continue
      found.push({
        severity: 'warning',
        ...ofTransfer(transfer),
        subjects: [to, from],
        params: { address: to, mixer: from },
        causes: [from],
      })
    }
    return found
  },
}
