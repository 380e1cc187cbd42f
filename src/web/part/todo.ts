import { html } from 'hono/html'
import type { QueryKind, Verdict } from '../../model/verdict.ts'
import type { SourceRow } from '../../query/types.ts'
import type { View } from '../view.ts'
import { href, queryOf } from './href.ts'
import type { Hole, Html } from './html.ts'
import { data, outside } from './text.ts'

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
${adverse.size === 0 ? null : report(view, named)}</section>
${adverse.size === 0 ? null : listed(view, named)}
${developer(view, verdict)}
</div>`
}

function report(view: View, named: readonly SourceRow[]): Html {
  return html`<p>${view.t('todo.report')}</p>${
    named.length === 0 ? null : authorities(named, (source) => source.page)
  }`
}

function listed(view: View, named: readonly SourceRow[]): Html {
  return html`<section aria-labelledby="todo-listed"><h3 id="todo-listed">${view.t(
    'todo.listed',
  )}</h3><p>${view.t('todo.appeal')}</p>${
    named.length === 0 ? null : authorities(named, (source) => appealOf(source) ?? source.page)
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

/** The authority's page for corrections, where the source names one. */
export function appealOf(source: SourceRow): string | null {
  const appeal: unknown = 'appeal' in source ? source.appeal : null
  return typeof appeal === 'string' ? appeal : null
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
