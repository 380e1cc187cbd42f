import type { ChainBlock, ChainId, ChainTransfer } from '../../chain/types.ts'
import type { ScreeningBook } from '../../model/screening-book.ts'
import type { ChainWindow } from './window.ts'

/** Classes of parties in one state of the lists: a look-up per address, without a database. */
export type PartyBook = Pick<ScreeningBook, 'classesOf'>

/** What token lists say of a token, or the chain of its own coin. */
export interface AssetFacts {
  readonly symbol: string
  readonly decimals: number
  /** Smallest amount, in the smallest unit, that counts as large; null: none is set. */
  readonly large: bigint | null
}

/** What stored blocks below the judged one say; asked for in one go before the rules run. */
export interface PastFacts {
  /** True when a block below this one has named the address; false also where nothing is stored. */
  hasSeen(address: string): boolean
  /** Addresses that this one sent to or received from, those of the judged block left out. */
  counterparties(address: string): readonly string[]
}

export interface RuleContext {
  readonly chain: ChainId
  readonly block: ChainBlock
  readonly parties: PartyBook
  /** Null: the chain's own coin. Undefined: no list that was read knows it. */
  readonly asset: (token: string | null) => AssetFacts | undefined
  readonly past: PastFacts
  /** The blocks below this one, newest last, as far as they are held without a gap. */
  readonly window: ChainWindow
}

/** What a rule says of one transaction; it becomes an alert with an id, a state and statements. */
export interface RuleFinding {
  readonly severity: 'danger' | 'warning' | 'info'
  readonly tx: string | null
  readonly logIndex: number | null
  /** Tells findings of one transaction apart where no log does. */
  readonly ordinal: number
  /** Addresses: the one that is warned about first. */
  readonly subjects: readonly string[]
  /** Undefined: no asset moved. */
  readonly token: string | null | undefined
  readonly amount: bigint | null
  readonly params: Readonly<Record<string, string>>
  /** Addresses whose statements made the rule fire. */
  readonly causes: readonly string[]
}

/** Pure: the same block, book and past give the same findings, in the same order. */
export interface ChainRule {
  readonly id: string
  /** Rises with every change of what the rule says. */
  readonly version: string
  /** One sentence; the whole is in docs/method/chain-rules.md. */
  readonly summary: string
  /** Compares with all that was stored below a block, so stored blocks cannot be judged by it again. */
  readonly needsHistory?: true
  /** Addresses of which the rule asks the past. */
  wants?(context: Omit<RuleContext, 'past'>): Wanted
  run(context: RuleContext): readonly RuleFinding[]
}

export interface Wanted {
  readonly seen?: readonly string[]
  readonly counterparties?: readonly string[]
}

/** The common part of a finding about one transfer. */
export function ofTransfer(transfer: ChainTransfer) {
  const { tx, logIndex, ordinal, token, amount } = transfer
  return { tx, logIndex, ordinal, token, amount }
}
