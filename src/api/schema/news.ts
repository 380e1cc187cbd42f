import { z } from '@hono/zod-openapi'
import { FACT_TYPES } from '../../model/news.ts'
import { hash, instant } from './verdict.ts'

const decimal = z.string().openapi({ pattern: '^-?\\d+(\\.\\d+)?$', example: '2300000000' })
const id = z.string().openapi({ example: 'news_example:0123456789abcdef' })
const text = z.string().nullable()
const offset = z.number().int().openapi({ description: 'UTF-16 offset into the whole text.' })
const factType = z.enum(FACT_TYPES)

const organisation = z
  .object({
    name: z.string(),
    entity: text.openapi({ description: 'The entity that the matcher holds for it, or null.' }),
    score: z.number().nullable(),
  })
  .openapi('NewsOrganisation')

const headlineShape = {
  id,
  title: z.string(),
  publisher: text,
  dataset: z.string().openapi({ description: 'The publication.' }),
  publishedAt: text.openapi({
    description: 'ISO 8601 as exact as the article: a day, a time without zone, or an instant.',
  }),
  zone: z.enum(['none', 'utc', 'offset']).nullable().openapi({
    description: '`none`: the article gives its time without a zone, and none is made up.',
  }),
  language: text,
  category: text,
  url: text,
  types: z.array(factType),
  organisations: z.array(organisation),
  copies: z.array(id).openapi({ description: 'Other articles with the same text.' }),
  hasContradiction: z.boolean(),
  isOwn: z.boolean(),
  observedAt: instant,
}
const headline = z.object(headlineShape).openapi('NewsHeadline')

const contradiction = z
  .object({
    rule: z.string(),
    here: z.string(),
    there: z.string(),
    dataset: z.string(),
    entity: text,
    article: text,
    statement: hash.nullable(),
  })
  .openapi('NewsContradiction')

const fact = z
  .object({
    type: factType,
    of: text,
    from: text,
    to: text,
    with: z.array(z.string()),
    what: text,
    amount: decimal.nullable(),
    currency: text,
    percent: decimal.nullable(),
    quantity: decimal.nullable(),
    year: z.number().int().nullable(),
    date: text.openapi({ description: 'ISO 8601, may be partial.' }),
    approximate: z.boolean(),
    qualifier: text,
    scope: text,
    attributedTo: text,
    inferred: z.array(z.string()).openapi({ description: 'What the text does not say itself.' }),
    sentence: z.string().openapi({ description: 'A quote, cut with … where it is long.' }),
    start: offset,
    end: offset,
    statement: hash,
    sentences: z.array(z.object({ start: offset, end: offset })),
    contradictions: z.array(contradiction),
  })
  .openapi('NewsFact')

const person = z
  .object({
    name: z.string(),
    role: text,
    organisation: text,
    from: z.number().int().nullable(),
    to: z.number().int().nullable(),
  })
  .openapi('NewsPerson')

export const newsArticle = z
  .object({
    ...headlineShape,
    author: text,
    keyTakeaways: z.array(z.string()),
    sections: z.array(z.object({ question: z.string(), text })),
    text: text.openapi({ description: 'Null for articles of others; own ones are whole.' }),
    disclaimer: text,
    notes: z.array(z.string()),
    people: z.array(person),
    facts: z.array(fact),
    corrected: z.array(fact).openapi({ description: 'What an earlier version said.' }),
    related: z.array(headline),
    asOf: instant,
  })
  .openapi('NewsArticle')

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }))

export const newsList = z
  .object({
    articles: z.array(headline),
    facets: z.object({ type: facet, topic: facet, country: facet }),
    nextCursor: text,
    asOf: instant,
  })
  .openapi('NewsList')

export const newsFeed = z.string().openapi({ description: 'RSS 2.0.' })

export const newsJsonFeed = z
  .object({
    version: z.string(),
    title: z.string(),
    description: z.string(),
    home_page_url: z.string(),
    items: z.array(
      z.object({
        id,
        url: z.string(),
        title: z.string(),
        content_text: z.string(),
        date_published: instant.optional(),
        language: z.string().optional(),
        authors: z.array(z.object({ name: z.string() })).optional(),
        tags: z.array(z.string()),
      }),
    ),
  })
  .openapi('NewsJsonFeed')
