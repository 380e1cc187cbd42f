import { html } from 'hono/html'
import { formatPercent } from '../../i18n/format.ts'
import type { RankingBy, RankingRow, RankingsAnswer } from '../../query/registry-types.ts'
import { countriesText, labelTag, placeName, scoreText } from '../part/firm.ts'
import { choice, hidden } from '../part/form.ts'
import { entityHref, href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
import { type Column, table } from '../part/table.ts'
import { data, moment, plainDay } from '../part/text.ts'
import type { View } from '../view.ts'

const ORDERS: readonly RankingBy[] = ['score', 'newly_licensed', 'newly_warned']

/** Firms in order of an open score or of a day: nobody can buy a place. */
export function rankingsPage(view: View, answer: RankingsAnswer, country: string): Page {
  const { by } = answer
  return {
    title: view.t('rankings.title'),
    description: view.t('rankings.description'),
    body: html`<div class="wide">
<h1>${view.t('rankings.title')}</h1>
<p class="lead">${view.t('rankings.description')} <a href="/method/firm-score.md">${view.t(
      'firm.score.formula',
      { version: answer.formula },
    )}</a></p>
<nav class="tabs" aria-label="${view.t('rankings.title')}"><ul>${ORDERS.map(
      (order) =>
        html`<li><a href="${href(view.locale, '/rankings', { by: order, country })}"${
          order === by ? html` aria-current="page"` : null
        }>${view.t(`rankings.by.${order}`)}</a></li>`,
    )}</ul></nav>
${answer.rows.length === 0 ? html`<p class="empty">${view.t('rankings.none')}</p>` : list(view, answer, country)}
${
  answer.nextCursor === null
    ? null
    : html`<p class="pager"><a class="button quiet" href="${href(view.locale, '/rankings', {
        by,
        country,
        cursor: answer.nextCursor,
      })}">${view.t('registry.next')}</a></p>`
}
${
  answer.unranked === 0
    ? null
    : html`<p class="note">${view.t('rankings.unranked', { count: answer.unranked })}</p>`
}
<p class="stamp">${view.rich('check.stamp', { asOf: moment(view, answer.asOf) })}</p>
<ul class="ways"><li><a href="/v1/rankings?by=${by}">${view.t('todo.json')}</a></li></ul>
</div>`,
  }
}

/** What is shown of more: the whole ranking is held, and turned by the table itself. */
const ROWS_SHOWN = 50

function list(view: View, answer: RankingsAnswer, country: string): Html {
  const { by, rows } = answer
  return table(view, {
    id: 'firms',
    label: view.t('rankings.title'),
    className: 'stacked ranks',
    rows,
    rowsMax: ROWS_SHOWN,
    columns: columns(view, answer),
    ...(isWhole(view, answer) ? { text: (row: RankingRow) => textOf(view, row) } : {}),
    more: {
      names: ['country', 'cursor', 'by'],
      fields: html`${hidden({ by })}${choice({
        id: 'country',
        name: 'country',
        label: view.t('licences.country'),
        value: country,
        options: [
          ['', view.t('registry.any_country')],
          ...answer.countries.map(
            ({ value, count }) => [value, `${placeName(view, value)} (${view.n(count)})`] as const,
          ),
        ],
      })}`,
    },
  })
}

/** A ranking that comes in parts cannot be put into another order by one of them. */
function isWhole(view: View, { nextCursor }: RankingsAnswer): boolean {
  return nextCursor === null && !new URLSearchParams(view.search).has('cursor')
}

function textOf(view: View, { firm, countries, label, regulator }: RankingRow): string {
  const places = countriesText(view, countries)
  return `${firm.caption} ${places} ${view.code('firm.label', label)} ${regulator ?? ''}`
}

function columns(view: View, answer: RankingsAnswer): readonly Column<RankingRow>[] {
  const isScore = answer.by === 'score'
  const all: readonly Column<RankingRow>[] = [
    {
      id: 'rank',
      label: view.t('rankings.rank'),
      cell: ({ rank }) => view.n(rank),
      rank: ({ rank }) => rank,
      isFigure: true,
    },
    {
      id: 'firm',
      label: view.t('rankings.firm'),
      cell: ({ firm, countries }) =>
        html`<a href="${entityHref(view.locale, firm.id)}">${data(firm.caption)}</a> <span
  class="muted">${countriesText(view, countries)}</span>`,
      rank: ({ firm }) => firm.caption,
      isHead: true,
    },
    {
      id: 'label',
      label: view.t('firm.label.title'),
      cell: ({ label }) => labelTag(view, label),
      rank: ({ label }) => label,
    },
    isScore
      ? {
          id: 'score',
          label: view.t('firm.score.title'),
          cell: ({ score }) => scoreText(view, score),
          rank: ({ score }) => score,
          isGreatestFirst: true,
          isFigure: true,
        }
      : {
          id: 'day',
          label: view.t('rankings.day'),
          cell: ({ day }) => (day === null ? '–' : plainDay(view, day)),
          rank: ({ day }) => day,
          isGreatestFirst: true,
          isFigure: true,
        },
    isScore
      ? {
          id: 'evidence',
          label: view.t('rankings.evidence'),
          cell: ({ evidence }) =>
            html`<span class="num">${formatPercent(view.locale, evidence)}</span>`,
          rank: ({ evidence }) => evidence,
          isGreatestFirst: true,
          isTold: true,
        }
      : {
          id: 'authority',
          label: view.t('regulators.authority'),
          cell: ({ regulator }) => data(regulator ?? '–'),
          rank: ({ regulator }) => regulator,
        },
  ]
  if (isWhole(view, answer)) return all
  return all.map(({ rank: _, ...column }) => column)
}
