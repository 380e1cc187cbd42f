import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import { languageName } from '../../i18n/format.ts'
import type { StatementView } from '../../query/types.ts'
import type { View } from '../view.ts'
import { rowHref, segment } from './href.ts'
import type { Html } from './html.ts'
import { data, moment, plainDay } from './text.ts'
import { value } from './value.ts'

/** Every statement about an entity: what, who says it, in which version, since when, its row. */
export function statements(view: View, entity: string, all: readonly StatementView[]): Html {
  if (all.length === 0) return html`<p class="empty">${view.t('statements.none')}</p>`
  const shown = all.slice(0, LIMITS.pageRowsMax)
  return html`<p class="sum">${view.t('statements.count', { count: all.length })}</p>
<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'statements.title',
  )}"><table class="statements">
<thead><tr><th scope="col">${view.t('statements.prop')}</th><th scope="col">${view.t(
    'statements.value',
  )}</th><th scope="col">${view.t('statements.source')}</th><th scope="col">${view.t(
    'statements.held',
  )}</th><th scope="col">${view.t('statements.told')}</th></tr></thead>
<tbody>${shown.map((statement) => row(view, entity, statement))}</tbody></table></div>
${
  shown.length === all.length
    ? null
    : html`<p><a href="/v1/entities/${segment(entity)}/statements">${view.t('statements.rest', {
        count: all.length - shown.length,
      })}</a></p>`
}`
}

function row(view: View, entity: string, statement: StatementView): Html {
  return html`<tr id="s-${statement.id}"${statement.isLive ? null : html` class="past"`}>
<th scope="row">${view.code('prop', statement.prop)}<p><a href="${rowHref(
    view.locale,
    entity,
    statement.id,
  )}">${view.t('statements.row')}</a></p></th>
<td>${value(view, statement.prop, statement.value)}${
    statement.original === null
      ? null
      : html`<p class="muted">${view.rich('statements.original', {
          text: data(statement.original),
        })}</p>`
  }${
    statement.lang === null
      ? null
      : html`<p class="muted">${languageName(view.locale, statement.lang)}</p>`
  }</td>
<td><bdi>${statement.dataset}</bdi><p class="muted">${view.rich('timeline.version', {
    version: data(statement.version),
  })}</p></td>
<td>${held(view, statement)}</td>
<td>${moment(view, statement.observedAt)}</td></tr>`
}

function held(view: View, { from, to, isLive }: StatementView): Html {
  const start = from === null ? html`…` : plainDay(view, from)
  return html`${start} – ${to === null ? view.t('statements.today') : plainDay(view, to)}${
    isLive ? null : html`<p class="tag">${view.t('statements.history')}</p>`
  }`
}
