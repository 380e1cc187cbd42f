import { html } from 'hono/html'
import { collator, countryName } from '../../i18n/format.ts'
import type { ServeAnswer, ServeTable } from '../../query/registry-types.ts'
import type { View } from '../view.ts'
import { COUNTRY_CODES, isServiceLetter, SERVICE_LETTERS } from './codes.ts'
import { placeName, proofs } from './firm.ts'
import { choice } from './form.ts'
import { entityHref } from './href.ts'
import type { Html } from './html.ts'
import { stateMark } from './mark.ts'
import { data } from './text.ts'

export interface ServeAsked {
  readonly country: string | undefined
  readonly service: string | undefined
}

/** May this firm serve me? A form, and the answer with the rows that decide it. */
export function serveBox(
  view: View,
  id: string,
  asked: ServeAsked,
  answer: ServeAnswer | undefined,
): Html {
  return html`<form class="picker" method="get" action="${entityHref(view.locale, id)}#serve">
${choice({
  id: 'serve-country',
  name: 'country',
  label: view.t('box.country'),
  value: asked.country?.toUpperCase() ?? '',
  options: countryOptions(view),
})}${choice({
  id: 'serve-service',
  name: 'service',
  label: view.t('box.service'),
  value: asked.service ?? '',
  options: [
    ['', view.t('box.any_service')],
    ...SERVICE_LETTERS.map((letter) => [letter, view.t(`service.${letter}`)] as const),
  ],
})}<button type="submit">${view.t('serve.ask')}</button></form>
${answer === undefined ? null : served(view, id, answer)}`
}

/** The answer with the registers that gave it, and what every such answer says. */
export function served(view: View, id: string, answer: ServeAnswer): Html {
  const where = `${placeName(view, answer.country)} · ${serviceName(view, answer.service)}`
  return html`<div class="served s-${answer.answer}"><p class="muted">${where}</p>
<p><strong>${view.t(`serve.answer.${answer.answer}`)}</strong> ${answer.reason} ${proofs(
    view,
    id,
    answer.decidedBy.flatMap((licence) => licence.statements),
  )}</p>
<ul class="plain fine">${answer.registers.map(
    (register) =>
      html`<li>${stateMark(register.state)} ${data(register.title)} · ${view.t(
        `state.${register.state}`,
      )}${register.version === null ? null : html` · <bdi>${register.version}</bdi>`}</li>`,
  )}${answer.notes.map((note) => html`<li>${note.text}</li>`)}</ul></div>`
}

/** Country × service, from the rows in force. */
export function serveTable(view: View, id: string, table: ServeTable): Html | null {
  if (table.rows.length === 0) return null
  const columns = table.rows[0]?.cells.map((cell) => cell.service) ?? []
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'licences.matrix',
  )}"><table class="matrix"><caption>${view.t(
    'licences.matrix',
  )}</caption><thead><tr><th scope="col">${view.t('licences.country')}</th>${columns.map(
    (service) => html`<th scope="col">${serviceName(view, service)}</th>`,
  )}</tr></thead><tbody>${grouped(table.rows).map((group) => {
    const row = group[0] as ServeTable['rows'][number]
    return html`<tr><th scope="row">${places(
      view,
      group.map(({ country }) => country),
    )}${row.isHome ? html` <span class="muted">${view.t('serve.home')}</span>` : null}${
      row.isWarned ? html` <span class="label-tag l-danger">${view.t('serve.warned')}</span>` : null
    }</th>${row.cells.map(
      (cell) =>
        html`<td class="${cell.answer === 'yes' ? 'yes' : 'no'}"><span aria-hidden="true">${
          SIGN[cell.answer]
        }</span><span class="sr">${view.t(`serve.answer.${cell.answer}`)}</span>${
          cell.answer === 'yes' ? proofs(view, id, cell.statements.slice(0, 1)) : null
        }</td>`,
    )}</tr>`
  })}</tbody></table></div>`
}

/** Places with one answer in every column share a row: a passported firm fits on a telephone. */
function grouped(rows: ServeTable['rows']): (readonly ServeTable['rows'][number][])[] {
  const groups = Map.groupBy(rows, (row) => {
    // Home and warnings are told beside the one place that they are of.
    if (row.isHome || row.isWarned) return row.country
    return row.cells.map((cell) => `${cell.answer} ${cell.statements[0] ?? ''}`).join()
  })
  const rank = (group: ServeTable['rows']) => (group[0]?.isHome ? 0 : group[0]?.isWarned ? 1 : 2)
  return [...groups.values()].sort((a, b) => rank(a) - rank(b))
}

/** The first names of a long list, and the rest behind a fold. */
export function places(view: View, codes: readonly string[]): Html {
  const names = codes.map((code) => placeName(view, code)).sort(collator(view.locale).compare)
  const first = names.slice(0, PLACES_SHOWN).join(view.t('list.separator'))
  if (names.length <= PLACES_SHOWN) return html`${first}`
  const rest = names.slice(PLACES_SHOWN)
  return html`${first}<details class="fold"><summary>${view.t('licences.more_countries', {
    count: rest.length,
  })}</summary>${rest.join(view.t('list.separator'))}</details>`
}

function countryOptions(view: View): readonly (readonly [string, string])[] {
  const { compare } = collator(view.locale)
  const named = COUNTRY_CODES.map((code) => [code, countryName(view.locale, code)] as const)
  return [['', view.t('box.any_country')], ...named.sort((a, b) => compare(a[1], b[1]))]
}

const PLACES_SHOWN = 6
const SIGN = { yes: '●', no: '–', no_evidence: '?' } as const

export function serviceName(view: View, service: string | null): string {
  if (service === null) return view.t('serve.any')
  return isServiceLetter(service) ? view.t(`service.${service}`) : service
}
