import { html } from 'hono/html'
import { formatDecimal } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'

/** A decimal text with the separators of the language; its plain digits stay readable by machine. */
export function figure(view: View, text: string): Html {
  return html`<data class="num" value="${text}" dir="ltr">${formatDecimal(view.locale, text)}</data>`
}

/** A figure and what it counts: `111.57 USD`. The two never part at the end of a line. */
export function money(view: View, text: string, unit: string): Html {
  return html`<span class="money">${figure(view, text)} <bdi class="unit">${unit}</bdi></span>`
}

/** A percentage that is already one: `-1.52` → `-1.52 %`, with its sign where one is asked. */
export function percent(view: View, text: string, isSigned = false): Html {
  const sign = isSigned && /^[0-9.]*[1-9]/.test(text) ? '+' : ''
  const shown = sign + formatDecimal(view.locale, text.replace(/^\+/, ''))
  return html`<data class="num" value="${text}" dir="ltr">${shown} %</data>`
}
