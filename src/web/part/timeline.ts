import { html } from 'hono/html'
import type { TimelineEvent } from '../../query/types.ts'
import type { View } from '../view.ts'
import { entityHref } from './href.ts'
import type { Html } from './html.ts'
import { data, day, moment } from './text.ts'
import { memberChanges, valueText } from './value.ts'

const SHOWN_MAX = 12

/** What changed, newest first; a long history folds after a dozen events. */
export function timeline(view: View, entity: string, events: readonly TimelineEvent[]): Html {
  if (events.length === 0) return html`<p class="empty">${view.t('timeline.none')}</p>`
  const newest = [...events].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
  const first = newest.slice(0, SHOWN_MAX)
  const rest = newest.slice(SHOWN_MAX)
  return html`<ol class="timeline">${first.map((event) => item(view, entity, event))}</ol>${
    rest.length === 0
      ? null
      : html`<details class="fold"><summary>${view.t('timeline.more', {
          count: rest.length,
        })}</summary><ol class="timeline">${rest.map((event) =>
          item(view, entity, event),
        )}</ol></details>`
  }`
}

function item(view: View, entity: string, event: TimelineEvent): Html {
  const statement = event.statements[0]
  const prop = view.code('prop', event.prop)
  return html`<li class="t-${event.kind}"><p class="when">${day(view, event.day)}</p>
<p class="what"><strong>${view.t(`timeline.${event.kind}`)}</strong> · ${
    statement === undefined
      ? prop
      : html`<a href="${entityHref(view.locale, entity)}#s-${statement}">${prop}</a>`
  }</p>
${change(view, event)}
<p class="muted"><bdi>${event.dataset}</bdi>${
    event.version === null
      ? null
      : html` · ${view.rich('timeline.version', { version: data(event.version) })}`
  }${
    event.observedAt === null
      ? null
      : html` · ${view.rich('timeline.observed', { moment: moment(view, event.observedAt) })}`
  }</p></li>`
}

function change(view: View, { prop, before, after }: TimelineEvent): Html | null {
  if (before === null && after === null) return null
  const members = memberChanges(view, before, after)
  if (members === undefined || before === null || after === null) {
    return html`<p class="change">${pair(
      before === null ? null : valueText(view, prop, before),
      after === null ? null : valueText(view, prop, after),
    )}</p>`
  }
  return html`<ul class="plain change">${members.map(
    (member) =>
      html`<li>${view.code('member', member.name)}: ${pair(member.before, member.after)}</li>`,
  )}</ul>`
}

function pair(before: string | null, after: string | null): Html {
  return html`${before === null ? null : html`<del>${data(before)}</del> `}${
    after === null ? null : html`<ins>${data(after)}</ins>`
  }`
}
