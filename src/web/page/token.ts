import { html } from 'hono/html'
import { formatDecimal } from '../../i18n/format.ts'
import type { TokenAnswer } from '../../query/chain-types.ts'
import { addressLink, assetName } from '../part/chain.ts'
import { explorerLinks } from '../part/explorer.ts'
import { findings } from '../part/finding.ts'
import { href, segment } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { data, facts, identifier, moment } from '../part/text.ts'
import type { View } from '../view.ts'

const section = (id: string, title: string, body: Html | null) =>
  body === null
    ? null
    : html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`

/** One token: is it the contract that lists carry, and what is present in its code. */
export function tokenPage(view: View, answer: TokenAnswer, explorers: readonly string[]): Page {
  const { asset, chain } = answer
  const name = asset.name ?? asset.symbol ?? view.t('chain.token')
  return {
    title: `${name} · ${view.t('chain.token')}`,
    description: view.t('chain.token_of', { chain }),
    body: html`<div class="wide">
<p class="eyebrow"><a href="${href(view.locale, `/chain/${segment(chain)}`)}">${identifier(
      chain,
    )}</a></p>
<h1>${data(name)}${
      asset.symbol === null || asset.symbol === name
        ? null
        : html` <span class="muted">${data(asset.symbol)}</span>`
    }</h1>
<p class="asked">${addressLink(view, chain, answer.address)}</p>
${explorerLinks(view, explorers)}
<p class="standing-line st-${answer.standing}"><strong>${view.t(
      `chain.standing.${answer.standing}`,
    )}</strong></p>
${facts([
  answer.lists.length === 0
    ? null
    : [
        view.t('chain.lists'),
        joined(
          view,
          answer.lists.map(({ title }) => data(title)),
        ),
      ],
  answer.namesakes.length === 0
    ? null
    : [
        view.t('chain.namesakes'),
        html`<ul class="plain">${answer.namesakes.map(
          (one) => html`<li>${assetLink(view, one.id, assetName(view, one))}</li>`,
        )}</ul>`,
      ],
  [view.t('chain.decimals'), asset.decimals === null ? unchecked(view) : view.n(asset.decimals)],
  [view.t('chain.supply'), supply(view, answer)],
  [
    view.t('chain.holders'),
    answer.holders === null
      ? unchecked(view)
      : html`<span class="num">${view.n(answer.holders)}</span>`,
  ],
  [view.t('chain.transfers'), html`<span class="num">${view.n(answer.transfers)}</span>`],
])}
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>
</div><div class="wide">
${section('code', view.t('chain.code'), code(view, answer))}
${section(
  'labels',
  view.t('chain.labels'),
  answer.findings.length === 0
    ? html`<p class="empty">${view.t('chain.no_labels')}</p>`
    : findings(view, answer.findings),
)}
<ul class="ways"><li><a href="/v1/tokens/${segment(asset.id)}">${view.t(
      'todo.json',
    )}</a></li><li><a href="${href(view.locale, '/check', { q: asset.id })}">${view.t(
      'nav.check',
    )}</a></li></ul></div>`,
  }
}

function unchecked(view: View): Html {
  return html`<span class="muted">${view.t('chain.unchecked')}</span>`
}

function joined(view: View, parts: readonly Hole[]): Html {
  return html`${parts.map((part, at) => [at === 0 ? null : view.t('list.separator'), part])}`
}

function assetLink(view: View, id: string, label: Html): Html {
  return html`<a href="${href(view.locale, `/token/${segment(id)}`)}">${label}</a>`
}

function supply(view: View, { supply: digits, asset }: TokenAnswer): Hole {
  if (digits === null) return unchecked(view)
  if (asset.decimals === null) {
    return html`<span class="num">${digits}</span> <span class="muted">${view.t(
      'chain.smallest',
    )}</span>`
  }
  return html`<span class="num">${formatDecimal(
    view.locale,
    wholeUnits(digits, asset.decimals),
  )}</span>${asset.symbol === null ? null : html` ${data(asset.symbol)}`}`
}

/** `1500`, 3 → `1.5`: digits are moved, never calculated with. */
function wholeUnits(digits: string, decimals: number): string {
  if (decimals === 0 || !/^\d+$/.test(digits)) return digits
  const padded = digits.padStart(decimals + 1, '0')
  const rest = padded.slice(-decimals).replace(/0+$/, '')
  return padded.slice(0, -decimals) + (rest === '' ? '' : `.${rest}`)
}

/** What the bytecode can do, by selector: said as what is present, never as a judgement. */
function code(view: View, { code: found, chain }: TokenAnswer): Html {
  if (found === null) return html`<p class="empty">${view.t('chain.code_unchecked')}</p>`
  return html`${
    found.proxy === null && found.owner === null
      ? null
      : facts([
          found.proxy === null
            ? null
            : [view.t('chain.proxy'), addressLink(view, chain, found.proxy.implementation)],
          found.owner === null
            ? null
            : [view.t('chain.owner'), addressLink(view, chain, found.owner)],
        ])
  }${
    found.present.length === 0
      ? html`<p class="empty">${view.t('chain.code_none')}</p>`
      : html`<ul class="plain">${found.present.map(
          (name) => html`<li>${view.t(`chain.present.${name}`)}</li>`,
        )}</ul>`
  }<p class="hint">${view.t('chain.code_hint')}</p>`
}
