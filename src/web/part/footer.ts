import { html } from 'hono/html'
import { formatAge, formatRelative } from '../../i18n/format.ts'
import type { Stats } from '../../query/types.ts'
import type { View } from '../view.ts'
import { furtherPages } from './header.ts'
import { href } from './href.ts'
import type { Hole, Html } from './html.ts'
import { cutIdentifier } from './text.ts'

/** What this installation is: its version, its rules, its record, and how old its lists are. */
export function footer(view: View): Html {
  const { stats } = view
  return html`<footer class="bottom"><div class="wide">
<dl class="plate">
${plate(view.t('footer.version'), html`<bdi class="num">${view.version}</bdi>`)}
${stats === undefined ? null : installation(view, stats)}
</dl>
<ul class="links">${[
    ['/method', 'nav.method'] as const,
    ['/sources', 'nav.sources'] as const,
    ...furtherPages(view),
  ].map(
    ([path, key]) => html`<li><a href="${href(view.locale, path)}">${view.t(key)}</a></li>`,
  )}</ul>
<p class="promise">${view.t('layout.promise')}</p>
</div></footer>`
}

function plate(term: string, value: Hole): Html {
  return html`<div><dt>${term}</dt><dd>${value}</dd></div>`
}

function installation(view: View, stats: Stats): Html {
  const { checkpoint, newest, oldestAgeSeconds } = stats
  return html`${plate(view.t('footer.ruleset'), html`<bdi class="num">${stats.ruleset}</bdi>`)}
${plate(
  view.t('footer.checkpoint'),
  checkpoint === null
    ? view.t('footer.checkpoint_none')
    : html`<a href="/v1/checkpoint">${cutIdentifier(checkpoint.root)}</a> <span
  class="num">${view.t('footer.checkpoint_size', { size: view.n(checkpoint.size) })}</span>`,
)}
${plate(
  view.t('footer.lists'),
  newest === null || oldestAgeSeconds === null
    ? view.t('footer.lists_none')
    : view.t('footer.lists_age', {
        newest: formatRelative(view.locale, newest.at, view.nowMs),
        oldest: formatAge(view.locale, oldestAgeSeconds),
      }),
)}`
}
