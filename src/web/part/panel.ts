import { html } from 'hono/html'
import type { ConvertAnswer, FxPurchaseAnswer } from '../../query/rate-types.ts'
import type { View } from '../view.ts'
import { shortCode } from './chart.ts'
import { field } from './form.ts'
import { href } from './href.ts'
import type { Hole, Html } from './html.ts'
import { money } from './number.ts'
import { nothing } from './rate.ts'
import { plainDay } from './text.ts'
import { TOOLS } from './tools.ts'

export interface PanelData {
  readonly token: ConvertAnswer | undefined
  readonly pair: ConvertAnswer | undefined
  readonly purchase: FxPurchaseAnswer | undefined
}

interface Card {
  readonly id: string
  readonly path: (typeof TOOLS)[number][0]
  readonly name: (typeof TOOLS)[number][1]
  readonly names: readonly [string, string]
  readonly from: string
  readonly to: string
  readonly rate: Hole
}

/** The three calculators in little room: each form leads to its page with the answer. */
export function toolPanel(view: View, { token, pair, purchase }: PanelData): Html {
  const [[tokenPath, tokenName], [ratesPath, ratesName], [fxPath, fxName]] = TOOLS
  const cards: readonly Card[] = [
    {
      id: 't',
      path: tokenPath,
      name: tokenName,
      names: ['from', 'to'],
      from: token === undefined ? 'XAU' : askable(token),
      to: 'USD',
      rate: token === undefined ? '–' : rateOf(view, token),
    },
    {
      id: 'r',
      path: ratesPath,
      name: ratesName,
      names: ['from', 'to'],
      from: 'EUR',
      to: 'USD',
      rate: pair === undefined ? '–' : rateOf(view, pair),
    },
    {
      id: 'f',
      path: fxPath,
      name: fxName,
      names: ['currency', 'with'],
      from: 'USD',
      to: 'EUR',
      rate:
        purchase === undefined
          ? '–'
          : html`${money(view, purchase.currentRate, shortCode(purchase.with))}${
              purchase.midDate === null
                ? null
                : html` <span class="rel">${plainDay(view, purchase.midDate)}</span>`
            }`,
    },
  ]
  return html`<section class="wide panel" aria-labelledby="tools"><h2 id="tools">${view.t(
    'nav.tools',
  )}</h2><div class="panel-grid">${cards.map((card) => cardOf(view, card))}</div></section>`
}

/** A symbol of the reviewed table means one thing; any other asset is asked for by its id. */
function askable({ assets: { from } }: ConvertAnswer): string {
  return from.kind === 'asset' && from.asset === null ? from.id : from.symbol
}

function rateOf(view: View, answer: ConvertAnswer): Html {
  const [leg] = answer.legs
  return html`${money(view, answer.currentRate, answer.assets.to.symbol)}${
    leg === undefined ? null : html` <span class="rel">${plainDay(view, leg.date)}</span>`
  }`
}

function cardOf(view: View, card: Card): Html {
  const id = (name: string) => `${card.id}-${name}`
  return html`<form method="get" action="${href(view.locale, card.path)}" aria-labelledby="${id(
    'name',
  )}"><h3 id="${id('name')}"><a href="${href(view.locale, card.path)}">${view.t(card.name)}</a></h3>
${field(view, {
  id: id('amount'),
  name: 'amount',
  label: view.t('tools.quantity'),
  value: '',
  holds: 'decimal',
})}
<div class="pair">${field(view, {
    id: id('from'),
    name: card.names[0],
    label: view.t('tools.from'),
    value: card.from,
    holds: 'code',
  })}${field(view, {
    id: id('to'),
    name: card.names[1],
    label: view.t('tools.to'),
    value: card.to,
    holds: 'code',
  })}</div>
<dl class="trio small"><div><dt>${view.t('tools.current_rate')}</dt><dd>${card.rate}</dd></div>
<div class="result"><dt>${view.t('tools.available')}</dt><dd>${nothing(view)}</dd></div></dl>
<button class="button quiet" type="submit">${view.t('tools.submit')}</button></form>`
}
