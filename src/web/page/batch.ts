import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import type { VerdictValue } from '../../model/verdict.ts'
import type { BatchAnswer } from '../../query/types.ts'
import { href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import { icon } from '../part/icon.ts'
import type { Page } from '../part/layout.ts'
import { verdictMark } from '../part/mark.ts'
import { cutIdentifier, moment } from '../part/text.ts'
import type { View } from '../view.ts'

/** Columns that the answers can be ordered by; `order` is the order asked. */
export const BATCH_COLUMNS = ['order', 'query', 'verdict', 'coverage'] as const
type BatchColumn = (typeof BATCH_COLUMNS)[number]

export interface BatchSort {
  readonly by: BatchColumn
  readonly isDescending: boolean
}

export interface BatchPageData {
  /** What was pasted: the form keeps it, because nothing else does. */
  readonly text: string
  readonly answer: BatchAnswer | undefined
  readonly sort?: BatchSort
  /** Only answers with this verdict are shown; the counts are of all. */
  readonly only?: VerdictValue | undefined
  /** More was asked than is answered. */
  readonly isCut?: boolean
  /** Something was sent, and no question was in it. */
  readonly isEmpty?: boolean
}

const VALUES: readonly VerdictValue[] = ['danger', 'warning', 'unknown', 'no_adverse_evidence']

/** Up to a thousand questions at once; the list lives in the form and nowhere else. */
export function batchPage(view: View, data: BatchPageData): Page {
  const { answer } = data
  return {
    title: view.t('nav.batch'),
    description: view.t('batch.description'),
    isPrivate: answer !== undefined,
    body: html`<div class="wide">
<h1>${view.t('nav.batch')}</h1>
<p class="lead">${view.t('batch.description')}</p>
<form class="batch" method="post" enctype="multipart/form-data" action="${href(
      view.locale,
      '/batch',
    )}">
${
  answer === undefined
    ? inputs(view, data)
    : html`<details class="again"><summary>${view.t(
        'batch.change',
      )}</summary>${inputs(view, data)}</details>`
}
${answer === undefined ? null : results(view, data, answer)}
</form></div>`,
  }
}

function inputs(view: View, { text, isEmpty }: BatchPageData): Html {
  return html`<div class="field"><label for="batch-list">${view.t('batch.list')}</label>
<textarea id="batch-list" name="list" rows="8" dir="auto" spellcheck="false" autocapitalize="none"
  maxlength="${LIMITS.batchFormBytesMax}" aria-describedby="batch-hint${
    isEmpty === true ? ' batch-error' : ''
  }"${isEmpty === true ? html` aria-invalid="true"` : null}>
${text}</textarea>
<p class="hint" id="batch-hint">${view.t('batch.hint', { max: view.n(LIMITS.batchQueriesMax) })}</p>
${
  isEmpty === true
    ? html`<div class="fault" id="batch-error"><strong>${view.t('tools.fault')}</strong> ${view.t(
        'batch.empty',
      )}</div>`
    : null
}</div>
<div class="field"><label for="batch-file">${view.t('batch.file')}</label>
<input id="batch-file" name="file" type="file" accept=".csv,.txt,text/csv,text/plain"></div>
<p class="acts"><button class="button" type="submit">${view.t('batch.check')}</button>
<button type="submit" name="format" value="csv" class="button quiet">${view.t('batch.check_csv')}</button></p>
<p class="muted">${view.t('batch.not_kept')}</p>`
}

function results(view: View, data: BatchPageData, answer: BatchAnswer): Html {
  const counts = new Map<string, number>()
  for (const { verdict } of answer.results) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  const shown =
    data.only === undefined
      ? answer.results
      : answer.results.filter(({ verdict }) => verdict === data.only)
  return html`<section class="area" aria-labelledby="answers"><h2 id="answers">${view.t(
    'batch.answers',
    { count: answer.results.length },
  )}</h2>
<input type="hidden" name="sort" value="${sortText(data.sort)}"><input type="hidden" name="only"
  value="${data.only ?? ''}">
<ul class="tally">${VALUES.map(
    (value) =>
      html`<li><button type="submit" class="chip" name="only" value="${
        data.only === value ? '' : value
      }" aria-pressed="${data.only === value ? 'true' : 'false'}"${
        counts.has(value) ? null : html` disabled`
      }>${verdictMark(value)} <span class="num">${view.n(counts.get(value) ?? 0)}</span> ${view.t(
        `verdict.${value}`,
      )}</button></li>`,
  )}</ul>
${data.isCut === true ? html`<p class="note">${view.t('batch.cut', { max: view.n(LIMITS.batchQueriesMax) })}</p>` : null}
${
  answer.notChecked.length === 0
    ? null
    : html`<p class="note">${view.t('batch.not_checked', { count: answer.notChecked.length })} <a
    href="${href(view.locale, '/sources')}">${view.t('nav.sources')}</a></p>`
}
<p class="acts"><button type="submit" class="button quiet" name="sort" value="order"${
    (data.sort?.by ?? 'order') === 'order' ? html` disabled` : null
  }>${view.t('batch.sort_order')}</button>
<button type="submit" name="format" value="csv" class="button quiet">${view.t('batch.csv')}</button></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="answers"><table class="stacked sorted answers">
<thead><tr>${sortHead(view, data, 'query')}${sortHead(view, data, 'verdict')}${sortHead(
    view,
    data,
    'coverage',
  )}<th scope="col">${view.t('batch.reason')}</th></tr></thead>
<tbody>${shown.map((result) => row(view, result))}</tbody></table></div>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })} · <bdi
  class="num">${view.t('check.stamp_ruleset', { ruleset: answer.ruleset })}</bdi></p></section>`
}

function sortText(sort: BatchSort | undefined): string {
  return `${sort?.isDescending === true ? '-' : ''}${sort?.by ?? 'order'}`
}

/** A head that is a button of the form: the list travels with it, and nothing is stored. */
function sortHead(view: View, { sort }: BatchPageData, by: Exclude<BatchColumn, 'order'>): Html {
  const isHere = sort?.by === by
  const isDescending = isHere && sort.isDescending
  return html`<th scope="col"${
    isHere ? html` aria-sort="${isDescending ? 'descending' : 'ascending'}"` : null
  }><button type="submit" name="sort" value="${isHere && !isDescending ? '-' : ''}${by}">${view.t(
    `batch.${by}`,
  )}${icon(isHere ? (isDescending ? 'down' : 'up') : 'sort')}</button></th>`
}

function row(view: View, result: BatchAnswer['results'][number]): Html {
  const { query, verdict } = result
  const reason: Hole = 'error' in result ? view.code('error', result.error.code) : result.summary
  const coverage = 'error' in result ? 'none' : result.coverage
  return html`<tr class="v-${verdict}"><th scope="row"><a href="${href(view.locale, '/check', {
    q: query,
  })}">${cutIdentifier(query)}</a></th><td class="verdict">${verdictMark(verdict)} ${view.t(
    `verdict.${verdict}`,
  )}</td><td><span class="alone">${view.t('batch.coverage')}: </span>${view.t(
    `coverage.${coverage}`,
  )}</td><td>${reason}</td></tr>`
}
