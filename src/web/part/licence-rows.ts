import { html } from 'hono/html'
import type { LicenceRow } from '../../query/registry-types.ts'
import type { View } from '../view.ts'
import { placeName } from './firm.ts'
import { entityHref, rowHref } from './href.ts'
import type { Html } from './html.ts'
import { type Column, table } from './table.ts'
import { data, plainDay } from './text.ts'

/** Rows of registers and warning lists, each with its firm and the way to the row as published. */
export function licenceRows(view: View, rows: readonly LicenceRow[]): Html {
  if (rows.length === 0) return html`<p class="empty">${view.t('licences.none')}</p>`
  return table(view, {
    id: 'licences',
    label: view.t('licences.title'),
    className: 'stacked',
    rows,
    rowsMax: ROWS_SHOWN,
    columns: columns(view),
    text: ({ firm, licence }) =>
      `${firm.caption} ${wordsOf(view, licence)} ${
        licence.country === null ? '' : placeName(view, licence.country)
      }`,
  })
}

const ROWS_SHOWN = 50

function wordsOf(view: View, licence: LicenceRow['licence']): string {
  return `${view.t(`licence.kind.${licence.kind}`)} · ${view.t(`licence.status.${licence.status}`)}`
}

function columns(view: View): readonly Column<LicenceRow>[] {
  return [
    {
      id: 'firm',
      label: view.t('rankings.firm'),
      cell: ({ firm }) =>
        html`<a href="${entityHref(view.locale, firm.id)}">${data(firm.caption)}</a>`,
      rank: ({ firm }) => firm.caption,
      isHead: true,
    },
    {
      id: 'licence',
      label: view.t('licences.title'),
      cell: ({ entity, licence }) => {
        const words = wordsOf(view, licence)
        const [statement] = licence.statements
        if (statement === undefined) return words
        return html`<a href="${rowHref(view.locale, entity, statement)}">${words}</a>`
      },
      rank: ({ licence }) => wordsOf(view, licence),
    },
    {
      id: 'country',
      label: view.t('licences.country'),
      cell: ({ licence }) => (licence.country === null ? '–' : placeName(view, licence.country)),
      rank: ({ licence }) => (licence.country === null ? null : placeName(view, licence.country)),
    },
    {
      id: 'from',
      label: view.t('licences.from'),
      cell: ({ licence }) => (licence.from === null ? '–' : plainDay(view, licence.from)),
      rank: ({ licence }) => licence.from,
      isGreatestFirst: true,
    },
  ]
}
