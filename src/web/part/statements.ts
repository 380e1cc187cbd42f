import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import { languageName } from '../../i18n/format.ts'
import type { StatementView } from '../../query/types.ts'
import type { View } from '../view.ts'
import { rowHref } from './href.ts'
import type { Html } from './html.ts'
import { type Column, table } from './table.ts'
import { data, moment, plainDay } from './text.ts'
import { value, valueText } from './value.ts'

/** Every statement about an entity: what, who says it, in which version, since when, its row. */
export function statements(view: View, entity: string, all: readonly StatementView[]): Html {
  if (all.length === 0) return html`<p class="empty">${view.t('statements.none')}</p>`
  return html`<p class="sum">${view.t('statements.count', { count: all.length })}</p>
${table(view, {
  id: 'said',
  label: view.t('statements.title'),
  className: 'statements stacked',
  rows: all,
  rowsMax: LIMITS.pageRowsMax,
  columns: columns(view, entity),
  text: ({ prop, value: said, original, dataset }) =>
    `${view.code('prop', prop)} ${valueText(view, prop, said)} ${original ?? ''} ${dataset}`,
  row: ({ id, isLive }) => ({ id: `s-${id}`, ...(isLive ? {} : { className: 'past' }) }),
})}`
}

function columns(view: View, entity: string): readonly Column<StatementView>[] {
  return [
    {
      id: 'what',
      label: view.t('statements.prop'),
      cell: ({ prop, id }) =>
        html`${view.code('prop', prop)}<p><a href="${rowHref(view.locale, entity, id)}">${view.t(
          'statements.row',
        )}</a></p>`,
      rank: ({ prop }) => view.code('prop', prop),
      isHead: true,
    },
    {
      id: 'value',
      label: view.t('statements.value'),
      cell: (statement) => said(view, statement),
      rank: ({ prop, value: text }) => valueText(view, prop, text),
    },
    {
      id: 'source',
      label: view.t('statements.source'),
      cell: ({ dataset, version }) =>
        html`<bdi>${dataset}</bdi><p class="muted">${view.rich('timeline.version', {
          version: data(version),
        })}</p>`,
      rank: ({ dataset, version }) => `${dataset} ${version}`,
    },
    {
      id: 'held',
      label: view.t('statements.held'),
      cell: (statement) => held(view, statement),
      rank: ({ from }) => from,
      isGreatestFirst: true,
    },
    {
      id: 'told',
      label: view.t('statements.told'),
      cell: ({ observedAt }) => moment(view, observedAt),
      rank: ({ observedAt }) => observedAt,
      isGreatestFirst: true,
      isTold: true,
    },
  ]
}

function said(view: View, statement: StatementView): Html {
  return html`${value(view, statement.prop, statement.value)}${
    statement.original === null
      ? null
      : html`<p class="muted">${view.rich('statements.original', {
          text: data(statement.original),
        })}</p>`
  }${
    statement.lang === null
      ? null
      : html`<p class="muted">${languageName(view.locale, statement.lang)}</p>`
  }`
}

function held(view: View, { from, to, isLive }: StatementView): Html {
  const start = from === null ? html`…` : plainDay(view, from)
  return html`${start} – ${to === null ? view.t('statements.today') : plainDay(view, to)}${
    isLive ? null : html`<p class="tag">${view.t('statements.history')}</p>`
  }`
}
