import { canonicalJson, type Json } from '../base/encode.ts'
import type { Article, FactType, NewsFact, NewsPerson, Zone } from './news.ts'
import { FACT_TYPES } from './news.ts'

/** What the `article` statement holds: everything that is published of it, and no more. */
export interface ArticleValue {
  readonly title: string
  readonly publisher: string | null
  readonly author: string | null
  readonly publishedAt: string | null
  readonly zone: Zone | null
  readonly language: string | null
  readonly category: string | null
  readonly url: string | null
  readonly keyTakeaways: readonly string[]
  readonly questions: readonly string[]
  readonly disclaimer: string | null
  readonly notes: readonly string[]
  readonly organisations: readonly string[]
  readonly people: readonly NewsPerson[]
  /** For syndicated copies: 64 bits as 16 hex digits. */
  readonly simhash: string
  /** Characters of the whole text. */
  readonly chars: number
  /** Own articles are published whole; of others the text stays in the kept file. */
  readonly text: string | null
  readonly sections: readonly { readonly question: string; readonly text: string }[] | null
}

/** What a `newsFact` statement holds; `quotes` are cut where the whole would be too much. */
export type FactValue = Omit<NewsFact, 'sentences' | 'sentence'> & {
  readonly sentence: string
  readonly spans: readonly (readonly [number, number])[]
}

/** Of a third-party text at most a quarter is quoted. */
const QUOTED_SHARE_MAX = 0.25
const QUOTE_CHARS_MIN = 30

/** Where a long sentence's quote begins: near its first number, which a fact is most often about. */
function startOf(sentence: string, chars: number): number {
  const at = sentence.search(/(?:[$€£¥]|[A-Z]{2,3}\s?)?\d/)
  if (at < chars * 0.7) return 0
  const from = Math.min(Math.round(at - chars * 0.45), sentence.length - chars + 1)
  return sentence.indexOf(' ', Math.max(0, from)) + 1
}

/** The value of an article's statement. `isOwn`: it is published whole. */
export function articleValue(
  article: Article,
  read: { readonly organisations: readonly string[]; readonly people: readonly NewsPerson[] },
  p: { readonly simhash: string; readonly isOwn: boolean; readonly quotes: Quotes },
): string {
  const { title, publisher, author, publishedAt, zone, language, category, url } = article
  const value: ArticleValue = {
    title,
    publisher,
    author,
    publishedAt,
    zone,
    language,
    category,
    url,
    keyTakeaways: p.isOwn ? article.keyTakeaways : article.keyTakeaways.map(p.quotes.of),
    questions: article.sections.map(({ question }) => question),
    disclaimer: article.disclaimer,
    notes: article.notes,
    organisations: read.organisations,
    people: read.people,
    simhash: p.simhash,
    chars: article.text.length,
    text: p.isOwn ? article.text : null,
    sections: p.isOwn ? article.sections : null,
  }
  return canonicalJson(value as unknown as Json)
}

export function factValue(fact: NewsFact, quotes: Quotes): string {
  const { sentences, sentence, ...rest } = fact
  const value: FactValue = {
    ...rest,
    sentence: quotes.of(sentence),
    spans: sentences.map(({ start, end }) => [start, end] as const),
  }
  return canonicalJson(value as unknown as Json)
}

export interface Quotes {
  /** The quote of a sentence: the whole, or its beginning with … */
  of(sentence: string): string
}

/** Shares what may be quoted of a text among its sentences; each is counted once. */
export function quotesFor(text: string, sentences: readonly string[], isOwn: boolean): Quotes {
  const distinct = [...new Set(sentences)]
  const total = distinct.reduce((sum, sentence) => sum + sentence.length, 0)
  const budget = Math.floor(text.length * QUOTED_SHARE_MAX)
  if (isOwn || total <= budget) return { of: (sentence) => sentence }
  const each = Math.floor(budget / Math.max(1, distinct.length))
  return { of: (sentence) => cut(sentence, each) }
}

function cut(sentence: string, chars: number): string {
  if (sentence.length <= chars) return sentence
  if (chars < QUOTE_CHARS_MIN) return ''
  const start = startOf(sentence, chars)
  const front = start > 0 ? '…' : ''
  const head = sentence.slice(start, start + chars - 1 - front.length)
  if (start + head.length >= sentence.length) return front + head
  const word = head.lastIndexOf(' ')
  return `${front}${head.slice(0, word > QUOTE_CHARS_MIN / 2 ? word : head.length).toWellFormed()}…`
}

/** Undefined: the statement is of another shape than this program writes. */
export function readArticleValue(text: string): ArticleValue | undefined {
  const value = parsed(text)
  return value !== undefined && typeof value.title === 'string' && typeof value.chars === 'number'
    ? (value as unknown as ArticleValue)
    : undefined
}

export function readFactValue(text: string): FactValue | undefined {
  const value = parsed(text)
  const type = value?.type
  return value !== undefined && FACT_TYPES.includes(type as FactType) && Array.isArray(value.spans)
    ? (value as unknown as FactValue)
    : undefined
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
