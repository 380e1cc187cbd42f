import { html } from 'hono/html'
import { formatDay } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'

/** The drawing in units of its own; the page stretches it to its width. */
const WIDTH = 720
const HEIGHT = 132
const TOP = 18
const BOTTOM = 108
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
  return html`<div class="chart"><svg viewBox="-4 0 728 ${HEIGHT}" role="img" aria-label="${label}"
direction="ltr"><path class="grid" d="M0 ${TOP}H${WIDTH}M0 ${BOTTOM}H${WIDTH}"/>${shown.map(
    ({ day, transfers }) => {
      const height = Math.max(1, ((BOTTOM - TOP) * transfers) / most)
      return html`<rect class="bar" x="${round((span - 1 - (end - dayOf(day))) * wide)}" y="${round(
        BOTTOM - height,
      )}" width="${round(Math.max(1, wide * 0.8))}" height="${round(height)}"/>`
    },
  )}<text x="0" y="${TOP - 5}">${view.n(most)}</text><text x="0" y="${HEIGHT - 6}">${dateOf(
    end - span + 1,
  )}</text><text class="last" x="${WIDTH}" y="${HEIGHT - 6}">${last.day}</text></svg>
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
    )}</tbody></table></div></details></div>`
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
