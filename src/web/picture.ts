import type { Context } from 'hono'
import { AppError } from '../base/error.ts'
import { hasKey, message } from '../i18n/catalogue.ts'
import { formatDay } from '../i18n/format.ts'
import type { NewsQueries } from '../query/news-types.ts'
import type { Queries } from '../query/types.ts'
import { allowEmbedding } from './headers.ts'
import { type TitleCard, titleCard, type VerdictCard, verdictCard } from './picture/card.ts'
import { createPictureStore, etagOf, type PictureStore } from './picture/store.ts'
import { askedDrawn, nameDrawn } from './picture/words.ts'

type Query = Readonly<Record<string, string | undefined>>

export interface PicturePorts {
  readonly queries: Queries
  readonly news?: NewsQueries | undefined
  readonly isDemo: boolean
  readonly nowMs: () => number
}

interface Card {
  readonly of: { readonly verdict: VerdictCard } | { readonly title: TitleCard }
  /** True: the picture tells what somebody asked, so no shared cache keeps it. */
  readonly isPrivate: boolean
}

/** Seconds for which a messenger need not ask again. */
const FRESH_SECONDS = 3_600
const PLATFORM = 'Global blockchain supervision and query platform'
/**
 * Pictures for messengers, in English, 1200 × 630: the answer to one question, a record, an article,
 * or the name of this installation. Status 503 when too many are asked for at once. Throws what
 * the question throws, `entity.unknown`, `news.unknown` or `web.not_found`.
 */
export function createPictures(
  ports: PicturePorts,
): (c: Context, name: string, query: Query) => Promise<Response> {
  const store: PictureStore = createPictureStore()
  return async (c, name, query) => {
    const { of, isPrivate } = await cardOf(ports, name, query)
    const etag = etagOf(of)
    allowEmbedding(c)
    c.header('etag', etag)
    c.header('cache-control', `${isPrivate ? 'private' : 'public'}, max-age=${FRESH_SECONDS}`)
    if (c.req.header('if-none-match') === etag) return c.body(null, 304)
    const draw = () => ('verdict' in of ? verdictCard(of.verdict) : titleCard(of.title))
    const png = await store.png(etag, draw)
    if (png === undefined)
      return c.body(null, 503, { 'retry-after': '1', 'cache-control': 'no-store' })
    c.header('content-type', 'image/png')
    return c.body(png)
  }
}

async function cardOf(ports: PicturePorts, name: string, query: Query): Promise<Card> {
  if (name === 'check.png') return checkCard(ports, query)
  if (name === 'entity.png') return entityCard(ports, query)
  if (name === 'article.png' && ports.news !== undefined)
    return articleCard(ports, ports.news, query)
  if (name === 'custos.png') return homeCard(ports)
  throw new AppError('web.not_found', 'There is no picture at this address.', { status: 404 })
}

function foot({ isDemo, nowMs }: PicturePorts, day?: string) {
  const shown = day ?? new Date(nowMs()).toISOString()
  return { day: formatDay('en', shown.slice(0, 10)), isDemo }
}

async function checkCard(ports: PicturePorts, query: Query): Promise<Card> {
  const { q, asOf, knownAt, country, service } = query
  if (q === undefined) {
    throw new AppError('query.empty', 'Nothing was asked.', { status: 400 })
  }
  const answer = await ports.queries.check({ q, asOf, knownAt, country, service, lang: 'en' })
  const { verdict } = answer
  const card: VerdictCard = {
    verdict,
    word: message('en', `verdict.${verdict}`),
    asked: askedDrawn(answer),
    sentence: answer.summary,
    ...foot(ports, answer.asOf),
  }
  return { of: { verdict: card }, isPrivate: true }
}

async function entityCard(ports: PicturePorts, { id, asOf, knownAt }: Query): Promise<Card> {
  const entity = await ports.queries.entity(id ?? '', { asOf, knownAt })
  if (entity === undefined) {
    throw new AppError('entity.unknown', 'No statement names this entity.', { status: 404 })
  }
  const key = `schema.${entity.schema}`
  const title = {
    kind: hasKey(key) ? message('en', key) : entity.schema,
    title: nameDrawn(entity.caption),
    source: entity.datasetTitle,
    ...foot(ports, entity.asOf),
  }
  return { of: { title }, isPrivate: false }
}

async function articleCard(ports: PicturePorts, news: NewsQueries, { id }: Query): Promise<Card> {
  const article = await news.article(id ?? '')
  if (article === undefined) {
    throw new AppError('news.unknown', 'There is no such article.', { status: 404 })
  }
  const title = {
    kind: message('en', 'news.title'),
    title: nameDrawn(article.title),
    source: article.publisher ?? '',
    ...foot(ports, article.publishedAt ?? undefined),
  }
  return { of: { title }, isPrivate: false }
}

function homeCard(ports: PicturePorts): Card {
  const title = {
    kind: 'Custos',
    title: nameDrawn(PLATFORM),
    source: message('en', 'home.sentence'),
    ...foot(ports),
  }
  return { of: { title }, isPrivate: false }
}
