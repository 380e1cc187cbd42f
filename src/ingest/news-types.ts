import type { DatasetName, EntityId, RunId } from '../model/statement.ts'

/** What is to be read: a file of this machine (absolute path) or an address. */
export interface NewsRequest {
  readonly file?: string | undefined
  readonly url?: string | undefined
  /** The publication, where the operator knows it better than the text. */
  readonly publication?: string | undefined
  /** An own article: published whole. */
  readonly isOwn?: boolean | undefined
}

export interface NewsAdded {
  readonly id: EntityId
  readonly title: string
  /** `unchanged`: the same article was there; `corrected`: it says something else than before. */
  readonly state: 'added' | 'unchanged' | 'corrected'
  readonly facts: number
}

export interface NewsReport {
  readonly kind: 'feed' | 'page' | 'text'
  readonly dataset: DatasetName
  readonly publication: string | null
  readonly run: RunId | null
  readonly articles: readonly NewsAdded[]
  /** Counted by code: `feed_broken_off`, `item_repeated` … */
  readonly notes: Readonly<Record<string, number>>
}
