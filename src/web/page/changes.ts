import { html } from 'hono/html'
import type { Change, ChangesAnswer } from '../../query/types.ts'
import { entityHref, href, queryOf } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { data, day, moment } from '../part/text.ts'
import { subjectOf, valueText } from '../part/value.ts'
import type { View } from '../view.ts'

export interface ChangesPageData {
  readonly answer: ChangesAnswer
  /** The sequence number after which the shown changes come. */
  readonly since: number
  readonly limit: number
  readonly entity: string | undefined
  readonly titles: ReadonlyMap<string, string>
}

/** The correction feed for people: what lists added and withdrew, newest first, page by page. */
export function changesPage(view: View, page: ChangesPageData): Page {
  const { answer, entity } = page
  const newest = [...answer.changes].reverse()
  const days = new Map<string, Change[]>()
  for (const change of newest) {
    const key = change.at.slice(0, 10)
    const sameDay = days.get(key)
    if (sameDay === undefined) days.set(key, [change])
    else sameDay.push(change)
  }
  return {
    title: view.t('changes.title'),
    description: view.t('changes.description'),
    isPrivate: view.search !== '',
    body: html`<div class="wide">
<h1>${view.t('changes.title')}</h1>
<p class="lead">${view.t('changes.description')}</p>
${
  entity === undefined
    ? null
    : html`<p class="note">${view.rich('changes.of', {
        entity: html`<a href="${entityHref(view.locale, entity)}"><bdi>${entity}</bdi></a>`,
      })} · <a href="${href(view.locale, '/changes')}">${view.t('changes.all')}</a></p>`
}
${newest.length === 0 ? html`<p class="empty">${view.t('changes.none')}</p>` : null}
${[...days].map(
  ([date, changes]) =>
    html`<section class="area" aria-labelledby="d-${date}"><h2 id="d-${date}">${view.rich(
      'changes.told',
      { day: day(view, date) },
    )}</h2><ol class="changes">${changes.map((change) => item(view, page, change))}</ol></section>`,
)}
${pager(view, page)}
<ul class="ways"><li><a href="/v1/changes${queryOf({ since: page.since, entity })}">${view.t(
      'todo.json',
    )}</a></li></ul>
</div>`,
  }
}

function item(view: View, page: ChangesPageData, change: Change): Html {
  return html`<li class="op-${change.op}"><span class="sign" aria-hidden="true">${
    change.op === 'assert' ? '+' : '−'
  }</span><div><p><strong>${view.t(`change.${change.op}`)}</strong> · ${view.code(
    'prop',
    change.prop,
  )} · <a href="${entityHref(view.locale, change.entity)}">${data(
    subjectOf(change.value) ?? change.entity,
  )}</a></p>
<p class="clamp">${data(valueText(view, change.value))}</p>
<p class="muted">${data(page.titles.get(change.dataset) ?? change.dataset)} · ${view.rich(
    'changes.effective',
    { day: day(view, change.effective) },
  )} · ${moment(view, change.at)} · <span class="num">${view.t('changes.seq', {
    seq: view.n(change.seq),
  })}</span></p></div></li>`
}

function pager(view: View, { answer, since, limit, entity }: ChangesPageData): Html {
  const older = since > 0 ? Math.max(0, since - limit) : undefined
  const newer = answer.next < answer.head ? answer.next : undefined
  const link = (to: number, key: 'changes.older' | 'changes.newer') =>
    html`<a class="button quiet" href="${href(view.locale, '/changes', { since: to, entity })}">${view.t(
      key,
    )}</a>`
  return html`<p class="pager">${newer === undefined ? null : link(newer, 'changes.newer')} ${
    older === undefined ? null : link(older, 'changes.older')
  }</p>`
}
