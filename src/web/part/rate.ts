import { html } from 'hono/html'
import type { NotChecked } from '../../model/verdict.ts'
import type { LegView, PublisherView, QuarantinedView } from '../../query/rate-types.ts'
import type { View } from '../view.ts'
import { shortCode } from './chart.ts'
import { href } from './href.ts'
import type { Hole, Html } from './html.ts'
import { stateMark } from './mark.ts'
import { figure, money } from './number.ts'
import { cutIdentifier, data, day, plainDay } from './text.ts'

/** Sheets in quarantine that one page names; the rest are counted. */
const QUARANTINED_MAX = 5
const CODES_MAX = 8

/** The three fields of every calculator. */
export interface Trio {
  readonly quantity: Hole
  readonly rate: Hole
  /** Lines under the rate: its source, its day, its state. */
  readonly origin: readonly Hole[]
  readonly available: Hole
}

export function trio(view: View, values: Trio): Html {
  return html`<dl class="trio" id="answer">
<div><dt>${view.t('tools.quantity')}</dt><dd>${values.quantity}</dd></div>
<div><dt>${view.t('tools.current_rate')}</dt><dd>${values.rate}${values.origin.map(
    (line) => html`<span class="line">${line}</span>`,
  )}</dd></div>
<div class="result"><dt>${view.t('tools.available')}</dt><dd>${values.available}</dd></div>
</dl>`
}

/** One line for the sources of a rate: each publisher once, with the oldest day of its legs. */
export function originLines(view: View, legs: readonly LegView[]): readonly Html[] {
  return legs.map(
    (leg) => html`${data(leg.title)} · ${day(view, leg.date)} · ${state(view, leg.state)}`,
  )
}

function state(view: View, code: LegView['state']): Html {
  const mark = code === 'current' ? 'current' : 'stale'
  return html`<span class="rate-state">${stateMark(mark)}${view.code('rate_state', code)}</span>`
}

/** Every published rate that the amount went through, with its source, its age and its sheet. */
export function legList(view: View, legs: readonly LegView[]): Html | null {
  if (legs.length === 0) return null
  return html`<ol class="legs">${legs.map(
    (leg) =>
      html`<li><p>${money(view, leg.unit, shortCode(leg.base))} = ${money(
        view,
        leg.rate,
        shortCode(leg.quote),
      )}</p><p class="muted">${data(leg.title)} · ${view.code('rate_kind', leg.kind)} · ${day(
        view,
        leg.date,
      )} · ${state(view, leg.state)}</p>${
        leg.statement === null
          ? null
          : html`<p class="muted">${view.t('tools.sheet')} ${cutIdentifier(leg.statement)}</p>`
      }</li>`,
  )}</ol>`
}

/** What every publisher says of the pair, used or not. */
export function publisherTable(
  view: View,
  publishers: readonly PublisherView[],
  unit: string,
): Html | null {
  if (publishers.length < 2) return null
  const title = view.t('tools.publishers')
  return html`<h3>${title}</h3><div class="scroll" role="region" tabindex="0" aria-label="${title}"
><table><caption class="sr">${title}</caption><thead><tr><th scope="col">${view.t(
    'tools.publisher',
  )}</th><th scope="col" class="end">${view.t('tools.rate')}</th><th scope="col">${view.t(
    'tools.day',
  )}</th><th scope="col">${view.t('tools.role')}</th></tr></thead><tbody>${publishers.map(
    (one) =>
      html`<tr><th scope="row">${data(one.title)}</th><td class="end">${money(
        view,
        one.rate,
        unit,
      )}</td><td>${plainDay(view, one.date)} · ${state(view, one.state)}</td><td>${view.code(
        'rate_role',
        one.role,
      )}</td></tr>`,
  )}</tbody></table></div>`
}

/** Sheets that are shown as doubtful and never used. */
export function quarantine(view: View, sheets: readonly QuarantinedView[]): Html | null {
  if (sheets.length === 0) return null
  const rest = sheets.length - QUARANTINED_MAX
  return html`<section class="quarantine" aria-labelledby="quarantine"><h2
id="quarantine">${view.t('tools.quarantine')}</h2><p>${view.t('tools.quarantine_text')}</p>
<ul class="plain">${sheets
    .slice(0, QUARANTINED_MAX)
    .map(
      (sheet) =>
        html`<li>${stateMark('blocked')}<strong>${data(sheet.title)}</strong> · ${day(
          view,
          sheet.date,
        )}${heldRates(view, sheet)}${reasonList(view, sheet)}</li>`,
    )}</ul>${
    rest > 0 ? html`<p class="muted">${view.t('tools.quarantine_more', { count: rest })}</p>` : null
  }</section>`
}

function reasonList(view: View, { reasons }: QuarantinedView): Html | null {
  if (reasons.length === 0) return null
  return html`<ul>${reasons.map(
    (reason) =>
      html`<li>${view.code('gate', reason.code)} <span class="muted">${view.t('tools.gate_of', {
        count: view.n(reason.count),
        of: view.n(reason.of),
      })}${
        reason.codes.length === 0
          ? null
          : html` · ${data(reason.codes.slice(0, CODES_MAX).join(', '))}`
      }</span></li>`,
  )}</ul>`
}

/** A good sheet may hold single rates that are not believed. */
function heldRates(view: View, { isWhole, held }: QuarantinedView): Html | null {
  if (isWhole || held.length === 0) return null
  const rest = held.length - CODES_MAX
  return html`<p>${view.t('tools.quarantine_rates')} ${held
    .slice(0, CODES_MAX)
    .map(
      ({ code, rate, reason }, i) =>
        html`${i === 0 ? '' : ' · '}${money(view, rate, shortCode(code))} (${view.code(
          'held',
          reason,
        )})`,
    )}${rest > 0 ? html` · ${view.t('tools.more_rates', { count: view.n(rest) })}` : null}</p>`
}

/** Sources of rates that were not read, or are older than they should be. */
export function rateGap(view: View, notChecked: readonly NotChecked[]): Html | null {
  if (notChecked.length === 0) return null
  return html`<p class="gap hint">${stateMark('never_fetched')}<span>${view.t('tools.gap', {
    count: notChecked.length,
  })} <a href="${href(view.locale, '/sources')}">${view.t('nav.sources')}</a></span></p>`
}

export function nothing(view: View): Html {
  return figure(view, '0.00')
}
