import type { Masked, Mention } from '../mask.ts'
import type { Name } from '../name-kind.ts'
import type { Chunk, Np, Vg } from './chunk-type.ts'
import type { Layout } from './layout.ts'

/** A preposition with the noun phrases that it governs. */
export interface Pp {
  readonly w: string
  readonly at: number
  readonly nps: readonly Np[]
  readonly np: Np
}

/** A verb with who does it, to whom, and under which circumstances. */
export interface Pred {
  readonly vg: Vg
  readonly i: number
  readonly lemma: string
  isPassive: boolean
  subject: readonly Np[]
  readonly objects: (readonly Np[])[]
  readonly pps: Pp[]
  readonly after: string[]
  /** The verb whose complement this is, and the noun: `agreed to buy`, `a deal to buy`. */
  governor: Pred | undefined
  governorNoun: Np | undefined
  /** Preposition or conjunction in front of a participle: `by exploiting`. */
  lead: string | undefined
  isClause: boolean
  isRelative: boolean
  end: number
}

export interface Parse {
  readonly m: Masked
  readonly layout: Layout
  readonly chunks: readonly Chunk[]
  readonly preds: readonly Pred[]
  pred(i: number): Pred | undefined
  group(i: number): Np[]
  place(np: Np): number
  /** `United Rivets — The stock popped`: whom a line is about, said in front of it. */
  readonly label: Mention | undefined
  /** Who acts in a line that begins with its verb: `Pivoted to networks, securing …`. */
  readonly elided: Mention & { name: Name | undefined }
  /** The noun phrase with the one that says the same. */
  apposed(np: Np): Np | undefined
}
