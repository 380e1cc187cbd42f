import type { Mention } from '../mask.ts'
import type { VerbForm } from './verb-words.ts'

export type Tag =
  | 'det'
  | 'poss'
  | 'pron'
  | 'prep'
  | 'to'
  | 'cc'
  | 'sub'
  | 'rel'
  | 'modal'
  | 'be'
  | 'have'
  | 'do'
  | 'neg'
  | 'adv'
  | 'adj'
  | 'noun'
  | 'verb'
  | 'mark'
  | 'comma'
  | 'stop'
  | 'open'
  | 'close'

/** One word or mark of a masked sentence with the part that it plays. */
export interface Word {
  readonly w: string
  readonly at: number
  readonly end: number
  tag: Tag
  verb: VerbForm | undefined
  readonly mention: Mention | undefined
}
