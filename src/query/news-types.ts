import type { FactType, NewsFact, NewsPerson, Zone } from '../model/news.ts'
import type { DatasetName, EntityId, Hash } from '../model/statement.ts'
import type { Instant } from '../model/time.ts'

/** A name of an article and the entity that the matcher holds for it; null: none is near enough. */
export interface NewsOrganisation {
  readonly name: string
  readonly entity: EntityId | null
  readonly score: number | null
}

/** A fact with the statement that keeps it. `sentence` is a quote, cut with … where it is long. */
export interface NewsFactView extends Omit<NewsFact, 'sentences'> {
  readonly statement: Hash
  readonly sentences: readonly { readonly start: number; readonly end: number }[]
  /** Where a register or another article says otherwise: both sides are shown. */
  readonly contradictions: readonly NewsContradiction[]
}

export interface NewsContradiction {
  /** `amount_differs`, `register_has_none`, `register_withdrawn` or `register_in_force`. */
  readonly rule: string
  /** What the fact says, and what the other side says. */
  readonly here: string
  readonly there: string
  /** The other side: a dataset and the entity or article in it. */
  readonly dataset: DatasetName
  readonly entity: EntityId | null
  readonly article: string | null
  readonly statement: Hash | null
}

/** One line of a list of articles. */
export interface NewsHeadline {
  readonly id: string
  readonly title: string
  readonly publisher: string | null
  readonly dataset: DatasetName
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly language: string | null
  readonly category: string | null
  readonly url: string | null
  readonly types: readonly FactType[]
  readonly organisations: readonly NewsOrganisation[]
  /** Other articles with the same text: syndicated copies. */
  readonly copies: readonly string[]
  readonly hasContradiction: boolean
  readonly isOwn: boolean
  /** When this instance was told. */
  readonly observedAt: Instant
}

export interface NewsArticleView extends NewsHeadline {
  readonly author: string | null
  readonly keyTakeaways: readonly string[]
  /** `text` is null for third-party articles. */
  readonly sections: readonly { readonly question: string; readonly text: string | null }[]
  readonly text: string | null
  readonly disclaimer: string | null
  readonly notes: readonly string[]
  readonly people: readonly NewsPerson[]
  readonly facts: readonly NewsFactView[]
  /** Facts that an earlier version of the article held and the newest does not. */
  readonly corrected: readonly NewsFactView[]
  readonly related: readonly NewsHeadline[]
  readonly asOf: Instant
}

export interface NewsListParams {
  /** Entity id, or a name as the articles write it. */
  readonly entity?: string | undefined
  /** ISO 3166-1 alpha-2: country of a linked entity. */
  readonly country?: string | undefined
  readonly type?: string | undefined
  /** Category of the publication, without regard to case. */
  readonly topic?: string | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

export interface NewsListAnswer {
  readonly articles: readonly NewsHeadline[]
  readonly facets: Readonly<
    Record<'type' | 'topic' | 'country', readonly { value: string; count: number }[]>
  >
  readonly nextCursor: string | null
  readonly asOf: Instant
}

export interface NewsQueries {
  list(params: NewsListParams): Promise<NewsListAnswer>
  /** Undefined: no such article. */
  article(id: string): Promise<NewsArticleView | undefined>
  /** Articles that name the entity, newest first: for its page. */
  about(entity: EntityId, limit?: number): Promise<readonly NewsHeadline[]>
}
