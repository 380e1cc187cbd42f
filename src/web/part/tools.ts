import { html } from 'hono/html'
import type { View } from '../view.ts'
import { href } from './href.ts'
import type { Html } from './html.ts'

export const TOOLS = [
  ['/tools/token', 'tools.token.name'],
  ['/tools/rates', 'tools.rates.name'],
  ['/tools/fx-purchase', 'tools.fx.name'],
] as const

/** The three calculators beside each other, on each of their pages. */
export function toolTabs(view: View): Html {
  return html`<nav class="tabs" aria-label="${view.t('nav.tools')}"><ul>${TOOLS.map(
    ([path, key]) =>
      html`<li><a href="${href(view.locale, path)}"${
        view.path === path ? html` aria-current="page"` : null
      }>${view.t(key)}</a></li>`,
  )}</ul></nav>`
}
