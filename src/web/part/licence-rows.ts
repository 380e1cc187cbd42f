import { html } from 'hono/html'
import type { LicenceRow } from '../../query/registry-types.ts'
import type { View } from '../view.ts'
import { placeName } from './firm.ts'
import { entityHref, rowHref } from './href.ts'
import type { Html } from './html.ts'
import { data, plainDay } from './text.ts'

/** Rows of registers and warning lists, each with its firm and the way to the row as published. */
export function licenceRows(view: View, rows: readonly LicenceRow[]): Html {
  if (rows.length === 0) return html`<p class="empty">${view.t('licences.none')}</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'licences.title',
  )}"><table class="stacked"><thead><tr><th scope="col">${view.t('rankings.firm')}</th><th scope="col">${view.t(
    'licences.title',
  )}</th><th scope="col">${view.t('licences.country')}</th><th scope="col">${view.t(
    'licences.from',
  )}</th></tr></thead><tbody>${rows.map((row) => line(view, row))}</tbody></table></div>`
}

function line(view: View, { firm, entity, licence }: LicenceRow): Html {
  const words = html`${view.t(`licence.kind.${licence.kind}`)} · ${view.t(
    `licence.status.${licence.status}`,
  )}`
  const [statement] = licence.statements
  return html`<tr><th scope="row"><a href="${entityHref(view.locale, firm.id)}">${data(
    firm.caption,
  )}</a></th><td>${
    statement === undefined
      ? words
      : html`<a href="${rowHref(view.locale, entity, statement)}">${words}</a>`
  }</td><td>${licence.country === null ? '–' : placeName(view, licence.country)}</td><td>${
    licence.from === null ? '–' : plainDay(view, licence.from)
  }</td></tr>`
}
