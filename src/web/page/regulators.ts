import { html } from 'hono/html'
import type {
  Cited,
  RegulatorRow,
  RegulatorsAnswer,
  RegulatorView,
} from '../../query/registry-types.ts'
import { placeName } from '../part/firm.ts'
import { choice } from '../part/form.ts'
import { entityHref, href, segment } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { licenceRows } from '../part/licence-rows.ts'
import { stateMark } from '../part/mark.ts'
import { registryEvents } from '../part/registry-event.ts'
import { type Column, table } from '../part/table.ts'
import { data, facts, identifier, moment, outside } from '../part/text.ts'
import type { View } from '../view.ts'

/** Every authority of the directory: where it sits, what it permits, where it can be checked. */
export function regulatorsPage(view: View, answer: RegulatorsAnswer, country: string): Page {
  return {
    title: view.t('regulators.title'),
    description: view.t('regulators.description'),
    body: html`<div class="wide">
<h1>${view.t('regulators.title')}</h1>
<p class="lead">${view.t('regulators.description')}</p>
${
  answer.regulators.length === 0
    ? html`<p class="empty">${view.t('regulators.none')}</p>`
    : directory(view, answer, country)
}
${
  answer.nextCursor === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(view.locale, '/regulators', {
        country,
        cursor: answer.nextCursor,
      })}">${view.t('registry.next')}</a></p>`
}
<ul class="ways"><li><a href="/v1/regulators">${view.t('todo.json')}</a></li></ul>
</div>`,
  }
}

const ROWS_SHOWN = 40

function directory(view: View, answer: RegulatorsAnswer, country: string): Html {
  return table(view, {
    id: 'authorities',
    label: view.t('regulators.title'),
    className: 'stacked',
    rows: answer.regulators,
    rowsMax: ROWS_SHOWN,
    columns: columns(view),
    text: (row) => [row.name.value, ...row.aliases, place(view, row), words(view, row)].join(' '),
    more: {
      names: ['country', 'cursor'],
      fields: choice({
        id: 'country',
        name: 'country',
        label: view.t('licences.country'),
        value: country,
        options: [
          ['', view.t('registry.any_country')],
          ...answer.countries.map(
            ({ value, count }) => [value, `${placeName(view, value)} (${view.n(count)})`] as const,
          ),
        ],
      }),
    },
  })
}

function place(view: View, row: RegulatorRow): string {
  return placeName(view, row.subdivision ?? row.country.value)
}

function words(view: View, { permissions: all }: RegulatorRow): string {
  return all.map(({ word }) => word).join(view.t('list.separator'))
}

function rowsHeld({ counts }: RegulatorRow): number {
  return counts.licences + counts.registrations + counts.warnings
}

function columns(view: View): readonly Column<RegulatorRow>[] {
  return [
    {
      id: 'authority',
      label: view.t('regulators.authority'),
      cell: (row) =>
        html`<a href="${href(view.locale, `/regulators/${segment(row.code)}`)}">${data(
          row.name.value,
        )}</a>`,
      rank: (row) => row.name.value,
      isHead: true,
    },
    {
      id: 'country',
      label: view.t('licences.country'),
      cell: (row) => place(view, row),
      rank: (row) => place(view, row),
    },
    { id: 'permits', label: view.t('regulators.permissions'), cell: (row) => words(view, row) },
    {
      id: 'rows',
      label: view.t('regulators.rows'),
      cell: (row) => view.n(rowsHeld(row)),
      rank: rowsHeld,
      isGreatestFirst: true,
      isFigure: true,
      isTold: true,
    },
    {
      id: 'there',
      label: view.t('regulators.check'),
      cell: ({ register, warnings }) =>
        html`${register === null ? null : outside(register.value, view.t('regulators.register'))} ${
          warnings === null ? null : outside(warnings.value, view.t('regulators.warnings'))
        }`,
    },
  ]
}

/** One authority: each field with the page that says it, what is read of it, and its newest rows. */
export function regulatorPage(view: View, row: RegulatorView): Page {
  const section = (id: string, title: string, body: Html) =>
    html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`
  return {
    title: row.name.value,
    description: view.t('regulators.of', { name: row.name.value }),
    body: html`<div class="wide">
<p class="eyebrow"><a href="${href(view.locale, '/regulators')}">${view.t(
      'regulators.title',
    )}</a> · ${placeName(view, row.subdivision ?? row.country.value)}</p>
<h1>${data(row.name.value)}</h1>
${facts([
  row.aliases.length === 0
    ? null
    : [view.t('who.aliases'), data(row.aliases.join(view.t('list.separator')))],
  cited(view, 'regulators.website', row.website),
  cited(view, 'regulators.register', row.register),
  cited(view, 'regulators.warnings', row.warnings),
  cited(view, 'regulators.enforcement', row.enforcement),
  [view.t('regulators.rows'), rows(view, row)],
])}
</div><div class="wide">
${section('permissions', view.t('regulators.permissions'), permissions(view, row))}
${section('rating', view.t('regulators.rating'), rating(view, row))}
${section('lists', view.t('regulators.lists'), lists(view, row))}
${section('newest', view.t('regulators.newest'), licenceRows(view, row.licences))}
${section('changed', view.t('timeline.title'), registryEvents(view, row.changes, { withFirm: true }))}
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, row.asOf) })}</p>
<ul class="ways"><li><a href="/v1/regulators/${segment(row.code)}">${view.t(
      'todo.json',
    )}</a></li><li><a href="${entityHref(view.locale, row.entity)}">${view.t(
      'statements.title',
    )}</a></li></ul></div>`,
  }
}

function cited(
  view: View,
  key: `regulators.${'website' | 'register' | 'warnings' | 'enforcement'}`,
  field: Cited<string> | null,
): readonly [Hole, Hole] | null {
  if (field === null) return null
  return [
    view.t(key),
    html`${outside(field.value, identifier(field.value))}${source(view, field.source)}`,
  ]
}

function source(view: View, url: string | null): Html | null {
  return url === null
    ? null
    : html` <span class="muted">${outside(url, view.t('regulators.source'))}</span>`
}

function rows(view: View, { counts, code }: RegulatorView): Html {
  return html`<a href="/v1/licences?regulator=${segment(code)}">${view.t('regulators.counted', {
    firms: view.n(counts.firms),
    licences: view.n(counts.licences),
    registrations: view.n(counts.registrations),
    warnings: view.n(counts.warnings),
  })}</a>`
}

function permissions(view: View, row: RegulatorView): Html {
  if (row.permissions.length === 0) return html`<p class="empty">–</p>`
  return html`<ul class="plain">${row.permissions.map(
    (permission) =>
      html`<li><strong>${view.code('licence.kind', permission.kind)}</strong> · ${data(
        permission.word,
      )}${source(view, permission.source)}</li>`,
  )}</ul>`
}

function rating(view: View, row: RegulatorView): Html {
  return html`<p>${
    row.rating === null
      ? view.t('regulators.no_rating')
      : html`<strong class="num">${row.rating.grade} · ${view.n(row.rating.value)}</strong>`
  }</p><div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'regulators.rating',
  )}"><table><thead><tr><th scope="col">${view.t('regulators.criterion')}</th><th scope="col"
  class="end">${view.t('regulators.weight')}</th><th scope="col" class="end">${view.t(
    'firm.score.points',
  )}</th></tr></thead><tbody>${row.criteria.map(
    (criterion) =>
      html`<tr><th scope="row">${view.code('criterion', criterion.id)}</th><td class="end num">${view.n(
        criterion.weight,
      )}</td><td class="end num">${
        criterion.points === null
          ? html`<span class="muted">${view.t('regulators.not_cited')}</span>`
          : view.n(criterion.points)
      }</td></tr>`,
  )}</tbody></table></div>`
}

function lists(view: View, row: RegulatorView): Html {
  if (row.datasets.length === 0) return html`<p class="empty">${view.t('regulators.no_list')}</p>`
  return html`<ul class="plain">${row.datasets.map(
    (dataset) =>
      html`<li>${stateMark(dataset.state)} <a href="${href(view.locale, '/sources')}#${
        dataset.dataset
      }">${data(dataset.title)}</a> <span class="muted">${view.t(`state.${dataset.state}`)}${
        dataset.version === null ? null : html` · <bdi>${dataset.version}</bdi>`
      }</span></li>`,
  )}</ul>`
}
