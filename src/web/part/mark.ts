import { html } from 'hono/html'
import type { DatasetState, Severity, VerdictValue } from '../../model/verdict.ts'
import type { Html } from './html.ts'

/**
 * Each verdict has a shape of its own, so that nobody depends on colour. The circle of "no
 * adverse evidence" stays empty: a tick would read as a promise that nobody can give.
 */
export function verdictMark(value: VerdictValue): Html {
  return html`<svg class="mark v-${value}" viewBox="0 0 48 48" aria-hidden="true"
    focusable="false">${VERDICT_SHAPES[value]}</svg>`
}

export function severityMark(severity: Severity): Html {
  const value = SEVERITY_VERDICT[severity]
  if (value !== undefined) return verdictMark(value)
  return html`<svg class="mark s-${severity}" viewBox="0 0 48 48" aria-hidden="true"
    focusable="false">${severity === 'positive' ? SEAL : NOTE}</svg>`
}

export function stateMark(state: DatasetState): Html {
  return html`<svg class="dot d-${state}" viewBox="0 0 16 16" aria-hidden="true"
    focusable="false">${STATE_SHAPES[state]}</svg>`
}

/** The sign of Custos: a keyhole. */
export function brandMark(): Html {
  return html`<svg class="brand" viewBox="0 0 32 32" aria-hidden="true" focusable="false"
    ><rect class="body" width="32" height="32" rx="7"/><path class="hole"
    d="M16 7a5.4 5.4 0 0 0-2.7 10.1L12 25h8l-1.3-7.9A5.4 5.4 0 0 0 16 7Z"/></svg>`
}

const SEVERITY_VERDICT: Partial<Record<Severity, VerdictValue>> = {
  danger: 'danger',
  warning: 'warning',
}

const VERDICT_SHAPES: Record<VerdictValue, Html> = {
  danger: html`<path class="fill" d="M15.2 3h17.6L45 15.2v17.6L32.8 45H15.2L3 32.8V15.2Z"/><path
    class="cut" d="M13 21h22v6H13z"/>`,
  warning: html`<path class="fill" d="M24 4a3 3 0 0 1 2.6 1.5l19 33.5a3 3 0 0 1-2.6 4.5H5A3 3 0 0 1
    2.4 39l19-33.5A3 3 0 0 1 24 4Z"/><path class="cut" d="M21.4 16h5.2l-.9 13h-3.4zM24 32a2.9 2.9 0
    1 1 0 5.8 2.9 2.9 0 0 1 0-5.8z"/>`,
  no_adverse_evidence: html`<circle class="line" cx="24" cy="24" r="19"/>`,
  unknown: html`<circle class="line dash" cx="24" cy="24" r="19"/><path class="fill"
    d="M24 12.5c-4.6 0-7.9 2.8-8.2 7h4.4c.2-2 1.6-3.2 3.7-3.2 2 0 3.4 1.2 3.4 2.9 0 1.6-.8 2.4-2.7
    3.6-2.2 1.4-3.2 2.8-3.1 5.4v.8h4.3v-.6c0-1.7.7-2.5 2.8-3.8 2.1-1.3 3.3-3.1 3.3-5.5
    0-3.9-3.2-6.6-7.9-6.6Zm-.3 18.8a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2Z"/>`,
}

const SEAL = html`<rect class="line" x="6" y="6" width="36" height="36" rx="8"/><path class="line"
  d="m15 25 6.4 6.4L34 18"/>`
const NOTE = html`<rect class="line" x="6" y="6" width="36" height="36" rx="8"/><path class="fill"
  d="M21.6 21h4.8v14h-4.8zM24 12.5a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z"/>`

const STATE_SHAPES: Record<DatasetState, Html> = {
  current: html`<circle class="fill" cx="8" cy="8" r="5.5"/>`,
  stale: html`<circle class="line" cx="8" cy="8" r="5"/><path class="fill"
    d="M8 3a5 5 0 0 1 0 10z"/>`,
  failed: html`<path class="line" d="m3.5 3.5 9 9m0-9-9 9"/>`,
  blocked: html`<circle class="line" cx="8" cy="8" r="5"/><path class="line" d="M4.5 11.5l7-7"/>`,
  never_fetched: html`<circle class="line dash" cx="8" cy="8" r="5"/>`,
}
