import { html } from 'hono/html'
import { formatDay, formatDecimal } from '../../i18n/format.ts'
import type { HistoryAnswer, HistoryPoint } from '../../query/rate-types.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'
import { money, percent } from './number.ts'
import { facts, plainDay } from './text.ts'

/** The drawing in units of its own; the page stretches it to its width. */
const WIDTH = 720
const HEIGHT = 200
const TOP = 4
const BOTTOM = 196
/** With so few points each is marked: a line between days far apart is no record of what lay between. */
const DOTS_MAX = 60

/**
 * The rates of a pair as a line, and as the table behind it. Time runs from left to right in every
 * language, as on printed charts. Numbers of the machine are used for the places of the line only.
 */
export function chart(view: View, history: HistoryAnswer): Html {
  const { points, first, last, low, high } = history
  if (first === null || last === null || low === null || high === null) {
    return html`<p class="empty">${view.t('tools.chart.none')}</p>`
  }
  const label = view.t('tools.chart.label', {
    pair: `${shortCode(history.base)}/${shortCode(history.quote)}`,
    from: formatDay(view.locale, first.date),
    to: formatDay(view.locale, last.date),
  })
  return html`<div class="chart">${drawing(view, { points, first, last, low, high }, label)}
${facts([
  [view.t('tools.chart.low'), dated(view, low, history.quote)],
  [view.t('tools.chart.high'), dated(view, high, history.quote)],
  history.changePercent === null
    ? null
    : [view.t('tools.chart.change'), percent(view, history.changePercent, true)],
])}
<p class="hint">${label} ${
    history.isSampled
      ? view.t('tools.chart.sampled', { shown: points.length, days: history.days })
      : null
  } ${sources(view, history)}</p>
<details class="fold"><summary>${view.t('tools.chart.table')}</summary>
<div class="scroll tall" role="region" tabindex="0" aria-label="${view.t('tools.chart.table')}"><table
class="points"><caption class="sr">${label}</caption><thead><tr><th scope="col">${view.t(
    'tools.day',
  )}</th><th scope="col">${view.t('tools.rate')}</th></tr></thead><tbody>${points.map(
    // End tags that HTML lets go would be a tenth of the page.

    (point) => html`<tr><th scope="row">${point.date}<td>${formatDecimal(view.locale, point.rate)}`,
  )}</tbody></table></div></details></div>`
}

/** `currency_api:btc` → `BTC`: a label has little room, and the page names the publisher. */
export function shortCode(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1).toUpperCase()
}

function dated(view: View, point: HistoryPoint, quote: string): Html {
  return html`${money(view, point.rate, shortCode(quote))} <span class="rel">${plainDay(
    view,
    point.date,
  )}</span>`
}

function sources(view: View, history: HistoryAnswer): Html | null {
  if (history.sources.length === 0) return null
  const names = history.sources.map(({ title }) => title).join(view.t('list.separator'))
  return html`${view.t('tools.chart.sources', { names })}`
}

interface Drawn {
  readonly points: readonly HistoryPoint[]
  readonly first: HistoryPoint
  readonly last: HistoryPoint
  readonly low: HistoryPoint
  readonly high: HistoryPoint
}

function drawing(view: View, { points, first, last, low, high }: Drawn, label: string): Html {
  const [begin, end] = [timeOf(first), timeOf(last)]
  const [bottom, top] = [Number(low.rate), Number(high.rate)]
  const x = (point: HistoryPoint) => placed((timeOf(point) - begin) / (end - begin), 0, WIDTH)
  const y = (point: HistoryPoint) =>
    placed((Number(point.rate) - bottom) / (top - bottom), BOTTOM, TOP)
  const line = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point)} ${y(point)}`).join('')
  const dots = points.length > DOTS_MAX ? [] : points
  // What is written stands beside the drawing and not in it: it keeps its size on a telephone.
  return html`<div class="history"><div class="scale" dir="ltr" aria-hidden="true"><span>${formatDecimal(
    view.locale,
    high.rate,
  )}</span><span>${formatDecimal(view.locale, low.rate)}</span></div><svg viewBox="0 0 ${WIDTH} ${HEIGHT}"
preserveAspectRatio="none" role="img" aria-label="${label}"><path class="grid"
d="M0 ${TOP}H${WIDTH}M0 ${BOTTOM}H${WIDTH}"/><path class="plot" d="${line}"/>${dots.map(
    (point) => html`<path class="spot" d="M${x(point)} ${y(point)}h0"/>`,
  )}</svg><p class="ends" dir="ltr"><bdi>${first.date}</bdi><bdi>${last.date}</bdi></p></div>`
}

function timeOf(point: HistoryPoint): number {
  return Date.parse(point.date)
}

/** A share as a place on the drawing; one point, or a flat line, stands in the middle. */
function placed(share: number, from: number, to: number): number {
  const within = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0.5
  return Math.round((from + within * (to - from)) * 10) / 10
}
