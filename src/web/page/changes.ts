import { html } from 'hono/html'
import type { RegistryChangesAnswer } from '../../query/registry-types.ts'
import type { Change } from '../../query/types.ts'
import { placeName } from '../part/firm.ts'
import { choice, hidden } from '../part/form.ts'
import { entityHref, href, queryOf } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { registryEvents } from '../part/registry-event.ts'
import { data, day, plainDay } from '../part/text.ts'
import { subjectOf, valueText } from '../part/value.ts'
import type { View } from '../view.ts'

export interface ChangesPageData {
  readonly changes: readonly Change[]
  /** The sequence number after which the shown changes come. */
  readonly since: number
  readonly isNewest: boolean
  readonly entity: string | undefined
  readonly titles: ReadonlyMap<string, string>
  /** What registers and warning lists changed; undefined on older pages of the log. */
  readonly registry: RegistryChangesAnswer | undefined
  readonly filter: { readonly country: string | undefined; readonly kind: string | undefined }
}

/** What one run said anew or withdrew about one entity. */
interface Group {
  readonly first: Change
  readonly changes: readonly Change[]
}

/** Lines of one entity; a firm's row seldom has more than a dozen values. */
const LINES_MAX = 12

/** The correction feed for people: what lists added and withdrew, newest first, page by page. */
export function changesPage(view: View, page: ChangesPageData): Page {
  const { entity } = page
  const days = Map.groupBy(groupsOf(page.changes), (group) => group.first.at.slice(0, 10))
  return {
    title: view.t('changes.title'),
    description: view.t('changes.description'),
    isReading: true,
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
${page.registry === undefined ? null : registrySection(view, page, page.registry)}
<h2>${view.t('changes.log')}</h2>
${days.size === 0 ? html`<p class="empty">${view.t('changes.none')}</p>` : null}
${[...days].map(
  ([date, groups]) =>
    html`<section class="area" aria-labelledby="d-${date}"><h3 id="d-${date}">${view.rich(
      'changes.told',
      { day: day(view, date) },
    )}</h3><ol class="changes">${groups.map((group) => item(view, page, group))}</ol></section>`,
)}
${pager(view, page)}
<ul class="ways"><li><a href="/v1/changes${queryOf({ since: page.since, entity })}">${view.t(
      'todo.json',
    )}</a></li></ul>
</div>`,
  }
}

/** Licences granted, extended, withdrawn; warnings; sites that moved: newest first. */
function registrySection(
  view: View,
  { filter, entity }: ChangesPageData,
  answer: RegistryChangesAnswer,
): Html {
  const kinds = answer.kinds.map(
    ({ value, count }) => [value, `${view.code('firm.event', value)} (${view.n(count)})`] as const,
  )
  return html`<section class="area" aria-labelledby="registers"><h2 id="registers">${view.t(
    'firm.events.title',
  )}</h2>
<form class="picker" method="get" action="${href(view.locale, '/changes')}">${hidden({
    entity,
    country: filter.country,
  })}${choice({
    id: 'kind',
    name: 'kind',
    label: view.t('changes.kind'),
    value: filter.kind ?? '',
    options: [['', view.t('changes.any_kind')], ...kinds],
  })}<button type="submit">${view.t('registry.filter')}</button></form>
${
  filter.country === undefined
    ? null
    : html`<p class="note">${placeName(view, filter.country.toUpperCase())} · <a href="${href(
        view.locale,
        '/changes',
        { entity, kind: filter.kind },
      )}">${view.t('registry.any_country')}</a></p>`
}
${registryEvents(view, answer.events, { withFirm: true })}
${
  answer.nextCursor === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(view.locale, '/changes', {
        entity,
        ...filter,
        cursor: answer.nextCursor,
      })}">${view.t('changes.older')}</a></p>`
}</section>`
}

/** Neighbours in the feed that speak of one entity belong together; the newest group first. */
function groupsOf(changes: readonly Change[]): readonly Group[] {
  const groups = Map.groupBy(changes, (change) => `${change.run} ${change.entity}`)
  return [...groups.values()].reverse().flatMap((own) => {
    const first = own[0]
    return first === undefined ? [] : [{ first, changes: own }]
  })
}

function item(view: View, page: ChangesPageData, { first, changes }: Group): Html {
  const name = changes.find((change) => change.prop === 'name')?.value
  const said = changes.map((change) => subjectOf(change.value)).find((text) => text !== undefined)
  const lines = changes.slice(0, LINES_MAX)
  const rest = changes.length - lines.length
  return html`<li><p><a href="${entityHref(view.locale, first.entity)}">${data(
    name ?? said ?? first.entity,
  )}</a> <span class="muted">${data(page.titles.get(first.dataset) ?? first.dataset)} · ${view.rich(
    'changes.effective',
    { day: plainDay(view, first.effective) },
  )} · <span class="num">${view.t('changes.seq', { seq: view.n(first.seq) })}</span></span></p>
<ul>${lines.map((change) => line(view, change))}</ul>${
    rest === 0 ? null : html`<p class="muted">${view.t('changes.rest', { count: rest })}</p>`
  }</li>`
}

function line(view: View, change: Change): Html {
  return html`<li class="op-${change.op}"><span class="sign" aria-hidden="true">${
    change.op === 'assert' ? '+' : '−'
  }</span><p class="clamp"><span class="sr">${view.t(`change.${change.op}`)} </span><span
  class="muted">${view.code('prop', change.prop)}</span> ${data(
    valueText(view, change.prop, change.value),
  )}</p></li>`
}

function pager(view: View, { since, isNewest, entity }: ChangesPageData): Html {
  const link = (before: number | undefined, label: string) =>
    html`<a class="button quiet" href="${href(view.locale, '/changes', {
      before,
      entity,
    })}">${label}</a>`
  return html`<p class="pager">${isNewest ? null : link(undefined, view.t('changes.newest'))} ${
    since === 0 ? null : link(since, view.t('changes.older'))
  }</p>`
}
