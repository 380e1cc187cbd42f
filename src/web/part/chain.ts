import { html } from 'hono/html'
import { LIMITS } from '../../base/limits.ts'
import { formatDecimal } from '../../i18n/format.ts'
import type {
  AlertView,
  AssetView,
  ChainOverview,
  PartyView,
  TransferView,
} from '../../query/chain-types.ts'
import type { View } from '../view.ts'
import { explorerLinks } from './explorer.ts'
import { href, segment } from './href.ts'
import type { Hole, Html } from './html.ts'
import { severityMark, verdictMark } from './mark.ts'
import { money } from './number.ts'
import { type Column, table } from './table.ts'
import { cutIdentifier, data, identifier, moment } from './text.ts'

/** Whole units where the decimals are known, else the digits of the smallest unit, and says so. */
export function amountText(
  view: View,
  amount: {
    readonly amount: string | null
    readonly units: string | null
    readonly symbol: string | null
  },
): Html {
  if (amount.amount === null)
    return html`<span class="muted">${view.t('chain.amount_unread')}</span>`
  const unit = amount.symbol === null ? null : html` ${data(amount.symbol)}`
  return amount.units === null
    ? html`<span class="num">${amount.amount}</span> <span class="muted">${view.t('chain.smallest')}</span>`
    : html`<span class="num">${formatDecimal(view.locale, amount.units)}</span>${unit}`
}

/** Where tokens that are made come from, and where destroyed ones go: nobody has its key. */
const NOBODY = /(?:^|:)0x0{40}$/

/** An asset by its name; a token that nobody names by its contract. */
export function assetName(view: View, asset: AssetView): Html {
  if (asset.symbol !== null) {
    return html`${data(asset.symbol)}${
      asset.name === null || asset.name === asset.symbol
        ? null
        : html` <span class="muted">${data(asset.name)}</span>`
    }`
  }
  if (asset.name !== null) return data(asset.name)
  if (/\/slip44:/.test(asset.id)) return html`${view.t('chain.coin')}`
  return cutIdentifier(asset.id.slice(asset.id.lastIndexOf(':') + 1))
}

export function addressLink(view: View, chain: string, address: string | null): Html {
  if (address === null || NOBODY.test(address)) {
    return html`<span class="muted">${view.t('chain.nobody')}</span>`
  }
  const caip10 = address.startsWith(`${chain}:`) ? address : `${chain}:${address}`
  return html`<a href="${href(view.locale, `/address/${segment(caip10)}`)}">${cutIdentifier(
    caip10.slice(chain.length + 1),
  )}</a>`
}

export function txLink(view: View, chain: string, hash: string): Html {
  return html`<a href="${href(view.locale, `/tx/${segment(chain)}/${segment(hash)}`)}">${cutIdentifier(
    hash,
  )}</a>`
}

export function blockLink(view: View, chain: string, number: number): Html {
  return html`<a class="num" href="${href(
    view.locale,
    `/block/${segment(chain)}/${number}`,
  )}">${view.n(number)}</a>`
}

/** What a transfer was worth on its day; undefined: nobody here priced the asset then. */
export interface Valued {
  readonly currency: string
  of(transfer: TransferView): string | undefined
}

/** Flows of value, one a row; `self` marks the address whose page this is. */
export function transferTable(
  view: View,
  chain: string,
  transfers: readonly TransferView[],
  more: {
    readonly self?: string
    readonly withBlock?: boolean
    readonly values?: Valued | undefined
  } = {},
): Html {
  if (transfers.length === 0) return html`<p class="empty">${view.t('chain.no_transfers')}</p>`
  const side = (id: 'from' | 'to'): Column<TransferView> => ({
    id,
    label: view.t(`chain.${id}`),
    cell: (transfer) => party(view, chain, transfer[id], more.self),
    isTold: true,
  })
  const { values } = more
  return table(view, {
    id: 'transfers',
    label: view.t('chain.transfers'),
    className: 'stacked transfers',
    rows: transfers,
    rowsMax: LIMITS.pageRowsMax,
    row: ({ state }) => ({ className: `b-${state}` }),
    hasForm: false,
    columns: [
      ...(more.withBlock === true ? [whenColumn(view, chain)] : []),
      side('from'),
      side('to'),
      {
        id: 'amount',
        label: view.t('chain.amount'),
        cell: (transfer) => amountOf(view, transfer),
        isFigure: true,
      },
      ...(values === undefined ? [] : [valueColumn(view, values)]),
      ...(more.withBlock === true ? [transactionColumn(view, chain)] : []),
    ],
  })
}

function whenColumn(view: View, chain: string): Column<TransferView> {
  return {
    id: 'when',
    label: view.t('chain.when'),
    cell: ({ at, block }) => html`${moment(view, at)} · ${blockLink(view, chain, block)}`,
  }
}

function valueColumn(view: View, values: Valued): Column<TransferView> {
  return {
    id: 'value',
    label: view.t('chain.value'),
    cell: (transfer) => {
      const value = values.of(transfer)
      return value === undefined ? '–' : money(view, value, values.currency)
    },
    isFigure: true,
    isTold: true,
  }
}

function transactionColumn(view: View, chain: string): Column<TransferView> {
  return {
    id: 'tx',
    label: view.t('chain.transaction'),
    cell: ({ tx }) => txLink(view, chain, tx),
    isTold: true,
  }
}

function amountOf(view: View, transfer: TransferView): Html {
  return html`${amountText(view, transfer)}${
    transfer.tokenId === null ? null : html` <span class="num">#${transfer.tokenId}</span>`
  }${transfer.isInternal ? html` <span class="muted">${view.t('chain.internal')}</span>` : null}`
}

function party(view: View, chain: string, address: string | null, self: string | undefined): Html {
  return address !== null && self !== undefined && isSame(chain, address, self)
    ? html`<strong>${view.t('chain.this_address')}</strong>`
    : addressLink(view, chain, address)
}

/** Rows may name an address with or without the chain in front. */
function isSame(chain: string, a: string, b: string): boolean {
  const bare = (text: string) =>
    text.startsWith(`${chain}:`) ? text.slice(chain.length + 1) : text
  return bare(a) === bare(b)
}

/** Parties with what is said of them, the worst first. */
export function partyList(view: View, chain: string, parties: readonly PartyView[]): Html | null {
  if (parties.length === 0) return null
  return html`<ul class="plain parties">${parties.map(
    (one) =>
      html`<li>${verdictMark(one.verdict)} ${addressLink(view, chain, one.address)} <span
  class="muted">${view.t(`verdict.${one.verdict}`)}${one.classes.map(
    (name) => html` · ${view.code('chain.class', name)}`,
  )}${one.label === null ? null : html` · ${data(one.label)}`}</span></li>`,
  )}</ul>`
}

/** Alerts, newest first, each with its state in words: a taken-back alert stays readable. */
export function alertList(view: View, alerts: readonly AlertView[]): Html {
  if (alerts.length === 0) return html`<p class="empty">${view.t('alerts.none')}</p>`
  return html`<ol class="alerts">${alerts.map((alert) => alertItem(view, alert))}</ol>`
}

/**
 * The block and the transaction that raised it. Of a block that was replaced its hash still leads
 * to what is kept of it; its transaction is on no page, so it stays a text.
 */
function whereOf(view: View, { chain, block, blockHash, tx, state }: AlertView): Html {
  const isGone = state === 'retracted'
  const blockAt = isGone
    ? html`<a class="num" href="${href(
        view.locale,
        `/block/${segment(chain)}/${segment(blockHash)}`,
      )}">${view.n(block)}</a>`
    : blockLink(view, chain, block)
  if (tx === null) return html`${view.t('chain.block')} ${blockAt}`
  return html`${view.t('chain.block')} ${blockAt} · ${view.t('chain.transaction')} ${
    isGone ? cutIdentifier(tx) : txLink(view, chain, tx)
  }`
}

export function alertItem(view: View, alert: AlertView): Html {
  return html`<li id="a-${alert.id}" class="alert a-${alert.state}">
<p class="what">${severityMark(alert.severity)} <strong>${view.code(
    'alert.rule',
    alert.rule,
  )}</strong> <span class="label-tag">${view.t(`alert.state.${alert.state}`)}</span></p>
<p>${alert.text}</p>
<p class="muted">${moment(view, alert.at)} · ${whereOf(view, alert)}</p>
<ul class="plain subjects">${alert.subjects.map(
    (subject) => html`<li>${addressLink(view, alert.chain, subject)}</li>`,
  )}</ul>
${
  alert.statements.length === 0
    ? null
    : html`<p class="muted">${view.t('alerts.proof', { count: alert.statements.length })}</p>`
}</li>`
}

/** Where the same thing can be seen elsewhere, and what to do when nothing is held here. */
export function notHeld(view: View, explorers: readonly string[]): Html {
  return html`<p class="note">${view.t('chain.not_held')}</p>${explorerLinks(view, explorers)}<p class="hint">${view.t('chain.add_node')}</p><p class="hint">${identifier(
    '{"chains": {"eip155:1": {"rpc": ["https://…"], "follow": true}}}',
  )}</p>`
}

/** Ranges of blocks, the digits in one direction in every language. */
export function heldRanges(view: View, held: ChainOverview['held']): Hole {
  if (held.length === 0) return '–'
  const texts = held.map(({ from, to }) => `${view.n(from)}–${view.n(to)}`)
  return html`<bdi class="num" dir="ltr">${texts.join(', ')}</bdi>`
}

/** The chains that are held here, with where they stand. */
export function chainsLine(view: View, chains: readonly ChainOverview[]): Html {
  if (chains.length === 0) return html`<p class="note no-chain">${view.t('alerts.no_chain')}</p>`
  return html`<ul class="plain chains">${chains.map(
    (one) =>
      html`<li><a href="${href(view.locale, `/chain/${segment(one.chain)}`)}">${one.name}</a> <span
  class="muted">${view.t(`chain.state.${one.state}`)}${
    one.head === null
      ? null
      : html` · ${view.t('chain.head')} <span class="num">${view.n(one.head.number)}</span>`
  } · ${view.t('alerts.count', { count: one.alerts })}</span></li>`,
  )}</ul>`
}
