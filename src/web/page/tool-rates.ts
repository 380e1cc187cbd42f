import { html } from 'hono/html'
import type { ConvertAnswer, CurrencyRow, HistoryAnswer } from '../../query/rate-types.ts'
import { type Asked, faultOf, faultText } from '../part/fault.ts'
import { field, hidden } from '../part/form.ts'
import { href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { money } from '../part/number.ts'
import { quarantine, rateGap } from '../part/rate.ts'
import { data, plainDay } from '../part/text.ts'
import { toolTabs } from '../part/tools.ts'
import type { View } from '../view.ts'
import { answerOf, chartOf, emptyInstallation, pairFaults } from './tool-parts.ts'

export interface Favourite {
  readonly from: string
  readonly to: string
  readonly answer: Asked<ConvertAnswer>
}

export interface RatesData {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly from: string
  readonly to: string
  readonly convert: Asked<ConvertAnswer>
  /** Round amounts, and what each is worth, in both directions. */
  readonly common: readonly { readonly there: ConvertAnswer; readonly back: ConvertAnswer }[]
  readonly history: Asked<HistoryAnswer> | undefined
  readonly favourites: readonly Favourite[]
  readonly currencies: readonly CurrencyRow[]
}

/** Any two currencies on any day: the rate, round amounts, the chart and the reader's own pairs. */
export function ratesPage(view: View, page: RatesData): Page {
  const { convert, query } = page
  return {
    title: view.t('tools.rates.title'),
    description: view.t('tools.rates.description'),
    canonical: '/tools/rates',
    ...(convert.fault === undefined ? {} : { isPrivate: true }),
    body: html`<div class="wide tool">
${toolTabs(view)}
<h1>${view.t('tools.rates.title')}</h1>
<p class="lead">${view.t('tools.rates.description')}</p>
${emptyInstallation(view, convert.fault)}
<div class="tool-grid">
<section class="area" aria-labelledby="convert"><h2 id="convert">${view.t('tools.convert')}</h2>
${form(view, page)}
${answerOf(view, convert)}</section>
<div>${favourites(view, page)}${common(view, page)}</div>
</div>
${chartOf(view, { query, history: page.history, fault: convert.fault })}
${quarantine(view, convert.value?.quarantined ?? [])}
${rateGap(view, convert.value?.notChecked ?? [])}
</div>`,
  }
}

function form(view: View, page: RatesData): Html {
  const { query, convert } = page
  const fault = (place: Parameters<typeof faultOf>[2]) => faultOf(view, convert.fault, place, query)
  return html`<form class="calculator" method="get" action="${href(view.locale, '/tools/rates')}#answer">
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
  error: fault('from'),
  list: 'currencies',
  holds: 'code',
})}
${field(view, {
  id: 'to',
  name: 'to',
  label: view.t('tools.to'),
  value: page.to,
  error: fault('to'),
  list: 'currencies',
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
${currencyList(page.currencies)}
${hidden({ fav: query.fav, range: query.range, knownAt: query.knownAt })}
<p class="actions"><button class="button" type="submit">${view.t('tools.submit')}</button>
<a class="button quiet" href="${href(view.locale, '/tools/rates', {
    ...query,
    from: page.to,
    to: page.from,
  })}">${view.t('tools.swap')}</a></p></form>`
}

function currencyList(currencies: readonly CurrencyRow[]): Html {
  return html`<datalist id="currencies">${currencies.map(
    ({ id, name }) => html`<option value="${id}">${name}</option>`,
  )}</datalist>`
}

function common(view: View, { common: rows }: RatesData): Html | null {
  const [first] = rows
  if (first === undefined) return null
  const { from, to } = first.there.assets
  const title = view.t('tools.common')
  const cell = (answer: ConvertAnswer) =>
    html`<td class="end">${money(
      view,
      answer.quantity,
      answer.assets.from.symbol,
    )}</td><td class="end">${money(view, answer.available, answer.assets.to.symbol)}</td>`
  return html`<section class="area" aria-labelledby="common"><h2 id="common">${title}</h2>
<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table><caption
class="sr">${title}</caption><thead><tr><th scope="col" class="end">${data(
    from.symbol,
  )}</th><th scope="col" class="end">${data(to.symbol)}</th><th scope="col" class="end">${data(
    to.symbol,
  )}</th><th scope="col" class="end">${data(from.symbol)}</th></tr></thead><tbody>${rows.map(
    ({ there, back }) => html`<tr>${cell(there)}${cell(back)}</tr>`,
  )}</tbody></table></div></section>`
}

/** Pairs that the address carries: nothing is stored, and a bookmark keeps them. */
function favourites(view: View, page: RatesData): Html | null {
  const { query, favourites: pairs, convert } = page
  const listed = pairs.map(({ from, to }) => `${from}-${to}`)
  const shown =
    convert.value === undefined ? undefined : `${convert.value.from}-${convert.value.to}`
  const link = (fav: readonly string[], rest: Record<string, string>, label: string) =>
    html`<a href="${href(view.locale, '/tools/rates', {
      ...query,
      ...rest,
      fav: fav.join(','),
    })}">${label}</a>`
  return html`<section class="area" aria-labelledby="favourites"><h2
id="favourites">${view.t('tools.favourites')}</h2>
<p class="hint">${view.t('tools.favourites_hint')}</p>
<ul class="favourites">${pairs.map(
    ({ from, to, answer }) => html`<li><span>${link(listed, { from, to }, `${from} → ${to}`)}</span>
<span>${
      answer.value === undefined
        ? html`<span class="muted">${faultText(view, answer.fault.error)}</span>`
        : html`${money(view, answer.value.currentRate, answer.value.assets.to.symbol)} <span
class="rel">${answer.value.legs.slice(0, 1).map((leg) => plainDay(view, leg.date))}</span>`
    }</span> <span>${link(
      listed.filter((pair) => pair !== `${from}-${to}`),
      {},
      view.t('tools.favourite_remove', { pair: `${from}-${to}` }),
    )}</span></li>`,
  )}</ul>${
    shown === undefined || listed.includes(shown)
      ? null
      : html`<p>${link([...listed, shown], {}, view.t('tools.favourite_add', { pair: shown }))}</p>`
  }</section>`
}
