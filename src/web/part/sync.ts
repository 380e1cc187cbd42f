import { html } from 'hono/html'
import type { View } from '../view.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'
import { data } from './text.ts'

/** The button that starts a sync, or how far the running one is. Nothing where neither may be. */
export function syncForm(view: View): Html | null {
  const { sync } = view
  if (sync?.isRunning === true) {
    return html`<div class="sync"><p>${view.t('sync.running', {
      done: sync.done,
      total: sync.total,
    })}${sync.current === null ? null : html` <span class="muted">${data(sync.current)}</span>`}</p>
<progress max="${Math.max(1, sync.total)}" value="${sync.done}" aria-label="${view.t(
      'sync.progress',
    )}"></progress>
<p><a href="/${view.locale}${view.path}${view.search}">${view.t('sync.again')}</a></p></div>`
  }
  if (!view.canSync) return null
  return html`<form class="sync" action="${href(view.locale, '/sync')}" method="post">
<input type="hidden" name="back" value="/${view.locale}${view.path}${view.search}">
<button class="button quiet" type="submit">${view.t('sync.start')}</button>
<p class="hint">${view.t('sync.hint')}</p></form>`
}
