import { html } from 'hono/html'
import type { AdjacentEntity, EntityView } from '../../query/types.ts'
import type { View } from '../view.ts'
import { entityHref } from './href.ts'
import type { Html } from './html.ts'
import { cutIdentifier, data } from './text.ts'

/** Points that the drawing can hold without touching each other; the list holds all. */
const DRAWN_MAX = 12
const CENTRE = { x: 150, y: 80 }
const RADIUS = { x: 118, y: 58 }

/** A small star of numbered points, and the list that names each: that is what is read aloud. */
export function relations(
  view: View,
  entity: Pick<EntityView, 'caption'>,
  adjacent: readonly AdjacentEntity[],
): Html {
  if (adjacent.length === 0) return html`<p class="empty">${view.t('relations.none')}</p>`
  return html`<div class="relations">${star(adjacent.slice(0, DRAWN_MAX))}
<ol>${adjacent.map(
    (other) => html`<li><a href="${entityHref(view.locale, other.id)}">${data(other.caption)}</a>
<span class="muted">${view.code('schema', other.schema)} · <bdi>${other.dataset}</bdi></span>
<span class="via">${view.rich('relations.via', {
      via: view.code('prop', other.via),
      value: cutIdentifier(other.value),
    })}</span></li>`,
  )}</ol>
<p class="hint">${view.rich('relations.hint', { name: data(entity.caption) })}</p></div>`
}

function star(drawn: readonly AdjacentEntity[]): Html {
  const points = drawn.map((_, at) => {
    const angle = (2 * Math.PI * at) / drawn.length - Math.PI / 2
    return {
      x: Math.round(CENTRE.x + RADIUS.x * Math.cos(angle)),
      y: Math.round(CENTRE.y + RADIUS.y * Math.sin(angle)),
      label: String(at + 1),
    }
  })
  return html`<svg class="star" viewBox="0 0 300 160" aria-hidden="true"
  focusable="false">${points.map(
    (point) => html`<line x1="${CENTRE.x}" y1="${CENTRE.y}" x2="${point.x}" y2="${point.y}"/>`,
  )}<circle class="self" cx="${CENTRE.x}" cy="${CENTRE.y}" r="9"/>${points.map(
    (point) => html`<circle class="other" cx="${point.x}" cy="${point.y}" r="12"/><text
  x="${point.x}" y="${point.y + 4}" text-anchor="middle">${point.label}</text>`,
  )}</svg>`
}
