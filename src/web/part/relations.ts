import { html } from 'hono/html'
import type { AdjacentEntity, EntityView } from '../../query/types.ts'
import { islandPath } from '../asset/islands.ts'
import type { View } from '../view.ts'
import { entityHref } from './href.ts'
import type { Hole, Html } from './html.ts'
import { icon } from './icon.ts'
import { cutIdentifier, data } from './text.ts'

/** Points that the drawing can hold without touching each other; the list holds all. */
const DRAWN_MAX = 12
/** A drawing of one line says less than the line of the list. */
const DRAWN_MIN = 2
const CENTRE = { x: 150, y: 80 }
const RADIUS = { x: 118, y: 58 }

type Shape = 'circle' | 'square' | 'diamond' | 'triangle'

/** What it is has a shape, so that nobody depends on colour: firms and all others are circles. */
function shapeOf(schema: string): Shape {
  if (schema === 'Person') return 'diamond'
  if (schema === 'CryptoWallet') return 'square'
  return schema === 'Event' || schema === 'Document' ? 'triangle' : 'circle'
}

/** What is said of it, where that is adverse: as a word in the list, as a colour in the drawing. */
function toneOf(topics: readonly string[]): 'danger' | 'warning' | 'plain' {
  if (topics.includes('sanction') || topics.includes('crime.fraud')) return 'danger'
  return topics.includes('reg.warn') ? 'warning' : 'plain'
}

/**
 * A small star of numbered points, and the list that names each: that is what is read aloud. Where
 * scripts run, the same list feeds a map that can be explored; without them nothing is missing.
 */
export function relations(
  view: View,
  entity: Pick<EntityView, 'id' | 'caption' | 'schema'>,
  adjacent: readonly AdjacentEntity[],
): Html {
  if (adjacent.length === 0) return html`<p class="empty">${view.t('relations.none')}</p>`
  const isDrawn = adjacent.length >= DRAWN_MIN
  return html`<div class="relations${isDrawn ? '' : ' single'}">${
    isDrawn ? star(adjacent.slice(0, DRAWN_MAX)) : null
  }${explorer(view, entity)}
<div class="named"><ol>${adjacent.slice(0, DRAWN_MAX).map((other) => item(view, other))}</ol>${rest(
    view,
    adjacent.slice(DRAWN_MAX),
  )}</div>
<p class="hint">${
    isDrawn
      ? view.rich('relations.hint', { name: data(entity.caption) })
      : view.t('relations.shared')
  }</p></div>`
}

/** An exchange shares its wallets with hundreds: what is not drawn is one press away. */
function rest(view: View, others: readonly AdjacentEntity[]): Html | null {
  if (others.length === 0) return null
  return html`<details class="fold"><summary>${view.t('licences.more_countries', {
    count: others.length,
  })}</summary><ol start="${DRAWN_MAX + 1}">${others.map((other) => item(view, other))}</ol></details>`
}

function item(view: View, other: AdjacentEntity): Html {
  const { id, schema, via, value, topics } = other
  return html`<li data-id="${id}" data-schema="${schema}" data-via="${via}" data-value="${value}"
  data-topics="${topics.join(' ')}"><a href="${entityHref(view.locale, id)}">${data(
    other.caption,
  )}</a>${tags(view, topics)}
<span class="muted">${view.code('schema', schema)} · <bdi>${other.dataset}</bdi></span>
<span class="via">${view.rich('relations.via', {
    via: view.code('prop', via),
    value: cutIdentifier(value),
  })}</span></li>`
}

function tags(view: View, topics: readonly string[]): readonly Hole[] {
  return topics
    .filter((topic) => topic !== 'fin')
    .map((topic) => html` <span class="tag">${view.code('topic', topic)}</span>`)
}

/** What the map needs: where its program and its further points come from, and its words. */
function explorer(view: View, { id, caption, schema }: Parameters<typeof relations>[1]): Html {
  const words = {
    hint: view.t('graph.hint'),
    shared: view.t('graph.shared'),
    failed: view.t('graph.failed'),
    close: view.t('layout.close'),
    zoomIn: view.t('graph.zoom_in'),
    zoomOut: view.t('graph.zoom_out'),
    whole: view.t('graph.whole'),
    schemas: Object.fromEntries(
      ['Company', 'LegalEntity', 'Organization', 'Person', 'CryptoWallet', 'Event'].map((name) => [
        name,
        view.code('schema', name),
      ]),
    ),
    topics: Object.fromEntries(
      ['sanction', 'crime.fraud', 'reg.warn'].map((name) => [name, view.code('topic', name)]),
    ),
  }
  return html`<x-graph data-src="${islandPath('graph')}" data-id="${id}" data-caption="${caption}"
  data-schema="${schema}" data-base="${entityHref(view.locale, '')}" data-words="${JSON.stringify(
    words,
  )}"><button type="button" class="button quiet">${icon('graph')}${view.t(
    'graph.explore',
  )}</button></x-graph>`
}

/** The filled point in the middle, and each other with the shape of what it is. */
export function star(drawn: readonly AdjacentEntity[]): Html {
  const points = drawn.map((other, at) => {
    const angle = (2 * Math.PI * at) / drawn.length - Math.PI / 2
    return {
      x: Math.round(CENTRE.x + RADIUS.x * Math.cos(angle)),
      y: Math.round(CENTRE.y + RADIUS.y * Math.sin(angle)),
      label: String(at + 1),
      shape: shapeOf(other.schema),
      tone: toneOf(other.topics),
    }
  })
  return html`<svg class="star" viewBox="0 0 300 160" aria-hidden="true"
  focusable="false">${points.map(
    (point) => html`<line x1="${CENTRE.x}" y1="${CENTRE.y}" x2="${point.x}" y2="${point.y}"/>`,
  )}<circle class="self" cx="${CENTRE.x}" cy="${CENTRE.y}" r="9"/>${points.map(
    ({ x, y, label, shape, tone }) =>
      html`${drawnAs(shape, x, y, `other t-${tone}`)}<text x="${x}" y="${
        y + 4
      }" text-anchor="middle">${label}</text>`,
  )}</svg>`
}

function drawnAs(shape: Shape, x: number, y: number, name: string): Html {
  if (shape === 'square') {
    return html`<rect class="${name}" x="${x - 11}" y="${y - 11}" width="22" height="22"/>`
  }
  if (shape === 'diamond') {
    return html`<path class="${name}" d="M${x} ${y - 15}L${x + 15} ${y}L${x} ${y + 15}L${x - 15} ${y}Z"/>`
  }
  if (shape === 'triangle') {
    return html`<path class="${name}" d="M${x} ${y - 16}L${x + 16} ${y + 11}H${x - 16}Z"/>`
  }
  return html`<circle class="${name}" cx="${x}" cy="${y}" r="12"/>`
}
