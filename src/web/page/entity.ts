import { html } from 'hono/html'
import { formatBytes } from '../../i18n/format.ts'
import type { AdjacentEntity, EntityView, RowView, TimelineEvent } from '../../query/types.ts'
import { firmNotes, joined, scoreHistory, standing } from '../part/firm.ts'
import { entityHref, href, segment } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { licences } from '../part/licences.ts'
import { stateMark } from '../part/mark.ts'
import { registryEvents } from '../part/registry-event.ts'
import { relations } from '../part/relations.ts'
import { serveBox, serveTable } from '../part/serve.ts'
import { entityPicture } from '../part/share.ts'
import { statements } from '../part/statements.ts'
import { data, facts, identifier, moment, outside } from '../part/text.ts'
import { timeline } from '../part/timeline.ts'
import { value } from '../part/value.ts'
import { entityFacts } from '../part/who.ts'
import type { FirmAnswer } from '../registry.ts'
import type { View } from '../view.ts'

export interface EntityPageData {
  readonly entity: EntityView
  readonly adjacent: readonly AdjacentEntity[]
  readonly events: readonly TimelineEvent[]
  /** Undefined: it is no firm, or nobody answers about firms here. */
  readonly firm?: FirmAnswer | undefined
}

/** One entity with everything that is said about it, and the way to each row that says it. */
export function entityPage(view: View, page: EntityPageData): Page {
  const { entity, adjacent, events, firm } = page
  const rows = firm?.firm.licences ?? entity.licences
  const section = (id: 'licences' | 'relations' | 'timeline' | 'statements', body: Html) =>
    html`<section class="area at-${id}" aria-labelledby="${id}"><h2 id="${id}">${view.t(
      `${id}.title`,
    )}</h2>${body}</section>`
  return {
    title: entity.caption,
    picture: entityPicture(entity.id, entity.caption),
    description: view.t('entity.description', {
      name: entity.caption,
      source: entity.datasetTitle,
    }),
    body: html`<div class="wide">
<p class="eyebrow">${view.code('schema', entity.schema)} · ${data(entity.datasetTitle)}</p>
<h1>${data(entity.caption)}</h1>
<p class="asked">${identifier(entity.id)}</p>
${entity.isLive ? null : html`<p class="note">${view.t('entity.not_live')}</p>`}
${
  entity.notChecked.length === 0
    ? null
    : html`<p class="gap">${stateMark('stale')}<span>${view.t('entity.gap', {
        count: entity.notChecked.length,
      })}</span></p>`
}
<ul class="ways"><li><a href="${href(view.locale, '/check', { q: entity.caption })}">${view.t(
      'entity.check',
    )}</a></li><li><a href="/v1/entities/${segment(entity.id)}">${view.t(
      'todo.json',
    )}</a></li><li><a href="${entityHref(view.locale, entity.id)}/feed.xml">${view.t(
      'feed.link',
    )}</a></li><li><a href="${entityHref(view.locale, entity.id, {
      asOf: entity.asOf,
      knownAt: entity.knownAt,
    })}">${view.t('todo.permalink')}</a></li></ul>
</div>
${firm === undefined ? null : firmSections(view, firm)}
<div class="wide entity-grid">
<section class="area facts-area" aria-labelledby="facts"><h2 id="facts">${view.t(
      'entity.facts',
    )}</h2>${entityFacts(view, entity)}</section>
${
  rows.length === 0
    ? null
    : section(
        'licences',
        licences(view, entity.id, rows, {
          withMatrix: firm === undefined || firm.firm.serve.rows.length === 0,
        }),
      )
}
${section('relations', relations(view, entity, adjacent))}
${section('timeline', timeline(view, entity.id, events))}
${section('statements', statements(view, entity.id, entity.statements))}
</div>
<div class="wide"><p class="stamp">${view.rich('check.stamp', {
      asOf: moment(view, entity.asOf),
    })} · ${view.rich('check.stamp_known', { knownAt: moment(view, entity.knownAt) })}</p></div>`,
  }
}

/** What makes a record a firm: where it stands, whom it may serve, what changed. */
function firmSections(view: View, { firm, asked, serve, fault }: FirmAnswer): Html {
  const section = (id: string, title: string, body: Html | null) =>
    body === null
      ? null
      : html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`
  return html`<div class="wide firm">
${section('standing', view.t('firm.standing'), html`${standing(view, firm)}${scoreHistory(view, firm)}`)}
${section(
  'serve',
  view.t('serve.title'),
  html`${serveBox(view, firm.id, asked, serve)}${
    fault === undefined ? null : html`<p class="fault">${view.code('error', fault.code)}</p>`
  }${serveTable(view, firm.id, firm.serve)}`,
)}
${section('register-changes', view.t('firm.events.title'), registryEvents(view, firm.timeline, { withFirm: false }))}
${section('quality', view.t('firm.notes'), firmNotes(view, firm.id, firm.notes))}
${firm.members.length < 2 && firm.joins.length === 0 ? null : section('members', view.t('firm.members'), joined(view, firm))}
<ul class="ways"><li><a href="${href(view.locale, '/compare', { a: firm.id })}">${view.t(
    'compare.with',
  )}</a></li></ul></div>`
}

/** One row of a kept file, exactly as the source wrote it, with what proves it. */
export function rowPage(
  view: View,
  entity: EntityView | undefined,
  id: string,
  row: RowView,
): Page {
  const statement = entity?.statements.find((candidate) => candidate.id === row.statement)
  return {
    title: view.t('row.title'),
    description: view.t('row.description'),
    isPrivate: true,
    body: html`<div class="wide narrow">
<p class="eyebrow"><a href="${entityHref(view.locale, id)}#s-${row.statement}">${
      entity === undefined ? identifier(id) : data(entity.caption)
    }</a></p>
<h1>${view.t('row.title')}</h1>
<p class="lead">${view.t('row.description')}</p>
${
  row.text === null
    ? html`<p class="empty">${view.t('row.gone')}</p>`
    : html`<pre class="row" tabindex="0" role="region" aria-label="${view.t(
        'row.text',
      )}"><code dir="auto">${row.text}</code></pre>`
}
${
  statement === undefined
    ? null
    : html`<h2>${view.t('row.read_as')}</h2>${facts([
        [view.code('prop', statement.prop), value(view, statement.prop, statement.value)],
        [
          view.t('why.version'),
          html`<bdi>${statement.dataset}</bdi> · <bdi class="num">${statement.version}</bdi>`,
        ],
        [view.t('why.observed'), moment(view, statement.observedAt)],
        statement.sourceUrl === null
          ? null
          : [view.t('row.source'), outside(statement.sourceUrl, identifier(statement.sourceUrl))],
      ])}`
}
<h2>${view.t('row.file')}</h2>
${facts([
  [view.t('row.where'), identifier(row.row)],
  [view.t('row.name'), identifier(row.file.name)],
  row.file.url === null
    ? null
    : [view.t('row.url'), outside(row.file.url, identifier(row.file.url))],
  [view.t('row.bytes'), html`<span class="num">${formatBytes(view.locale, row.file.bytes)}</span>`],
  row.file.lastModified === null
    ? null
    : [view.t('row.modified'), moment(view, row.file.lastModified)],
  [view.t('row.sha256'), identifier(row.file.sha256)],
  [view.t('row.statement'), identifier(row.statement)],
])}
</div>`,
  }
}
