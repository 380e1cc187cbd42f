import { html } from 'hono/html'
import type {
  DatasetState,
  FindingKind,
  FindingState,
  Licence,
  VerdictValue,
} from '../../model/verdict.ts'
import { segment } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { stateMark, verdictMark } from '../part/mark.ts'
import type { View } from '../view.ts'

export const VERDICTS: readonly VerdictValue[] = [
  'danger',
  'warning',
  'unknown',
  'no_adverse_evidence',
]
const STATES: readonly DatasetState[] = ['current', 'stale', 'failed', 'blocked', 'never_fetched']
const FINDING_STATES: readonly FindingState[] = ['active', 'superseded', 'withdrawn', 'disputed']
const KINDS: readonly FindingKind[] = [
  'sanction',
  'warning',
  'enforcement',
  'phishing',
  'scam_report',
  'impersonation',
  'token_risk',
  'exposure',
  'label',
  'licence',
  'operational',
  'positive_evidence',
]
const LICENCE_KINDS: readonly Licence['kind'][] = [
  'licence',
  'registration',
  'exemption',
  'notification',
  'warning',
  'ban',
]
const RULES = [
  'method.rule.unknown',
  'method.rule.required',
  'method.rule.stricter',
  'method.rule.loss',
  'method.rule.issuer',
  'method.rule.wording',
] as const

/** How an answer is made, in words; the exact rules are files, served as they are. */
export function methodPage(view: View, documents: readonly string[]): Page {
  const section = (id: string, title: string, body: Html) =>
    html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${body}</section>`
  return {
    title: view.t('method.title'),
    description: view.t('method.description'),
    isReading: true,
    body: html`<div class="wide narrow">
<h1>${view.t('method.title')}</h1>
<p class="lead">${view.t('method.description')}</p>
${section('verdicts', view.t('method.verdicts'), verdicts(view))}
${section(
  'rules',
  view.t('method.rules'),
  html`<ul class="prose">${RULES.map((key) => html`<li>${view.t(key)}</li>`)}</ul>`,
)}
${section(
  'times',
  view.t('method.times'),
  html`<dl class="terms"><div><dt>asOf</dt><dd>${view.t(
    'method.asOf',
  )}</dd></div><div><dt>knownAt</dt><dd>${view.t('method.knownAt')}</dd></div></dl>`,
)}
${section('states', view.t('method.states'), states(view))}
${section('kinds', view.t('method.kinds'), kinds(view))}
${section('licence-kinds', view.t('method.licences'), licenceKinds(view))}
${section('proof', view.t('method.proof'), html`<p>${view.t('method.proof_text')}</p>`)}
${
  documents.length === 0
    ? null
    : section(
        'documents',
        view.t('method.documents'),
        html`<ul class="plain">${documents.map(
          (name) => html`<li><a href="/method/${segment(name)}"><bdi>${name}</bdi></a></li>`,
        )}</ul>`,
      )
}
</div>`,
  }
}

function verdicts(view: View): Html {
  return html`<dl class="verdicts">${VERDICTS.map(
    (value) =>
      html`<div class="v-${value}"><dt>${verdictMark(value)}<span>${view.t(
        `verdict.${value}`,
      )}</span> <code>${value}</code></dt><dd>${view.t(`verdict.${value}.means`)}</dd></div>`,
  )}</dl>`
}

function states(view: View): Html {
  return html`<dl class="terms">${STATES.map(
    (state) =>
      html`<div><dt>${stateMark(state)}${view.t(`state.${state}`)}</dt><dd>${view.t(
        `state.${state}.means`,
      )}</dd></div>`,
  )}</dl>`
}

function kinds(view: View): Html {
  return html`<dl class="terms">${KINDS.map(
    (kind) =>
      html`<div><dt>${view.t(`finding.kind.${kind}`)}</dt><dd>${view.t(
        `finding.kind.${kind}.means`,
      )}</dd></div>`,
  )}</dl>
<h3>${view.t('method.finding_states')}</h3>
<dl class="terms">${FINDING_STATES.map(
    (state) =>
      html`<div><dt>${view.t(`finding.state.${state}`)}</dt><dd>${view.t(
        `finding.state.${state}.means`,
      )}</dd></div>`,
  )}</dl>`
}

function licenceKinds(view: View): Html {
  return html`<dl class="terms">${LICENCE_KINDS.map(
    (kind) =>
      html`<div><dt>${view.t(`licence.kind.${kind}`)}</dt><dd>${view.t(
        `licence.kind.${kind}.means`,
      )}</dd></div>`,
  )}</dl>`
}
