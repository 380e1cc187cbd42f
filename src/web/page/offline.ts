import { html } from 'hono/html'
import { hasKey, type MessageKey, message } from '../../i18n/catalogue.ts'
import { localeFacts } from '../../i18n/locales.ts'
import { WORKER_PATH } from '../asset/worker.ts'
import { href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { severityMark, verdictMark } from '../part/mark.ts'
import type { View } from '../view.ts'

/** Words that the script fills in, with `{name}` where a value goes. */
const WORDS: readonly MessageKey[] = [
  'offline.get',
  'offline.getting',
  'offline.held',
  'offline.listed',
  'offline.newer',
  'offline.none',
  'offline.none_here',
  'offline.not_adverse',
  'offline.not_covered',
  'offline.not_kept',
  'offline.not_listed',
  'offline.old',
  'offline.replace',
  'offline.signed',
  'offline.unsigned',
  'offline.ask_online',
  'offline.reason.licence',
  'error.offline.bad_signature',
  'error.offline.damaged',
  'error.offline.expired',
  'error.offline.older',
  'error.offline.other_key',
  'error.offline.unreachable',
  'limits.address',
  'limits.site',
  'reading.checksum_mismatch',
  'state.blocked',
  'state.failed',
  'state.never_fetched',
  'state.stale',
  'verdict.danger',
  'verdict.unknown',
  'verdict.warning',
  'why.entry',
  'why.listed',
  'why.source',
  'why.title',
  'why.version',
]
/** Codes of findings and of readings, which have a message each. */
const CODES = [
  'finding.kind.enforcement',
  'finding.kind.exposure',
  'finding.kind.impersonation',
  'finding.kind.label',
  'finding.kind.licence',
  'finding.kind.operational',
  'finding.kind.phishing',
  'finding.kind.positive_evidence',
  'finding.kind.sanction',
  'finding.kind.scam_report',
  'finding.kind.token_risk',
  'finding.kind.warning',
  'finding.state.disputed',
  'finding.state.superseded',
  'finding.state.withdrawn',
  'kind.lei',
  'kind.licence',
  'kind.name',
  'kind.token',
  'kind.transaction',
] as const

/**
 * The check that no server sees. The page is the same for everybody and holds nothing of a
 * question, so that it can be kept and opened without a network; `web/island/offline.ts` fills it.
 */
export function offlinePage(view: View): Page {
  const marks = [
    ['danger', verdictMark('danger')],
    ['warning', verdictMark('warning')],
    ['unknown', verdictMark('unknown')],
    ['positive', severityMark('positive')],
    ['info', severityMark('info')],
  ] as const
  return {
    title: view.t('offline.title'),
    description: view.t('offline.lead'),
    isReading: true,
    canonical: '/offline',
    islands: ['offline'],
    body: html`<x-offline class="offline" data-base="/${view.locale}"
  data-intl="${localeFacts(view.locale).intl}" data-app="${WORKER_PATH}"
  data-index="/download/manifest.json" data-folder="/download/" data-words="${words(view)}"${
    localeFacts(view.locale).reviewed ? null : html` data-english="${english()}"`
  }>
<div class="wide">
<h1>${view.t('offline.title')}</h1>
<p class="lead">${view.t('offline.lead')}</p>
<p class="note" data-part="no-script">${view.t('offline.no_script')} <a
  href="${href(view.locale, '/')}">${view.t('nav.check')}</a></p>
<p class="note" data-part="new-page" role="status" hidden>${view.t(
      'offline.new_page',
    )} <button class="button quiet" type="button" data-act="reload">${view.t(
      'offline.reload',
    )}</button></p>
<p class="note fault" data-part="fault" role="alert" hidden></p>
<form class="box large" data-part="form" hidden><label for="oq">${view.t(
      'offline.label',
    )}</label><div class="line"><input id="oq" type="text" maxlength="2048" required dir="auto"
  autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search"><button
  class="button" type="submit">${view.t('box.submit')}</button></div></form>
<div class="held" data-start hidden><div data-part="state" role="status"></div>
<p class="acts"><button class="button" type="button" data-act="get" hidden></button> <button
  class="button quiet" type="button" data-act="remove" hidden>${view.t(
    'offline.remove',
  )}</button></p></div>
</div>
<div data-part="answer" aria-live="polite"></div>
<div class="wide" data-part="lists" hidden>${lists(view)}</div>
${marks.map(([name, mark]) => html`<template data-mark="${name}">${mark}</template>`)}
</x-offline>`,
  }
}

function lists(view: View): Html {
  return html`<section class="area" aria-labelledby="held-lists"><h2 id="held-lists">${view.t(
    'offline.lists',
  )}</h2>
<p class="muted" data-part="stale" hidden>${view.t('state.stale.means')}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${view.t('download.list')}"><table><thead><tr><th
  scope="col">${view.t('download.list')}</th><th scope="col">${view.t(
    'why.version',
  )}</th><th scope="col" class="num">${view.t('offline.entries')}</th></tr></thead><tbody data-part="list-rows"></tbody></table></div></section>
<section class="area" aria-labelledby="absent-lists"><h2 id="absent-lists">${view.t(
    'offline.absent',
  )}</h2><p>${view.t(
    'offline.absent_text',
  )}</p><details class="fold"><summary>${view.t('offline.absent')} <span
  class="num" data-part="absent-count"></span></summary><ul class="plain columns"
  data-part="absent"></ul></details></section>`
}

/** No named person has read this language yet: the English answer stands beneath its own. */
const ANSWER = /^(?:verdict\.|kind\.|offline\.(?:listed|not_listed|not_adverse|not_covered)$)/

function english(): string {
  const keys = [...WORDS, ...CODES.filter(hasKey)].filter((key) => ANSWER.test(key))
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, message('en', key)])))
}

/** One object, so that the page holds no script of its own. */
function words(view: View): string {
  const keys = [...WORDS, ...CODES.filter(hasKey)]
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, view.t(key)])))
}
