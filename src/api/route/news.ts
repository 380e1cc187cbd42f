import { z } from '@hono/zod-openapi'
import { AppError } from '../../base/error.ts'
import { FACT_TYPES } from '../../model/news.ts'
import { feedJson, feedXml } from '../../query/news-feed.ts'
import type { NewsQueries } from '../../query/news-types.ts'
import { country, limit } from '../params.ts'
import { jsonAnswer } from '../respond.ts'
import { type ApiPorts, type Route, route } from '../route.ts'
import { newsArticle, newsFeed, newsJsonFeed, newsList } from '../schema/news.ts'

const word = z.string().min(1).max(300).optional()
const filter = {
  entity: word.openapi({ description: 'Entity id, or a name as the articles write it.' }),
  country,
  type: z.enum(FACT_TYPES).optional(),
  topic: word.openapi({ description: 'The publication’s category.' }),
}
const listQuery = z.strictObject({
  ...filter,
  limit,
  cursor: z.string().min(1).max(512).optional(),
})
const feedQuery = z.strictObject({ ...filter, limit })

/** Every name of every article may be looked up. */
const LIST_COST = 4

const list = route({
  method: 'get',
  path: '/v1/news',
  tag: 'news',
  summary: 'Articles, newest first, with the kinds of facts that each states.',
  query: listQuery,
  answer: newsList,
  cost: LIST_COST,
  problems: [503],
  handle: async ({ query }, ports) => jsonAnswer(await newsOf(ports).list(query), 'public'),
})

const article = route({
  method: 'get',
  path: '/v1/news/{id}',
  tag: 'news',
  summary: 'One article: its facts with quotes, the firms and people, and what contradicts it.',
  query: z.strictObject({}),
  params: z.object({ id: z.string().min(1).max(300) }),
  answer: newsArticle,
  cost: 1,
  problems: [404, 503],
  async handle({ params }, ports) {
    const answer = await newsOf(ports).article(params.id)
    if (answer === undefined) {
      throw new AppError('news.unknown', 'There is no such article.', { status: 404 })
    }
    return jsonAnswer(answer, 'public')
  },
})

const xml = route({
  method: 'get',
  path: '/news/feed.xml',
  tag: 'news',
  summary: 'The newest articles as RSS 2.0, of one topic or entity where asked.',
  query: feedQuery,
  answer: newsFeed,
  mediaTypes: ['application/rss+xml'],
  cost: LIST_COST,
  problems: [503],
  async handle({ query }, ports) {
    const { articles } = await newsOf(ports).list(query)
    return { body: feedXml(articles), mediaType: 'application/rss+xml', cache: 'public' }
  },
})

const json = route({
  method: 'get',
  path: '/news/feed.json',
  tag: 'news',
  summary: 'The newest articles as JSON Feed 1.1, of one topic or entity where asked.',
  query: feedQuery,
  answer: newsJsonFeed,
  mediaTypes: ['application/feed+json'],
  cost: LIST_COST,
  problems: [503],
  async handle({ query }, ports) {
    const { articles } = await newsOf(ports).list(query)
    return { body: feedJson(articles), mediaType: 'application/feed+json', cache: 'public' }
  },
})

function newsOf({ news }: ApiPorts): NewsQueries {
  if (news !== undefined) return news
  throw new AppError('news.no_data', 'This installation offers no news.', { status: 503 })
}

export const newsRoutes: readonly Route[] = [list, article, xml, json]
