import { html } from 'hono/html'
import { formatPercent } from '../../i18n/format.ts'
import { dayOf } from '../../model/time.ts'
import type { Finding, Severity } from '../../model/verdict.ts'
import type { View } from '../view.ts'
import { entityHref, rowHref } from './href.ts'
import type { Hole, Html } from './html.ts'
import { differing, likeness } from './likeness.ts'
import { severityMark } from './mark.ts'
import { data, day, facts, moment, outside, plainDay } from './text.ts'
import { codeText } from './value.ts'

/** Cards before the fold; the rest of a long list waits behind a line that says how many. */
const SHOWN_MAX = 8
const STRENGTH: Readonly<Record<Severity, number>> = { danger: 0, warning: 1, positive: 2, info: 3 }
/** Details beside the main facts; more of them wait behind a fold. */
const DETAILS_MAX = 4
/** Items of one detail: the licences below name every country. */
const ITEMS_MAX = 6
/** Statement links on one card: the entity page holds them all. */
const STATEMENTS_MAX = 3

/** Findings strongest first; where sources disagree, the two sides stand beside each other. */
export function findings(view: View, all: readonly Finding[], isName = false): Html {
  const sorted = [...all].sort(
    (a, b) =>
      Number(a.state !== 'active') - Number(b.state !== 'active') ||
      STRENGTH[a.severity] - STRENGTH[b.severity],
  )
  const isActive = (finding: Finding) => finding.state === 'active' || finding.state === 'disputed'
  const against = sorted.filter((finding) => isActive(finding) && isAdverse(finding))
  const support = sorted.filter((finding) => isActive(finding) && isSupport(finding))
  if (!isAboutOne(against, support, isName)) return cards(view, sorted)
  const rest = sorted.filter((finding) => !against.includes(finding) && !support.includes(finding))
  return html`<p class="note">${view.t('why.disagree')}</p>
<div class="sides"><section aria-labelledby="side-against"><h3 id="side-against">${view.t(
    'why.against',
  )}</h3>${cards(view, against)}</section>
<section aria-labelledby="side-support"><h3 id="side-support">${view.t(
    'why.support',
  )}</h3>${cards(view, support)}</section></div>
${rest.length === 0 ? null : html`<h3>${view.t('why.also')}</h3>${cards(view, rest)}`}`
}

/**
 * Sources disagree when they speak of the same thing. An identifier is one thing; a name may belong
 * to several, so there both sides must have found the same entity, or one of the same name.
 */
function isAboutOne(
  against: readonly Finding[],
  support: readonly Finding[],
  isName: boolean,
): boolean {
  if (against.length === 0 || support.length === 0) return false
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && a.toLowerCase() === b.toLowerCase()
  return (
    !isName ||
    against.some((a) => support.some((b) => same(a.entity, b.entity) || same(a.caption, b.caption)))
  )
}

function isAdverse(finding: Finding): boolean {
  return finding.severity === 'danger' || finding.severity === 'warning'
}

function isSupport(finding: Finding): boolean {
  return finding.severity === 'positive' || finding.kind === 'positive_evidence'
}

function cards(view: View, list: readonly Finding[]): Html {
  // What an official list has taken over says nothing more: it waits behind the fold.
  const speaking = list.filter((finding) => finding.state !== 'superseded')
  const first = (speaking.length === 0 ? list : speaking).slice(0, SHOWN_MAX)
  const rest = list.filter((finding) => !first.includes(finding))
  return html`<ul class="cards">${first.map((finding) => card(view, finding))}</ul>${
    rest.length === 0
      ? null
      : html`<details class="fold"><summary>${view.t('why.more', {
          count: rest.length,
        })}</summary><ul class="cards">${rest.map((finding) => card(view, finding))}</ul></details>`
  }`
}

function card(view: View, finding: Finding): Html {
  const isPast = finding.state === 'superseded' || finding.state === 'withdrawn'
  const more = details(view, finding)
  const isShort = more.length <= DETAILS_MAX
  return html`<li class="card s-${finding.severity}${isPast ? ' past' : ''}">
<p class="eyebrow">${severityMark(finding.severity)}<span class="kind">${view.t(
    `finding.kind.${finding.kind}`,
  )}</span>${
    finding.state === 'active'
      ? null
      : html`<span class="tag">${view.t(`finding.state.${finding.state}`)}</span>`
  }</p>
<p class="words">${finding.text}</p>
<p class="says">${view.rich('why.says', {
    authority: html`<strong>${data(finding.authority)}</strong>`,
    list: data(finding.datasetTitle),
  })}</p>
${facts([
  finding.caption === null ? null : [view.t('why.entry'), data(finding.caption)],
  since(view, finding),
  finding.endedAt === null ? null : [view.t('why.ended'), day(view, finding.endedAt)],
  finding.listVersion === null
    ? null
    : [view.t('why.version'), html`<bdi class="num">${finding.listVersion}</bdi>`],
  [view.t('why.match'), match(view, finding)],
  ...(isShort ? more : []),
  finding.observedAt === null ? null : [view.t('why.observed'), moment(view, finding.observedAt)],
])}
${
  isShort
    ? null
    : html`<details class="fold"><summary>${view.t('why.details')}</summary>${facts(
        more,
      )}</details>`
}
${ways(view, finding)}
</li>`
}

function since(view: View, finding: Finding): readonly [Hole, Hole] | null {
  if (finding.listedAt !== null) return [view.t('why.listed'), day(view, finding.listedAt)]
  if (finding.firstVersion === null) return [view.t('why.listed'), view.t('why.no_date')]
  return [
    view.t('why.first_version'),
    html`${plainDay(view, dayOf(finding.firstVersion))} <span class="muted">${view.t(
      'why.no_date_beside',
    )}</span>`,
  ]
}

function match(view: View, finding: Finding): Html {
  const { method, score, detail, likeness: names, qualifiers } = finding.match
  const why = likeness(view, { detail, ...names })
  return html`${view.code('match', method)}${
    score < 1 ? html`, <span class="num">${formatPercent(view.locale, score)}</span>` : null
  }${why === null ? null : html` ${why}`}${differing(view, qualifiers)}`
}

function details(view: View, finding: Finding): readonly (readonly [Hole, Hole])[] {
  return Object.entries(finding.details)
    .filter(([, value]) => value.length > 0)
    .map(([name, value]) => {
      const texts = typeof value === 'string' ? [value] : value.slice(0, ITEMS_MAX)
      const more = typeof value === 'string' ? 0 : value.length - texts.length
      const shown = texts.map(
        (text, at) => html`${at === 0 ? null : ' · '}${data(codeText(view, name, text))}`,
      )
      const rest = more === 0 ? null : ` ${view.t('licences.more_countries', { count: more })}`
      return [view.code('detail', name), [...shown, rest]] as const
    })
}

function ways(view: View, finding: Finding): Html {
  const { entity, statements } = finding
  const links: Hole[] = []
  if (entity !== null) {
    statements.slice(0, STATEMENTS_MAX).forEach((statement, at) => {
      const label =
        statements.length === 1
          ? view.t('why.row')
          : view.t('why.row_number', { number: view.n(at + 1) })
      links.push(html`<a href="${rowHref(view.locale, entity, statement)}">${label}</a>`)
    })
    links.push(html`<a href="${entityHref(view.locale, entity)}">${view.t('why.statements')}</a>`)
  }
  if (finding.sourceUrl !== null) {
    links.push(outside(finding.sourceUrl, view.t('why.source')))
  }
  if (links.length === 0) return html``
  return html`<ul class="ways">${links.map((link) => html`<li>${link}</li>`)}</ul>`
}
