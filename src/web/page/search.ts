import { html } from 'hono/html'
import { hasKey } from '../../i18n/catalogue.ts'
import { countryName, formatPercent } from '../../i18n/format.ts'
import type { SearchAnswer, SearchHit, SearchParams } from '../../query/types.ts'
import { searchBox } from '../part/box.ts'
import { entityHref, href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { likeness } from '../part/likeness.ts'
import { stateMark } from '../part/mark.ts'
import { data } from '../part/text.ts'
import type { View } from '../view.ts'

const FACETS = ['schema', 'country', 'topic', 'dataset'] as const
/** Values of one facet: a longer list helps nobody to choose. */
const FACET_VALUES_MAX = 12

/** Every name that is close to the text; with no text, the empty form. */
export function searchPage(
  view: View,
  params: SearchParams,
  answer: SearchAnswer | undefined,
): Page {
  return {
    title:
      params.q === '' ? view.t('search.title') : view.t('search.title_for', { query: params.q }),
    description: view.t('search.description'),
    isPrivate: true,
    body: html`<div class="wide">
<h1>${view.t('search.title')}</h1>
<p class="lead">${view.t('search.description')}</p>
${searchBox(view, params.q)}
${answer === undefined ? null : found(view, params, answer)}
</div>`,
  }
}

function found(view: View, params: SearchParams, answer: SearchAnswer): Html {
  return html`<div class="search-grid">
<section aria-labelledby="results"><h2 id="results">${view.t('search.results')}</h2>
${
  answer.notChecked.length === 0
    ? null
    : html`<p class="gap">${stateMark('never_fetched')}<span>${view.t('search.gap', {
        count: answer.notChecked.length,
      })}</span></p>`
}
${
  answer.results.length === 0
    ? html`<div class="empty"><p>${view.t('search.none')}</p><p><a href="${href(
        view.locale,
        '/check',
        { q: params.q },
      )}">${view.t('search.check_instead')}</a></p></div>`
    : html`<ol class="hits">${answer.results.map((hit) => result(view, hit))}</ol>`
}
${
  answer.nextCursor === null
    ? null
    : html`<p><a class="button quiet" href="${href(view.locale, '/search', {
        ...queryOf(params),
        cursor: answer.nextCursor,
      })}">${view.t('search.more')}</a></p>`
}</section>
<div class="filters">${FACETS.map((facet) => filter(view, params, answer, facet))}</div>
</div>`
}

function queryOf(params: SearchParams): Record<string, string | undefined> {
  const { q, schema, country, dataset, topic } = params
  return { q, schema, country, dataset, topic }
}

/** A rank comes from names or from an identifier; each has words of its own. */
function featureName(view: View, feature: string): string {
  return view.code(hasKey(`feature.${feature}`) ? 'feature' : 'match', feature)
}

function filter(
  view: View,
  params: SearchParams,
  answer: SearchAnswer,
  facet: (typeof FACETS)[number],
): Html | null {
  const chosen = params[facet]
  const values = answer.facets[facet].slice(0, FACET_VALUES_MAX)
  if (values.length === 0 && chosen === undefined) return null
  const name = (text: string, title: string | undefined) =>
    facet === 'country'
      ? countryName(view.locale, text)
      : facet === 'dataset'
        ? (title ?? text)
        : view.code(facet, text)
  return html`<section aria-labelledby="facet-${facet}"><h2 id="facet-${facet}">${view.t(
    `search.facet.${facet}`,
  )}</h2><ul class="plain">${
    chosen === undefined
      ? null
      : html`<li><a href="${href(view.locale, '/search', {
          ...queryOf(params),
          [facet]: undefined,
        })}">${view.t('search.any')}</a></li>`
  }${values.map(
    ({ value, count, title }) =>
      html`<li><a href="${href(view.locale, '/search', {
        ...queryOf(params),
        [facet]: value,
      })}"${value === chosen ? html` aria-current="true"` : null}>${data(
        name(value, title),
      )}</a> <span class="num muted">${view.n(count)}</span></li>`,
  )}</ul></section>`
}

function result(view: View, hit: SearchHit): Html {
  return html`<li><p class="hit"><a href="${entityHref(view.locale, hit.id)}">${data(
    hit.caption,
  )}</a> <span class="num muted">${formatPercent(view.locale, hit.score)}</span>${hit.topics.map(
    (topic) => html` <span class="tag">${view.code('topic', topic)}</span>`,
  )}</p>
<p class="muted">${view.code('schema', hit.schema)}${hit.countries.map(
    (code) => html` · ${countryName(view.locale, code)}`,
  )} · ${data(hit.datasetTitle)}</p>
<details class="fold"><summary>${view.t('search.why')}</summary><dl class="facts">${Object.entries(
    hit.explanations,
  ).map(
    ([feature, reason]) => html`<div><dt>${featureName(view, feature)}</dt><dd><span
  class="num">${view.t('search.points', {
    percent: formatPercent(view.locale, reason.score),
    weight: view.n(reason.weight),
  })}</span> ${likeness(view, reason)}</dd></div>`,
  )}</dl></details></li>`
}
