import { html } from 'hono/html'
import type { DatasetState, Finding } from '../../model/verdict.ts'
import type { AdjacentEntity } from '../../query/types.ts'
import { bars } from '../part/bars.ts'
import { queryBox } from '../part/box.ts'
import { findings } from '../part/finding.ts'
import type { Html } from '../part/html.ts'
import { ICON_NAMES, icon } from '../part/icon.ts'
import type { Page } from '../part/layout.ts'
import { stateMark, verdictMark } from '../part/mark.ts'
import { star } from '../part/relations.ts'
import { table } from '../part/table.ts'
import { cutIdentifier, day, identifier } from '../part/text.ts'
import type { View } from '../view.ts'
import { VERDICTS } from './method.ts'

const COLOURS = [
  'ground',
  'surface',
  'line',
  'ink',
  'muted',
  'accent',
  'danger',
  'warning',
  'clean',
  'unknown',
] as const
const STATES: readonly DatasetState[] = ['current', 'stale', 'failed', 'blocked', 'never_fetched']
/** An address that nobody holds: it shows the shape of one and says nothing about anyone. */
const SAMPLE = `0x${'0123456789abcdef'.repeat(2)}01234567`

/** The parts that pages are made of, drawn by the same code as the pages. */
export function designPage(view: View): Page {
  return {
    title: view.t('design.title'),
    description: view.t('design.description'),
    body: html`<div class="wide">
<h1>${view.t('design.title')}</h1>
<p class="lead">${view.t('design.description')}</p>
<section class="area" aria-labelledby="marks"><h2 id="marks">${view.t('design.marks')}</h2>
<p>${view.t('design.marks_text')}</p>
<dl class="verdicts">${VERDICTS.map(
      (value) =>
        html`<div class="v-${value}"><dt>${verdictMark(value)}<span>${view.t(
          `verdict.${value}`,
        )}</span></dt><dd>${view.t(`verdict.${value}.means`)}</dd></div>`,
    )}</dl>
<ul class="ways">${STATES.map(
      (state) =>
        html`<li><span class="state">${stateMark(state)}${view.t(`state.${state}`)}</span></li>`,
    )}</ul></section>
<section class="area" aria-labelledby="colours"><h2 id="colours">${view.t('design.colours')}</h2>
<p>${view.t('design.colours_text')}</p>
<ul class="swatches">${COLOURS.map(
      (name) => html`<li><span class="swatch c-${name}"></span><code>--${name}</code></li>`,
    )}</ul></section>
<section class="area" aria-labelledby="type"><h2 id="type">${view.t('design.type')}</h2>
<p class="lead">${view.t('home.sentence')}</p>
<p>${view.t('design.type_text')}</p>
<p>${identifier(SAMPLE)}</p><p class="small-box">${cutIdentifier(SAMPLE)}</p>
<p class="num">0123456789 · 1,111.11 · 8,888.88</p></section>
<section class="area" aria-labelledby="parts"><h2 id="parts">${view.t('design.parts')}</h2>
${queryBox(view, { q: SAMPLE })}
<p><button class="button" type="button">${view.t('box.submit')}</button> <button
  class="button quiet" type="button">${view.t('nav.download')}</button></p>
${findings(view, samples(view))}
<p class="gap">${stateMark('never_fetched')}<span>${view.t('checked.gap', {
      missing: 3,
      total: 14,
    })}</span></p>
<p class="note">${view.t('entity.not_live')}</p>
<p class="empty">${view.t('why.none')}</p>
<p class="fault"><strong>${view.t('tools.fault')}</strong> ${view.t('design.sample')}</p></section>
<section class="area" aria-labelledby="icons"><h2 id="icons">${view.t('design.icons')}</h2>
<ul class="icons">${ICON_NAMES.map(
      (name) => html`<li>${icon(name)}<code>${name}</code></li>`,
    )}</ul></section>
<section class="area" aria-labelledby="tables"><h2 id="tables">${view.t('design.tables')}</h2>
<p>${view.t('design.tables_text')}</p>
${stateTable(view)}</section>
<section class="area" aria-labelledby="charts"><h2 id="charts">${view.t('design.charts')}</h2>
<p>${view.t('design.charts_text')}</p>
${bars(view, SAMPLE_DAYS)}
<div class="relations">${star(sampleRelations(view))}<ol>${sampleRelations(view).map(({ caption }) => html`<li>${caption}</li>`)}</ol></div></section>
<section class="area" aria-labelledby="lines"><h2 id="lines">${view.t('timeline.title')}</h2>
<ol class="timeline"><li class="t-listed"><p class="when">${day(view, '2025-06-20')}</p><p
  class="what"><strong>${view.t('change.assert')}</strong></p><p>${view.t('design.sample')}</p></li><li
  class="t-delisted"><p class="when">${day(view, '2025-01-01')}</p><p class="what"><strong>${view.t(
    'change.retract',
  )}</strong></p></li></ol></section>
</div>`,
  }
}

/** The states of a list as rows, to try the order and the filter of a table on. */
function stateTable(view: View): Html {
  return table(view, {
    id: 'states',
    label: view.t('design.tables'),
    rows: STATES,
    rowsMax: 3,
    className: 'stacked',
    columns: [
      {
        id: 'state',
        label: view.t('sources.state'),
        cell: (state) => html`${stateMark(state)}${view.t(`state.${state}`)}`,
        rank: (state) => view.t(`state.${state}`),
        isHead: true,
      },
      {
        id: 'means',
        label: view.t('api.meaning'),
        cell: (state) => view.t(`state.${state}.means`),
      },
      {
        id: 'place',
        label: view.t('rankings.rank'),
        cell: (state) => view.n(STATES.indexOf(state) + 1),
        rank: (state) => STATES.indexOf(state),
        isFigure: true,
        isTold: true,
      },
    ],
    text: (state) => `${view.t(`state.${state}`)} ${view.t(`state.${state}.means`)}`,
  })
}

const SAMPLE_DAYS = [3, 8, 5, 0, 2, 13, 21, 9, 4, 6].map((transfers, at) => ({
  day: `2025-06-${String(11 + at)}`,
  transfers,
}))

/** One of each shape, and what is said of it in words. */
function sampleRelations(view: View): readonly AdjacentEntity[] {
  return (
    [
      ['Company', []],
      ['Person', ['sanction']],
      ['CryptoWallet', ['reg.warn']],
      ['Event', []],
    ] as const
  ).map(([schema, topics], at) => ({
    id: `design_sample:${at + 1}`,
    caption: view.code('schema', schema),
    schema,
    dataset: 'design_sample',
    topics,
    via: 'wallet',
    value: SAMPLE,
  }))
}

function samples(view: View): readonly Finding[] {
  const base: Finding = {
    kind: 'sanction',
    state: 'active',
    severity: 'danger',
    rule: 'design.sample',
    text: view.t('design.sample'),
    dataset: 'design_sample',
    datasetTitle: view.t('design.sample_list'),
    authority: view.t('design.sample_authority'),
    entity: null,
    caption: null,
    listedAt: '2025-06-20',
    firstVersion: null,
    endedAt: null,
    listVersion: '2025-06-20',
    observedAt: null,
    statements: [],
    sourceUrl: null,
    match: { method: 'exact', score: 1 },
    details: {},
  }
  return [
    base,
    { ...base, kind: 'warning', severity: 'warning' },
    { ...base, kind: 'label', severity: 'info' },
  ]
}
