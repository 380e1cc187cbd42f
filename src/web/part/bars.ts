import { html } from 'hono/html'
import { formatDay } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'

/** The drawing in units of its own; the page stretches it to its width. */
const WIDTH = 720
const HEIGHT = 96
const DAY_MS = 86_400_000
/** Days drawn; of a longer history the newest, and the table holds every day that it was given. */
const DAYS_MAX = 366

/** One bar a day, and the table behind it. Time runs from left to right in every language. */
export function bars(
  view: View,
  days: readonly { readonly day: string; readonly transfers: number }[],
): Html | null {
  const sorted = [...days].sort((a, b) => (a.day < b.day ? -1 : 1))
  const last = sorted.at(-1)
  if (last === undefined) return null
  const end = dayOf(last.day)
  const first = Math.max(end - DAYS_MAX + 1, dayOf(sorted[0]?.day ?? last.day))
  // A history of a few days keeps thin bars: one fat block would say less than its number.
  const span = Math.max(30, end - first + 1)
  const shown = sorted.filter(({ day }) => dayOf(day) >= first)
  const most = shown.reduce((sum, { transfers }) => Math.max(sum, transfers), 1)
  const wide = WIDTH / span
  const label = `${view.t('chain.activity')}: ${formatDay(view.locale, sorted[0]?.day ?? '')} – ${formatDay(
    view.locale,
    last.day,
  )}`
  return html`<figure class="chart history"><div class="scale" dir="ltr" aria-hidden="true"><span>${view.n(
    most,
  )}</span><span>0</span></div><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
aria-label="${label}"><path class="grid" d="M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}"/>${shown.map(
    ({ day, transfers }) => {
      const height = Math.max(1, (HEIGHT * transfers) / most)
      return html`<rect class="bar" x="${round((span - 1 - (end - dayOf(day))) * wide)}" y="${round(
        HEIGHT - height,
      )}" width="${round(Math.max(1, wide * 0.8))}" height="${round(height)}"/>`
    },
  )}</svg><p class="ends" dir="ltr"><bdi>${dateOf(end - span + 1)}</bdi><bdi>${last.day}</bdi></p>
<details class="fold"><summary>${view.t('tools.chart.table')}</summary>
<div class="scroll tall" role="region" tabindex="0" aria-label="${view.t(
    'tools.chart.table',
  )}"><table class="points"><caption class="sr">${label}</caption><thead><tr><th
scope="col">${view.t('tools.day')}</th><th scope="col" class="end">${view.t(
    'chain.transfers',
  )}</th></tr></thead><tbody>${[...sorted]
    .reverse()
    .map(
      ({ day, transfers }) =>
        html`<tr><th scope="row">${day}</th><td class="end num">${view.n(transfers)}</td></tr>`,
    )}</tbody></table></div></details></figure>`
}

function dayOf(day: string): number {
  return Math.floor(Date.parse(day) / DAY_MS)
}

function dateOf(day: number): string {
  return Number.isFinite(day) ? new Date(day * DAY_MS).toISOString().slice(0, 10) : ''
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
