import { html } from 'hono/html'
import { formatRelative } from '../../i18n/format.ts'
import type { ConvertAnswer, HistoryAnswer, TableAnswer } from '../../query/rate-types.ts'
import { shortCode } from '../part/chart.ts'
import { type Asked, faultOf } from '../part/fault.ts'
import { field, hidden } from '../part/form.ts'
import { href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { money, percent } from '../part/number.ts'
import { quarantine, rateGap } from '../part/rate.ts'
import { data, plainDay } from '../part/text.ts'
import { toolTabs } from '../part/tools.ts'
import type { View } from '../view.ts'
import { answerOf, chartOf, emptyInstallation, pairFaults } from './tool-parts.ts'

export interface TokenData {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly from: string
  readonly to: string
  readonly table: Asked<TableAnswer>
  readonly convert: Asked<ConvertAnswer>
  readonly history: Asked<HistoryAnswer> | undefined
  readonly offset: number
  readonly limit: number
}

/** Prices of tokens, then what an amount of one is worth in any currency or token. */
export function tokenPage(view: View, page: TokenData): Page {
  const { table, convert } = page
  return {
    title: view.t('tools.token.title'),
    description: view.t('tools.token.description'),
    ...(convert.fault === undefined ? {} : { isPrivate: true }),
    canonical: '/tools/token',
    body: html`<div class="wide tool">
${toolTabs(view)}
<h1>${view.t('tools.token.title')}</h1>
<p class="lead">${view.t('tools.token.description')}</p>
${emptyInstallation(view, convert.fault ?? table.fault)}
<div class="tool-grid">
<section class="area" aria-labelledby="prices"><h2 id="prices">${view.t('tools.prices')}</h2>
${search(view, page)}
${table.value === undefined ? null : prices(view, page, table.value)}</section>
<section class="area" aria-labelledby="convert"><h2 id="convert">${view.t('tools.convert')}</h2>
${form(view, page)}
${answerOf(view, convert)}
</section></div>
${chartOf(view, { query: page.query, history: page.history, fault: convert.fault })}
${quarantine(view, convert.value?.quarantined ?? table.value?.quarantined ?? [])}
${rateGap(view, convert.value?.notChecked ?? table.value?.notChecked ?? [])}
</div>`,
  }
}

function search(view: View, { query }: TokenData): Html {
  return html`<form class="inline" role="search" method="get" action="${href(
    view.locale,
    '/tools/token',
  )}">${hidden({ ...query, q: undefined, offset: undefined })}${field(view, {
    id: 'find',
    name: 'q',
    label: view.t('tools.find'),
    value: query.q,
  })}<button class="button quiet" type="submit">${view.t('search.submit')}</button></form>`
}

function prices(view: View, page: TokenData, table: TableAnswer): Html {
  if (table.rows.length === 0) return html`<p class="empty">${view.t('tools.no_rows')}</p>`
  const title = view.t('tools.prices_in', { currency: shortCode(table.quote) })
  const next = page.offset + page.limit
  const previous = Math.max(0, page.offset - page.limit)
  const turn = (offset: number, label: string) =>
    html`<a class="button quiet" href="${href(view.locale, '/tools/token', {
      ...page.query,
      offset: offset === 0 ? undefined : offset,
    })}">${label}</a>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table
class="prices stacked"><caption>${title}</caption><thead><tr><th scope="col">${view.t(
    'tools.asset',
  )}</th><th scope="col" class="end">${view.t('tools.price')}</th><th scope="col"
class="end">${view.t('tools.change')}</th><th scope="col">${view.t(
    'tools.age',
  )}</th></tr></thead><tbody>${table.rows.map(
    (row) => html`<tr><th scope="row"><a href="${href(view.locale, '/tools/token', {
      ...page.query,
      from: row.asset.id,
    })}">${data(row.asset.name)}</a> <bdi class="muted">${row.asset.symbol}</bdi></th><td
class="end">${money(view, row.price, shortCode(table.quote))}</td><td class="end">${
      row.changePercent === null ? '–' : percent(view, row.changePercent, true)
    }</td><td>${plainDay(view, row.date)}<span class="state">${
      row.state === 'stale'
        ? view.code('rate_state', row.state)
        : formatRelative(view.locale, row.date, view.nowMs)
    }</span></td></tr>`,
  )}</tbody></table></div><p class="hint">${view.t('tools.change_means')}</p>
<p class="pager">${page.offset === 0 ? null : turn(previous, view.t('tools.previous'))} ${
    next < table.total ? turn(next, view.t('tools.next')) : null
  }</p>`
}

function form(view: View, page: TokenData): Html {
  const { query, convert } = page
  const fault = (place: Parameters<typeof faultOf>[2]) => faultOf(view, convert.fault, place, query)
  return html`<form class="calculator" method="get" action="${href(view.locale, '/tools/token')}#answer">
${pairFaults(view, convert.fault, query)}
<div class="fields">
${field(view, {
  id: 'amount',
  name: 'amount',
  label: view.t('tools.quantity'),
  value: query.amount,
  hint: view.t('tools.quantity_hint'),
  error: fault('amount'),
  holds: 'decimal',
})}
${field(view, {
  id: 'from',
  name: 'from',
  label: view.t('tools.from'),
  value: page.from,
  hint: view.t('tools.code_hint'),
  error: fault('from'),
  holds: 'code',
})}
${field(view, {
  id: 'to',
  name: 'to',
  label: view.t('tools.to'),
  value: page.to,
  error: fault('to'),
  holds: 'code',
})}
${field(view, {
  id: 'date',
  name: 'date',
  label: view.t('tools.date'),
  value: query.date,
  type: 'date',
  hint: view.t('tools.date_hint'),
  error: fault('date'),
})}
</div>
${hidden({ q: query.q, range: query.range, knownAt: query.knownAt })}
<p class="actions"><button class="button" type="submit">${view.t('tools.submit')}</button>
<a class="button quiet" href="${href(view.locale, '/tools/token', {
    ...query,
    from: page.to,
    to: page.from,
  })}">${view.t('tools.swap')}</a></p></form>`
}
