import { html } from 'hono/html'
import type { RegistryEvent } from '../../query/registry-types.ts'
import type { View } from '../view.ts'
import { proofs } from './firm.ts'
import { entityHref } from './href.ts'
import type { Html } from './html.ts'
import { data, day } from './text.ts'

const FOLDED_AFTER = 8

/** What registers changed, newest first, each with the two rows that were compared. */
export function registryEvents(
  view: View,
  events: readonly RegistryEvent[],
  more: { readonly withFirm: boolean },
): Html {
  if (events.length === 0) return html`<p class="empty">${view.t('firm.events.none')}</p>`
  const first = events.slice(0, more.withFirm ? events.length : FOLDED_AFTER)
  const rest = events.slice(first.length)
  return html`<ol class="timeline">${first.map((event) => item(view, event, more.withFirm))}</ol>${
    rest.length === 0
      ? null
      : html`<details class="fold"><summary>${view.t('timeline.more', {
          count: rest.length,
        })}</summary><ol class="timeline">${rest.map((event) =>
          item(view, event, more.withFirm),
        )}</ol></details>`
  }`
}

function item(view: View, event: RegistryEvent, withFirm: boolean): Html {
  return html`<li class="t-${event.kind}"><p class="when">${day(view, event.day)}</p>
<p class="what"><strong>${view.t(`firm.event.${event.kind}`)}</strong>${
    withFirm
      ? html` · <a href="${entityHref(view.locale, event.firm.id)}">${data(event.firm.caption)}</a>`
      : null
  }</p>
<p>${event.text} ${proofs(view, event.entity, event.statements)}</p>
<p class="muted">${data(event.datasetTitle)}${
    event.version === null || event.previousVersion === null
      ? null
      : html` · ${view.rich('firm.events.versions', {
          before: data(event.previousVersion),
          after: data(event.version),
        })}`
  }</p></li>`
}
