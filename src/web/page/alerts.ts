import { html } from 'hono/html'
import { localeFacts } from '../../i18n/locales.ts'
import type { AlertsAnswer, ChainOverview } from '../../query/chain-types.ts'
import { alertList, chainsLine } from '../part/chain.ts'
import { choice } from '../part/form.ts'
import { href, queryOf } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { severityMark } from '../part/mark.ts'
import { moment } from '../part/text.ts'
import type { View } from '../view.ts'

export interface AlertsPageData {
  readonly answer: AlertsAnswer
  readonly chains: readonly ChainOverview[]
  readonly rules: readonly string[]
  readonly filter: Readonly<Record<'chain' | 'rule' | 'state', string | undefined>>
  readonly isNewest: boolean
}

const STATES = ['provisional', 'confirmed', 'retracted'] as const
const SEVERITIES = ['danger', 'warning', 'info'] as const

/** What the followed chains raised, and what was taken back. */
export function alertsPage(view: View, page: AlertsPageData): Page {
  const { answer, filter } = page
  return {
    title: view.t('alerts.title'),
    description: view.t('alerts.description'),
    ...(page.isNewest ? { islands: ['live' as const] } : {}),
    body: html`<div class="wide">
<h1>${view.t('alerts.title')}</h1>
<p class="lead">${view.t('alerts.description')}</p>
${chainsLine(view, page.chains)}
<form class="picker" method="get" action="${href(view.locale, '/alerts')}">${choice({
      id: 'chain',
      name: 'chain',
      label: view.t('chain.chain'),
      value: filter.chain ?? '',
      options: [
        ['', view.t('alerts.any')],
        ...page.chains.map(({ chain, name }) => [chain, name] as const),
      ],
    })}${choice({
      id: 'rule',
      name: 'rule',
      label: view.t('alerts.rule'),
      value: filter.rule ?? '',
      options: [
        ['', view.t('alerts.any')],
        ...page.rules.map((rule) => [rule, view.code('alert.rule', rule)] as const),
      ],
    })}${choice({
      id: 'state',
      name: 'state',
      label: view.t('alerts.state'),
      value: filter.state ?? '',
      options: [
        ['', view.t('alerts.any')],
        ...STATES.map((state) => [state, view.t(`alert.state.${state}`)] as const),
      ],
    })}<button class="button quiet" type="submit">${view.t('registry.filter')}</button></form>
${page.isNewest ? live(view, page) : alertList(view, answer.alerts)}
<p class="pager">${
      page.isNewest
        ? null
        : html`<a class="button quiet" href="${href(view.locale, '/alerts', filter)}">${view.t(
            'alerts.newest',
          )}</a>`
    } ${
      answer.nextBefore === null
        ? null
        : html`<a class="button quiet" href="${href(view.locale, '/alerts', {
            ...filter,
            before: answer.nextBefore,
          })}">${view.t('alerts.older')}</a>`
    }</p>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>
<ul class="ways"><li><a href="/v1/alerts">${view.t('todo.json')}</a></li><li><a
  href="/method/chain-rules.md">${view.t('nav.method')}</a></li></ul>
</div>`,
  }
}

/** The list, with what a script needs to add to it; without one it stands as it is. */
function live(view: View, { answer, rules, filter }: AlertsPageData): Html {
  const words = {
    block: view.t('chain.block'),
    transaction: view.t('chain.transaction'),
    offline: view.t('alerts.offline'),
    ...Object.fromEntries(
      STATES.map((state) => [`state.${state}`, view.t(`alert.state.${state}`)]),
    ),
    ...Object.fromEntries(rules.map((rule) => [`rule.${rule}`, view.code('alert.rule', rule)])),
  }
  return html`<x-live data-since="${answer.head}" data-src="/v1/alerts/stream${queryOf({
    lang: view.locale,
  })}" data-base="/${view.locale}" data-intl="${localeFacts(view.locale).intl}" data-words="${JSON.stringify(words)}"${
    filter.chain === undefined ? null : html` data-chain="${filter.chain}"`
  }${filter.rule === undefined ? null : html` data-rule="${filter.rule}"`}><p
  class="newer hint" role="status">${view.t('alerts.newer')}</p>${SEVERITIES.map(
    (severity) => html`<template data-mark="${severity}">${severityMark(severity)}</template>`,
  )}
${alertList(view, answer.alerts)}</x-live>`
}
