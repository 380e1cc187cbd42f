import { html } from 'hono/html'
import type { NewsFactView } from '../../query/news-types.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'
import { money, percent } from './number.ts'
import { data } from './text.ts'

const WIDTH = 720
const HEIGHT = 110
const BASE = 88
const TOP = 8
const BAR = 36
/** More bars than fit side by side; an article seldom has five years of one figure. */
const BARS_MAX = 8
const SERIES = new Set(['revenue', 'market_share', 'valuation', 'units_sold'])

/** Figures of one firm over years as bars, each with the list of numbers behind it. */
export function timelines(view: View, facts: readonly NewsFactView[]): Html | null {
  const series = Map.groupBy(
    facts.filter(({ type, year, of }) => SERIES.has(type) && year !== null && of !== null),
    ({ type, of, currency }) => `${type}|${of}|${currency ?? ''}`,
  )
  const drawn = [...series.values()]
    .map((rows) => [...rows].sort((a, b) => (a.year ?? 0) - (b.year ?? 0)).slice(0, BARS_MAX))
    .filter((rows) => new Set(rows.map(({ year }) => year)).size > 1)
  if (drawn.length === 0) return null
  return html`<section class="area" aria-labelledby="timeline"><h2 id="timeline">${view.t(
    'news.timeline',
  )}</h2>${drawn.map((rows) => figure(view, rows))}</section>`
}

function figure(view: View, rows: readonly NewsFactView[]): Html | null {
  const [first] = rows
  if (first === undefined) return null
  const label = `${view.code('news.type', first.type)}: ${first.of ?? ''}`
  // Heights alone are floats; every number that is read is the exact one beside the bars.
  const values = rows.map(numberOf)
  const top = Math.max(...values)
  return html`<figure class="chart"><figcaption>${data(label)}</figcaption><svg viewBox="0 0 ${WIDTH} ${HEIGHT}"
role="img" aria-label="${label}" direction="ltr"><path class="grid" d="M0 ${BASE}H${WIDTH}"/>${rows.map(
    (row, i) => {
      const height = top > 0 ? Math.round(((values[i] ?? 0) / top) * (BASE - TOP) * 10) / 10 : 0
      const x = 4 + i * (BAR + 8)
      return html`<path fill="var(--accent)" d="M${x} ${BASE}v-${height}h${BAR}v${height}z"/><text x="${x}"
y="${HEIGHT - 6}">${row.year}</text>`
    },
  )}</svg><ul class="points">${rows.map(
    (row) => html`<li>${row.year}: ${shownOf(view, row)}</li>`,
  )}</ul></figure>`
}

function numberOf({ amount, percent: share, quantity }: NewsFactView): number {
  return Math.max(0, Number(amount ?? share ?? quantity ?? '0'))
}

function shownOf(view: View, { amount, currency, percent: share, quantity }: NewsFactView): Html {
  if (amount !== null) return html`${money(view, amount, currency ?? '')}`
  if (share !== null) return html`${percent(view, share)}`
  return html`<span class="num">${quantity}</span>`
}
