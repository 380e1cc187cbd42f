import { html } from 'hono/html'
import type { DatasetState, Finding } from '../../model/verdict.ts'
import { queryBox } from '../part/box.ts'
import { findings } from '../part/finding.ts'
import type { Page } from '../part/layout.ts'
import { stateMark, verdictMark } from '../part/mark.ts'
import { cutIdentifier, identifier } from '../part/text.ts'
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
<p class="empty">${view.t('why.none')}</p></section>
</div>`,
  }
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
