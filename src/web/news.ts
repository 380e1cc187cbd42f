import { AppError } from '../base/error.ts'
import type { VerdictValue } from '../model/verdict.ts'
import type { NewsFactView, NewsOrganisation, NewsQueries } from '../query/news-types.ts'
import type { RateQueries } from '../query/rate-types.ts'
import type { Queries } from '../query/types.ts'
import { newsPage } from './page/news.ts'
import { articlePage, type Converted } from './page/news-article.ts'
import { answerPanel } from './panel.ts'
import type { Page } from './part/layout.ts'
import type { View } from './view.ts'

type Check = Queries['check']
type Query = Readonly<Record<string, string | undefined>>

const PAGE_ROWS = 30
/** A page never waits long for rates that are still being loaded. */
const WAIT_MS = 60
/** Amounts that are converted: the first facts say most. */
const CONVERTED_MAX = 24
/** Firms whose verdict stands beside their name. */
const VERDICTS_MAX = 16
const CURRENCY = /^[A-Za-z]{3}$/

export async function answerNews(news: NewsQueries, view: View, query: Query): Promise<Page> {
  const { entity, country, type, topic, cursor } = query
  const answer = await news.list({ entity, country, type, topic, cursor, limit: PAGE_ROWS })
  return newsPage(view, answer, { entity, country, type, topic })
}

export async function answerArticle(
  ports: {
    readonly news: NewsQueries
    readonly rates?: RateQueries | undefined
    readonly check?: Check | undefined
  },
  view: View,
  id: string,
  query: Query,
): Promise<Page> {
  const article = await ports.news.article(id)
  if (article === undefined) {
    throw new AppError('news.unknown', 'There is no such article.', { status: 404 })
  }
  const { rates } = ports
  const asked = query.currency
  const currency = asked !== undefined && CURRENCY.test(asked) ? asked.toUpperCase() : undefined
  const day = article.publishedAt?.slice(0, 10)
  const [converted, panel, verdicts] = await Promise.all([
    rates === undefined
      ? new Map<string, Converted>()
      : convertAll(rates, article.facts, { currency, day, lang: view.locale }),
    rates === undefined ? undefined : answerPanel(rates, view),
    verdictsOf(ports.check, article.organisations),
  ])
  return articlePage(view, { article, converted, currency, panel, verdicts })
}

/**
 * The verdict of each linked firm by its name, as the link beside it gives; one that is not there
 * in time is left out, never guessed.
 */
async function verdictsOf(
  check: Check | undefined,
  rows: readonly NewsOrganisation[],
): Promise<ReadonlyMap<string, VerdictValue>> {
  const out = new Map<string, VerdictValue>()
  if (check === undefined) return out
  const linked = rows.filter(({ entity }) => entity !== null).slice(0, VERDICTS_MAX)
  const work = linked.map(async ({ name }) => {
    const { verdict } = await check({ q: name })
    out.set(name, verdict)
  })
  await soon(Promise.allSettled(work))
  return new Map(out)
}

/** Each amount in the reader's currency, at the article's date and today; what has no rate is left out. */
async function convertAll(
  rates: RateQueries,
  facts: readonly NewsFactView[],
  p: { currency: string | undefined; day: string | undefined; lang: string },
): Promise<ReadonlyMap<string, Converted>> {
  const out = new Map<string, Converted>()
  const wanted = facts.filter(({ amount, currency }) => amount !== null && currency !== null)
  const work = wanted.slice(0, CONVERTED_MAX).map(async (fact) => {
    const from = fact.currency ?? ''
    const to = p.currency ?? (from === 'EUR' ? 'USD' : 'EUR')
    if (from === to) return
    const convert = (date?: string) =>
      rates
        .convert({
          amount: fact.amount ?? '0',
          from,
          to,
          lang: p.lang,
          ...(date !== undefined && { date }),
        })
        .then(({ result }) => result)
        .catch(() => null)
    const [then, today] = await Promise.all([
      p.day === undefined ? null : convert(p.day),
      convert(),
    ])
    out.set(fact.statement, { currency: to, then, today })
  })
  await soon(Promise.all(work))
  return out
}

async function soon(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS)
  })
  await Promise.race([work.catch(() => undefined), late])
  clearTimeout(timer)
}
