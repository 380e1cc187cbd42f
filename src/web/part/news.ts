import { html } from 'hono/html'
import { formatDay } from '../../i18n/format.ts'
import type { NewsHeadline } from '../../query/news-types.ts'
import type { View } from '../view.ts'
import { href, segment } from './href.ts'
import type { Html } from './html.ts'
import { data } from './text.ts'

/** The page of an article. */
export function articleHref(view: View, id: string): string {
  return href(view.locale, `/news/${segment(id)}`)
}

/** When an article came out, as exact as it says; a time without a zone says that it has none. */
export function published(view: View, at: string, zone: NewsHeadline['zone']): Html {
  const day = at.slice(0, 10)
  const time = at.length > 10 ? at.slice(11, 16) : ''
  const offset = zone === 'utc' ? 'UTC' : zone === 'offset' ? at.slice(-6) : ''
  const isBare = time !== '' && zone === 'none'
  return html`<time datetime="${at}">${formatDay(view.locale, day)}</time>${
    time === '' ? null : html` <bdi class="num" dir="ltr">${time} ${offset}</bdi>`
  }${isBare ? html` <span class="rel">(${view.t('news.no_zone')})</span>` : null}`
}

/** Articles as a list: headline, who printed it and when, what kinds of facts it states. */
export function headlines(view: View, articles: readonly NewsHeadline[]): Html {
  return html`<ol class="changes">${articles.map((article) => line(view, article))}</ol>`
}

function line(view: View, article: NewsHeadline): Html {
  const { id, title, publisher, publishedAt, zone, category, types, language } = article
  return html`<li><p><a href="${articleHref(view, id)}"${
    language === null ? null : html` lang="${language}"`
  }>${data(title)}</a> <span class="muted">${publisher === null ? null : html`${data(publisher)} · `}${
    publishedAt === null ? null : published(view, publishedAt, zone)
  }${category === null ? null : html` · ${data(category)}`}</span></p>${
    types.length === 0 && !article.hasContradiction
      ? null
      : html`<p class="muted">${types.map((type) => view.code('news.type', type)).join(view.t('list.separator'))}${
          article.hasContradiction ? html` <strong>${view.t('news.contradicted')}</strong>` : null
        }</p>`
  }</li>`
}
