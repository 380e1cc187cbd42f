import { html } from 'hono/html'
import type { CompareAnswer, FirmView, ServeValue } from '../../query/registry-types.ts'
import { countriesText, labelTag, scoreText } from '../part/firm.ts'
import { field } from '../part/form.ts'
import { entityHref, href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { places, serviceName } from '../part/serve.ts'
import { data, identifier, moment } from '../part/text.ts'
import type { View } from '../view.ts'

export interface ComparePageData {
  readonly a: string | undefined
  readonly b: string | undefined
  /** Undefined: nothing was asked, or one of the two is no known firm. */
  readonly answer: CompareAnswer | undefined
}

const SIGN: Readonly<Record<ServeValue, string>> = { yes: '●', no: '–', no_evidence: '?' }
/** Lines of one cell: the page of the firm has them all. */
const LINES_MAX = 12
const INDEXES = ['licence', 'regulation', 'risk', 'business', 'technology'] as const

/** Two firms side by side, line by line. */
export function comparePage(view: View, { a, b, answer }: ComparePageData): Page {
  const isUnknown = a !== undefined && b !== undefined && answer === undefined
  return {
    title: view.t('compare.title'),
    description: view.t('compare.description'),
    isPrivate: answer !== undefined,
    ...(isUnknown ? { status: 404 as const } : {}),
    body: html`<div class="wide">
<h1>${view.t('compare.title')}</h1>
<p class="lead">${view.t('compare.description')}</p>
<form class="picker" method="get" action="${href(view.locale, '/compare')}">${field(view, {
      id: 'firm-a',
      name: 'a',
      label: view.t('compare.first'),
      value: a,
    })}${field(view, {
      id: 'firm-b',
      name: 'b',
      label: view.t('compare.second'),
      value: b,
    })}<button type="submit">${view.t('compare.go')}</button></form>
${isUnknown ? html`<p class="note">${view.t('compare.unknown')}</p>` : null}
${answer === undefined ? null : sideBySide(view, answer)}
</div>`,
  }
}

function sideBySide(view: View, answer: CompareAnswer): Html {
  const [left, right] = answer.firms
  const row = (title: string, cell: (firm: FirmView) => Hole) =>
    html`<tr><th scope="row">${title}</th><td>${cell(left)}</td><td>${cell(right)}</td></tr>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'compare.title',
  )}"><table class="compare"><thead><tr><td></td>${answer.firms.map(
    (firm) =>
      html`<th scope="col"><a href="${entityHref(view.locale, firm.id)}">${data(
        firm.caption,
      )}</a></th>`,
  )}</tr></thead><tbody>
${row(
  view.t('firm.label.title'),
  (firm) => html`${labelTag(view, firm.label.label)} <span
class="muted">${view.code('firm.why', firm.label.rule)}</span>`,
)}
${row(view.t('firm.score.title'), (firm) => scoreText(view, firm.score.value))}
${INDEXES.map((index) =>
  row(view.t(`firm.index.${index}`), (firm) => scoreText(view, firm.score.indexes[index])),
)}
${row(view.t('who.countries'), (firm) => countriesText(view, firm.countries))}
${row(view.t('licences.title'), (firm) => permissions(view, firm))}
${row(view.t('who.websites'), (firm) => sites(view, firm))}
${row(
  view.t('firm.members'),
  (firm) =>
    html`<ul class="plain">${firm.members.map(
      (member) => html`<li>${data(member.datasetTitle)}</li>`,
    )}</ul>`,
)}
</tbody></table></div>
${coverage(view, answer)}
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>`
}

function permissions(view: View, firm: FirmView): Hole {
  if (firm.licences.length === 0) return '–'
  // A firm may have filed dozens of white papers: rows that read alike are one line with a count.
  const alike = Map.groupBy(
    firm.licences,
    ({ kind, status, regulator }) => `${kind} ${status} ${regulator}`,
  )
  return html`<ul class="plain">${[...alike.values()].slice(0, LINES_MAX).map((rows) => {
    const [licence] = rows
    if (licence === undefined) return null
    return html`<li>${view.t(`licence.kind.${licence.kind}`)} · ${view.t(
      `licence.status.${licence.status}`,
    )} · ${data(licence.regulator)}${
      rows.length === 1 ? null : html` <span class="num muted">× ${view.n(rows.length)}</span>`
    }</li>`
  })}</ul>`
}

function sites(view: View, firm: FirmView): Hole {
  if (firm.websites.length === 0) return '–'
  return html`<ul class="plain">${firm.websites
    .slice(0, LINES_MAX)
    .map(
      (host) =>
        html`<li><a href="${href(view.locale, '/check', { q: host })}">${identifier(host)}</a></li>`,
    )}</ul>`
}

function coverage(view: View, { coverage: rows, firms }: CompareAnswer): Html | null {
  const services = rows[0]?.services.map(({ service }) => service) ?? []
  if (services.length === 0) return null
  const names = firms.map((firm) => firm.caption)
  return html`<section class="area" aria-labelledby="coverage"><h2 id="coverage">${view.t(
    'licences.matrix',
  )}</h2>
<p class="key">${names.map((name, at) => html`<span>${view.n(at + 1)} ${data(name)}</span>`)}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'licences.matrix',
  )}"><table class="matrix"><thead><tr><th scope="col">${view.t(
    'licences.country',
  )}</th>${services.map(
    (service) => html`<th scope="col">${serviceName(view, service)}</th>`,
  )}</tr></thead><tbody>${[...grouped(rows).values()].map(
    (group) =>
      html`<tr><th scope="row">${places(
        view,
        group.map(({ country }) => country),
      )}</th>${(group[0]?.services ?? []).map(({ answers }) =>
        answerCell(view, names, answers),
      )}</tr>`,
  )}</tbody></table></div></section>`
}

type Coverage = CompareAnswer['coverage']

/** Places in which both firms answer alike share a row. */
function grouped(rows: Coverage): ReadonlyMap<string, Coverage> {
  return Map.groupBy(rows, ({ services }) =>
    services.map(({ answers }) => answers.join()).join(' '),
  )
}

function answerCell(
  view: View,
  names: readonly string[],
  answers: readonly [ServeValue, ServeValue],
): Html {
  return html`<td><ul class="plain both">${answers.map(
    (answer, at) =>
      html`<li><span aria-hidden="true">${view.n(at + 1)} <span class="${
        answer === 'yes' ? 'yes' : 'no'
      }">${SIGN[answer]}</span></span><span class="sr">${names[at]}: ${view.t(
        `serve.answer.${answer}`,
      )}</span></li>`,
  )}</ul></td>`
}
