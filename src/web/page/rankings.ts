import { html } from 'hono/html'
import { formatPercent } from '../../i18n/format.ts'
import type { RankingBy, RankingRow, RankingsAnswer } from '../../query/registry-types.ts'
import { countriesText, labelTag, placeName, scoreText } from '../part/firm.ts'
import { choice, hidden } from '../part/form.ts'
import { entityHref, href } from '../part/href.ts'
import type { Html } from '../part/html.ts'
import type { Page } from '../part/layout.ts'
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
<form class="picker" method="get" action="${href(view.locale, '/rankings')}">${hidden({ by })}${choice(
      {
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
      },
    )}<button type="submit">${view.t('registry.filter')}</button></form>
${answer.rows.length === 0 ? html`<p class="empty">${view.t('rankings.none')}</p>` : table(view, answer)}
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

function table(view: View, { by, rows }: RankingsAnswer): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${view.t(
    'rankings.title',
  )}"><table class="stacked ranks"><thead><tr><th scope="col" class="end">${view.t(
    'rankings.rank',
  )}</th><th scope="col">${view.t('rankings.firm')}</th><th scope="col">${view.t(
    'firm.label.title',
  )}</th><th scope="col" class="end">${view.t(
    by === 'score' ? 'firm.score.title' : 'rankings.day',
  )}</th><th scope="col">${view.t(
    by === 'score' ? 'rankings.evidence' : 'regulators.authority',
  )}</th></tr></thead><tbody>${rows.map((row) => line(view, by, row))}</tbody></table></div>`
}

function line(view: View, by: RankingBy, row: RankingRow): Html {
  return html`<tr><td class="end num">${view.n(row.rank)}</td><th scope="row"><a href="${entityHref(
    view.locale,
    row.firm.id,
  )}">${data(row.firm.caption)}</a> <span class="muted">${countriesText(
    view,
    row.countries,
  )}</span></th><td>${labelTag(view, row.label)}</td><td class="end">${
    by === 'score' ? scoreText(view, row.score) : row.day === null ? '–' : plainDay(view, row.day)
  }</td><td>${
    by === 'score'
      ? html`<span class="num">${formatPercent(view.locale, row.evidence)}</span>`
      : data(row.regulator ?? '–')
  }</td></tr>`
}
