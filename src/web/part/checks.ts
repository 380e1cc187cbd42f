import { html } from 'hono/html'
import { formatList } from '../../i18n/format.ts'
import type { DatasetState, Verdict } from '../../model/verdict.ts'
import type { View } from '../view.ts'
import type { Html } from './html.ts'
import { stateMark } from './mark.ts'
import { syncForm } from './sync.ts'
import { age, data, plainDay } from './text.ts'

interface CheckRow {
  readonly title: string
  readonly state: DatasetState
  readonly reason: string | null
  readonly required: boolean
  readonly version: string | null
  readonly publishedAt: string | null
  readonly ageSeconds: number | null
  /** Findings that this list gave. */
  readonly found: number
}

interface Coverage {
  readonly rows: readonly CheckRow[]
  readonly read: number
  readonly missing: readonly CheckRow[]
}

/** Names in one sentence before it says "and others". */
const NAMES_MAX = 4

/** Every list once: what was read, and what was not. A list in both counts as not checked. */
export function coverageOf(verdict: Verdict): Coverage {
  const found = new Map<string, number>()
  for (const finding of verdict.findings) {
    found.set(finding.dataset, (found.get(finding.dataset) ?? 0) + 1)
  }
  const missing = new Set(verdict.notChecked.map((row) => row.dataset))
  const rows: CheckRow[] = [
    ...verdict.checked
      .filter((row) => !missing.has(row.dataset))
      .map((row) => ({ ...row, reason: null, found: found.get(row.dataset) ?? 0 })),
    ...verdict.notChecked.map((row) => ({ ...row, found: found.get(row.dataset) ?? 0 })),
  ]
  return {
    rows,
    read: rows.length - missing.size,
    missing: rows.filter((row) => row.reason !== null),
  }
}

/** The line under the answer: how many lists could not be checked, the required ones first. */
export function notCovered(view: View, verdict: Verdict): Html | null {
  const { rows, missing } = coverageOf(verdict)
  if (missing.length === 0) return null
  // First what was never read: an old version at least still speaks.
  const required = missing
    .filter((row) => row.required)
    .sort((a, b) => Number(a.version !== null) - Number(b.version !== null))
  const isRequired = required.length > 0
  const named = isRequired ? required : missing
  const count = view.t(isRequired ? 'checked.gap_required' : 'checked.gap', {
    missing: named.length,
    total: isRequired ? rows.filter((row) => row.required).length : rows.length,
  })
  return html`<p class="gap">${stateMark('never_fetched')}<span><a
  href="#checked">${count}</a>${view.t('checked.gap_names', {
    names: formatList(view.locale, shortened(view, named)),
  })}</span></p>`
}

function shortened(view: View, rows: readonly CheckRow[]): readonly string[] {
  const titles = rows.map((row) => row.title)
  if (titles.length <= NAMES_MAX) return titles
  const count = titles.length - NAMES_MAX
  return [...titles.slice(0, NAMES_MAX), view.t('checked.others', { count })]
}

export function checks(view: View, verdict: Verdict): Html {
  const { rows, read, missing } = coverageOf(verdict)
  if (rows.length === 0) return html`<p>${view.t('checked.none')}</p>`
  const isMostlyMissing = missing.length * 2 > rows.length
  const ordered = [...rows].sort(
    (a, b) => Number(b.found > 0) - Number(a.found > 0) || Number(b.required) - Number(a.required),
  )
  // A list that found something is never folded away, however old its version is.
  const shown = ordered.filter((row) => row.reason === null || row.found > 0)
  const folded = ordered.filter((row) => !shown.includes(row))
  const old = missing.filter((row) => row.version !== null).length
  return html`<p class="sum">${view.t('checked.read', { read, total: rows.length })}</p>
${
  old === 0
    ? null
    : html`<p class="hint">${view.t('checked.old', { old, never: missing.length - old })}</p>`
}
${missing.length === 0 ? null : syncForm(view)}
${
  isMostlyMissing
    ? html`${shown.length === 0 ? null : table(view, shown)}
<details class="fold"><summary>${view.t('checked.missing', {
        count: folded.length,
      })}</summary>${table(view, folded)}</details>`
    : table(view, ordered)
}
<p class="hint">${view.t('checked.required_hint')}</p>`
}

function table(view: View, rows: readonly CheckRow[]): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'checked.table',
  )}"><table class="checks">
<thead><tr><th scope="col">${view.t('checked.list')}</th><th scope="col">${view.t(
    'checked.age',
  )}</th><th scope="col">${view.t('checked.result')}</th></tr></thead>
<tbody>${rows.map((row) => tableRow(view, row))}</tbody></table></div>`
}

function tableRow(view: View, row: CheckRow): Html {
  return html`<tr${row.found > 0 ? html` class="found"` : null}>
<th scope="row">${data(row.title)}${
    row.required ? html` <abbr title="${view.t('checked.required')}">*</abbr>` : null
  }<span class="state">${stateMark(row.state)}${view.t(`state.${row.state}`)}${
    row.publishedAt === null ? null : html` · ${plainDay(view, row.publishedAt.slice(0, 10))}`
  }</span>${
    row.reason === null
      ? null
      : html`<span class="reason">${view.code('reason', row.reason)}</span>`
  }</th>
<td>${age(view, row.ageSeconds)}</td>
<td>${result(view, row)}</td></tr>`
}

function result(view: View, row: CheckRow): Html {
  if (row.found > 0) return html`<strong>${view.t('checked.found')}</strong>`
  if (row.reason !== null) {
    return html`<span class="muted">${view.t(
      row.version === null ? 'checked.unchecked' : 'checked.unchecked_old',
    )}</span>`
  }
  return html`${view.t('checked.not_found')}`
}
