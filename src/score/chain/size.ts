import { SCREEN_CLASS as CLASS } from '../../model/screening-book.ts'
import { isStopped } from './stop.ts'
import { type ChainRule, ofTransfer, type RuleFinding } from './types.ts'
import { coin, isNobody } from './window.ts'

/** Payments just below the line: from four fifths of it up to, but not including, the line. */
const NEAR_PERCENT = 80n
const STRUCTURED_MIN = 5
/** A burst is told against the window before it, which must be long enough to be a habit. */
const BURST_BLOCKS = 25
const HABIT_BLOCKS_MIN = 200
const BURST_TIMES = 10n
const BURST_TRANSFERS_MIN = 20

/** An amount at or above the line that is set for its asset. */
export const largeTransfer: ChainRule = {
  id: 'transfer.large',
  version: '1',
  summary: 'A transfer reaches the amount that counts as large for its asset.',
  run({ block, asset }) {
    return block.transfers.flatMap((transfer): RuleFinding[] => {
      const { amount, from, to, token, standard } = transfer
      if (standard === 'erc721' || standard === 'erc1155') return []
      const large = asset(token)?.large ?? null
      if (large === null || amount === null || amount < large) return []
      if (isNobody(from) && isNobody(to)) return []
      return [
        {
          severity: 'info',
          ...ofTransfer(transfer),
          subjects: [from, to].filter((address) => address !== null),
          params: { from: from ?? '', to: to ?? '' },
          causes: [],
        },
      ]
    })
  },
}

/** Several payments of one sender that all stay just below the line. */
export const structuredTransfers: ChainRule = {
  id: 'transfer.structured',
  version: '1',
  summary: 'One sender makes five or more payments that all stay just below the large amount.',
  run({ block, asset, parties, window }) {
    const found: RuleFinding[] = []
    const own = new Map<string, number>()
    const told = new Set<string>()
    for (const transfer of block.transfers) {
      const { from, token, amount } = transfer
      if (from === null || amount === null || isStopped(parties.classesOf(from))) continue
      const large = asset(token)?.large ?? null
      const isNear = (value: bigint) =>
        large !== null && value < large && value * 100n >= large * NEAR_PERCENT
      if (!isNear(amount)) continue
      const key = `${from} ${coin(token)}`
      own.set(key, (own.get(key) ?? 0) + 1)
      let before = 0
      for (const { sent } of window.blocks) before += (sent.get(key) ?? []).filter(isNear).length
      // Told when the fifth is made: the ones after it are the same story.
      const count = before + (own.get(key) ?? 0)
      if (before >= STRUCTURED_MIN || count < STRUCTURED_MIN || told.has(key)) continue
      told.add(key)
      found.push({
        severity: 'warning',
        ...ofTransfer(transfer),
        subjects: [from],
        params: { address: from, count: String(count) },
        causes: [],
      })
    }
    return found
  },
}

/** Exchanges pay out ten times what they did before, over many transfers. */
export const outflowBurst: ChainRule = {
  id: 'exchange.outflow_burst',
  version: '1',
  summary: 'Exchanges pay out ten times as much of an asset as in the window before.',
  run({ block, parties, window }) {
    const blocks = window.blocks
    if (blocks.length < HABIT_BLOCKS_MIN) return []
    const now = new Map<string, { amount: bigint; count: number }>()
    const first = new Map<string, (typeof block.transfers)[number]>()
    for (const transfer of block.transfers) {
      const { from, to, token, amount, standard } = transfer
      if (from === null || amount === null || standard === 'erc721') continue
      if ((parties.classesOf(from) & CLASS.exchange) === 0) continue
      if ((parties.classesOf(to ?? '') & CLASS.exchange) !== 0) continue
      const known = now.get(coin(token)) ?? { amount: 0n, count: 0 }
      now.set(coin(token), { amount: known.amount + amount, count: known.count + 1 })
      if (!first.has(coin(token))) first.set(coin(token), transfer)
    }
    const found: RuleFinding[] = []
    for (const [key, own] of now) {
      const recent = total(blocks.slice(-BURST_BLOCKS), key)
      const habit = total(blocks.slice(0, -BURST_BLOCKS), key)
      const transfer = first.get(key)
      const amount = recent.amount + own.amount
      const count = recent.count + own.count
      if (transfer?.from == null || habit.amount === 0n || count < BURST_TRANSFERS_MIN) continue
      const usual = (habit.amount * BigInt(BURST_BLOCKS)) / BigInt(blocks.length - BURST_BLOCKS)
      // One alert when the line is crossed, not one for each block above it.
      const isAbove = (sum: bigint) => usual > 0n && sum >= usual * BURST_TIMES
      if (!isAbove(amount) || isAbove(recent.amount)) continue
      found.push({
        severity: 'warning',
        ...ofTransfer(transfer),
        amount,
        subjects: [transfer.from],
        params: { count: String(count), times: String(amount / usual) },
        causes: [transfer.from],
      })
    }
    return found
  },
}

function total(
  blocks: Parameters<ChainRule['run']>[0]['window']['blocks'],
  key: string,
): { amount: bigint; count: number } {
  let amount = 0n
  let count = 0
  for (const { outflow } of blocks) {
    amount += outflow.get(key)?.amount ?? 0n
    count += outflow.get(key)?.count ?? 0
  }
  return { amount, count }
}
