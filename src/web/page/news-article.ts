import { html } from 'hono/html'
import { formatDecimal } from '../../i18n/format.ts'
import type { VerdictValue } from '../../model/verdict.ts'
import type {
  NewsArticleView,
  NewsContradiction,
  NewsFactView,
  NewsOrganisation,
} from '../../query/news-types.ts'
import { field } from '../part/form.ts'
import { entityHref, href, segment } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { verdictMark } from '../part/mark.ts'
import { articleHref, headlines, published } from '../part/news.ts'
import { timelines } from '../part/news-timeline.ts'
import { money, percent } from '../part/number.ts'
import { type PanelData, toolPanel } from '../part/panel.ts'
import { articlePicture } from '../part/share.ts'
import { data, moment, outside } from '../part/text.ts'
import type { View } from '../view.ts'

/** An amount in the reader's currency; null where no rate of that day is known. */
export interface Converted {
  readonly currency: string
  readonly then: string | null
  readonly today: string | null
}

export interface ArticlePageData {
  readonly article: NewsArticleView
  readonly converted: ReadonlyMap<string, Converted>
  readonly currency: string | undefined
  readonly panel: PanelData | undefined
  /** Of linked firms, by name; one that is not known in time is missing. */
  readonly verdicts: ReadonlyMap<string, VerdictValue>
}

/** One article: what it states, who is in it, what speaks against it, and where it is printed. */
export function articlePage(view: View, page: ArticlePageData): Page {
  const { article, panel } = page
  return {
    title: article.title,
    picture: articlePicture(article.id, article.title),
    description: view.t('news.description'),
    isReading: true,
    body: html`<article class="wide">
${head(view, article)}
${takeaways(view, article)}
${questions(view, article)}
${article.text === null ? html`<p class="note">${view.t('news.third_party')}</p>` : ownText(article)}
${factSection(view, page)}
${timelines(view, article.facts)}
${organisations(view, article.organisations, page.verdicts)}
${people(view, article)}
${
  article.corrected.length === 0
    ? null
    : html`<section class="area" aria-labelledby="corrected"><h2 id="corrected">${view.t(
        'news.corrected',
      )}</h2>${factTable(view, article.corrected, page.converted, 'corrected')}</section>`
}
${
  article.related.length === 0
    ? null
    : html`<section class="area" aria-labelledby="related"><h2 id="related">${view.t(
        'news.related',
      )}</h2>${headlines(view, article.related)}</section>`
}
${
  article.disclaimer === null
    ? null
    : html`<details class="fold"><summary>${view.t(
        'news.own_disclaimer',
      )}</summary><p class="note"${lang(article)}>${data(article.disclaimer)}</p></details>`
}
<p class="note">${view.t('news.disclaimer')} <a href="/method/news.md">${view.t('nav.method')}</a></p>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, article.asOf) })}</p>
<ul class="ways"><li><a href="/v1/news/${segment(article.id)}">${view.t('todo.json')}</a></li></ul>
</article>
${panel === undefined ? null : toolPanel(view, panel)}`,
  }
}

function lang({ language }: NewsArticleView): Html | null {
  return language === null ? null : html` lang="${language}" dir="auto"`
}

function head(view: View, article: NewsArticleView): Html {
  const { publisher, author, publishedAt, zone, category, url, copies } = article
  const parts = [
    publisher === null ? null : data(publisher),
    author === null ? null : data(author),
    publishedAt === null ? null : published(view, publishedAt, zone),
    category === null
      ? null
      : html`<a href="${href(view.locale, '/news', { topic: category })}">${data(category)}</a>`,
    url === null ? null : outside(url, view.t('news.original')),
  ].filter((part) => part !== null)
  return html`<h1${lang(article)}>${data(article.title)}</h1>
<p class="lead">${parts.map((part, i) => html`${i === 0 ? '' : ' · '}${part}`)}</p>${
    copies.length === 0
      ? null
      : html`<p class="note">${view.t('news.copies')}: ${copies.map(
          (id, i) =>
            html`${i === 0 ? '' : ' · '}<a href="${articleHref(view, id)}">${data(id)}</a>`,
        )}</p>`
  }`
}

function takeaways(view: View, article: NewsArticleView): Html | null {
  if (article.keyTakeaways.length === 0) return null
  return html`<section class="area" aria-labelledby="takeaways"><h2 id="takeaways">${view.t(
    'news.takeaways',
  )}</h2><ul${lang(article)}>${article.keyTakeaways.map(
    (text) => html`<li>${data(text)}</li>`,
  )}</ul></section>`
}

function questions(view: View, article: NewsArticleView): Html | null {
  if (article.sections.length === 0 || article.text !== null) return null
  return html`<section class="area" aria-labelledby="questions"><h2 id="questions">${view.t(
    'news.questions',
  )}</h2><ul${lang(article)}>${article.sections.map(
    ({ question, text }) =>
      html`<li>${data(question)}${text === null ? null : html`<p>${data(text)}</p>`}</li>`,
  )}</ul></section>`
}

/** An own article is published whole; the sentences of its facts are marked. */
function ownText(article: NewsArticleView): Html {
  const { text, facts } = article
  const spans = [...new Map(facts.map(({ start, end }) => [start, { start, end }])).values()].sort(
    (a, b) => a.start - b.start,
  )
  const paragraphs: Html[] = []
  let from = 0
  for (const paragraph of (text ?? '').split(/\n+/)) {
    const start = (text ?? '').indexOf(paragraph, from)
    from = start + paragraph.length
    paragraphs.push(html`<p>${marked(text ?? '', { start, end: from }, spans)}</p>`)
  }
  return html`<div class="prose"${lang(article)}>${paragraphs}</div>`
}

interface Range {
  readonly start: number
  readonly end: number
}

function marked(text: string, within: Range, spans: readonly Range[]): (Html | string)[] {
  const parts: (Html | string)[] = []
  let at = within.start
  for (const { start, end } of spans) {
    if (start < at || end > within.end) continue
    parts.push(text.slice(at, start), html`<mark id="s${start}">${text.slice(start, end)}</mark>`)
    at = end
  }
  parts.push(text.slice(at, within.end))
  return parts
}

function factSection(view: View, page: ArticlePageData): Html {
  const { article, converted, currency } = page
  const hasAmounts = article.facts.some(({ amount }) => amount !== null)
  return html`<section class="area" aria-labelledby="facts"><h2 id="facts">${view.t('news.facts')}</h2>
${
  hasAmounts && view.hasTools
    ? html`<form class="picker" method="get" action="${articleHref(view, article.id)}">${field(
        view,
        {
          id: 'currency',
          name: 'currency',
          label: view.t('news.currency'),
          value: currency,
          holds: 'code',
        },
      )}<button type="submit">${view.t('registry.filter')}</button></form>`
    : null
}
${
  article.facts.length === 0
    ? html`<p class="empty">${view.t('news.no_facts')}</p>`
    : factTable(view, article.facts, converted, 'facts')
}</section>`
}

function factTable(
  view: View,
  facts: readonly NewsFactView[],
  converted: ReadonlyMap<string, Converted>,
  label: 'facts' | 'corrected',
): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${label}"><table class="stacked news-facts"><thead><tr><th
scope="col">${view.t('news.event')}</th><th scope="col">${view.t('news.who')}</th><th
scope="col">${view.t('news.value')}</th><th scope="col">${view.t('news.when')}</th><th
scope="col">${view.t('news.quote')}</th></tr></thead><tbody>${facts.map((fact) =>
    row(view, fact, converted.get(fact.statement)),
  )}</tbody></table></div>`
}

function row(view: View, fact: NewsFactView, converted: Converted | undefined): Html {
  const { date, year, scope, qualifier } = fact
  return html`<tr title="${quoteOf(fact)}"><th scope="row">${view.code('news.type', fact.type)}${
    scope === null ? null : html` <span class="muted">${data(scope)}</span>`
  }</th><td>${who(fact)}</td><td>${value(view, fact)}${
    converted === undefined ? null : conversion(view, converted)
  }${qualifier === null ? null : html` <span class="muted">${data(qualifier)}</span>`}</td><td>${
    date ?? year ?? '–'
  }</td><td><q>${data(quoteOf(fact))}</q>${
    fact.attributedTo === null
      ? null
      : html` <span class="muted">${view.rich('news.says', { name: data(fact.attributedTo) })}</span>`
  }${fact.inferred.length === 0 ? null : html` <span class="muted">(${data(fact.inferred.join('; '))})</span>`}${fact.contradictions.map(
    (side) => contradiction(view, side),
  )}</td></tr>`
}

/** The sentence as far as it may be quoted; else where it stands in the text. */
function quoteOf({ sentence, start, end }: NewsFactView): string {
  return /[\p{L}\p{N}]/u.test(sentence) ? sentence : `[${start}–${end}]`
}

function who({ type, of, from, to, with: others, what }: NewsFactView): Html {
  const acts = from !== null && to !== null && from !== to
  const main = acts ? html`${data(from)} → ${data(to)}` : data(of ?? to ?? from ?? '')
  const rest = [...others, ...(what === null ? [] : [what])]
  return html`${main}${
    type === 'listing' && !acts && to !== null && to !== of ? html` → ${data(to)}` : null
  }${rest.length === 0 ? null : html` <span class="muted">${data(rest.join(' · '))}</span>`}`
}

function value(view: View, fact: NewsFactView): Html {
  const { amount, currency, percent: share, quantity, approximate } = fact
  const shown =
    amount !== null
      ? money(view, amount, currency ?? '')
      : share !== null
        ? percent(view, share, fact.type === 'share_price_change')
        : quantity !== null
          ? html`<span class="num">${formatDecimal(view.locale, quantity)}</span>`
          : html`–`
  return approximate ? html`${view.rich('news.about', { value: shown })}` : html`${shown}`
}

function conversion(view: View, { currency, then, today }: Converted): Html {
  const line = (key: 'news.then' | 'news.today', amount: string | null) =>
    amount === null
      ? null
      : html`<br><span class="rel">${view.rich(key, { value: money(view, amount, currency) })}</span>`
  return html`${line('news.then', then)}${line('news.today', today)}`
}

function contradiction(view: View, side: NewsContradiction): Html {
  const text = html`${view.code('news.rule', side.rule)} (${view.rich('news.side', {
    here: data(side.here),
    there: data(side.there),
  })})`
  const to =
    side.article !== null
      ? articleHref(view, side.article)
      : side.entity === null
        ? undefined
        : entityHref(view.locale, side.entity)
  return html`<p class="fault"><strong>${view.t('news.contradicted')}</strong> ${
    to === undefined ? text : html`<a href="${to}">${text}</a>`
  }</p>`
}

function organisations(
  view: View,
  rows: readonly NewsOrganisation[],
  verdicts: ReadonlyMap<string, VerdictValue>,
): Html | null {
  if (rows.length === 0) return null
  return html`<section class="area" aria-labelledby="firms"><h2 id="firms">${view.t(
    'news.organisations',
  )}</h2><ul>${rows.map(
    ({ name, entity }) =>
      html`<li>${
        entity === null
          ? html`${data(name)} <span class="muted">${view.t('news.unlinked')}</span>`
          : html`<a href="${entityHref(view.locale, entity)}">${data(name)}</a>${verdictOf(view, verdicts.get(name))}`
      } · <a href="${href(view.locale, '/check', { q: name })}">${view.t(
        'nav.check',
      )}</a> · <a href="${href(view.locale, '/news', { entity: name })}">${view.t('news.title')}</a></li>`,
  )}</ul></section>`
}

function verdictOf(view: View, verdict: VerdictValue | undefined): Html | null {
  if (verdict === undefined) return null
  return html` <span class="party">${verdictMark(verdict)}<span>${view.t(
    `verdict.${verdict}`,
  )}</span></span>`
}

function people(view: View, { people: rows }: NewsArticleView): Html | null {
  if (rows.length === 0) return null
  return html`<section class="area" aria-labelledby="people"><h2 id="people">${view.t(
    'news.people',
  )}</h2><ul>${rows.map(({ name, role, organisation, from, to }) => {
    const years = from === null && to === null ? null : `${from ?? ''}–${to ?? ''}`
    const rest = [role, organisation, years].filter((part) => part !== null)
    return html`<li>${data(name)}${
      rest.length === 0 ? null : html` <span class="muted">${data(rest.join(' · '))}</span>`
    }</li>`
  })}</ul></section>`
}
