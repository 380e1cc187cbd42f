import type { Mention } from '../mask.ts'

/** A noun phrase up to its head; what follows with "of" or "in" is a phrase of its own. */
export interface Np {
  readonly k: 'np'
  readonly at: number
  readonly end: number
  /** Head noun in the singular; empty where the head is a name or a figure. */
  readonly head: string
  /** The name that is the head. */
  readonly name: Mention | undefined
  /** Names in front of the head noun: `⟨O1⟩ shares`. */
  readonly mods: readonly Mention[]
  /** Whose it is: the name before the possessive ending. */
  readonly owner: Mention | undefined
  /** A possessive whose owner is no name: `the bank's licence`. */
  readonly ownerHead: string | undefined
  readonly money: Mention | undefined
  readonly percent: Mention | undefined
  readonly quantity: Mention | undefined
  readonly date: Mention | undefined
  readonly det: string | undefined
  /** Words in front of the head, without the determiner. */
  readonly pre: readonly string[]
  readonly isPronoun: boolean
}

/** A verb with its helpers. */
export interface Vg {
  readonly k: 'vg'
  readonly at: number
  readonly end: number
  /** With its particle: `take over`. */
  readonly lemma: string
  readonly form: 'base' | 's' | 'ed' | 'past' | 'part' | 'ing'
  readonly isPassive: boolean
  readonly isPerfect: boolean
  readonly isProgressive: boolean
  readonly isNegated: boolean
  readonly modal: string | undefined
  readonly isInfinitive: boolean
  /** Has it an auxiliary or a form that can only be finite? */
  readonly hasHelper: boolean
  readonly adverbs: readonly string[]
}

export interface Mini {
  readonly k: 'p' | 'cc' | 'comma' | 'stop' | 'sub' | 'rel' | 'date' | 'adv' | 'adj' | 'neg'
  readonly at: number
  readonly end: number
  readonly w: string
  readonly mention?: Mention | undefined
}

export type Chunk = Np | Vg | Mini

export interface Read<T> {
  readonly chunk: T
  readonly next: number
}
