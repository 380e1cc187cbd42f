import { html } from 'hono/html'
import { countryName } from '../../i18n/format.ts'
import type { HelpEntry, QueryKind, Verdict } from '../../model/verdict.ts'
import { appealsOf, reportPlaces } from '../../query/help.ts'
import type { SourceRow } from '../../query/types.ts'
import type { View } from '../view.ts'
import { href, queryOf } from './href.ts'
import type { Hole, Html } from './html.ts'
import { data, outside, plainDay } from './text.ts'

const GROUP: Readonly<Record<QueryKind, 'pay' | 'site' | 'firm'>> = {
  address: 'pay',
  transaction: 'pay',
  token: 'pay',
  domain: 'site',
  url: 'site',
  name: 'firm',
  lei: 'firm',
  licence: 'firm',
}
/** Authorities named as the ones to turn to. */
const AUTHORITIES_MAX = 6

/** What to do now: for the person who asks, for the one who is listed, for a developer. */
export function todo(view: View, verdict: Verdict, sources: readonly SourceRow[]): Html {
  const adverse = new Set(
    verdict.findings
      .filter((finding) => finding.severity === 'danger' || finding.severity === 'warning')
      .map((finding) => finding.dataset),
  )
  const named = sources.filter((source) => adverse.has(source.dataset)).slice(0, AUTHORITIES_MAX)
  return html`<div class="todo">
<section aria-labelledby="todo-you"><h3 id="todo-you">${view.t('todo.you')}</h3>
<p>${view.t(`todo.${verdict.verdict}.${GROUP[verdict.kind]}`)}</p>
${adverse.size === 0 ? null : report(view, verdict, named)}</section>
${adverse.size === 0 ? null : listed(view, verdict, named)}
${developer(view, verdict)}
</div>`
}

function report(view: View, verdict: Verdict, named: readonly SourceRow[]): Html {
  const places = verdict.help.filter(({ kind }) => kind === 'report')
  const [first] = places
  return html`<p>${view.t('todo.report')}</p>${
    named.length === 0 ? null : authorities(named, (source) => source.page)
  }${
    first === undefined
      ? everywhere(view)
      : html`<p>${view.t('todo.fraud_in', {
          country: countryName(view.locale, first.country ?? ''),
        })}</p>${entries(view, places)}`
  }`
}

/** The asker's country is not known: the reader finds it. */
function everywhere(view: View): Html {
  return html`<details class="fold"><summary>${view.t('todo.fraud_countries')}</summary><dl
  class="facts">${reportPlaces().map(
    (place) =>
      html`<div><dt>${countryName(view.locale, place.code)}</dt><dd>${entries(
        view,
        place.entries,
      )}</dd></div>`,
  )}</dl></details>`
}

/** Each place with the page that says so and the day on which it was written down. */
function entries(view: View, places: readonly HelpEntry[]): Html {
  return html`<ul class="plain">${places.map(
    ({ title, authority, url, phone, source, date }) =>
      html`<li>${outside(url, data(title))}${
        phone === null ? null : html` <bdi class="num">${phone}</bdi>`
      } <span class="muted">${data(authority)} · ${outside(
        source,
        view.rich('todo.source_of', { day: plainDay(view, date) }),
      )}</span></li>`,
  )}</ul>`
}

function listed(view: View, verdict: Verdict, named: readonly SourceRow[]): Html {
  const appeals = verdict.help.filter(({ kind }) => kind === 'appeal')
  const others = named.filter(({ dataset }) => appealsOf(dataset).length === 0)
  return html`<section aria-labelledby="todo-listed"><h3 id="todo-listed">${view.t(
    'todo.listed',
  )}</h3><p>${view.t('todo.appeal')}</p>${appeals.length === 0 ? null : entries(view, appeals)}${
    others.length === 0 ? null : authorities(others, (source) => source.page)
  }</section>`
}

function authorities(named: readonly SourceRow[], link: (source: SourceRow) => string): Html {
  return html`<ul class="plain">${named.map(
    (source) =>
      html`<li>${outside(link(source), data(source.authority.name))} <span class="muted">${data(
        source.title,
      )}</span></li>`,
  )}</ul>`
}

/** The authority's page for corrections, where one is confirmed. */
export function appealOf(source: SourceRow): string | null {
  return appealsOf(source.dataset)[0]?.url ?? null
}

function developer(view: View, verdict: Verdict): Html {
  const json = `/v1/check${queryOf({
    q: verdict.query,
    asOf: verdict.asOf,
    knownAt: verdict.knownAt,
    lang: view.locale,
  })}`
  const links: Hole[] = [
    html`<a href="${json}">${view.t('todo.json')}</a>`,
    html`<a href="${href(view.locale, '/check', {
      q: verdict.query,
      asOf: verdict.asOf,
      knownAt: verdict.knownAt,
    })}">${view.t('todo.permalink')}</a>`,
    html`<a href="${href(view.locale, '/api')}">${view.t('nav.api')}</a>`,
  ]
  return html`<section aria-labelledby="todo-developer"><h3 id="todo-developer">${view.t(
    'todo.developer',
  )}</h3><p>${view.t('todo.same')}</p>
<ul class="ways">${links.map((link) => html`<li>${link}</li>`)}</ul></section>`
}
