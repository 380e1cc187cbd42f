import { html } from 'hono/html'
import type { View } from '../view.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'
import { icon } from './icon.ts'

/**
 * What the island `aids` needs to know: the words of the page's language and two icons. It adds
 * copy buttons, the palette, completions and recent checks; everything works without it.
 */
export function enhancement(view: View): Html {
  const words = {
    find: view.t('aid.find'),
    check: view.t('aid.check', { q: '\u0001' }),
    known: view.t('aid.known'),
    recent: view.t('aid.recent'),
    none: view.t('aid.recent_none'),
    clear: view.t('aid.clear'),
    copy: view.t('aid.copy'),
    copied: view.t('aid.copied'),
    pages: view.t('layout.nav'),
    slash: view.t('aid.slash'),
    languages: view.t('layout.language').replace(/[\s:：]+$/u, ''),
  }
  return html`<x-aids data-check="${href(view.locale, '/check')}" data-words="${JSON.stringify(
    words,
  )}"><template>${icon('copy')}</template><template>${icon('done')}</template></x-aids>`
}

/** One line that the island fills: what this browser was asked last. Empty without a script. */
export function recentChecks(view: View): Html {
  return html`<div class="recent"><p id="recent">${icon('recent')}${view.t(
    'aid.recent',
  )}</p><ul aria-labelledby="recent"></ul></div>`
}
