import { html } from 'hono/html'
import { formatAge } from '../../i18n/format.ts'
import type {
  AlertsAnswer,
  AlertView,
  BlockView,
  ChainOverview,
  TransactionAnswer,
} from '../../query/chain-types.ts'
import {
  addressLink,
  alertList,
  amountText,
  blockLink,
  heldRanges,
  notHeld,
  partyList,
  transferTable,
  txLink,
} from '../part/chain.ts'
import { EXPLORERS_MAX, explorerLinks } from '../part/explorer.ts'
import { href, segment } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { data, facts, identifier, moment } from '../part/text.ts'
import type { View } from '../view.ts'

export interface ChainPageData {
  readonly chain: ChainOverview
  readonly blocks: readonly Pick<BlockView, 'number' | 'hash' | 'at' | 'state' | 'counts'>[]
  readonly alerts: AlertsAnswer
}

const section = (id: string, title: string, body: Html | null) =>
  body === null
    ? null
    : html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`

/** One followed chain: where its head is, what is held of it, its newest blocks and alerts. */
export function chainPage(view: View, { chain, blocks, alerts }: ChainPageData): Page {
  return {
    title: chain.name,
    description: view.t('chain.description', { name: chain.name }),
    body: html`<div class="wide">
<p class="eyebrow">${identifier(chain.chain)}</p>
<h1>${data(chain.name)}</h1>
${explorerLinks(view, chain.explorers.slice(0, EXPLORERS_MAX))}
${
  chain.halt === null
    ? null
    : html`<p class="note">${view.t('chain.halted', { code: chain.halt.code })} ${moment(
        view,
        chain.halt.at,
      )}</p>`
}
${facts([
  [view.t('chain.state'), view.t(`chain.state.${chain.state}`)],
  chain.head === null
    ? null
    : [
        view.t('chain.head'),
        html`${blockLink(view, chain.chain, chain.head.number)} · ${moment(view, chain.head.at)}`,
      ],
  chain.lagSeconds === null
    ? null
    : [view.t('chain.lag'), formatAge(view.locale, chain.lagSeconds)],
  chain.finalized === null
    ? null
    : [view.t('chain.finalized'), html`<span class="num">${view.n(chain.finalized)}</span>`],
  [view.t('chain.held'), heldRanges(view, chain.held)],
  [view.t('chain.blocks'), html`<span class="num">${view.n(chain.blocks)}</span>`],
  [view.t('chain.transactions'), html`<span class="num">${view.n(chain.transactions)}</span>`],
  [view.t('chain.transfers'), html`<span class="num">${view.n(chain.transfers)}</span>`],
  [view.t('chain.orphaned'), html`<span class="num">${view.n(chain.orphaned)}</span>`],
])}
${chain.backfill === null ? null : backfill(view, chain.backfill)}
</div><div class="wide">
${section('alerts', view.t('alerts.title'), alertList(view, alerts.alerts))}
${section('blocks', view.t('chain.blocks'), blockTable(view, chain.chain, blocks))}
<ul class="ways"><li><a href="/v1/chains">${view.t('todo.json')}</a></li></ul></div>`,
  }
}

function backfill(view: View, run: NonNullable<ChainOverview['backfill']>): Html {
  return html`<p><progress max="${run.total}" value="${run.done}">${view.n(run.done)}</progress> ${view.t(
    'chain.backfill',
    {
      done: view.n(run.done),
      total: view.n(run.total),
      rate: view.n(Math.round(run.blocksPerSecond)),
    },
  )}${run.secondsLeft === null ? null : html` · ${formatAge(view.locale, run.secondsLeft)}`}</p>`
}

function blockTable(view: View, chain: string, blocks: ChainPageData['blocks']): Html {
  if (blocks.length === 0) return html`<p class="empty">${view.t('chain.no_blocks')}</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'chain.blocks',
  )}"><table><thead><tr><th scope="col">${view.t('chain.block')}</th><th
  scope="col">${view.t('chain.when')}</th><th scope="col" class="end">${view.t(
    'chain.transactions',
  )}</th><th scope="col" class="end">${view.t('chain.transfers')}</th><th scope="col">${view.t(
    'chain.state',
  )}</th></tr></thead><tbody>${blocks.map(
    (block) =>
      html`<tr><th scope="row">${blockLink(view, chain, block.number)}</th><td>${moment(
        view,
        block.at,
      )}</td><td class="end num">${view.n(block.counts.transactions)}</td><td class="end num">${view.n(
        block.counts.transfers,
      )}</td><td>${view.t(`chain.block_state.${block.state}`)}</td></tr>`,
  )}</tbody></table></div>`
}

/** One block with its alerts, flows and transactions, and what of it was not read. */
export function blockPage(view: View, block: BlockView, explorers: readonly string[]): Page {
  const missing = (['receipts', 'traces'] as const).filter((part) => !block.coverage[part])
  const title = `${view.t('chain.block')} ${block.number}`
  return {
    title,
    description: view.t('chain.block_of', { chain: block.chain }),
    body: html`<div class="wide">
<p class="eyebrow"><a href="${href(view.locale, `/chain/${segment(block.chain)}`)}">${identifier(
      block.chain,
    )}</a></p>
<h1>${title}</h1>
<p class="asked">${identifier(block.hash)}</p>
${explorerLinks(view, explorers)}
${block.origin === 'node' ? html`<p class="note">${view.t('chain.from_node')}</p>` : null}
${facts([
  [view.t('chain.when'), moment(view, block.at)],
  [view.t('chain.state'), view.t(`chain.block_state.${block.state}`)],
  [
    view.t('chain.parent'),
    block.number === 0 ? '–' : blockLink(view, block.chain, block.number - 1),
  ],
  missing.length === 0
    ? null
    : [
        view.t('chain.not_read'),
        missing.map((part) => view.t(`chain.part.${part}`)).join(view.t('list.separator')),
      ],
])}</div><div class="wide">
${section('alerts', view.t('alerts.title'), alertList(view, block.alerts))}
${section('transfers', view.t('chain.transfers'), transferTable(view, block.chain, block.transfers))}
${section('transactions', view.t('chain.transactions'), transactions(view, block))}
${
  block.next === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(
        view.locale,
        `/block/${segment(block.chain)}/${block.number}`,
        { from: block.next },
      )}">${view.t('registry.next')}</a></p>`
}
<ul class="ways"><li><a href="/v1/blocks/${segment(block.chain)}/${block.number}">${view.t(
      'todo.json',
    )}</a></li></ul></div>`,
  }
}

function transactions(view: View, block: BlockView): Html {
  if (block.transactions.length === 0) return html`<p class="empty">–</p>`
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'chain.transactions',
  )}"><table><thead><tr><th scope="col">${view.t('chain.transaction')}</th><th scope="col">${view.t(
    'chain.from',
  )}</th><th scope="col">${view.t('chain.to')}</th><th scope="col">${view.t(
    'chain.state',
  )}</th></tr></thead><tbody>${block.transactions.map(
    (tx) =>
      html`<tr><th scope="row">${txLink(view, block.chain, tx.hash)}</th><td>${addressLink(
        view,
        block.chain,
        tx.from,
      )}</td><td>${addressLink(view, block.chain, tx.to ?? tx.created)}</td><td>${view.t(
        `chain.status.${tx.status}`,
      )}</td></tr>`,
  )}</tbody></table></div>`
}

/** One transaction: who moved what to whom, and what is said of each of them. */
export function transactionPage(
  view: View,
  answer: TransactionAnswer,
  explorers: readonly string[],
): Page {
  const { transaction: tx, chain, block } = answer
  return {
    title: view.t('chain.transaction'),
    description: view.t('chain.transaction_of', { chain }),
    isPrivate: true,
    body: html`<div class="wide">
<p class="eyebrow"><a href="${href(view.locale, `/chain/${segment(chain)}`)}">${identifier(
      chain,
    )}</a></p>
<h1>${view.t('chain.transaction')}</h1>
<p class="asked">${identifier(tx.hash)}</p>
${explorerLinks(view, explorers)}
${answer.origin === 'node' ? html`<p class="note">${view.t('chain.from_node')}</p>` : null}
${facts([
  [view.t('chain.status'), view.t(`chain.status.${tx.status}`)],
  block === null
    ? null
    : [
        view.t('chain.block'),
        html`${blockLink(view, chain, block.number)} · ${view.t(
          `chain.block_state.${block.state}`,
        )} · ${moment(view, block.at)}`,
      ],
  [view.t('chain.from'), addressLink(view, chain, tx.from)],
  [view.t('chain.to'), addressLink(view, chain, tx.to ?? tx.created)],
])}</div><div class="wide">
${section('alerts', view.t('alerts.title'), alertList(view, answer.alerts))}
${section('parties', view.t('chain.parties'), partyList(view, chain, answer.parties))}
${section('transfers', view.t('chain.transfers'), transferTable(view, chain, answer.transfers))}
${section('events', view.t('chain.events'), events(view, answer))}
${answer.isComplete ? null : html`<p class="note">${view.t('chain.more_rows')}</p>`}
<ul class="ways"><li><a href="/v1/tx/${segment(chain)}/${segment(tx.hash)}">${view.t(
      'todo.json',
    )}</a></li></ul></div>`,
  }
}

function events(view: View, { events: all, chain }: TransactionAnswer): Html | null {
  if (all.length === 0) return null
  return html`<ul class="plain">${all.map(
    (event) =>
      html`<li><strong>${view.code('chain.event', event.kind)}</strong> ${addressLink(
        view,
        chain,
        event.contract,
      )}${
        event.owner === null ? null : html` · ${addressLink(view, chain, event.owner)}`
      }${event.spender === null ? null : html` → ${addressLink(view, chain, event.spender)}`}${
        event.amount === null
          ? null
          : html` · ${amountText(view, { amount: event.amount, units: null, symbol: null })}`
      }</li>`,
  )}</ul>`
}

/** Nothing is held, and no node can be asked: says so, and where to look instead. */
export function notHeldPage(
  view: View,
  what: string,
  explorers: readonly string[],
  alerts: readonly AlertView[] = [],
): Page {
  return {
    title: view.t('chain.not_held_title'),
    description: view.t('chain.not_held'),
    status: 404,
    isPrivate: true,
    body: html`<div class="wide"><h1>${view.t('chain.not_held_title')}</h1>
<p class="asked">${identifier(what)}</p>${notHeld(view, explorers)}
${alerts.length === 0 ? null : section('alerts', view.t('alerts.title'), alertList(view, alerts))}</div>`,
  }
}
