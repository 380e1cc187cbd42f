import { html } from 'hono/html'
import type { FxPurchaseAnswer } from '../../query/rate-types.ts'
import { shortCode } from '../part/chart.ts'
import { type Asked, faultOf } from '../part/fault.ts'
import { choice, fault as faultBox, field, hidden } from '../part/form.ts'
import { href } from '../part/href.ts'
import type { Hole, Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { money, percent } from '../part/number.ts'
import { legList, originLines, rateGap, trio } from '../part/rate.ts'
import { cutIdentifier, data, day, facts, moment } from '../part/text.ts'
import { toolTabs } from '../part/tools.ts'
import type { View } from '../view.ts'
import { emptyInstallation, noAnswer, pairFaults } from './tool-parts.ts'

type Query = Readonly<Record<string, string | undefined>>

export const PRICE_FIELDS = ['spotBuy', 'cashBuy', 'spotSell', 'cashSell'] as const

export interface FxData {
  readonly query: Query
  readonly answer: Asked<FxPurchaseAnswer>
  readonly boards: readonly {
    readonly dataset: string
    readonly title: string
    readonly home: string
  }[]
}

const PATH = '/tools/fx-purchase'
/** Where the form's own names differ from those of the other two calculators. */
const FIELD_NAMES = { from: 'currency', to: 'with' } as const
const FIELD_IDS = { ...FIELD_NAMES, board: 'unit', fee: 'fee' } as const

/** What foreign money costs at a board, or brings, and what the board takes against the mid. */
export function fxPage(view: View, page: FxData): Page {
  const { answer } = page
  return {
    title: view.t('tools.fx.title'),
    description: view.t('tools.fx.description'),
    canonical: PATH,
    ...(answer.value?.token === undefined && answer.fault === undefined ? {} : { isPrivate: true }),
    ...(answer.fault === undefined || answer.fault.error.status === 503 ? {} : { status: 400 }),
    body: html`<div class="wide tool">
${toolTabs(view)}
<h1>${view.t('tools.fx.title')}</h1>
<p class="lead">${view.t('tools.fx.description')}</p>
${emptyInstallation(view, answer.fault)}
<div class="tool-grid">
<section class="area" aria-labelledby="calculate"><h2 id="calculate">${view.t(
      'tools.calculate',
    )}</h2>${form(view, page)}</section>
<section class="area" aria-labelledby="result"><h2 id="result">${view.t('tools.result')}</h2>
${result(view, answer)}</section>
</div>
${pasted(view, page)}
${rateGap(view, answer.value?.notChecked ?? [])}
</div>`,
  }
}

function form(view: View, page: FxData): Html {
  const { query } = page
  const board = faultOf(view, page.answer.fault, 'board', query, FIELD_NAMES)
  const hasRow = PRICE_FIELDS.some((name) => query[name] !== undefined)
  return html`<form class="calculator" method="get" action="${href(view.locale, PATH)}#answer">
${pairFaults(view, page.answer.fault, query)}
${purchaseFields(view, page, '')}
<details class="fold"${hasRow || board !== null || query.source !== undefined ? html` open` : null}
><summary>${view.t('tools.fx.board')}</summary>
<p class="hint">${view.t('tools.fx.board_hint')}</p>
${board === null ? null : faultBox(view, 'board', board)}
<div class="fields prices">
${field(view, {
  id: 'unit',
  name: 'unit',
  label: view.t('tools.fx.unit'),
  value: query.unit,
  hint: view.t('tools.fx.unit_hint'),
  holds: 'decimal',
})}
${PRICE_FIELDS.map((name) =>
  field(view, {
    id: name,
    name,
    label: view.t(`tools.fx.${name}`),
    value: query[name],
    holds: 'decimal',
  }),
)}
${field(view, {
  id: 'time',
  name: 'time',
  label: view.t('tools.fx.time'),
  value: query.time,
  hint: view.t('tools.fx.time_hint'),
  holds: 'code',
})}
${
  page.boards.length === 0
    ? null
    : choice({
        id: 'source',
        name: 'source',
        label: view.t('tools.fx.source'),
        value: query.source ?? '',
        options: [
          ['', view.t('tools.fx.source_none')],
          ...page.boards.map(
            ({ dataset, title, home }) => [dataset, `${title} · ${home}`] as const,
          ),
        ],
      })
}
</div></details>
${hidden({ knownAt: query.knownAt })}
<p class="actions"><button class="button" type="submit">${view.t('tools.submit')}</button></p></form>`
}

/** The fields that both forms have; ids of the second one carry a prefix. */
function purchaseFields(view: View, { query, answer }: FxData, prefix: string): Html {
  const error = (place: Parameters<typeof faultOf>[2]) =>
    prefix === '' ? faultOf(view, answer.fault, place, query, FIELD_NAMES) : null
  const id = (name: string) => `${prefix}${name}`
  return html`<div class="fields">
${choice({
  id: id('side'),
  name: 'side',
  label: view.t('tools.fx.side'),
  value: query.side ?? 'buy',
  options: [
    ['buy', view.t('tools.fx.side.buy')],
    ['sell', view.t('tools.fx.side.sell')],
  ],
})}
${choice({
  id: id('kind'),
  name: 'kind',
  label: view.t('tools.fx.kind'),
  value: query.kind ?? 'spot',
  options: [
    ['spot', view.t('tools.fx.kind.spot')],
    ['cash', view.t('tools.fx.kind.cash')],
  ],
})}
${field(view, {
  id: id('amount'),
  name: 'amount',
  label: view.t('tools.quantity'),
  value: query.amount,
  hint: view.t('tools.quantity_hint'),
  error: error('amount'),
  holds: 'decimal',
})}
${choice({
  id: id('by'),
  name: 'by',
  label: view.t('tools.fx.by'),
  value: query.by ?? 'quantity',
  options: [
    ['quantity', view.t('tools.fx.by.quantity')],
    ['budget', view.t('tools.fx.by.budget')],
  ],
})}
${field(view, {
  id: id('currency'),
  name: 'currency',
  label: view.t('tools.fx.currency'),
  value: query.currency,
  error: error('from'),
  holds: 'code',
})}
${field(view, {
  id: id('with'),
  name: 'with',
  label: view.t('tools.fx.with'),
  value: query.with,
  error: error('to'),
  holds: 'code',
})}
${field(view, {
  id: id('fee'),
  name: 'fee',
  label: view.t('tools.fx.fee'),
  value: query.fee,
  hint: view.t('tools.fx.fee_hint'),
  error: error('fee'),
  holds: 'decimal',
})}
${field(view, {
  id: id('date'),
  name: 'date',
  label: view.t('tools.fx.date'),
  value: query.date,
  type: 'date',
  hint: view.t('tools.date_hint'),
  error: error('date'),
})}
</div>`
}

/** A whole board: too long for an address, so this one form is posted. */
function pasted(view: View, page: FxData): Html {
  const { query } = page
  return html`<section class="area" aria-labelledby="paste"><h2 id="paste">${view.t(
    'tools.fx.paste',
  )}</h2><details class="fold"${query.board === undefined ? null : html` open`}><summary>${view.t(
    'tools.fx.paste_open',
  )}</summary><form class="calculator" method="post" action="${href(view.locale, PATH)}">
<div class="field"><label for="board">${view.t('tools.fx.csv')}</label><textarea id="board"
name="board" rows="8" dir="ltr" spellcheck="false" required maxlength="16384"
aria-describedby="board-hint">${
    query.board === undefined
      ? null
      : html`
${query.board}`
  }</textarea><p class="hint" id="board-hint">${view.t(
    'tools.fx.csv_hint',
  )} <code dir="ltr">currency,unit,spot_buy,cash_buy,spot_sell,cash_sell,time</code></p></div>
<div class="fields">${field(view, {
    id: 'p-name',
    name: 'name',
    label: view.t('tools.fx.board_name'),
    value: query.name,
  })}${field(view, {
    id: 'p-home',
    name: 'home',
    label: view.t('tools.fx.home'),
    value: query.home,
    hint: view.t('tools.fx.home_hint'),
    holds: 'code',
  })}</div>
${purchaseFields(view, page, 'p-')}
<p class="actions"><button class="button" type="submit">${view.t('tools.submit')}</button></p>
</form></details></section>`
}

function result(view: View, { value: answer, fault }: Asked<FxPurchaseAnswer>): Html {
  if (answer === undefined) return noAnswer(view, fault, FIELD_IDS)
  const [foreign, home] = [shortCode(answer.currency), shortCode(answer.with)]
  return html`${trio(view, {
    quantity: money(view, answer.quantity, foreign),
    rate: html`${money(view, answer.currentRate, home)} <span class="muted">${view.t('tools.per', {
      unit: `${answer.unit} ${foreign}`,
    })}</span>`,
    origin: origin(view, answer),
    available: money(view, answer.available, availableUnit(answer)),
  })}
${facts([
  [
    view.t(answer.side === 'buy' ? 'tools.fx.total.buy' : 'tools.fx.total.sell'),
    money(view, answer.total, home),
  ],
  [view.t('tools.fx.fee'), money(view, answer.fee, home)],
  [view.t('tools.fx.mid'), mid(view, answer, home)],
  answer.margin === null
    ? null
    : [view.t('tools.fx.margin'), taken(view, answer.margin, answer.marginPercent, home)],
  answer.overall === null
    ? null
    : [view.t('tools.fx.overall'), taken(view, answer.overall, answer.overallPercent, home)],
  answer.spreadPercent === null
    ? null
    : [view.t('tools.fx.spread'), percent(view, answer.spreadPercent)],
])}
${crossLegs(view, answer)}
<details class="fold"><summary>${view.t('tools.fx.mid_how')}</summary>${legList(
    view,
    answer.midLegs,
  )}<p class="hint">${view.t('tools.fx.mid_means')}</p></details>
<p><a href="/${view.locale}${answer.permalink}">${view.t('tools.fx.permalink')}</a></p>
<p class="hint">${view.t('tools.fx.permalink_means')}</p>`
}

/** What is at hand in the end is foreign money on a purchase, home money on a sale. */
function availableUnit(answer: FxPurchaseAnswer): string {
  return shortCode(answer.side === 'buy' ? answer.currency : answer.with)
}

/** Where the price comes from: the board with its own time, or the reference rate. */
function origin(view: View, answer: FxPurchaseAnswer): readonly Hole[] {
  const isTyped = answer.boardLegs.length > 0 || answer.board !== null
  if (!isTyped) return [view.t('tools.fx.no_board'), ...originLines(view, answer.midLegs)]
  const name = answer.board === null ? view.t('tools.fx.your_board') : data(answer.board)
  return [
    name,
    answer.boardTime === null
      ? view.t('tools.fx.no_time')
      : html`${view.t('tools.fx.board_time')} ${boardTime(view, answer.boardTime)}`,
    ...(answer.boardStatement === null
      ? []
      : [html`${view.t('tools.sheet')} ${cutIdentifier(answer.boardStatement)}`]),
  ]
}

/** A time without a zone stays without one: it is shown as the board wrote it. */
function boardTime(view: View, text: string): Hole {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(view, text)
  if (/(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return moment(view, text)
  return html`<bdi dir="ltr">${text.replace('T', ' ')}</bdi> (${view.t('tools.fx.no_zone')})`
}

function mid(view: View, answer: FxPurchaseAnswer, home: string): Hole {
  if (answer.mid === null) return view.t('tools.fx.mid_none')
  return html`${money(view, answer.mid, home)}${
    answer.midDate === null ? null : html` · ${day(view, answer.midDate)}`
  }${answer.midState === null ? null : html` · ${view.code('rate_state', answer.midState)}`}`
}

function taken(view: View, amount: string, share: string | null, home: string): Hole {
  return html`${money(view, amount, home)}${
    share === null ? null : html` · ${percent(view, share)}`
  }${amount.startsWith('-') ? html` <span class="muted">${view.t('tools.fx.better')}</span>` : null}`
}

function crossLegs(view: View, answer: FxPurchaseAnswer): Html | null {
  if (answer.boardLegs.length < 2) return null
  return html`<p>${view.t('tools.fx.cross')}</p><ol class="legs">${answer.boardLegs.map(
    (leg) =>
      html`<li>${view.code('board_side', leg.side)}: ${leg.price} / ${leg.unit} <bdi>${
        leg.currency
      }</bdi></li>`,
  )}</ol>`
}
