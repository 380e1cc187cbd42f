import { html } from 'hono/html'
import { formatAge, formatDay, formatInstant, formatRelative } from '../../i18n/format.ts'
import type { View } from '../view.ts'
import { external } from './href.ts'
import type { Hole, Html } from './html.ts'

/** Characters of the end that stay visible when the middle of an identifier is cut. */
const TAIL_CHARS = 8
/** Up to here an identifier is shown in full: most hosts and every LEI fit. */
const WHOLE_CHARS = 28
const ASCII = /^[\u0020-\u007e]*$/

/** A name or a text from a source, kept apart from the direction of the text around it. */
export function data(text: string): Html {
  return html`<bdi>${text}</bdi>`
}

/** An identifier in full; a long one breaks where the line ends. */
export function identifier(text: string): Html {
  return html`<bdi class="id"${ASCII.test(text) ? html` dir="ltr"` : null}>${text}</bdi>`
}

/**
 * An identifier in little room: the middle is hidden by the style sheet, never removed, so that
 * copying gives the whole and a pointer shows it.
 */
export function cutIdentifier(text: string): Html {
  if (text.length <= WHOLE_CHARS) return identifier(text)
  const at = text.length - TAIL_CHARS
  return html`<bdi class="id cut"${ASCII.test(text) ? html` dir="ltr"` : null} title="${text}"
    ><span class="head">${text.slice(0, at)}</span><span
    class="tail">${text.slice(at)}</span></bdi>`
}

/** A calendar day with how long ago it was. */
export function day(view: View, value: string): Html {
  const relative = value.length === 10 ? formatRelative(view.locale, value, view.nowMs) : ''
  return html`<time datetime="${value}">${formatDay(view.locale, value)}</time>${
    relative === '' ? null : html` <span class="rel">${view.t('time.beside', { relative })}</span>`
  }`
}

/** A calendar day in little room. */
export function plainDay(view: View, value: string): Html {
  return html`<time datetime="${value}">${formatDay(view.locale, value, 'short')}</time>`
}

/** A moment with its zone and how long ago it was. */
export function moment(view: View, value: string): Html {
  const relative = formatRelative(view.locale, value, view.nowMs)
  return html`<time datetime="${value}">${formatInstant(view.locale, value)}</time>${
    relative === '' ? null : html` <span class="rel">${view.t('time.beside', { relative })}</span>`
  }`
}

/** The age of a list; a list without a date says so. */
export function age(view: View, seconds: number | null): Html {
  return seconds === null
    ? html`<span class="muted">${view.t('age.unknown')}</span>`
    : html`<span class="num">${formatAge(view.locale, seconds)}</span>`
}

/** A link to the outside; an address that cannot be followed is shown as text. */
export function outside(url: string | null, label: Hole): Html {
  const safe = external(url)
  if (safe === undefined) return html`${label}`
  return html`<a class="out" href="${safe}" rel="external noopener noreferrer">${label}</a>`
}

/** Rows of a definition list; a row without a value is left out. */
export function facts(rows: readonly (readonly [Hole, Hole] | null)[]): Html {
  return html`<dl class="facts">${rows
    .filter((row) => row !== null)
    .map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`
}
