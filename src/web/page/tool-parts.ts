import { html } from 'hono/html'
import type { ConvertAnswer, HistoryAnswer } from '../../query/rate-types.ts'
import { chart, shortCode } from '../part/chart.ts'
import {
  type Asked,
  faultOf,
  faultText,
  isEmptyInstallation,
  type RateFault,
} from '../part/fault.ts'
import { fault as faultBox, field, hidden } from '../part/form.ts'
import { href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import { figure, money } from '../part/number.ts'
import { legList, nothing, originLines, publisherTable, trio } from '../part/rate.ts'
import { syncForm } from '../part/sync.ts'
import { data } from '../part/text.ts'
import type { View } from '../view.ts'

type Query = Readonly<Record<string, string | undefined>>

export const RANGES = ['1m', '1y', '5y', '10y', 'all'] as const
export type Range = (typeof RANGES)[number]

/** Before the first sync there are no rates: the page says so, and how to get them. */
export function emptyInstallation(view: View, fault: RateFault | undefined): Html | null {
  if (!isEmptyInstallation(fault)) return null
  return html`<div class="empty"><p>${view.t('error.rate.no_data')}</p>${syncForm(view)}</div>`
}

/** Errors that are about no single field of the form. */
export function pairFaults(view: View, fault: RateFault | undefined, query: Query): Html | null {
  if (isEmptyInstallation(fault)) return null
  const [page, known] = [
    faultOf(view, fault, 'page', query),
    faultOf(view, fault, 'knownAt', query),
  ]
  const text = page ?? known
  return text === null ? null : faultBox(view, 'page', text)
}

/** Fields of a form that the summary of an error leads to, by their ids. */
const FIELD_IDS: FieldIds = { from: 'from', to: 'to' }
type FieldIds = Readonly<Partial<Record<RateFault['field'], string>>>

function targetOf({ field }: RateFault, ids: FieldIds): string | undefined {
  return field === 'amount' || field === 'date' ? field : ids[field]
}

/** The three fields without an answer, and what stands in its way: a form opens at its answer. */
export function noAnswer(
  view: View,
  fault: RateFault | undefined,
  ids: FieldIds = FIELD_IDS,
): Html {
  const target = fault === undefined ? undefined : targetOf(fault, ids)
  return html`${
    fault === undefined || isEmptyInstallation(fault)
      ? null
      : html`<p class="fault"><strong>${view.t('tools.fault')}</strong> ${
          target === undefined
            ? faultText(view, fault.error)
            : html`<a href="#${target}">${faultText(view, fault.error)}</a>`
        }</p>`
  }${trio(view, { quantity: '–', rate: '–', origin: [], available: nothing(view) })}`
}

/** The three fields, then how the rate came about. */
export function answerOf(view: View, asked: Asked<ConvertAnswer>): Html {
  const answer = asked.value
  if (answer === undefined) return noAnswer(view, asked.fault)
  const [from, to] = [answer.assets.from.symbol, answer.assets.to.symbol]
  return html`${trio(view, {
    quantity: money(view, answer.quantity, from),
    rate: html`${money(view, answer.currentRate, to)} <span class="muted">${view.t('tools.per', {
      unit: `1 ${from}`,
    })}</span>`,
    origin: originLines(view, answer.legs),
    available: money(view, answer.available, to),
  })}
<p class="hint">${data(answer.assets.from.name)} → ${data(answer.assets.to.name)} · ${view.code(
    'rate_method',
    answer.method,
  )}</p>
<details class="fold"><summary>${view.t('tools.how')}</summary>
${legList(view, answer.legs)}
<p class="muted">${view.t('tools.full_rate')} ${figure(view, answer.rate)}</p>
${publisherTable(view, answer.publishers, to)}
</details>`
}

export interface ChartFacts {
  readonly query: Query
  readonly history: Asked<HistoryAnswer> | undefined
  /** The fault of the answer itself: then there is no pair to draw. */
  readonly fault: RateFault | undefined
}

/** The chart with its ranges; each is a link, and two days make one of one's own. */
export function chartOf(view: View, { query, history, fault }: ChartFacts): Html | null {
  if (history === undefined || isEmptyInstallation(fault)) return null
  const isOwn = query.since !== undefined || query.until !== undefined
  const range = isOwn ? undefined : (query.range ?? '1y')
  const { value } = history
  const title =
    value === undefined
      ? view.t('tools.chart.title')
      : view.t('tools.chart.title_of', {
          pair: `${shortCode(value.base)}/${shortCode(value.quote)}`,
        })
  return html`<section class="area" aria-labelledby="history"><h2 id="history">${title}</h2>
<ul class="ranges" aria-label="${view.t('tools.range')}">${RANGES.map(
    (one) =>
      html`<li><a href="${href(view.locale, view.path, {
        ...query,
        since: undefined,
        until: undefined,
        range: one,
      })}#history"${one === range ? html` aria-current="true"` : null}>${view.t(
        `tools.range.${one}`,
      )}</a></li>`,
  )}</ul>
<details class="fold"${isOwn ? html` open` : null}><summary>${view.t('tools.range.own')}</summary>
<form class="inline" method="get" action="${href(view.locale, view.path)}#history">${hidden({
    ...query,
    range: undefined,
    since: undefined,
    until: undefined,
  })}${field(view, {
    id: 'since',
    name: 'since',
    label: view.t('tools.since'),
    value: query.since,
    type: 'date',
  })}${field(view, {
    id: 'until',
    name: 'until',
    label: view.t('tools.until'),
    value: query.until,
    type: 'date',
  })}<button class="button quiet" type="submit">${view.t('tools.show')}</button></form></details>
${
  value === undefined
    ? history.fault === undefined
      ? null
      : faultBox(view, 'history', html`${faultText(view, history.fault.error)}`)
    : chart(view, value)
}</section>`
}
