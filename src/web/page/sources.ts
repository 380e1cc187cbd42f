import { html } from 'hono/html'
import { countryName, formatAge } from '../../i18n/format.ts'
import { durationSeconds } from '../../model/dataset.ts'
import type { SourceRow } from '../../query/types.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { stateMark } from '../part/mark.ts'
import { syncForm } from '../part/sync.ts'
import { age, data, facts, identifier, moment, outside, plainDay } from '../part/text.ts'
import { appealOf } from '../part/todo.ts'
import type { View } from '../view.ts'

const STATES = ['current', 'stale', 'failed', 'blocked', 'never_fetched'] as const
/** Kinds in the order in which they weigh in a verdict; others follow as they come. */
const KINDS = ['sanctions', 'register', 'warnings', 'phishing', 'incidents', 'labels', 'actors']

/** Every dataset with its authority, licence, age and state: what the answers rest on. */
export function sourcesPage(view: View, sources: readonly SourceRow[]): Page {
  const kinds = [...new Set([...KINDS, ...sources.map((source) => source.kind)])]
  return {
    title: view.t('sources.title'),
    description: view.t('sources.description'),
    body: html`<div class="wide">
<h1>${view.t('sources.title')}</h1>
<p class="lead">${view.t('sources.description')}</p>
${legend(view, sources)}
${syncForm(view)}
${sources.length === 0 ? html`<p class="empty">${view.t('sources.none')}</p>` : null}
${kinds.map((kind) => group(view, kind, sources))}
</div>`,
  }
}

function legend(view: View, sources: readonly SourceRow[]): Html {
  return html`<dl class="legend">${STATES.map(
    (state) =>
      html`<div><dt>${stateMark(state)}${view.t(`state.${state}`)} <span class="num">${view.n(
        sources.filter((source) => source.isEnabled && source.state === state).length,
      )}</span></dt><dd>${view.t(`state.${state}.means`)}</dd></div>`,
  )}</dl>`
}

function group(view: View, kind: string, all: readonly SourceRow[]): Html | null {
  const sources = all.filter((source) => source.kind === kind)
  if (sources.length === 0) return null
  return html`<section class="area" aria-labelledby="kind-${kind}"><h2
  id="kind-${kind}">${view.code(
    'dataset.kind',
    kind,
  )}</h2><ul class="sources">${sources.map((source) => entry(view, source))}</ul></section>`
}

function entry(view: View, source: SourceRow): Html {
  return html`<li id="${source.dataset}" class="source">
<div class="lead-cell"><h3>${outside(source.page, data(source.title))}${
    source.proven ? null : html` <span class="tag">${view.t('sources.unproven')}</span>`
  }</h3>
<p>${data(source.authority.name)}${
    source.authority.country === null
      ? null
      : html` · ${countryName(view.locale, source.authority.country)}`
  } · ${view.t(`authority.${source.authority.role}`)}</p>
<p class="muted">${data(source.summary)}</p>${marks(view, source)}</div>
<dl class="cells">
${cell(view.t('sources.state'), state(view, source))}
${cell(view.t('sources.version'), version(view, source))}
${cell(view.t('sources.counts'), counts(view, source))}
${cell(view.t('sources.licence'), licence(view, source))}
</dl>
${trouble(view, source)}
${more(view, source)}
</li>`
}

/** What a reader must know before the list's silence is taken for an answer. */
function marks(view: View, source: SourceRow): Html {
  const lines = [
    ...(source.proven ? [] : [view.t('sources.unproven_means')]),
    ...(source.isWindow ? [view.t('sources.window_means')] : []),
  ]
  const { count, lastAt } = source.gaps
  return html`${lines.map((line) => html`<p class="muted">${line}</p>`)}${
    count === 0 || lastAt === null
      ? null
      : html`<p class="trouble">${view.t('sources.gaps', { count })} ${moment(view, lastAt)}</p>`
  }`
}

/** One column: the term, the fact in ink, and what goes with it in a quieter line. */
function cell(term: string, [main, ...rest]: readonly Hole[]): Html {
  return html`<div><dt>${term}</dt><dd>${main}${rest.map(
    (line) => html`<span class="line">${line}</span>`,
  )}</dd></div>`
}

function state(view: View, source: SourceRow): readonly Hole[] {
  const word = source.isEnabled ? view.t(`state.${source.state}`) : view.t('sources.disabled')
  const main = html`<span class="state">${stateMark(source.state)}${word}</span>`
  const limit = view.t('sources.max_age', { age: formatAge(view.locale, source.maxAgeSeconds) })
  if (source.version !== null) {
    return [main, html`${age(view, source.ageSeconds)}${view.t('list.separator')}${limit}`]
  }
  return source.reason === null ? [main] : [main, view.code('reason', source.reason)]
}

function version(view: View, source: SourceRow): readonly Hole[] {
  const every = cadence(view, source.cadence)
  const read =
    source.lastSuccessAt === null
      ? null
      : view.rich('sources.read', { moment: moment(view, source.lastSuccessAt) })
  if (source.version === null) return ['–', every]
  const published = source.publishedAt?.slice(0, 10)
  const name = html`<bdi class="num">${source.version}</bdi>${
    published === undefined || published === source.version
      ? null
      : html` · ${plainDay(view, published)}`
  }`
  return read === null ? [name, every] : [name, every, read]
}

/** `P7D` → every 7 days; `PT1H` → every hour. */
function cadence(view: View, text: string): string {
  const hours = (durationSeconds(text) ?? Number.NaN) / 3_600
  if (Number.isInteger(hours / 24)) return view.t('sources.every', { days: hours / 24 })
  return Number.isInteger(hours) ? view.t('sources.every_hours', { hours }) : text
}

function counts(view: View, source: SourceRow): readonly Hole[] {
  const { entities, statements, versions } = source.counts
  return [
    view.t('sources.count_entities', { count: entities }),
    view.t('sources.count_statements', { count: statements }),
    view.t('sources.count_versions', { count: versions }),
  ]
}

function licence(view: View, source: SourceRow): readonly Hole[] {
  const { licence: terms } = source
  return [
    outside(terms.url, data(terms.name)),
    view.t(terms.redistribute ? 'sources.exported' : 'sources.not_exported'),
  ]
}

function trouble(view: View, source: SourceRow): Html | null {
  if (source.lastError === null) return null
  return html`<p class="trouble"><strong>${view.t('sources.last_error')}</strong> ${data(
    source.lastError.message,
  )} <code>${source.lastError.code}</code>${
    source.lastAttemptAt === null ? null : html` · ${moment(view, source.lastAttemptAt)}`
  }</p>`
}

function more(view: View, source: SourceRow): Html {
  const notes = Object.entries(source.notes)
  const appeal = appealOf(source)
  return html`<details class="fold"><summary>${view.t('sources.more')}</summary>${facts([
    [view.t('sources.dataset'), html`<code>${source.dataset}</code>`],
    source.liveNote === null ? null : [view.t('sources.live_note'), data(source.liveNote)],
    source.liveUrls.length === 0
      ? null
      : [
          view.t('sources.live'),
          html`<ul class="plain">${source.liveUrls.map(
            (url) => html`<li>${outside(url, identifier(url))}</li>`,
          )}</ul>`,
        ],
    appeal === null
      ? null
      : [view.t('sources.appeal'), outside(appeal, view.t('sources.appeal_link'))],
    source.licence.note === undefined
      ? null
      : [view.t('sources.licence'), data(source.licence.note)],
    notes.length === 0
      ? null
      : [
          view.t('sources.notes'),
          html`<ul class="plain">${notes.map(
            ([code, count]) =>
              html`<li><code>${code}</code> <span class="num">${view.n(count)}</span></li>`,
          )}</ul>`,
        ],
  ])}</details>`
}
