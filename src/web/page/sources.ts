import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import { countryName, formatAge } from '../../i18n/format.ts'
import { durationSeconds } from '../../model/dataset.ts'
import type { SourceRow } from '../../query/types.ts'
import { choice } from '../part/form.ts'
import { href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { stateMark } from '../part/mark.ts'
import { syncForm } from '../part/sync.ts'
import { type Column, table } from '../part/table.ts'
import { age, data, facts, identifier, moment, outside, plainDay } from '../part/text.ts'
import { appealOf } from '../part/todo.ts'
import type { View } from '../view.ts'

const STATES = ['current', 'stale', 'failed', 'blocked', 'never_fetched'] as const
/** Kinds in the order in which they weigh in a verdict; others follow as they come. */
const KINDS = ['sanctions', 'register', 'warnings', 'phishing', 'incidents', 'labels', 'actors']

/** Every dataset with its authority, licence, age and state: what the answers rest on. */
export function sourcesPage(view: View, sources: readonly SourceRow[]): Page {
  const asked = new URLSearchParams(view.search)
  const kinds = [...new Set([...KINDS, ...sources.map((source) => source.kind)])].filter((kind) =>
    sources.some((source) => source.kind === kind),
  )
  const kind = kinds.find((one) => one === asked.get('kind'))
  const state = STATES.find((one) => one === asked.get('state'))
  const rows = kinds
    .flatMap((one) => sources.filter((source) => source.kind === one))
    .filter((source) => kind === undefined || source.kind === kind)
    .filter((source) => state === undefined || (source.isEnabled && source.state === state))
  // What was read stands first: a list that says nothing yet is for those who look for it.
  rows.sort((a, b) => Number(a.version === null) - Number(b.version === null))
  return {
    title: view.t('sources.title'),
    description: view.t('sources.description'),
    isReading: true,
    isPrivate: view.search !== '',
    body: html`<div class="wide">
<h1>${view.t('sources.title')}</h1>
<p class="lead">${view.t('sources.description')}</p>
${legend(view, sources)}
${syncForm(view)}
${
  sources.length === 0
    ? html`<p class="empty">${view.t('sources.none')}</p>`
    : table(view, {
        id: 'lists',
        label: view.t('sources.title'),
        className: 'stacked sources',
        rows,
        rowsMax: LIMITS.pageRowsMax,
        columns: columns(view),
        text: (source) =>
          `${source.title} ${source.authority.name} ${source.dataset} ${source.summary}`,
        row: ({ dataset }) => ({ id: dataset }),
        more: { names: ['kind', 'state'], fields: choices(view, kinds, kind, state) },
      })
}
</div>`,
  }
}

function choices(
  view: View,
  kinds: readonly string[],
  kind: string | undefined,
  state: string | undefined,
): Html {
  const any = ['', view.t('alerts.any')] as const
  return html`${choice({
    id: 'kind',
    name: 'kind',
    label: view.t('sources.kind'),
    value: kind ?? '',
    options: [any, ...kinds.map((one) => [one, view.code('dataset.kind', one)] as const)],
  })}${choice({
    id: 'state',
    name: 'state',
    label: view.t('sources.state'),
    value: state ?? '',
    options: [any, ...STATES.map((one) => [one, view.t(`state.${one}`)] as const)],
  })}`
}

function legend(view: View, sources: readonly SourceRow[]): Html {
  return html`<dl class="legend">${STATES.map(
    (state) =>
      html`<div><dt>${stateMark(state)}<a href="${href(view.locale, '/sources', {
        state,
      })}#t-lists">${view.t(`state.${state}`)}</a> <span class="num">${view.n(
        sources.filter((source) => source.isEnabled && source.state === state).length,
      )}</span></dt><dd>${view.t(`state.${state}.means`)}</dd></div>`,
  )}</dl>`
}

function columns(view: View): readonly Column<SourceRow>[] {
  return [
    {
      id: 'list',
      label: view.t('checked.list'),
      cell: (source) => entry(view, source),
      rank: ({ title }) => title,
      isHead: true,
    },
    {
      id: 'kind',
      label: view.t('sources.kind'),
      cell: ({ kind }) => view.code('dataset.kind', kind),
      rank: ({ kind }) => view.code('dataset.kind', kind),
    },
    {
      id: 'age',
      label: view.t('sources.state'),
      cell: (source) => lines(state(view, source)),
      rank: ({ ageSeconds }) => ageSeconds,
    },
    {
      id: 'version',
      label: view.t('sources.version'),
      cell: (source) => lines(version(view, source)),
      rank: ({ publishedAt }) => publishedAt,
      isGreatestFirst: true,
      isTold: true,
    },
    {
      id: 'held',
      label: view.t('sources.counts'),
      cell: (source) => lines(counts(view, source)),
      rank: ({ counts: { statements } }) => statements,
      isGreatestFirst: true,
    },
  ]
}

/** The fact in ink, and what goes with it in quieter lines. */
function lines([main, ...rest]: readonly Hole[]): Html {
  return html`${main}${rest.map((line) => html`<span class="line">${line}</span>`)}`
}

function entry(view: View, source: SourceRow): Html {
  return html`${outside(source.page, data(source.title))}${
    source.proven ? null : html` <span class="tag">${view.t('sources.unproven')}</span>`
  }<span class="line">${data(source.authority.name)}${
    source.authority.country === null
      ? null
      : html` · ${countryName(view.locale, source.authority.country)}`
  } · ${view.t(`authority.${source.authority.role}`)}</span>${trouble(view, source)}${more(
    view,
    source,
  )}`
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
  if (source.version === null) return ['–']
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
  return html`<details class="fold"><summary>${view.t('sources.more')}</summary><p>${data(
    source.summary,
  )}</p>${marks(view, source)}${facts([
    [view.t('sources.licence'), lines(licence(view, source))],
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
      : [view.t('sources.licence_note'), data(source.licence.note)],
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
