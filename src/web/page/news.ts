import { html } from 'hono/html'
import type { NewsListAnswer } from '../../query/news-types.ts'
import { placeName } from '../part/firm.ts'
import { choice, field } from '../part/form.ts'
import { href, queryOf } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { headlines } from '../part/news.ts'
import { moment } from '../part/text.ts'
import type { View } from '../view.ts'

export interface NewsFilter {
  readonly entity: string | undefined
  readonly country: string | undefined
  readonly type: string | undefined
  readonly topic: string | undefined
}

/** The desk: articles newest first, by firm, country, topic and kind of event. */
export function newsPage(view: View, answer: NewsListAnswer, filter: NewsFilter): Page {
  return {
    title: view.t('news.title'),
    description: view.t('news.description'),
    isReading: true,
    isPrivate: view.search !== '',
    body: html`<div class="wide">
<h1>${view.t('news.title')}</h1>
<p class="lead">${view.t('news.description')}</p>
${form(view, answer, filter)}
${
  answer.articles.length === 0
    ? html`<p class="empty">${view.t('news.empty')}</p>`
    : headlines(view, answer.articles)
}
${
  answer.nextCursor === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(view.locale, '/news', {
        ...filter,
        cursor: answer.nextCursor,
      })}">${view.t('registry.next')}</a></p>`
}
<p class="note">${view.t('news.disclaimer')} <a href="/method/news.md">${view.t('nav.method')}</a></p>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>
<ul class="ways"><li><a href="/news/feed.xml${queryOf({ ...filter })}">${view.t(
      'news.feed_rss',
    )}</a></li><li><a href="/news/feed.json${queryOf({ ...filter })}">${view.t(
      'news.feed_json',
    )}</a></li><li><a href="/v1/news${queryOf({ ...filter })}">${view.t('todo.json')}</a></li></ul>
</div>`,
  }
}

function form(view: View, { facets }: NewsListAnswer, filter: NewsFilter): Html {
  const counted = (value: string, label: string, count: number) =>
    [value, `${label} (${view.n(count)})`] as const
  return html`<form class="picker" method="get" action="${href(view.locale, '/news')}">${field(
    view,
    {
      id: 'entity',
      name: 'entity',
      label: view.t('news.firm'),
      value: filter.entity,
    },
  )}${choice({
    id: 'type',
    name: 'type',
    label: view.t('news.kind'),
    value: filter.type ?? '',
    options: [
      ['', view.t('news.any_kind')],
      ...facets.type.map(({ value, count }) =>
        counted(value, view.code('news.type', value), count),
      ),
    ],
  })}${choice({
    id: 'topic',
    name: 'topic',
    label: view.t('news.topic'),
    value: filter.topic ?? '',
    options: [
      ['', view.t('news.any_topic')],
      ...facets.topic.slice(0, 100).map(({ value, count }) => counted(value, value, count)),
    ],
  })}${choice({
    id: 'country',
    name: 'country',
    label: view.t('licences.country'),
    value: filter.country?.toUpperCase() ?? '',
    options: [
      ['', view.t('registry.any_country')],
      ...facets.country.map(({ value, count }) => counted(value, placeName(view, value), count)),
    ],
  })}<button type="submit">${view.t('registry.filter')}</button></form>`
}
