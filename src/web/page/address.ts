import { html } from 'hono/html'
import { formatDecimal } from '../../i18n/format.ts'
import type {
  AddressAnswer,
  CounterpartiesAnswer,
  TransfersAnswer,
  TransferView,
} from '../../query/chain-types.ts'
import { bars } from '../part/bars.ts'
import {
  addressLink,
  alertList,
  assetName,
  blockLink,
  heldRanges,
  notHeld,
  transferTable,
  txLink,
  type Valued,
} from '../part/chain.ts'
import { explorerLinks } from '../part/explorer.ts'
import { findings } from '../part/finding.ts'
import { choice } from '../part/form.ts'
import { href, queryOf, segment } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { verdictMark } from '../part/mark.ts'
import { type Column, table } from '../part/table.ts'
import { data, facts, identifier, moment } from '../part/text.ts'
import type { View } from '../view.ts'

export interface AddressPageData {
  readonly answer: AddressAnswer
  readonly transfers: TransfersAnswer | undefined
  readonly counterparties: CounterpartiesAnswer | undefined
  /** What the transfers were worth; undefined where no currency was asked for. */
  readonly values: Valued | undefined
  /** Currencies that the reader may choose; empty where nothing here has rates. */
  readonly currencies: readonly string[]
  readonly query: Readonly<Record<'cursor' | 'direction' | 'currency', string | undefined>>
}

const section = (id: string, title: string, body: Html | null) =>
  body === null
    ? null
    : html`<section class="area" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`

/** One address: what is said of it first, then what blocks that are held here show it doing. */
export function addressPage(view: View, page: AddressPageData): Page {
  const { answer } = page
  const bare = bareOf(answer)
  const isEmpty = answer.seen === null && answer.node === null
  return {
    title: `${view.t('chain.address')} ${bare}`,
    description: view.t('chain.address_of', { chain: answer.chain }),
    isPrivate: true,
    body: html`${band(view, answer, bare)}
<div class="wide on-chain">
${isEmpty ? notHeld(view, []) : held(view, answer)}
${section('labels', view.t('chain.labels'), labels(view, answer))}
${answer.alerts.length === 0 ? null : section('alerts', view.t('alerts.title'), alertList(view, answer.alerts))}
${answer.seen === null ? null : seenSections(view, page)}
<ul class="ways"><li><a href="/v1/addresses/${segment(answer.address)}">${view.t(
      'todo.json',
    )}</a></li><li><a href="${href(view.locale, '/check', { q: answer.address })}">${view.t(
      'nav.check',
    )}</a></li></ul></div>`,
  }
}

function bareOf({ address, chain }: AddressAnswer): string {
  return address.startsWith(`${chain}:`) ? address.slice(chain.length + 1) : address
}

function band(view: View, answer: AddressAnswer, bare: string): Html {
  return html`<section class="answer v-${answer.verdict}" aria-labelledby="answer"><div
  class="wide">
${verdictMark(answer.verdict)}
<div class="text">
<p class="eyebrow"><a href="${href(view.locale, `/chain/${segment(answer.chain)}`)}">${identifier(
    answer.chain,
  )}</a></p>
<p class="asked">${identifier(bare)}</p>
${explorerLinks(view, answer.explorer === null ? [] : [answer.explorer])}
<h1 id="answer"><span class="word">${view.t(`verdict.${answer.verdict}`)}</span> <span
  class="sentence">${answer.summary}</span></h1>
<p class="limits">${view.t('limits.address')}</p>
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>
</div></div></section>`
}

function labels(view: View, { findings: all }: AddressAnswer): Html {
  return all.length === 0
    ? html`<p class="empty">${view.t('chain.no_labels')}</p>`
    : findings(view, all)
}

type Row = readonly [Hole, Hole]

/** When it was seen, by whom it was funded, and what a node says of it now. */
function held(view: View, answer: AddressAnswer): Html {
  const { seen, node, chain } = answer
  return html`${
    seen?.isToken === true
      ? html`<p class="note">${view.t('chain.is_token')} <a href="${href(
          view.locale,
          `/token/${segment(`${chain}/erc20:${bareOf(answer)}`)}`,
        )}">${view.t('chain.token')}</a></p>`
      : null
  }${facts([
    ...(seen === null ? [] : seenRows(view, chain, seen)),
    ...(node === null ? [] : nodeRows(view, node)),
    [view.t('chain.held'), heldRanges(view, answer.held)],
  ])}${seen === null ? html`<p class="note">${view.t('chain.not_held')}</p>` : null}`
}

function seenRows(
  view: View,
  chain: string,
  seen: NonNullable<AddressAnswer['seen']>,
): readonly Row[] {
  const at = (point: typeof seen.first): Hole =>
    point === null ? '–' : html`${moment(view, point.at)} · ${blockLink(view, chain, point.block)}`
  const rows: Row[] = [
    [view.t('chain.first_seen'), at(seen.first)],
    [view.t('chain.last_seen'), at(seen.last)],
    [view.t('chain.received'), html`<span class="num">${view.n(seen.received)}</span>`],
    [view.t('chain.sent'), html`<span class="num">${view.n(seen.sent)}</span>`],
  ]
  if (seen.funder !== null) {
    rows.push([view.t('chain.funder'), funder(view, chain, seen.funder)])
  }
  return rows
}

function nodeRows(view: View, node: NonNullable<AddressAnswer['node']>): readonly Row[] {
  return [
    [
      view.t('chain.contract'),
      view.t(node.isContract ? 'chain.contract_yes' : 'chain.contract_no'),
    ],
    [
      view.t('chain.balance_now'),
      html`<span class="num">${node.balance}</span> <span class="muted">${view.t(
        'chain.smallest',
      )} · ${view.t('chain.block')} ${view.n(node.block)}</span>`,
    ],
    [view.t('chain.nonce'), html`<span class="num">${view.n(node.transactions)}</span>`],
  ]
}

function funder(view: View, chain: string, transfer: TransferView): Html {
  return html`${addressLink(view, chain, transfer.from)} · ${moment(view, transfer.at)} · ${txLink(
    view,
    chain,
    transfer.tx,
  )}`
}

function seenSections(view: View, page: AddressPageData): Html {
  const { answer, counterparties } = page
  return html`${section('transfers', view.t('chain.transfers'), transferPart(view, page))}
${section('balances', view.t('chain.balances'), balances(view, answer))}
${section(
  'counterparties',
  view.t('chain.counterparties'),
  counterparties === undefined || counterparties.counterparties.length === 0
    ? null
    : counterpartyTable(view, answer.chain, counterparties),
)}
${section('activity', view.t('chain.activity'), bars(view, answer.activity))}`
}

function transferPart(view: View, page: AddressPageData): Html {
  const { answer, transfers, query, values } = page
  const path = `/address/${segment(answer.address)}`
  const csv = `/v1/addresses/${segment(answer.address)}/transfers${queryOf({ format: 'csv' })}`
  const next = transfers?.nextCursor ?? null
  return html`<form class="picker" method="get" action="${href(view.locale, path)}">${choice({
    id: 'direction',
    name: 'direction',
    label: view.t('chain.direction'),
    value: query.direction ?? '',
    options: [
      ['', view.t('alerts.any')],
      ['in', view.t('chain.received')],
      ['out', view.t('chain.sent')],
    ],
  })}${
    page.currencies.length === 0
      ? null
      : choice({
          id: 'currency',
          name: 'currency',
          label: view.t('chain.currency'),
          value: query.currency ?? '',
          options: [
            ['', view.t('chain.no_value')],
            ...page.currencies.map((code) => [code, code] as const),
          ],
        })
  }<button class="button quiet" type="submit">${view.t('registry.filter')}</button></form>
${transferTable(view, answer.chain, transfers?.transfers ?? [], {
  self: answer.address,
  withBlock: true,
  values,
})}
${
  next === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(view.locale, path, {
        ...query,
        cursor: next,
      })}">${view.t('registry.next')}</a></p>`
}
<ul class="ways"><li><a href="${csv}">${view.t('chain.csv')}</a></li></ul>`
}

const ROWS_SHOWN = 25

function balances(view: View, { balances: all }: AddressAnswer): Html | null {
  if (all.length === 0) return null
  return html`<p class="hint">${view.t('chain.balances_hint')}</p>${table(view, {
    id: 'assets',
    label: view.t('chain.balances'),
    className: 'stacked',
    rows: all,
    rowsMax: ROWS_SHOWN,
    columns: balanceColumns(view),
    text: ({ asset }) => `${asset.symbol ?? ''} ${asset.name ?? ''} ${asset.id}`,
  })}`
}

type Balance = AddressAnswer['balances'][number]

function balanceColumns(view: View): readonly Column<Balance>[] {
  return [
    {
      id: 'asset',
      label: view.t('chain.asset'),
      cell: ({ asset }) => assetName(view, asset),
      rank: ({ asset }) => asset.symbol ?? asset.id,
      isHead: true,
    },
    {
      id: 'change',
      label: view.t('chain.change'),
      cell: ({ asset, change, units }) =>
        units === null
          ? html`<span class="num" dir="ltr">${change}</span> <span class="muted">${view.t(
              'chain.smallest',
            )}</span>`
          : html`<span class="num" dir="ltr">${formatDecimal(view.locale, units)}</span>${
              asset.symbol === null ? null : html` ${data(asset.symbol)}`
            }`,
      isFigure: true,
    },
    ...flowColumns<Balance>(view),
  ]
}

interface Flows {
  readonly received: number
  readonly sent: number
}

/** How many transfers came in and went out. */
function flowColumns<Row extends Flows>(view: View): readonly Column<Row>[] {
  return (['received', 'sent'] as const).map((side) => ({
    id: side,
    label: view.t(`chain.${side}`),
    cell: (row) => view.n(row[side]),
    rank: (row) => row[side],
    isGreatestFirst: true,
    isFigure: true,
    isTold: true,
  }))
}

type Counterparty = CounterpartiesAnswer['counterparties'][number]
const WORST_FIRST = ['danger', 'warning', 'unknown', 'no_adverse_evidence']

function counterpartyTable(view: View, chain: string, answer: CounterpartiesAnswer): Html {
  const said = (one: Counterparty) =>
    html`<span class="party">${verdictMark(one.verdict)}<span>${view.t(
      `verdict.${one.verdict}`,
    )}${one.classes.map((name) => html` · ${view.code('chain.class', name)}`)}${
      one.label === null ? null : html` · ${data(one.label)}`
    }</span></span>`
  const columns: readonly Column<Counterparty>[] = [
    {
      id: 'address',
      label: view.t('chain.address'),
      cell: ({ address }) => addressLink(view, chain, address),
      isHead: true,
    },
    {
      id: 'said',
      label: view.t('chain.labels'),
      cell: said,
      rank: ({ verdict }) => WORST_FIRST.indexOf(verdict),
    },
    ...flowColumns<Counterparty>(view),
  ]
  return html`${table(view, {
    id: 'parties',
    label: view.t('chain.counterparties'),
    className: 'stacked',
    rows: answer.counterparties,
    rowsMax: ROWS_SHOWN,
    columns,
    text: ({ address, label }) => `${address} ${label ?? ''}`,
  })}${answer.isComplete ? null : html`<p class="note">${view.t('chain.more_rows')}</p>`}`
}
